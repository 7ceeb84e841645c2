// Which language, and how a sentence is filled in.

import { de } from "./de.ts";
import { en, type Strings } from "./en.ts";

export const LANGUAGES: Record<string, Strings> = { en, de };
const RIGHT_TO_LEFT = /^(ar|dv|fa|he|ku|ps|sd|ug|ur|yi)\b/i;

export class Words {
  private constructor(
    readonly locale: string,
    private readonly strings: Strings,
  ) {}

  /** The first of these language tags that there are words for; English if there is none. */
  static in(...tags: (string | null | undefined)[]): Words {
    for (const tag of tags) {
      const strings = LANGUAGES[tag?.split(/[-_]/)[0]!.toLowerCase() ?? ""];
      if (strings) return new Words(tag!.replaceAll("_", "-"), strings);
    }
    return new Words("en", en);
  }

  get direction(): "rtl" | "ltr" {
    return RIGHT_TO_LEFT.test(this.locale) ? "rtl" : "ltr";
  }

  say(key: keyof Strings, values: Record<string, string | number> = {}): string {
    return this.strings[key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
  }

  /** The sentence under this key, if there is one. */
  find(key: string): string | undefined {
    return Object.hasOwn(this.strings, key) ? this.strings[key as keyof Strings] : undefined;
  }

  /** The form of a sentence that this language uses for this many: key_one, key_other, … */
  count(key: string, count: number): string {
    const form = `${key}_${new Intl.PluralRules(this.locale).select(count)}`;
    return this.say((this.find(form) === undefined ? `${key}_other` : form) as keyof Strings, { count });
  }

  time(at: string): string {
    return new Intl.DateTimeFormat(this.locale, { timeStyle: "short" }).format(new Date(at));
  }

  moment(at: string): string {
    return new Intl.DateTimeFormat(this.locale, { dateStyle: "medium", timeStyle: "short" }).format(new Date(at));
  }

  /** date: YYYY-MM-DD, a day without a zone. */
  day(date: string): string {
    const [year, month, day] = date.slice(0, 10).split("-").map(Number);
    if (!year || !month || !day) return date;
    return new Intl.DateTimeFormat(this.locale, { dateStyle: "full", timeZone: "UTC" }).format(Date.UTC(year, month - 1, day));
  }
}
