// The library: a dialog of all documents, found by a word of their names; what is done with one of them.

import { counted, fill, questionBox, words } from "./common.js";
import { trigger } from "./gradio.js";

const POLL = 400; // milliseconds between two looks at a job

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

export async function listFiles() {
  const all = shelf().querySelector(".m-all");
  try {
    const answer = await fetch(`/library/list/${words.code}`);
    if (!answer.ok) throw new Error((await answer.json()).detail);
    all.innerHTML = await answer.text(); // ours: what is foreign in it is escaped
  } catch (error) {
    all.replaceChildren(plainLine("m-error", error instanceof TypeError ? words.lost : error.message));
  }
  sift();
}

function plainLine(kind, text) {
  const shown = document.createElement("p");
  shown.className = kind;
  shown.role = kind === "m-error" ? "alert" : "status";
  shown.dir = "auto";
  shown.textContent = text;
  return shown;
}

// Show the files with the words that are looked for in their title or path.
function sift() {
  const find = shelf().querySelector(".m-find");
  const wanted = find.querySelector("input").value.trim().toLowerCase().split(/\s+/);
  let shown = 0;
  for (const row of shelf().querySelectorAll(".m-files > li")) {
    const name = row.querySelector(".m-what").textContent.toLowerCase();
    row.hidden = !wanted.every((word) => name.includes(word));
    shown += !row.hidden;
  }
  find.querySelector("[role=status]").textContent = counted(words.n_files, shown);
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
  trigger("changed", {});
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
  const button = event.target.closest(".m-shelf [data-do]");
  if (!button) return;
  const row = button.closest("li");
  if (button.dataset.do === "only") {
    trigger("only", { document: row.dataset.path }); // gradio takes what has a "path" for a file
    shelf().close();
    questionBox().focus();
  } else if (button.dataset.do === "remove") {
    confirmRemoval(row);
  } else {
    actOn(row, button.dataset.do);
  }
});

document.addEventListener("input", (event) => {
  if (event.target.closest(".m-find")) sift();
});
