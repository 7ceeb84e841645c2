// The launcher and the panel: opening and closing, who has the conversation, what is read aloud.

import { useOrigin } from "./api.ts";
import { who } from "./bubbles.ts";
import { createComposer, field, fit, write } from "./composer.ts";
import { PERSON, type Message } from "./contract.ts";
import { button, download, h, icon, set } from "./dom.ts";
import { add, createLog, greet, log, refreshLog, toEnd } from "./log.ts";
import { ask, closeMenu, createMenu, menu } from "./menu.ts";
import { keep, kept, seen, useShelf } from "./store.ts";
import * as talk from "./talk.ts";
import { transcript } from "./transcript.ts";
import { addPhotos } from "./tray.ts";
import { locale, say, sayFirst } from "./words.ts";

const SPOKEN_MS = 20000;

let root: HTMLElement;
let launcher: HTMLButtonElement;
let panel: HTMLDialogElement;
let status: HTMLElement;
let banner: HTMLElement;
let person: HTMLElement;
let mail: HTMLElement;
let problem: HTMLElement;
let voice: HTMLElement;
let opener: HTMLElement | null = null;
let unread = 0;

const phone = (): MediaQueryList => matchMedia("(max-width: 480px), (max-height: 480px)");
const isTouch = (): boolean => matchMedia("(pointer: coarse)").matches;

/** The whole widget. origin: of the chat API. */
export function createPanel(origin: string): HTMLElement {
  useOrigin(origin);
  useShelf(`support-chat ${origin}`, storage());
  const privacy = `${origin}/privacy`;
  launcher = h("button.launcher", { type: "button", click: () => open() }, icon("chat"));
  status = h("p.status");
  banner = h("p.banner", { hidden: true });
  person = button("link", say("person"), () => answer({ choice: PERSON, title: say("person") }));
  problem = h("p.problem", { hidden: true });
  voice = h("div.unseen", { "aria-live": "polite" });
  const [view, jump] = createLog();
  const names = h("div.names", {}, h("h2", { id: "title" }, say("title")), status);
  const [more, question] = createMenu(keepCopy, {
    mail: (address) => tellAfter(talk.leaveAddress(address), "mail_done"),
    restart: talk.leave,
    erase: () => tellAfter(talk.erase(), "erased"),
  });
  mail = button("link", say("mail"), () => ask("mail"));
  const head = h("div.head", {}, names, more, button("round", say("close"), close, "close"));
  const links = h("p.links", {}, person, mail, h("a.link", { href: privacy, target: "_blank", rel: "noopener" }, say("privacy")));
  const foot = h("div.foot", {}, jump, problem, ...createComposer(), links);
  const parts = [head, banner, view, foot];
  panel = h("dialog.panel", { "aria-labelledby": "title", tabindex: -1 }, ...parts);
  root = h("div.root", { role: "region", "aria-label": say("title"), lang: locale }, launcher, panel, question, voice);
  listenToPanel();
  talk.listen(said, changed, emptied, failed);
  emptied();
  changed();
  return root;
}

/** Hears the page, and goes on where this browser left off: an open panel is open on the next page too. */
export function enter(): void {
  const back = (): void => {
    if (document.hidden) return;
    talk.nudge();
    read();
  };
  addEventListener("online", talk.nudge);
  addEventListener("pageshow", back);
  document.addEventListener("visibilitychange", back);
  addEventListener("storage", shared);
  document.addEventListener("click", called);
  phone().addEventListener("change", () => panel.open && present());
  visualViewport?.addEventListener("resize", measure);
  talk.resume();
  if (kept(":open") && !phone().matches) show();
}

/** draft: what to write into the field, for the customer to send. by: what to focus when it is closed. */
export function open(draft = "", by: HTMLElement | null = launcher): void {
  opener = by;
  show();
  if (draft) write(draft);
  (isTouch() && !draft ? panel : field).focus();
}

/** Sends what a button stands for. The button may be gone by then: the focus goes on to the field, on a phone without its keyboard. */
export function answer(message: Parameters<typeof talk.send>[0]): void {
  talk.send(message);
  refocus();
}

export function refocus(): void {
  (isTouch() ? log() : field).focus({ preventScroll: true });
}

function show(): void {
  if (!panel.open) present();
  root.classList.add("open");
  keep(":open", 1);
  measure();
  toEnd();
  read();
}

function close(): void {
  panel.close();
}

