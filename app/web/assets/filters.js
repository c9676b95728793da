// The filter: its days are fields of days, its chips take a part of it away.

document.addEventListener("click", (event) => {
  const chip = event.target.closest("#m-active [data-drop]");
  if (!chip) return;
  trigger("drop", { kind: chip.dataset.drop, value: chip.dataset.value ?? "" });
  document.querySelector("#m-ask textarea").focus();
});

new MutationObserver(() => {
  for (const field of document.querySelectorAll("#m-filter-days input[type=text]")) field.type = "date";
}).observe(document.body, { childList: true, subtree: true });
