// Uploads: files and folders that are dropped or chosen are sent one by one, then read; each says how far it is.

import { counted, fill, words } from "./common.js";
import { askServer, beginJob, followJob, listFiles, shelf, showShelf } from "./library.js";

const uploads = []; // {path, file, item, kept, ended}: kept is its path below the uploads
let sending = null; // the request under way
let ingestJob = ""; // the ingest under way
let uploading = false;
let stopped = false; // whether the person cancelled

const ON_SHELF = {
  list: showShelf,
  add: () => {
    showShelf();
    shelf().querySelector("[data-library=files]").focus();
  },
  close: () => shelf().close(),
  files: () => shelf().querySelector("input[multiple]").click(),
  folder: () => shelf().querySelector("input[webkitdirectory]").click(),
  cancel: cancelUploads,
  clear: clearUploads,
};
const isWanted = (path) => !path.split("/").some((part) => part.startsWith(".") || part.startsWith("~$"));

// `files` are pairs of a path and its file.
function take(files) {
  showShelf();
  const wanted = files.filter(([path]) => isWanted(path));
  for (const [path, file] of wanted.sort(([one], [other]) => (one < other ? -1 : 1))) {
    const item = document.createElement("li");
    const name = document.createElement("bdi");
    name.className = "m-path";
    name.dir = "ltr";
    name.textContent = path;
    item.append(name, document.createElement("span"));
    shelf().querySelector(".m-uploads ul").append(item);
    const row = { path, file, item, kept: "", ended: false };
    uploads.push(row);
    sayUpload(row, words.waiting);
  }
  showProgress();
  if (!uploading && uploads.some((row) => !row.ended)) sendAll();
}

// What an upload's row says; `kind` ends it: "done", "bad" or "gone".
function sayUpload(row, text, kind = "") {
  row.item.lastChild.textContent = text;
  row.item.className = kind && `m-${kind}`;
  row.ended = kind !== "";
}

async function sendAll() {
  uploading = true;
  stopped = false;
  while (uploads.some((row) => !row.ended)) {
    const waiting = uploads.filter((row) => !row.ended);
    for (const row of waiting) {
      if (stopped) sayUpload(row, words.cancelled, "gone");
      else await sendUpload(row);
      showProgress();
    }
    const kept = waiting.filter((row) => row.kept && row.item.className === "");
    if (kept.length) await readUploads(kept);
  }
  uploading = false;
  showProgress();
  listFiles();
}

function sendUpload(row) {
  const limit = Number(shelf().dataset.limit);
  const size = Math.ceil(row.file.size / 2 ** 20);
  if (size > limit) return sayUpload(row, fill(words.too_large, { size, limit }), "bad");
  return new Promise((resolve) => {
    sending = new XMLHttpRequest();
    sending.open("POST", `/library/files?language=${words.code}&name=${encodeURIComponent(row.path)}`);
    sending.responseType = "json";
    sending.upload.onprogress = ({ loaded, total }) =>
      sayUpload(row, fill(words.uploading, { percent: Math.floor((100 * loaded) / Math.max(total, 1)) }));
    sending.onload = ({ target: { status, response } }) => {
      if (status !== 200) {
        const reason = typeof response?.detail === "string" ? response.detail : `HTTP ${status}`;
        sayUpload(row, fill(words.not_done, { reason }), "bad");
      } else if (response.already) {
        sayUpload(row, fill(words.already, { path: response.already }), "done");
      } else {
        row.kept = response.path;
        sayUpload(row, words.waiting);
      }
    };
    sending.onerror = () => sayUpload(row, fill(words.not_done, { reason: words.lost }), "bad");
    sending.onabort = () => sayUpload(row, words.cancelled, "gone");
    sending.onloadend = resolve;
    sending.send(row.file);
  });
}

// Have what was kept read; where that is cancelled, what was not yet read is removed again.
async function readUploads(kept) {
  try {
    const paths = kept.map((row) => row.kept);
    ingestJob = await beginJob("add", paths);
    if (stopped) await cancelUploads();
    const end = await followJob(ingestJob, (state) => showReading(kept, state));
    const otherwise =
      end.state === "cancelled" ? [words.cancelled, "gone"] : [fill(words.not_done, { reason: end.problem }), "bad"];
    for (const row of kept) {
      const outcome = end.outcomes[row.kept];
      sayUpload(row, ...(outcome ? became(outcome) : otherwise));
    }
  } catch (error) {
    for (const row of kept) sayUpload(row, fill(words.not_done, { reason: error.message }), "bad");
  }
  ingestJob = "";
}

