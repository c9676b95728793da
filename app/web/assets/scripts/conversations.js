// The kept conversations: opens them, renames and deletes them; the page's address is that of the open one.

import { closeMenu, copy, words } from "./common.js";
import { element, GRADIO, trigger, watch } from "./gradio.js";
import { onLayer, stepped } from "./layers.js";

let linked = citationIn(location.hash); // the citation that the address names, until it is shown
export let current = null; // the open conversation, "" for one that is not kept yet, null before the list is there

function idIn(address) {
  return new URL(address).searchParams.get("conversation") || "";
}

function citationIn(hash) {
  return hash.startsWith("#cite-") ? hash.slice("#cite-".length) : "";
}

function addressOf(id) {
  const address = new URL(location.href);
  if (id) address.searchParams.set("conversation", id);
  else address.searchParams.delete("conversation");
  address.hash = "";
  return address;
}

function visit(id) {
  trigger("conversation", { id });
}

function leave(id) {
  if (id !== idIn(location.href)) history[onLayer() ? "replaceState" : "pushState"](null, "", addressOf(id));
  closeMenu();
}

// The citation that the address names, once its conversation is there.
export function takeLinked() {
  const id = current === idIn(location.href) ? linked : "";
  if (id) linked = "";
  return id;
}

// Give the page the address of the conversation that is open.
function nameCurrent() {
  if (current !== null && current !== idIn(location.href)) history.replaceState(history.state, "", addressOf(current));
}

// True if the list says that another conversation has taken the place of one.
export function followList() {
  const before = current;
  current = document.querySelector(".m-kept")?.dataset.current ?? before;
  if (current === before) return false;
  document.documentElement.classList.remove("m-coming");
  nameCurrent();
  return Boolean(before);
}

// An address that names a citation goes on to name the one that is shown.
function followCitation() {
  const shown = element.querySelector("[data-source]")?.dataset.source;
  if (!shown || linked || !citationIn(location.hash)) return;
  history.replaceState(history.state, "", `${location.pathname}${location.search}#cite-${shown}`);
}

// While either is asked, an answer may come and the list change: gradio keeps its elements for other conversations.
function rename(item) {
  const id = item.dataset.conversation;
  const link = item.querySelector("a.m-conversation");
  const box = document.createElement("input");
  let open = true;
  Object.assign(box, { className: "m-retitle", value: link.title, maxLength: 200, dir: "auto" });
  box.ariaLabel = words.new_title;
  const done = (key) => {
    if (!open) return;
    open = false;
    box.replaceWith(link);
    if (key) link.focus();
    const title = box.value.trim();
    if (key === "Escape" || !title || title === link.title) return;
    trigger("rename", { id, title });
  };
  box.addEventListener("blur", () => done(""));
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || !["Enter", "Escape"].includes(event.key)) return;
    event.stopPropagation(); // Escape closes the source otherwise
    done(event.key);
  });
  item.querySelector("details").open = false;
  link.replaceWith(box);
  box.select();
}

function remove(item) {
  const id = item.dataset.conversation;
  const dialog = document.querySelector("#m-delete");
  dialog.querySelector("bdi").textContent = item.querySelector("a.m-conversation").title;
  ifSure(dialog, () => {
    document.querySelector("#m-fresh").focus();
    trigger("delete", { id });
  });
}

function forget(documents) {
  ifSure(document.querySelector("#m-forget"), () => {
    document.querySelector(GRADIO.box).focus();
    trigger("forget", { documents });
  });
}

function ifSure(dialog, act) {
  dialog.returnValue = "";
  dialog.onclose = () => dialog.returnValue && act();
  dialog.showModal();
}

document.addEventListener("click", (event) => {
  const target = event.target.closest("a.m-conversation, a.m-link, [data-conversation] [data-do], .m-forget, #m-fresh");
  if (!target || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const item = target.closest("[data-conversation]");
  if (target.id === "m-fresh") return leave("");
  if (target.matches(".m-forget")) return forget(target.dataset.documents);
  if (target.dataset.do) return target.dataset.do === "rename" ? rename(item) : remove(item);
  event.preventDefault();
  if (!item) return copy(target.href, target, words.copy_link);
  leave(item.dataset.conversation);
  visit(item.dataset.conversation);
});

window.addEventListener("popstate", () => {
  if (stepped()) return nameCurrent();
  linked = citationIn(location.hash);
  visit(idIn(location.href));
});

watch("value", followCitation);
document.documentElement.classList.toggle("m-coming", idIn(location.href) !== "");
if (idIn(location.href)) visit(idIn(location.href));
else trigger("conversations", {}); // to open none would stop a question that is asked at once
