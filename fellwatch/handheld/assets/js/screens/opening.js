// Setting up, unlocking, and what can be done without the officer's passphrase: nothing but save the sealed copy.
import * as database from "../store/database.js"
import * as vault from "../store/vault.js"
import { newId, random, toBase64, digest } from "../store/bytes.js"
import { ask } from "../sync/wire.js"
import { remember, stamp } from "../sync/clock.js"
import { button, h, say } from "./elements.js"

const field = (id, label, hint, attributes) =>
  h("div", { class: "hh-field" },
    h("label", { for: id }, label),
    hint ? h("p", { class: "hh-hint", id: `${id}-hint` }, hint) : null,
    h("p", { class: "hh-error", id: `${id}-error`, hidden: true }),
    h("input", { id, class: "hh-input", "aria-describedby": `${hint ? `${id}-hint ` : ""}${id}-error`, ...attributes }))

export const wrong = (id, words) => {
  const line = document.getElementById(`${id}-error`)
  line.textContent = words
  line.hidden = !words
  const input = document.getElementById(id)
  input.toggleAttribute("aria-invalid", Boolean(words))
  if (words) input.focus()
  return Boolean(words)
}

const valueOf = (id) => document.getElementById(id).value

export const enrolScreen = (opened) => [
  h("main", { class: "hh-main hh-main--opening", id: "main" },
    h("h1", { tabindex: -1 }, "Set up this handheld"),
    h("p", {}, h("a", { href: "/accounts/login/?next=/handheld/" }, "Sign in to Fellwatch"), " on it first, with signal. After that it works without."),
    h("form", { novalidate: true, onsubmit: (event) => { event.preventDefault(); enrol(opened) } },
      field("name", "Name of this handheld", "Its asset number, so that it can be found in a list.", { autocomplete: "off", maxlength: 80 }),
      field("passphrase", "Passphrase", "At least 8 letters or digits; four words are best. Nobody can look it up for you: without it only the force's recovery key opens what is here.", { type: "password", autocomplete: "new-password" }),
      field("again", "The passphrase again", "", { type: "password", autocomplete: "new-password" }),
      h("p", { class: "hh-error", id: "enrol-error", role: "alert", hidden: true }),
      button("Set up", null, { type: "submit", class: "hh-button hh-button--main", id: "enrol" }))),
]

const enrol = async (opened) => {
  const [name, passphrase] = [valueOf("name").trim(), valueOf("passphrase")]
  if (wrong("name", name ? "" : "Give the handheld a name, such as its asset number.")) return
  if (wrong("passphrase", vault.weakness(passphrase))) return
  if (wrong("again", passphrase === valueOf("again") ? "" : "The two are not the same. Type it again.")) return
  const press = document.getElementById("enrol")
  press.disabled = true
  press.textContent = "Setting up"
  try {
    const device = { id: newId(), token: toBase64(random(32)) }
    const given = await ask("enrol/", JSON.stringify({ name, clock: stamp() }), device)
    const lock = await vault.create(passphrase)
    await database.write([
      { store: "plain", key: "device", value: { ...device, name, officer: given.officer, key: given.key } },
      { store: "plain", key: "lock", value: lock },
    ])
    await remember(given.contact)
    await navigator.storage?.persist?.()
    opened()
  } catch (trouble) {
    const line = document.getElementById("enrol-error")
    line.hidden = false
    line.textContent = trouble.kind === "sign_in" ? "Sign in to Fellwatch first, then set up the handheld." : trouble.message
    press.disabled = false
    press.textContent = "Set up"
  }
}

let misses = 0

export const lockScreen = (device, opened) => [
  h("main", { class: "hh-main hh-main--opening", id: "main" },
    h("h1", { tabindex: -1 }, `${device.officer.name}'s handheld`),
    h("p", {}, "Locked. What is on it is safe, sent or not."),
    h("form", { novalidate: true, onsubmit: (event) => { event.preventDefault(); unlock(opened) } },
      h("input", { type: "text", autocomplete: "username", value: device.officer.name, class: "hh-hidden", tabindex: -1, "aria-hidden": "true" }),
      field("passphrase", "Passphrase", "", { type: "password", autocomplete: "current-password" }),
      button("Unlock", null, { type: "submit", class: "hh-button hh-button--main", id: "unlock" })),
    h("details", { class: "hh-more" },
      h("summary", {}, "Passphrase forgotten, or handheld broken"),
      h("p", {}, "Save a sealed copy of what is not sent and give it to whoever looks after handhelds. Only the force's recovery key opens it."),
      button("Save the sealed copy", saveSealed))),
]

const unlock = async (opened) => {
  const press = document.getElementById("unlock")
  if (press.disabled) return
  press.disabled = true
  press.textContent = "Unlocking"
  const isHers = await vault.unlock(valueOf("passphrase"))
  if (isHers) {
    misses = 0
    return opened()
  }
  misses += 1
  // Each miss after the third waits longer, so that nobody tries many by hand.
  const wait = misses < 4 ? 0 : Math.min(2 ** (misses - 3), 60)
  wrong("passphrase", wait ? `That is not it. Wait ${wait} seconds, then try again.` : "That is not it. Try again.")
  setTimeout(() => {
    press.disabled = false
    press.textContent = "Unlock"
  }, wait * 1000)
}

export const saveSealed = async () => {
  const device = await database.get("plain", "device")
  const lines = (await database.entries("sealed")).map(([record, sealed]) => JSON.stringify({ record, sealed }))
  if (lines.length === 0) return say("Everything on this handheld has been sent: there is nothing to save.")
  const file = new Blob(lines.map((line) => `${line}\n`), { type: "application/octet-stream" })
  const link = h("a", { href: URL.createObjectURL(file), download: `handheld-${device.id}.sealed` })
  document.body.append(link)
  link.click()
  link.remove()
  say(`Saved ${lines.length}. Digest ${(await digest(await file.arrayBuffer())).slice(0, 8)}.`)
}
