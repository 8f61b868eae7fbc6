// Sizes, colours, pictures, language and edition: on every screen, and at once.

import { h } from "./elements.js";
import { session, change, changeLook } from "./session.js";
import { drawing } from "./pieces.js";
import { isEasyRead, language, say } from "./words.js";

const SIZES = ["normal", "large", "largest"];
const THEMES = ["auto", "light", "dark", "contrast"];
const PICTURES = ["on", "off"];
const EDITIONS = ["easy-read", "standard"];

export function dress() {
  const { size = "normal", theme = "auto", pictures = "on" } = session.look;
  const own = [pictures === "off" && "without-pictures", isEasyRead() && "easy-read"];
  document.documentElement.className = ["govuk-template", `text-${size}`, `theme-${theme}`, "narrow", ...own]
    .filter(Boolean)
    .join(" ");
}

// again: shows the screen once more, with what was chosen on it. isPerson: whether a person answers on it.
export function lookPanel(again, isPerson) {
  return h(
    "section.look",
    { "aria-label": say("look") },
    h(
      "details",
      { id: "look-panel" },
      h("summary.look__summary", drawing("button.look"), h("span", say("look"))),
      h(
        "div.look__panel",
        group(again, "size", SIZES, session.look.size ?? "normal"),
        group(again, "theme", THEMES, session.look.theme ?? "auto"),
        isEasyRead() && group(again, "pictures", PICTURES, session.look.pictures ?? "on"),
        isPerson && editions(again),
        session.record.package.languages.length > 1 && languages(again, isPerson),
      ),
    ),
  );
}

// The other languages, to press at the top of every screen.
export function languageSwitch(again, isPerson) {
  return session.record.package.languages
    .filter(({ code }) => code !== language())
    .map(({ code, name }) => {
      const click = () => choose(code, isPerson).then(again);
      return h("button.language", { type: "button", lang: code, click }, drawing("button.language"), name);
    });
}

const choose = (code, isPerson) => (isPerson ? change({ language: code }) : changeLook({ language: code }));

function group(again, name, values, now) {
  const options = values.map((value) =>
    choice(say(`${name}_${value}`), value === now, () => changeLook({ [name]: value }).then(again)),
  );
  return titled(name, say(`look_${name}`), options);
}

function editions(again) {
  const options = EDITIONS.map((value) =>
    choice(say(`edition_${value}`), value === session.draft.edition, () => change({ edition: value }).then(again)),
  );
  return titled("edition", say("look_edition"), options);
}

function languages(again, isPerson) {
  const options = session.record.package.languages.map(({ code, name }) =>
    choice(name, code === language(), () => choose(code, isPerson).then(again), { lang: code }),
  );
  return titled("language", say("look_language"), options);
}

const choice = (words, isOn, click, more = {}) =>
  h("button.look__choice", { type: "button", "aria-pressed": String(isOn), click, ...more }, words);

const titled = (name, words, options) =>
  h(
    "div.look__group",
    { role: "group", "aria-labelledby": `look-${name}` },
    h("p.look__title", { id: `look-${name}` }, words),
    h("div.look__choices", options),
  );
