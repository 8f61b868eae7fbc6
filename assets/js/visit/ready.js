// "Make this tablet ready": fetches the visit and everything that it shows, makes the tablet known, and keeps it all.

import { CACHE, FETCHING } from "./contact.js";
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

async function makeKnown(device) {
  const body = new FormData(form);
  body.set("secret", device);
  await fetched(`/visits/${visitId}/devices`, { method: "POST", body });
}

async function fetchFiles(files) {
  const cache = await caches.open(FETCHING + visitId);
  for (const [done, file] of files.entries()) {
    say("fetching", { done: done + 1, all: files.length });
    await cache.add(new Request(file, { cache: "reload", credentials: "omit" }));
  }
  return cache;
}

// Puts what has arrived whole in the place of what the tablet had: the page itself, which names the others, last.
async function keepFiles(files, arrived) {
  const cache = await caches.open(CACHE + visitId);
  for (const file of [...files].reverse()) await cache.put(file, await arrived.match(file, { ignoreVary: true }));
  const wanted = new Set(files.map((file) => new Request(file).url));
  for (const { url } of await cache.keys()) if (!wanted.has(url)) await cache.delete(url);
  await caches.delete(FETCHING + visitId);
}

// The tablet is made known, and the visit begins, when everything has arrived; until then what the tablet had stays.
async function makeReady() {
  if (!form.elements.name.value.trim()) throw new Error(words.name);
  say("asking");
  const made = await fetched(`/visits/${visitId}/package.json`);
  await navigator.serviceWorker.register("/visits/sw.js", { scope: "/visits/" });
  await navigator.storage?.persist?.();
  const arrived = await fetchFiles(made.files);
  const device = (await store.visit(visitId))?.device ?? secret;
  await makeKnown(device);
  await keepFiles(made.files, arrived);
  await store.changeVisit(visitId, { id: visitId, device, package: made });
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
    status.textContent = error.constructor === Error ? error.message : words.failed;
  } finally {
    button.disabled = false;
  }
});

const works = window.isSecureContext && "serviceWorker" in navigator && "indexedDB" in window && "locks" in navigator;
form.hidden = !works;
document.querySelector("[data-cannot]").hidden = works;
