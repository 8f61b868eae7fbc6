// The parts that screens are made of: the same markup as the pages of the server have.

import { h } from "./elements.js";
import { isEasyRead, picture, say } from "./words.js";

const named = (variant) => `button.govuk-button${variant && `.govuk-button--${variant}`}`;

// A picture beside words that say the same, in Easy Read alone.
export function drawing(id) {
  const found = id && isEasyRead() ? picture(id) : null;
  return found && h("img.picture", { src: found.url, alt: "", width: found.width, height: found.height });
}

export const heading = (words, pictureId = "") =>
  h("div.step", drawing(pictureId), h("h1.govuk-heading-xl", { tabindex: -1 }, words));

export function button(words, press, { variant = "", picture = "" } = {}) {
  return h(named(variant), { type: "button", click: onceAtATime(press) }, drawing(picture), words);
}

export const press = (words, { value = "", variant = "", picture = "" } = {}) =>
  h(named(variant), { type: "submit", value }, drawing(picture), words);

export const link = (words, href) => h("a.govuk-link", { href }, words);
export const back = (href) => h("nav", { "aria-label": say("back") }, h("a.govuk-back-link", { href }, say("back")));
export const notice = (words) => h("p.saved", { role: "status" }, words);
export const note = (words) => h("div.note", h("p.govuk-body", words));
export const warning = (words) =>
  h(
    "div.govuk-warning-text",
    h("span.govuk-warning-text__icon", { "aria-hidden": "true" }, "!"),
    h("strong.govuk-warning-text__text", h("span.govuk-visually-hidden", say("warning")), ` ${words}`),
  );

export function errorSummary(message, target) {
  if (!message) return null;
  return h(
    "div.govuk-error-summary",
    { role: "alert", tabindex: -1, "data-first": true },
    h("h2.govuk-error-summary__title", say("there_is_a_problem")),
    h("ul.govuk-list.govuk-error-summary__list", h("li", goTo(message, target))),
  );
}

// A link within the page; the address stays the screen's.
function goTo(words, target) {
  const go = (event) => {
    event.preventDefault();
    document.getElementById(target)?.focus();
  };
  return h("a", { href: `#${target}`, click: go }, words);
}

const errorMessage = (id, message) =>
  message &&
  h("p.govuk-error-message", { id: `${id}-error` }, h("span.govuk-visually-hidden", say("error")), ` ${message}`);

// Cards to press. groups: lists of { id, label, more, picture }; "or" stands between them.
function cards({ name, kind = "radio", groups, chosen, isBold }) {
  const block = kind === "radio" ? "govuk-radios" : "govuk-checkboxes";
  return groups.map((group, place) =>
    h(
      `div.${block}.choices${isBold && !place ? ".choices__answers" : ""}`,
      place > 0 && h("div.govuk-radios__divider", say("or")),
      group.map((each) => card(name, kind, block, each, [chosen].flat().includes(each.id))),
    ),
  );
}

function card(name, kind, block, each, checked) {
  const id = `${name}-${each.id}`;
  const words = h("span.choices__words", each.label, each.more && [" ", h("span.choices__more", each.more)]);
  return h(
    `div.${block}__item`,
    h(`input.${block}__input`, { id, name, type: kind, value: each.id, checked }),
    h(`label.govuk-label.${block}__label`, { for: id }, drawing(each.picture), words),
  );
}

// One thing to choose. asks: { name, title, help, kind, groups, chosen, isBold, picture, isHeading, sound }.
export function choosing(asks, error = "") {
  const { name, title, help = [], isHeading } = asks;
  const described = [help.length && `${name}-help`, error && `${name}-error`].filter(Boolean).join(" ");
  return h(
    `div.govuk-form-group${error ? ".govuk-form-group--error" : ""}`,
    h(
      "fieldset.govuk-fieldset",
      { "aria-describedby": described || null },
      isHeading ? headingLegend(asks) : h("legend.govuk-fieldset__legend.govuk-fieldset__legend--m", title),
      help.length > 0 && h("div", { id: `${name}-help` }, help.map((words) => h("p.question__help", words))),
      asks.sound && listen(asks.sound),
      errorMessage(name, error),
      cards(asks),
    ),
  );
}

function headingLegend({ title, picture }) {
  const words = [drawing(picture), h("span.asked__words", title)];
  return h(
    "legend.govuk-fieldset__legend.govuk-fieldset__legend--l",
    h("h1.govuk-fieldset__heading.asked", { tabindex: -1 }, words),
  );
}

function listen(src) {
  return h(
    "details.listen",
    h("summary.listen__button", say("listen")),
    h("div.listen__sound", h("audio.listen__player", { controls: true, preload: "none", src }), h("span.listen__credit", say("machine_voice"))),
  );
}

// A form that does not leave the page. save: is given the form's values and which button was pressed.
export function form(save, ...parts) {
  const submit = onceAtATime((event) => save(new FormData(event.target), event.submitter?.value));
  return h("form", { submit, novalidate: true, autocomplete: "off" }, parts); // off: the browser keeps nothing typed
}

// A second press while the first one works does nothing.
function onceAtATime(work) {
  let isBusy = false;
  return async (event) => {
    event.preventDefault();
    if (isBusy) return;
    isBusy = true;
    try {
      await work(event);
    } finally {
      isBusy = false;
    }
  };
}

export function field(label, input, { hint = "", error = "" } = {}) {
  const described = [hint && `${input.id}-hint`, error && `${input.id}-error`].filter(Boolean).join(" ");
  if (described) input.setAttribute("aria-describedby", described);
  return h(
    `div.govuk-form-group${error ? ".govuk-form-group--error" : ""}`,
    h("label.govuk-label.govuk-label--s", { for: input.id }, label),
    hint && h("div.govuk-hint", { id: `${input.id}-hint` }, hint),
    errorMessage(input.id, error),
    input,
  );
}

export const buttons = (...all) => h("div.govuk-button-group", all);
export const list = (items) =>
  h("ul.govuk-list.govuk-list--bullet.govuk-list--spaced", items.map((words) => h("li", words)));
