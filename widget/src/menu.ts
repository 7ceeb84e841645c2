// What one seldom needs: keep a copy, begin anew, erase. The last two ask first.

import { button, h, icon } from "./dom.ts";
import { refocus } from "./panel.ts";
import { leave } from "./talk.ts";
import { say } from "./words.ts";

export let menu: HTMLDetailsElement;
let question: HTMLDialogElement;

/** The menu, and the dialog it asks in. */
export function createMenu(keepCopy: () => void, erase: () => void): HTMLElement[] {
  question = h("dialog.question", { "aria-labelledby": "sure" });
  const focusout = ({ relatedTarget }: FocusEvent): void => {
    if (relatedTarget && !menu.contains(relatedTarget as Node)) menu.open = false;
  };
  const entry = (key: "transcript" | "restart" | "erase", click: () => void): HTMLElement =>
    h("li", {}, button("entry", say(key), () => (closeMenu(), click())));
  menu = h(
    "details.menu",
    { focusout },
    h("summary.round menu-button", { "aria-label": say("more"), title: say("more") }, icon("more")),
    h("ul", {}, entry("transcript", keepCopy), entry("restart", () => ask("restart", leave)), entry("erase", () => ask("erase", erase))),
  );
  return [menu, question];
}

/** Whether it was open. */
export function closeMenu(): boolean {
  const wasOpen = menu.open;
  menu.open = false;
  if (wasOpen) menu.querySelector("summary")!.focus();
  return wasOpen;
}

function ask(key: "restart" | "erase", deed: () => void): void {
  const end = (isSure: boolean) => (): void => {
    question.close();
    if (isSure) deed();
    refocus();
  };
  question.replaceChildren(
    h("h2", { id: "sure" }, say(key)),
    h("p", {}, say(`${key}_ask`)),
    button("choice", say("keep"), end(false)),
    button("choice sure", say(key), end(true)),
  );
  question.showModal();
}
