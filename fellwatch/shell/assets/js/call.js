// The call screen: keys, drafts, what we know while she types, the grade while she answers.
import * as draft from "./draft.js"
import * as hold from "./hold.js"

const form = document.querySelector("[data-call]")
const find = (selector) => form.querySelector(selector)
const clock = (moment) => new Date(moment).toLocaleTimeString("en-GB", { timeZone: "Europe/London" })

const connection = () => {
  const banner = document.querySelector("[data-connection]")
  const word = find("[data-saved]")
  return {
    lost: () => {
      if (!banner.hidden) return
      banner.hidden = false
      banner.querySelector("[data-connection-since]").textContent = `at ${clock(Date.now())}`
      word.dataset.state = "lost"
      word.textContent = "Kept on this machine, not yet sent"
    },
    back: () => { banner.hidden = true; delete word.dataset.state },
    already: () => { word.textContent = "This call has been sent: changes go in its log" },
    saved: (moment) => { word.textContent = `Draft saved ${clock(moment)}` },
  }
}

const keys = () => {
  let last = find("[data-first]")
  form.addEventListener("focusin", (event) => { if (event.target.matches("input:not([type=hidden]), textarea, select")) last = event.target })
  const letters = [...form.querySelectorAll("[data-letter] textarea")]
  const places = {
    w: () => find("[data-first]"),
    q: () => find("#dangers input:checked, #dangers input"),
    k: () => find("#known-column"),
    g: () => find("[data-send]"),
  }
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.ctrlKey && event.target.matches("input")) event.preventDefault()
  })
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return last?.focus()
    if (event.ctrlKey && event.key === "Enter") {
      event.preventDefault()
      return form.requestSubmit(find("[data-send]"))
    }
    if (!event.altKey || event.ctrlKey || event.metaKey) return
    const goal = /^Digit[1-9]$/.test(event.code) ? letters[Number(event.code.slice(5)) - 1] : places[event.key.toLowerCase()]?.()
    if (!goal) return
    event.preventDefault()
    goal.focus()
    goal.scrollIntoView({ block: "nearest" })
  })
}

// Among the danger questions its letter jumps to one, and 1, 2 or 3 answers it and moves on.
const dangers = () => {
  const questions = [...form.querySelectorAll("#dangers [data-key]")]
  const focus = (question) => question?.querySelector("input:checked, input")?.focus()
  find("#dangers")?.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const here = event.target.closest("[data-key]")
    const answer = here?.querySelectorAll("input")[Number(event.key) - 1]
    if (answer) {
      event.preventDefault()
      answer.click()
      return focus(questions[questions.indexOf(here) + 1] ?? here)
    }
    const asked = questions.find((question) => question.dataset.key === event.key.toLowerCase())
    if (!asked) return
    event.preventDefault()
    focus(asked)
  })
}

const guide = () => {
  const line = find("[data-guide]")
  form.addEventListener("focusin", (event) => {
    const hint = event.target.closest("[data-letter], #dangers [data-key]")?.querySelector(".fw-field__hint")
    if (hint) line.textContent = hint.textContent
  })
}

const thrive = () => {
  const letters = [...form.querySelectorAll("[data-letter]")]
  const show = () => {
    const answered = letters.filter((letter) => letter.querySelector("textarea").value.trim() || letter.querySelector("[data-none]").checked)
    for (const letter of letters) {
      const is = answered.includes(letter)
      letter.classList.toggle("fw-letter--answered", is)
      letter.querySelector("[data-letter-state]").textContent = is ? "answered" : "not yet"
    }
    const words = `${answered.length} of ${letters.length} answered`
    const count = find("[data-thrive-count]")
    if (count.textContent !== words) count.textContent = words
  }
  for (const letter of letters) {
    const none = letter.querySelector("[data-none]")
    letter.querySelector("textarea").addEventListener("input", (event) => { if (event.target.value.trim()) none.checked = false })
  }
  form.addEventListener("input", show)
  show()
}

