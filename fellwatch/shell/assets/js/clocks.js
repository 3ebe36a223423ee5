// Keeps "in 3 h 12 min" true while the page is open. The words are those of fellwatch/shell/times.py;
// tests/shell/test_times.py holds the two together.
const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export const span = (seconds) => {
  const whole = Math.floor(Math.abs(seconds))
  if (whole < MINUTE) return "less than a minute"
  const days = Math.floor(whole / DAY)
  const hours = Math.floor((whole % DAY) / HOUR)
  const minutes = Math.floor((whole % HOUR) / MINUTE)
  if (days) return hours ? `${days} d ${hours} h` : `${days} d`
  if (hours) return minutes ? `${hours} h ${minutes} min` : `${hours} h`
  return `${minutes} min`
}

export const relative = (seconds) => {
  if (Math.abs(seconds) < MINUTE) return seconds < 0 ? "just now" : "now"
  return seconds < 0 ? `${span(seconds)} ago` : `in ${span(seconds)}`
}

export const running = (seconds) => {
  const whole = Math.max(0, Math.floor(seconds))
  const two = (number) => String(number).padStart(2, "0")
  const hours = Math.floor(whole / HOUR)
  const rest = `${two(Math.floor((whole % HOUR) / MINUTE))}:${two(whole % MINUTE)}`
  return hours ? `${hours}:${rest}` : rest
}

const serverAhead = () => {
  const stamp = document.documentElement.dataset.now
  return stamp ? Date.parse(stamp) - Date.now() : 0
}

const ahead = serverAhead()
const now = () => Date.now() + ahead

const fill = (bar) => {
  const from = Date.parse(bar.dataset.from)
  const until = Date.parse(bar.dataset.until)
  const share = Math.min(100, Math.max(0, (100 * (now() - from)) / (until - from || 1)))
  bar.querySelector("[data-fill]")?.setAttribute("width", share.toFixed(1))
  const late = now() > until
  if (!late || bar.dataset.state === "late") return
  bar.dataset.state = "late"
  const word = bar.querySelector("[data-state-word]")
  if (word) word.textContent = "Late"
}

const say = (element, words) => {
  if (element.textContent !== words) element.textContent = words
}

const tick = () => {
  for (const element of document.querySelectorAll("[data-relative]"))
    say(element, relative((Date.parse(element.dataset.relative) - now()) / 1000))
  for (const element of document.querySelectorAll("[data-running]"))
    say(element, running((now() - Date.parse(element.dataset.running)) / 1000))
  for (const bar of document.querySelectorAll("[data-clock-bar]")) fill(bar)
}

export const start = () => {
  tick()
  setInterval(tick, document.querySelector("[data-running]") ? 1000 : 10000)
  document.addEventListener("fellwatch:changed", tick)
}
