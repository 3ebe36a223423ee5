// What surrounds every screen: where you are, whether there is signal, and where your work is.
import * as forms from "../store/forms.js"
import * as notes from "../store/notes.js"
import * as pictures from "../store/pictures.js"
import { h } from "./elements.js"

let connection = { kind: "unknown", words: "" }
export const setConnection = (told) => { connection = told }
export const standing = () => connection

const WORDS = { no_signal: "No signal", sign_in: "Sign in to send", trouble: "Server in trouble", not_enrolled: "Not set up here", refused: "Not allowed to send", unknown: "Looking for signal", well: "In touch" }

export const statusWords = () => {
  const waiting = forms.unsent().length + pictures.unsent().length + notes.unsent().length
  const safe = waiting ? `${waiting} safe here, not sent` : "everything sent"
  return `${WORDS[connection.kind] ?? connection.words} · ${safe}`
}

export const safeWords = (id) => (forms.isBroken(id) ? "NOT stored: this handheld is full or broken. Write it down." : forms.isSafe(id) ? "Safe on this handheld" : "Being stored")

const statusClass = () => `hh-status hh-status--${connection.kind === "well" ? "well" : "away"}`

// Only what is no longer so is written, here and on every screen: each writing is a layout on a slow phone.
export const refreshStatus = () => {
  const shown = document.querySelector("[data-status]")
  if (!shown) return
  if (shown.className !== statusClass()) shown.className = statusClass()
  if (shown.textContent !== statusWords()) shown.textContent = statusWords()
}

// From one question to the next the bar is the same, and stays where it is.
const bar = (title, back) => {
  const shown = document.querySelector(".hh-bar")
  if (shown?.querySelector(".hh-where").textContent === title && shown.querySelector("a.hh-back")?.getAttribute("href") === back) {
    refreshStatus()
    return shown
  }
  return h("header", { class: "hh-bar" },
    back ? h("a", { class: "hh-back", href: back, "aria-label": "Back" }, "‹") : h("span", { class: "hh-back hh-back--none" }),
    h("p", { class: "hh-where" }, title),
    h("a", { class: statusClass(), href: "#sent", "data-status": true }, statusWords()))
}

export const screen = ({ title, back, main, foot, kind = "" }) => [
  bar(title, back),
  h("main", { class: `hh-main ${kind}`, id: "main" }, main),
  foot ? h("footer", { class: "hh-foot" }, foot) : null,
].filter(Boolean)
