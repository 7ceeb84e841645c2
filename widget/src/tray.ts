// Photos chosen but not sent: previews, progress, cancel, try again.

import { call } from "./api.ts";
import type { Refusal } from "./contract.ts";
import { button, draw, h } from "./dom.ts";
import { tell } from "./panel.ts";
import { ensure } from "./talk.ts";
import { say, sayFirst } from "./words.ts";

const AT_ONCE = 10; // photos in one message
const SENDING = 2;
const MOST_BYTES = 10485760; // the server decides the same; here it spares sending it
const HEIC = /hei[cf]/i; // a photo, though few browsers can show it

interface Item {
  file: File;
  name: string;
  tile: HTMLElement;
  state: "waiting" | "sending" | "ready" | "failed";
  id: string;
  stop: AbortController;
}

export let tray: HTMLElement;
let items: Item[] = [];
let count = 0;
let changed: () => void;

export function createTray(whenChanged: () => void): HTMLElement {
  changed = whenChanged;
  addEventListener("online", again);
  return (tray = h("ul.tray", { hidden: true }));
}

export const photos = (): string[] => items.map(({ id }) => id);
export const isAny = (...states: string[]): boolean => items.some(({ state }) => states.includes(state));

/** One after the other, each shown as soon as it has proved to be a photo. */
export async function addPhotos(files: Iterable<File>): Promise<void> {
  for (const file of files) {
    const frame = h("span.photo");
    if (file.size > MOST_BYTES) tell(say("photo_too_large"));
    else if (items.length >= AT_ONCE) tell(say("photos_full", AT_ONCE));
    else if (await draw(frame, file).then(() => true, () => HEIC.test(file.type + file.name))) hold(file, frame);
    else tell(say("photo_kind"));
  }
}

export function clearTray(): void {
  for (const { stop } of items) stop.abort();
  items = [];
  count = 0;
  tray.replaceChildren();
  work();
}

function hold(file: File, frame: HTMLElement): void {
  const name = say("photo", ++count);
  const item: Item = { file, name, tile: h("li", {}, frame), state: "waiting", id: "", stop: new AbortController() };
  items.push(item);
  tray.append(item.tile);
  turn(item, "waiting");
  work();
}

function work(): void {
  let free = SENDING - items.filter(({ state }) => state === "sending").length;
  for (const item of items) if (item.state === "waiting" && free-- > 0) void send(item);
  tray.hidden = !items.length;
  changed();
}

async function send(item: Item): Promise<void> {
  turn(item, "sending");
  const { signal } = item.stop;
  const body = new FormData();
  body.append("file", item.file);
  const progress = ({ loaded, total }: ProgressEvent): void => {
    const bar = item.tile.querySelector("progress");
    if (bar) bar.value = loaded / total;
  };
  try {
    item.id = (await call<{ photo: string }>(await ensure(), "/photos", { body, signal, progress })).photo;
    turn(item, "ready");
  } catch (error) {
    if (signal.aborted) return;
    const { code, waitS } = error as Refusal;
    turn(item, "failed");
    if (waitS) setTimeout(again, waitS * 1000);
    tell(sayFirst(code.replace("many_pixels", "large"), say("photo_failed")));
  }
  work();
}

function again(): void {
  for (const item of items) if (item.state === "failed") turn(item, "waiting");
  work();
}

function turn(item: Item, state: Item["state"]): void {
  const { name, tile } = item;
  item.state = state;
  tile.className = `tile ${state}`;
  const drop = (): void => {
    item.stop.abort();
    const place = items.indexOf(item);
    items.splice(place, 1);
    tile.remove();
    (items[place] ?? items[0])?.tile.querySelector<HTMLElement>(".drop")?.focus();
    work();
  };
  const retry = (): void => {
    turn(item, "waiting");
    work();
  };
  tile.replaceChildren(tile.firstChild!, button("drop", say("remove", name), drop, "close"));
  if (state === "failed") tile.append(button("again", say("retry", name), retry, "retry"));
  else if (state !== "ready") tile.append(h("progress", { value: 0, "aria-label": name }));
}
