// Previews: a citation's number that is pointed at or focused shows the quote, the confidence what it means. WCAG
// 1.4.13: Escape dismisses a preview, the pointer may go over it, and it stays as long as it is pointed at or focused.

import { words } from "./common.js";
import { panel } from "./source.js";

const card = document.createElement("div");
card.id = "m-card";
card.setAttribute("role", "tooltip");
card.hidden = true;
document.body.append(card);
const PREVIEWED = "#m-chat :is(.m-cite, .m-mark, .m-confidence), #m-source .m-number";
let shownFor = null; // the element whose preview is shown
let waiting = 0; // the timer that will show or hide one

function previewOf(link) {
  const opens = link.dataset.cite ? `#cite-${link.dataset.cite}` : link.getAttribute("href");
  const quoted = opens ? document.querySelector(`#m-chat a.m-cite[href="${opens}"]`) : link;
  return quoted?.parentElement.querySelector(".m-preview");
}

function preview(link) {
  const content = previewOf(link);
  if (!content || !link.isConnected) return;
  unpreview();
  card.replaceChildren(...content.cloneNode(true).childNodes);
  card.hidden = false;
  const [at, size] = [link.getBoundingClientRect(), card.getBoundingClientRect()];
  const start = words.direction === "rtl" ? at.right - size.width : at.left;
  card.style.left = `${Math.max(8, Math.min(start, innerWidth - size.width - 8))}px`;
  const above = at.top - size.height - 6;
  card.style.top = `${above >= 8 ? above : at.bottom + 6}px`;
  link.setAttribute("aria-describedby", card.id);
  shownFor = link;
}

function unpreview() {
  card.hidden = true;
  shownFor?.removeAttribute("aria-describedby");
  shownFor = null;
}

function soon(act) {
  clearTimeout(waiting);
  waiting = setTimeout(act, 250);
}

document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return;
  const link = event.target.closest?.(PREVIEWED);
  if (link && link !== shownFor) soon(() => preview(link));
  else if (link || card.contains(event.target) || shownFor?.matches(":focus-visible")) clearTimeout(waiting);
  else soon(unpreview);
});

document.addEventListener("focusin", (event) => {
  const link = event.target.closest(PREVIEWED);
  const returned = panel.contains(event.relatedTarget) && !panel.contains(link); // from the source, which it opened
  if (link?.matches(":focus-visible") && !returned) preview(link);
});

document.addEventListener("focusout", (event) => event.target === shownFor && unpreview());
document.addEventListener("scroll", (event) => !card.contains(event.target) && unpreview(), true);

// A finger has no other way to the confidence's.
document.addEventListener("click", (event) => {
  clearTimeout(waiting);
  const link = event.target.closest(PREVIEWED);
  if (link?.matches(".m-confidence")) preview(link);
  else if (!card.contains(event.target)) unpreview();
});

document.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Escape" || card.hidden) return;
    event.stopPropagation();
    unpreview();
  },
  { capture: true },
);
