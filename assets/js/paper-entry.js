// Typing a paper booklet in by keyboard: the number of the ticked box chooses it and goes on to the next question.
// Without this script the same form is filled in with Tab, arrow keys and space.

const form = document.querySelector("[data-paper-entry]");
const rows = [...form.querySelectorAll("[data-paper-row]")];
const check = form.querySelector("button[type=submit]");

const boxesOf = (row) => [...row.querySelectorAll("input")];
const valueOf = (name) => form.querySelector(`input[name="${name}"]:checked`)?.value ?? "";

function counts(row) {
  const { onlyWhen, values } = row.dataset;
  return !onlyWhen || values.split(" ").includes(valueOf(onlyWhen));
}

// What does not count now is put away, and says nothing.
function putAway() {
  for (const row of rows) {
    row.hidden = !counts(row);
    if (row.hidden) boxesOf(row).forEach((box) => (box.checked = box.type === "radio" && box.value === ""));
  }
}

function goTo(row) {
  if (!row) return check.focus();
  const boxes = boxesOf(row);
  (boxes.find((box) => box.checked) ?? boxes[0]).focus();
}

function step(from, by) {
  const shown = rows.filter((row) => !row.hidden);
  const place = shown.indexOf(from) + by;
  if (place >= 0) goTo(shown[place]);
}

function choose(row, number) {
  const box = boxesOf(row).find((each) => each.dataset.number === number);
  if ("several" in row.dataset) {
    if (number === "0") boxesOf(row).forEach((each) => (each.checked = false));
    else if (box) box.checked = !box.checked;
    if (number === "0") step(row, 1);
    return;
  }
  if (!box) return;
  box.checked = true;
  putAway();
  step(row, 1);
}

form.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const row = event.target.closest("[data-paper-row]");
  if (!row) {
    if (event.target === check && ["ArrowUp", "ArrowLeft"].includes(event.key)) {
      event.preventDefault();
      goTo(rows.filter((each) => !each.hidden).at(-1));
    }
    return;
  }
  const key = event.key === " " && !("several" in row.dataset) ? "0" : event.key;
  if (/^[0-9]$/.test(key)) choose(row, key);
  else if (["ArrowUp", "ArrowLeft"].includes(key)) step(row, -1);
  else if (["ArrowDown", "ArrowRight", "Enter"].includes(key)) step(row, 1);
  else return;
  event.preventDefault();
});
form.addEventListener("change", putAway);

document.querySelectorAll("[data-paper-keys]").forEach((words) => (words.hidden = false));
putAway();
if (!document.querySelector(".govuk-error-summary")) goTo(rows[0]);
