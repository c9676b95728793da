// An answer: copies it; what was searched is put right in place; what was offered is asked; a question is taken back.

import { copy, questionBox, words } from "./common.js";
import { trigger } from "./gradio.js";

export const searching = () => document.querySelector("#m-chat .m-searching");

function textOf(answer) {
  const parts = [...answer.querySelector(".m-clip").childNodes];
  return parts.map((part) => (part.nodeName === "BR" ? "\n" : part.textContent)).join("");
}

function pose(question) {
  if (question.trim() && !searching()) trigger("pose", { question });
}

// The chip becomes an input; Enter asks what stands in it, Escape and leaving give the chip back.
function edit(chip) {
  const input = document.createElement("input");
  input.className = "m-editing";
  input.value = chip.querySelector("bdi").textContent;
  input.dir = "auto";
  input.maxLength = 2000;
  input.setAttribute("aria-label", words.edit);
  const leave = (focus) => {
    if (!chip.hidden) return; // the input, removed, loses the focus
    chip.hidden = false;
    input.remove();
    if (focus) chip.focus();
  };
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || !["Enter", "Escape"].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    const question = input.value;
    leave(event.key === "Escape");
    if (event.key === "Enter") pose(question);
  });
  input.addEventListener("blur", () => leave(false));
  chip.hidden = true;
  chip.after(input);
  input.focus();
}

function cancel() {
  const questions = document.querySelectorAll("#m-chat .m-question");
  trigger("cancel", { question: questions[questions.length - 1].innerText });
  questionBox().focus();
}

let answered = 0; // answers and errors that are shown

// What was offered after one answer is not offered after another, however late it came. On a phone the keyboard
// would cover the answer: it goes, unless the next question is being typed.
function settle() {
  const offered = document.querySelector("#m-next .m-follow-ups");
  const box = questionBox();
  const answers = document.querySelectorAll("#m-chat :is(.m-answer, .m-error)").length;
  if (offered) offered.hidden = Number(offered.dataset.answers) !== answers;
  if (answers > answered && !box.value && window.matchMedia("(pointer: coarse)").matches) box.blur();
  answered = answers;
}

new MutationObserver(settle).observe(document.querySelector("#m-talk"), { childList: true, subtree: true });

document.addEventListener("click", (event) => {
  const button = event.target.closest("button.m-copy, button.m-searched, button.m-pose, button.m-cancel");
  if (!button) return;
  if (button.matches(".m-copy")) copy(textOf(button.parentElement), button, words.copy);
  else if (button.matches(".m-searched")) edit(button);
  else if (button.matches(".m-pose")) pose(button.textContent);
  else cancel();
});
