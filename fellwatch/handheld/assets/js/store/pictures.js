// Photographs: encrypted as they are taken, sealed to the force, and gone from here when every byte has arrived.
import * as database from "./database.js"
import * as vault from "./vault.js"
import { digest, newId } from "./bytes.js"
import { stamp } from "../sync/clock.js"

const PART = 256 * 1024

const pictures = new Map()

export const all = () => [...pictures.values()]
export const of = (incident) => all().filter((one) => one.incident === incident)
export const unsent = () => all().filter((one) => !one.code)

export const load = async () => {
  pictures.clear()
  for (const [id, record] of await database.entries("pictures"))
    if (record.about) pictures.set(id, await vault.decrypt("pictures", id, record.about))
}

export const forget = () => pictures.clear()

export const add = async (card, file, caption, exhibit) => {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const id = newId()
  const about = { id, incident: card.id, reference: card.reference, caption, exhibit, type: file.type, size: bytes.length, digest: await digest(bytes), stamp: stamp(), code: "" }
  const value = { about: await vault.encrypt("pictures", id, about), bytes: await vault.encryptBytes("pictures", `${id}/bytes`, bytes), label: `photograph · ${card.reference}` }
  await database.write([{ store: "pictures", key: id, value }, ...(await sealedAs(about, bytes))])
  pictures.set(id, about)
  return about
}

// Sealed in parts, so that each is small enough to be sent from a handheld that is wiped.
const sealedAs = async (about, bytes) => {
  const parts = await Promise.all(partsOf(about).map(async (key, number) => {
    const part = bytes.subarray(number * PART, (number + 1) * PART)
    return { store: "sealed", key, value: await vault.seal({ kind: "photograph_part", id: about.id, number }, part) }
  }))
  return [{ store: "sealed", key: `photograph ${about.id}`, value: await vault.seal({ kind: "photograph", about }) }, ...parts]
}

const partsOf = ({ id, size }) => Array.from({ length: Math.ceil(size / PART) }, (_, number) => `photograph ${id} part ${number}`)

export const bytesOf = async (id) => vault.decryptBytes("pictures", `${id}/bytes`, (await database.get("pictures", id)).bytes)

// It has all arrived: the bytes go, what it showed and its receipt stay until the incident goes.
export const acknowledge = async (about, code) => {
  about.code = code
  const stored = await database.get("pictures", about.id)
  await database.write([
    { store: "pictures", key: about.id, value: { about: await vault.encrypt("pictures", about.id, about), label: stored.label } },
    { store: "sealed", key: `photograph ${about.id}` },
    ...partsOf(about).map((key) => ({ store: "sealed", key })),
  ])
}

export const setAside = async (about, words) => {
  about.stuck = words
  const stored = await database.get("pictures", about.id)
  await database.write([{ store: "pictures", key: about.id, value: { ...stored, about: await vault.encrypt("pictures", about.id, about) } }])
}

export const prune = async (keep) => {
  const done = all().filter((one) => one.code && !keep.has(one.incident))
  if (done.length) await database.write(done.map(({ id }) => ({ store: "pictures", key: id })))
  done.forEach(({ id }) => pictures.delete(id))
}
