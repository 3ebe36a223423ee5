// Forms on this handheld: every answer stored before it is called safe, and sealed to the force until it is sent.
import * as database from "./database.js"
import * as vault from "./vault.js"
import { digest, idOf, newId, toBytes } from "./bytes.js"
import { stamp } from "../sync/clock.js"
import { isAnswered } from "../rules/instruments.js"

const RECEIPTS = 20

const forms = new Map()
const outbox = new Map()
const saving = new Map()
const typing = new Set()
const broken = new Set()
let listener = () => {}

export const onSaved = (told) => { listener = told }
export const all = () => [...forms.values()]
export const get = (id) => forms.get(id)
export const unsent = () => all().filter((form) => Object.keys(form.changes).length > 0 || form.sending)
export const isBroken = (id) => broken.has(id)
export const isSafe = (id) => !saving.has(id) && !typing.has(id) && !broken.has(id)

// While something typed waits for a pause before it is stored, nothing says that the form is safe.
export const isTyped = (id, is) => {
  if (is) typing.add(id)
  else typing.delete(id)
  listener(id)
}
const isSame = (one, other) => one.at === other.at && one.running === other.running && one.start === other.start

// Answers that are in no sending yet.
export const fresh = (form) => {
  const sent = form.sending && outbox.has(form.sending) ? JSON.parse(outbox.get(form.sending).body).changes : []
  return Object.entries(form.changes).filter(([name, change]) => !sent.some((one) => one.question === name && isSame(one.stamp, change.stamp)))
}

export const stuck = (form) => outbox.get(form.sending)?.stuck ?? ""
export const tryAgain = (form) => { outbox.get(form.sending).stuck = "" }
export const queued = () => [...outbox.values()].filter((one) => !one.stuck).sort((one, other) => one.made - other.made)

export const load = async () => {
  forms.clear()
  outbox.clear()
  for (const [id, record] of await database.entries("forms")) forms.set(id, await vault.decrypt("forms", id, record))
  for (const [id, record] of await database.entries("outbox")) outbox.set(id, await vault.decrypt("outbox", id, record))
  // Cut short between the two writes: the form is sent anew.
  for (const form of forms.values()) if (form.sending && !outbox.has(form.sending)) Object.assign(form, { sending: null, wanted: true })
}

export const forget = () => [forms, outbox, saving, typing, broken].forEach((one) => one.clear())

export const answersOf = (form) => {
  const mine = Object.fromEntries(Object.entries(form.changes).map(([name, change]) => [name, change.value]))
  const merged = { ...form.head.answers, ...mine }
  return Object.fromEntries(Object.entries(merged).filter(([, answer]) => isAnswered(answer)))
}

// The form about one person at one incident: the one already begun, or a new one.
export const begin = async (card, definition, person) => {
  const id = await idOf(card.id, definition.id, person?.id ?? "")
  if (forms.has(id)) return forms.get(id)
  const standing = card.forms.find((one) => one.instrument === definition.id && one.person === (person?.id ?? null))
  const form = {
    id,
    incident: card.id,
    reference: card.reference,
    address: card.address,
    person: person?.id ?? null,
    name: person?.name ?? "",
    newcomer: person?.newcomer ?? null,
    instrument: definition.id,
    title: definition.title,
    version: definition.version,
    variant: definition.variant,
    begun: stamp(),
    changes: {},
    head: standing ? headOf(standing) : { number: 0, answers: {}, by: "", at: null },
    sending: null,
    wanted: false,
    finished: false,
    receipts: [],
    differs: standing?.differs ?? {},
    problems: {},
  }
  forms.set(id, form)
  await save(form)
  return form
}

const headOf = ({ number, answers, by, at }) => ({ number, answers, by, at })

export const answer = (form, question, value) => {
  form.changes[question] = { value, seen: form.head.number, stamp: stamp() }
  form.finished = false
  delete form.problems[question]
  return save(form)
}

// One write at a time for each form, in order. Each stores the form as it is when its turn comes.
export const save = (form) => {
  const mine = (saving.get(form.id) ?? Promise.resolve()).catch(() => {}).then(() => store(form))
  saving.set(form.id, mine)
  listener(form.id)
  mine.then(() => null, (trouble) => trouble).then((trouble) => {
    if (saving.get(form.id) === mine) saving.delete(form.id)
    if (trouble) broken.add(form.id)
    else broken.delete(form.id)
    listener(form.id)
  })
  return mine
}

const label = (form) => `${form.title} · ${form.reference}`

