import assert from "node:assert/strict";
import { test } from "node:test";
import { LANGUAGES, day, locale, say, sayFirst, useLanguage } from "../src/words.ts";

const [english, ...others] = Object.entries(LANGUAGES);

test("every language says everything, in the same order, and leaves the same gaps", () => {
  const gaps = (sentence) => sentence.split("{}").length;
  for (const [language, words] of others) {
    assert.deepEqual(Object.keys(words), Object.keys(english[1]), language);
    for (const [key, sentence] of Object.entries(words)) {
      assert.ok(sentence.trim(), `${language}: ${key}`);
      assert.equal(gaps(sentence), gaps(english[1][key]), `${language}: ${key}`);
    }
  }
});

test("no sentence has the sign that the built file puts between sentences", () => {
  for (const words of Object.values(LANGUAGES)) for (const sentence of Object.values(words)) assert.ok(!sentence.includes("|"));
});

test("the first language that is known is taken, whatever its case and region; else English", () => {
  const taken = (...tags) => (useLanguage(tags), locale);
  assert.equal(taken("de-AT", "en"), "de-AT");
  assert.equal(taken("DE"), "DE");
  assert.equal(taken(null, undefined, "", "fr-FR", "de", "en"), "de");
  assert.equal(taken("fr"), "en");
  useLanguage(["de"]);
  assert.equal(say("case", "C-1"), "Fall C-1");
  useLanguage(["en"]);
  assert.equal(say("case", "C-1"), "Case C-1");
});

test("a key that nobody knows falls back", () => {
  assert.equal(sayFirst("state_under_review", "x"), "Under review");
  assert.equal(sayFirst("state_on_the_moon", "on the moon"), "on the moon");
});

test("a day stays that day wherever one is", () => {
  for (const zone of ["Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"]) {
    process.env.TZ = zone;
    assert.equal(day("2026-11-01", "en-GB"), "1 November 2026");
    assert.equal(day("2026-12-31", "de"), "31. Dezember 2026");
  }
});
