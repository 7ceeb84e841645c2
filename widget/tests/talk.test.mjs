import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import * as store from "../src/store.ts";
import * as talk from "../src/talk.ts";
import { patience, pause, wake } from "../src/live.ts";
import { transcript } from "../src/transcript.ts";

const said = [];
const choices = [{ title: "Yes", payload: "a=yes" }, { title: "No", payload: "a=no" }];
const back = { title: "Go on with the assistant", payload: "owner=bot" };

function message(seq, from, more = {}) {
  const rest = { name: null, text: `${seq}`, choices: [], asks: null, citations: [], case: null, photos: [], at: "2026-11-22T10:00:00Z" };
  return { seq, from, ...rest, ...more };
}

beforeEach(() => {
  store.useShelf("t", {});
  talk.listen((message, fresh) => said.push([message.seq, fresh]), () => {}, () => {}, () => {});
  talk.leave();
  said.length = 0;
});

test("a message is shown once, however often it comes, and is fresh only if it was not read", () => {
  store.keep(":seen", 1);
  talk.heard({ messages: [message(1, "customer"), message(2, "bot")] });
  talk.heard({ messages: [message(1, "customer"), message(2, "bot"), message(3, "bot")] });
  assert.deepEqual(said, [[1, false], [2, true], [3, true]]);
});

test("a message of ours leaves the queue when it is heard", () => {
  store.queue({ client_id: "mine", text: "hello" });
  assert.equal(talk.waiting().length, 1);
  talk.heard({ messages: [message(1, "customer", { client_id: "mine" })] });
  assert.equal(store.queued().length, 0);
});

test("choices close with the answer, and the one that was taken is known", () => {
  const question = message(1, "bot", { choices });
  talk.heard({ messages: [question] });
  assert.ok(talk.isOpen(question, "a=yes"));
  talk.heard({ messages: [message(2, "customer", { choice: "a=yes" }), message(3, "bot")] });
  assert.ok(!talk.isOpen(question, "a=no"));
  assert.equal(talk.taken(question), "a=yes");
});

test("choices close with an answer that is still on its way, and while a person speaks", () => {
  const question = message(1, "bot", { choices });
  talk.heard({ messages: [question] });
  store.queue({ client_id: "x", choice: "a=no" });
  assert.ok(!talk.isOpen(question, "a=yes"));
  assert.equal(talk.taken(question), "a=no");
  store.unqueue("x");
  talk.heard({ owner: "agent" });
  assert.ok(!talk.isOpen(question, "a=yes"));
});

test("the way back is open as long as one waits, and no longer", () => {
  const waiting = message(1, "bot", { choices: [back] });
  talk.heard({ messages: [waiting, message(2, "customer"), message(3, "bot")], owner: "waiting" });
  assert.ok(talk.isOpen(waiting, back.payload));
  talk.heard({ owner: "bot" });
  assert.ok(!talk.isOpen(waiting, back.payload));
});

test("the newest unanswered question says which control fits", () => {
  const asks = (kind) => ({ fact: "x", kind });
  talk.heard({ messages: [message(1, "bot", { asks: asks("email") }), message(2, "customer")] });
  assert.equal(talk.asked(), undefined);
  talk.heard({ messages: [message(3, "bot", { asks: asks("date") }), message(4, "bot")] });
  assert.equal(talk.asked(), "date");
  talk.heard({ owner: "agent" });
  assert.equal(talk.asked(), undefined);
});

test("the assistant is writing only while it has the conversation", () => {
  talk.heard({ working: true });
  assert.ok(talk.isTyping());
  talk.heard({ owner: "agent" });
  assert.ok(!talk.isTyping());
});

test("patience grows, and ends", () => {
  assert.deepEqual([0, 1, 2, 10].map(patience), [500, 1000, 2000, 15000]);
});

test("whoever waits can be woken", async () => {
  const waiting = Promise.all([pause(60000), pause(60000)]);
  wake();
  await waiting;
});

test("the transcript has who, when, words, photos, clauses and the case", () => {
  const text = transcript([
    message(1, "customer", { text: "Here it is", photos: ["p", "q"] }),
    message(2, "bot", {
      text: "Done.",
      citations: [{ clause: "R.window", text: "Within 30 days." }],
      case: { number: "C-1", state: "under_review", dates: [{ name: "review_by", title: "Answer by", date: "2026-11-25" }] },
    }),
    message(3, "agent", { name: "Mina", text: "Hello" }),
  ]);
  for (const part of ["You, ", "Here it is", "[Photo 2]", "R.window: Within 30 days.", "Case C-1: Under review", "Answer by: November 25, 2026", "Mina, "]) {
    assert.ok(text.includes(part), `${part} is not in:\n${text}`);
  }
});
