// A person answers: the same steps as on the pages of a link. One question a screen, and every answer is kept at once.

import { h, paragraphs } from "./elements.js";
import { button, buttons, choosing, drawing, errorSummary, field, form, heading, list, note, notice, press } from "./pieces.js";
import { answer, change, discard, finish, session } from "./session.js";
import { reading, say, texts } from "./words.js";

const to = (screen, part = "") => `#/${session.record.id}/${screen}${part && `/${part}`}`;
const questions = () => reading().questions;
const stop = (go) => button(say("stop"), () => go("stopped"), { variant: "secondary", picture: "button.stop" });

export async function welcome({ go }) {
  const read = reading();
  return {
    title: read.title,
    content: [
      h("span.govuk-caption-xl", texts().about ?? session.record.package.provider),
      heading(read.title, "step.welcome"),
      paragraphs(read.welcome),
      read.note && note(read.note),
      h(
        "section.promises",
        { "aria-labelledby": "promises" },
        h("h2.govuk-heading-m", { id: "promises" }, say("who_sees_what")),
        list([...read.promises, say("pair_sees"), say("nobody_opens"), say("sent_later")]),
      ),
      buttons(button(say("next"), () => go("consent"), { picture: "button.start" }), stop(go)),
    ],
  };
}

export async function consent({ go, again }, error = "") {
  const given = session.draft.consent ?? {};
  const save = async (values) => {
    const [chosen, witness] = [values.get("consent"), values.get("witness")];
    if (!chosen) return again({ consent: say("choose_yes_or_no") });
    if (chosen === "no") return discard().then(() => go("declined"));
    if (chosen === "spoken" && !witness) return again({ witness: say("choose_witness") });
    await change({ consent: { given: chosen, witness: chosen === "spoken" ? witness : null } });
    return go("how");
  };
  const witnesses = { name: "witness", title: say("witness"), help: [say("witness_when")], groups: [texts().witnesses], chosen: given.witness };
  return {
    title: say("consent"),
    back: to("welcome"),
    content: [
      errorSummary(error.consent || error.witness, error.consent ? "consent-ticked" : "witness-family"),
      form(
        save,
        choosing({ name: "consent", title: say("consent"), help: [reading().consent], groups: [texts().consent], chosen: given.given, isHeading: true, picture: "step.consent" }, error.consent),
        choosing(witnesses, error.witness),
        keepOn(),
      ),
    ],
  };
}

export async function how({ go, again }, error = "") {
  const save = async (values, pressed) => {
    if (pressed === "skip") return go("question", "1");
    if (!values.get("how")) return again(say("choose_or_skip"));
    const chosen = values.get("how");
    await change(chosen === "helped" ? { how: chosen } : { how: chosen, who: [], ways: [] });
    return chosen === "helped" ? go("helped") : go("question", "1");
  };
  return {
    title: say("how"),
    back: to("consent"),
    content: [
      errorSummary(error, "how-self"),
      form(
        save,
        choosing({ name: "how", title: say("how"), help: [say("how_help")], groups: [texts().how[session.draft.audience]], chosen: session.draft.how, isHeading: true, picture: "step.how" }, error),
        saveOrSkip(),
      ),
    ],
  };
}

export async function helped({ go }) {
  const save = async (values) => {
    await change({ who: values.getAll("who"), ways: values.getAll("ways") });
    return go("question", "1");
  };
  return {
    title: say("helped"),
    back: to("how"),
    content: [
      heading(say("helped"), "step.helped"),
      form(
        save,
        choosing({ name: "who", kind: "checkbox", title: say("helped_who"), help: [say("tick_all")], groups: [texts().supporters], chosen: session.draft.who }),
        choosing({ name: "ways", kind: "checkbox", title: say("helped_how"), help: [say("tick_all")], groups: [texts().ways], chosen: session.draft.ways }),
        keepOn(),
      ),
    ],
  };
}

export async function question({ go, again, part }, error = "") {
  const number = Number(part);
  const { id, stem, help, listen, answers, others } = questions()[number - 1];
  const count = questions().length;
  const on = () => (number < count ? go("question", String(number + 1)) : go("check"));
  const save = async (values, pressed) => {
    if (pressed !== "skip" && !values.get("answer")) return again(say("choose_or_skip"));
    await answer(id, pressed === "skip" ? null : values.get("answer"));
    return on();
  };
  return {
    title: say("question", { number, count }),
    back: number > 1 ? to("question", number - 1) : to("how"),
    content: [
      errorSummary(error, `answer-${answers[0].id}`),
      h("p.progress__words", say("question", { number, count })),
      h("progress.progress__bar", { max: count, value: number, "aria-hidden": "true" }),
      form(
        save,
        choosing({ name: "answer", title: stem, help, groups: [answers, others], chosen: session.draft.answers[id]?.option, isBold: true, isHeading: true, picture: id, sound: listen }, error),
        saveOrSkip(),
      ),
      session.saved && notice(say("saved")),
      buttons(stop(go)),
    ],
  };
}

