// The conversation as a text file to keep.

import { who } from "./bubbles.ts";
import type { Message } from "./contract.ts";
import { day, say, sayFirst, time } from "./words.ts";

export function transcript(messages: Message[]): string {
  const blocks = messages.map((message) => [
    `${who(message)}, ${time(message.at, "medium")}`,
    message.text,
    ...message.photos.map((_, index) => `[${say("photo", index + 1)}]`),
    ...message.citations.map(({ clause, text }) => `  ${clause}: ${text}`),
    ...(message.case ? caseLines(message.case) : []),
  ]);
  return [[say("title")], ...blocks].map((lines) => lines.filter(Boolean).join("\n")).join("\n\n") + "\n";
}

function caseLines({ number, state, dates = [] }: NonNullable<Message["case"]>): string[] {
  return [
    `  ${say("case", number)}: ${sayFirst(`state_${state}`, state)}`,
    ...dates.map(({ title, date }) => `  ${title}: ${day(date)}`),
  ];
}
