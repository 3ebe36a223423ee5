// One incident and its address: what is dangerous first, who is here, what to do, what is known.
import * as cards from "../store/cards.js"
import * as forms from "../store/forms.js"
import * as notes from "../store/notes.js"
import * as pictures from "../store/pictures.js"
import { completeness, opened } from "../rules/instruments.js"
import { clock, count, day, h, say } from "./elements.js"
import { screen } from "./frame.js"
import { where } from "./home.js"
import { noteKinds } from "./noting.js"

const VICTIMS = ["victim", "at_risk", "missing", "caller"]
const isChild = (one) => one.age !== null && one.age !== undefined && one.age < 18

export const incidentScreen = (id, go) => {
  const card = cards.get(id)
  if (!card) return screen({ title: "Fellwatch", back: "#", main: [h("h1", { tabindex: -1 }, "This incident is no longer here"), h("p", {}, "It is not near you any more, or it has been restricted.")] })
  return screen({
    title: card.address,
    back: "#",
    main: [
      h("h1", { tabindex: -1 }, card.address),
      h("p", {}, `${card.grade_text} · ${card.title} · ${card.reference} · ${day(card.received)} ${clock(card.received)}`),
      warnings(card),
      h("p", {}, card.summary),
      doing(card, go),
      people(card),
      earlier(card),
      card.owed.length ? section("Owed", card.owed.map((one) => h("li", {}, `${one.title}${one.due ? `: by ${day(one.due)} ${clock(one.due)}` : ""}${one.state === "late" ? " (late)" : ""}`))) : null,
      section("Log", card.log.map((line) => h("li", {}, `${clock(line.at)} ${line.by}: ${line.text}`)), true),
    ],
  })
}

const section = (title, items, isClosed = false) =>
  isClosed
    ? h("details", { class: "hh-more" }, h("summary", {}, `${title} (${items.length})`), h("ul", { class: "hh-lines" }, items))
    : h("section", { class: "hh-section" }, h("h2", {}, title), h("ul", { class: "hh-lines" }, items))

const warnings = (card) =>
  card.warnings.length === 0 ? null : h("ul", { class: "hh-warnings", "aria-label": "Warnings" },
    card.warnings.map((one) => h("li", {}, h("strong", {}, one.tone === "note" ? one.text : `▲ ${one.text}`), one.detail ? ` ${one.detail}` : "", h("span", { class: "hh-quiet" }, ` ${one.source}`))))

const people = (card) => {
  const parts = [...card.people, ...notes.people(card)].map((one) => h("li", {}, h("strong", {}, one.name), `${age(one)} · ${one.role_text}`, one.vulnerabilities.length ? ` · ${one.vulnerabilities.join(", ")}` : ""))
  const named = new Set(card.people.map((one) => one.id))
  const others = card.household.filter((one) => !named.has(one.id)).map((one) => h("li", {}, h("strong", {}, one.name), `${age(one)} · lives here`))
  return section("People", [...parts, ...others].length ? [...parts, ...others] : [h("li", {}, "Nobody is named yet.")])
}

const age = (one) => (one.age === null || one.age === undefined ? "" : `, ${one.age}`)

const earlier = (card) =>
  section("Earlier", card.earlier.map((one) => h("li", {}, `${day(one.at)} · ${one.title}${one.here ? "" : " (elsewhere)"}${one.people.length ? ` · ${one.people.join(", ")}` : ""}`)), true)

// Whom a form can be about at this incident.
const subjects = (card, about) => {
  const parts = [...card.people, ...notes.people(card)]
  const everyone = [...parts, ...card.household.filter((one) => !card.people.some((part) => part.id === one.id))]
  const once = (all) => [...new Map(all.map((one) => [one.id, one])).values()]
  switch (about) {
    case "victim": {
      const role = VICTIMS.find((one) => parts.some((part) => part.role === one))
      return once(parts.filter((part) => part.role === role))
    }
    case "suspect": return once(parts.filter((part) => part.role === "suspect"))
    case "child": return once(everyone.filter((one) => isChild(one) || /^child_/.test(one.role ?? "")))
    case "adult": return once(everyone.filter((one) => !isChild(one)))
    case "household": return once(everyone)
    default: return [null]
  }
}

const doing = (card, go) => {
  const called = new Set(forms.all().filter((one) => one.incident === card.id).flatMap((one) => {
    const definition = cards.form(one.instrument, one.version)
    return definition ? opened(definition.definition, forms.answersOf(one)).map((next) => next.instrument) : []
  }))
  const supplements = new Set(cards.forms().flatMap((one) => one.definition.supplements.map((next) => next.instrument)))
  const offered = cards.forms().filter((one) => !supplements.has(one.id) || called.has(one.id))
  const all = offered.flatMap((one) => subjects(card, one.definition.about).map((person) => ({ one, person, isFirst: called.has(one.id) || isFirst(card, one, person) })))
  const row = ({ one, person }) => formRow(card, one, person, called.has(one.id), go)
  const first = all.filter((one) => one.isFirst).sort((one, other) => FIRST.indexOf(one.one.id) - FIRST.indexOf(other.one.id))
  const rest = all.filter((one) => !one.isFirst)
  return h("section", { class: "hh-section" }, h("h2", {}, "Do"),
    h("ul", { class: "hh-list" },
      first.map(row),
      card.domestic && subjects(card, "suspect").length === 0 ? h("li", {}, h("a", { class: "hh-do", href: `#note/${card.id}/member` }, h("strong", {}, "Nobody is a suspect yet"), h("span", { class: "hh-quiet" }, "Add them, named or only described: what was done is asked about each suspect."))) : null,
      noteKinds(card).map(([kind, title]) => h("li", {}, h("a", { class: "hh-do", href: `#note/${card.id}/${kind}` }, h("strong", {}, title), h("span", { class: "hh-quiet" }, noted(card, kind))))),
      h("li", {}, h("a", { class: "hh-do", href: `#picture/${card.id}` }, h("strong", {}, "Photographs"), h("span", { class: "hh-quiet" }, photographs(card))))),
    rest.length ? h("details", { class: "hh-more" }, h("summary", {}, `Other forms (${rest.length})`), h("ul", { class: "hh-list" }, rest.map(row))) : null)
}

