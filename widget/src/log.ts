// What was said, oldest first; what is on its way; whether the assistant is writing.

import { bubble, onItsWay, refresh } from "./bubbles.ts";
import { type Message } from "./contract.ts";
import { button, h } from "./dom.ts";
import { answer } from "./panel.ts";
import { isTyping, messages, waiting } from "./talk.ts";
import { say } from "./words.ts";
import { en } from "./strings/en.ts";

const STARTERS = [1, 2, 3, 4] as const;
const NEAR_END_PX = 80;

let view: HTMLElement;
let list: HTMLElement;
let typing: HTMLElement;
let jump: HTMLElement;
let items: HTMLElement[] = [];
let isAtEnd = true;

export function createLog(): HTMLElement[] {
  list = h("ol.log");
  typing = h("p.typing", {}, h("span.unseen", {}, say("typing")));
  jump = button("jump", say("new"), toEnd);
  const scroll = (): void => {
    isAtEnd = view.scrollHeight - view.scrollTop - view.clientHeight < NEAR_END_PX;
    if (isAtEnd) jump.hidden = true;
  };
  view = h("div.view", { role: "region", tabindex: 0, "aria-label": say("conversation"), scroll }, list, typing);
  new ResizeObserver(() => isAtEnd && toEnd()).observe(view); // what is below it grows and shrinks
  return [view, jump];
}

export const log = (): HTMLElement => view;

/** Nothing was said yet: a greeting, and how one may begin. The assistant understands English, whatever the labels say. */
export function greet(): void {
  const starters = STARTERS.map((number) => {
    const key = `starter_${number}` as const;
    return button("choice", say(key), () => answer({ text: en[key] }));
  });
  items = [];
  list.replaceChildren(
    h("li.said bot", {}, h("p.who", {}, say("bot")), h("p.bubble", {}, say("greeting")), h("div.choices", {}, ...starters)),
  );
}

export function add(message: Message, fresh: boolean): void {
  const before = messages.at(-2);
  const item = bubble(message, before?.from === message.from && before.name === message.name);
  items.push(item);
  list.insertBefore(item, list.querySelector(".sending"));
  isAtEnd ||= message.from === "customer";
  if (!isAtEnd) jump.hidden &&= !fresh;
}

export function refreshLog(): void {
  const going = waiting();
  for (const old of list.querySelectorAll(".sending")) old.remove();
  list.append(...going.map(onItsWay));
  messages.forEach((message, index) => refresh(items[index]!, message));
  list.querySelector<HTMLElement>(".bot:first-child > .choices")!.hidden = Boolean(messages.length || going.length);
  typing.hidden = !isTyping();
  if (isAtEnd || going.length) toEnd();
}

export function toEnd(): void {
  jump.hidden = true;
  view.scrollTop = view.scrollHeight;
}
