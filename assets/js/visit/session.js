// What this page knows while it is open: which visit, the PIN's key, and the person's answers so far. Nothing of it
// outlives the page; what has to is in the store.

import { enclosed, hex } from "./envelope.js";
import * as store from "./store.js";
import * as vault from "./vault.js";

const PERSON = "person";
const SEEN = "seen";

// known: all visits on this tablet. isWithPerson: whether a person holds the tablet, and not the pair. draft.end: the
// one screen that is left when somebody has finished.
export const session = {
  record: null,
  known: [],
  look: {},
  key: null,
  draft: null,
  saved: false,
  isWithPerson: false,
  wasEmptied: false,
};

// Forgets the key and everything that it opened. The next screen asks for the PIN.
export const lock = () => Object.assign(session, { key: null, draft: null, saved: false, isWithPerson: false });

export async function open(record, key) {
  Object.assign(session, { record, key });
  session.draft = await vault.kept(key, record.id, PERSON);
}

export async function changeLook(changes) {
  session.look = { ...session.look, ...changes };
  await store.putLook(session.look);
}

// Somebody begins. token: the secret of the link that they may keep; see app/services/links.py.
export function begin(audience) {
  const { alphabet, length } = session.record.package.token;
  const token = [...vault.random(length)].map((byte) => alphabet[byte % alphabet.length]).join("");
  const language = session.look.language ?? session.record.package.languages[0].code;
  const edition = audience === "person" ? "easy-read" : "standard";
  session.draft = { token, audience, edition, language, consent: null, how: null, who: [], ways: [], answers: {} };
}

export async function change(changes) {
  Object.assign(session.draft, changes);
  if (session.draft.consent) await saveDraft(); // nothing is kept of somebody who has not agreed
}

export async function answer(questionId, option) {
  const answers = { ...session.draft.answers };
  delete answers[questionId];
  if (option) answers[questionId] = { option, language: session.draft.language };
  await change({ answers });
  session.saved = true;
}

async function saveDraft() {
  await vault.keep(session.key, session.record.id, PERSON, session.draft);
}

// Closes the answers for good: from here on this tablet can send them, and nobody can open them on it. word: what locks
// them on the other side, or nothing; it lies nowhere but in the envelope.
export async function finish(word) {
  const { id, package: made } = session.record;
  const item = await enclosed(made.seal_key, id, { kind: "answers", ...session.draft, word });
  await store.finish(id, PERSON, [item]);
  const { token, audience, edition, language } = session.draft;
  session.draft = { token, audience, edition, language, end: "done", hasWord: Boolean(word) };
}

export async function discard() {
  await store.forget(session.record.id, PERSON);
  const { audience, edition, language } = session.draft;
  session.draft = { audience, edition, language, end: "declined" };
}

// What the pair saw: { now: { standard: { seen, note } }, sent: standards }. It is read anew each time, and changed by
// one tab at a time: another tab may have written or sent something meanwhile.
export const seenSoFar = async () =>
  (await vault.kept(session.key, session.record.id, SEEN)) ?? { now: {}, sent: [] };
const alone = (work) => navigator.locks.request("driving-seat-seen", work);

export const keepSeen = (standardId, seen, note) =>
  alone(async () => {
    const { now, sent } = await seenSoFar();
    const left = { now: { ...now, [standardId]: { seen, note } }, sent };
    await vault.keep(session.key, session.record.id, SEEN, left);
  });

// Puts what the pair saw into the queue, and remembers of which standards.
export const finishSeen = () =>
  alone(async () => {
    const { id, package: made } = session.record;
    const { now, sent } = await seenSoFar();
    const contents = Object.entries(now).map(([standard, said]) => ({ kind: "observation", standard, ...said }));
    if (!contents.length) return;
    const items = await Promise.all(contents.map((content) => enclosed(made.seal_key, id, content)));
    const left = { now: {}, sent: [...new Set([...sent, ...Object.keys(now)])] };
    await store.finish(id, SEEN, items, await vault.box(session.key, SEEN, left));
  });

export const newSecret = () => hex(vault.random(32));
