// The line in the sidebar while anything is read, whoever began it: which file, how far, how long still; it can be ended.

import { counted, fill, words } from "./common.js";
import { askServer } from "./library.js";

const line = () => document.querySelector(".m-busy");
let stopping = ""; // the job that the person ends

function put(selector, text) {
  const place = line().querySelector(selector);
  if (place.textContent !== text) place.textContent = text; // the same text, set again, is read out again
}

// 95 -> about 2 min left; nothing where it is not known.
function timeLeft(seconds) {
  if (seconds === null) return "";
  if (seconds < 90) return counted(words.seconds_left, Math.max(Math.ceil(seconds / 10), 1) * 10);
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? counted(words.minutes_left, minutes) : counted(words.hours_left, Math.round(minutes / 60));
}

// All files are read, and what is left is to index their passages.
const isIndexing = (far) => far.files > 0 && far.files_done === far.files;

function place(far) {
  if (isIndexing(far)) return words.indexing;
  const number = (n) => n.toLocaleString("en");
  const file = fill(words.file_of, { n: number(far.files_done + 1), files: number(far.files) });
  const page = fill(words.page_of, { n: number(far.page), pages: number(far.of_pages) });
  return [far.files > 1 && file, far.of_pages > 0 && page].filter(Boolean).join(words.comma);
}

export function showReading(activity) {
  document.documentElement.classList.toggle("m-reading", activity !== null);
  if (!line()) return;
  line().hidden = activity === null;
  if (!activity) return put("[role=status]", "");
  const { progress: far, left, job } = activity;
  put("[role=status]", far.to_recognise ? words.being_recognised : words.being_read);
  put(".m-path", far.current.split("/").pop());
  line().querySelector(".m-path").title = far.current;
  put(".m-note span", place(far));
  put(".m-note span + span", [timeLeft(left), !job && words.by_another].filter(Boolean).join(words.comma));
  // Of pages that wait for it some are recognised at a time: how far the file is goes on, how far that is begins anew.
  line().querySelector("progress").value = far.to_recognise ? far.page / far.of_pages : activity.share;
  const stop = line().querySelector(".m-stop");
  stop.hidden = !job;
  stop.dataset.job = job;
  stop.disabled = stopping === job;
  put(".m-stop", stop.disabled ? words.stopping : words.stop);
}

document.addEventListener("click", (event) => {
  const stop = event.target.closest(".m-stop");
  if (!stop) return;
  stopping = stop.dataset.job;
  askServer(`/library/jobs/${stopping}`, { method: "DELETE" }).catch(() => (stopping = "")); // away: said by the page
});
