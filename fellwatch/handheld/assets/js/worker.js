// Keeps the page where there is no signal. What it keeps is the same for everybody: no word about anyone.
const { version, files } = self.FELLWATCH
const NAME = `fellwatch-handheld-${version}`

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(files.map((file) => new Request(file, { cache: "reload" })))))
})

self.addEventListener("activate", (event) => {
  const old = async () => Promise.all((await caches.keys()).filter((name) => name.startsWith("fellwatch-handheld-") && name !== NAME).map((name) => caches.delete(name)))
  event.waitUntil(old().then(() => self.clients.claim()))
})

self.addEventListener("message", (event) => { if (event.data === "now") self.skipWaiting() })

// The page and its files come from here first, so that the first tap is as quick without signal as with it.
self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url)
  if (event.request.method !== "GET" || address.search || !files.includes(address.pathname)) return
  event.respondWith(caches.open(NAME).then(async (cache) => (await cache.match(address.pathname)) ?? fetch(event.request)))
})
