// Conditions written as data, answered "true", "false" or "unknown": the same as fellwatch/rules/expressions.py.
const UNSAID = new Set(["not_known", "refused", "not_asked"])
const NEGATION = { true: "false", false: "true", unknown: "unknown" }

const isMap = (found) => found !== null && typeof found === "object" && !Array.isArray(found)
const items = (found) => (Array.isArray(found) ? found : [found])
const isSaid = (item) => item !== null && item !== undefined && !(typeof item === "string" && UNSAID.has(item))
const truth = (claim) => (claim ? "true" : "false")

const conjunction = (truths) => ["false", "unknown"].find((one) => truths.includes(one)) ?? "true"
const disjunction = (truths) => ["true", "unknown"].find((one) => truths.includes(one)) ?? "false"

export const evaluate = (condition, facts) => {
  const [operator] = Object.keys(condition)
  const argument = condition[operator]
  switch (operator) {
    case "all": return conjunction(argument.map((part) => evaluate(part, facts)))
    case "any": return disjunction(argument.map((part) => evaluate(part, facts)))
    case "not": return NEGATION[evaluate(argument, facts)]
    case "known": return truth(items(lookUp(facts, argument)).every(isSaid))
    default: return ask(operator, lookUp(facts, argument[0]), argument[1])
  }
}

export const holds = (condition, facts) => evaluate(condition, facts) === "true"

// Find a fact by dotted name; the longest flat name wins. null means nobody gave it.
export const lookUp = (facts, name) => {
  if (Object.hasOwn(facts, name)) return isMap(facts[name]) ? null : facts[name] ?? null
  for (let dot = name.lastIndexOf("."); dot >= 0; dot = dot > 0 ? name.lastIndexOf(".", dot - 1) : -1) {
    const inner = Object.hasOwn(facts, name.slice(0, dot)) ? facts[name.slice(0, dot)] : null
    const found = isMap(inner) ? lookUp(inner, name.slice(dot + 1)) : null
    if (found !== null) return found
  }
  return null
}

const ask = (operator, found, expected) => {
  if (found === null) return "unknown"
  if (operator === "at_least") return compare(found, expected, (low, high, mark) => [low >= mark, high >= mark])
  if (operator === "at_most") return compare(found, expected, (low, high, mark) => [high <= mark, low <= mark])
  return disjunction(items(found).flatMap((item) => items(expected).map((wanted) => equals(item, wanted))))
}

const equals = (found, wanted) => {
  if (found === wanted) return "true"
  if (!isSaid(found) && !UNSAID.has(wanted)) return "unknown"
  return found === null || found === undefined ? "unknown" : "false"
}

// A number, or a list's length, which is open upwards while an entry is unknown.
const compare = (found, mark, test) => {
  const reach = reachOf(found)
  if (reach === null || typeof mark !== "number") return "unknown"
  const [surely, possibly] = test(...reach, mark)
  return surely ? "true" : possibly ? "unknown" : "false"
}

const reachOf = (found) => {
  if (Array.isArray(found)) {
    const said = found.filter(isSaid).length
    return [said, said === found.length ? said : Infinity]
  }
  return typeof found === "number" && Number.isFinite(found) ? [found, found] : null
}
