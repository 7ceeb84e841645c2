// One call to the chat API, and what went wrong with it in a code that the strings have a sentence for.

import type { Conversation, Message, Owner } from "./contract.ts";

export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly waitS = 0,
  ) {
    super(code);
  }

  /** The conversation was erased or has expired. */
  get isGone(): boolean {
    return (this.status === 401 && this.code === "unauthorized") || (this.status === 404 && this.code === "not_found");
  }

  /** Trying the same again later can help. */
  get isPassing(): boolean {
    return !this.status || this.status === 429 || this.status >= 500;
  }
}

export interface Moment {
  messages: Message[];
  owner: Owner;
  working: boolean;
}

/** What an answer that is no success says. Status 0: no answer came. */
export function refusal(status: number, body: string, retryAfter: string | null): Refused {
  let code = "";
  try {
    code = (JSON.parse(body) as { error: { code: string } }).error.code;
  } catch {
    // Not ours: a proxy's page. The status says enough.
  }
  return new Refused(status, code || (status ? "failed" : "offline"), Number(retryAfter) || 0);
}

export class Api {
  constructor(readonly origin: string) {}

  url(conversation: Conversation | null, path = ""): string {
    return `${this.origin}/chat/api/conversations${conversation ? `/${conversation.id}` : ""}${path}`;
  }

  /** The answer, if it is a success. Raises Refused. */
  async call(conversation: Conversation | null, path: string, options: RequestInit = {}): Promise<Response> {
    const headers: Record<string, string> = {};
    if (conversation) headers["Authorization"] = `Bearer ${conversation.token}`;
    if (options.body) headers["Content-Type"] = "application/json";
    let response: Response;
    try {
      response = await fetch(this.url(conversation, path), { ...options, headers, cache: "no-store", credentials: "omit" });
    } catch {
      throw new Refused(0, "offline");
    }
    if (!response.ok) throw refusal(response.status, await response.text().catch(() => ""), response.headers.get("Retry-After"));
    return response;
  }

  async start(locale: string): Promise<Conversation> {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const begin = (known: object): Promise<Response> =>
      this.call(null, "", { method: "POST", body: JSON.stringify(known) });
    let response;
    try {
      response = await begin({ timezone: timeZone, locale });
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 400) throw error;
      response = await begin({}); // a zone or language that the server does not know
    }
    return (await response.json()) as Conversation;
  }

  async after(conversation: Conversation, seq: number, signal: AbortSignal): Promise<Moment> {
    return (await (await this.call(conversation, `/messages?after=${seq}`, { signal })).json()) as Moment;
  }
}
