// Notes that wait for signal. Each is sealed to the force before it is put here: this device cannot open it again.
const STORE = "notes"

const open = (name) => new Promise((done, failed) => {
  const asked = indexedDB.open(name, 1)
  asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "id" })
  asked.onsuccess = () => done(asked.result)
  asked.onerror = () => failed(asked.error)
})

const ask = async (name, mode, what) => {
  const base = await open(name)
  try {
    return await new Promise((done, failed) => {
      const asked = what(base.transaction(STORE, mode).objectStore(STORE))
      asked.onsuccess = () => done(asked.result)
      asked.onerror = () => failed(asked.error)
    })
  } finally {
    base.close()
  }
}

const exists = async (name) => !indexedDB.databases || (await indexedDB.databases()).some((one) => one.name === name)

export const queued = (name, note) => ask(name, "readwrite", (store) => store.put(note))

// Send what waits, and return how many still wait. Once none does, the store itself goes.
export const send = async (name, address) => {
  if (!(await exists(name))) return 0
  const waiting = await ask(name, "readonly", (store) => store.getAll())
  for (const note of waiting) {
    const answer = await fetch(address, { method: "POST", body: JSON.stringify(note), credentials: "omit" }).catch(() => null)
    if (answer?.ok) await ask(name, "readwrite", (store) => store.delete(note.id))
  }
  const left = (await ask(name, "readonly", (store) => store.getAllKeys())).length
  if (!left) indexedDB.deleteDatabase(name)
  return left
}

// Take everything of this page off the device but its line in the browser's history, which no page can touch.
export const forget = async (name) => {
  for (const one of (await navigator.serviceWorker?.getRegistrations()) ?? []) if (new URL(one.scope).pathname === location.pathname) await one.unregister()
  for (const one of await caches.keys()) if (one.startsWith(`${name}-`)) await caches.delete(one)
  indexedDB.deleteDatabase(name)
}
