// Elements made one by one; text becomes text nodes, so nothing that is said is ever parsed as HTML.

type Attributes = Record<string, string | number | boolean | null | undefined | ((event: never) => void)>;
type Child = Node | string | null | undefined | false;

export function h<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  set(made, attributes);
  made.append(...children.filter((child): child is Node | string => Boolean(child)));
  return made;
}

export function set(element: Element, attributes: Attributes): void {
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, value as EventListener);
    else if (value === false || value == null) element.removeAttribute(key);
    else element.setAttribute(key, value === true ? "" : String(value));
  }
}

const PATHS = {
  chat: "M4 5h16v11H9.5L5 20v-4H4z M8.5 9.2h7 M8.5 12.2h4.5",
  close: "M6 6l12 12 M18 6L6 18",
  down: "M6 9.5l6 6 6-6",
  more: "M5.5 12h.01 M12 12h.01 M18.5 12h.01",
  send: "M5 12h13 M12.5 6l6 6-6 6",
  image: "M4 5h16v14H4z M4.5 16.5l4.5-4.5 3.5 3.5 2.5-2.5 4.5 4.5 M15.5 9h.01",
  camera: "M4 8h3.2L9 5.5h6L16.8 8H20v11H4z M12 16.4a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4z",
  retry: "M19 12a7 7 0 1 1-2.2-5.1 M19 4v4h-4",
  check: "M5 12.5l4.5 4.5L19 7.5",
  person: "M12 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z M5 20c.6-3.6 3.4-5.5 7-5.5s6.4 1.9 7 5.5",
  calendar: "M4.5 6h15v13.5h-15z M4.5 10h15 M8.5 3.5v4 M15.5 3.5v4",
  book: "M5 5.5c2.5-1 4.8-.8 7 .8 2.2-1.6 4.5-1.8 7-.8V18c-2.5-.8-4.8-.6-7 1-2.2-1.6-4.5-1.8-7-1z M12 6.3V19",
};

/** A drawing beside words: it says nothing by itself. */
export function icon(name: keyof typeof PATHS): SVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  set(svg, { viewBox: "0 0 24 24", "aria-hidden": "true", class: "icon" });
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** What is said, its web addresses as links. */
export function linked(text: string): Node[] {
  return text.split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]}'])/).map((part, index) =>
    index % 2 ? h("a", { href: part, target: "_blank", rel: "noopener noreferrer nofollow" }, part) : new Text(part),
  );
}

/** Offers a file to keep. */
export function download(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

/** Draws a picture into a canvas: unlike an image of a blob: address, no page's policy has to allow it. False: not readable. */
export async function draw(canvas: HTMLCanvasElement, picture: Blob, side: number): Promise<boolean> {
  try {
    const whole = await createImageBitmap(picture);
    const scale = Math.min(1, (side * Math.min(devicePixelRatio, 2)) / Math.max(whole.width, whole.height));
    canvas.width = Math.max(1, Math.round(whole.width * scale));
    canvas.height = Math.max(1, Math.round(whole.height * scale));
    const context = canvas.getContext("2d")!;
    context.imageSmoothingQuality = "high";
    context.drawImage(whole, 0, 0, canvas.width, canvas.height);
    whole.close();
    return true;
  } catch {
    return false;
  }
}
