// The conversation as a text file to keep.

import type { Message } from "./contract.ts";
import type { Words } from "./strings/index.ts";

/** who: the name to print for a message. */
export function transcript(messages: Message[], words: Words, who: (message: Message) => string): string {
  const blocks = messages.map((message) => {
    const lines = [`${who(message)}, ${words.moment(message.at)}`, message.text];
    message.photos.forEach((_, index) => lines.push(`[${words.say("photo", { count: index + 1 })}]`));
    for (const { clause, text } of message.citations) lines.push(`  ${clause}: ${text}`);
    if (message.case) lines.push(...caseLines(message.case, words));
    return lines.filter(Boolean).join("\n");
  });
  return [words.say("transcript_head"), ...blocks].join("\n\n") + "\n";
}

function caseLines({ number, state, dates }: NonNullable<Message["case"]>, words: Words): string[] {
  return [
    `  ${words.say("case", { number })}: ${words.find(`state_${state}`) ?? state}`,
    ...(dates ?? []).map(({ title, date }) => `  ${title}: ${words.day(date)}`),
  ];
}
