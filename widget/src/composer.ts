// Where the customer answers: words, a day, photos; with the keyboard that fits the question.

import { button, h, set } from "./dom.ts";
import { answer, tell } from "./panel.ts";
import { send } from "./talk.ts";
import { addPhotos, clearTray, createTray, isAny, photos } from "./tray.ts";
import { day, say, sayFirst } from "./words.ts";

const KEYBOARDS: Record<string, Record<string, string>> = {
  order_number: { autocapitalize: "characters" },
  email: { inputmode: "email", autocapitalize: "none", autocomplete: "email" },
};
const DAYS_BACK = 4000; // about as long as one keeps a receipt

export let field: HTMLTextAreaElement;
let date: HTMLInputElement;
let dateRow: HTMLElement;
let row: HTMLElement;
let submit: HTMLButtonElement;
let sendsWhenReady = false;

export function createComposer(): HTMLElement[] {
  const keydown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submitted();
  };
  field = h("textarea.field", { maxlength: 10000, rows: 1, dir: "auto", enterkeyhint: "send", input: grow, keydown });
  date = h("input", { type: "date" });
  dateRow = h("div.date", {}, h("label", {}, say("date"), date), button("choice", say("date_send"), sendDate));
  submit = button("round send", say("send"), submitted, "send");
  const tray = createTray(trayChanged);
  row = h("div.row", {}, ...picker("take", "capture"), ...picker("add", "multiple"), field, submit);
  return [dateRow, tray, row];
}

/** The keyboard and control that fit a question of this kind; what was typed already stays. */
export function fit(kind = ""): void {
  const label = sayFirst(`message_${kind}`, say("message"));
  const usual = { inputmode: null, autocapitalize: null, autocomplete: "off" };
  set(field, { "aria-label": label, placeholder: label, ...usual, ...KEYBOARDS[kind] });
  set(row, { "data-asks": kind });
  dateRow.hidden = kind !== "date";
  set(date, { max: daysAgo(0), min: daysAgo(DAYS_BACK) });
}

export function write(draft: string): void {
  field.value = draft;
  grow();
}

function submitted(): void {
  const text = field.value.trim();
  const sent = photos();
  sendsWhenReady = isAny("waiting", "sending");
  submit.classList.toggle("busy", sendsWhenReady);
  if (sendsWhenReady) return;
  if (isAny("failed")) return tell(say("photo_failed"));
  if (!text && !sent[0]) return field.focus();
  clearTray();
  write("");
  send({ ...(text && { text }), ...(sent[0] && { photos: sent }) });
}

/** The assistant understands English days; with the month in words, none can be taken for another. */
function sendDate(): void {
  if (!date.value || !date.reportValidity()) return date.focus();
  answer({ text: day(date.value, "en-GB") });
  date.value = "";
}

function grow(): void {
  field.style.height = "";
  field.style.height = `${field.scrollHeight + 2}px`;
}

function trayChanged(): void {
  if (sendsWhenReady) submitted();
}

function picker(kind: "take" | "add", how: "capture" | "multiple"): HTMLElement[] {
  const change = (): void => {
    void addPhotos([...input.files!]);
    input.value = "";
    submit.focus();
  };
  const input = h("input", { type: "file", accept: "image/*,.heic,.heif", hidden: true, [how]: true, change });
  return [input, button(`round ${kind}`, say(kind), () => input.click(), kind)];
}

/** YYYY-MM-DD, where the customer is. */
function daysAgo(days: number): string {
  const today = new Date();
  return new Date(Date.UTC(today.getFullYear(), today.getMonth(), today.getDate() - days)).toISOString().slice(0, 10);
}
