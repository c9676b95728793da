// The dates beside the conversations, in the reader's own hours; a title that is cut says so.

import { words } from "./common.js";

const FORMATS = {
  today: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  year: { day: "numeric", month: "short" },
  ever: { day: "numeric", month: "short", year: "numeric" },
};

// Of today the time, of this year the day, and both where another conversation has the same title.
function said(time) {
  const [when, now] = [new Date(time.dateTime), new Date()];
  const isToday = when.toDateString() === now.toDateString();
  const format = isToday ? FORMATS.today : when.getFullYear() === now.getFullYear() ? FORMATS.year : FORMATS.ever;
  const both = "twin" in time.dataset ? { ...format, ...FORMATS.today } : format;
  return when.toLocaleString(`${words.code}-u-nu-latn`, both);
}

// Whatever the list brings anew is empty.
export function fillDates() {
  const fresh = [...document.querySelectorAll("#m-conversations time:empty")];
  for (const time of fresh) time.textContent = said(time);
  const titles = fresh.map((time) => time.previousElementSibling);
  const cut = titles.map((title) => title.scrollHeight > title.clientHeight + 1);
  for (const [n, title] of titles.entries()) title.classList.toggle("m-cut", cut[n]);
}
