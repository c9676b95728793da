// The source panel: opens citations, steps through them and their pages, enlarges these, closes.

import { cover, isWide, questionBox, words } from "./common.js";
import { element, GRADIO, trigger, watch } from "./gradio.js";

export const panel = element.closest("#m-source");
Object.assign(panel, { role: "region", ariaLabel: words.source });
let opener = null; // the link that opened the panel: focus returns to it
let unasked = false; // whether the page opens a source by itself, which must not take the focus
let turned = false; // whether its page is turned, which takes the focus nowhere else
let held = ""; // what in the panel last had the focus, by its name: the panel comes anew with each page
const [STEP, MOST] = [1.4, 4]; // of the zoom, a page's width in widths of the panel
const LEGIBLE = 960; // pixels, the width at which a page reads like a book
let zoom = 1;

// A source that nobody asked for, which must not take the focus.
export function openUnasked(id) {
  unasked = true;
  open(id);
}

export function open(id, from, page) {
  if (from) opener = from;
  const there = element.querySelector(`[data-source="${CSS.escape(id)}"]`);
  if (there && page === undefined && !turned) return reveal();
  turned = page !== undefined;
  trigger("cite", page === undefined ? { id } : { id, page });
}

function reveal() {
  const title = element.querySelector("#m-source-title");
  show(title !== null);
  if (!title) return;
  if (!unasked) focusOn(title);
  unasked = false;
  if (!turned && !isWide()) zoom = fitting();
  enlarge(0);
  element.querySelector(".m-passage mark")?.scrollIntoView({ block: "center" });
}

const nameOf = (part) => part.ariaLabel ?? part.textContent;

// The title of a source that was opened; of one whose page was turned what had the focus, if that has not left it.
function focusOn(title) {
  if (turned && document.activeElement !== document.body) return;
  const parts = turned ? [...element.querySelectorAll("a, button:enabled, [tabindex='0']")] : [];
  (parts.find((part) => nameOf(part) === held) ?? title).focus({ preventScroll: true });
}

// Beside the source the conversation is narrower and its lines break anew: what is looked at keeps its place.
function show(open) {
  const looked = opener?.isConnected ? opener : [...document.querySelectorAll(GRADIO.asked)].pop();
  const before = looked?.getBoundingClientRect().top;
  panel.classList.toggle("m-open", open);
  panel.inert = !open; // at once, though it takes a while to slide away
  cover();
  if (looked) document.querySelector(GRADIO.view).scrollBy(0, looked.getBoundingClientRect().top - before);
}

// Where what is marked stands in the window: its lines from side to side, and the first one's height; null for none.
function marked() {
  const lines = [...element.querySelectorAll(".m-box.m-now")].map((box) => box.getBoundingClientRect());
  if (!lines.length) return null;
  const left = Math.min(...lines.map((line) => line.left));
  return { left, width: Math.max(...lines.map((line) => line.right)) - left, top: lines[0].top };
}

// The zoom at which what is marked is as wide as the view, or less where that is legible.
function fitting() {
  const sheets = element.querySelector(".m-sheets");
  sheets?.style.setProperty("--zoom", 1);
  const lines = marked();
  return lines ? Math.min((0.94 * sheets.clientWidth) / lines.width, LEGIBLE / sheets.clientWidth) : 1;
}

// Another zoom, by so many steps; what is marked stays, or comes, into the middle of the view.
function enlarge(steps) {
  const sheets = element.querySelector(".m-sheets");
  if (!sheets) return;
  zoom = Math.min(Math.max(zoom * STEP ** steps, 1), MOST);
  sheets.style.setProperty("--zoom", zoom);
  for (const button of element.querySelectorAll("[data-zoom]")) {
    button.disabled = zoom === (button.dataset.zoom > 0 ? MOST : 1);
  }
  if (!marked()) return sheets.scrollTo(0, 0);
  // Where there is little room the whole panel scrolls.
  for (const scroller of [sheets, element]) {
    const [lines, view] = [marked(), scroller.getBoundingClientRect()];
    const aside = Math.max((view.width - lines.width) / 2, 12); // a line too long for the view shows its beginning
    scroller.scrollBy(lines.left - view.left - aside, lines.top - view.top - view.height / 3);
  }
}

export function close() {
  const shown = element.querySelector("[data-source]")?.dataset.source;
  const link = opener?.isConnected ? opener : document.querySelector(`#m-chat a[href="#cite-${shown}"]`);
  show(false);
  (link ?? questionBox()).focus();
  opener = null;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#cite-'], button[data-cite], button[data-zoom], #m-source .m-close");
  if (!link) return;
  if (link.href) {
    event.preventDefault();
    open(link.hash.slice("#cite-".length), link);
  } else if (link.dataset.cite) {
    open(link.dataset.cite, null, link.dataset.page && Number(link.dataset.page));
  } else if (link.dataset.zoom) {
    enlarge(Number(link.dataset.zoom));
  } else {
    close();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && panel.matches(".m-open") && !document.querySelector("dialog[open]")) close();
});

element.addEventListener("focusin", (event) => (held = nameOf(event.target)));

watch("value", reveal);
