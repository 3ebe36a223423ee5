// Everything that goes and comes when there is signal: whether to destroy, forms, photographs, then the day.
import * as cards from "../store/cards.js"
import * as forms from "../store/forms.js"
import * as notes from "../store/notes.js"
import * as pictures from "../store/pictures.js"
import * as whereabouts from "../store/whereabouts.js"
import { ask, Unsent } from "./wire.js"

const KEEPS_ITS_PLACE = new Set(["missing", "taken", "invalid", "refused"])

let running = null
let again = false

// Run one exchange at a time; asked for meanwhile, it runs once more.
export const exchange = (told) => {
  if (running) {
    again = true
    return running
  }
  running = once(told).finally(() => {
    running = null
    if (again) {
      again = false
      exchange(told)
    }
  })
  return running
}

const once = async (told) => {
  try {
    await sendNotes()
    await sendForms()
    await sendPictures()
    await day()
    told({ kind: "well", at: new Date().toISOString() })
  } catch (trouble) {
    told({ kind: trouble instanceof Unsent ? trouble.kind : "trouble", words: trouble.message })
  }
}

// Before forms: a form may be about somebody who was noted here; and people before what is noted of them.
const sendNotes = async () => {
  const waiting = notes.unsent().filter((one) => !one.stuck)
  for (const note of waiting.sort((one, other) => (other.kind === "member") - (one.kind === "member"))) {
    try {
      await notes.acknowledge(note, (await ask("notes/", JSON.stringify(note))).received)
    } catch (trouble) {
      if (!KEEPS_ITS_PLACE.has(trouble.kind)) throw trouble
      await notes.setAside(note, trouble.message)
    }
  }
}

const sendForms = async () => {
  for (const form of forms.all()) await forms.prepare(form)
  for (const sending of forms.queued()) {
    try {
      await forms.acknowledge(sending, await ask("sendings/", sending.body))
    } catch (trouble) {
      if (!KEEPS_ITS_PLACE.has(trouble.kind)) throw trouble
      await forms.setAside(sending, trouble.message)
    }
  }
  if (forms.all().some((form) => form.wanted && !form.sending && Object.keys(form.changes).length)) await sendForms()
}

const sendPictures = async () => {
  for (const about of pictures.unsent()) {
    try {
      await sendPicture(about)
    } catch (trouble) {
      if (!KEEPS_ITS_PLACE.has(trouble.kind)) throw trouble
      await pictures.setAside(about, trouble.message)
    }
  }
}

const sendPicture = async (about) => {
  let state = await ask("photographs/", JSON.stringify({ ...about, person: null }))
  const bytes = state.complete ? null : await pictures.bytesOf(about.id)
  for (const number of state.wanted)
    state = await ask(`photographs/${about.id}/${number}/`, bytes.subarray(number * state.part, (number + 1) * state.part))
  if (state.complete) await pictures.acknowledge(about, state.code)
}

const day = async () => {
  await whereabouts.refresh()
  const needed = new Set([...forms.unsent(), ...pictures.unsent(), ...notes.unsent()].map((one) => one.incident))
  const kept = [...new Set([...needed, ...cards.keeping()])]
  const given = await ask("sync/", JSON.stringify({ have: cards.have(), kept, forms: cards.formsMark(), here: whereabouts.here() }))
  await cards.take(given, needed)
  for (const card of given.cards) await forms.standing(card.id, card.forms)
  const keep = new Set([...given.order, ...needed])
  await forms.prune(keep)
  await pictures.prune(keep)
  await notes.prune(keep)
}
