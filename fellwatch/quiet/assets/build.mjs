// Builds the quiet page into the folder given: node build.mjs OUT
import { copyFileSync, mkdirSync, readdirSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import * as esbuild from "esbuild"

const here = dirname(fileURLToPath(import.meta.url))
const out = join(resolve(process.argv[2]), "leaf")

mkdirSync(out, { recursive: true })
await esbuild.build({
  entryPoints: [...["page", "worker"].map((name) => join(here, `js/${name}.js`)), join(here, "css/page.css")],
  outdir: out,
  entryNames: "[name]",
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2022", "safari16"],
  legalComments: "none",
  logLevel: "warning",
})
for (const name of readdirSync(join(here, "icons"))) copyFileSync(join(here, "icons", name), join(out, name))
