// Whom to call. Also without a network: a telephone needs none of this tablet's.

import { h, paragraphs } from "./elements.js";
import { button, buttons, heading } from "./pieces.js";
import { say, texts } from "./words.js";

export async function help() {
  return {
    title: say("get_help"),
    content: [
      heading(say("get_help"), "step.help"),
      texts().help.map(section),
      buttons(button(say("back"), () => history.back(), { variant: "secondary", picture: "button.back" })),
    ],
  };
}

function section({ title, advice, calls }) {
  return h("section", h("h2.govuk-heading-m", title), paragraphs(advice), calls.map(call));
}

function call({ phone, about, name }) {
  const words = [say("call", { phone }), name && h("span.govuk-visually-hidden", `: ${name}`)];
  return [
    name && h("h3.govuk-heading-s", name),
    h("p.govuk-body", h("a.help-number", { href: `tel:${phone.replaceAll(" ", "")}` }, words)),
    about.map(({ words, language }) => h("p.govuk-body", language && { lang: language }, words)),
  ];
}
