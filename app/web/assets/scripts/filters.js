// The filter: its days are fields of days, an empty choice says that it takes all; its chips take a part of it away.

import { questionBox, words } from "./common.js";
import { GRADIO, trigger } from "./gradio.js";

document.addEventListener("click", (event) => {
  const chip = event.target.closest("#m-active [data-drop]");
  if (!chip) return;
  trigger("drop", { kind: chip.dataset.drop, value: chip.dataset.value ?? "" });
  questionBox().focus();
});

new MutationObserver(() => {
  for (const field of document.querySelectorAll(`${GRADIO.day}[type=text]`)) field.type = "date";
  for (const field of document.querySelectorAll(GRADIO.choice)) field.placeholder = words.all_or_named;
}).observe(document.body, { childList: true, subtree: true });
