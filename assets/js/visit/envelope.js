// Envelopes: what is finished is closed with a key that this tablet forgets at once. Only the installation opens it.
// app/services/visit_envelopes.py is the other half.

import { random } from "./vault.js";

const CURVE = { name: "ECDH", namedCurve: "P-256" };
const INFO = "driving-seat/visit-item/1";
const encoder = new TextEncoder();

export const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const base64 = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));
const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

async function agreedKey(own, receiver) {
  const point = await crypto.subtle.importKey("raw", bytes(receiver), CURVE, false, []);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: point }, own, 256);
  const material = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const method = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(32), info: encoder.encode(INFO) };
  return crypto.subtle.deriveKey(method, material, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
}

// Returns an item of the queue: an id of 128 random bits, and an envelope.
export async function enclosed(receiver, visitId, content) {
  const id = hex(random(16));
  const own = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const key = await agreedKey(own.privateKey, receiver);
  const iv = random(12);
  const method = { name: "AES-GCM", iv, additionalData: encoder.encode(`${visitId}\0${id}`) };
  const sealed = await crypto.subtle.encrypt(method, key, encoder.encode(JSON.stringify(content)));
  const sender = await crypto.subtle.exportKey("raw", own.publicKey);
  return { id, envelope: { sender: base64(sender), iv: base64(iv), sealed: base64(sealed) } };
}
