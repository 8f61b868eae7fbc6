// The pair's own screens: the PIN, the visit, and sending.

import { send } from "./contact.js";
import { h, paragraph } from "./elements.js";
import { button, buttons, errorSummary, field, form, heading, link, list, press, warning } from "./pieces.js";
import { begin, finishSeen, lock, open, seenSoFar, session } from "./session.js";
import * as store from "./store.js";
import * as vault from "./vault.js";
import { say } from "./words.js";

const pinInput = (id, error) =>
  h(`input.govuk-input.govuk-input--width-10${error ? ".govuk-input--error" : ""}`, {
    id,
    name: id,
    type: "password",
    inputmode: "numeric",
    autocomplete: "off",
  });

export async function pin({ go, again }, error = "") {
  const isNew = !session.record.check;
  return {
    title: say(isNew ? "pin_choose" : "pin_give"),
    content: [
      errorSummary(error, "pin"),
      h("span.govuk-caption-xl", session.record.package.provider),
      heading(say(isNew ? "pin_choose" : "pin_give")),
      isNew && [paragraph(say("pin_why")), warning(say("pin_warning"))],
      form(
        (values) => (isNew ? choosePin(values, { go, again }) : unlock(values, { go, again })),
        field(say("pin"), pinInput("pin", error), { hint: isNew ? say("pin_hint") : "", error }),
        isNew && field(say("pin_again"), pinInput("pin-again", "")),
        press(say(isNew ? "pin_keep" : "pin_open")),
      ),
    ],
  };
}

async function choosePin(values, { go, again }) {
  const chosen = values.get("pin").trim();
  if (!vault.isPin(chosen)) return again(say("pin_too_short"));
  if (chosen !== values.get("pin-again").trim()) return again(say("pin_differs"));
  if ((await store.visit(session.record.id)).check) return again(); // another tab was first
  return enter(await vault.choosePin(session.record.id, chosen), go);
}

async function unlock(values, { go, again }) {
  const { key, left } = await vault.unlock(session.record.id, values.get("pin").trim());
  if (key) return enter(key, go);
  session.record = await store.visit(session.record.id);
  return again(left ? say("pin_wrong", { left }) : say("pin_emptied"));
}

async function enter(key, go) {
  await open(await store.visit(session.record.id), key);
  go("home");
}

export async function home({ go }) {
  const made = session.record.package;
  const count = await store.waitingCount(session.record.id);
  const { now, sent } = await seenSoFar();
  const written = Object.keys(now).length;
  const start = (audience) => () => {
    begin(audience);
    go("welcome");
  };
  return {
    title: made.provider,
    content: [
      h("span.govuk-caption-xl", say("visit")),
      heading(made.provider),
      h("p.lead", { role: "status" }, count ? say("waiting", { count }) : say("nothing_waiting")),
      session.draft
        ? [warning(say("somebody_began")), buttons(button(say("go_on"), () => go("resume")))]
        : buttons(button(say("ask_person"), start("person")), button(say("ask_family"), start("family"), { variant: "secondary" })),
      h("h2.govuk-heading-m", say("seen_title")),
      paragraph(say("seen_count", { written, all: made.standards_count, sent: sent.length })),
      buttons(button(say("seen_write"), () => go("see"), { variant: "secondary" })),
      h("h2.govuk-heading-m", say("send_title")),
      paragraph(say("send_when")),
      buttons(button(say("send"), () => go("send")), button(say("lock"), () => (lock(), go("pin")), { variant: "secondary" })),
    ],
  };
}

export async function sending({ go, again }, result = null) {
  const waiting = await store.waiting(session.record.id);
  const refused = waiting.filter((item) => item.refused);
  const written = Object.keys((await seenSoFar()).now).length;
  const sendNow = async () => {
    await finishSeen();
    again(await send(session.record));
  };
  return {
    title: say("send_title"),
    back: `#/${session.record.id}/home`,
    content: [
      heading(say("send_title")),
      result && outcome(result),
      h("p.lead", { role: "status" }, waiting.length + written ? say("waiting", { count: waiting.length + written }) : say("nothing_waiting")),
      list([say("send_once"), say("send_seen"), say("send_kept")]),
      buttons(button(say("send"), sendNow), button(say("back_to_visit"), () => go("home"), { variant: "secondary" })),
      refused.length > 0 && refusals(refused, again),
    ],
  };
}

function outcome({ state, sent, refused }) {
  const tell = { sent: refused ? "send_some_refused" : "send_done", stopped: "send_stopped", away: "send_away", "sign-in": "send_sign_in" };
  const next = encodeURIComponent(`/visits/tablet#/${session.record.id}/send`);
  return h(
    "div.govuk-inset-text",
    { role: "status", tabindex: -1, "data-first": true },
    h("p.govuk-body", say(tell[state], { sent, refused })),
    state === "away" && paragraph(say("send_clock")), // a certificate is checked by the clock
    state === "sign-in" && h("p.govuk-body", h("a.govuk-button", { href: `/sign-in?next=${next}` }, say("sign_in"))),
  );
}

// What the installation will not take stays until the pair deletes it, with the reason beside it.
function refusals(refused, again) {
  const reasons = [...new Set(refused.map((item) => item.refused))];
  const remove = async () => {
    for (const item of refused) await store.remove(item.id);
    again();
  };
  return h(
    "section",
    h("h2.govuk-heading-m", say("refused_title")),
    paragraph(say("refused_count", { count: refused.length })),
    list(reasons),
    paragraph(say("refused_what")),
    h("details.govuk-details", h("summary.govuk-details__summary", h("span.govuk-details__summary-text", say("refused_delete"))),
      h("div.govuk-details__text", paragraph(say("refused_sure")), button(say("refused_delete_now"), remove, { variant: "warning" }))),
  );
}

// Without a visit: nothing was made ready, or the tablet was emptied.
export function noVisit(words) {
  return [heading(words.title), paragraph(words.text), h("p.govuk-body", link(words.link, "/visits"))];
}
