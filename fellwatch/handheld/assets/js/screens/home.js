// The day: what is near, the gravest first, and where every form is.
import * as cards from "../store/cards.js"
import * as forms from "../store/forms.js"
import { here } from "../store/whereabouts.js"
import { button, clock, count, day, dayAndClock, h } from "./elements.js"
import { screen, standing } from "./frame.js"

export const homeScreen = (locate) => {
  const shown = cards.ordered()
  return screen({
    title: "Fellwatch",
    main: [
      h("h1", { tabindex: -1 }, "Today, near you"),
      standing().kind === "sign_in" ? h("p", { class: "hh-notice" }, h("a", { href: "/accounts/login/?next=/handheld/" }, "Sign in"), " to send and to bring today's incidents up to date. Everything here stays.") : null,
      h("p", { class: "hh-quiet" }, cards.syncedAt() ? `As it stood ${dayAndClock(cards.syncedAt())}.` : "Nothing has come yet. With signal, the day's incidents come by themselves."),
      shown.length ? h("p", { class: "hh-quiet" }, "Those you attend first. Then by grade, within a grade by danger, and of equal danger the nearest: what is near but can wait never stands above an emergency.") : null,
      shown.length && !here() ? button("Measure from where I am", locate) : null,
      h("ul", { class: "hh-list" }, shown.map(row)),
      shown.length === 0 && cards.syncedAt() ? h("p", {}, "No incident is open near you. New ones come by themselves when there is signal.") : null,
    ],
    foot: [h("div", { class: "hh-two" }, h("a", { class: "hh-button", href: "#guide" }, "What to do at a domestic"), h("a", { class: "hh-button", href: "#more" }, "More"))],
  })
}

const how = (card) => {
  if (cards.isOwn(card)) return "You attend"
  const far = cards.distance(card)
  if (far === null) return ""
  return `${far < 10 ? far.toFixed(1) : Math.round(far)} km from ${here() ? "you" : "your incident"}`
}

const row = (card) => {
  const here = forms.all().filter((form) => form.incident === card.id && (form.receipts.length || Object.keys(form.changes).length))
  const children = card.household.filter((one) => one.age !== null && one.age < 18).length
  const dangers = card.warnings.filter((one) => one.tone !== "note").length
  return h("li", {},
    h("a", { class: `hh-card hh-card--${card.grade}`, href: `#incident/${card.id}` },
      h("span", { class: "hh-card__grade" }, card.grade_text),
      h("strong", { class: "hh-card__place" }, card.address),
      how(card) ? h("span", { class: "hh-card__how" }, how(card)) : null,
      h("span", {}, `${card.title} · ${day(card.received)} ${clock(card.received)} · ${card.state_text}`),
      card.danger_text ? h("span", { class: "hh-card__flags" }, card.danger_text) : null,
      dangers || children ? h("span", { class: "hh-card__flags" }, [dangers ? `▲ ${count(dangers, "warning")}` : "", children ? count(children, "child", "children") : ""].filter(Boolean).join(" · ")) : null,
      card.forms.some((one) => one.returned) ? h("span", { class: "hh-card__flags" }, `▲ ${count(card.forms.filter((one) => one.returned).length, "form")} sent back to you`) : null,
      here.length ? h("span", { class: "hh-quiet" }, here.map((form) => `${form.title}: ${where(form)}`).join("; ")) : null))
}

// Where a form is, in words an officer can rely on.
export const where = (form) => {
  const last = form.receipts.at(-1)
  if (forms.stuck(form)) return `not taken: ${forms.stuck(form)}`
  if (forms.isBroken(form.id)) return "NOT stored: this handheld is full or broken. Write it down"
  if (!forms.isSafe(form.id)) return "being stored"
  if (form.sending && forms.fresh(form).length === 0) return "safe on this handheld, goes when there is signal"
  if (forms.fresh(form).length) return last ? `changed since ${clock(last.at)}, safe on this handheld, not sent` : "safe on this handheld, not sent"
  if (last) return `sent ${clock(last.at)}, receipt ${last.code}`
  return "nothing answered yet"
}
