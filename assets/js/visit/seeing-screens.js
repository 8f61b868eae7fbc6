// What the pair itself saw, standard by standard. It is kept apart from what people answer.

import { h, paragraph, paragraphs } from "./elements.js";
import { buttons, choosing, errorSummary, field, form, heading, link, press, warning } from "./pieces.js";
import { keepSeen, seenSoFar, session } from "./session.js";
import { say, texts } from "./words.js";

const LONGEST_NOTE = 2000; // app/responses/visit.py

export async function see() {
  const { now, sent } = await seenSoFar();
  const state = (id) => (now[id] ? texts().seen.find((each) => each.id === now[id].seen).label : sent.includes(id) ? say("seen_sent") : say("seen_nothing"));
  return {
    title: say("seen_title"),
    back: `#/${session.record.id}/home`,
    content: [
      heading(say("seen_title")),
      paragraphs([say("seen_about"), say("seen_apart")]),
      h(
        "dl.govuk-summary-list.answers",
        texts().standards.map(({ id, title }) =>
          h(
            "div.govuk-summary-list__row",
            h("dt.govuk-summary-list__key", title),
            h(`dd.govuk-summary-list__value${now[id] || sent.includes(id) ? "" : ".unanswered"}`, state(id)),
            h("dd.govuk-summary-list__actions", link([say(now[id] ? "change" : "write"), h("span.govuk-visually-hidden", ` “${title}”`)], `#/${session.record.id}/see/${id}`)),
          ),
        ),
      ),
      buttons(h("a.govuk-button", { href: `#/${session.record.id}/home` }, say("back_to_visit"))),
    ],
  };
}

export async function seeOne({ go, again, part }, error = "") {
  const standard = texts().standards.find((each) => each.id === part);
  const said = (await seenSoFar()).now[part] ?? { seen: "", note: "" };
  const note = h("textarea.govuk-textarea", { id: "note", name: "note", rows: 6, maxlength: LONGEST_NOTE });
  note.value = said.note;
  const save = async (values) => {
    if (!values.get("seen")) return again(say("seen_choose"));
    await keepSeen(part, values.get("seen"), values.get("note"));
    return go("see");
  };
  return {
    title: standard.title,
    back: `#/${session.record.id}/see`,
    content: [
      errorSummary(error, `seen-${texts().seen[0].id}`),
      h("span.govuk-caption-xl", say("seen_title")),
      heading(standard.title),
      paragraph(say("seen_is_not", { text: standard.is_not })),
      form(
        save,
        choosing({ name: "seen", title: say("seen_how_much"), groups: [texts().seen], chosen: said.seen }, error),
        warning(say("seen_no_names")),
        field(say("seen_note"), note, { hint: say("seen_note_hint") }),
        press(say("save")),
      ),
    ],
  };
}
