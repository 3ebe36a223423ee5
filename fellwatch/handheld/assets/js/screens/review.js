// The whole form before it goes: what is left out, what differs, the score once the officer has judged, then Send.
import * as cards from "../store/cards.js"
import * as forms from "../store/forms.js"
import { asked, completeness, isAnswered, judge, opened, WORDS } from "../rules/instruments.js"
import { button, clock, count, h, say } from "./elements.js"
import { screen } from "./frame.js"
import { where } from "./home.js"
import { definitionOf, differsText, textOf } from "./question.js"

const MAIN = "hh-button hh-button--main"

export const reviewScreen = (form, go, exchangeNow) => {
  const definition = definitionOf(form)
  const instrument = definition.definition
  const answers = forms.answersOf(form)
  const done = completeness(instrument, answers)
  const isWaiting = forms.fresh(form).length > 0
  const send = async (event) => {
    event.target.disabled = true
    await forms.want(form, done.complete)
    say("Safe on this handheld. It goes by itself when there is signal.")
    exchangeNow()
    go(`#form/${form.id}/review`, true)
  }
  return screen({
    title: [form.name, form.address].filter(Boolean).join(" · "),
    back: `#incident/${form.incident}`,
    main: [
      h("h1", { tabindex: -1 }, definition.title),
      h("p", { class: "hh-place-of-form", "data-where": true }, h("strong", {}, `${where(form)[0].toUpperCase()}${where(form).slice(1)}`)),
      forms.stuck(form) ? button("Try again", () => { forms.tryAgain(form); exchangeNow() }) : null,
      told(form, instrument),
      done.missing.length ? missing(form, done) : h("p", {}, "Everything is answered."),
      standing(instrument, answers),
      called(form, instrument, answers),
      h("dl", { class: "hh-given" }, asked(instrument, answers).map((question) => given(form, question, answers))),
      receipts(form),
      h("p", { class: "hh-quiet" }, definition.wording ?? "", definition.confidence === "uncertain" ? " How this form is laid out is not certain." : ""),
    ],
    foot: [
      isWaiting
        ? button(done.complete ? "Send" : `Send as it is: ${count(done.missing.length, "question")} left out`, send, { class: done.complete ? MAIN : "hh-button", id: "send" })
        : h("a", { class: done.complete ? MAIN : "hh-button", href: `#incident/${form.incident}` }, "Back to the incident"),
      done.complete ? null : h("a", { class: MAIN, href: place(form, done.missing[0]) }, "Go on with what is left out"),
    ],
  })
}

// What the station says of it: sent back and why, graded anew and why, owned by whom.
const told = (form, instrument) => {
  const said = cards.standing(form.incident, form.instrument, form.person)
  if (!said) return null
  const back = said.returned
  return [
    back ? h("section", { class: "hh-notice", "data-returned": true }, h("h2", {}, `Sent back to you by ${back.by}`), back.note ? h("p", {}, back.note) : null,
      h("ul", { class: "hh-lines" }, Object.entries(back.reasons).map(([name, reason]) => h("li", {}, h("a", { href: `#form/${form.id}/${name}` }, instrument.questions.find((one) => one.id === name)?.label ?? name), `: ${reason}`)))) : null,
    said.regraded ? h("p", {}, said.regraded) : null,
    said.owner ? h("p", { "data-owner": true }, h("strong", {}, said.owner)) : null,
  ]
}

const place = (form, { question }) => `#form/${form.id}/${question.replace(new RegExp(`${WORDS}$`), "")}`

// What to do stands once above the questions it is said of, not beside each.
const missing = (form, done) =>
  h("section", { class: "hh-notice" }, h("h2", {}, `${count(done.missing.length, "question")} left out`),
    [...new Set(done.missing.map((one) => one.do))].map((what) => [h("p", {}, what),
      h("ul", { class: "hh-lines hh-lines--links" }, done.missing.filter((one) => one.do === what).map((one) => h("li", {}, h("a", { href: place(form, one) }, one.label))))]))

const GRADES = { high: "High", medium: "Medium", standard: "Standard" }

// No score before the officer's own judgement: it would do the judging.
const standing = (instrument, answers) => {
  if (!instrument.judgement) return null
  const found = judge(instrument, answers)
  if (!found.shown) return h("p", { class: "hh-quiet", "data-score": "hidden" }, "The score is shown once you have given your own judgement.")
  return h("section", { class: "hh-section", "data-score": "shown" }, h("h2", {}, `You judge it ${GRADES[found.grade] ?? found.grade}`),
    h("p", {}, found.scores.map(([name, score]) => `${name}: ${score}`).join(" · ")),
    found.because ? h("p", {}, found.because) : null,
    found.below ? h("p", { class: "hh-error" }, "Your judgement is below what the score proposes. A specialist must agree before it stands.") : null,
    found.doubt ? h("p", {}, found.doubt) : null)
}

const called = (form, instrument, answers) => {
  const all = opened(instrument, answers)
  return all.length === 0 ? null : h("section", { class: "hh-notice" }, h("h2", {}, "Ask next"),
    h("ul", { class: "hh-lines" }, all.map((one) => h("li", {}, one.reason, " ", h("a", { href: `#incident/${form.incident}` }, "Find it on the incident")))))
}

const given = (form, question, answers) => {
  const beside = answers[question.id + WORDS]
  const problem = form.problems[question.id]
  return h("div", { class: isAnswered(answers[question.id]) ? "" : "hh-given--open" },
    h("dt", {}, question.number ? `${question.number}. ${question.label}` : question.label),
    h("dd", {}, h("a", { href: `#form/${form.id}/${question.id}` }, textOf(question, answers[question.id]), h("span", { class: "hh-hidden" }, `: change ${question.label}`)),
      beside ? h("p", {}, `"${beside}"`) : null,
      form.differs[question.id] ? h("p", { class: "hh-notice" }, differsText(form, question)) : null,
      problem ? h("p", { class: "hh-error" }, problem) : null))
}

const receipts = (form) =>
  form.receipts.length === 0 ? null : h("section", { class: "hh-section" }, h("h2", {}, "Receipts"),
    h("ul", { class: "hh-lines" }, form.receipts.map((one) => h("li", {}, `Sent ${clock(one.at)}, receipt ${one.code}${one.finished ? ", complete" : ""}`))))
