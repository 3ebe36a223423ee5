// Forms as data: what is asked, what is missing, what it comes to. The same as fellwatch/rules/instruments.py
// and judgement.py.
import { holds, evaluate } from "./expressions.js"

const UNSAID = ["not_known", "refused", "not_asked"]

export const WORDS = "_words"

export const isAnswered = (answer) => {
  if (typeof answer === "string") return answer.trim() !== ""
  if (Array.isArray(answer)) return answer.length > 0
  return answer !== null && answer !== undefined
}

const asFacts = (answers) =>
  Object.fromEntries(Object.entries(answers).filter(([, answer]) => isAnswered(answer)).map(([name, answer]) => [`answer.${name}`, answer]))

export const asked = (instrument, answers) => {
  const known = asFacts(answers)
  return instrument.questions.filter((question) => question.skip_when === null || !holds(question.skip_when, known))
}

const lack = (question, answers) => {
  const answer = answers[question.id]
  if (!isAnswered(answer)) return { question: question.id, label: question.label, do: question.do }
  const words = question.id + WORDS
  if ((question.words_for ?? []).includes(answer) && !isAnswered(answers[words]))
    return { question: words, label: question.label, do: "Say why, in a few words." }
  return null
}

export const completeness = (instrument, answers) => {
  const required = asked(instrument, answers).filter((question) => question.required)
  const missing = required.map((question) => lack(question, answers)).filter(Boolean)
  return { complete: missing.length === 0, missing, answered: required.length - missing.length, total: required.length }
}

const kept = (instrument, answers) =>
  Object.fromEntries(asked(instrument, answers).map((question) => [question.id, answers[question.id] ?? null]))

export const projections = (instrument, answers) => {
  const said = kept(instrument, answers)
  return Object.fromEntries(instrument.projections.map((one) => [one.name, project(instrument, one, said)]))
}

const project = (instrument, projection, answers) => {
  const known = asFacts(answers)
  switch (projection.kind) {
    case "complete": return completeness(instrument, answers).complete
    case "answer": return answers[projection.questions[0]] ?? null
    case "score": return projection.questions.filter((question) => projection.counts.includes(answers[question])).length
    case "flags": return projection.flags.filter((flag) => holds(flag.when, known)).map((flag) => flag.id)
    case "holds": {
      const truth = evaluate(projection.flags[0].when, known)
      return truth === "unknown" ? null : truth === "true"
    }
    default: throw new Error(`There is no projection of the kind ${projection.kind}.`)
  }
}

export const opened = (instrument, answers) => {
  const known = asFacts(kept(instrument, answers))
  return (instrument.supplements ?? []).filter((one) => holds(one.when, known))
}

// The officer's own grade beside what the score proposes; no score is shown before the grade is given.
export const judge = (instrument, answers) => {
  if (!instrument.judgement) return { grade: null, suggested: null, because: "", below: false, shown: true, scores: [], doubt: "" }
  const order = instrument.questions.find((question) => question.id === instrument.judgement).risk_order
  const grade = order.includes(answers[instrument.judgement]) ? answers[instrument.judgement] : null
  const taken = projections(instrument, answers)
  const scores = instrument.projections.filter((one) => one.kind === "score").map((one) => [one.name, taken[one.name]])
  const score = Object.fromEntries(scores)
  const met = instrument.thresholds
    .filter((one) => score[one.score] >= one.at_least)
    .reduce((most, one) => (most === null || order.indexOf(one.grade) > order.indexOf(most.grade) ? one : most), null)
  return {
    grade,
    suggested: met ? met.grade : null,
    because: met ? `${score[met.score]} of the scored answers are yes; from ${met.at_least} the grade is ${met.grade}.` : "",
    below: met !== null && grade !== null && order.indexOf(grade) < order.indexOf(met.grade),
    shown: grade !== null,
    scores,
    doubt: doubt(instrument, answers),
  }
}

const doubt = (instrument, answers) => {
  const scored = new Set(instrument.projections.filter((one) => one.kind === "score").flatMap((one) => one.questions))
  const unsaid = [...scored].filter((name) => UNSAID.includes(answers[name])).length
  if (!instrument.doubtful_from || unsaid < instrument.doubtful_from) return ""
  return `${unsaid} of ${scored.size} are not known, refused or not asked. A low score here says little.`
}
