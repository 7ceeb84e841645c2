// The chat keeps its conversation in this browser (widget/src/store.ts): here is the one of the letter.
const link = document.getElementById("chat");
const name = `support-chat ${location.origin}`;
localStorage.setItem(`${name}:id`, JSON.stringify({ id: link.dataset.id, token: link.dataset.token }));
localStorage.setItem(`${name}:open`, "1");
localStorage.removeItem(`${name}:seen`);
location.replace(link.href);
