// Elements without a library: h("button", { class: "x", onclick }, "words").
export const h = (name, attributes = {}, ...children) => {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value)
    else if (key in element && ["value", "checked", "hidden", "disabled", "open", "max"].includes(key)) element[key] = value
    else element.setAttribute(key, value === true ? "" : value)
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false && child !== ""))
  return element
}

export const button = (words, onclick, attributes = {}) => h("button", { type: "button", class: "hh-button", onclick, ...attributes }, words)

const clockOf = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", hour: "2-digit", minute: "2-digit" })
const dayOf = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", weekday: "short", day: "numeric", month: "short" })
export const clock = (moment) => clockOf.format(new Date(moment))
export const day = (moment) => dayOf.format(new Date(moment))
export const dayAndClock = (moment) => (day(moment) === day(Date.now()) ? clock(moment) : `${day(moment)} ${clock(moment)}`)
export const count = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`

// Said aloud by a screen reader, and shown for a moment by nothing else.
export const say = (words) => { document.getElementById("said").textContent = words }
