// One script tag: defines <support-chat> and, unless the page has one of its own, puts one at its end.

import { createPanel, enter, open } from "./panel.ts";
import styles from "./style.css";
import { useLanguage } from "./words.ts";

const script = document.currentScript as HTMLScriptElement | null;
let panel: HTMLElement | undefined; // one for the page: an element that takes another's place takes it over

class SupportChat extends HTMLElement {
  connectedCallback(): void {
    if (!panel) {
      useLanguage([this.closest("[lang]")?.getAttribute("lang"), ...navigator.languages]);
      panel = createPanel(new URL(script?.src ?? "", location.href).origin);
      enter();
    }
    const shadow = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    shadow.adoptedStyleSheets = [sheet];
    shadow.append(panel);
  }

  open(draft?: string): void {
    open(draft);
  }
}

if (!customElements.get("support-chat")) {
  customElements.define("support-chat", SupportChat);
  const place = (): void => {
    if (!document.querySelector("support-chat")) document.body.append(new SupportChat());
  };
  if (document.body) place();
  else addEventListener("DOMContentLoaded", place);
}
