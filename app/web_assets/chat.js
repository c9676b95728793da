// The source panel: opens citations, steps through them and their pages, enlarges these, closes; also copies
// answers, edits what was searched, switches the language.
// Runs once, in gr.HTML: `element` is its inside, `trigger` sends an event to the server, `watch` tells of a new value.

const words = JSON.parse(document.querySelector("#m-words").textContent); // the page's phrases, and its cookie's name
const panel = element.closest("#m-source");
let opener = null; // the link that opened the panel: focus returns to it
let unasked = false; // whether the page opens a source by itself, which must not take the focus
let turned = null; // the button that last turned the page, by its name: it keeps the focus
const ZOOMS = [1, 1.4, 2, 2.8, 4]; // a page's width in widths of the panel
let zoom = 0;

function open(id, from, page) {
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
  if (opener && opener.isConnected) opener.focus();
  opener = null;
}

async function copy(link) {
  const parts = [...link.parentElement.querySelector(".m-clip").childNodes];
  const text = parts.map((part) => (part.nodeName === "BR" ? "\n" : part.textContent)).join("");
  try {
    await navigator.clipboard.writeText(text);
    link.textContent = words.copied;
  } catch {
    link.textContent = words.not_copied;
  }
  setTimeout(() => (link.textContent = words.copy), 2000);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#'], a[hreflang], button[data-cite], button[data-zoom], .m-close");
  if (!link) return;
  const href = link.getAttribute("href") || "";
  if (href.startsWith("#cite-")) {
    event.preventDefault();
    open(href.slice("#cite-".length), link);
  } else if (href.startsWith("#edit-")) {
    event.preventDefault();
    trigger("edit", { turn: Number(href.slice("#edit-".length)) });
    document.querySelector("#m-ask textarea").focus();
  } else if (href === "#copy") {
    event.preventDefault();
    copy(link);
  } else if (link.hreflang) {
    document.cookie = `${words.cookie}=${link.hreflang}; path=/; max-age=31536000; samesite=lax`;
    link.search = location.search;
    link.hash = location.hash;
  } else if (link.dataset.cite) {
    open(link.dataset.cite, null, link.dataset.page && Number(link.dataset.page));
  } else if (link.dataset.zoom) {
    enlarge(Number(link.dataset.zoom));
  } else if (link.classList.contains("m-close")) {
    close();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && panel.classList.contains("m-open")) close();
});

watch("value", reveal);

// What gradio leaves undone. Its sidebar would cover a phone's whole page and, closed, still takes the
// keyboard's focus; a new answer is out of view; a screen reader is told each message's HTML source.
let placed = false;
let shown = 0;
let latest = ""; // the first citation of the last answer; its source is shown where there is room for it

function showLatest() {
  const answers = document.querySelectorAll("#m-chat .m-answer");
  const link = answers[answers.length - 1]?.querySelector(".m-quote > a[href^='#cite-']");
  const href = link?.closest(".m-notfound") ? "" : (link?.getAttribute("href") ?? "");
  if (!answers.length) latest = "";
  if (!href || href === latest) return;
  latest = href;
  if (!window.matchMedia("(min-width: 1001px)").matches) return;
  unasked = true;
  open(href.slice("#cite-".length), null);
}

function follow() {
  const questions = document.querySelectorAll("#m-chat .user-row");
  const now = questions.length + document.querySelectorAll("#m-chat .m-answer, #m-chat .m-error").length;
  if (now > shown) questions[questions.length - 1]?.scrollIntoView({ block: "start" });
  shown = now;
  showLatest();
}

function tidy() {
  follow();
  for (const message of document.querySelectorAll("#m-chat [data-testid][aria-label]")) message.removeAttribute("aria-label");
  const sidebar = document.querySelector("#m-documents");
  const toggle = sidebar?.querySelector(".toggle-button");
  if (!toggle) return;
  if (!placed && window.matchMedia("(min-width: 1001px)").matches && !sidebar.classList.contains("open")) toggle.click();
  placed = true;
  const opened = String(sidebar.classList.contains("open"));
  if (toggle.getAttribute("aria-expanded") === opened) return;
  toggle.setAttribute("aria-expanded", opened);
  toggle.setAttribute("aria-label", words.documents);
  sidebar.querySelector(".sidebar-content").inert = opened === "false";
}

new MutationObserver(tidy).observe(document.body, { childList: true, subtree: true, attributeFilter: ["class"] });
tidy();
