// Daylight, night, or as the screen asks. The server puts the class on <html>; this only makes the switch instant.
const THEMES = ["auto", "light", "dark"]
const YEAR = 60 * 60 * 24 * 365

const choose = (theme, form) => {
  document.documentElement.classList.remove(...THEMES.map((name) => `theme-${name}`))
  document.documentElement.classList.add(`theme-${theme}`)
  document.cookie = `theme=${theme}; path=/; max-age=${YEAR}; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`
  for (const button of form.querySelectorAll("button[name=theme]"))
    button.setAttribute("aria-pressed", String(button.value === theme))
}

export const start = () => {
  for (const form of document.querySelectorAll("[data-theme-switch]"))
    form.addEventListener("submit", (event) => {
      const theme = event.submitter?.value
      if (!THEMES.includes(theme)) return
      event.preventDefault()
      choose(theme, form)
    })
}
