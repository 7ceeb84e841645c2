import assert from "node:assert/strict";
import { test } from "node:test";
import { eventParser } from "../src/sse.ts";

function events(...pieces) {
  const heard = [];
  const parse = eventParser((name, data) => heard.push([name, data]));
  pieces.forEach(parse);
  return heard;
}

const STREAM = 'retry: 1000\n\nid: 8\ndata: {"seq": 8}\n\n: still here\n\nevent: owner\ndata: {"owner": "bot"}\n\n';
const HEARD = [["", '{"seq": 8}'], ["owner", '{"owner": "bot"}']];

test("a stream says the same however it is cut", () => {
  assert.deepEqual(events(STREAM), HEARD);
  assert.deepEqual(events(...STREAM), HEARD);
  for (let cut = 0; cut <= STREAM.length; cut++) assert.deepEqual(events(STREAM.slice(0, cut), STREAM.slice(cut)), HEARD);
});

test("lines may end as on any system, a pair of ends may be cut apart", () => {
  for (const end of ["\r\n", "\r"]) {
    const stream = STREAM.replaceAll("\n", end);
    assert.deepEqual(events(...stream, "x"), HEARD);
    assert.deepEqual(events(stream, "x"), HEARD);
  }
});

test("several data lines are one text, one space after the colon belongs to nobody", () => {
  assert.deepEqual(events("data: one\ndata:two\ndata:  three\n\n"), [["", "one\ntwo\n three"]]);
});

test("an event without data, an unknown field and an unfinished event are not heard", () => {
  assert.deepEqual(events("event: working\n\nfield: x\ndata: 1\n\ndata: 2\n"), [["", "1"]]);
});
