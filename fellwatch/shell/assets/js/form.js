// A form at a desk: asks what the answers so far call for, says what is left, and keeps what was typed in this tab
// until it is on the server. The rules are the handheld's own.
import { asked, completeness } from "../../../handheld/assets/js/rules/instruments.js"

const form = document.querySelector("[data-form]")
const definition = JSON.parse(document.getElementById("definition").textContent)
const said = document.querySelector("[data-form-said]")
const mine = `fellwatch-form-${location.pathname}-`
const shelf = mine + form.elements.seen.value

const answers = () => {
  const given = {}
  for (const question of definition.questions) {
    const values = new FormData(form).getAll(question.id).filter((value) => value.trim() !== "")
    if (question.kind === "multi") given[question.id] = values
    else if (values.length) given[question.id] = values[0]
    else if (form.elements[`none-${question.id}`]?.checked) given[question.id] = "considered_none"
    const words = form.elements[`${question.id}_words`]?.value
    if (words) given[`${question.id}_words`] = words
  }
  return given
}

const look = () => {
  const given = answers()
  const wanted = new Set(asked(definition, given).map((question) => question.id))
  for (const block of form.querySelectorAll("[data-question]")) {
    block.classList.toggle("fw-form__question--skipped", !wanted.has(block.dataset.question))
  }
  const done = completeness(definition, given)
  said.textContent = done.complete ? "Whole: ready to hand in." : `${done.answered} of ${done.total} answered.`
}

const keep = () => {
  const typed = [...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "id", "seen"].includes(name))
  try { sessionStorage.setItem(shelf, JSON.stringify(typed)) } catch { /* a full shelf is no reason to stop */ }
}

const restore = () => {
  const kept = JSON.parse(sessionStorage.getItem(shelf) ?? "null")
  if (!kept || form.querySelector(".fw-field--wrong")) return
  for (const [name, value] of kept) {
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (["radio", "checkbox"].includes(field.type)) field.checked ||= field.value === value
      else field.value = value
    }
  }
}

// What was typed over an earlier version is on the server by now.
for (const name of Object.keys(sessionStorage)) if (name.startsWith(mine) && name !== shelf) sessionStorage.removeItem(name)
restore()
look()
form.addEventListener("input", () => { look(); keep() })
