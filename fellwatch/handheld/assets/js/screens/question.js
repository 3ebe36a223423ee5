// One question a screen: answers under the thumb, her own words beside them, nothing lost on the way to the next.
import * as cards from "../store/cards.js"
import * as forms from "../store/forms.js"
import { asked, completeness, isAnswered, WORDS } from "../rules/instruments.js"
import { button, h, say } from "./elements.js"
import { safeWords, screen } from "./frame.js"

const NONE = "considered_none"
const UNSAID = ["not_known", "refused", "not_asked"]
const PAUSE = 400

export const definitionOf = (form) => cards.form(form.instrument, form.version) ?? cards.form(form.instrument)

// Where to go on: the first question without an answer, or the review.
export const firstOpen = (form) => {
  const instrument = definitionOf(form).definition
  const answers = forms.answersOf(form)
  const open = asked(instrument, answers).find((question) => !isAnswered(answers[question.id]))
  return open ? `#form/${form.id}/${open.id}` : `#form/${form.id}/review`
}

export const questionScreen = (form, name, go) => {
  const instrument = definitionOf(form).definition
  const answers = forms.answersOf(form)
  const all = asked(instrument, answers)
  const at = all.findIndex((question) => question.id === name)
  if (at < 0) return null
  const [question, before, after] = [all[at], all[at - 1], all[at + 1]]
  const next = after ? `#form/${form.id}/${after.id}` : `#form/${form.id}/review`
  const done = completeness(instrument, answers)
  const section = instrument.sections.find((one) => one.id === question.section)
  return screen({
    title: [form.name, form.address].filter(Boolean).join(" · "),
    back: `#incident/${form.incident}`,
    kind: "hh-main--question",
    main: [
      h("p", { class: "hh-quiet hh-section-name" }, `${definitionOf(form).title} · ${section.title}`),
      h("h1", { tabindex: -1, id: "question" }, question.label, question.number ? h("span", { class: "hh-quiet" }, ` q${question.number}`) : null),
      h("details", { class: "hh-more" }, h("summary", {}, "What to look for"), h("p", {}, question.help)),
      form.problems[question.id] ? h("p", { class: "hh-error" }, form.problems[question.id]) : null,
      question.kind === "multi" ? h("p", { class: "hh-quiet" }, "As many as apply.") : null,
      sentBack(form, question),
      differs(form, question),
      question.words ? words(form, question, answers) : null,
      before ? lastAnswer(form, before, answers) : null,
      h("p", { class: "hh-quiet hh-safe", "data-safe": true }, safeWords(form.id)),
    ],
    foot: [
      entry(form, question, answers, () => go(next), () => go(`#form/${form.id}/${question.id}`, true)),
      h("nav", { class: "hh-steps", "aria-label": "Questions" },
        before ? h("a", { class: "hh-step", href: `#form/${form.id}/${before.id}`, "aria-label": "Question before" }, "‹") : h("span", { class: "hh-step" }),
        h("span", { class: "hh-count" }, `${at + 1} of ${all.length}`, h("progress", { max: done.total || 1, value: done.answered, "aria-label": "Answered" }, "")),
        h("a", { class: "hh-step", href: next, "aria-label": after ? "Next question" : "Look at it all and send" }, "›")),
    ],
  })
}

const sentBack = (form, question) => {
  const reason = cards.standing(form.incident, form.instrument, form.person)?.returned?.reasons[question.id]
  return reason ? h("p", { class: "hh-error" }, `Sent back. ${reason}`) : null
}

const differs = (form, question) => (form.differs[question.id] ? h("p", { class: "hh-notice" }, differsText(form, question)) : null)

export const differsText = (form, question) => {
  const { stands, sides } = form.differs[question.id]
  const said = sides.map((one) => `${one.by} answered "${textOf(question, one.answer)}"`).join(", ")
  return `${said}. "${textOf(question, stands)}" stands until a supervisor decides.`
}

export const textOf = (question, answer) => {
  if (!isAnswered(answer)) return "Not answered"
  if (Array.isArray(answer)) return answer.map((one) => textOf(question, one)).join(", ")
  if (answer === NONE) return "Considered: none"
  return question?.options.find((option) => option.value === answer)?.label ?? answer
}

