// What is new, as it happens: Server-Sent Events; where a proxy swallows them, asking every few seconds.

import { call, isGone, pathOf } from "./api.ts";
import type { Conversation, Message, Moment, Refusal } from "./contract.ts";
import { eventParser } from "./sse.ts";
import { gone, heard, isWorking, lastSeq, setOnline } from "./talk.ts";

const FIRST_BYTE_MS = 3000; // the server speaks at once
const SILENCE_MS = 40000; // and then every 15 s
const STREAM_AGAIN_MS = 60000;
const LONGEST_WAIT_MS = 15000;

const waiting = new Set<() => void>();

/** Waits so long, or until someone wakes all who wait. */
export function pause(ms: number): Promise<void> {
  return new Promise((done) => {
    const end = (): void => {
      clearTimeout(timer);
      waiting.delete(end);
      done();
    };
    const timer = setTimeout(end, ms);
    waiting.add(end);
  });
}

export function wake(): void {
  for (const end of waiting) end();
}

/** How long to wait after so many failures in a row, in ms. */
export function patience(failures: number): number {
  return Math.min(500 * 2 ** failures, LONGEST_WAIT_MS);
}

/** Follows until it is stopped or the conversation is gone. */
export async function follow(conversation: Conversation, signal: AbortSignal): Promise<void> {
  let streamAgainAt = 0;
  let failures = 0;
  while (!signal.aborted) {
    try {
      heard(await call<Moment>(conversation, `/messages?after=${lastSeq()}`, { signal })); // all at once what is long known
      failures = 0;
      if (Date.now() >= streamAgainAt) {
        streamAgainAt = (await stream(conversation, signal)) ? 0 : Date.now() + STREAM_AGAIN_MS;
      }
      await pause(streamAgainAt && !isWorking ? 2500 : 800);
    } catch (refusal) {
      if (signal.aborted) return;
      if (isGone(refusal as Refusal)) return gone(conversation);
      setOnline(false);
      streamAgainAt = 0;
      await pause(patience(failures++));
    }
  }
}

/** Reads one stream to its end; whether anything came through it. */
async function stream(conversation: Conversation, signal: AbortSignal): Promise<boolean> {
  const ending = new AbortController();
  const end = (): void => ending.abort();
  signal.addEventListener("abort", end);
  let timer = setTimeout(end, FIRST_BYTE_MS);
  let came = false;
  const parse = eventParser((name, data) => {
    const value = JSON.parse(data) as Partial<Moment>;
    heard(name ? value : { messages: [value as unknown as Message] });
  });
  try {
    const headers = { Authorization: `Bearer ${conversation.token}` };
    const url = pathOf(conversation, `/events?after=${lastSeq()}`);
    const response = await fetch(url, { headers, signal: ending.signal, cache: "no-store" });
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    for (let part; response.ok && !(part = await reader.read()).done; ) {
      came = true;
      clearTimeout(timer);
      timer = setTimeout(end, SILENCE_MS);
      parse(part.value!);
    }
  } catch {
    // Ended by the network, by us, or never begun: asking says which.
  }
  clearTimeout(timer);
  return came;
}
