// Pairs side by side: one key for each thing a reviewer can say, never while she types.
const form = document.querySelector("[data-review]")

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
  if (event.target.matches("input, textarea, select")) return
  form.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`)?.click()
})
