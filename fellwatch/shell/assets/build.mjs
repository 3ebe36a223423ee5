// Builds the style sheet and the scripts into the folder given: node build.mjs OUT
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import * as esbuild from "esbuild"
import * as sass from "sass"

const here = dirname(fileURLToPath(import.meta.url))
const root = resolve(here, "../../..")
const out = resolve(process.argv[2])
const packages = join(root, "node_modules")

const theirs = /^The `govuk-[a-z-]+` mixin is deprecated/

mkdirSync(join(out, "images"), { recursive: true })

const sheet = sass.compile(join(here, "sass/fellwatch.scss"), {
  loadPaths: [root],
  style: "compressed",
  quietDeps: true,
  logger: { warn: (message, { stackTrace }) => theirs.test(message) || console.error(message, stackTrace) },
})
writeFileSync(join(out, "fellwatch.css"), sheet.css.replace(/^\uFEFF/, ""))

await esbuild.build({
  entryPoints: ["fellwatch", "call", "form", "live", "review"].map((name) => join(here, `js/${name}.js`)),
  outdir: out,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2020"],
  legalComments: "none",
  nodePaths: [packages],
  logLevel: "warning",
})

for (const name of ["icon-document.svg", "icon-progress-tick.svg"])
  copyFileSync(join(packages, "@ministryofjustice/frontend/moj/assets/images", name), join(out, "images", name))
copyFileSync(join(here, "images/mark.svg"), join(out, "images/mark.svg"))
