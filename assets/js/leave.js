// Leaves the page at once, so that going back does not show it again. Shift, three times in a row, does the same; not
// where words are typed, so that nobody loses them to a slip.
const link = document.querySelector("[data-leave]");
const within = 3000; // milliseconds from the first press to the third
let presses = [];

function leave() {
  document.body.hidden = true;
  location.replace(link.href);
}

function countShift(event) {
  if (event.target.matches(":read-write")) return;
  presses = event.key === "Shift" ? [...presses.filter((at) => event.timeStamp - at < within), event.timeStamp] : [];
  if (presses.length === 3) leave();
}

if (link) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    leave();
  });
  document.addEventListener("keyup", countShift);
}
