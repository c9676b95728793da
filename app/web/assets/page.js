// The page as a whole. The scripts are one function, run once in gr.HTML: `element` is the inside of the source
// panel, `trigger` sends an event to the server, `watch` tells of the panel's new value.

const words = JSON.parse(document.querySelector("#m-words").textContent); // the page's phrases, and its cookie's name

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[hreflang]");
  if (!link) return;
  document.cookie = `${words.cookie}=${link.hreflang}; path=/; max-age=31536000; samesite=lax`;
  link.search = location.search;
  link.hash = location.hash;
});

// What gradio leaves undone. Its sidebar would cover a phone's whole page and, closed, still takes the
// keyboard's focus; a new answer is out of view; a screen reader is told each message's HTML source.
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
    return open(wanted, null);
  }
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
  const [view, before] = [document.querySelector("#m-chat [role=log]"), offered];
  offered = document.querySelector("#m-next .m-follow-ups:not([hidden])") !== null;
  const atEnd = view && view.scrollTop + height >= view.scrollHeight - 2;
  if (offered && !before && atEnd) view.scrollTop = view.scrollHeight;
  height = view?.clientHeight ?? 0;
  showLatest();
}

function tidy() {
  if (document.documentElement.lang !== words.code) document.documentElement.lang = words.code; // not the browser's
  followList();
  follow();
  for (const message of document.querySelectorAll("#m-chat [data-testid][aria-label]")) message.removeAttribute("aria-label");
  document.querySelector("#m-chat .examples[role]")?.removeAttribute("role"); // a list of what are no items of a list
  const sidebar = document.querySelector("#m-documents");
  const toggle = sidebar?.querySelector(".toggle-button");
  if (!toggle) return;
  if (!placed && window.matchMedia("(min-width: 1001px)").matches && !sidebar.classList.contains("open")) toggle.click();
  placed = true;
  takeOver();
  const opened = String(sidebar.classList.contains("open"));
  if (toggle.getAttribute("aria-expanded") === opened) return;
  toggle.setAttribute("aria-expanded", opened);
  toggle.setAttribute("aria-label", words.menu);
  sidebar.querySelector(".sidebar-content").inert = opened === "false";
}

new MutationObserver(tidy).observe(document.body, { childList: true, subtree: true, attributeFilter: ["class"] });
tidy();
