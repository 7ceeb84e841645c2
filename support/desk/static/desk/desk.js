"use strict";
// What htmx does not do by itself: the event stream, keys, the sound, drafts, ids that make a second press harmless.
(() => {
  const body = document.body;
  const find = (what, where = document) => where.querySelector(what);
  const all = (what, where = document) => [...where.querySelectorAll(what)];
  const kept = (name) => localStorage.getItem("desk-" + name);
  const title = document.title;
  let waited = null;

  function listen() {
    const stream = new EventSource(body.dataset.live);
    stream.addEventListener("line", (event) => {
      const waiting = Number(event.data);
      document.title = waiting ? `(${waiting}) ${title}` : title;
      if (waited !== null && waiting > waited) ring();
      if (waited !== null) htmx.trigger(body, "line");
      waited = waiting;
    });
    stream.addEventListener("said", (event) => {
      const shown = find("[data-revision]");
      if (shown && shown.dataset.revision !== event.data) {
        htmx.trigger(body, "said");
        card();
      }
    });
    stream.addEventListener("owner", (event) => {
      const shown = find("[data-owned-by]");
      if (shown && shown.dataset.ownedBy !== JSON.parse(event.data)) htmx.trigger(body, "owner");
    });
    addEventListener("pagehide", () => stream.close());
  }

  let cardDue = 0;
  const forms = "details.try[open], .moves details[open]";
  function card() { // not under the hands of somebody who fills in a form there
    clearTimeout(cardDue);
    const side = find("#card");
    if (!side) return;
    cardDue = setTimeout(() => (find(forms, side) ? card() : htmx.trigger(body, "card")), find(forms, side) ? 3000 : 400);
  }

  function ring() {
    if (kept("sound") !== "on") return;
    const audio = new AudioContext();
    const tone = audio.createOscillator();
    const loud = audio.createGain();
    tone.frequency.value = 660;
    loud.gain.setValueAtTime(0.08, audio.currentTime);
    loud.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.4);
    tone.connect(loud).connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + 0.4);
  }

  const clock = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
  function fresh(where) { // ids for what is sent next; times on this wall clock
    all("time.clock", where).forEach((time) => { time.textContent = clock.format(new Date(time.dateTime)); });
    all("input[name=key], input[name=client_id]", where).forEach((field) => {
      if (!field.value) field.value = crypto.randomUUID ? crypto.randomUUID() : uuid();
    });
  }
  function uuid() { // plain http on another machine has no randomUUID
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  function toEnd() {
    const said = find("#said");
    if (said) said.scrollTop = said.scrollHeight;
  }

  let open = new Set(); // what is unfolded stays unfolded when a part of the page comes anew
  const name = (details) => (details.closest("article")?.querySelector("h2")?.textContent || "") + details.className + details.dataset.list + find("summary", details).textContent.trim().replace(/\d+$/, "");
  let draft = "", draftIsNote = false, atEnd = true;
  body.addEventListener("htmx:beforeSwap", (event) => {
    const target = event.detail.target;
    if (target.id === "notice") return;
    if (target.id === "card" && find(forms, target)) { // opened while the answer was on its way
      event.detail.shouldSwap = false;
      return card();
    }
    open = new Map(all("details", target).map((details) => [name(details), details.open]));
    if (target.id === "owner") {
      draft = find("textarea[name=text]", target)?.value || "";
      draftIsNote = find("[name=kind]:checked", target)?.value === "note";
    }
    if (target.id === "said") atEnd = target.scrollHeight - target.scrollTop - target.clientHeight < 80;
  });
  body.addEventListener("htmx:afterSwap", (event) => {
    const target = event.detail.target;
    if (target.id !== "notice" && open.size) all("details", target).forEach((details) => { if (open.has(name(details))) details.open = open.get(name(details)); });
    if (target.id === "owner" && draft) {
      const text = find("textarea[name=text]", target);
      if (text) text.value = draft;
      const note = find("[name=kind][value=note]", target);
      if (note && draftIsNote) note.checked = true; // never from colleagues to the customer by taking the conversation
    }
    if (target.id === "said" && atEnd) toEnd();
    fresh(target);
  });
  body.addEventListener("htmx:afterRequest", (event) => {
    const { elt, successful, requestConfig, xhr } = event.detail;
    if (xhr.status >= 400) refusal(xhr);
    if (xhr.status === 404 && requestConfig?.verb === "get") all("#said, #owner, #card").forEach((part) => part.replaceChildren()); // erased
    if (requestConfig?.verb !== "post") return;
    if (successful) find("#notice").textContent = "";
    if (!successful || elt.tagName !== "FORM") return;
    if (elt.hasAttribute("data-write")) find("textarea", elt).value = "";
    all("input[name=key], input[name=client_id]", elt).forEach((field) => { field.value = ""; });
    fresh(elt);
    atEnd = true;
    if (!elt.hasAttribute("data-write") && elt.closest("#card")) {
      all(forms, find("#card")).forEach((details) => { details.open = false; });
      card();
    }
  });

  function refusal(xhr) { // the page's own words for it; the form it was for may be gone by now
    const notice = find("#notice");
    if (xhr.status < 500 && xhr.responseText) notice.innerHTML = xhr.responseText;
    else notice.textContent = "That did not work. Please try it once more.";
  }

  function typing() { return document.activeElement.matches("input:not([type=radio]):not([type=checkbox]), textarea, select"); }
  function step(by) {
    const rows = all("#lists details[open] a.row");
    const at = rows.findIndex((row) => row.getAttribute("aria-current"));
    rows[(at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by + rows.length) % rows.length]?.click();
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches("[data-write] textarea")) {
      event.preventDefault();
      event.target.form.requestSubmit(find("[data-send]", event.target.form));
      return;
    }
    if (event.key === "Escape") all("details.me[open], details.canned[open], details.more[open]").forEach((menu) => { menu.open = false; });
    if (kept("keys") === "off" || typing() || event.ctrlKey || event.metaKey || event.altKey || find("dialog[open]")) return;
    if (event.key === "j" || event.key === "k") return step(event.key === "j" ? 1 : -1);
    if (event.key === "?") return find("#help")?.showModal();
    const button = find(`[data-key="${CSS.escape(event.key)}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
    if (button.type === "radio") find("#text").focus();
  });
  document.addEventListener("click", (event) => {
    const insert = event.target.closest("[data-insert]");
    if (insert) {
      const text = find("#text");
      text.setRangeText(insert.dataset.insert, text.selectionStart, text.selectionEnd, "end");
      insert.closest("details").open = false;
      text.focus();
    }
    const show = event.target.closest("[data-show]");
    if (show) find("#" + show.dataset.show).showModal();
  });

  for (const [id, setting, usual] of [["keys-on", "keys", "on"], ["sound-on", "sound", "off"]]) {
    const box = find("#" + id);
    if (!box) continue;
    box.checked = (kept(setting) || usual) === "on";
    box.addEventListener("change", () => localStorage.setItem("desk-" + setting, box.checked ? "on" : "off"));
  }
  fresh(document);
  toEnd();
  if (body.dataset.live) listen();
})();
