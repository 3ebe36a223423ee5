// Bytes as text, and digests as people compare them.
const encoder = new TextEncoder()
const decoder = new TextDecoder()

export const toBytes = (text) => encoder.encode(text)
export const toText = (bytes) => decoder.decode(bytes)

export const toBase64 = (bytes) => {
  const all = new Uint8Array(bytes)
  let text = ""
  for (let at = 0; at < all.length; at += 0x8000) text += String.fromCharCode(...all.subarray(at, at + 0x8000))
  return btoa(text)
}

export const fromBase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))

export const joined = (...parts) => {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) { all.set(part, at); at += part.length }
  return all
}

export const random = (length) => crypto.getRandomValues(new Uint8Array(length))

export const digest = async (bytes) =>
  [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))].map((byte) => byte.toString(16).padStart(2, "0")).join("")

export const newId = () => crypto.randomUUID()

// The same id on every handheld for the same thing, so that two that meet know it for one.
export const idOf = async (...parts) => {
  const hex = await digest(toBytes(parts.join("/")))
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
