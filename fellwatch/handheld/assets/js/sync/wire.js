// Speaking with the server: who this is, what its clocks say, and what every answer means for the officer.
import * as database from "../store/database.js"
import * as forms from "../store/forms.js"
import * as cards from "../store/cards.js"
import * as notes from "../store/notes.js"
import * as pictures from "../store/pictures.js"
import { stamp, remember } from "./clock.js"

const PATIENCE = 20_000

// `kind` is what went wrong: no_signal, sign_in, wipe, not_enrolled, missing, taken, invalid, refused, trouble.
export class Unsent extends Error {
  constructor(kind, words) { super(words); this.kind = kind }
}

const cookie = (name) => document.cookie.split("; ").find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1) ?? ""

const said = () => ({
  ...stamp(),
  app: document.body.dataset.version,
  held: cards.ordered().length,
  unsent: forms.unsent().length + pictures.unsent().length + notes.unsent().length,
})

// A browser that was killed may have lost its cookies; the page itself gives a new one.
const withCookie = async () => { if (!cookie("csrftoken")) await fetch("/handheld/?cookie", { cache: "no-store" }).catch(() => null) }

export const ask = async (path, body, device) => {
  await withCookie()
  const { id, token } = device ?? (await database.get("plain", "device")) ?? {}
  const answer = await fetch(`/handheld/${path}`, {
    method: "POST",
    body,
    redirect: "manual",
    cache: "no-store",
    signal: AbortSignal.timeout(PATIENCE),
    headers: {
      "X-CSRFToken": cookie("csrftoken"),
      "X-Handheld": id ?? "",
      "X-Handheld-Key": token ?? "",
      "X-Handheld-Clock": JSON.stringify(said()),
    },
  }).catch(() => { throw new Unsent("no_signal", "No signal. Everything is safe here.") })
  const given = await answer.json().catch(() => null)
  if (answer.ok && given) {
    if (given.contact) await remember(given.contact)
    return given
  }
  if (given?.problem) throw new Unsent(given.problem, given.words)
  if (answer.type === "opaqueredirect" || answer.status === 403) throw new Unsent("sign_in", "Sign in to send. Everything is safe here.")
  if (answer.ok) throw new Unsent("no_signal", "The answer was cut short. Everything is safe here.")
  throw new Unsent("trouble", "The server is in trouble. Everything is safe here, and goes when it is well.")
}
