// Two people answered the same question apart: the same as fellwatch/rules/merging.py.
const isAnswered = (answer) =>
  answer !== null && answer !== undefined && (typeof answer === "string" ? answer.trim() !== "" : !Array.isArray(answer) || answer.length > 0)
// By code points, as Python sorts.
const inOrder = (one, other) => {
  const [left, right] = [[...one], [...other]]
  for (let at = 0; at < Math.min(left.length, right.length); at += 1)
    if (left[at] !== right[at]) return left[at].codePointAt(0) - right[at].codePointAt(0)
  return left.length - right.length
}
const sorted = (all) => [...new Set(all.map(String))].sort(inOrder)
const plain = (answer) => (!isAnswered(answer) ? null : Array.isArray(answer) ? sorted(answer) : answer)
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other)

export const riskier = (question, one, other) => {
  if (one === other) return one
  const [first, second] = [one, other].map((answer) => question.risk_order.indexOf(answer))
  if (first < 0 || second < 0) return null
  return first > second ? one : other
}

export const merge = (question, seen, arriving, stored) => {
  const [base, mine, theirs] = [seen, arriving, stored].map(plain)
  if (same(mine, theirs)) return { value: theirs, came: "same" }
  if (same(mine, base)) return { value: theirs, came: "kept" }
  if (same(theirs, base)) return { value: mine, came: isLower(question, mine, base) ? "lowered" : "taken" }
  if (Array.isArray(mine) && Array.isArray(theirs)) return join(Array.isArray(base) ? base : [], mine, theirs)
  return { value: theirs === null ? mine : ranked(question, mine, theirs), came: "disputed" }
}

const join = (base, mine, theirs) => {
  const both = sorted([...mine, ...theirs])
  const disputed = base.some((one) => (!mine.includes(one) || !theirs.includes(one)) && both.includes(one))
  return { value: both, came: disputed ? "disputed" : "joined" }
}

const ranked = (question, mine, theirs) => {
  if (!question || typeof mine !== "string" || typeof theirs !== "string") return theirs
  return riskier(question, mine, theirs) ?? theirs
}

const isLower = (question, answer, than) => {
  if (answer === null) return than !== null
  if (!question || typeof answer !== "string" || typeof than !== "string") return false
  return question.risk_order.includes(than) && riskier(question, answer, than) !== answer
}
