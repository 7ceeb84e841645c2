// The plain page at /: one conversation over the chat API. Text nodes only; nothing that is said is ever parsed as HTML.

const API = "/chat/api/conversations";
const KEPT = "soocas-support";
const OWNERS = {
  bot: "Returns, exchanges and warranty",
  waiting: "A colleague will answer here",
  agent: "You are talking to a colleague",
  closed: "This conversation is finished",
};
const CASE_WORDS = { number: "Case", state: "State", under_review: "under review" };
const at = (id) => document.getElementById(id);

let conversation = null;
let lastSeq = 0;
let stream = null;
let outbox = [];
let sending = false;
let photos = [];
let asks = null;

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function problem(sentence) {
  at("problem").textContent = sentence;
  at("problem").hidden = !sentence;
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

function remember() {
  localStorage.setItem(KEPT, JSON.stringify({ ...conversation, outbox }));
}

async function call(path, options = {}) {
  const headers = { ...options.headers };
  if (conversation) headers.Authorization = `Bearer ${conversation.token}`;
  if (typeof options.body === "string") headers["Content-Type"] = "application/json";
  return fetch(API + path, { ...options, headers });
}

async function sentenceOf(response) {
  try {
    return (await response.json()).error.message;
  } catch {
    return "Something went wrong. Please try again.";
  }
}

// --- what is said ---------------------------------------------------------------------------------------------------

function show(message) {
  if (message.seq <= lastSeq) return;
  lastSeq = message.seq;
  if (message.client_id) {
    outbox = outbox.filter((waiting) => waiting.client_id !== message.client_id);
    document.querySelector(`[data-client-id="${message.client_id}"]`)?.remove();
  }
  if (message.from === "customer") closeChoices();
  const item = element("li", { className: message.from });
  if (message.name) item.append(element("div", { className: "who", textContent: message.name }));
  if (message.text) item.append(element("div", { className: "bubble", textContent: message.text }));
  if (message.photos.length) item.append(photosOf(message));
  if (message.citations.length) item.append(citationsOf(message));
  if (message.case) item.append(caseCard(message.case));
  if (message.choices.length) item.append(choicesOf(message));
  insert(item);
  asks = message.from === "customer" ? null : message.asks || asks;
  setControls();
  remember();
}

function insert(item) {
  const first = item.dataset.clientId ? null : document.querySelector("[data-client-id]");
  at("log").insertBefore(item, first);
  document.querySelector("main").scrollTop = 1e9;
}

function closeChoices() {
  for (const button of document.querySelectorAll(".choices button")) {
    if (button.value !== "owner=bot") button.disabled = true;
  }
}

function choicesOf(message) {
  const list = element("div", { className: "choices" });
  for (const choice of message.choices) {
    const button = element("button", { type: "button", textContent: choice.title, value: choice.payload });
    button.addEventListener("click", () => {
      for (const other of list.children) other.disabled = true;
      send({ choice: choice.payload }, choice.title);
      at("text").focus();
    });
    list.append(button);
  }
  return list;
}

function citationsOf(message) {
  const details = element("details", {}, element("summary", { textContent: "Why? The policy says:" }));
  for (const citation of message.citations) {
    details.append(element("p", { textContent: `${citation.text} (${citation.clause})` }));
  }
  return details;
}

function caseCard(card) {
  const list = element("dl");
  for (const [name, value] of Object.entries(card)) {
    if (value === null || typeof value === "object") continue;
    const title = CASE_WORDS[name] || name.replaceAll("_", " ");
    list.append(element("dt", { textContent: title }), element("dd", { textContent: CASE_WORDS[value] || value }));
  }
  return element("div", { className: "case" }, list);
}

function photosOf(message) {
  const list = element("div", { className: "photos" });
  for (const id of message.photos) {
    const image = element("img", { alt: "Photo you sent" });
    call(`/${conversation.id}/photos/${id}`).then(async (response) => {
      if (response.ok) image.src = URL.createObjectURL(await response.blob());
    });
    list.append(image);
  }
  return list;
}

function setControls() {
  at("date").hidden = asks?.kind !== "date";
  const modes = { email: "email", order_number: "text" };
  at("text").inputMode = modes[asks?.kind] || "text";
}

// --- live, with replay ----------------------------------------------------------------------------------------------

function heard(name, data) {
  const value = JSON.parse(data);
  if (name === "owner") at("owner").textContent = OWNERS[value.owner];
  else if (name === "working") at("working").hidden = !value.working;
  else show(value);
}

async function follow() {
  const current = (stream = new AbortController());
  while (stream === current) {
    try {
      const response = await call(`/${conversation.id}/events?after=${lastSeq}`, { signal: current.signal });
      if (response.status === 401 || response.status === 404) return begin();
      if (!response.ok) throw new Error(response.status);
      problem("");
      await readEvents(response.body.pipeThrough(new TextDecoderStream()).getReader());
    } catch (error) {
      if (stream !== current) return;
      problem("The connection is lost. Trying again …");
    }
    await pause(1000);
  }
}

async function readEvents(reader) {
  let buffer = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    buffer += part.value;
    const events = buffer.split("\n\n");
    buffer = events.pop();
    for (const event of events) {
      const lines = event.split("\n");
      const field = (name) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
      if (field("data")) heard(field("event"), field("data"));
    }
  }
}

