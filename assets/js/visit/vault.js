// The PIN and what it closes. A key is made of the PIN by PBKDF2; whatever is still being written is closed with it by
// AES-GCM, each time with a fresh IV. The PIN itself is kept nowhere. docs/decisions/0015 says what it is worth.

import * as store from "./store.js";

export const SHORTEST_PIN = 6;
export const MOST_TRIES = 10;
const ITERATIONS = 600_000;
const CHECK = "check";
const encoder = new TextEncoder();

export const random = (count) => crypto.getRandomValues(new Uint8Array(count));
export const isPin = (pin) => new RegExp(`^\\d{${SHORTEST_PIN},}$`).test(pin);

async function keyOf(pin, salt, iterations) {
  const material = await crypto.subtle.importKey("raw", encoder.encode(pin), "PBKDF2", false, ["deriveKey"]);
  const method = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return crypto.subtle.deriveKey(method, material, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

const method = (iv, name) => ({ name: "AES-GCM", iv, additionalData: encoder.encode(name) });

async function closed(key, name, content) {
  const iv = random(12);
  return { iv, sealed: await crypto.subtle.encrypt(method(iv, name), key, encoder.encode(JSON.stringify(content))) };
}

async function open(key, name, box) {
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(method(box.iv, name), key, box.sealed)));
}

// Returns the key of a new PIN.
export async function choosePin(visitId, pin) {
  const salt = random(16);
  const key = await keyOf(pin, salt, ITERATIONS);
  await store.changeVisit(visitId, { salt, iterations: ITERATIONS, tries: 0, check: await closed(key, CHECK, CHECK) });
  return key;
}

// Returns { key }, or { left: how many tries are left }. A try is counted before it is made. After the last one
// everything that the PIN opens is deleted: left is 0, and a new PIN has to be chosen.
export async function unlock(visitId, pin) {
  const tries = await store.countTry(visitId);
  const { salt, iterations, check } = await store.visit(visitId);
  const key = await keyOf(pin, salt, iterations);
  try {
    await open(key, CHECK, check);
  } catch {
    if (tries >= MOST_TRIES) await store.forgetAllKept(visitId);
    return { left: Math.max(0, MOST_TRIES - tries) };
  }
  await store.changeVisit(visitId, { tries: 0 });
  return { key };
}

// Returns what is kept under a name, or null.
export async function kept(key, visitId, name) {
  const box = await store.kept(visitId, name);
  return box ? open(key, name, box) : null;
}

export const box = closed;
export const keep = async (key, visitId, name, content) => store.keep(visitId, name, await closed(key, name, content));