/** Closed by us, or by the back gesture of a phone. */
function closed(): void {
  if (panel.open) return; // only shown in another way
  root.classList.remove("open");
  keep(":open", null);
  root.append(voice);
  badge();
  (opener?.isConnected ? opener : launcher).focus();
}

/** A sheet over the whole page on a phone, else beside it. The live region goes along: a sheet silences the rest. */
function present(): void {
  const focused = (panel.getRootNode() as ShadowRoot).activeElement as HTMLElement | null;
  panel.close();
  panel.append(voice);
  if (phone().matches) panel.showModal();
  else panel.show();
  focused?.focus();
}

/** On a phone the keyboard takes its part of the sheet. */
function measure(): void {
  panel.style.setProperty("--_height", `${visualViewport?.height}px`);
}

function listenToPanel(): void {
  const take = (event: Event, data: DataTransfer | null): void => {
    panel.classList.remove("dragging");
    if (!data?.files.length) return;
    event.preventDefault();
    void addPhotos([...data.files]);
  };
  set(panel, {
    close: closed,
    keydown: (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.isComposing) return;
      event.preventDefault();
      if (!closeMenu()) close();
    },
    paste: (event: ClipboardEvent) => take(event, event.clipboardData),
    drop: (event: DragEvent) => take(event, event.dataTransfer),
    dragover: (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      panel.classList.add("dragging");
    },
    dragleave: () => panel.classList.remove("dragging"), // of a part of it too: dragover follows at once
  });
}

/** A click anywhere on the page on something that calls for us: data-support-chat, perhaps with a draft. */
function called(event: Event): void {
  const caller = (event.target as Element).closest?.<HTMLElement>("[data-support-chat]");
  if (!caller) return;
  event.preventDefault();
  open(caller.dataset["supportChat"], caller);
}

function keepCopy(): void {
  const text = transcript(talk.messages);
  download("soocas.txt", new Blob([text], { type: "text/plain;charset=utf-8" }));
}

/** Says how it went. */
function tellAfter(deed: Promise<void>, done: "erased" | "mail_done"): void {
  deed.then(() => tell(say(done)), ({ code }) => failed(code));
}

// --- what the conversation tells us -----------------------------------------------------------------------------------

function said(message: Message, fresh: boolean): void {
  add(message, fresh);
  if (message.from === "customer") tell("");
  else if (fresh) {
    const choices = message.choices.map(({ title }) => title).join(", ");
    announce(`${who(message)}: ${message.text} ${choices}`);
    unread++;
  }
}

function changed(): void {
  const isOnline = talk.isOnline; // not destructured: a bundler would keep the whole module as an object
  const owner = talk.owner;
  const agent = talk.messages.findLast(({ from }) => from === "agent");
  status.textContent = say(`owner_${owner}`, agent ? who(agent) : say("agent"));
  status.className = `status ${owner}`;
  person.hidden = owner === "waiting" || owner === "agent";
  mail.hidden = !person.hidden; // instead of waiting here
  if (banner.hidden !== isOnline) {
    banner.hidden = isOnline;
    banner.textContent = say("offline");
    if (!isOnline) announce(say("offline"));
  }
  menu.hidden = !talk.messages.length; // nothing yet to keep, leave or erase
  refreshLog();
  fit(talk.asked());
  read();
}

function emptied(): void {
  greet();
  unread = 0;
  badge();
}

function failed(code: string, text = ""): void {
  if (!field.value) write(text);
  tell(sayFirst(code, say("failed")));
}

function shared(): void {
  talk.shared();
  unread = talk.messages.filter(({ from, seq }) => from !== "customer" && seq > seen()).length;
  read();
}

// --- reading, aloud too -------------------------------------------------------------------------------------------------

function read(): void {
  if (panel.open && !document.hidden) {
    unread = 0;
    if (talk.lastSeq() > seen()) keep(":seen", talk.lastSeq());
  }
  badge();
}

function badge(): void {
  const label = say("open") + (unread ? `. ${say("unread", unread)}` : "");
  set(launcher, { "aria-label": label, "aria-expanded": `${panel.open}`, "data-unread": unread || null });
}

function announce(sentence: string): void {
  const spoken = h("p", {}, sentence);
  voice.append(spoken);
  setTimeout(() => spoken.remove(), SPOKEN_MS);
}

/** A sentence above the field, read aloud too; empty: nothing to say any more. */
export function tell(sentence: string): void {
  if (sentence && sentence !== problem.textContent) announce(sentence);
  problem.textContent = sentence;
  problem.hidden = !sentence;
}

function storage(): Record<string, string> {
  try {
    return localStorage;
  } catch {
    return {};
  }
}
