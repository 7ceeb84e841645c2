// What one seldom needs: keep a copy; go on by e-mail, begin anew, erase, which ask something first.

import { button, h, icon } from "./dom.ts";
import { refocus } from "./panel.ts";
import { say } from "./words.ts";

type Deed = "mail" | "restart" | "erase";

export let menu: HTMLDetailsElement;
let question: HTMLDialogElement;
let does: Record<Deed, (address: string) => void>;

/** The menu, and the dialog it asks in. deeds: in the order of the menu. */
export function createMenu(keepCopy: () => void, deeds: typeof does): HTMLElement[] {
  does = deeds;
  question = h("dialog.question", { "aria-labelledby": "sure", close: refocus });
  const focusout = ({ relatedTarget }: FocusEvent): void => {
    if (relatedTarget && !menu.contains(relatedTarget as Node)) menu.open = false;
  };
  const entry = (key: "transcript" | Deed, click: () => void): HTMLElement =>
    h("li", {}, button("entry", say(key), () => (closeMenu(), click())));
  menu = h(
    "details.menu",
    { focusout },
    h("summary.round menu-button", { "aria-label": say("more"), title: say("more") }, icon("more")),
    h("ul", {}, entry("transcript", keepCopy), ...(Object.keys(deeds) as Deed[]).map((key) => entry(key, () => ask(key)))),
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

/** Does it if the customer is sure; by mail, once there is an address. */
export function ask(key: Deed): void {
  const address = h("input.field", { type: "email", required: true, autocomplete: "email", "aria-labelledby": "sure" });
  const isMail = key === "mail";
  const sure = (): void => {
    if (isMail && !address.reportValidity()) return;
    question.close();
    does[key](address.value);
  };
  question.replaceChildren(
    h("h2", { id: "sure" }, say(key)),
    h("p", {}, say(`${key}_ask`), isMail && address),
    button("choice", say("keep"), () => question.close()),
    button(isMail ? "choice" : "choice sure", say(key), sure),
  );
  question.showModal();
}
