// The service worker of visits: what was put into a visit's cache when the tablet was made ready is taken from there,
// everything else from the network. It decides nothing else and keeps nothing itself.

const CACHE = "driving-seat-visit-";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function fromCache(request) {
  const names = (await caches.keys()).filter((name) => name.startsWith(CACHE));
  for (const name of names.reverse()) { // the visit that was made ready last has the newest app
    const found = await (await caches.open(name)).match(request, { ignoreVary: true, ignoreSearch: true });
    if (found) return found;
  }
  return fetch(request);
}

self.addEventListener("fetch", (event) => {
  const isOurs = new URL(event.request.url).origin === self.location.origin;
  const isFresh = event.request.cache === "reload"; // a tablet is being made ready
  if (event.request.method === "GET" && isOurs && !isFresh) event.respondWith(fromCache(event.request));
});
