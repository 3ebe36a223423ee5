// Where everything is, and the officer's own settings.
import * as forms from "../store/forms.js"
import * as notes from "../store/notes.js"
import * as pictures from "../store/pictures.js"
import * as vault from "../store/vault.js"
import { button, clock, h, say } from "./elements.js"
import { screen, statusWords } from "./frame.js"
import { where } from "./home.js"
import { saveSealed, wrong } from "./opening.js"

export const sentScreen = (exchangeNow) =>
  screen({
    title: "Where everything is",
    back: "#",
    main: [
      h("h1", { tabindex: -1 }, "Where everything is"),
      h("p", {}, `${statusWords()}.`),
      h("ul", { class: "hh-list" },
        forms.all().map((form) => h("li", {}, h("a", { class: "hh-do", href: `#form/${form.id}/review` }, h("strong", {}, form.title), h("span", {}, [form.name, form.address].filter(Boolean).join(" · ")), h("span", { class: "hh-quiet" }, where(form))))),
        pictures.all().map((one) => h("li", { class: "hh-do" }, h("strong", {}, `Photograph: ${one.caption}`), h("span", { class: "hh-quiet" }, one.code ? `sent, receipt ${one.code}` : "safe on this handheld, not sent")))),
      notes.unsent().length ? h("p", {}, `${notes.unsent().length} noted beside forms, safe on this handheld, not sent.`) : null,
      forms.all().length + pictures.all().length === 0 ? h("p", {}, "Nothing has been written on this handheld yet. Forms and photographs show here with their receipts.") : null,
    ],
    foot: [button("Try to send now", exchangeNow, { class: "hh-button hh-button--main" })],
  })

export const moreScreen = (lock, colours) =>
  screen({
    title: "More",
    back: "#",
    main: [
      h("h1", { tabindex: -1 }, "More"),
      button("Lock now", lock),
      h("fieldset", { class: "hh-field" }, h("legend", {}, "Colours"),
        h("div", { class: "hh-answers hh-answers--few" }, [["auto", "By the hour"], ["dark", "Night"], ["light", "Day"]].map(([code, words]) =>
          button(words, () => colours.choose(code), { class: "hh-answer", "aria-pressed": String(colours.chosen() === code) })))),
      h("details", { class: "hh-more" }, h("summary", {}, "Change the passphrase"), passphrase()),
      h("details", { class: "hh-more" }, h("summary", {}, "Save a sealed copy"), h("p", {}, "What is not sent, sealed so that only the force's recovery key opens it."), button("Save the sealed copy", saveSealed)),
      h("p", { class: "hh-quiet" }, `Version ${document.body.dataset.version}. Everything opened or sent here is logged with your name.`),
      h("p", { class: "hh-quiet" }, `It is ${clock(Date.now())} by this handheld. Legal times are set by the server's clock, not by this one.`),
    ],
  })

const passphrase = () => {
  const input = (id, label, autocomplete) => h("div", { class: "hh-field" }, h("label", { for: id }, label), h("p", { class: "hh-error", id: `${id}-error`, hidden: true }), h("input", { id, type: "password", class: "hh-input", autocomplete, "aria-describedby": `${id}-error` }))
  const change = async () => {
    const [before, after] = ["before", "after"].map((id) => document.getElementById(id).value)
    if (wrong("after", vault.weakness(after))) return
    if (wrong("before", (await vault.changePassphrase(before, after)) ? "" : "That is not the passphrase now.")) return
    say("The passphrase is changed.")
    document.getElementById("changed").hidden = false
  }
  return [input("before", "The passphrase now", "current-password"), input("after", "The new one", "new-password"), button("Change it", change), h("p", { id: "changed", hidden: true }, "Changed. Use the new one from now on.")]
}

