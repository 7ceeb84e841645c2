// What outlives the page, shared by all tabs: the conversation, what still has to be sent, how far the customer has read.

import type { Conversation, Outgoing } from "./contract.ts";

/** localStorage, or a plain object where a browser forbids it: then it lasts as long as the page. */
type Shelf = Record<string, string>;

let shelf: Shelf = {};
let name = "";
let last = 0;

/** own: one for each API, so that two assistants never meet. */
export function useShelf(own: string, given: Shelf): void {
  [name, shelf, last] = [own, given, 0];
}

export function keep(key: string, value: unknown): void {
  if (!value) delete shelf[name + key];
  else {
    const text = JSON.stringify(value);
    try {
      shelf[name + key] = text;
    } catch {
      shelf = { ...shelf, [name + key]: text }; // full: what is written from now on lasts as long as the page
    }
  }
}

export function kept<Value>(key: string): Value | undefined {
  try {
    return JSON.parse(shelf[name + key]!) as Value;
  } catch {
    return undefined;
  }
}

export const conversation = (): Conversation | undefined => kept(":id");
export const seen = (): number => kept(":seen") ?? 0;

/** Each message has a key of its own, so that two tabs never overwrite each other's. In the order of writing. */
export function queue(message: Outgoing): void {
  last = Math.max(Date.now(), last + 1);
  keep(`:out${last}${message.client_id}`, message);
}

export function queued(): Outgoing[] {
  return outKeys().flatMap((key) => kept<Outgoing>(key) ?? []);
}

export function unqueue(clientId: string): void {
  for (const key of outKeys()) if (key.endsWith(clientId)) keep(key, null);
}

export function forget(): void {
  for (const key of [":id", ":seen", ...outKeys()]) keep(key, null);
}

function outKeys(): string[] {
  const keys = Object.keys(shelf).filter((key) => key.startsWith(`${name}:out`));
  return keys.map((key) => key.slice(name.length)).sort();
}
