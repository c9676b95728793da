// The library: a dialog of all documents, found by words of their names, in an order; what is done with one of them.

import { closeMenu, counted, fill, questionBox, words } from "./common.js";
import { trigger } from "./gradio.js";

const POLL = 400; // milliseconds between two looks at a job
const SOME = 100; // files that are fetched at a time

let order = {}; // what the list is sorted by, as its buttons say it; the server's own at first
let fetching = new AbortController(); // the list that is on its way

export const shelf = () => document.querySelector(".m-shelf");

// An answer of the server as JSON. Throws an Error that says in one line what is wrong.
export async function askServer(address, options = {}) {
  let answer;
  try {
    answer = await fetch(address, { ...options, headers: { "Content-Type": "application/json" } });
  } catch {
    throw new Error(words.lost);
  }
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(typeof told?.detail === "string" ? told.detail : answer.statusText);
  return told;
}

// The end of a job; `tell` is given each state on the way.
export async function followJob(job, tell) {
  for (;;) {
    const state = await askServer(`/library/jobs/${job}?language=${words.code}`);
    tell(state);
    if (state.state !== "waiting" && state.state !== "reading") return state;
    await new Promise((resolve) => setTimeout(resolve, POLL));
  }
}

export const beginJob = async (action, paths) =>
  (await askServer("/library/jobs", { method: "POST", body: JSON.stringify({ action, paths }) })).job;

export function showShelf() {
  if (shelf().open) return;
  shelf().showModal();
  listFiles();
}

const rows = () => shelf().querySelectorAll(".m-files > li");

// List what is found anew, `most` of it, or behind what is listed that many more.
export async function listFiles(most = Math.max(SOME, rows().length), start = 0) {
  fetching.abort();
  fetching = new AbortController();
  const all = shelf().querySelector(".m-all");
  const find = shelf().querySelector(".m-find");
  const asked = new URLSearchParams({ find: find.querySelector("input").value, ...order, start, most });
  try {
    const answer = await fetch(`/library/list/${words.code}?${asked}`, { signal: fetching.signal });
    if (!answer.ok) throw new Error((await answer.json()).detail);
    const list = document.createElement("div");
    list.innerHTML = await answer.text(); // ours: what is foreign in it is escaped
    if (start)
      shelf()
        .querySelector(".m-files")
        .append(...list.querySelectorAll(".m-files > li"));
    else replaceList(all, list.childNodes);
  } catch (error) {
    if (error.name === "AbortError") return;
    all.replaceChildren(plainLine("m-error", error instanceof TypeError ? words.lost : error.message));
  }
  const found = Number(shelf().querySelector(".m-files")?.dataset.found ?? 0);
  find.querySelector("[role=status]").textContent = counted(words.n_files, found);
  atEnd.disconnect();
  if (rows().length < found) for (const row of [...rows()].slice(-SOME / 4)) atEnd.observe(row);
}

// What had the focus in the list has it again.
function replaceList(all, parts) {
  const { dataset } = document.activeElement;
  const path = document.activeElement.closest(".m-files > li")?.dataset.path;
  all.replaceChildren(...parts);
  if (path) all.querySelector(`[data-path="${CSS.escape(path)}"] [data-do="${dataset.do}"]`)?.focus();
  else if (dataset.order) all.querySelector(`[data-order=${dataset.order}]`)?.focus();
}

// What is scrolled near to its end goes on.
const atEnd = new IntersectionObserver((entries) => {
  if (entries.some((entry) => entry.isIntersecting)) listFiles(SOME, rows().length);
});

// What is found by other words, or in another order, is seen from its beginning.
function listAnew() {
  shelf().querySelector(".m-all").scrollTop = 0;
  return listFiles(SOME);
}

function sort(button) {
  order = { order: button.dataset.order, down: button.dataset.down };
  listAnew();
}

// The list anew where it is open. What is asked or said in a row stays until that has ended.
export async function followFiles() {
  if (shelf().open && !shelf().querySelector(".m-files .m-do p")) await listFiles();
}

function plainLine(kind, text) {
  const shown = document.createElement("p");
  shown.className = kind;
  shown.role = kind === "m-error" ? "alert" : "status";
  shown.dir = "auto";
  shown.textContent = text;
  return shown;
}

// Read a file again or remove it, and say in its row how far that is.
async function actOn(row, action) {
  const path = row.dataset.path;
  const place = row.querySelector(".m-do");
  const status = plainLine("m-note", words.waiting);
  place.replaceChildren(status);
  try {
    const end = await followJob(await beginJob(action, [path]), (state) => {
      status.textContent = state.problem ?? (state.state === "waiting" ? words.in_turn : words.reading);
    });
    if (end.state === "failed") throw new Error(end.problem);
  } catch (error) {
    return place.replaceChildren(plainLine("m-error", fill(words.not_done, { reason: error.message })));
  }
  await listFiles();
  const again = shelf().querySelector(`[data-path="${CSS.escape(path)}"] [data-do=reread]`);
  (again ?? shelf().querySelector(".m-find input")).focus();
}

// Ask in place whether an upload is really to be deleted.
function confirmRemoval(row) {
  const place = row.querySelector(".m-do");
  const before = [...place.childNodes];
  const question = plainLine("m-note", words.really_remove);
  const [yes, no] = [words.remove, words.keep].map((word) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = word;
    return button;
  });
  yes.className = "m-yes";
  yes.onclick = () => actOn(row, "remove");
  no.onclick = () => {
    place.replaceChildren(...before);
    place.querySelector("[data-do=remove]").focus();
  };
  place.replaceChildren(question, yes, no);
  no.focus();
}

document.addEventListener("click", (event) => {
  if (event.target === shelf()) return shelf().close(); // beside it
  const button = event.target.closest(".m-shelf :is([data-do], [data-order])");
  if (!button) return;
  if (button.dataset.order) return sort(button);
  const row = button.closest("li");
  fetching.abort(); // a list on its way would take away what is asked or said in the row
  if (button.dataset.do === "only") {
    trigger("only", { document: row.dataset.path }); // gradio takes what has a "path" for a file
    shelf().close();
    closeMenu();
    document.querySelector("#m-talk").inert = false; // before the menu is gone
    questionBox().focus();
  } else if (button.dataset.do === "remove") {
    confirmRemoval(row);
  } else {
    actOn(row, button.dataset.do);
  }
});

document.addEventListener("input", (event) => {
  if (event.target.closest(".m-find")) listAnew();
});