const keepOn = () => press(say("save_and_continue"), { picture: "button.save" });
const saveOrSkip = () =>
  buttons(keepOn(), press(say("skip"), { value: "skip", variant: "secondary", picture: "button.skip" }));

export async function check({ go }) {
  const given = questions().map((asked) => ({ ...asked, chosen: labelOf(asked) }));
  const left = given.filter(({ chosen }) => !chosen).length;
  return {
    title: say("check"),
    back: to("question", questions().length),
    content: [
      heading(say("check"), "step.check"),
      paragraphs([left ? say("check_left", { left, count: given.length }) : say("check_all")]),
      h("dl.govuk-summary-list.answers", given.map(givenRow)),
      buttons(button(say("next"), () => go("word"), { picture: "button.start" })),
    ],
  };
}

export async function word({ go, again }, error = "") {
  const input = h("input.govuk-input.govuk-input--width-20", { id: "word", name: "word", autocapitalize: "none", spellcheck: "false" });
  const save = async (values, pressed) => {
    const chosen = pressed === "without" ? "" : plain(values.get("word"));
    if (pressed !== "without" && !isFit(chosen)) return again(say("word_length"));
    await finish(chosen);
    return go("done");
  };
  return {
    title: say("word_title"),
    back: to("check"),
    content: [
      errorSummary(error, "word"),
      heading(say("word_title"), "step.word"),
      paragraphs([say("word_what"), say("word_skip")]),
      form(
        save,
        field(say("word"), input, { hint: say("word_hint"), error }),
        h("h2.govuk-heading-m", say("finish_title")),
        paragraphs([say("finish_locks")]),
        buttons(
          press(say("finish"), { picture: "button.finish" }),
          press(say("finish_without"), { value: "without", variant: "secondary" }),
        ),
      ),
    ],
  };
}

// A word is read as the installation reads it (app/services/coming_back.py), so that both count the same letters.
const plain = (word) => word.normalize("NFKC").split(" ").filter(Boolean).join(" ");
const folded = (word) => word.toLowerCase().toUpperCase().toLowerCase(); // "ẞ" is "ss" there

function isFit(word) {
  const { shortest, longest } = session.record.package.word;
  const length = [...folded(word)].length;
  return length >= shortest && length <= longest;
}

function labelOf({ id, answers, others }) {
  const option = session.draft.answers[id]?.option;
  return [...answers, ...others].find((each) => each.id === option)?.label;
}

function givenRow({ id, stem, chosen }, place) {
  const words = [say(chosen ? "change" : "answer_it"), h("span.govuk-visually-hidden", ` “${stem}”`)];
  return h(
    "div.govuk-summary-list__row",
    h("dt.govuk-summary-list__key", drawing(id), stem),
    h(`dd.govuk-summary-list__value${chosen ? "" : ".unanswered"}`, chosen ?? say("not_answered")),
    h("dd.govuk-summary-list__actions", h("a.govuk-link", { href: to("question", place + 1) }, words)),
  );
}

// The answers are closed by now: all that is still known is the code, and it goes with this screen.
export async function done({ go }) {
  const { token, hasWord } = session.draft;
  const code = token.match(/.{1,4}/g).join("-");
  return {
    title: say("done"),
    content: [
      heading(say("done"), "step.done"),
      paragraphs([say("done_locked")]),
      h("h2.govuk-heading-m", say("code_title")),
      h("p.receipt.receipt--link", `${session.record.package.address.replace(/^https?:\/\//, "")}/a/`, h("wbr"), code),
      paragraphs([hasWord && say("code_with_word"), say(hasWord ? "code_take_back_with_word" : "code_take_back"), say("code_alone")]),
      buttons(button(say("give_back"), () => go("pin"))),
    ],
  };
}

export async function stopped({ go }) {
  const isKept = Boolean(session.draft.consent);
  return {
    title: say("stopped"),
    content: [
      heading(say("stopped"), "button.stop"),
      paragraphs(isKept ? [say("stopped_kept"), say("stopped_later")] : [say("nothing_kept")]),
      buttons(
        button(say("give_back"), () => go("pin")),
        isKept && button(say("discard"), () => discard().then(() => go("pin")), { variant: "secondary" }),
      ),
    ],
  };
}

export async function declined({ go }) {
  return {
    title: say("declined"),
    content: [heading(say("declined"), "button.no"), paragraphs([say("nothing_kept")]), buttons(button(say("give_back"), () => go("pin")))],
  };
}

// Returns the number of the question that follows the last answered one.
export function whereTheyWere() {
  const places = questions().map(({ id }, place) => (session.draft.answers[id] ? place + 1 : 0));
  return String(Math.min(Math.max(...places, 0) + 1, questions().length));
}