const changesFor = async (form) => {
  const kept = JSON.parse(JSON.stringify(form))
  const record = { ...(await vault.encrypt("forms", form.id, kept)), label: label(form) }
  const isUnsent = Object.keys(kept.changes).length > 0 || kept.sending
  const sealed = isUnsent ? await vault.seal({ kind: "form", form: kept, sending: outbox.get(kept.sending)?.body ?? null }) : undefined
  return [
    { store: "forms", key: form.id, value: record },
    { store: "sealed", key: `form ${form.id}`, value: sealed },
  ]
}

const store = async (form) => database.write(await changesFor(form))

export const flushed = () => Promise.allSettled([...saving.values()])

// The officer has pressed Send: it goes when there is signal, and again whenever something is changed and sent.
export const want = async (form, finished) => {
  form.wanted = true
  form.finished = finished
  await save(form)
  await prepare(form)
}

// Make the sending, once and for good: the same bytes go however often they must.
export const prepare = async (form) => {
  if (form.sending || !form.wanted || Object.keys(form.changes).length === 0) return
  const id = newId()
  form.sending = id
  form.wanted = false
  const body = JSON.stringify({
    id,
    form: form.id,
    incident: form.incident,
    person: form.person,
    newcomer: form.newcomer,
    instrument: form.instrument,
    version: form.version,
    variant: form.variant,
    finished: form.finished,
    changes: Object.entries(form.changes).map(([question, { value, seen, stamp: at }]) => ({ question, answer: value, seen, stamp: at })),
  })
  const sending = { id, form: form.id, body, digest: await digest(toBytes(body)), made: Date.now(), stuck: "" }
  await flushed()
  outbox.set(id, sending)
  await database.write([
    { store: "outbox", key: id, value: { ...(await vault.encrypt("outbox", id, sending)), label: label(form) } },
    ...(await changesFor(form)),
  ])
  listener(form.id)
}

// The server has it, byte for byte. What was answered since stays, over what the officer saw.
export const acknowledge = async (sending, receipt) => {
  if (receipt.digest !== sending.digest) throw new Error("The receipt is not for what was sent.")
  const form = forms.get(sending.form)
  for (const { question, answer: said, stamp: at } of JSON.parse(sending.body).changes) {
    const change = form.changes[question]
    if (!change) continue
    if (isSame(change.stamp, at)) delete form.changes[question]
    else if (same(receipt.answers[question], said)) change.seen = Math.max(change.seen, receipt.number)
  }
  if (receipt.number >= form.head.number) form.head = { number: receipt.number, answers: receipt.answers, by: "", at: receipt.received }
  form.sending = null
  form.differs = { ...form.differs, ...receipt.outcome.differs }
  form.problems = { ...form.problems, ...receipt.outcome.problems, ...receipt.outcome.handed_in.problems }
  form.receipts = form.receipts.filter((one) => one.id !== sending.id)
  form.receipts.push({ id: sending.id, code: receipt.code, digest: receipt.digest, at: receipt.received, finished: form.finished })
  form.receipts = form.receipts.slice(-RECEIPTS)
  await flushed()
  outbox.delete(sending.id)
  await database.write([{ store: "outbox", key: sending.id }, ...(await changesFor(form))])
  listener(form.id)
}

const plain = (answer) => (!isAnswered(answer) ? null : Array.isArray(answer) ? [...answer].sort() : answer)
const same = (one, other) => JSON.stringify(plain(one)) === JSON.stringify(plain(other))

// The server will not have it as it is: it stays here, with what to do.
export const setAside = async (sending, words) => {
  sending.stuck = words
  const { label: said } = await database.get("outbox", sending.id)
  await database.write([{ store: "outbox", key: sending.id, value: { ...(await vault.encrypt("outbox", sending.id, sending)), label: said } }])
  listener(sending.form)
}

// A newer version stands at the server. Answers given here keep what was seen when they were given.
export const standing = async (incident, heads) => {
  for (const form of all().filter((one) => one.incident === incident)) {
    const head = heads.find((one) => one.instrument === form.instrument && one.person === form.person)
    if (!head || head.number < form.head.number) continue
    form.head = headOf(head)
    form.differs = head.differs
    await save(form)
  }
}

// Forms whose incident is gone and whose every word the server has.
export const prune = async (keep) => {
  const done = all().filter((form) => !keep.has(form.incident) && !unsent().includes(form))
  if (done.length === 0) return
  await flushed()
  await database.write(done.flatMap((form) => [{ store: "forms", key: form.id }, { store: "sealed", key: `form ${form.id}` }]))
  done.forEach((form) => forms.delete(form.id))
}
