// What the chat API says (see /chat/api/docs of the running service), in its own names.

export type Owner = "bot" | "waiting" | "agent" | "closed";

export interface Choice {
  title: string;
  payload: string;
}

export interface Citation {
  clause: string;
  text: string;
}

export interface CaseDate {
  name: string;
  title: string;
  date: string;
}

export interface Case {
  number: string;
  state: string;
  dates?: CaseDate[];
  calendar?: string | null;
}

export interface Message {
  seq: number;
  from: "customer" | "bot" | "agent";
  name: string | null;
  text: string;
  choices: Choice[];
  asks: { fact: string; kind: string } | null;
  citations: Citation[];
  case: Case | null;
  photos: string[];
  at: string;
  choice?: string | null;
  client_id?: string | null;
}

export interface Conversation {
  id: string;
  token: string;
}

/** What a customer sends. `title` is what was on the button, for showing only. */
export interface Outgoing {
  client_id: string;
  text?: string;
  choice?: string;
  photos?: string[];
  title?: string;
}

/** Choices that stay open whatever was said since: the way to a person and the way back. */
export const ALWAYS_OPEN = ["intent=talk_to_human", "owner=bot"];
export const PERSON = "intent=talk_to_human";