// They are read in the order of their paths, then indexed together.
function showReading(kept, { state, problem, progress: far }) {
  const now = kept.findIndex((row) => far.current.endsWith(`/${row.kept}`));
  const read = now < 0 && far.passages_found > 0 ? kept.length : now;
  for (const [n, row] of kept.entries()) {
    if (state === "waiting") sayUpload(row, problem ?? words.in_turn);
    else sayUpload(row, n < read ? words.indexing : n === now ? words.reading : words.waiting);
  }
  showProgress((far.files_done + far.passages) / Math.max(far.files + far.passages_found, 1));
}

// What an outcome reads like, and its kind.
function became({ state, pages, passages, reasons, same_as }) {
  const ledger = reasons.map((entry) =>
    entry.pages
      ? `${counted(words.numbered_pages, entry.pages.length, { names: entry.pages.join(words.comma) })}: ${entry.reason}`
      : entry.reason,
  );
  if (state === "unread") return [`${words.state_unread}: ${ledger.join("; ")}`, "bad"];
  if (same_as) return [fill(words.same_as, { path: same_as }), "done"];
  const counts = [pages && counted(words.n_pages, pages), counted(words.n_passages, passages)];
  return [[counts.filter(Boolean).join(words.comma), ...ledger].join("; "), "done"];
}

// How far all of it is; `part` is that of the ingest, 0 to 1, where one is under way.
function showProgress(part) {
  const section = shelf().querySelector(".m-uploads");
  const ended = uploads.filter((row) => row.ended).length;
  section.hidden = uploads.length === 0;
  const bar = section.querySelector("progress");
  bar.value = part ?? (uploads.length ? ended / uploads.length : 0);
  bar.hidden = !uploading;
  const status = section.querySelector("[role=status]");
  const text = counted(words.n_uploaded, ended, { files: uploads.length.toLocaleString("en") });
  if (status.textContent !== text) status.textContent = text;
  section.querySelector("[data-library=cancel]").hidden = !uploading;
  section.querySelector("[data-library=clear]").hidden = uploading;
}

async function cancelUploads() {
  stopped = true;
  sending?.abort();
  if (ingestJob) await askServer(`/library/jobs/${ingestJob}`, { method: "DELETE" });
}

function clearUploads() {
  uploads.length = 0;
  shelf().querySelector(".m-uploads ul").replaceChildren();
  showProgress();
  shelf().querySelector("[data-library=files]").focus();
}

// All files below what was dropped, with their paths.
async function filesBelow(entry, above = "") {
  const path = above + entry.name;
  if (!isWanted(path)) return [];
  if (entry instanceof File) return [[path, entry]];
  if (entry.isFile) return [[path, await new Promise((done, failed) => entry.file(done, failed))]];
  const reader = entry.createReader();
  const below = [];
  for (;;) {
    const some = await new Promise((done, failed) => reader.readEntries(done, failed)); // a hundred at a time
    if (!some.length) return below;
    for (const inside of some) below.push(...(await filesBelow(inside, `${path}/`)));
  }
}

const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
const dropping = (shown) => {
  const sign = document.querySelector(".m-dropping");
  sign.hidden = !shown;
  (shelf().open ? shelf() : shelf().parentElement).append(sign); // over whatever is on top
};

for (const name of ["dragenter", "dragover"]) {
  document.addEventListener(
    name,
    (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      event.stopPropagation();
      if (name === "dragenter") dropping(true);
    },
    true,
  );
}
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) dropping(false);
});
document.addEventListener(
  "drop",
  async (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    event.stopPropagation();
    dropping(false);
    const items = [...event.dataTransfer.items].filter((item) => item.kind === "file");
    const entries = items.map((item) => item.webkitGetAsEntry() ?? item.getAsFile());
    const files = [];
    for (const entry of entries) files.push(...(await filesBelow(entry)));
    take(files);
  },
  true,
);

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-library]");
  if (button) ON_SHELF[button.dataset.library]();
});

document.addEventListener("change", (event) => {
  if (!event.target.matches(".m-drop input")) return;
  take([...event.target.files].map((file) => [file.webkitRelativePath || file.name, file]));
  event.target.value = "";
});

addEventListener("beforeunload", (event) => {
  if (uploading) event.preventDefault();
});
