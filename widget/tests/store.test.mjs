import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import * as store from "../src/store.ts";

const NAME = "support-chat https://one.example";
let shelf;

beforeEach(() => {
  shelf = {};
  store.useShelf(NAME, shelf);
});

const ids = () => store.queued().map(({ client_id }) => client_id);

test("what waits to be sent comes out in the order of writing, also within one millisecond", () => {
  const written = Array.from({ length: 50 }, (_, index) => `id-${50 - index}`);
  for (const client_id of written) store.queue({ client_id, text: "x" });
  assert.deepEqual(ids(), written);
});

test("another tab, or this page after a reload, finds what was left", () => {
  store.keep(":id", { id: "c", token: "t" });
  store.queue({ client_id: "first", text: "1" });
  store.useShelf(NAME, shelf);
  store.queue({ client_id: "second", text: "2" });
  assert.deepEqual(ids(), ["first", "second"]);
  assert.deepEqual(store.conversation(), { id: "c", token: "t" });
});

test("one message goes, the others stay", () => {
  for (const client_id of ["a", "b", "c"]) store.queue({ client_id, text: client_id });
  store.unqueue("b");
  assert.deepEqual(ids(), ["a", "c"]);
});

test("forgetting a conversation forgets its messages, and nothing of anybody else", () => {
  shelf["basket"] = "[1]";
  store.useShelf("support-chat https://two.example", shelf);
  store.queue({ client_id: "theirs", text: "x" });
  store.useShelf(NAME, shelf);
  store.keep(":id", { id: "c", token: "t" });
  store.keep(":seen", 7);
  store.queue({ client_id: "ours", text: "x" });
  store.forget();
  assert.equal(store.conversation(), undefined);
  assert.equal(store.seen(), 0);
  assert.deepEqual(ids(), []);
  assert.equal(Object.keys(shelf).length, 2);
});

test("what others damaged reads as nothing", () => {
  shelf[`${NAME}:id`] = "{";
  shelf[`${NAME}:out1x`] = "null";
  assert.equal(store.conversation(), undefined);
  assert.deepEqual(ids(), []);
});

test("a full store loses nothing while the page lasts", () => {
  const full = { [`${NAME}:out1700000000000early`]: JSON.stringify({ client_id: "early" }) };
  store.useShelf(NAME, new Proxy(full, { set: () => { throw new Error("QuotaExceededError"); } }));
  store.queue({ client_id: "a", text: "x" });
  store.queue({ client_id: "b", text: "x" });
  assert.deepEqual(ids(), ["early", "a", "b"]);
});
