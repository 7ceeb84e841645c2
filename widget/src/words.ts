// Which language, and how a sentence, a time and a day are said in it.

import { de } from "./strings/de.ts";
import { en, type Strings } from "./strings/en.ts";

export const LANGUAGES: Record<string, Strings> = { en, de };

let strings = en;
export let locale = "en";

/** The first of these language tags that there are words for; English if there is none. */
export function useLanguage(tags: readonly (string | null | undefined)[]): void {
  const languageOf = (tag: string): string => tag.slice(0, 2).toLowerCase();
  locale = tags.find((tag) => tag && languageOf(tag) in LANGUAGES) ?? "en";
  strings = LANGUAGES[languageOf(locale)]!;
}

export function say(key: keyof Strings, value: string | number = ""): string {
  return strings[key].replace("{}", String(value));
}

/** The sentence under this key, if there is one, else another. */
export function sayFirst(key: string, other: string): string {
  return strings[key as keyof Strings] ?? other;
}

/** at: an instant. */
export function time(at: string, dateStyle?: "medium"): string {
  return new Date(at).toLocaleString(locale, { timeStyle: "short", ...(dateStyle && { dateStyle }) });
}

/** date: YYYY-MM-DD, a day without a zone. */
export function day(date: string, language = locale): string {
  return new Date(date).toLocaleDateString(language, { dateStyle: "long", timeZone: "UTC" });
}
