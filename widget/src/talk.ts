// One conversation as this tab knows it: what was said, what is still on its way, who has it. Knows nothing of the page.

import { Refused, type Api, type Moment } from "./api.ts";
import { ALWAYS_OPEN, type Conversation, type Message, type Outgoing, type Owner } from "./contract.ts";
import { Live } from "./live.ts";
import type { Store } from "./store.ts";

export interface Listener {
  /** A message to show; fresh: not read before. */
  said(message: Message, fresh: boolean): void;
  /** Owner, working, connection or what waits to be sent has changed. */
  changed(): void;
  /** All that was shown is no longer so. */
  emptied(): void;
  /** Something to tell the customer, by the code of a sentence; message: what could not be sent. */
  failed(problem: Refused, message?: Outgoing): void;
}

export class Talk {
  messages: Message[] = [];
  owner: Owner = "bot";
  online = true;
  private working = false;
  private live: Live | null = null;
  private delivering = false;
  private readonly accepted = new Set<string>(); // stored by the server, not heard of yet
  private beginning: Promise<Conversation> | null = null;
  private wake: () => void = () => {};

  constructor(
    readonly api: Api,
    readonly store: Store,
    readonly locale: string,
    private readonly listener: Listener,
  ) {}

  get lastSeq(): number {
    return this.messages.at(-1)?.seq ?? 0;
  }

  /** What waits to be sent, but for what the server has already. */
  get waiting(): Outgoing[] {
    const known = new Set(this.messages.map((message) => message.client_id));
    return this.store.outbox().filter((message) => !known.has(message.client_id));
  }

  get isTyping(): boolean {
    return this.owner === "bot" && this.online && (this.working || this.waiting.length > 0);
  }

  /** The newest thing that was asked and is not answered. */
  get asks(): Message["asks"] {
    if (this.waiting.length) return null;
    for (const message of [...this.messages].reverse()) {
      if (message.from === "customer" || this.owner !== "bot") return null;
      if (message.asks) return message.asks;
    }
    return null;
  }

  /** Whether a choice of this message can still be taken. */
  isOpen(message: Message, payload: string): boolean {
    if (payload === "owner=bot") return this.owner === "waiting";
    if (this.owner === "agent") return false;
    if (ALWAYS_OPEN.includes(payload)) return this.owner !== "waiting";
    const answered = this.messages.some((other) => other.from === "customer" && other.seq > message.seq);
    return !answered && !this.waiting.length;
  }

  /** The choice that answered this message, if one did. */
  taken(message: Message): string | null {
    const answer = this.messages.find((other) => other.from === "customer" && other.seq > message.seq);
    return (answer ? answer.choice : this.waiting[0]?.choice) ?? null;
  }

  /** Goes on where this browser left off. */
  resume(): void {
    const { conversation } = this.store;
    if (conversation) this.join(conversation);
    void this.deliver();
  }

  send(message: Omit<Outgoing, "client_id">): void {
    this.store.add({ client_id: uuid(), ...message });
    this.listener.changed();
    void this.deliver();
  }

  /** The network or the tab is back: try now. */
  nudge(): void {
    this.live?.nudge();
    this.wake();
    void this.deliver();
  }

  /** Hears no more until `resume`. */
  pause(): void {
    this.live?.stop();
    this.live = this.joined = null;
  }

  /** The conversation, made if there is none yet. Raises Refused. */
  ensure(): Promise<Conversation> {
    const known = this.store.conversation;
    if (known) return Promise.resolve(known);
    this.beginning ??= this.begin().finally(() => (this.beginning = null));
    return this.beginning;
  }

  /** Erases it on the server and here. Raises Refused. */
  async erase(): Promise<void> {
    const { conversation } = this.store;
    if (conversation) {
      try {
        await this.api.call(conversation, "", { method: "DELETE" });
      } catch (error) {
        if (!(error instanceof Refused) || !error.isGone) throw error;
      }
    }
    this.leave();
  }

  /** Leaves this conversation; the next message begins a new one. */
  leave(): void {
    this.store.forget();
    this.reset();
  }

