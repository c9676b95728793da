// The page as a whole, which brings in the other scripts: each is a module, and owns the names it exports.

import { cover, isWide, wide, words } from "./common.js";
import { followList, takeLinked } from "./conversations.js";
import { fillDates } from "./dates.js";
import { GRADIO } from "./gradio.js";
import { open, openUnasked } from "./source.js";
import { takeOver } from "./states.js";
import "./filters.js";
import "./live.js";
import "./preview.js";
import "./uploads.js";

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[hreflang]");
  if (!link) return;
  document.cookie = `${words.cookie}=${link.hreflang}; path=/; max-age=31536000; samesite=lax`;
  link.search = location.search;
  link.hash = location.hash;
});

// What gradio leaves undone. Its sidebar would cover a phone's whole page and, closed, still takes the
// keyboard's focus; a new answer is out of view; a screen reader is told each message's HTML source, and some parts
// have no name, or an English one.
const NAMES = [
  [GRADIO.box, words.your_question], // its label holds the button too
  [GRADIO.send, words.send],
  [GRADIO.newest, words.to_newest],
  [GRADIO.view, words.conversation],
];
let placed = false;
let shown = 0;
let offered = false; // whether questions to go on with are shown, which take of the conversation's height
let height = 0;
let latest = ""; // the first citation of the last answer; its source is shown where there is room for it

function showLatest() {
  const answers = document.querySelectorAll("#m-chat .m-answer");
  const link = answers[answers.length - 1]?.querySelector(".m-quote a.m-cite");
  const href = link?.closest(".m-notfound") ? "" : (link?.getAttribute("href") ?? "");
  if (!answers.length) latest = "";
  const wanted = answers.length ? takeLinked() : "";
  if (wanted) {
    latest = href;
    return open(wanted);
  }
  if (!href || href === latest) return;
  latest = href;
  if (isWide()) openUnasked(href.slice("#cite-".length));
}

function follow() {
  const questions = document.querySelectorAll(GRADIO.asked);
  const now = questions.length + document.querySelectorAll("#m-chat .m-answer, #m-chat .m-error").length;
  if (now > shown) questions[questions.length - 1]?.scrollIntoView({ block: "start" });
  shown = now;
  const [view, before] = [document.querySelector(GRADIO.view), offered];
  offered = document.querySelector("#m-next .m-follow-ups:not([hidden])") !== null;
  const atEnd = view && view.scrollTop + height >= view.scrollHeight - 2;
  if (offered && !before && atEnd) view.scrollTop = view.scrollHeight;
  height = view?.clientHeight ?? 0;
  showLatest();
}

function tidy() {
  if (document.documentElement.lang !== words.code) document.documentElement.lang = words.code; // not the browser's
  if (followList()) latest = "";
  fillDates();
  follow();
  for (const [part, name] of NAMES) document.querySelector(part)?.setAttribute("aria-label", name);
  document.querySelector(GRADIO.newest)?.setAttribute("title", words.to_newest);
  for (const message of document.querySelectorAll(GRADIO.message)) message.removeAttribute("aria-label");
  document.querySelector(GRADIO.examples)?.removeAttribute("role"); // a list of what are no items of a list
  for (const example of document.querySelectorAll(GRADIO.example)) example.removeAttribute("aria-label");
  const toggle = document.querySelector(GRADIO.toggle);
  if (!toggle) return;
  if (!placed && isWide() && !document.querySelector(GRADIO.opened)) toggle.click();
  placed = true;
  takeOver();
  const opened = String(document.querySelector(GRADIO.opened) !== null);
  if (toggle.getAttribute("aria-expanded") === opened) return;
  toggle.setAttribute("aria-expanded", opened);
  toggle.setAttribute("aria-label", words.menu);
  Object.assign(document.querySelector(GRADIO.sidebar), { role: "region", ariaLabel: words.menu });
  document.querySelector(GRADIO.sidebar).inert = opened === "false";
  cover();
}

// The menu is open where there is room for it, also after the window or its zoom has changed.
wide.addEventListener("change", () => {
  if (isWide() !== (document.querySelector(GRADIO.opened) !== null)) document.querySelector(GRADIO.toggle)?.click();
});
new MutationObserver(tidy).observe(document.body, { childList: true, subtree: true, attributeFilter: ["class"] });
tidy();
