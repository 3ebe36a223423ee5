// What is noted beside forms: somebody of the household, a recording's reference, a thing seized.
import * as database from "./database.js"
import * as vault from "./vault.js"
import { newId } from "./bytes.js"
import { stamp } from "../sync/clock.js"

const notes = new Map()

export const all = () => [...notes.values()]
export const of = (incident, kind) => all().filter((one) => one.incident === incident && (!kind || one.kind === kind))
export const unsent = () => all().filter((one) => !one.received)
export const forget = () => notes.clear()

// People noted here, until the server's own card names them.
export const people = (card) =>
  of(card.id, "member").filter((one) => ![...card.people, ...card.household].some((person) => person.id === one.id))
    .map(({ id, said }) => ({ id, name: nameOf(card, id) || said.description, unnamed: !nameOf(card, id), age: said.age ? Number(said.age) : null, role: said.role, role_text: ROLES[said.role] ?? said.role, vulnerabilities: [] }))

// Those whom nobody has named yet, here or at the server.
export const unnamed = (card) => [...card.people, ...people(card)].filter((one) => one.unnamed && !nameOf(card, one.id))

// The name given on this handheld, at once or later.
const nameOf = (card, id) => {
  const later = of(card.id, "named").findLast((one) => one.said.person === id)
  const said = (later ?? of(card.id, "member").find((one) => one.id === id))?.said
  return said ? `${said.forenames} ${said.surname}`.trim() : ""
}

export const ROLES = { child_resident: "Child who lives there", child_present: "Child present", dependant: "Adult who depends on somebody there", victim: "Victim", suspect: "Suspect", witness: "Witness" }

export const load = async () => {
  notes.clear()
  for (const [id, record] of await database.entries("notes")) notes.set(id, await vault.decrypt("notes", id, record))
}

const record = async (note) => ({ store: "notes", key: note.id, value: { ...(await vault.encrypt("notes", note.id, note)), label: `${note.kind} · ${note.reference}` } })

export const add = async (card, kind, said) => {
  const note = { id: newId(), kind, incident: card.id, reference: card.reference, said, stamp: stamp(), received: "", stuck: "" }
  await database.write([await record(note), { store: "sealed", key: `note ${note.id}`, value: await vault.seal({ kind: "note", note }) }])
  notes.set(note.id, note)
  return note
}

export const acknowledge = async (note, received) => {
  Object.assign(note, { received, stuck: "" })
  await database.write([await record(note), { store: "sealed", key: `note ${note.id}` }])
}

// Not taken as it is: the officer may take it back and note it anew.
export const setAside = async (note, words) => { note.stuck = words; await database.write([await record(note)]) }

export const takeBack = async (note) => {
  await database.write([{ store: "notes", key: note.id }, { store: "sealed", key: `note ${note.id}` }])
  notes.delete(note.id)
}

export const prune = async (keep) => {
  const done = all().filter((one) => one.received && !keep.has(one.incident))
  if (done.length) await database.write(done.map(({ id }) => ({ store: "notes", key: id })))
  done.forEach(({ id }) => notes.delete(id))
}
