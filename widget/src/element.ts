// <support-chat>: the launcher, the panel, and who hears what.

import { Api, Refused } from "./api.ts";
import { Bubbles } from "./bubbles.ts";
import { Composer } from "./composer.ts";
import { PERSON, type Message, type Outgoing } from "./contract.ts";
import { download, h, icon, set } from "./dom.ts";
import { Menu } from "./menu.ts";
import { localShelf, memory, Store, type Shelf } from "./store.ts";
import { Words } from "./strings/index.ts";
import styles from "./style.css";
import { Talk } from "./talk.ts";
import { transcript } from "./transcript.ts";

const PHONE = "(max-width: 480px), (max-height: 480px)";
const STARTERS = ["starter_1", "starter_2", "starter_3", "starter_4"] as const;
const ENGLISH = Words.in("en"); // what the assistant understands
const NEAR_END_PX = 80;
const SPOKEN_MS = 20000;

export class SupportChat extends HTMLElement {
  /** Where the chat API is: the script's own origin, unless the element's `api` attribute names another. */
  static origin = location.origin;

  private talk!: Talk;
  private words!: Words;
  private bubbles!: Bubbles;
  private composer!: Composer;
  private menu!: Menu;
  private session: Shelf = memory();
  private root!: HTMLElement;
  private launcher!: HTMLButtonElement;
  private panel!: HTMLDialogElement;
  private question!: HTMLDialogElement;
  private status!: HTMLElement;
  private banner!: HTMLElement;
  private view!: HTMLElement;
  private log!: HTMLOListElement;
  private typing!: HTMLElement;
  private jump!: HTMLButtonElement;
  private problem!: HTMLElement;
  private voice!: HTMLElement;
  private opener: HTMLElement | null = null;
  private unread = 0;
  private leaving = new AbortController();
  private items = new Map<number, HTMLElement>();

  connectedCallback(): void {
    if (!this.shadowRoot) this.build();
    this.leaving = new AbortController();
    const { signal } = this.leaving;
    const visible = (): void => {
      if (document.hidden) return;
      this.talk.nudge();
      this.read();
    };
    addEventListener("online", () => this.talk.nudge(), { signal });
    document.addEventListener("visibilitychange", visible, { signal });
    addEventListener("pageshow", visible, { signal });
    addEventListener("storage", (event) => this.talk.store.owns(event.key) && this.shared(), { signal });
    document.addEventListener("click", (event) => this.called(event), { signal });
    matchMedia(PHONE).addEventListener("change", () => this.panel.open && this.present(), { signal });
    visualViewport?.addEventListener("resize", () => this.measure(), { signal });
    this.talk.resume();
    const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
    const cameBack = this.session.getItem(this.openKey) && (!matchMedia(PHONE).matches || navigation?.type === "reload");
    if (cameBack || this.hasAttribute("open")) this.show();
  }

  disconnectedCallback(): void {
    this.leaving.abort();
    this.talk.pause();
  }

  /** Opens the panel. draft: what to write into the field, for the customer to send. */
  open(draft?: string): void {
    const focused = document.activeElement;
    this.opener = focused instanceof HTMLElement && focused !== document.body && (focused as Element) !== this ? focused : this.launcher;
    this.show();
    if (draft) this.composer.write(draft);
    (draft || !matchMedia("(pointer: coarse)").matches ? this.composer.field : this.panel).focus();
  }

  close(): void {
    if (!this.panel.open) return;
    this.menu.close();
    this.root.append(this.voice);
    this.panel.close();
    this.session.removeItem(this.openKey);
    set(this.root, { class: "root" });
    this.badge();
    const { opener } = this;
    (opener?.isConnected ? opener : this.launcher).focus();
  }

  private get openKey(): string {
    return `${this.talk.store.name}:open`;
  }

  private get draftKey(): string {
    return `${this.talk.store.name}:draft`;
  }

