// What several scripts use: the page's phrases, the question box, the clipboard.

import { GRADIO } from "./gradio.js";

export const words = JSON.parse(document.querySelector("#m-words").textContent); // and the names of the page's cookie and server
export const questionBox = () => document.querySelector(GRADIO.box);
export const wide = window.matchMedia("(min-width: 1001px)");
export const isWide = () => wide.matches;

// On a narrow page what lies over the conversation leaves it no focus, which would not be seen there.
export function cover() {
  const [source, menu] = ["#m-source.m-open", GRADIO.opened].map((part) => document.querySelector(part) !== null);
  document.querySelector("#m-talk").inert = !isWide() && (source || menu);
  document.querySelector("#m-documents").inert = !isWide() && source;
}
wide.addEventListener("change", cover);

export function closeMenu() {
  if (!isWide() && document.querySelector(GRADIO.opened)) document.querySelector(GRADIO.toggle).click();
}

export const fill = (phrase, parts) => phrase.replace(/\{(\w+)\}/g, (whole, name) => parts[name] ?? whole);

// A phrase by its number, as Count of count.py chooses it.
export function counted(phrase, n, parts = {}) {
  const rest = n % 100;
  const many = rest >= 11 ? "many" : rest >= 3 ? "few" : "other";
  return fill(phrase[n === 1 ? "one" : n === 2 ? "two" : many], { n: n.toLocaleString("en"), ...parts });
}

// Copies, and says so in the button or link for two seconds, then `label` again.
export async function copy(text, button, label) {
  try {
    await clip(text);
    button.textContent = words.copied;
  } catch {
    button.textContent = words.not_copied;
  }
  setTimeout(() => (button.textContent = label), 2000);
}

// Without https, which a server among colleagues may lack, a browser has only the old way.
async function clip(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const box = document.body.appendChild(document.createElement("textarea"));
  box.value = text;
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  if (!done) throw new Error("expected the browser to copy");
}
