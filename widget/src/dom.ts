// Elements made one by one; text becomes text nodes, so nothing that is said is ever parsed as HTML.

type Listening = (event: any) => void;
type Attributes = Record<string, string | number | boolean | null | undefined | Listening>;
type Child = Node | string | false | null | undefined;

/** tag: a name, with a dot and classes after it. */
export function h<Name extends keyof HTMLElementTagNameMap>(
  tag: Name | `${Name}.${string}`,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const [name, kind] = tag.split(".");
  const made = document.createElement(name as Name);
  if (kind) made.className = kind;
  set(made, attributes);
  made.append(...children.filter((child): child is Node | string => Boolean(child)));
  return made;
}

export function set(element: Element, attributes: Attributes): void {
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value === false || value == null) element.removeAttribute(key);
    else element.setAttribute(key, value === true ? "" : String(value));
  }
}

/** A button that says what it does; drawn: by a drawing only. */
export function button(kind: string, label: string, click: Listening, drawn?: keyof typeof DRAWINGS): HTMLButtonElement {
  const hint = drawn && label;
  return h(`button.${kind}`, { type: "button", "aria-label": hint, title: hint, click }, drawn ? icon(drawn) : label);
}

const WIDTH_PX = 360;
const DRAWINGS = {
  chat: "M4 5h16v11H9l-5 4z",
  close: "M6 6l12 12m0-12L6 18",
  more: "M5 12h0m7 0h0m7 0h0",
  send: "M5 12h13m-6-6 6 6-6 6",
  add: "M4 5h16v14H4zm0 12 5-5 4 4 3-3 4 4",
  take: "M4 8h4l2-3h4l2 3h4v11H4zm8 8a3 3 0 1 0-.1 0z",
  retry: "M19 12a7 7 0 1 1-2-5m2-3v4h-4",
};

/** A drawing beside words: it says nothing by itself. */
export function icon(name: keyof typeof DRAWINGS): SVGElement {
  const draw = (tag: string, attributes: Attributes, ...children: Element[]): SVGElement => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag) as SVGElement;
    set(made, attributes);
    made.append(...children);
    return made;
  };
  return draw("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, draw("path", { d: DRAWINGS[name] }));
}

/** What is said, its web addresses as links. */
export function linked(text: string): Node[] {
  return text.split(/(https?:\/\/\S*[\w/])/).map((part, index) =>
    index % 2 ? h("a", { href: part, target: "_blank", rel: "noopener noreferrer nofollow" }, part) : new Text(part),
  );
}

/** Offers a file to keep. */
export function download(name: string, content: Blob): void {
  const href = URL.createObjectURL(content);
  h("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60000);
}

/**
 * A picture in a canvas; the frame stays as it is if it cannot be read. A canvas, because no page's policy has to allow
 * it, as it would have to allow images of blob: addresses.
 */
export async function draw(frame: Element, picture: Blob): Promise<void> {
  const small = await createImageBitmap(picture, { resizeWidth: WIDTH_PX, resizeQuality: "high" });
  const canvas = h("canvas", { width: small.width, height: small.height });
  canvas.getContext("bitmaprenderer")!.transferFromImageBitmap(small);
  frame.replaceChildren(canvas);
}
