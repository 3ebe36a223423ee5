// What is on this handheld: one database, and writes that are on the disk before anyone is told they are safe.
export const STORES = ["plain", "cards", "things", "forms", "outbox", "pictures", "notes", "sealed"]
const NAME = "fellwatch-handheld"

let opened = null

const asPromise = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

export const open = () => {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 2)
    request.onupgradeneeded = () => STORES.filter((store) => !request.result.objectStoreNames.contains(store)).forEach((store) => request.result.createObjectStore(store))
    request.onsuccess = () => {
      request.result.onclose = () => { opened = null }
      resolve(request.result)
    }
    request.onerror = () => reject(request.error)
  })
  return opened
}

export const get = async (store, key) => asPromise((await open()).transaction(store).objectStore(store).get(key))

export const entries = async (store) => {
  const objects = (await open()).transaction(store).objectStore(store)
  const [keys, values] = await Promise.all([asPromise(objects.getAllKeys()), asPromise(objects.getAll())])
  return keys.map((key, at) => [key, values[at]])
}

export const keys = async (store) => asPromise((await open()).transaction(store).objectStore(store).getAllKeys())

// Write everything or nothing. Each change is { store, key, value }; without a value the key goes.
export const write = async (changes) => {
  const stores = [...new Set(changes.map((change) => change.store))]
  const transaction = (await open()).transaction(stores, "readwrite", { durability: "strict" })
  for (const { store, key, value } of changes) {
    if (value === undefined) transaction.objectStore(store).delete(key)
    else transaction.objectStore(store).put(value, key)
  }
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error ?? new Error("This handheld could not store it."))
  })
}

export const empty = async (stores) => {
  const transaction = (await open()).transaction(stores, "readwrite", { durability: "strict" })
  stores.forEach((store) => transaction.objectStore(store).clear())
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error)
  })
}

export const destroy = async () => {
  const database = await open()
  database.close()
  opened = null
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(NAME)
    request.onsuccess = request.onerror = request.onblocked = () => resolve()
  })
}
