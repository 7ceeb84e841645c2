// What is new, as it happens: Server-Sent Events; where a proxy swallows them, asking every few seconds.

import { Refused, type Api, type Moment } from "./api.ts";
import type { Conversation, Message, Owner } from "./contract.ts";
import { eventParser } from "./sse.ts";

const FIRST_BYTE_MS = 5000; // the server speaks at once
const SILENCE_MS = 40000; // and then every 15 s
const STREAM_AGAIN_MS = 60000;
const LONGEST_WAIT_MS = 15000;

export interface Hearing {
  lastSeq(): number;
  heard(part: Partial<Moment>): void;
  online(isOnline: boolean): void;
  gone(): void;
  /** How long to wait between two questions, in ms. */
  pace(): number;
}

export class Live {
  private stopper = new AbortController();
  private wake: () => void = () => {};
  private streamAgainAt = 0;
  private failures = 0;

  constructor(
    private readonly api: Api,
    private readonly conversation: Conversation,
    private readonly hearing: Hearing,
  ) {}

  /** Follows until it is stopped or the conversation is gone. */
  async follow(): Promise<void> {
    const { signal } = this.stopper;
    while (!signal.aborted) {
      try {
        if (Date.now() >= this.streamAgainAt && !(await this.stream())) this.streamAgainAt = Date.now() + STREAM_AGAIN_MS;
        if (signal.aborted) return;
        this.heard(await this.api.after(this.conversation, this.hearing.lastSeq(), signal));
        await this.pause(this.streamAgainAt > Date.now() ? this.hearing.pace() : 1000);
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof Refused && error.isGone) return this.hearing.gone();
        this.hearing.online(false);
        this.streamAgainAt = 0;
        await this.pause(Math.min(500 * 2 ** this.failures++, LONGEST_WAIT_MS));
      }
    }
  }

  /** Asks or connects now instead of later. */
  nudge(): void {
    this.failures = 0;
    this.wake();
  }

  stop(): void {
    this.stopper.abort();
    this.wake();
  }

  private heard(part: Partial<Moment>): void {
    this.failures = 0;
    this.hearing.online(true);
    this.hearing.heard(part);
  }

  /** Reads one stream to its end; whether anything came through it. Raises Refused if the conversation is gone. */
  private async stream(): Promise<boolean> {
    const ending = new AbortController();
    const end = (): void => ending.abort();
    this.stopper.signal.addEventListener("abort", end);
    let timer = setTimeout(end, FIRST_BYTE_MS);
    let came = false;
    const parse = eventParser(({ name, data }) => {
      const value = JSON.parse(data) as { owner: Owner; working: boolean };
      this.heard(name === "message" ? { messages: [value as unknown as Message] } : value);
    });
    try {
      const path = `/events?after=${this.hearing.lastSeq()}`;
      const response = await this.api.call(this.conversation, path, { signal: ending.signal });
      const reader = response.body!.getReader();
      const decoder = new TextDecoder();
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        came = true;
        clearTimeout(timer);
        timer = setTimeout(end, SILENCE_MS);
        parse(decoder.decode(part.value, { stream: true }));
      }
    } catch (error) {
      if (error instanceof Refused && error.isGone) throw error;
    } finally {
      clearTimeout(timer);
      this.stopper.signal.removeEventListener("abort", end);
    }
    return came;
  }

  private pause(ms: number): Promise<void> {
    return new Promise((done) => {
      const timer = setTimeout(done, ms);
      this.wake = () => {
        clearTimeout(timer);
        done();
      };
    });
  }
}
