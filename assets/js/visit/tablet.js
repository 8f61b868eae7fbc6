// The app on the tablet: one page, shown without a network. The address after # says which visit and which screen;
// answers are never in it.

import { contact, report } from "./contact.js";
import { h } from "./elements.js";
import { help } from "./help-screen.js";
import { dress, languageSwitch, lookPanel } from "./look-panel.js";
import { home, noVisit, pin, sending } from "./pair-screens.js";
import { check, consent, declined, done, helped, how, question, stopped, welcome, whereTheyWere, word } from "./person-screens.js";
import { back, note } from "./pieces.js";
import { see, seeOne } from "./seeing-screens.js";
import { lock, session } from "./session.js";
import * as store from "./store.js";
import { language, say, texts } from "./words.js";

const PAIR = { home, send: sending, see, "see/": seeOne };
const PERSON = { welcome, consent, how, helped, "question/": question, check, word, done, stopped, declined };
const LOOK_EVERY = 10_000; // milliseconds
const main = document.getElementById("main");
const [before, look, tools] = ["before", "look", "tools"].map((id) => document.getElementById(id));
const fixed = JSON.parse(document.getElementById("words").textContent);

function place() {
  const [, visitId = "", screen = "", part = ""] = location.hash.split("/").map(decodeURIComponent);
  return { visitId, screen, part };
}

function go(screen, part = "") {
  const address = `#/${session.record.id}/${screen}${part && `/${part}`}`;
  if (address === location.hash) return show();
  location.hash = address;
}

// Which screen may be shown now. A pair's screen needs the PIN again when a person has held the tablet.
function allowed({ screen, part }) {
  const name = part ? `${screen}/` : screen;
  if (name === "help") return { make: help, isPerson: session.isWithPerson };
  const holdsPerson = session.key && session.draft;
  const mayGoOn = [undefined, name].includes(session.draft?.end);
  if (holdsPerson && PERSON[name] && mayGoOn) return { make: PERSON[name], isPerson: true };
  if (session.key && PAIR[name] && !session.isWithPerson) return { make: PAIR[name] };
  lock();
  return { make: pin };
}

let shownAt = 0;

async function show(more, isAgain = false) {
  const turn = ++shownAt;
  const at = place();
  await prepare(at.visitId);
  if (!session.record) return noneHere();
  if (at.screen === "resume" && session.key && session.draft) return resume();
  const { make, isPerson = false } = allowed(at);
  session.isWithPerson = isPerson;
  const again = (said) => show(said, true);
  const screen = await make({ go, again, part: at.part }, more);
  if (turn !== shownAt) return; // another screen was asked for meanwhile
  render(screen, isPerson, isAgain);
}

function resume() {
  if (!session.draft.consent) return go("welcome");
  return go("question", whereTheyWere());
}

async function prepare(visitId) {
  session.look = await store.look();
  const known = await store.allVisits();
  const wished = known.find((each) => each.id === visitId) ?? (known.length === 1 ? known[0] : null);
  if (!isSame(session.record, wished)) {
    lock();
    session.record = wished;
  }
  session.known = known;
}

// Whether it is one visit with one PIN: another tab may have chosen a new one.
const isSame = (one, other) => one?.id === other?.id && String(one?.salt) === String(other?.salt);

function render(screen, isPerson, isAgain) {
  const chosen = isAgain ? filledIn() : null;
  dress();
  document.documentElement.lang = language();
  document.title = `${screen.title} – ${fixed.name}`;
  document.querySelector(".govuk-skip-link").textContent = say("skip_link");
  frame(screen, isPerson);
  main.replaceChildren(...made([...notes(isPerson), ...screen.content]));
  if (chosen) fillIn(chosen);
  const first = main.querySelector("[data-first]") ?? main.querySelector("h1");
  first?.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

// What stands around a screen: the way back, how it looks, the other languages, and help.
function frame(screen, isPerson) {
  const again = () => show(undefined, true);
  const isOpen = look.querySelector("details")?.open;
  before.replaceChildren(...(screen.back ? [back(screen.back)] : []));
  look.replaceChildren(lookPanel(again, isPerson));
  look.querySelector("details").open = isOpen;
  const helpLink = h("a.get-help", { href: `#/${session.record.id}/help` }, say("get_help"));
  tools.replaceChildren(...languageSwitch(again, isPerson), helpLink);
}

const notes = (isPerson) => [
  session.record.package.made_up && note(say("made_up")),
  isPerson && !texts().is_reviewed && note(say("unreviewed")),
];

const made = (content) => content.flat(Infinity).filter((each) => each instanceof Node);
const inputs = () => [...main.querySelectorAll("input, textarea")];

const filledIn = () => new Map(inputs().map((input) => [input.id, [input.checked, input.value]]));

function fillIn(values) {
  for (const input of inputs()) {
    if (!values.has(input.id) || input.type === "password") continue;
    const [checked, value] = values.get(input.id);
    if (["radio", "checkbox"].includes(input.type)) input.checked = checked;
    else input.value = value;
  }
}

// No visit is chosen: none is ready here, or there are several.
function noneHere() {
  for (const part of [before, look, tools]) part.replaceChildren();
  if (!session.known.length) return main.replaceChildren(...made(noVisit(session.wasEmptied ? fixed.emptied : fixed.none)));
  const items = session.known.map((each) => h("li", h("a.govuk-button", { href: `#/${each.id}/pin` }, each.package.provider)));
  main.replaceChildren(h("h1.govuk-heading-xl", { tabindex: -1 }, fixed.choose), h("ul.govuk-list", items));
}

let isLooking = false;

// In touch again: is one of the visits to be emptied?
async function lookAround() {
  if (isLooking || !navigator.onLine) return;
  isLooking = true;
  try {
    for (const record of await store.allVisits()) {
      const { state } = await contact(record);
      if (state === "wiped") await show();
    }
  } finally {
    isLooking = false;
  }
}

window.addEventListener("hashchange", () => show());
window.addEventListener("online", lookAround);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && lookAround());
setInterval(lookAround, LOOK_EVERY); // "online" often comes before the network works
await show();
await report();
await lookAround();
