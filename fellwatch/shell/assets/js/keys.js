// Keys: each control names its own in aria-keyshortcuts ("Alt+Shift+B"). Alt+Shift+K lists those of this page;
// Alt+Shift with the arrows goes up and down a list. A link is followed, a choice is made; a field or a button is only gone to.
const LIST = "Alt+Shift+K"
const pressed = (event) => {
  if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey) return ""
  const key = event.code.replace(/^Key|^Digit/, "")
  return `Alt+Shift+${key}`
}
const shown = (element) => element.offsetParent !== null || element.closest("details:not([open])") !== null
const all = () => [...document.querySelectorAll("[aria-keyshortcuts]")].filter(shown)
const called = (element) => {
  const label = element.labels?.[0]?.textContent ?? element.getAttribute("aria-label") ?? element.textContent
  return label.replace(/\s+/g, " ").trim()
}

const go = (element) => {
  for (let box = element.closest("details"); box; box = box.parentElement.closest("details")) box.open = true
  element.focus()
  element.scrollIntoView({ block: "nearest" })
  if (element.matches("a[href], input[type=radio]")) element.click()
}

const step = (by) => {
  const links = [...document.querySelectorAll("[data-rows] .fw-row__title a")]
  if (!links.length) return false
  const here = links.findIndex((link) => link.closest("li").contains(document.activeElement))
  links[Math.min(Math.max(here + by, 0), links.length - 1)].focus()
  return true
}

const line = (keys, words) => {
  const pair = document.createElement("div")
  const term = document.createElement("dt")
  const said = document.createElement("dd")
  for (const key of keys.split("+")) {
    const cap = document.createElement("kbd")
    cap.textContent = key.replace("Arrow", "")
    term.append(cap, " ")
  }
  said.textContent = words
  pair.append(term, said)
  return pair
}

const list = () => {
  document.querySelector("#keys")?.remove()
  const panel = document.createElement("dialog")
  panel.id = "keys"
  panel.className = "fw-keys-panel"
  panel.setAttribute("aria-labelledby", "keys-title")
  const title = document.createElement("h2")
  title.id = "keys-title"
  title.textContent = "Keys of this page"
  const terms = document.createElement("dl")
  for (const element of all()) if (!element.matches("[data-keys]")) terms.append(line(element.getAttribute("aria-keyshortcuts"), called(element)))
  if (document.querySelector("[data-rows]")) terms.append(line("Alt+Shift+ArrowDown", "Next in the list"), line("Alt+Shift+ArrowUp", "The one before"))
  if (document.querySelector("[data-search-box]")) terms.append(line("/", "Search"))
  terms.append(line(LIST, "This list"))
  const close = document.createElement("button")
  close.className = "govuk-button"
  close.textContent = "Close"
  close.addEventListener("click", () => panel.close())
  panel.append(title, terms, close)
  document.body.append(panel)
  panel.showModal()
}

export const start = () => {
  document.addEventListener("keydown", (event) => {
    const keys = pressed(event)
    if (!keys) return
    const moved = { "Alt+Shift+ArrowDown": 1, "Alt+Shift+ArrowUp": -1 }[keys]
    if (moved ? !step(moved) : false) return
    if (!moved) {
      const goal = keys === LIST ? null : all().find((element) => element.getAttribute("aria-keyshortcuts") === keys)
      if (keys === LIST) list()
      else if (goal) go(goal)
      else return
    }
    event.preventDefault()
  })
  for (const button of document.querySelectorAll("[data-keys]")) {
    button.hidden = false
    button.addEventListener("click", list)
  }
}
