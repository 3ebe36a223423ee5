// Noting beside forms, one thing a screen: who is in the house, what was recorded, what was seized.
import * as cards from "../store/cards.js"
import * as notes from "../store/notes.js"
import { button, clock, h, say } from "./elements.js"
import { screen } from "./frame.js"

// Each kind: its title, its fields, what must be given, and how a note is listed.
const KINDS = {
  member: {
    title: "Who is there",
    add: "Add them",
    fields: [
      ["forenames", "Forenames", "text"],
      ["surname", "Surname", "text"],
      ["description", "Or, with no name, how they look: unknown male, about 40, grey hood", "text"],
      ["age", "Age, as far as known", "number"],
      ["role", "What they are here", "choice", () => Object.entries(notes.ROLES)],
    ],
    lacks: (said) => (!said.forenames && !said.surname && !said.description ? ["forenames", "Give a name, what they are called, or how they look."] : !said.role ? ["role", "Say what they are here."] : null),
    line: (said) => `${`${said.forenames} ${said.surname}`.trim() || said.description}${said.age ? `, ${said.age}` : ""}`,
  },
  named: {
    title: "Name somebody who was described",
    add: "Give this name",
    needed: (card) => notes.unnamed(card).length > 0 || notes.of(card.id, "named").length > 0,
    fields: [
      ["person", "Who", "choice", (card) => notes.unnamed(card).map(({ id, name }) => [id, name])],
      ["forenames", "Forenames", "text"],
      ["surname", "Surname", "text"],
    ],
    lacks: (said) => (!said.person ? ["person", "Say who it is."] : !said.forenames && !said.surname ? ["forenames", "Give a name."] : null),
    line: (said) => `${said.forenames} ${said.surname}`.trim(),
  },
  clip: {
    title: "Body-worn video",
    add: "Keep this recording's reference",
    fields: [
      ["reference", "Reference of the recording", "text"],
      ["device", "Camera", "text"],
      ["started", "Began", "time"],
      ["stopped", "Stopped, if it has", "time"],
      ["because", "Or why there is no recording", "text"],
    ],
    lacks: (said) => (!said.reference && !said.because ? ["reference", "Give the reference, or say why there is no recording."] : said.reference && said.because ? ["because", "Give the reference or the reason, not both."] : said.reference && !said.started ? ["started", "Say when it began."] : null),
    line: (said) => said.reference || `No recording: ${said.because}`,
  },
  exhibit: {
    title: "Exhibits",
    add: "Keep this exhibit",
    fields: [
      ["reference", "Your mark, such as RP/1", "text"],
      ["description", "What it is", "text"],
      ["where", "Where you found it", "text"],
      ["seal", "Seal, if it has one", "text"],
    ],
    lacks: (said) => ["reference", "description", "where"].filter((name) => !said[name]).map((name) => [name, { reference: "Give your mark, such as RP/1.", description: "Say what it is.", where: "Say where you found it." }[name]])[0] ?? null,
    line: (said) => `${said.reference}: ${said.description}`,
  },
}

export const noteKinds = (card) => Object.entries(KINDS).filter(([, { needed }]) => !needed || needed(card)).map(([kind, { title }]) => [kind, title])

export const noteScreen = (id, kind, go, exchangeNow) => {
  const [card, about] = [cards.get(id), KINDS[kind]]
  if (!card || !about) return screen({ title: "Fellwatch", back: "#", main: [h("h1", { tabindex: -1 }, "This incident is no longer here")] })
  const keep = async () => {
    const said = Object.fromEntries(about.fields.map(([name, , type]) => [name, valueOf(name, type)]))
    for (const [name] of about.fields) show(name, "")
    const lack = about.lacks(said)
    if (lack) return show(...lack)
    await notes.add(card, kind, said)
    say("Safe on this handheld.")
    exchangeNow()
    go(`#note/${id}/${kind}`, true)
  }
  return screen({
    title: card.address,
    back: `#incident/${id}`,
    main: [
      h("h1", { tabindex: -1 }, about.title),
      about.fields.map((one) => field(card, one)),
      list(id, kind, go),
    ],
    foot: [button(about.add, keep, { class: "hh-button hh-button--main" })],
  })
}

const list = (id, kind, go) => h("ul", { class: "hh-lines", "data-notes": kind }, notes.of(id, kind).map((note) => line(note, KINDS[kind], go)))

// What has been sent or not taken shows at once, and what is being typed stays.
export const refreshNotes = (id, kind, go) => document.querySelector(`[data-notes="${kind}"]`)?.replaceWith(list(id, kind, go))

const field = (card, [name, label, type, options]) =>
  h("div", { class: "hh-field" },
    h("label", { for: name }, label),
    h("p", { class: "hh-error", id: `${name}-error`, hidden: true }),
    type === "choice"
      ? h("select", { id: name, class: "hh-input", "aria-describedby": `${name}-error` }, h("option", { value: "" }, "Choose"), options(card).map(([value, words]) => h("option", { value }, words)))
      : h("input", { id: name, class: "hh-input", type: type === "time" ? "time" : "text", inputmode: type === "number" ? "numeric" : null, maxlength: 400, autocomplete: "off", "aria-describedby": `${name}-error` }))

const show = (name, words) => {
  const error = document.getElementById(`${name}-error`)
  error.textContent = words
  error.hidden = !words
  if (words) document.getElementById(name).focus()
}

// A time of day is the last one that has come: at ten past midnight, 23:50 was yesterday.
const valueOf = (name, type) => {
  const value = document.getElementById(name).value.trim()
  if (type !== "time" || !value) return value
  const at = new Date()
  at.setHours(...value.split(":").map(Number), 0, 0)
  if (at > Date.now()) at.setDate(at.getDate() - 1)
  return at.toISOString()
}

const line = (note, about, go) =>
  h("li", {}, `${about.line(note.said)} · `,
    note.received ? `sent ${clock(note.received)}` : note.stuck ? `not taken: ${note.stuck} ` : "safe on this handheld, not sent",
    note.stuck ? button("Take it back and note it anew", async () => { await notes.takeBack(note); go(`#note/${note.incident}/${note.kind}`, true) }) : null)
