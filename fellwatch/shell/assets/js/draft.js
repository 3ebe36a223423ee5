// Nothing typed is lost: every change goes to the server, and until it is there it stays in this tab.
const WAIT = 400
const RETRY = 3000

const read = (form) => [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string")

const restore = (form, entries) => {
  const lists = new Map()
  for (const [name, value] of entries) lists.set(name, [...(lists.get(name) ?? []), value])
  for (const field of form.elements) {
    if (!field.name || ["submit", "button", "hidden"].includes(field.type)) continue
    const values = lists.get(field.name)
    if (field.type === "checkbox" || field.type === "radio") field.checked = Boolean(values?.includes(field.value))
    else if (values) field.value = values.shift()
  }
}

export const keep = (form, { saved, lost, back, already }) => {
  const shelf = `fellwatch-call-${form.dataset.id}`
  const posted = `${shelf}-posted`
  let timer = 0
  let sending = null
  let dirty = false

  const put = (name, value) => { try { sessionStorage.setItem(name, value) } catch { /* a full shelf is no reason to stop */ } }
  const shelve = () => {
    put(shelf, JSON.stringify(read(form)))
    sessionStorage.removeItem(posted)
  }
  const clear = () => sessionStorage.removeItem(shelf)

  const send = async () => {
    clearTimeout(timer)
    sending?.abort()
    sending = new AbortController()
    dirty = false
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST", body: new FormData(form), signal: sending.signal, credentials: "same-origin",
        headers: { Accept: "application/json" },
      })
      if (!answer.ok) throw new Error(String(answer.status))
      const said = await answer.json()
      if (form.elements.seen && said.number !== undefined) form.elements.seen.value = said.number
      if (!dirty) clear()
      if (said.sent) return already()
      back()
      saved(said.saved_at)
    } catch (problem) {
      if (problem.name === "AbortError") return
      dirty = true
      lost()
      timer = setTimeout(send, RETRY)
    }
  }

  const changed = () => {
    dirty = true
    shelve()
    clearTimeout(timer)
    timer = setTimeout(send, WAIT)
  }

  form.addEventListener("input", changed)
  form.addEventListener("change", changed)
  form.addEventListener("fellwatch:changed", changed)
  form.addEventListener("submit", () => put(posted, "yes"))
  window.addEventListener("online", () => dirty && send())
  window.addEventListener("beforeunload", (event) => { if (dirty && !form.dataset.sending) event.preventDefault() })

  // A page that answers the form as it was posted has all of the shelf in it, and what the press changed besides.
  const shelved = sessionStorage.getItem(shelf)
  const answered = "answers" in form.dataset && sessionStorage.getItem(posted)
  if (shelved && !answered) restore(form, JSON.parse(shelved))
  if (shelved) changed()
  sessionStorage.removeItem(posted)
  return { clear, stop: () => { clearTimeout(timer); sending?.abort() } }
}