  /** Another tab changed what we share. */
  shared(): void {
    const { conversation } = this.store;
    if (conversation?.id !== this.joined?.id) {
      this.reset();
      if (conversation) this.join(conversation);
    }
    this.listener.changed();
  }

  private joined: Conversation | null = null;

  private reset(): void {
    this.live?.stop();
    this.live = this.joined = null;
    this.messages = [];
    this.owner = "bot";
    this.working = false;
    this.online = true;
    this.listener.emptied();
    this.listener.changed();
  }

  private async begin(): Promise<Conversation> {
    const make = async (): Promise<Conversation> => {
      // Another tab may have begun meanwhile: both then share its conversation.
      if (!this.store.conversation) {
        const made = await this.api.start(this.locale);
        this.store.conversation ??= made;
      }
      return this.store.conversation ?? Promise.reject(new Refused(0, "offline"));
    };
    const conversation = await (navigator.locks ? navigator.locks.request(this.store.name, make) : make());
    this.join(conversation);
    return conversation;
  }

  private join(conversation: Conversation): void {
    if (this.joined?.id === conversation.id) return;
    this.live?.stop();
    this.joined = conversation;
    this.live = new Live(this.api, conversation, {
      lastSeq: () => this.lastSeq,
      heard: (part) => this.heard(part),
      online: (isOnline) => this.setOnline(isOnline),
      gone: () => this.gone(conversation),
      pace: () => (this.working ? 800 : 2500),
    });
    void this.live.follow();
  }

  private heard(part: Partial<Moment>): void {
    for (const message of part.messages ?? []) {
      if (message.seq <= this.lastSeq) continue;
      this.messages.push(message);
      if (message.client_id) this.store.remove(message.client_id);
      this.listener.said(message, message.seq > this.store.seen);
    }
    this.owner = part.owner ?? this.owner;
    this.working = part.working ?? this.working;
    this.listener.changed();
  }

  private setOnline(isOnline: boolean): void {
    if (this.online === isOnline) return;
    this.online = isOnline;
    if (isOnline) this.nudge();
    this.listener.changed();
  }

  /** Erased or expired: words that were not sent go into a new conversation; what belonged to the old one does not. */
  private gone(lost: Conversation): void {
    if (this.store.conversation && this.store.conversation.id !== lost.id) return;
    const unsent = this.store.outbox().filter((message) => !this.accepted.has(message.client_id));
    const words = unsent.filter((message) => message.text && !message.photos);
    this.leave();
    this.listener.failed(new Refused(404, "gone"));
    for (const { client_id, text } of words) this.store.add({ client_id, text: text! });
    if (words.length) void this.deliver();
  }

  /** Sends what waits, one after the other, each until it is stored or refused. */
  private async deliver(): Promise<void> {
    if (this.delivering) return;
    this.delivering = true;
    let failures = 0;
    const next = (): Outgoing | undefined => this.store.outbox().find(({ client_id }) => !this.accepted.has(client_id));
    for (let message; (message = next()); ) {
      const { title: _shown, ...body } = message;
      let conversation: Conversation | undefined;
      try {
        conversation = await this.ensure();
        await this.api.call(conversation, "/messages", { method: "POST", body: JSON.stringify(body) });
        this.accepted.add(message.client_id);
        failures = 0;
        this.setOnline(true);
        this.live?.nudge();
      } catch (error) {
        const problem = error instanceof Refused ? error : new Refused(0, "offline");
        if (problem.isGone && conversation) this.gone(conversation);
        else if (problem.isPassing) await this.wait(problem, failures++);
        else {
          this.store.remove(message.client_id);
          this.listener.failed(problem, message);
          this.listener.changed();
        }
      }
    }
    this.delivering = false;
  }

  private async wait(problem: Refused, failures: number): Promise<void> {
    if (!problem.status) this.setOnline(false);
    else if (problem.status === 429) this.listener.failed(problem);
    const ms = problem.waitS ? problem.waitS * 1000 : Math.min(1000 * 2 ** failures, 15000);
    await new Promise<void>((done) => {
      const timer = setTimeout(done, ms);
      this.wake = () => {
        clearTimeout(timer);
        done();
      };
    });
  }
}

/** randomUUID is there only where the page came over HTTPS. */
export function uuid(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
