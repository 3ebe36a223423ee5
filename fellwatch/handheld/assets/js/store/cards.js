// The day's incidents and the definitions of forms, newest first, as the server last gave them.
import * as turns from "../rules/turns.js"
import * as database from "./database.js"
import * as vault from "./vault.js"
import { here, kilometres } from "./whereabouts.js"

const cards = new Map()
let order = []
let definitions = []
let marks = { forms: "" }
let kept = []
let own = []

// As they need somebody: how far is to here, else to those she attends; of equals the newest. Works without signal.
export const ordered = () =>
  turns.ordered(order.map((id) => cards.get(id)).filter(Boolean), (card) => ({
    mine: isOwn(card), place: card.place, danger: card.danger, kilometres: distance(card),
  }))
export const isOwn = (card) => own.includes(card.id)

// Kilometres to a card, where both ends are known.
export const distance = (card) => {
  const origins = here() ? [here()] : own.map((id) => cards.get(id)?.at).filter(Boolean)
  return card.at && origins.length ? Math.min(...origins.map((origin) => kilometres(origin, card.at))) : null
}
export const get = (id) => cards.get(id)
export const forms = () => definitions
export const form = (id, version) => definitions.find((one) => one.id === id && (version === undefined || one.version === version))
export const have = () => Object.fromEntries([...cards].map(([id, card]) => [id, card.mark]))
export const formsMark = () => marks.forms
export const keeping = () => kept
export const syncedAt = () => marks.at ?? null

// What the server last said of a form: where it stands, whether it came back and why, who owns the risk.
export const standing = (incident, instrument, person) => cards.get(incident)?.forms.find((one) => one.instrument === instrument && one.person === person)

export const load = async () => {
  cards.clear()
  for (const [id, record] of await database.entries("cards")) cards.set(id, await vault.decrypt("cards", id, record))
  const [stored, held] = await Promise.all(["day", "forms"].map((key) => database.get("things", key)))
  if (stored) ({ order, definitions = [], marks, kept, own = [] } = await vault.decrypt("things", "day", stored))
  if (held) definitions = await vault.decrypt("things", "forms", held)
  // An earlier version kept them with the day.
  else if (definitions.length) await database.write([await record("forms", definitions)])
}

export const forget = () => { cards.clear(); order = []; definitions = []; marks = { forms: "" }; kept = []; own = [] }

export const keep = async (ids) => { kept = [...new Set([...ids, ...kept])].slice(0, 20); await saveDay() }

// The definitions of forms are long and seldom new: they are not written with every day that comes.
const record = async (key, value) => ({ store: "things", key, value: await vault.encrypt("things", key, value) })
const day = () => record("day", { order, marks, kept, own })
const saveDay = async () => database.write([await day()])

// Take in what the server sent. `needed` names incidents with unsent work, which stay though the server left them out.
export const take = async (given, needed) => {
  const fresh = await Promise.all(given.cards.map(async (card) => ({
    store: "cards", key: card.id, value: { ...(await vault.encrypt("cards", card.id, card)), label: card.reference },
  })))
  given.cards.forEach((card) => cards.set(card.id, card))
  order = [...given.order, ...[...needed].filter((id) => !given.order.includes(id) && cards.has(id))]
  const gone = [...cards.keys()].filter((id) => !order.includes(id))
  gone.forEach((id) => cards.delete(id))
  own = given.own
  if (given.forms) definitions = given.forms
  marks = { forms: given.forms_mark, at: given.now }
  const asked = given.forms ? [await record("forms", definitions)] : []
  await database.write([...fresh, ...gone.map((key) => ({ store: "cards", key })), ...asked, await day()])
}