  private build(): void {
    const origin = new URL(this.getAttribute("api") ?? SupportChat.origin, location.href).origin;
    this.words = Words.in(this.closest("[lang]")?.getAttribute("lang"), ...navigator.languages);
    const store = new Store(localShelf(), `support-chat:${origin}`);
    this.talk = new Talk(new Api(origin), store, this.words.locale, {
      said: (message, fresh) => this.said(message, fresh),
      changed: () => this.changed(),
      emptied: () => this.emptied(),
      failed: (problem, message) => this.failed(problem, message),
    });
    try {
      this.session = sessionStorage;
    } catch {
      // Forbidden: a reload closes the panel.
    }
    const shadow = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    shadow.adoptedStyleSheets = [sheet];
    this.furnish();
    shadow.append(this.root);
    const draft = this.session.getItem(this.draftKey);
    if (draft) this.composer.write(draft);
    this.emptied();
    this.changed();
  }

  private furnish(): void {
    const { words } = this;
    const say = words.say.bind(words);
    this.bubbles = new Bubbles(
      this.talk,
      words,
      (payload, title) => this.choose(payload, title),
      (problem) => this.failed(problem),
    );
    this.composer = new Composer(
      this.talk,
      words,
      (sentence) => this.tell(sentence),
      (draft) => (draft ? this.session.setItem(this.draftKey, draft) : this.session.removeItem(this.draftKey)),
    );
    this.question = h("dialog", { class: "question", "aria-labelledby": "question" });
    this.menu = new Menu(words, this.talk.api.origin, this.question, {
      transcript: () => this.save(),
      restart: () => this.talk.leave(),
      erase: () => this.erase(),
    });
    this.launcher = h("button", { class: "launcher", "aria-haspopup": "dialog", click: () => this.open() }, icon("chat"));
    this.status = h("p", { class: "status" });
    this.banner = h("p", { class: "banner", hidden: true });
    this.log = h("ol", { class: "log" });
    this.typing = h("p", { class: "typing", hidden: true }, h("i"), h("i"), h("i"), h("span", { class: "unseen" }, say("typing")));
    this.view = h(
      "div",
      { class: "scroll", role: "region", tabindex: 0, "aria-label": say("conversation"), scroll: () => this.scrolled() },
      this.log,
      this.typing,
    );
    this.jump = h("button", { type: "button", class: "jump", hidden: true, click: () => this.toEnd(true) }, icon("down"), say("jump"));
    this.problem = h("p", { class: "problem", hidden: true });
    this.voice = h("div", { class: "unseen", "aria-live": "polite" });
    const person = h("button", { type: "button", class: "link person", click: () => this.person() }, icon("person"), say("person"));
    const privacy = h("a", { class: "link", href: `${this.talk.api.origin}/privacy`, target: "_blank", rel: "noopener" }, say("privacy"));
    this.panel = h(
      "dialog",
      { class: "panel", "aria-labelledby": "title", tabindex: -1 },
      h(
        "header",
        {},
        h("span", { class: "mark", "aria-hidden": "true" }, "S"),
        h("div", { class: "names" }, h("h2", { id: "title" }, say("title")), this.status),
        this.menu.button,
        h("button", { type: "button", class: "round close", "aria-label": say("close"), click: () => this.close() }, icon("close")),
        this.menu.list,
      ),
      this.banner,
      this.view,
      h("footer", {}, this.jump, this.problem, this.composer.element, h("div", { class: "links" }, person, privacy)),
      h("div", { class: "drop-here", "aria-hidden": "true" }, icon("image"), say("photos_drop")),
    );
    this.root = h(
      "div",
      { class: "root", role: "region", "aria-label": say("title"), lang: words.locale, dir: words.direction },
      this.launcher,
      this.panel,
      this.question,
      this.voice,
    );
    this.listen();
  }

