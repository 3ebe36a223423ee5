// Boards and incidents that stay true: server-sent events say what changed, the server is asked for just that,
// and a row never moves while somebody points at it.
import * as hold from "./hold.js"

const SETTLE = 150
const AGE = 60000
const still = matchMedia("(prefers-reduced-motion: reduce)")
const sign = document.querySelector("[data-live]")
const list = document.querySelector("[data-rows]")
const clock = (moment) => new Date(moment).toLocaleTimeString("en-GB", { timeZone: "Europe/London" })

let heard = document.documentElement.dataset.now

const say = (state, word, moment = heard) => {
  heard = moment
  sign.className = `fw-live fw-live--${state}`
  const put = (selector, words) => { const at = sign.querySelector(selector); if (at.textContent !== words) at.textContent = words }
  put("[data-live-word]", word)
  put("[data-live-time]", clock(moment))
}

const listen = (changed, renew) => {
  if (!sign.dataset.stream) return
  let stream
  let broken = false
  const open = () => {
    stream = new EventSource(sign.dataset.stream)
    stream.addEventListener("open", () => {
      say("live", "Live")
      if (broken) renew()
      broken = false
    })
    stream.addEventListener("error", () => {
      if (!broken) say("lost", "Reconnecting, last news")
      broken = true
    })
    stream.addEventListener("at", (event) => say("live", "Live", event.data))
    stream.addEventListener("changed", (event) => changed(JSON.parse(event.data)))
    stream.addEventListener("again", () => renew())
  }
  open()
  window.addEventListener("pagehide", () => stream.close())
  // The browser kept the page as it was while somebody was elsewhere, and they came back: nobody listened meanwhile.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return
    say("lost", "Reconnecting, last news")
    broken = true
    open()
  })
}

const read = async (address, headers) => {
  const answer = await fetch(address, { credentials: "same-origin", headers })
  if (!answer.ok) throw new Error(String(answer.status))
  return answer.text()
}

const rowsOf = (html) => [...new DOMParser().parseFromString(`<ol>${html}</ol>`, "text/html").querySelectorAll("[data-row]")]
const urgency = (row) => Number(row.dataset.urgency)
const own = (id) => list.querySelector(`[data-row="${CSS.escape(id)}"]`)

const place = (row) => {
  const after = [...list.children].find((other) => other !== row && urgency(other) < urgency(row))
  if (row.nextElementSibling !== (after ?? null) || row.parentElement !== list) list.insertBefore(row, after ?? null)
}

const glide = (change) => {
  if (still.matches || list.children.length > 200) return change()
  const before = new Map([...list.children].map((row) => [row, row.getBoundingClientRect().top]))
  change()
  for (const [row, top] of before) {
    const moved = top - row.getBoundingClientRect().top
    if (row.isConnected && moved) row.animate([{ transform: `translateY(${moved}px)` }, { transform: "none" }], { duration: 220, easing: "ease-out" })
  }
}

const board = () => {
  const watching = hold.watch(list)
  const asked = new Set()
  const waiting = new Map()
  let timer = 0

  const apply = (entries) => {
    glide(() => {
      for (const [id, row] of entries) {
        const old = own(id)
        if (!row) { old?.remove(); continue }
        if (old) old.replaceWith(row)
        else row.classList.add("fw-arrives")
        place(row)
      }
    })
    document.querySelector("[data-rows-empty]").hidden = list.children.length > 0
    document.dispatchEvent(new CustomEvent("fellwatch:changed"))
  }

  const flush = () => {
    bar.hide()
    const entries = [...waiting]
    waiting.clear()
    if (entries.length) apply(entries)
  }

  const bar = hold.notice(document.querySelector("[data-held]"), flush)
  const engaged = () => watching.pointed() || watching.focused()

  const take = (entries) => {
    const news = entries.filter(([id, row]) => row ? own(id)?.dataset.version !== row.dataset.version : own(id))
    if (!news.length) return
    const arrived = news.filter(([id, row]) => row && !own(id))
    const spoken = document.querySelector("[data-board-said]")
    if (spoken && arrived.length) spoken.textContent = arrived.map(([, row]) => row.querySelector(".fw-row__title").textContent).join("; ")
    for (const [id, row] of news) waiting.set(id, row)
    if (!engaged()) return flush()
    const worst = [...waiting.values()].some((row) => row?.classList.contains("fw-row--emergency"))
    bar.say(`${hold.changes(waiting.size)} held while you are in the list: show`, worst)
  }

  const fresh = async (ids) => {
    const address = new URL(sign.dataset.rowsHref, location.href)
    if (ids) address.searchParams.set("only", ids.join(","))
    return new Map(rowsOf(await read(address, { "HX-Request": "true" })).map((row) => [row.dataset.row, document.adoptNode(row)]))
  }

  const ask = async (ids) => {
    try {
      const rows = await fresh(ids)
      const all = ids ?? [...new Set([...rows.keys(), ...[...list.children].map((row) => row.dataset.row)])]
      const entries = all.map((id) => [id, rows.get(id) ?? null])
      take(entries)
      if (!ids) older(entries)
    } catch {
      say("lost", "Could not look, last news")
    }
  }

  // The end of a long list comes once its beginning is painted: no news, so nothing is said and nothing above moves.
  const rest = async (more) => {
    try {
      for (const [id, row] of await fresh()) if (!own(id)) list.append(row)
      more.remove()
    } catch {
      // The link stays and does the same.
    }
  }

  // Every wait grows: once a minute the lines and the order are asked for anew. That is no news, so it is not announced.
  const older = (entries) => {
    if (engaged() || document.hidden) return
    apply(entries.filter(([id, row]) => row && own(id)?.dataset.version === row.dataset.version && own(id).dataset.urgency !== row.dataset.urgency))
  }

  const changed = (news) => {
    if (news.at) say("live", "Live", news.at)
    asked.add(news.incident)
    clearTimeout(timer)
    timer = setTimeout(() => { const ids = [...asked]; asked.clear(); ask(ids) }, SETTLE)
  }

  watching.leave(() => { if (waiting.size && !engaged()) flush() })
  listen(changed, () => ask(null))
  setInterval(() => { if (!document.hidden) ask(null) }, AGE)
  const more = document.querySelector("[data-more]")
  if (more) addEventListener("load", () => rest(more))
}

