// A panel that renews itself never moves under the cursor or the focus: new content waits, and says that it waits.
const STILL = 8000

export const watch = (panel) => {
  const state = { inside: false, moved: 0 }
  const touch = () => { state.moved = Date.now() }
  panel.addEventListener("pointerenter", () => { state.inside = true; touch() })
  panel.addEventListener("pointermove", touch)
  panel.addEventListener("pointerleave", () => { state.inside = false })
  panel.addEventListener("keydown", touch)
  return {
    pointed: () => state.inside && Date.now() - state.moved < STILL,
    focused: () => panel.contains(document.activeElement) && panel !== document.activeElement,
    leave: (then) => {
      panel.addEventListener("pointerleave", () => setTimeout(then, 0))
      panel.addEventListener("focusout", () => setTimeout(then, 0))
      setInterval(then, 1000)
    },
  }
}

export const notice = (bar, show) => {
  const button = bar?.querySelector("[data-show-held]")
  button?.addEventListener("click", show)
  return {
    say: (words, danger = false) => {
      if (!bar) return
      bar.hidden = false
      bar.classList.toggle("fw-held--danger", danger)
      button.textContent = words
    },
    hide: () => { if (bar) bar.hidden = true },
  }
}

export const changes = (number) => `${number} ${number === 1 ? "change" : "changes"}`
