// Where the customer answers: words, a day, photos; with the keyboard that fits the question.

import { h, icon, set } from "./dom.ts";
import type { Words } from "./strings/index.ts";
import type { Talk } from "./talk.ts";
import { Tray } from "./tray.ts";

type Field = HTMLTextAreaElement | HTMLInputElement;

const KEYBOARDS: Record<string, Record<string, string>> = {
  order_number: { inputmode: "text", autocapitalize: "characters", autocomplete: "off", spellcheck: "false" },
  email: { inputmode: "email", autocapitalize: "none", autocomplete: "email", spellcheck: "false" },
};
const YEARS_BACK = 10; // what one can still have a receipt for

export class Composer {
  readonly element: HTMLFormElement;
  readonly tray: Tray;
  private readonly text: HTMLTextAreaElement;
  private readonly line: HTMLInputElement;
  private readonly day: HTMLInputElement;
  private readonly dayRow: HTMLElement;
  private readonly ask: HTMLButtonElement;
  private readonly submit: HTMLButtonElement;
  private readonly files: HTMLInputElement;
  private kind = "";
  private sendsWhenReady = false;

  constructor(
    private readonly talk: Talk,
    private readonly words: Words,
    private readonly tell: (sentence: string) => void,
    private readonly keep: (draft: string) => void,
  ) {
    const say = words.say.bind(words);
    this.tray = new Tray(talk, words, () => this.trayChanged(), tell);
    const typed = { class: "field", maxlength: 10000, enterkeyhint: "send", dir: "auto", input: () => this.typed() };
    this.text = h("textarea", { ...typed, rows: 1, "aria-label": say("message"), placeholder: say("message") });
    this.line = h("input", { ...typed, type: "text", name: "support-chat", hidden: true });
    this.text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.send();
    });
    this.day = h("input", { type: "date", id: "day" });
    const dayButton = h("button", { type: "button", class: "choice", click: () => this.sendDay() }, say("date_use"));
    this.dayRow = h("div", { class: "day", hidden: true }, h("label", { for: "day" }, say("date")), this.day, dayButton);
    this.files = this.picker({ multiple: true });
    const camera = this.picker({ capture: "environment" });
    this.ask = h("button", { type: "button", class: "ask", hidden: true, click: () => this.files.click() }, icon("image"), say("photos_ask"));
    this.submit = h("button", { type: "submit", class: "round send", "aria-label": say("send") }, icon("send"));
    this.element = h(
      "form",
      { class: "composer", novalidate: true, submit: (event: Event) => (event.preventDefault(), this.send()) },
      this.dayRow,
      this.ask,
      this.tray.element,
      h(
        "div",
        { class: "row" },
        this.button("photos_take", "camera", camera),
        this.button("photos_add", "image", this.files),
        this.text,
        this.line,
        this.submit,
      ),
      this.files,
      camera,
    );
    this.typed();
  }

  get field(): Field {
    return this.line.hidden ? this.text : this.line;
  }

  /** The control that fits the question; what was typed already stays. */
  fit(kind: string): void {
    if (kind === this.kind) return;
    this.kind = kind;
    const before = this.field;
    const draft = before.value;
    const hadFocus = (before.getRootNode() as ShadowRoot).activeElement === before;
    const keyboard = KEYBOARDS[kind];
    set(this.line, { hidden: !keyboard, ...keyboard });
    set(this.text, { hidden: Boolean(keyboard) });
    const sentence = this.words.find(`message_${kind}`) ?? this.words.say("message");
    for (const field of [this.text, this.line]) set(field, { placeholder: sentence, "aria-label": sentence });
    this.field.value = draft;
    if (before !== this.field) before.value = "";
    if (hadFocus) this.field.focus();
    const today = new Date();
    set(this.dayRow, { hidden: kind !== "date" });
    set(this.day, { max: iso(today), min: `${today.getFullYear() - YEARS_BACK}-01-01` });
    set(this.ask, { hidden: kind !== "photos" });
    this.typed();
  }

  write(draft: string): void {
    this.field.value = draft;
    this.typed();
  }

  send(): void {
    const text = this.field.value.trim();
    const { tray } = this;
    this.sendsWhenReady = tray.isBusy;
    if (tray.isBusy) return this.trayChanged();
    if (tray.hasFailed) return this.tell(this.words.say("photos_not_ready"));
    if (!text && tray.isEmpty) return this.field.focus();
    const photos = tray.ids;
    tray.clear();
    this.write("");
    this.talk.send({ ...(text && { text }), ...(photos.length && { photos }) });
  }

  private sendDay(): void {
    const { day } = this;
    if (!day.value) return showPicker(day);
    if (!day.checkValidity()) return void day.reportValidity();
    const [year, month, date] = day.value.split("-").map(Number);
    // The assistant understands English days; a month in words cannot be taken for a day.
    const english = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });
    this.talk.send({ text: english.format(Date.UTC(year!, month! - 1, date!)) });
    day.value = "";
  }

  private typed(): void {
    const { text } = this;
    text.style.height = "auto";
    if (text.scrollHeight) text.style.height = `${text.scrollHeight + 2}px`;
    this.keep(this.field.value);
    set(this.submit, { "aria-disabled": !this.field.value.trim() && this.tray.isEmpty && "true" });
  }

  private trayChanged(): void {
    if (!this.submit) return; // still being made
    set(this.submit, { class: `round send${this.sendsWhenReady && this.tray.isBusy ? " busy" : ""}` });
    this.typed();
    if (this.sendsWhenReady && !this.tray.isBusy) {
      this.sendsWhenReady = false;
      this.send();
    }
  }

  private picker(attributes: Record<string, string | boolean>): HTMLInputElement {
    const change = (): void => {
      this.tray.add(picker.files ?? []);
      picker.value = "";
      this.field.focus();
    };
    const picker = h("input", { type: "file", accept: "image/*,.heic,.heif", hidden: true, ...attributes, change });
    return picker;
  }

  private button(label: "photos_add" | "photos_take", name: "image" | "camera", picker: HTMLInputElement): HTMLElement {
    const sentence = this.words.say(label);
    const attributes = { type: "button", class: `round ${name}`, "aria-label": sentence, title: sentence };
    return h("button", { ...attributes, click: () => picker.click() }, icon(name));
  }
}

function iso(day: Date): string {
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

function showPicker(day: HTMLInputElement): void {
  try {
    day.showPicker();
  } catch {
    day.focus();
  }
}