const said = (field) => (field && (field.matches("[type=checkbox], [type=radio]") ? field.checked : field.value)) || ""

// What somebody wrote and has not sent is never painted over, nor what they are in the middle of.
const busy = (part, fresh) => part.contains(document.activeElement) ||
  [...part.querySelectorAll("input:not([type=hidden]), select, textarea")].some((field) =>
    said(field) !== said(field.id && fresh?.querySelector(`#${CSS.escape(field.id)}`)))

const pieces = (part) => [...part.children].filter((piece) => piece.dataset.piece)
const written = (part) => part.innerHTML.replace(/name="csrfmiddlewaretoken" value="\w*"/g, "")

// Paint a part anew and say whether something in it had to stay. Around a piece that is busy, the others are painted.
const paint = (part, fresh) => {
  const news = new Map(pieces(fresh).map((piece) => [piece.dataset.piece, piece]))
  const stay = pieces(part).filter((piece) => busy(piece, news.get(piece.dataset.piece)))
  if (!stay.length && busy(part, fresh)) return true
  const open = [...part.querySelectorAll("details[open] > summary")].map((summary) => summary.textContent)
  for (const node of [...part.childNodes]) if (!stay.includes(node)) node.remove()
  let next = part.firstChild
  for (const node of fresh.childNodes) {
    const old = stay.find((piece) => piece.dataset.piece === node.dataset?.piece)
    if (old) next = old.nextSibling
    else part.insertBefore(document.importNode(node, true), next)
  }
  for (const summary of part.querySelectorAll("details > summary")) if (open.includes(summary.textContent)) summary.parentElement.open = true
  part.classList.add("fw-arrives")
  return stay.length > 0
}

const incident = () => {
  const bar = hold.notice(document.querySelector("[data-held]"), () => {})
  const now = (page) => [...page.querySelectorAll(".fw-version--now, .fw-identity")].map((part) => {
    const copy = part.cloneNode(true)
    for (const moving of copy.querySelectorAll("[data-live], [data-relative]")) moving.remove()
    return copy.textContent.trim()
  }).join()
  let seen
  let kept = false
  let asking = false
  let again = false

  const show = () => {
    kept = false
    for (const part of document.querySelectorAll("[data-live-part]")) {
      const fresh = seen.getElementById(part.id)
      if (fresh && written(fresh) !== written(part) && paint(part, fresh)) kept = true
    }
    document.dispatchEvent(new CustomEvent("fellwatch:changed"))
  }

  const look = async () => {
    try {
      seen = new DOMParser().parseFromString(await read(sign.dataset.href), "text/html")
    } catch {
      return say("lost", "Could not look, last news")
    }
    show()
    if (now(seen.body) !== now(document)) bar.say("The grade, THRIVE or who has it changed: show")
  }

  // Each look is in the log: never two at once, and one more where something changed while this one was on its way.
  const renew = async () => {
    again = true
    if (asking) return
    asking = true
    while (again) {
      again = false
      await look()
    }
    asking = false
  }

  listen((news) => { if (news.incident === sign.dataset.incident) renew() }, renew)
  document.addEventListener("focusout", () => { if (kept) setTimeout(show, 0) })
}

document.addEventListener("submit", (event) => {
  const form = event.target
  if (!form.matches("form[data-once]")) return
  if (form.dataset.sending) return event.preventDefault()
  form.dataset.sending = "yes"
})
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sending]")) delete form.dataset.sending
})

if (sign) (list ? board : incident)()
