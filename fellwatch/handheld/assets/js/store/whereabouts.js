// Where this handheld is, when its officer lets it say so: held in memory alone, and good for a quarter of an hour.
const FRESH = 15 * 60_000
const EARTH = 6371

let place = null

export const forget = () => { place = null }
export const here = () => (place && Date.now() - place.at < FRESH ? place.point : null)

const look = () =>
  new Promise((resolve) => {
    const found = ({ coords }) => { place = { point: [coords.latitude, coords.longitude], at: Date.now() }; resolve(true) }
    navigator.geolocation.getCurrentPosition(found, () => resolve(false), { maximumAge: 300_000, timeout: 4_000 })
  })

// Asked for by the officer's own press; the browser asks her once.
export const ask = async () => Boolean(navigator.geolocation) && look()

// Looked up anew only where she has allowed it before.
export const refresh = async () => {
  if (here() || !navigator.geolocation) return
  const asked = await navigator.permissions?.query({ name: "geolocation" }).catch(() => null)
  if (asked?.state === "granted") await look()
}

const radians = (degrees) => (degrees * Math.PI) / 180

// Kilometres over the ground, as fellwatch/records/geography/distance.py reckons them.
export const kilometres = ([lat, long], [toLat, toLong]) => {
  const east = radians(toLong - long) * Math.cos(radians((lat + toLat) / 2))
  return EARTH * Math.hypot(east, radians(toLat - lat))
}