// What we know arrives by fragment; while she points at it or is in it, it waits. Each letter asks at once; while an
// answer is awaited only the newest question waits, so that a slow line gets fewer questions and none is cut off.
// What a pressed button changed never waits: each question keeps how many presses it was asked after, and its answer
// is shown at once where one of them is not in the panel yet. An answer to an earlier question counts for none.
const known = (line) => {
  const panel = find("#known")
  const column = find("#known-column")
  const busy = find("[data-searching]")
  const watching = hold.watch(panel)
  let waiting = []
  let presses = 0
  let shown = 0
  const put = (html) => {
    waiting = []
    bar.hide()
    panel.innerHTML = html
    window.htmx.process(panel)
  }
  const bar = hold.notice(form.querySelector("[data-held]"), () => { if (waiting.length) put(waiting.at(-1)); column.focus() })
  const engaged = () => watching.pointed() || watching.focused()
  const signs = (html) => {
    const place = html === undefined ? panel : new DOMParser().parseFromString(html, "text/html")
    const told = place.querySelector("[data-known]")
    return { signature: told?.dataset.signature, danger: Number(told?.dataset.danger ?? 0) }
  }
  const graded = () => find("#opening_code").value || find("#dangers input:checked")

  panel.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target !== panel) return
    if (event.detail.requestConfig.elt !== panel) return // what a button of the panel itself asked for is shown at once
    const arrived = event.detail.serverResponse
    const before = signs(waiting.at(-1))
    const after = signs(arrived)
    if (before.signature !== after.signature && graded()) window.htmx.trigger(document.body, "fellwatch:known")
    const asked = event.detail.requestConfig.presses
    if (asked > shown || !engaged()) {
      shown = asked
      waiting = []
      bar.hide()
      const there = signs()
      if (there.signature && there.signature === after.signature) event.detail.shouldSwap = false
      return
    }
    event.detail.shouldSwap = false
    if (before.signature === after.signature) return
    waiting.push(arrived)
    const worse = after.danger > before.danger
    bar.say(worse ? `New warning, ${hold.changes(waiting.length)}: show` : `${hold.changes(waiting.length)}: show`, worse)
  })
  panel.addEventListener("htmx:configRequest", (event) => { if (event.target === panel) event.detail.presses = presses })
  panel.addEventListener("htmx:beforeRequest", () => { busy.hidden = false })
  panel.addEventListener("htmx:afterRequest", () => { busy.hidden = true })
  watching.leave(() => { if (waiting.length && !engaged()) put(waiting.at(-1)) })

  // A pressed button has gone with the part it changed: the name to be typed is next, or else the panel it stood in.
  const pressed = () => {
    if (document.activeElement && document.activeElement !== document.body) return
    const blank = [...form.querySelectorAll("#people input[placeholder]")].filter((field) => !field.value).at(-1)
    column.scrollTop = 0
    ;(blank ?? column).focus({ preventScroll: !blank })
  }
  form.addEventListener("htmx:afterSettle", (event) => {
    if (!["people", "where"].includes(event.target.id)) return
    presses += 1
    pressed()
    panel.addEventListener("htmx:afterSettle", pressed, { once: true })
    form.dispatchEvent(new CustomEvent("fellwatch:changed"))
    window.htmx.trigger(document.body, "fellwatch:look")
  })
  form.addEventListener("htmx:sendError", line.lost)
  form.addEventListener("htmx:timeout", line.lost)
  form.addEventListener("htmx:afterOnLoad", line.back)
}

const grade = () => {
  const panel = find("#proposed")
  panel.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target === panel && panel.contains(document.activeElement)) event.detail.shouldSwap = false
  })
}

const once = (line, kept) => {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sending) return event.preventDefault()
    if (!navigator.onLine) {
      event.preventDefault()
      return line.lost()
    }
    kept.stop()
    form.dataset.sending = "yes"
    const button = find("[data-send]")
    if (event.submitter === button) button.firstChild.textContent = "Sending… "
  })
  window.addEventListener("pageshow", () => { delete form.dataset.sending })
}

// Who listens in, and what they say. A look that fails says nothing: the draft tells when the line is down.
const heard = () => {
  const place = find("[data-heard]")
  let shown = place.innerHTML.trim()
  const look = async () => {
    if (!navigator.onLine || form.dataset.sending) return
    try {
      const answer = await fetch(place.dataset.heard, { credentials: "same-origin" })
      const html = answer.ok ? (await answer.text()).trim() : shown
      if (html !== shown) place.innerHTML = shown = html
    } catch { /* the next look may succeed */ }
  }
  setInterval(look, 4000)
}

if (form) {
  const line = connection()
  const kept = draft.keep(form, line)
  keys()
  dangers()
  guide()
  thrive()
  known(line)
  grade()
  heard()
  once(line, kept)
}
