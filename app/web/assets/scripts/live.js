// What an open page follows: documents and conversations that change without it, what is being read, whether the
// server is there. All of it is one small question a second, which a page that nobody sees does not ask: a stream
// would hold one of the six connections that a browser has for all pages of a server.

import { searching } from "./answers.js";
import { words } from "./common.js";
import { GRADIO, trigger } from "./gradio.js";
import { followFiles } from "./library.js";
import { showReading } from "./reading.js";

const [OFTEN, SELDOM, PATIENCE] = [700, 2000, 10000]; // milliseconds: there, away, and until it is thought to be
let looking = 0; // the timer of the next look
const followed = {}; // what of each kind the page was last told to show

const banner = document.createElement("div");
banner.id = "m-lost";
banner.setAttribute("role", "status");
document.body.append(banner);

// Tell the page to show something else than it shows, once.
function follow(kind, shown, newest, show) {
  if (newest === shown || newest === followed[kind]) return;
  followed[kind] = newest;
  show();
}

// Questions to begin with cost some answers: while files are read, each of which may make them others, those there stay.
function followDocuments(generation, isReading) {
  const listed = document.querySelector("#m-listing [data-generation]");
  if (generation === null || !listed) return;
  follow("documents", Number(listed.dataset.generation), generation, () => {
    trigger("changed", {});
    followFiles();
  });
  followed.examples ??= Number(listed.dataset.generation);
  if (document.querySelector("#m-chat .m-question") || (isReading && document.querySelector(GRADIO.example))) return;
  follow("examples", null, generation, () => trigger("examples", {}));
}

// Not while a question is answered, which shows all that came before it, nor while something is done in the list.
function followConversations({ own, newest, conversations }) {
  const kept = document.querySelector(".m-kept");
  if (!kept || searching() || document.querySelector("#m-conversations :is(.m-retitle, details[open])")) return;
  const all = `${newest} ${conversations}`;
  followed.all ??= all;
  if (own > Number(kept.dataset.seen)) {
    followed.all = all;
    follow("own", Number(kept.dataset.seen), own, () => trigger("follow", {}));
  }
  follow("all", null, all, () => trigger("conversations", {}));
}

async function look() {
  clearTimeout(looking);
  if (document.hidden) return;
  const open = document.querySelector(".m-kept")?.dataset.current ?? "";
  let state = null;
  try {
    const address = `/library/state?conversation=${open}`;
    state = await (await fetch(address, { signal: AbortSignal.timeout(PATIENCE) })).json();
  } catch {} // away: said below
  clearTimeout(looking); // of another look meanwhile
  looking = setTimeout(look, state ? OFTEN : SELDOM);
  banner.textContent = state ? "" : words.connection_lost;
  if (!state) return;
  // Another server than the one that made this page does not know its conversation: it is loaded again.
  if (state.server !== words.server) return location.reload();
  followDocuments(state.generation, state.activity !== null);
  followConversations(state.conversations);
  showReading(state.activity);
}

document.addEventListener("visibilitychange", look);
look();
