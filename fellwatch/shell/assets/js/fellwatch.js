// Every page: the design system's behaviour, fragments, the theme switch, times that keep themselves true.
import { Button, Checkboxes, ErrorSummary, Radios, SkipLink, createAll } from "govuk-frontend"
import htmx from "htmx.org"
import * as clocks from "./clocks.js"
import * as keys from "./keys.js"
import * as theme from "./theme.js"

window.htmx = htmx
document.body.classList.add("js-enabled", "govuk-frontend-supported")
for (const Component of [Button, Checkboxes, ErrorSummary, Radios, SkipLink]) createAll(Component)
theme.start()
clocks.start()
keys.start()

const typing = (element) => element.closest("input, textarea, select, [contenteditable]") !== null

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return
  const box = document.querySelector("[data-search-box]")
  if (!box) return
  event.preventDefault()
  box.focus()
})

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false
  button.addEventListener("click", () => window.print())
}
