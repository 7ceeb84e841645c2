// What one seldom needs: keep a copy, begin anew, erase. The last two ask first.

import { h, icon, set } from "./dom.ts";
import type { Strings } from "./strings/en.ts";
import type { Words } from "./strings/index.ts";

export interface Deeds {
  transcript(): void;
  restart(): void;
  erase(): void;
}

export class Menu {
  readonly button: HTMLButtonElement;
  readonly list: HTMLUListElement;

  constructor(
    private readonly words: Words,
    origin: string,
    private readonly question: HTMLDialogElement,
    deeds: Deeds,
  ) {
    const entry = (key: keyof Strings, click: () => void): HTMLLIElement =>
      h("li", {}, h("button", { type: "button", click: () => (this.close(), click()) }, words.say(key)));
    this.list = h(
      "ul",
      { class: "menu", id: "menu", hidden: true },
      entry("transcript", deeds.transcript),
      entry("restart", () => this.ask("restart_ask", "restart_yes", deeds.restart)),
      entry("erase", () => this.ask("erase_ask", "erase_yes", deeds.erase)),
      h("li", {}, h("a", { href: `${origin}/privacy`, target: "_blank", rel: "noopener" }, words.say("privacy"))),
    );
    this.button = h(
      "button",
      {
        type: "button",
        class: "round menu-button",
        "aria-label": words.say("menu"),
        "aria-expanded": "false",
        "aria-controls": "menu",
        click: () => this.turn(this.list.hasAttribute("hidden")),
      },
      icon("more"),
    );
    this.list.addEventListener("focusout", (event) => {
      const to = event.relatedTarget as Node | null;
      if (to && !this.list.contains(to) && to !== this.button) this.turn(false);
    });
  }

  /** Whether it was open. */
  close(): boolean {
    const wasOpen = !this.list.hasAttribute("hidden");
    if (wasOpen) {
      this.turn(false);
      this.button.focus();
    }
    return wasOpen;
  }

  /** Without a conversation there is nothing to keep, leave or erase. */
  allow(hasMessages: boolean): void {
    for (const button of this.list.querySelectorAll("button")) button.disabled = !hasMessages;
  }

  private turn(open: boolean): void {
    set(this.list, { hidden: !open });
    set(this.button, { "aria-expanded": String(open) });
    if (open) this.list.querySelector<HTMLElement>("button:enabled, a")?.focus();
  }

  private ask(sentence: keyof Strings, yes: keyof Strings, deed: () => void): void {
    const { question, words } = this;
    const end = (isSure: boolean) => () => {
      question.close();
      if (isSure) deed();
    };
    question.replaceChildren(
      h("p", { id: "question" }, words.say(sentence)),
      h("button", { type: "button", class: "choice", click: end(false) }, words.say("keep")),
      h("button", { type: "button", class: "choice sure", click: end(true) }, words.say(yes)),
    );
    question.showModal();
  }
}
