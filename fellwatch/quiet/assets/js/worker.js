// Keeps the page where there is no signal. Its name and its files say nothing of what the page is for.
const { name, version, files } = self.PAGE
const NAME = `${name}-${version}`

self.addEventListener("install", (event) => {
  self.skipWaiting()
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(files.map((file) => new Request(file, { cache: "reload", credentials: "omit" })))))
})

self.addEventListener("activate", (event) => {
  const old = async () => Promise.all((await caches.keys()).filter((one) => one.startsWith(`${name}-`) && one !== NAME).map((one) => caches.delete(one)))
  event.waitUntil(old().then(() => self.clients.claim()))
})

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url)
  if (event.request.method !== "GET" || address.search || !files.includes(address.pathname)) return
  event.respondWith(caches.open(NAME).then(async (cache) => (await cache.match(address.pathname)) ?? fetch(event.request)))
})
