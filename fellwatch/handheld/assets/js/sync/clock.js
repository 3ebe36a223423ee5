// When things happen here: this clock, the one that only runs forward, and the last contact with the server.
import * as database from "../store/database.js"
import { newId } from "../store/bytes.js"

const start = newId()
let contact = null

export const stamp = () => ({ at: Date.now(), running: Math.round(performance.now()), start, contact })

export const remember = async (id) => {
  contact = id
  await database.write([{ store: "plain", key: "contact", value: id }])
}

export const recall = async () => { contact = (await database.get("plain", "contact")) ?? null }