  private listen(): void {
    const { panel } = this;
    panel.addEventListener("cancel", (event) => {
      if (event.target !== panel) return;
      event.preventDefault();
      this.escape();
    });
    panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      event.preventDefault();
      this.escape();
    });
    panel.addEventListener("paste", (event) => this.take(event, event.clipboardData));
    for (const name of ["dragenter", "dragover"] as const) {
      panel.addEventListener(name, (event) => {
        if (!event.dataTransfer?.types.includes("Files")) return;
        event.preventDefault();
        panel.classList.add("dragging");
      });
    }
    panel.addEventListener("dragleave", (event) => {
      if (!panel.contains(event.relatedTarget as Node | null)) panel.classList.remove("dragging");
    });
    panel.addEventListener("drop", (event) => {
      panel.classList.remove("dragging");
      this.take(event, event.dataTransfer);
    });
  }

  private take(event: Event, data: DataTransfer | null): void {
    if (!data?.files.length) return;
    event.preventDefault();
    this.composer.tray.add(data.files);
  }

  private escape(): void {
    if (!this.menu.close()) this.close();
  }

  /** A click anywhere on the page on something that calls for us: data-support-chat, perhaps with a draft. */
  private called(event: Event): void {
    const caller = event.target instanceof Element && event.target.closest<HTMLElement>("[data-support-chat]");
    if (!caller) return;
    event.preventDefault();
    this.open(caller.dataset["supportChat"]);
    this.opener = caller;
  }

  private show(): void {
    if (this.panel.open) return;
    this.present();
    this.session.setItem(this.openKey, "1");
    set(this.root, { class: "root open" });
    this.measure();
    this.toEnd();
    this.read();
  }

  /** A sheet over the whole page on a phone, else beside it. The live region goes along: a sheet silences the rest. */
  private present(): void {
    const { panel } = this;
    const focused = this.shadowRoot!.activeElement as HTMLElement | null;
    if (panel.open) panel.close();
    panel.append(this.voice);
    if (matchMedia(PHONE).matches) panel.showModal();
    else {
      const before = document.activeElement as HTMLElement | null;
      panel.show();
      (focused ?? before)?.focus();
    }
  }

  /** On a phone the keyboard takes its part of the sheet. */
  private measure(): void {
    if (!visualViewport) return;
    this.panel.style.setProperty("--_height", `${Math.round(visualViewport.height)}px`);
    this.toEnd();
  }

  private choose(payload: string, title: string): void {
    this.talk.send({ choice: payload, title });
    (matchMedia("(pointer: coarse)").matches ? this.view : this.composer.field).focus({ preventScroll: true });
  }

  private person(): void {
    const isOffered = this.talk.messages.some(({ choices }) => choices.some(({ payload }) => payload === PERSON));
    if (isOffered) this.talk.send({ choice: PERSON, title: this.words.say("person") });
    else this.talk.send({ text: this.words.say("person_says") });
  }

  private save(): void {
    const { messages } = this.talk;
    const text = transcript(messages, this.words, (message) => this.bubbles.who(message));
    const day = (messages.at(-1)?.at ?? new Date().toISOString()).slice(0, 10);
    download(`soocas-${day}.txt`, new Blob([text], { type: "text/plain;charset=utf-8" }));
  }

  private async erase(): Promise<void> {
    try {
      await this.talk.erase();
      this.tell(this.words.say("erased"));
    } catch (error) {
      this.failed(error as Refused);
    }
  }

  // --- what the conversation tells us ---------------------------------------------------------------------------------

  private said(message: Message, fresh: boolean): void {
    const { messages } = this.talk;
    const before = messages.at(-2);
    const follows = before?.from === message.from && before.name === message.name;
    const item = this.bubbles.bubble(message, follows);
    const wasAtEnd = this.isAtEnd;
    this.log.insertBefore(item, this.log.querySelector(".sending"));
    this.items.set(message.seq, item);
    if (message.from === "customer") this.tell("");
    else if (fresh) {
      this.speak(message);
      if (!this.isRead) this.unread++;
    }
    if (wasAtEnd || message.from === "customer") this.toEnd();
    else if (fresh) set(this.jump, { hidden: false });
    this.read();
  }

  private changed(): void {
    const { talk, words } = this;
    const agent = talk.messages.findLast(({ from }) => from === "agent");
    const name = agent ? this.bubbles.who(agent) : words.say("colleague");
    this.status.textContent = words.say(`owner_${talk.owner}`, { name });
    set(this.status, { class: `status ${talk.owner}` });
    if (this.banner.hidden !== talk.online) {
      this.banner.textContent = talk.online ? "" : words.say("offline");
      set(this.banner, { hidden: talk.online });
      this.announce(words.say(talk.online ? "online" : "offline"));
    }
    for (const old of this.log.querySelectorAll(".sending")) old.remove();
    this.log.append(...talk.waiting.map((message) => this.bubbles.sending(message)));
    for (const message of talk.messages) {
      if (message.choices.length) this.bubbles.refresh(this.items.get(message.seq)!, message);
    }
    for (const starters of this.log.querySelectorAll(".starters")) {
      if (talk.messages.length || talk.waiting.length) starters.remove();
    }
    const wasAtEnd = this.isAtEnd;
    set(this.typing, { hidden: !talk.isTyping });
    if (wasAtEnd || talk.waiting.length) this.toEnd();
    this.composer.fit(talk.asks?.kind ?? "");
    this.menu.allow(talk.messages.length > 0);
    this.read();
  }

  private emptied(): void {
    const { words } = this;
    const note = words.say("language_note");
    const starters = STARTERS.map((key) => {
      const click = (): void => {
        this.talk.send({ text: ENGLISH.say(key) });
        this.composer.field.focus();
      };
      return h("button", { type: "button", class: "choice", click }, words.say(key));
    });
    const greeting = h(
      "li",
      { class: "said bot" },
      h("p", { class: "who" }, words.say("bot")),
      h("p", { class: "bubble" }, words.say("greeting"), note && ` ${note}`),
      h("div", { class: "choices starters" }, ...starters),
    );
    this.log.replaceChildren(greeting);
    this.items.clear();
    this.unread = 0;
    this.badge();
  }

  private failed(problem: Refused, message?: Outgoing): void {
    if (message?.text && !this.composer.field.value) this.composer.write(message.text);
    const code = problem.code === "text_too_long" ? "too_large" : problem.code;
    this.tell(this.words.find(code) ?? this.words.say("failed"));
  }

  private shared(): void {
    this.talk.shared();
    this.unread = this.talk.messages.filter(({ from, seq }) => from !== "customer" && seq > this.talk.store.seen).length;
    this.badge();
  }

  // --- reading, aloud too -----------------------------------------------------------------------------------------------

  private get isRead(): boolean {
    return this.panel.open && !document.hidden;
  }

  private read(): void {
    const { talk } = this;
    if (this.isRead) {
      this.unread = 0;
      if (talk.lastSeq > talk.store.seen) talk.store.seen = talk.lastSeq;
    }
    this.badge();
  }

  private badge(): void {
    const { launcher, unread, words } = this;
    const label = words.say("open") + (unread ? `. ${words.count("unread", unread)}` : "");
    set(launcher, { "aria-label": label, "aria-expanded": String(this.panel.open) });
    launcher.querySelector(".badge")?.remove();
    if (unread) launcher.append(h("span", { class: "badge", "aria-hidden": "true" }, unread > 9 ? "9+" : String(unread)));
  }

  private speak(message: Message): void {
    const choices = message.choices.map(({ title }) => title).join(", ");
    this.announce([`${this.bubbles.who(message)}:`, message.text, choices].filter(Boolean).join(" "));
  }

  private announce(sentence: string): void {
    const spoken = h("p", {}, sentence);
    this.voice.append(spoken);
    setTimeout(() => spoken.remove(), SPOKEN_MS);
  }

  /** A sentence above the field, read aloud too; empty: nothing to say any more. */
  private tell(sentence: string): void {
    if (sentence && sentence !== this.problem.textContent) this.announce(sentence);
    this.problem.textContent = sentence;
    set(this.problem, { hidden: !sentence });
  }

  private get isAtEnd(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.view;
    return scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
  }

  private toEnd(smoothly = false): void {
    this.view.scrollTo({ top: this.view.scrollHeight, behavior: smoothly ? "smooth" : "instant" });
  }

  private scrolled(): void {
    if (this.isAtEnd) set(this.jump, { hidden: true });
  }
}
