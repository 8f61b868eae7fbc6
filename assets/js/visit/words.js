// The words of the screens, as the package brings them in every language: none stands in a script.

import { session } from "./session.js";

// The language is the answering person's while there is one, and the pair's otherwise.
export function language() {
  const codes = session.record.package.languages.map(({ code }) => code);
  const wished = session.draft?.language ?? session.look.language;
  return codes.includes(wished) ? wished : codes[0];
}

export const texts = () => session.record.package.in[language()];

export function say(key, values = {}) {
  return texts().words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

// What the answering person reads: questions, options and texts in their edition.
export const reading = () => texts().readers[`${session.draft.edition}/${session.draft.audience}`];
export const isEasyRead = () => session.draft?.edition === "easy-read";

export function picture(id) {
  const found = session.record.package.pictures[id];
  return found && session.look.pictures !== "off" ? found : null;
}