const lastAnswer = (form, question, answers) =>
  isAnswered(answers[question.id])
    ? h("p", { class: "hh-quiet hh-last" }, `Before: ${question.label}: ${textOf(question, answers[question.id]).slice(0, 80)}. `, h("a", { href: `#form/${form.id}/${question.id}` }, question.words ? "Change it, or add words" : "Change it"))
    : null

const keeper = (form, name) => {
  let timer = null
  const keep = (value) => {
    clearTimeout(timer)
    timer = null
    if ((forms.answersOf(form)[name] ?? "") !== value) forms.answer(form, name, value || null)
    forms.isTyped(form.id, false)
  }
  return {
    later: (value) => { clearTimeout(timer); timer = setTimeout(() => keep(value), PAUSE); forms.isTyped(form.id, true) },
    now: keep,
  }
}

const words = (form, question, answers) => {
  const name = question.id + WORDS
  const kept = keeper(form, name)
  const needed = question.words_for.includes(answers[question.id])
  const box = h("textarea", { id: "words", class: "hh-input", rows: 3, maxlength: question.longest, "data-kept": true, oninput: (event) => kept.later(event.target.value), onblur: (event) => kept.now(event.target.value) })
  box.value = answers[name] ?? ""
  return h("details", { class: "hh-more", open: Boolean(answers[name]) || needed },
    h("summary", {}, "Said in their own words ✎"),
    h("label", { for: "words", class: "hh-label" }, needed ? "Say why, in a few words" : "As they said it"),
    box)
}

const entry = (form, question, answers, next, here) => {
  switch (question.kind) {
    case "text":
    case "text_or_none": return typed(form, question, answers, next)
    case "multi": return several(form, question, answers, next)
    default: return single(form, question, answers, next, here)
  }
}

// The question moves on at once; the answer is stored meanwhile, and the next screen says when it is safe.
const single = (form, question, answers, next, here) =>
  h("div", { class: `hh-answers hh-answers--${question.options.length > 5 ? "many" : "few"}`, role: "group", "aria-labelledby": "question" },
    question.options.map((option) =>
      button(option.label, () => {
        forms.answer(form, question.id, option.value)
        say(`${option.label}. Kept.`)
        if (question.words_for.includes(option.value) && !isAnswered(forms.answersOf(form)[question.id + WORDS])) return here()
        next()
      }, { class: `hh-answer hh-answer--${option.value}`, "aria-pressed": String(answers[question.id] === option.value), "data-answer": option.value })))

const several = (form, question, answers, next) => {
  const chosen = () => { const now = forms.answersOf(form)[question.id]; return Array.isArray(now) ? now : [] }
  const alone = [...UNSAID, "none", "nothing_else"]
  const toggle = (option) => (event) => {
    const has = chosen().includes(option.value)
    const kept = alone.includes(option.value) ? [] : chosen().filter((one) => !alone.includes(one))
    forms.answer(form, question.id, has ? chosen().filter((one) => one !== option.value) : [...kept, option.value])
    for (const press of event.target.parentElement.querySelectorAll("[data-answer]")) press.setAttribute("aria-pressed", String(chosen().includes(press.dataset.answer)))
  }
  return [
    h("div", { class: "hh-answers hh-answers--many", role: "group", "aria-labelledby": "question" },
      question.options.map((option) => button(option.label, toggle(option), { class: "hh-answer", "aria-pressed": String(chosen().includes(option.value)), "data-answer": option.value }))),
    button("Next", next, { class: "hh-button hh-button--main" }),
  ]
}

const typed = (form, question, answers, next) => {
  const kept = keeper(form, question.id)
  const isNone = answers[question.id] === NONE
  const box = h("textarea", { id: "typed", class: "hh-input", rows: 4, maxlength: question.longest, "aria-labelledby": "question", "data-kept": true, oninput: (event) => kept.later(event.target.value), onblur: (event) => kept.now(event.target.value) })
  box.value = isNone ? "" : answers[question.id] ?? ""
  return [
    box,
    h("div", { class: "hh-answers hh-answers--few" },
      question.kind === "text_or_none" ? button("Considered: none", () => { box.value = ""; kept.now(NONE); next() }, { class: "hh-answer", "aria-pressed": String(isNone), "data-answer": NONE }) : null,
      button("Next", () => { if (box.value || !isNone) kept.now(box.value); next() }, { class: "hh-answer hh-button--main" })),
  ]
}
