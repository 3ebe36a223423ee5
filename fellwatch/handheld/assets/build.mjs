// Builds the handheld into the folder given: node build.mjs OUT
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import * as esbuild from "esbuild"
import * as sass from "sass"

const here = dirname(fileURLToPath(import.meta.url))
const out = join(resolve(process.argv[2]), "handheld")

mkdirSync(out, { recursive: true })
const sheet = sass.compile(join(here, "sass/handheld.scss"), { style: "compressed" })
writeFileSync(join(out, "handheld.css"), sheet.css.replace(/^\uFEFF/, ""))
await esbuild.build({
  entryPoints: ["app", "worker"].map((name) => join(here, `js/${name}.js`)),
  outdir: out,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2022"],
  legalComments: "none",
  logLevel: "warning",
})
for (const name of readdirSync(join(here, "icons"))) copyFileSync(join(here, "icons", name), join(out, name))
