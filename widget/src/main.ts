// One script tag: defines <support-chat> and, unless the page has one of its own, puts one at its end.

import { SupportChat } from "./element.ts";

const script = document.currentScript as HTMLScriptElement | null;
if (script?.src) SupportChat.origin = new URL(script.src).origin;

if (!customElements.get("support-chat")) {
  customElements.define("support-chat", SupportChat);
  const place = (): void => {
    if (!document.querySelector("support-chat")) document.body.append(document.createElement("support-chat"));
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", place);
  else place();
}
