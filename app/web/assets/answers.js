// An answer: copies it, puts what was searched into the box to be edited.

async function copy(link) {
  const parts = [...link.parentElement.querySelector(".m-clip").childNodes];
  const text = parts.map((part) => (part.nodeName === "BR" ? "\n" : part.textContent)).join("");
  try {
    await clip(text);
    link.textContent = words.copied;
  } catch {
    link.textContent = words.not_copied;
  }
  setTimeout(() => (link.textContent = words.copy), 2000);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("#m-chat a[href='#copy'], #m-chat a[href^='#edit-']");
  if (!link) return;
  event.preventDefault();
  if (link.hash === "#copy") return copy(link);
  trigger("edit", { turn: Number(link.hash.slice("#edit-".length)) });
  document.querySelector("#m-ask textarea").focus();
});
