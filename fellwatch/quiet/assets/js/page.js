// The page: a list of walks to anybody; to somebody who types the word, what it hides. The title, the address and the
// history never change, nothing is stored in the clear, and looking away brings the walks back.
import { fromBase64, newId, random, toBase64, toBytes, toText } from "../../../handheld/assets/js/store/bytes.js"
import { forget, queued, send } from "./notes.js"

const main = document.querySelector("main")
const cover = main.innerHTML
const name = location.pathname.replaceAll("/", "")
let opened = null

const open = async (word) => {
  const { rounds, salt, nonce, data } = JSON.parse(document.body.dataset.more)
  const typed = await crypto.subtle.importKey("raw", toBytes(word), "PBKDF2", false, ["deriveKey"])
  const how = { name: "PBKDF2", hash: "SHA-256", salt: fromBase64(salt), iterations: rounds }
  const key = await crypto.subtle.deriveKey(how, typed, { name: "AES-GCM", length: 256 }, false, ["decrypt"])
  return JSON.parse(toText(await crypto.subtle.decrypt({ name: "AES-GCM", iv: fromBase64(nonce) }, key, fromBase64(data))))
}

const seal = async (value) => {
  const force = await crypto.subtle.importKey("spki", fromBase64(opened.key), { name: "RSA-OAEP", hash: "SHA-256" }, false, ["encrypt"])
  const bytes = random(32)
  const key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt"])
  const nonce = random(12)
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, key, toBytes(JSON.stringify(value)))
  return JSON.stringify({ key: toBase64(await crypto.subtle.encrypt({ name: "RSA-OAEP" }, force, bytes)), nonce: toBase64(nonce), data: toBase64(data) })
}

const say = (text) => { main.querySelector("[data-said]").textContent = text }

const hide = () => {
  opened = null
  main.innerHTML = cover
  wireCover()
}

const leave = () => {
  const to = opened?.exit
  hide()
  if (to) location.replace(to)
}

const wireCover = () => {
  const form = main.querySelector("form")
  form.addEventListener("submit", async (event) => {
    event.preventDefault()
    const asked = form.elements.q.value.toLowerCase().replace(/\s+/g, "")
    for (const walk of main.querySelectorAll(".walk")) walk.hidden = !walk.textContent.toLowerCase().replace(/\s+/g, "").includes(asked)
    const left = main.querySelectorAll(".walk:not([hidden])").length
    main.querySelector("[data-said]").textContent = left ? "" : "No walk of that name. Clear the box to see them all."
    const found = asked ? await open(asked).catch(() => null) : null
    if (found) show(found)
  })
}

const wrong = (form, id, text) => {
  form.querySelector(`#${id}-wrong`).textContent = text
  if (text) form.querySelector(`#${id}`).focus()
  return text
}

const write = async (form) => {
  const said = Object.fromEntries(new FormData(form))
  const means = said.means ?? ""
  const noMeans = wrong(form, "means", means ? "" : "Choose one, so that nobody answers in a way that puts you at risk.")
  const noReach = wrong(form, "reach", !means || means === "none" || said.reach.trim() ? "" : "Write the number or address to use.")
  if (noMeans || noReach) return
  const note = { id: newId(), note: await seal({ ...said, at: new Date().toISOString() }) }
  await queued(name, note)
  form.reset()
  form.hidden = true
  say((await send(name, opened.notes)) === 0
    ? "It is sent. Nothing of it is left on this device."
    : "There is no signal. It is kept here, locked so that nobody can read it on this device, and goes by itself the next time this page is open with signal.")
}

const show = (found) => {
  opened = found
  main.innerHTML = found.html
  window.scrollTo(0, 0)
  main.querySelector("h1").focus()
  for (const button of main.querySelectorAll("[data-leave]")) button.addEventListener("click", leave)
  main.querySelector("[data-forget]").addEventListener("click", async () => {
    await forget(name)
    say("This page, and anything that waited here, is gone from this device. Its address stays in the browser's history until you take it out.")
  })
  main.querySelector("form")?.addEventListener("submit", (event) => {
    event.preventDefault()
    write(event.target).catch(() => say("That did not work. Ring instead if you can."))
  })
}

document.addEventListener("keydown", (event) => { if (event.key === "Escape" && opened) leave() })
document.addEventListener("visibilitychange", () => { if (document.hidden && opened) hide() })
addEventListener("pagehide", () => { if (opened) hide() })
addEventListener("online", () => send(name, `${location.pathname}notes/`))

wireCover()
navigator.serviceWorker?.register("worker.js").catch(() => {})
send(name, `${location.pathname}notes/`)
