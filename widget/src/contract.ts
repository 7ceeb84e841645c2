// What the chat API says (see /chat/api/docs of the running service), in its own names.

export type Owner = "bot" | "waiting" | "agent" | "closed";

export interface Case {
  number: string;
  state: string;
  dates?: { name: string; title: string; date: string }[];
  calendar?: string | null;
}

export interface Message {
  seq: number;
  from: "customer" | "bot" | "agent";
  name: string | null;
  text: string;
  choices: { title: string; payload: string }[];
  asks: { fact: string; kind: string } | null;
  citations: { clause: string; text: string }[];
  case: Case | null;
  photos: string[];
  at: string;
  choice?: string | null;
  client_id?: string | null;
}

export interface Moment {
  messages: Message[];
  owner: Owner;
  working: boolean;
}

export interface Conversation {
  id: string;
  token: string;
}

/** What a customer sends. title: what was on the button, for showing only. */
export interface Outgoing {
  client_id: string;
  text?: string;
  choice?: string;
  photos?: string[];
  title?: string;
}

/** What is thrown when a call did not succeed. status 0: no answer came. code: the server's, or "failed". */
export interface Refusal {
  status: number;
  code: string;
  waitS: number;
}

/** Two choices that can be taken whatever was said since: the way to a person, and out of the waiting line. */
export const PERSON = "intent=talk_to_human";
export const BACK = "owner=bot";
