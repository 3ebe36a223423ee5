// The handheld from its first tap: set up, locked, or open at the screen the address names.
import * as cards from "./store/cards.js"
import * as database from "./store/database.js"
import * as forms from "./store/forms.js"
import * as notes from "./store/notes.js"
import * as pictures from "./store/pictures.js"
import * as vault from "./store/vault.js"
import * as whereabouts from "./store/whereabouts.js"
import * as wiping from "./store/wiping.js"
import { exchange } from "./sync/exchange.js"
import { recall } from "./sync/clock.js"
import { colours } from "./screens/colours.js"
import { button, h, say } from "./screens/elements.js"
import { refreshStatus, safeWords, setConnection } from "./screens/frame.js"
import { guideScreen } from "./screens/guide.js"
import { homeScreen } from "./screens/home.js"
import { incidentScreen, pictureScreen } from "./screens/incident.js"
import { moreScreen, sentScreen } from "./screens/more.js"
import { noteScreen, refreshNotes } from "./screens/noting.js"
import { enrolScreen, lockScreen } from "./screens/opening.js"
import { firstOpen, questionScreen } from "./screens/question.js"
import { reviewScreen } from "./screens/review.js"

const IDLE = 5 * 60_000
const EVERY = 30_000

const root = document.getElementById("app")
let device = null
let lastTouched = Date.now()

const show = ([bar, ...rest]) => {
  if (root.firstChild !== bar) root.replaceChildren(bar)
  while (root.lastChild !== bar) root.lastChild.remove()
  root.append(...rest)
  root.querySelector("h1")?.focus({ preventScroll: true })
  scrollTo(0, 0)
}

// Go to an address; `isSame` shows the same screen anew.
const go = (address, isSame = false) => {
  if (location.hash === address || (address === "#" && location.hash === "")) return render()
  if (isSame) history.replaceState(null, "", address)
  else history.pushState(null, "", address)
  render()
}

const formScreen = (id, name) => {
  const form = forms.get(id)
  if (!form) return homeScreen(locate)
  if (name === "next") {
    history.replaceState(null, "", firstOpen(form))
    return formScreen(id, location.hash.split("/")[2])
  }
  return (name !== "review" && questionScreen(form, name, go)) || reviewScreen(form, go, exchangeNow)
}

const screenAt = (address) => {
  const [place, id, name] = address.replace(/^#/, "").split("/")
  switch (place) {
    case "incident": return incidentScreen(id, go)
    case "picture": return pictureScreen(id, go)
    case "form": return formScreen(id, name)
    case "note": return noteScreen(id, name, go, exchangeNow)
    case "sent": return sentScreen(exchangeNow)
    case "guide": return guideScreen()
    case "more": return moreScreen(lock, { ...colours, choose: (code) => { colours.choose(code); render() } })
    default: return homeScreen(locate)
  }
}

const locate = async () => {
  say((await whereabouts.ask()) ? "Nearest first, from where you are." : "This handheld does not say where it is.")
  render()
  exchangeNow()
}

const render = () => {
  if (device === null) return show(enrolScreen(begin))
  if (!vault.isOpen()) return show(lockScreen(device, openUp))
  return show(screenAt(location.hash))
}

// Typing is never thrown away by something arriving: the screen stays, and only where things are changes.
const arrived = (told) => {
  if (told.kind === "wipe") return destroy()
  setConnection(told)
  if (!vault.isOpen()) return
  const isTyping = root.querySelector("textarea, input, select") !== null
  if (told.kind === "well" && !isTyping && !location.hash.startsWith("#form/")) render()
  else if (location.hash.endsWith("/review")) render()
  else {
    const [place, id, kind] = location.hash.replace(/^#/, "").split("/")
    if (place === "note") refreshNotes(id, kind, go)
    refreshStatus()
  }
}

const exchangeNow = () => { if (vault.isOpen()) exchange(arrived) }

const openUp = async () => {
  await Promise.all([cards.load(), forms.load(), pictures.load(), notes.load()])
  touched()
  render()
  exchangeNow()
}

const begin = async () => {
  device = await database.get("plain", "device")
  await openUp()
}

const lock = async () => {
  document.activeElement?.blur()
  await forms.flushed()
  vault.lock()
  ;[cards, forms, pictures, notes, whereabouts].forEach((store) => store.forget())
  render()
}

const touched = () => { lastTouched = Date.now() }

const destroy = async () => {
  show([h("main", { class: "hh-main hh-main--opening", id: "main" }, h("h1", { tabindex: -1 }, "This handheld is being wiped"), h("p", {}, "The force has told it to destroy what it holds. What was not sent goes sealed to the force first."))])
  ;[cards, forms, pictures, notes].forEach((store) => store.forget())
  await wiping.wipe().then(wiped, () => setTimeout(destroy, EVERY))
}

const wiped = () => {
  device = undefined
  show([h("main", { class: "hh-main hh-main--opening", id: "main" }, h("h1", { tabindex: -1 }, "This handheld has been wiped"), h("p", {}, "Nothing is left on it. The force has the list of what was destroyed."))])
}

const beat = async () => {
  if (device === null || device === undefined) return
  if (vault.isOpen() && Date.now() - lastTouched > IDLE) await lock()
  if (await wiping.isWanted()) return destroy()
  exchangeNow()
}

const newVersion = (waiting) => {
  if (document.getElementById("newer")) return
  document.body.append(h("div", { class: "hh-newer", id: "newer", role: "region", "aria-label": "New version" }, "A new version is ready. Forms stay as they are. ", button("Use it", () => waiting.postMessage("now"))))
}

const install = async () => {
  if (!navigator.serviceWorker) return
  const kept = navigator.serviceWorker.controller
  const registration = await navigator.serviceWorker.register("/handheld/worker.js", { scope: "/handheld/" })
  if (registration.waiting && kept) newVersion(registration.waiting)
  registration.addEventListener("updatefound", () => {
    const worker = registration.installing
    worker.addEventListener("statechange", () => { if (worker.state === "installed" && kept) newVersion(worker) })
  })
  navigator.serviceWorker.addEventListener("controllerchange", async () => {
    if (!kept) return
    await forms.flushed()
    location.reload()
  })
}

const alone = (start) =>
  navigator.locks.request("fellwatch-handheld", { ifAvailable: true }, async (held) => {
    if (held) {
      await start()
      return new Promise(() => {})
    }
    show([h("main", { class: "hh-main hh-main--opening", id: "main" }, h("h1", { tabindex: -1 }, "Open in another window"), h("p", {}, "The handheld is open already. Close this window and go on there."))])
    return null
  })

const start = async () => {
  colours.apply()
  const [isWiping, known] = await Promise.all([wiping.isBegun(), database.get("plain", "device"), recall()])
  if (isWiping) return destroy()
  device = known ?? null
  render()
  install().catch(() => say("Without signal this page may not open again until it has loaded once."))
  for (const event of ["pointerdown", "keydown", "input"]) addEventListener(event, touched, { passive: true })
  addEventListener("popstate", render)
  addEventListener("hashchange", render)
  addEventListener("online", beat)
  addEventListener("offline", () => arrived({ kind: "no_signal", words: "No signal" }))
  document.addEventListener("visibilitychange", () => { if (document.hidden) document.activeElement?.blur(); else beat() })
  forms.onSaved((id) => {
    const line = root.querySelector("[data-safe]")
    if (line && line.textContent !== safeWords(id)) line.textContent = safeWords(id)
    refreshStatus()
  })
  setInterval(beat, EVERY)
  setInterval(colours.apply, 10 * 60_000)
  beat()
}

alone(start)
