// The day's incidents and the definitions of forms, newest first, as the server last gave them.
import * as database from "./database.js"
import * as vault from "./vault.js"

const cards = new Map()
let order = []
let definitions = []
let marks = { forms: "" }
let kept = []

export const ordered = () => order.map((id) => cards.get(id)).filter(Boolean)
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
  const stored = await database.get("things", "day")
  if (stored) ({ order, definitions, marks, kept } = await vault.decrypt("things", "day", stored))
}

export const forget = () => { cards.clear(); order = []; definitions = []; marks = { forms: "" }; kept = [] }

export const keep = async (ids) => { kept = [...new Set([...ids, ...kept])].slice(0, 20); await saveDay() }

const day = async () => ({ store: "things", key: "day", value: await vault.encrypt("things", "day", { order, definitions, marks, kept }) })
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
  if (given.forms) definitions = given.forms
  marks = { forms: given.forms_mark, at: given.now }
  await database.write([...fresh, ...gone.map((key) => ({ store: "cards", key })), await day()])
}
