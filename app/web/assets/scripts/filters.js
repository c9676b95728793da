// The filter: its days are fields of days, an empty choice says that it takes all; its chips take a part of it away.

import { questionBox, words } from "./common.js";
import { GRADIO, trigger } from "./gradio.js";

document.addEventListener("click", (event) => {
  const chip = event.target.closest("#m-active [data-drop]");
  if (!chip) return;
  trigger("drop", { kind: chip.dataset.drop, value: chip.dataset.value ?? "" });
  questionBox().focus();
});

// Of many documents the server finds what is typed; so late that one list does not come after a newer one.
const PAUSE = 150; // ms
let looking = 0;

function find(box, pause) {
  clearTimeout(looking);
  looking = setTimeout(() => trigger("find", { typed: box.value }), pause);
}

// Gradio's mark keeps its place when another list comes: it is put on the first, which Enter takes, also where it was
// pressed before there was one.
let last = ""; // key that was pressed
let waits = false;
const press = (box, key) => box.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));

function markFirst(box) {
  if (!box.value || last.startsWith("Arrow") || !box.closest(".m-choice").querySelector("[role=option]")) return false;
  press(box, "Home");
  return true;
}

document.addEventListener("focusin", ({ target }) => target.matches(GRADIO.documents) && find(target, 0));
document.addEventListener("input", ({ target }) => target.matches(GRADIO.documents) && find(target, PAUSE));
document.addEventListener(
  "keydown",
  ({ key, target, isTrusted }) => {
    if (!isTrusted || !target.matches(GRADIO.documents)) return;
    if (key !== "Enter") last = key;
    waits = key === "Enter" && target.value !== "" && !markFirst(target);
    if (key === "Enter") find(target, PAUSE);
  },
  true, // before gradio
);

new MutationObserver(() => {
  const box = document.activeElement;
  if (box?.matches(GRADIO.documents) && markFirst(box) && waits) {
    waits = false;
    press(box, "Enter");
    find(box, PAUSE);
  }
  for (const field of document.querySelectorAll(`${GRADIO.day}[type=text]`)) field.type = "date";
  for (const field of document.querySelectorAll(GRADIO.choice)) field.placeholder = words.all_or_named;
}).observe(document.body, { childList: true, subtree: true });
