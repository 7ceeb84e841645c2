// One photo on its way to the server. XMLHttpRequest, because fetch cannot tell how much has been sent.

import { Refused, refusal, type Api } from "./api.ts";
import type { Conversation } from "./contract.ts";

/** The photo's id. Raises Refused; aborting raises Refused with the code "aborted". progress: 0 to 1. */
export function upload(
  api: Api,
  conversation: Conversation,
  file: File,
  signal: AbortSignal,
  progress: (share: number) => void,
): Promise<string> {
  return new Promise((done, refused) => {
    const request = new XMLHttpRequest();
    request.open("POST", api.url(conversation, "/photos"));
    request.setRequestHeader("Authorization", `Bearer ${conversation.token}`);
    request.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 0);
    request.onload = () => {
      if (request.status === 201) done((JSON.parse(request.responseText) as { photo: string }).photo);
      else refused(refusal(request.status, request.responseText, request.getResponseHeader("Retry-After")));
    };
    request.onerror = () => refused(new Refused(0, "offline"));
    request.onabort = () => refused(new Refused(0, "aborted"));
    if (signal.aborted) return refused(new Refused(0, "aborted"));
    signal.addEventListener("abort", () => request.abort());
    const form = new FormData();
    form.append("file", file);
    request.send(form);
  });
}
