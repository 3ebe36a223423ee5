// Destroy everything here because the force says so: what is unsent goes sealed to the force first, and a list after.
import * as database from "./database.js"
import * as vault from "./vault.js"
import { ask } from "../sync/wire.js"

const HELD = { cards: "Incident", forms: "Form", outbox: "Sending", pictures: "Photograph", notes: "Note" }
const GONE = ["cards", "things", "forms", "outbox", "pictures", "notes"]

const inventory = async () => {
  const lines = []
  for (const [store, what] of Object.entries(HELD))
    for (const [, record] of await database.entries(store)) lines.push({ what, where: record.label ?? "" })
  return lines
}

// Few enough at a time for any server to take; each leaves the handheld when the server has it.
const sendSealed = async () => {
  let part = {}
  let length = 0
  const send = async () => {
    await ask("wiped/", JSON.stringify({ sealed: part, more: true }))
    await database.write(Object.keys(part).map((key) => ({ store: "sealed", key })))
    part = {}
    length = 0
  }
  for (const key of await database.keys("sealed")) {
    part[key] = await database.get("sealed", key)
    length += part[key].length
    if (length > 300_000) await send()
  }
  if (length) await send()
}

// Begin, or go on where a wipe was cut short: the list is kept until the server has it, what it lists is not.
// What is sealed is for the force alone, and stays until the force has it.
export const wipe = async () => {
  vault.lock()
  if (!(await database.get("plain", "wiping"))) {
    await database.write([{ store: "plain", key: "wiping", value: { destroyed: await inventory() } }, { store: "plain", key: "lock" }])
  }
  await database.empty(GONE)
  await sendSealed()
  const { destroyed } = await database.get("plain", "wiping")
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
