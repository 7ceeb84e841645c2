// The conversation as a text file to keep.

import { who } from "./bubbles.ts";
import type { Message } from "./contract.ts";
import { day, say, sayFirst, time } from "./words.ts";

export function transcript(messages: Message[]): string {
  const blocks = messages.map((message) => {
    const { at, case: card, citations, photos, text } = message;
    return [
      `${who(message)}, ${time(at, "medium")}`,
      text,
      ...photos.map((_, index) => `[${say("photo", index + 1)}]`),
      ...citations.map(({ clause, text }) => `  ${clause}: ${text}`),
      card && `  ${say("case", card.number)}: ${sayFirst(`state_${card.state}`, card.state)}`,
      ...(card?.dates ?? []).map(({ title, date }) => `  ${title}: ${day(date)}`),
    ];
  });
  return [[say("title")], ...blocks].map((lines) => lines.filter(Boolean).join("\n")).join("\n\n") + "\n";
}
