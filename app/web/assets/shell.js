// Run as soon as the shell is there: dark or light as gradio will have it, and a box that remembers.
(() => {
  const theme = new URLSearchParams(location.search).get("__theme");
  const dark = theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.body.classList.toggle("dark", dark);

  // Gradio puts its styles behind ours as they come; an adopted sheet stays behind them all.
  const style = document.querySelector("#m-style");
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style.textContent);
  document.adoptedStyleSheets = [sheet];
  style.remove();

  const form = document.querySelector(".m-shell-ask");
  const box = form.querySelector("textarea");
  box.value = sessionStorage.getItem("mustanad-draft") ?? ""; // what states.js kept over a reload
  sessionStorage.removeItem("mustanad-draft");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (box.value.trim()) form.ariaBusy = "true"; // states.js sends it
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
})();
