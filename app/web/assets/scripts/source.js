// The source panel: opens citations, steps through them and their pages, enlarges these, closes.

import { words } from "./common.js";
import { element, trigger, watch } from "./gradio.js";

export const panel = element.closest("#m-source");
Object.assign(panel, { role: "region", ariaLabel: words.source });
let opener = null; // the link that opened the panel: focus returns to it
let unasked = false; // whether the page opens a source by itself, which must not take the focus
let turned = null; // the button that last turned the page, by its name: it keeps the focus
const ZOOMS = [1, 1.4, 2, 2.8, 4]; // a page's width in widths of the panel
let zoom = 0;

// A source that nobody asked for, which must not take the focus.
export function openUnasked(id) {
  unasked = true;
  open(id);
}

export function open(id, from, page) {
  if (from) opener = from;
  const there = element.querySelector(`[data-source="${CSS.escape(id)}"]`);
  if (there && page === undefined && !turned) return reveal();
  turned = page === undefined ? null : document.activeElement.getAttribute("aria-label");
  trigger("cite", page === undefined ? { id } : { id, page });
}

function reveal() {
  const title = element.querySelector("#m-source-title");
  panel.classList.toggle("m-open", title !== null);
  if (!title) return;
  const button = turned && element.querySelector(`[aria-label="${CSS.escape(turned)}"]:enabled`);
  if (!unasked) (button || title).focus({ preventScroll: true });
  unasked = false;
  enlarge(0);
  element.querySelector(".m-passage mark")?.scrollIntoView({ block: "center" });
}

// Another zoom, by so many steps; what is marked stays, or comes, into the middle of the view.
function enlarge(steps) {
  const sheets = element.querySelector(".m-sheets");
  if (!sheets) return;
  zoom = Math.min(Math.max(zoom + steps, 0), ZOOMS.length - 1);
  sheets.style.setProperty("--zoom", ZOOMS[zoom]);
  for (const button of element.querySelectorAll("[data-zoom]")) {
    button.disabled = zoom === (button.dataset.zoom > 0 ? ZOOMS.length - 1 : 0);
  }
  const box = element.querySelector(".m-box.m-now");
  if (!box) return sheets.scrollTo(0, 0);
  const line = box.getBoundingClientRect();
  const view = sheets.getBoundingClientRect();
  const aside = Math.max((view.width - line.width) / 2, 24); // a line too long for the view shows its beginning
  sheets.scrollBy(line.left - view.left - aside, line.top - view.top - view.height / 3);
}

function close() {
  panel.classList.remove("m-open");
  if (opener?.isConnected) opener.focus();
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
  if (event.key === "Escape" && panel.classList.contains("m-open") && !document.querySelector("dialog[open]")) close();
});

watch("value", reveal);
