// The key to everything: it needs the officer's passphrase and a secret of this handheld, and is forgotten on locking.
import * as database from "./database.js"
import { fromBase64, joined, random, toBase64, toBytes, toText } from "./bytes.js"

const ROUNDS = 600_000
const GCM = "AES-GCM"

let key = null
let sealer = null

export const isOpen = () => key !== null
export const lock = () => { key = sealer = null }

// What a passphrase must be. Returns what is wrong and what to do, or nothing.
export const weakness = (passphrase) => {
  if (passphrase.length < 8) return "Use at least 8 letters or digits. Four words you can remember are best."
  if (new Set(passphrase).size < 4) return "Use more different letters or digits."
  if ("01234567890123456789 98765432109876543210 abcdefghijklmnopqrstuvwxyz qwertyuiopasdfghjklzxcvbnm".includes(passphrase.toLowerCase()))
    return "That is the first thing anybody would try. Choose something else."
  return ""
}

const wrappingKey = async (passphrase, salt, secret) => {
  const typed = await crypto.subtle.importKey("raw", toBytes(passphrase.normalize("NFKC")), "PBKDF2", false, ["deriveBits"])
  const stretched = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS }, typed, 256)
  const bound = await crypto.subtle.sign("HMAC", secret, stretched)
  return crypto.subtle.importKey("raw", bound, "AES-KW", false, ["wrapKey", "unwrapKey"])
}

const wrapped = async (data, passphrase) => {
  const salt = random(16)
  const secret = await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256", length: 256 }, false, ["sign"])
  return { salt, secret, key: await crypto.subtle.wrapKey("raw", data, await wrappingKey(passphrase, salt, secret), "AES-KW") }
}

const unwrap = async (lock, passphrase, extractable) =>
  crypto.subtle.unwrapKey("raw", lock.key, await wrappingKey(passphrase, lock.salt, lock.secret), "AES-KW", GCM, extractable, ["encrypt", "decrypt"])

// Make the key, and return what is stored to open it again.
export const create = async (passphrase) => {
  const data = await crypto.subtle.generateKey({ name: GCM, length: 256 }, true, ["encrypt", "decrypt"])
  const made = await wrapped(data, passphrase)
  key = await unwrap(made, passphrase, false)
  return made
}

// Open with the officer's passphrase; false where it is not hers.
export const unlock = async (passphrase) => {
  const stored = await database.get("plain", "lock")
  try {
    key = await unwrap(stored, passphrase, false)
    return true
  } catch {
    return false
  }
}

export const changePassphrase = async (before, after) => {
  const stored = await database.get("plain", "lock")
  const data = await unwrap(stored, before, true).catch(() => null)
  if (data === null) return false
  await database.write([{ store: "plain", key: "lock", value: await wrapped(data, after) }])
  return true
}

// Every record is bound to its place, so that none can be put in another's.
export const encrypt = async (store, name, value) => encryptBytes(store, name, toBytes(JSON.stringify(value)))

export const encryptBytes = async (store, name, bytes) => {
  const nonce = random(12)
  const data = await crypto.subtle.encrypt({ name: GCM, iv: nonce, additionalData: toBytes(`${store}/${name}`) }, key, bytes)
  return { nonce, data }
}

export const decrypt = async (store, name, record) => JSON.parse(toText(await decryptBytes(store, name, record)))

export const decryptBytes = async (store, name, record) =>
  new Uint8Array(await crypto.subtle.decrypt({ name: GCM, iv: record.nonce, additionalData: toBytes(`${store}/${name}`) }, key, record.data))

// Sealed to the force: what this handheld cannot open again, but the force can if the handheld breaks.
// Bytes go behind the words, after a nought that no JSON has.
export const seal = async (value, bytes) => {
  sealer ??= makeSealer((await database.get("plain", "device")).key)
  const { data: dataKey, wrappedKey } = await sealer
  const nonce = random(12)
  const words = toBytes(JSON.stringify(value))
  const plain = bytes ? joined(words, Uint8Array.of(0), bytes) : words
  const data = await crypto.subtle.encrypt({ name: GCM, iv: nonce }, dataKey, plain)
  return JSON.stringify({ key: wrappedKey, nonce: toBase64(nonce), data: toBase64(data) })
}

const makeSealer = async (recovery) => {
  const force = await crypto.subtle.importKey("spki", fromBase64(recovery), { name: "RSA-OAEP", hash: "SHA-256" }, false, ["encrypt"])
  const bytes = random(32)
  const data = await crypto.subtle.importKey("raw", bytes, GCM, false, ["encrypt"])
  const wrappedKey = toBase64(await crypto.subtle.encrypt({ name: "RSA-OAEP" }, force, bytes))
  bytes.fill(0)
  return { data, wrappedKey }
}
