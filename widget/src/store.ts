// What outlives the page, shared by all tabs: the conversation, what still has to be sent, how far the customer has read.

import type { Conversation, Outgoing } from "./contract.ts";

/** The part of Storage that is needed; where a browser forbids storage, memory takes its place. */
export type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

export function memory(): Shelf {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    key: (index) => [...kept.keys()][index] ?? null,
    get length() {
      return kept.size;
    },
  };
}

export class Store {
  private readonly out: string;
  private last = 0;

  /** name: one for each API, so that two assistants on one page do not meet. */
  constructor(
    private readonly shelf: Shelf,
    readonly name: string,
  ) {
    this.out = `${name}:out:`;
  }

  get conversation(): Conversation | null {
    const kept = this.read<Conversation>(this.name);
    return kept?.id && kept.token ? kept : null;
  }

  set conversation(conversation: Conversation | null) {
    this.write(this.name, conversation);
  }

  get seen(): number {
    return this.read<number>(`${this.name}:seen`) ?? 0;
  }

  set seen(seq: number) {
    this.write(`${this.name}:seen`, seq || null);
  }

  /** Each message has a key of its own, so that two tabs never overwrite each other's. In the order of writing. */
  add(message: Outgoing): void {
    this.last = Math.max(Date.now(), this.last + 1);
    this.write(this.out + this.last.toString(36).padStart(9, "0") + message.client_id, message);
  }

  outbox(): Outgoing[] {
    return this.keys()
      .sort()
      .map((key) => this.read<Outgoing>(key))
      .filter((message): message is Outgoing => Boolean(message?.client_id));
  }

  remove(clientId: string): void {
    for (const key of this.keys()) if (key.endsWith(clientId)) this.shelf.removeItem(key);
  }

  forget(): void {
    this.conversation = null;
    this.seen = 0;
    for (const key of this.keys()) this.shelf.removeItem(key);
  }

  /** Whether a storage event of another tab is about us. */
  owns(key: string | null): boolean {
    return key === null || key === this.name || key.startsWith(`${this.name}:`);
  }

  private keys(): string[] {
    const keys = Array.from({ length: this.shelf.length }, (_, index) => this.shelf.key(index) ?? "");
    return keys.filter((key) => key.startsWith(this.out));
  }

  private read<Value>(key: string): Value | null {
    try {
      return JSON.parse(this.shelf.getItem(key) ?? "null") as Value | null;
    } catch {
      return null;
    }
  }

  private write(key: string, value: unknown): void {
    try {
      if (value === null) this.shelf.removeItem(key);
      else this.shelf.setItem(key, JSON.stringify(value));
    } catch {
      // A full store: this tab goes on from memory, the server keeps what was said.
    }
  }
}

/** The browser's own storage, if it may be used. */
export function localShelf(): Shelf {
  try {
    localStorage.setItem("support-chat", "");
    localStorage.removeItem("support-chat");
    return localStorage;
  } catch {
    return memory();
  }
}