// --- sending: in order, once, until it is stored --------------------------------------------------------------------

function send(body, shown) {
  const message = { client_id: crypto.randomUUID?.() ?? randomId(), ...body };
  outbox.push({ ...message, shown });
  remember();
  showSending(message.client_id, shown);
  deliver();
}

function randomId() {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function showSending(clientId, shown) {
  const item = element("li", { className: "customer sending" });
  item.dataset.clientId = clientId;
  item.append(element("div", { className: "bubble", textContent: shown || "Photo" }));
  insert(item);
}

async function deliver() {
  if (sending) return;
  sending = true;
  while (outbox.length) {
    const { shown, ...body } = outbox[0];
    try {
      const response = await call(`/${conversation.id}/messages`, { method: "POST", body: JSON.stringify(body) });
      if (response.status === 429 || response.status >= 500) {
        await pause(1000 * (Number(response.headers.get("Retry-After")) || 1));
        continue;
      }
      problem(response.ok ? "" : await sentenceOf(response));
      outbox.shift();
      if (!response.ok) document.querySelector(`[data-client-id="${body.client_id}"]`)?.remove();
      remember();
    } catch {
      problem("The connection is lost. Your message is sent as soon as it is back.");
      await pause(2000);
    }
  }
  sending = false;
}

async function upload(file) {
  const note = element("span", { className: "who", textContent: `${file.name} …` });
  at("pending").append(note);
  at("pending").hidden = false;
  const form = new FormData();
  form.append("file", file);
  try {
    const response = await call(`/${conversation.id}/photos`, { method: "POST", body: form });
    if (!response.ok) throw new Error(await sentenceOf(response));
    photos.push((await response.json()).photo);
    note.textContent = `${file.name} ✓`;
    problem("");
  } catch (error) {
    note.remove();
    problem(error instanceof TypeError ? "The connection is lost. Please send the photo again." : error.message);
  }
  at("pending").hidden = !at("pending").children.length;
}

function submit() {
  const text = at("text").value.trim() || at("date").value;
  if (!text && !photos.length) return;
  send(photos.length ? { photos, ...(text && { text }) } : { text }, text);
  photos = [];
  at("pending").replaceChildren();
  at("pending").hidden = true;
  at("text").value = at("date").value = "";
}

// --- beginning ------------------------------------------------------------------------------------------------------

async function begin() {
  stream?.abort();
  stream = conversation = asks = null;
  [lastSeq, outbox, photos] = [0, [], []];
  at("log").replaceChildren();
  const { timeZone, locale } = Intl.DateTimeFormat().resolvedOptions();
  let known = { timezone: timeZone, locale };
  while (!conversation) {
    try {
      const response = await call("", { method: "POST", body: JSON.stringify(known) });
      if (response.status === 400) known = {};
      if (!response.ok) throw new Error(await sentenceOf(response));
      conversation = await response.json();
      problem("");
    } catch (error) {
      problem(error instanceof TypeError ? "The connection is lost. Trying again …" : error.message);
      await pause(2000);
    }
  }
  remember();
  follow();
}

function resume() {
  let kept = null;
  try {
    kept = JSON.parse(localStorage.getItem(KEPT));
  } catch {
    localStorage.removeItem(KEPT);
  }
  if (!kept?.token) return begin();
  conversation = { id: kept.id, token: kept.token };
  outbox = kept.outbox || [];
  for (const waiting of outbox) showSending(waiting.client_id, waiting.shown);
  follow();
  return deliver();
}

at("form").addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
at("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    submit();
  }
});
at("file").addEventListener("change", async () => {
  for (const file of at("file").files) await upload(file);
  at("file").value = "";
});
at("restart").addEventListener("click", begin);
resume();
