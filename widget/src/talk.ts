// One conversation as this tab knows it: what was said, what is on its way, who has it. Knows nothing of the page.

import { call, isGone, isPassing } from "./api.ts";
import { BACK, type Conversation, type Message, type Moment, type Outgoing, type Owner, type Refusal } from "./contract.ts";
import { follow, patience, pause, wake } from "./live.ts";
import * as store from "./store.ts";
import { locale } from "./words.ts";

export let messages: Message[] = [];
export let owner: Owner = "bot";
export let isOnline = true;
export let isWorking = false;
/** A message to show; fresh: not read before. */
let said: (message: Message, fresh: boolean) => void;
/** Owner, working, connection, or what waits to be sent. */
let changed: () => void;
/** Nothing that was shown is true any more. */
let emptied: () => void;
/** code: of what went wrong; text: what could not be sent. */
let failed: (code: string, text?: string) => void;
let joined: Conversation | undefined;
let following = new AbortController();
let isDelivering = false;
let beginning: Promise<Conversation> | undefined;
const accepted = new Set<string>(); // stored by the server, not heard of yet

export function listen(toSaid: typeof said, toChanged: typeof changed, toEmptied: typeof emptied, toFailed: typeof failed): void {
  [said, changed, emptied, failed] = [toSaid, toChanged, toEmptied, toFailed];
}

export const lastSeq = (): number => messages.at(-1)?.seq ?? 0;

/** What waits to be sent. */
export function waiting(): Outgoing[] {
  return store.queued().filter(({ client_id }) => !messages.some((message) => message.client_id === client_id));
}

export const isTyping = (): boolean => owner === "bot" && isOnline && (isWorking || waiting().length > 0);

/** The kind of the newest question, if it is not answered. */
export function asked(): string | undefined {
  const since = messages.slice(messages.findLastIndex(({ from }) => from === "customer") + 1);
  return owner === "bot" && !waiting().length ? since.findLast(({ asks }) => asks)?.asks?.kind : undefined;
}

const answerTo = ({ seq }: Message): Message | undefined =>
  messages.find((other) => other.from === "customer" && other.seq > seq);

/** Whether a choice of this message can still be taken. */
export function isOpen(message: Message, payload: string): boolean {
  return payload === BACK ? owner === "waiting" : owner !== "agent" && !answerTo(message) && !waiting().length;
}

/** The payload of the choice that answered this message. */
export function taken(message: Message): string | null | undefined {
  return (answerTo(message) ?? waiting()[0])?.choice;
}

/** Goes on where this browser left off. */
export function resume(): void {
  const known = store.conversation();
  if (known) join(known);
  void deliver();
}

export function send(message: Omit<Outgoing, "client_id">): void {
  store.queue({ client_id: uuid(), ...message });
  changed();
  void deliver();
}

/** The network or the tab is back: try now. */
export function nudge(): void {
  wake();
  void deliver();
}

/** The conversation, made if there is none yet. Raises Refusal. */
export function ensure(): Promise<Conversation> {
  const known = store.conversation();
  if (known) return Promise.resolve(known);
  return (beginning ??= begin().finally(() => (beginning = undefined)));
}

/** From now on what is said goes to this address as well, once it is confirmed there. Raises Refusal. */
export function leaveAddress(address: string): Promise<void> {
  return call(joined!, "/email", { body: { address } });
}

/** Erases it on the server and here. Raises Refusal. */
export async function erase(): Promise<void> {
  const known = store.conversation();
  if (known) {
    stop();
    await call(known, "", { method: "DELETE" }).catch((refusal: Refusal) => {
      if (isGone(refusal)) return;
      join(known);
      throw refusal;
    });
  }
  leave();
}

/** Leaves this conversation; the next message begins a new one. */
export function leave(): void {
  store.forget();
  reset();
}

/** Another tab changed what we share. */
export function shared(): void {
  const known = store.conversation();
  if (known?.id !== joined?.id) {
    reset();
    if (known) join(known);
  }
  changed();
}

function stop(): void {
  following.abort();
  joined = undefined;
}

function reset(): void {
  stop();
  [messages, owner, isWorking, isOnline] = [[], "bot", false, true];
  emptied();
  changed();
}

async function begin(): Promise<Conversation> {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const start = (body: object): Promise<Conversation> => call(null, "", { body });
  const made = await start({ timezone: timeZone, locale }).catch((refusal: Refusal) =>
    refusal.status === 400 ? start({}) : Promise.reject(refusal), // a zone that the server does not know
  );
  const begun = store.conversation() ?? made; // another tab may have begun meanwhile: both share its conversation
  store.keep(":id", begun);
  join(begun);
  return begun;
}

function join(conversation: Conversation): void {
  if (joined?.id === conversation.id) return;
  following.abort();
  following = new AbortController();
  joined = conversation;
  void follow(conversation, following.signal);
}

/** For live.ts. */
export function heard(part: Partial<Moment>): void {
  setOnline(true);
  for (const message of part.messages ?? []) {
    if (message.seq <= lastSeq()) continue;
    messages.push(message);
    if (message.client_id) store.unqueue(message.client_id);
    said(message, message.seq > store.seen());
  }
  owner = part.owner ?? owner;
  isWorking = part.working ?? isWorking;
  changed();
}

export function setOnline(now: boolean): void {
  if (isOnline === now) return;
  isOnline = now;
  if (now) nudge();
  changed();
}

/** For live.ts. Erased or expired: words that were not sent go into a new conversation; what belonged to the old one does not. */
export function gone(lost: Conversation): void {
  if (store.conversation()?.id !== lost.id) return;
  const words = store.queued().filter(({ client_id, text, photos }) => text && !photos && !accepted.has(client_id));
  leave();
  failed("gone");
  words.forEach(store.queue);
  void deliver();
}

/** Sends what waits, one after the other, each until it is stored or refused. */
async function deliver(): Promise<void> {
  if (isDelivering) return;
  isDelivering = true;
  const next = (): Outgoing | undefined => store.queued().find(({ client_id }) => !accepted.has(client_id));
  let failures = 0;
  for (let message; (message = next()); ) {
    const { title: _shown, ...body } = message;
    let conversation: Conversation | undefined;
    try {
      conversation = await ensure();
      await call(conversation, "/messages", { body });
      accepted.add(message.client_id);
      failures = 0;
      setOnline(true);
      wake(); // where we ask instead of being told: ask now
    } catch (error) {
      const refusal = error as Refusal;
      if (isGone(refusal) && conversation) gone(conversation);
      else if (isPassing(refusal)) {
        if (!refusal.status) setOnline(false);
        else failed(refusal.code);
        await pause(refusal.waitS * 1000 || patience(failures++));
      } else {
        store.unqueue(message.client_id);
        failed(refusal.code, message.text);
        changed();
      }
    }
  }
  isDelivering = false;
}

/** randomUUID is there only where the page came over HTTPS; the address of a blob ends in one everywhere. */
function uuid(): string {
  return crypto.randomUUID?.() ?? URL.createObjectURL(new Blob()).slice(-36);
}
