// What lies on this tablet, in one IndexedDB database:
//   visits  a visit's package, the tablet's secret, and what the PIN is checked with
//   kept    what is still being written (a person's answers so far, observations), closed with the PIN's key
//   queue   what is finished, in envelopes that only the installation can open
//   looks   sizes and colours
//   wiped   tablets' secrets that still have to report that they were emptied
// No answer, word or name of a person stands here in clear.

import { deleteDB, openDB } from "./idb.js";

const NAME = "driving-seat-visits";
const DURABLE = { durability: "strict" }; // on the disk before we say "saved": batteries die

let opened = null;

function database() {
  opened ??= openDB(NAME, 1, {
    upgrade(created) {
      created.createObjectStore("visits", { keyPath: "id" });
      created.createObjectStore("kept");
      created.createObjectStore("queue", { keyPath: "id" }).createIndex("visit", "visit");
      created.createObjectStore("looks");
      created.createObjectStore("wiped", { keyPath: "id" });
    },
    blocking: closeDatabase,
    terminated: () => (opened = null),
  });
  return opened;
}

async function closeDatabase() {
  const closing = opened;
  opened = null;
  (await closing)?.close();
}

async function change(stores, work) {
  const transaction = (await database()).transaction(stores, "readwrite", DURABLE);
  const result = await work(...[stores].flat().map((name) => transaction.objectStore(name)));
  await transaction.done;
  return result;
}

const read = async (store, key) => (await database()).get(store, key);

export const allVisits = async () => (await database()).getAll("visits");
export const visit = (id) => read("visits", id);

// Changes a visit's record within one transaction, so that two tabs cannot both forget a wrong PIN, nor one
// what the other has chosen.
export const changeVisit = (id, changes) =>
  change("visits", async (visits) => {
    const record = { ...(await visits.get(id)), ...changes };
    await visits.put(record);
    return record;
  });

export const countTry = (id) =>
  change("visits", async (visits) => {
    const record = await visits.get(id);
    record.tries += 1;
    await visits.put(record);
    return record.tries;
  });

const place = (id, name) => `${id}/${name}`;
export const kept = (id, name) => read("kept", place(id, name));
export const keep = (id, name, box) => change("kept", (kept) => kept.put(box, place(id, name)));
export const forget = (id, name) => change("kept", (kept) => kept.delete(place(id, name)));

// A wrong PIN too often: what only the PIN opens is gone, what is finished stays.
export const forgetAllKept = (id) =>
  change(["kept", "visits"], async (kept, visits) => {
    await removeKept(kept, id);
    const { salt, check, iterations, ...rest } = await visits.get(id);
    await visits.put({ ...rest, tries: 0 });
  });

export const waiting = async (id) => (await database()).getAllFromIndex("queue", "visit", id);
export const waitingCount = async (id) => (await database()).countFromIndex("queue", "visit", id);

// What is finished goes into the queue, and what it was made from goes away, together or not at all.
export const finish = (id, name, items, left = null) =>
  change(["queue", "kept"], async (queue, kept) => {
    for (const item of items) await queue.put({ ...item, visit: id, refused: "" });
    await (left ? kept.put(left, place(id, name)) : kept.delete(place(id, name)));
  });

export const remove = (itemId) => change("queue", (queue) => queue.delete(itemId));
export const refuse = (itemId, reason) =>
  change("queue", async (queue) => {
    const item = await queue.get(itemId);
    if (item) await queue.put({ ...item, refused: reason });
  });

export const look = async () => (await read("looks", "look")) ?? {};
export const putLook = (look) => change("looks", (looks) => looks.put(look, "look"));

export const notReported = async () => (await database()).getAll("wiped");
export const reported = (id) => change("wiped", (wiped) => wiped.delete(id));

// Takes a visit off the tablet. What is left is the tablet's secret, until it has reported.
export const wipe = (record) =>
  change(["visits", "kept", "queue", "wiped"], async (visits, kept, queue, wiped) => {
    await wiped.put({ id: record.id, device: record.device });
    await visits.delete(record.id);
    await removeKept(kept, record.id);
    for (const key of await queue.index("visit").getAllKeys(record.id)) await queue.delete(key);
  });

export async function removeDatabase() {
  await closeDatabase();
  await deleteDB(NAME);
}

async function removeKept(kept, id) {
  for (const key of await kept.getAllKeys()) if (key.startsWith(place(id, ""))) await kept.delete(key);
}
