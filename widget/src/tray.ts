// Photos chosen but not sent: previews, progress, cancel, try again.

import { Refused } from "./api.ts";
import { draw, h, icon, set } from "./dom.ts";
import type { Words } from "./strings/index.ts";
import type { Talk } from "./talk.ts";
import { upload } from "./upload.ts";

export const AT_ONCE = 10; // photos in one message
const SENDING = 2;
const PREVIEW_PX = 96;
const PHOTO = /^image\/|\.(jpe?g|png|webp|hei[cf])$/i;

interface Item {
  file: File;
  name: string;
  tile: HTMLLIElement;
  state: "waiting" | "sending" | "ready" | "failed";
  id?: string;
  stop: AbortController;
}

export class Tray {
  readonly element: HTMLUListElement;
  private items: Item[] = [];
  private count = 0;

  constructor(
    private readonly talk: Talk,
    private readonly words: Words,
    private readonly changed: () => void,
    private readonly tell: (sentence: string) => void,
  ) {
    this.element = h("ul", { class: "tray", hidden: true, "aria-label": words.say("photos_add") });
    addEventListener("online", () => this.again());
  }

  get ids(): string[] {
    return this.items.flatMap((item) => item.id ?? []);
  }

  get isEmpty(): boolean {
    return !this.items.length;
  }

  get isBusy(): boolean {
    return this.items.some(({ state }) => state === "sending" || state === "waiting");
  }

  get hasFailed(): boolean {
    return this.items.some(({ state }) => state === "failed");
  }

  add(files: Iterable<File>): void {
    for (const file of files) {
      if (!PHOTO.test(file.type) && !PHOTO.test(file.name)) this.tell(this.words.say("photos_only", { name: file.name }));
      else if (this.items.length >= AT_ONCE) this.tell(this.words.say("photos_limit", { count: AT_ONCE }));
      else this.hold(file);
    }
    this.work();
  }

  clear(): void {
    for (const { stop } of this.items) stop.abort();
    this.items = [];
    this.count = 0;
    this.element.replaceChildren();
    this.work();
  }

  private hold(file: File): void {
    const name = this.words.say("photo", { count: ++this.count });
    const item: Item = { file, name, tile: h("li", { class: "tile" }), state: "waiting", stop: new AbortController() };
    const picture = h("canvas", { "aria-hidden": "true" });
    item.tile.append(picture);
    void draw(picture, file, PREVIEW_PX).then((drawn) => drawn || picture.replaceWith(icon("image")));
    this.items.push(item);
    this.element.append(item.tile);
    this.show(item);
  }

  private work(): void {
    let free = SENDING - this.items.filter(({ state }) => state === "sending").length;
    for (const item of this.items) {
      if (item.state === "waiting" && free-- > 0) void this.send(item);
    }
    set(this.element, { hidden: !this.items.length });
    this.changed();
  }

  private async send(item: Item): Promise<void> {
    this.turn(item, "sending");
    try {
      const { talk } = this;
      item.id = await upload(talk.api, await talk.ensure(), item.file, item.stop.signal, (share) => {
        const percent = Math.round(share * 100);
        const bar = item.tile.querySelector("progress");
        if (bar) set(bar, { value: percent, "aria-label": this.words.say("photo_progress", { name: item.name, count: percent }) });
      });
      this.turn(item, "ready");
    } catch (error) {
      const code = error instanceof Refused ? error.code : "failed";
      if (code === "aborted") return;
      this.turn(item, "failed");
      if (code === "too_many") setTimeout(() => this.again(), 1000 * ((error as Refused).waitS || 1));
      this.tell(this.words.find(code === "failed" || code === "offline" ? "photo_failed" : code) ?? this.words.say("photo_failed"));
    }
    this.work();
  }

  private again(): void {
    for (const item of this.items) if (item.state === "failed") this.turn(item, "waiting");
    this.work();
  }

  private turn(item: Item, state: Item["state"]): void {
    item.state = state;
    this.show(item);
  }

  private drop(item: Item): void {
    item.stop.abort();
    const place = this.items.indexOf(item);
    this.items.splice(place, 1);
    item.tile.remove();
    const next = this.items[Math.min(place, this.items.length - 1)];
    next?.tile.querySelector<HTMLElement>(".drop")?.focus();
    this.work();
  }

  private show(item: Item): void {
    const { name, state, tile } = item;
    const { words } = this;
    const isGoing = state === "sending" || state === "waiting";
    set(tile, { class: `tile ${state}` });
    for (const old of tile.querySelectorAll("button, progress, .state")) old.remove();
    const dropLabel = words.say(isGoing ? "photo_cancel" : "photo_remove", { name });
    tile.append(
      isGoing
        ? h("progress", { max: 100, value: 0, "aria-label": words.say("photo_progress", { name, count: 0 }) })
        : state === "ready"
          ? h("span", { class: "state", role: "img", "aria-label": words.say("photo_ready", { name }) }, icon("check"))
          : this.retry(item),
      h("button", { type: "button", class: "drop", "aria-label": dropLabel, click: () => this.drop(item) }, icon("close")),
    );
  }

  private retry(item: Item): HTMLElement {
    const label = this.words.say("photo_retry", { name: item.name });
    const click = (): void => {
      this.turn(item, "waiting");
      this.work();
    };
    return h("button", { type: "button", class: "again", "aria-label": label, click }, icon("retry"));
  }
}
