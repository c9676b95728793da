// What the page does before gradio is there, and when it is loaded again.

import { searching } from "./answers.js";
import { questionBox, words } from "./common.js";
import { current } from "./conversations.js";
import { GRADIO } from "./gradio.js";

const DRAFT = "mustanad-draft"; // the question not answered yet, kept over a reload of this tab

function write(text) {
  questionBox().value = text;
  questionBox().dispatchEvent(new Event("input", { bubbles: true }));
}

// What was typed into the shell goes on in gradio's box, at the same place in it.
export function takeOver() {
  const shell = document.querySelector("#m-shell");
  if (!shell || !questionBox()) return;
  const early = shell.querySelector("textarea");
  const [typed, sent] = [early.value, shell.querySelector("form").ariaBusy === "true"];
  const [start, end] = [early.selectionStart, early.selectionEnd];
  shell.remove();
  document.documentElement.lang = words.code; // gradio has put the browser's there
  if (typed) write(typed);
  questionBox().focus({ preventScroll: true });
  questionBox().setSelectionRange(start, end);
  if (sent) sendWhenLive();
}

// The lists of documents and conversations show that gradio listens, and that no other conversation is to come.
function sendWhenLive() {
  if (!document.querySelector("#m-listing p") || current === null) return setTimeout(sendWhenLive, 50);
  document.querySelector(GRADIO.send).click();
}

addEventListener("pagehide", () => {
  const waiting = searching() ? [...document.querySelectorAll("#m-chat .m-question")].pop().innerText : "";
  const text = (document.querySelector("#m-shell textarea") ?? questionBox())?.value || waiting;
  if (text) sessionStorage.setItem(DRAFT, text);
});
