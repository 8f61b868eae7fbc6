// Whom to call. Also without a network: a telephone needs none of this tablet's.

import { h, paragraph } from "./elements.js";
import { button, buttons, heading } from "./pieces.js";
import { say, texts } from "./words.js";

export async function help() {
  return {
    title: say("get_help"),
    content: [
      heading(say("get_help"), "step.help"),
      texts().help.map(({ title, calls }) => h("section", h("h2.govuk-heading-m", title), calls.map(call))),
      buttons(button(say("back"), () => history.back(), { variant: "secondary", picture: "button.back" })),
    ],
  };
}

function call({ phone, about, name }) {
  const words = [say("call", { phone }), name && h("span.govuk-visually-hidden", `: ${name}`)];
  return [
    name && h("h3.govuk-heading-s", name),
    paragraph(about),
    h("p.govuk-body", h("a.help-number", { href: `tel:${phone.replaceAll(" ", "")}` }, words)),
  ];
}
