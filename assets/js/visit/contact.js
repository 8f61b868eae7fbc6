// Being in touch with the installation: is this tablet to be emptied, and sending what is finished. Whatever is not
// clearly confirmed stays on the tablet and is sent again; the installation knows an item by its id and takes it once.

import { session } from "./session.js";
import * as store from "./store.js";

export const CACHE = "driving-seat-visit-";
export const FETCHING = "driving-seat-fetching-"; // what is on its way into that cache
const QUIET = { cache: "no-store", redirect: "manual", credentials: "same-origin" };
const address = (visitId, what) => `/visits/${visitId}/${what}`;

async function told(response) {
  const isOurs = response.headers.get("Content-Type")?.startsWith("application/json");
  return isOurs ? response.json() : {};
}

async function post(path, csrf, device, content) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": csrf, "X-Tablet": device };
  return fetch(path, { ...QUIET, method: "POST", headers, body: JSON.stringify(content) });
}

// Returns { state: "ready" | "wiped" | "away", signedIn, csrf }. A tablet that is to be emptied is emptied here.
export async function contact(record) {
  try {
    const response = await fetch(address(record.id, "device"), { ...QUIET, headers: { "X-Tablet": record.device } });
    const status = await told(response);
    if (status.visit !== record.id) return { state: "away" };
    if (!status.wipe) return { state: "ready", signedIn: status.signed_in, csrf: status.csrf };
  } catch {
    return { state: "away" };
  }
  await wipe(record);
  return { state: "wiped" };
}

async function wipe(record) {
  await store.wipe(record);
  session.wasEmptied = true;
  for (const cache of [CACHE, FETCHING]) await caches.delete(cache + record.id);
  await report();
}

// Tells the installation of emptied visits; whatever cannot be told now is told at the next start.
export async function report() {
  for (const { id, device } of await store.notReported()) {
    try {
      const status = await told(await fetch(address(id, "device"), { ...QUIET, headers: { "X-Tablet": device } }));
      const response = await post(address(id, "wiped"), status.csrf, device, {});
      if (response.ok) await store.reported(id);
    } catch {
      return;
    }
  }
  const isEmpty = !(await store.allVisits()).length && !(await store.notReported()).length;
  if (isEmpty) await leaveNothing();
}

async function leaveNothing() {
  const isOurs = (registration) => new URL(registration.scope).pathname === "/visits/";
  await store.removeDatabase();
  const registrations = await navigator.serviceWorker.getRegistrations();
  await Promise.all(registrations.filter(isOurs).map((registration) => registration.unregister()));
}

// Sends every item once, one after the other, in no order. Returns { state: "sent" | "stopped" | "away" | "sign-in" |
// "wiped", sent, refused }. Only one tab sends at a time.
export async function send(record) {
  return navigator.locks.request("driving-seat-send", async () => {
    const counts = { sent: 0, refused: 0 };
    const reached = await contact(record);
    if (reached.state !== "ready") return { ...counts, state: reached.state };
    if (!reached.signedIn) return { ...counts, state: "sign-in" };
    let state = "sent";
    for (const item of shuffled(await store.waiting(record.id))) {
      const outcome = await sendOne(record, item, reached.csrf);
      if (outcome === "sent" || outcome === "refused") counts[outcome] += 1;
      else state = "stopped";
      if (outcome === "away") break;
    }
    return { ...counts, state };
  });
}

async function sendOne(record, item, csrf) {
  let response, status;
  try {
    const content = { id: item.id, envelope: item.envelope };
    response = await post(address(record.id, "queue"), csrf, record.device, content);
    status = await told(response);
  } catch {
    return "away";
  }
  if (response.ok && status.id === item.id) {
    await store.remove(item.id);
    return "sent";
  }
  if (status.id === item.id && status.refused) {
    await store.refuse(item.id, status.refused);
    return "refused";
  }
  return "stopped"; // a fault on the other side: the item stays as it is
}

// The order of the queue is the order of the visit: it is not passed on.
function shuffled(items) {
  const drawn = items.map((item) => [crypto.getRandomValues(new Uint32Array(1))[0], item]);
  return drawn.sort(([one], [other]) => one - other).map(([, item]) => item);
}
