// What surrounds every screen: where you are, whether there is signal, and where your work is.
import * as forms from "../store/forms.js"
import * as notes from "../store/notes.js"
import * as pictures from "../store/pictures.js"
import { count, h } from "./elements.js"

let connection = { kind: "unknown", words: "" }
export const setConnection = (told) => { connection = told }
export const standing = () => connection

const WORDS = { no_signal: "No signal", sign_in: "Sign in to send", trouble: "Server in trouble", not_enrolled: "Not set up here", refused: "Not allowed to send", unknown: "Looking for signal", well: "In touch" }

export const statusWords = () => {
  const waiting = forms.unsent().length + pictures.unsent().length + notes.unsent().length
  const safe = waiting ? `${count(waiting, "item")} safe here, not sent` : "everything sent"
  return `${WORDS[connection.kind] ?? connection.words} · ${safe}`
}

export const status = () =>
  h("a", { class: `hh-status hh-status--${connection.kind === "well" ? "well" : "away"}`, href: "#sent", "data-status": true }, statusWords())

export const refreshStatus = () => {
  const shown = document.querySelector("[data-status]")
  if (shown) shown.replaceWith(status())
}

export const screen = ({ title, back, main, foot, kind = "" }) => [
  h("header", { class: "hh-bar" },
    back ? h("a", { class: "hh-back", href: back, "aria-label": "Back" }, "‹") : h("span", { class: "hh-back hh-back--none" }),
    h("p", { class: "hh-where" }, title),
    status()),
  h("main", { class: `hh-main ${kind}`, id: "main" }, main),
  foot ? h("footer", { class: "hh-foot" }, foot) : null,
].filter(Boolean)
