// One call to the chat API. XMLHttpRequest, because fetch cannot tell how much of a photo has been sent.

import type { Conversation, Refusal } from "./contract.ts";

let origin = "";

export function useOrigin(url: string): string {
  return (origin = url);
}

export function pathOf(conversation: Conversation | null, path: string): string {
  return `${origin}/chat/api/conversations${conversation ? `/${conversation.id}` : ""}${path}`;
}

export interface Call {
  method?: string;
  body?: object;
  kind?: XMLHttpRequestResponseType;
  signal?: AbortSignal;
  progress?: (sent: ProgressEvent) => void;
}

/** The answer, if it is a success. body: a form, or what becomes JSON. Raises Refusal. */
export function call<Answer>(conversation: Conversation | null, path: string, options: Call = {}): Promise<Answer> {
  const { body, method = body ? "POST" : "GET", kind = "json", signal, progress } = options;
  return new Promise((done, refused) => {
    const request = new XMLHttpRequest();
    request.open(method, pathOf(conversation, path));
    request.responseType = kind;
    if (conversation) request.setRequestHeader("Authorization", `Bearer ${conversation.token}`);
    if (progress) request.upload.onprogress = progress;
    request.onloadend = () => {
      const { status, response } = request;
      const code = response?.error?.code ?? "failed";
      const waitS = Number(request.getResponseHeader("Retry-After"));
      if (status >= 200 && status < 300) done(response as Answer);
      else refused({ status, code, waitS } satisfies Refusal);
    };
    signal?.addEventListener("abort", () => request.abort());
    const isForm = body instanceof FormData;
    if (body && !isForm) request.setRequestHeader("Content-Type", "application/json");
    request.send(isForm ? body : body && JSON.stringify(body));
  });
}

/** The conversation was erased or has expired. */
export function isGone({ code }: Refusal): boolean {
  return code === "unauthorized" || code === "not_found";
}

/** Trying the same again later can help. */
export function isPassing({ status }: Refusal): boolean {
  return !status || status === 429 || status >= 500;
}