// What is asked at a domestic, in the order it is asked; elsewhere the notices come first.
const FIRST = ["dash", "household_voice", "positive_action", "child_notice", "adult_notice"]
const isBegun = (card, definition, person) => forms.all().some((one) => one.incident === card.id && one.instrument === definition.id && one.person === (person?.id ?? null))

const isFirst = (card, definition, person) => {
  if (isBegun(card, definition, person) || card.forms.some((one) => one.instrument === definition.id && one.person === (person?.id ?? null))) return true
  if (!card.domestic) return definition.id === "child_notice" || definition.id === "adult_notice"
  if (definition.id === "household_voice") return isChild(person)
  return definition.id === "dash" || definition.id === "positive_action"
}

const noted = (card, kind) => {
  const here = notes.of(card.id, kind).length
  return here ? `${count(here, "note")} on this handheld` : "None noted here"
}

const photographs = (card) => {
  const here = pictures.of(card.id)
  const waiting = here.filter((one) => !one.code).length
  const sent = card.photographs.length
  return [sent ? `${sent} at the station` : "", waiting ? `${waiting} safe here, not sent` : ""].filter(Boolean).join(", ") || "None taken"
}

const formRow = (card, definition, person, isCalled, go) => {
  const begun = forms.all().find((one) => one.incident === card.id && one.instrument === definition.id && one.person === (person?.id ?? null))
  const standing = card.forms.find((one) => one.instrument === definition.id && one.person === (person?.id ?? null))
  const start = async () => {
    const form = await forms.begin(card, definition, person)
    go(`#form/${form.id}/next`)
  }
  return h("li", {}, h("button", { type: "button", class: "hh-do", onclick: start, "data-form": definition.id, "data-person": person?.name ?? "" },
    h("strong", {}, definition.title), person ? h("span", {}, `${person.name}${age(person)}`) : null,
    standing?.returned ? h("span", { class: "hh-notice" }, returnedText(standing.returned)) : null,
    standing?.regraded ? h("span", {}, standing.regraded) : null,
    standing?.owner ? h("span", {}, standing.owner) : null,
    h("span", { class: "hh-quiet" }, begun ? progress(begun, definition) : standing ? `${standing.by} answered it ${clock(standing.at)}` : isCalled ? "Called for by an answer" : "Not begun")))
}

export const returnedText = (returned) => [`Returned to you by ${returned.by} because: ${Object.values(returned.reasons).join(" ")}`, returned.note].filter(Boolean).join(" ")

const progress = (form, definition) => {
  const done = completeness(definition.definition, forms.answersOf(form))
  return `${done.answered} of ${done.total} · ${where(form)}`
}

export const pictureScreen = (id, go) => {
  const card = cards.get(id)
  if (!card) return incidentScreen(id, go)
  const add = async () => {
    const [file, caption] = [document.getElementById("file").files[0], document.getElementById("caption").value.trim()]
    const line = document.getElementById("file-error")
    line.hidden = Boolean(file && caption)
    line.textContent = !file ? "Take or choose a photograph." : "Say what it shows."
    if (!file || !caption) return
    await pictures.add(card, file, caption, document.getElementById("exhibit").value.trim())
    say("Safe on this handheld.")
    go(`#picture/${id}`, true)
  }
  return screen({
    title: card.address,
    back: `#incident/${id}`,
    main: [
      h("h1", { tabindex: -1 }, "Photographs"),
      h("div", { class: "hh-field" }, h("label", { for: "file" }, "Photograph"), h("p", { class: "hh-error", id: "file-error", role: "alert", hidden: true }),
        h("input", { id: "file", type: "file", accept: "image/jpeg,image/png,image/webp", capture: "environment", class: "hh-input" })),
      h("div", { class: "hh-field" }, h("label", { for: "caption" }, "What it shows"), h("input", { id: "caption", class: "hh-input", maxlength: 500, autocomplete: "off" })),
      h("div", { class: "hh-field" }, h("label", { for: "exhibit" }, "Exhibit mark, if it has one"), h("input", { id: "exhibit", class: "hh-input", maxlength: 40, autocomplete: "off" })),
      h("ul", { class: "hh-lines" },
        pictures.of(id).map((one) => h("li", {}, `${one.exhibit ? `${one.exhibit}: ` : ""}${one.caption} · ${one.code ? `sent, receipt ${one.code}` : one.stuck ? `not taken: ${one.stuck}` : "safe on this handheld, not sent"}`)),
        card.photographs.filter((one) => !pictures.of(id).some((mine) => mine.id === one.id)).map((one) => h("li", {}, `${one.caption} · ${one.by}${one.code ? `, receipt ${one.code}` : ", still arriving"}`))),
      pictures.of(id).length ? null : h("p", { class: "hh-quiet" }, "None taken on this handheld yet."),
    ],
    foot: [h("button", { type: "button", class: "hh-button hh-button--main", onclick: add }, "Keep this photograph")],
  })
}
