// "Make this tablet ready": makes the tablet known, fetches the visit, and puts everything that it shows into a cache.

import { CACHE } from "./contact.js";
import { newSecret } from "./session.js";
import * as store from "./store.js";

const form = document.querySelector("[data-make-ready]");
const status = document.querySelector("[data-status]");
const words = JSON.parse(form.dataset.words);
const visitId = form.dataset.visit;
const secret = newSecret(); // the same for every try

function say(name, values = {}) {
  status.textContent = words[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

async function fetched(path, options = {}) {
  const response = await fetch(path, { ...options, redirect: "manual" });
  const told = response.headers.get("Content-Type")?.startsWith("application/json") ? await response.json() : {};
  if (!response.ok) throw new Error(told.refused ?? words.failed);
  return told;
}

async function makeKnown(secret) {
  const body = new FormData(form);
  body.set("secret", secret);
  await fetched(`/visits/${visitId}/devices`, { method: "POST", body });
}

async function keepFiles(files) {
  await caches.delete(CACHE + visitId);
  const cache = await caches.open(CACHE + visitId);
  for (const [done, file] of files.entries()) {
    say("fetching", { done: done + 1, all: files.length });
    await cache.add(new Request(file, { cache: "reload", credentials: "omit" }));
  }
}

async function makeReady() {
  const known = await store.visit(visitId);
  const device = known?.device ?? secret;
  say("asking");
  await makeKnown(device);
  const made = await fetched(`/visits/${visitId}/package.json`, { headers: { "X-Tablet": device } });
  await navigator.serviceWorker.register("/visits/sw.js", { scope: "/visits/" });
  await keepFiles(made.files);
  await navigator.storage?.persist?.();
  await store.putVisit({ ...known, id: visitId, device, package: made, tries: known?.tries ?? 0 });
  await navigator.serviceWorker.ready;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    await makeReady();
    say("ready");
    document.querySelector("[data-ready]").hidden = false;
    form.hidden = true;
  } catch (error) {
    status.textContent = error instanceof TypeError ? words.failed : error.message;
  } finally {
    button.disabled = false;
  }
});

const works = window.isSecureContext && "serviceWorker" in navigator && "indexedDB" in window && "locks" in navigator;
form.hidden = !works;
document.querySelector("[data-cannot]").hidden = works;
