// A message as it is shown: who and when, words, photos, clauses, the case, choices.

import { Refused } from "./api.ts";
import type { Case, Message, Outgoing } from "./contract.ts";
import { download, draw, h, icon, linked, set } from "./dom.ts";
import type { Words } from "./strings/index.ts";
import type { Talk } from "./talk.ts";

const PHOTO_PX = 220;

export class Bubbles {
  constructor(
    private readonly talk: Talk,
    private readonly words: Words,
    private readonly choose: (payload: string, title: string) => void,
    private readonly failed: (problem: Refused) => void,
  ) {}

  who(message: Message): string {
    if (message.from === "customer") return this.words.say("you");
    return message.name ?? this.words.say(message.from === "bot" ? "bot" : "colleague");
  }

  /** follows: the message before is by the same sender, whose name need not be said again. */
  bubble(message: Message, follows: boolean): HTMLLIElement {
    const { words } = this;
    const who = h(
      "p",
      { class: follows ? "who unseen" : "who" },
      this.who(message),
      " ",
      h("time", { datetime: message.at }, words.time(message.at)),
    );
    return h(
      "li",
      { class: `said ${message.from}${follows ? " follows" : ""}`, "data-seq": message.seq },
      who,
      message.text && h("p", { class: "bubble", dir: "auto" }, ...linked(message.text)),
      message.photos.length > 0 && h("div", { class: "photos" }, ...message.photos.map((id) => this.photo(id, message))),
      message.citations.length > 0 && this.citations(message),
      message.case && this.card(message.case),
      message.choices.length > 0 && this.choices(message),
    );
  }

  /** What is still on its way. */
  sending(message: Outgoing): HTMLLIElement {
    const count = message.photos?.length ?? 0;
    const shown = message.text ?? message.title ?? "";
    const photos = Array.from({ length: count }, () => h("span", { class: "photo" }, icon("image")));
    return h(
      "li",
      { class: "said customer sending" },
      h("p", { class: "who unseen" }, this.words.say("you")),
      shown && h("p", { class: "bubble", dir: "auto" }, shown),
      count > 0 && h("div", { class: "photos" }, ...photos),
      !this.talk.online && h("p", { class: "queued" }, this.words.say("queued")),
    );
  }

  /** Which choices can still be taken, and which one was. */
  refresh(item: HTMLElement, message: Message): void {
    const taken = this.talk.taken(message);
    for (const button of item.querySelectorAll<HTMLButtonElement>(".choices button")) {
      const isTaken = button.value === taken;
      button.disabled = !this.talk.isOpen(message, button.value);
      set(button, { class: isTaken ? "choice taken" : "choice" });
      const mark = button.querySelector(".mark");
      if (isTaken && !mark) {
        button.append(h("span", { class: "mark" }, icon("check"), h("span", { class: "unseen" }, ` (${this.words.say("chosen")})`)));
      } else if (!isTaken) mark?.remove();
    }
  }

  private choices(message: Message): HTMLElement {
    return h(
      "div",
      { class: "choices", role: "group", "aria-label": message.text },
      ...message.choices.map(({ title, payload }) =>
        h("button", { type: "button", class: "choice", value: payload, click: () => this.choose(payload, title) }, title),
      ),
    );
  }

  private citations({ citations }: Message): HTMLElement {
    const clauses = citations.map(({ clause, text }) => h("p", { dir: "auto" }, text, " ", h("cite", {}, clause)));
    const label = this.words.count("policy", citations.length);
    return h("details", { class: "policy" }, h("summary", {}, icon("book"), label), ...clauses);
  }

  private card({ number, state, dates, calendar }: Case): HTMLElement {
    const { words } = this;
    const known = words.find(`state_${state}`) ?? state.replaceAll("_", " ");
    const rows = (dates ?? []).flatMap(({ title, date }) => [
      h("dt", { dir: "auto" }, title),
      h("dd", {}, h("time", { datetime: date }, words.day(date))),
    ]);
    const save = calendar && h("button", { type: "button", class: "choice", click: () => this.calendar(number, calendar) });
    if (save) save.append(icon("calendar"), words.say("calendar"));
    return h(
      "section",
      { class: "case", "aria-label": words.say("case", { number }) },
      h("p", { class: "number" }, words.say("case", { number })),
      h("p", { class: "state" }, known),
      rows.length > 0 && h("dl", {}, ...rows),
      save,
    );
  }

  private async calendar(number: string, path: string): Promise<void> {
    try {
      download(`${number}.ics`, await this.file(path));
    } catch (error) {
      this.failed(error as Refused);
    }
  }

  private photo(id: string, message: Message): HTMLElement {
    const label = this.words.say("photo_sent", { who: this.who(message) });
    const frame = h("span", { class: "photo", role: "img", "aria-label": label }, icon("image"));
    const picture = h("canvas");
    void this.file(`/photos/${id}`)
      .then((content) => draw(picture, content, PHOTO_PX))
      .then((drawn) => drawn && frame.replaceChildren(picture))
      .catch(() => {}); // the frame stays: the photo itself is safe
    return frame;
  }

  /** path: within the conversation, or as the server wrote it. Raises Refused. */
  private async file(path: string): Promise<Blob> {
    const { api, store } = this.talk;
    const inside = path.replace(/^.*\/chat\/api\/conversations\/[^/]+/, "");
    return (await api.call(store.conversation, inside)).blob();
  }
}
