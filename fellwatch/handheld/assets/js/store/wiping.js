// Destroy everything here because the force says so: what is unsent goes sealed to the force first, and a list after.
import * as database from "./database.js"
import * as vault from "./vault.js"
import { ask } from "../sync/wire.js"

const HELD = { cards: "Incident", forms: "Form", outbox: "Sending", pictures: "Photograph", notes: "Note" }
const GONE = ["cards", "things", "forms", "outbox", "pictures", "notes", "sealed"]

const inventory = async () => {
  const lines = []
  for (const [store, what] of Object.entries(HELD))
    for (const [, record] of await database.entries(store)) lines.push({ what, where: record.label ?? "" })
  return lines
}

// Few enough at a time for any server to take.
const inParts = (all) => {
  const parts = [[]]
  let length = 0
  for (const one of all) {
    if (length + one[1].length > 500_000) { parts.push([]); length = 0 }
    parts.at(-1).push(one)
    length += one[1].length
  }
  return parts.filter((part) => part.length)
}

// Begin, or go on where a wipe was cut short: the list is kept until the server has it, what it lists is not.
export const wipe = async () => {
  vault.lock()
  if (!(await database.get("plain", "wiping"))) {
    const wiping = { destroyed: await inventory(), sealed: Object.fromEntries(await database.entries("sealed")) }
    await database.write([{ store: "plain", key: "wiping", value: wiping }, { store: "plain", key: "lock" }])
  }
  await database.empty(GONE)
  const { destroyed, sealed } = await database.get("plain", "wiping")
  for (const part of inParts(Object.entries(sealed))) await ask("wiped/", JSON.stringify({ sealed: Object.fromEntries(part), more: true }))
  await ask("wiped/", JSON.stringify({ destroyed, sealed: {} }))
  for (const name of await caches.keys()) await caches.delete(name)
  await database.destroy()
}

export const isBegun = async () => (await database.get("plain", "wiping")) !== undefined

// Ask, locked or not, whether this handheld must destroy what it holds.
export const isWanted = async () => {
  const answer = await ask("standing/", "{}").catch(() => ({ wipe: false }))
  return answer.wipe
}
