// A message as it is shown: who and when, words, photos, clauses, the case, choices.

import { call } from "./api.ts";
import type { Case, Message, Outgoing, Refusal } from "./contract.ts";
import { button, download, draw, h, linked, set } from "./dom.ts";
import { answer, tell } from "./panel.ts";
import { conversation } from "./store.ts";
import { isOpen, taken } from "./talk.ts";
import { day, say, sayFirst, time } from "./words.ts";

export const who = ({ name, from }: Message): string => name ?? say(from);

/** follows: the message before is by the same sender, whose name need not be seen again. */
export function bubble(message: Message, follows: boolean): HTMLElement {
  const { at, case: card, choices, citations, from, photos, seq, text } = message;
  return h(
    `li.said ${from}`,
    { "data-seq": seq },
    h(`p.who${follows ? " unseen" : ""}`, {}, `${who(message)} ${time(at)}`),
    text && words(text),
    photos.length > 0 && h("div.shots", {}, ...photos.map((id, index) => photo(id, say("photo", index + 1)))),
    citations.length > 0 && policy(citations),
    card && caseCard(card),
    choices.length > 0 &&
      h(
        "div.choices",
        { role: "group", "aria-label": text },
        ...choices.map(({ title, payload }) => {
          const made = button("choice", title, () => answer({ choice: payload, title }));
          made.value = payload;
          return made;
        }),
      ),
  );
}

/** What is still on its way. */
export function onItsWay({ text, title, photos = [] }: Outgoing): HTMLElement {
  const shown = text ?? title;
  return h("li.said customer sending", {}, shown && words(shown), ...photos.map((_, index) => h("span.photo", {}, say("photo", index + 1))));
}

/** Which choices can still be taken, and which one was. */
export function refresh(item: HTMLElement, message: Message): void {
  const chosen = taken(message);
  for (const choice of item.querySelectorAll<HTMLButtonElement>(".choices button")) {
    set(choice, { disabled: !isOpen(message, choice.value), "aria-pressed": choice.value === chosen && "true" });
  }
}

function words(text: string): HTMLElement {
  return h("p.bubble", { dir: "auto" }, ...linked(text));
}

function policy(citations: Message["citations"]): HTMLElement {
  const clauses = citations.map(({ clause, text }) => h("p", { dir: "auto" }, text, h("cite", {}, clause)));
  return h("details.policy", {}, h("summary", {}, say("policy", citations.length)), ...clauses);
}

function caseCard({ number, state, dates = [], calendar }: Case): HTMLElement {
  const label = say("case", number);
  const save = (): Promise<void> =>
    file(calendar!).then((content) => download(`${number}.ics`, content)).catch(() => tell(say("failed")));
  return h(
    "div.case",
    { role: "group", "aria-label": label },
    h("strong", {}, label),
    h("em", {}, sayFirst(`state_${state}`, state.replaceAll("_", " "))),
    h("dl", {}, ...dates.flatMap(({ title, date }) => [h("dt", {}, title), h("dd", {}, day(date))])),
    calendar && button("choice", say("calendar"), save),
  );
}

function photo(id: string, label: string): HTMLElement {
  const frame = h("span.photo", { role: "img", "aria-label": label });
  file(`/photos/${id}`)
    .then((content) => draw(frame, content))
    .catch((_: Refusal) => frame.append(label)); // not seen now, yet safe
  return frame;
}

/** path: within the conversation, or as the server wrote it. Raises Refusal. */
function file(path: string): Promise<Blob> {
  return call(conversation()!, path.replace(/^.*\/conversations\/[^/]+/, ""), { kind: "blob" });
}
