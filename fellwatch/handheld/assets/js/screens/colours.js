// Dark at night unless the officer says otherwise.
const KEY = "fellwatch-colours"
const isNight = () => { const hour = new Date().getHours(); return hour >= 18 || hour < 7 }
const chosen = () => localStorage.getItem(KEY) ?? "auto"

const apply = () => {
  const theme = chosen() === "auto" ? (isNight() || matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light") : chosen()
  document.documentElement.className = `theme-${theme}`
}

export const colours = { chosen, apply, choose: (code) => { localStorage.setItem(KEY, code); apply() } }
