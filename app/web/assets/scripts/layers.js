// On a narrow page what lies over the conversation has an entry of the history of its own: Back closes it.

import { isWide } from "./common.js";
import { GRADIO } from "./gradio.js";
import { close } from "./source.js";

const LAYERS = [
  ["dialog[open]", (dialog) => dialog.close()],
  ["#m-source.m-open", close],
  [GRADIO.opened, () => document.querySelector(GRADIO.toggle).click()],
]; // the topmost first, and what closes each
let entries = 0;
let dropping = false; // the entries of layers that were closed otherwise

export const onLayer = () => Boolean(history.state?.over);

// What a step through the history does to the layers: true if it was one among them, and the conversation stays.
export function stepped() {
  if (dropping) {
    dropping = false;
    return true;
  }
  if (entries <= (history.state?.over ?? 0)) return false;
  entries -= 1;
  const [layer, shut] = LAYERS.find(([each]) => document.querySelector(each));
  shut(document.querySelector(layer));
  return true;
}

function follow() {
  const over = isWide() ? 0 : document.querySelectorAll(LAYERS.map(([layer]) => layer)).length;
  while (entries < over) history.pushState({ over: ++entries }, "");
  if (entries === over) return;
  dropping = history.state?.over === entries; // not where it became another conversation's
  if (dropping) history.go(over - entries);
  entries = over;
}

if (onLayer()) history.replaceState(null, ""); // loaded again, when nothing is open
const seen = { childList: true, subtree: true, attributeFilter: ["class", "open"] };
new MutationObserver(follow).observe(document.body, seen);
