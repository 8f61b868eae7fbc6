// Builds app/web/static/built/: style, fonts, scripts and pictures under names that hold a hash of their content, each
// with a .br and .gz copy made ahead of time, and manifest.json (name -> hashed name).
//
// PLOTLY_JS: path of plotly.min.js inside the plotly package for Python; without it, the one in .venv is taken.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, posix, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import { plotlyParts } from "./plotly.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const assets = join(root, "assets");
const built = join(root, "app/web/static/built");
const pictures = join(root, "pictures/openmoji/manifest.yaml");
const openmoji = join(root, "node_modules/openmoji");
const fonts = join(root, "node_modules/@fontsource/atkinson-hyperlegible-next/files");
const plotly = process.env.PLOTLY_JS || plotlyInVirtualEnvironment();

const sha256 = (content) => createHash("sha256").update(content).digest("hex");
const read = (path) => readFileSync(path);

function plotlyInVirtualEnvironment() {
  const libraries = join(root, ".venv/lib");
  const pythons = existsSync(libraries) ? readdirSync(libraries) : [];
  const places = pythons.map((python) => join(libraries, python, "site-packages/plotly/package_data/plotly.min.js"));
  const path = places.find(existsSync);
  if (!path) throw new Error("plotly.min.js was not found. Set PLOTLY_JS to its path inside the plotly package.");
  return path;
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

function stampOfInputs() {
  const inputs = [...filesBelow(assets), pictures, join(root, "package-lock.json"), plotly];
  return sha256(inputs.map((path) => `${relative(root, path)} ${sha256(read(path))}`).join("\n"));
}

function isBuilt(stamp) {
  const recorded = join(built, "stamp.txt");
  if (!existsSync(recorded) || readFileSync(recorded, "utf8") !== stamp) return false;
  return Object.values(JSON.parse(read(join(built, "manifest.json")))).every((name) => existsSync(join(built, name)));
}

// Two builds may run at once: a file appears whole or not at all.
function put(name, content) {
  const path = join(built, name);
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, content);
  renameSync(unfinished, path);
}

const manifest = {};

function publish(name, content) {
  const bytes = Buffer.from(content);
  const extension = extname(name);
  const hashed = posix.join(dirname(name), `${basename(name, extension)}.${sha256(bytes).slice(0, 12)}${extension}`);
  manifest[name] = hashed;
  if (!existsSync(join(built, `${hashed}.gz`))) {
    put(hashed, bytes);
    if (![".woff2", ".ttf"].includes(extension)) {
      const quality = bytes.length > 1_000_000 ? 9 : 11; // 11 takes nine seconds on plotly.js to save a tenth of it
      put(`${hashed}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }));
      put(`${hashed}.gz`, gzipSync(bytes, { level: 9 }));
    }
  }
  return hashed;
}

async function publishStyle() {
  const { compile } = await import("sass");
  const { css } = compile(join(assets, "scss/site.scss"), {
    style: "compressed",
    loadPaths: [join(root, "node_modules")],
    quietDeps: true,
    charset: false, // the server says UTF-8; a byte order mark breaks the sheet where it is written into a page
  });
  publish("site.css", css.replace(/asset:([\w.-]+)/g, (_, name) => manifest[name]));
}

const fontFile = (subset, weight) => join(fonts, `atkinson-hyperlegible-next-${subset}-${weight}-normal.woff2`);

function publishFonts() {
  for (const subset of ["latin", "latin-ext"]) {
    for (const weight of [400, 700]) {
      publish(`${subset}-${weight}.woff2`, read(fontFile(subset, weight)));
    }
  }
}

// What is printed on the server takes its fonts from one file a weight: see merge_fonts.py. Browsers never fetch them.
function publishFontsForPaper() {
  const python = process.env.PYTHON || join(root, ".venv/bin/python");
  for (const weight of [400, 700]) {
    const subsets = ["latin", "latin-ext"].map((subset) => fontFile(subset, weight));
    publish(`paper-${weight}.ttf`, execFileSync(python, [join(assets, "merge_fonts.py"), ...subsets]));
  }
}

// The licences ask that their words travel with the files; plotly.js carries its own at its head.
function publishLicences() {
  const licences = {
    "Atkinson Hyperlegible Next": "node_modules/@fontsource/atkinson-hyperlegible-next/LICENSE",
    "GOV.UK Frontend": "assets/licences/govuk-frontend.txt", // its package holds none
    idb: "node_modules/idb/LICENSE",
    "The pictures of Easy Read: OpenMoji (https://openmoji.org), CC BY-SA 4.0": "node_modules/openmoji/LICENSE.txt",
  };
  const words = Object.entries(licences).map(([name, path]) => `${name}\n\n${read(join(root, path))}`);
  publish("licences.txt", words.join("\n\n----\n\n"));
}

// The pack's own manifest stays the one place that says which pictures there are.
function publishPictures() {
  for (const [, name] of readFileSync(pictures, "utf8").matchAll(/\bfile: ([\w-]+\.svg)\b/g)) {
    publish(`pictures/openmoji/${name}`, read(join(openmoji, "color/svg", name)));
  }
}

// The app for visits: modules that name each other by file. Each is published after those that it names, and names them
// by what they are called then.
function publishVisitModules() {
  const folder = join(assets, "js/visit");
  const names = readdirSync(folder).filter((name) => name.endsWith(".js"));
  const modules = { "idb.js": read(join(root, "node_modules/idb/build/index.js")) };
  for (const name of names) modules[`visit-${name}`] = read(join(folder, name));
  const publishOne = (name) =>
    manifest[name] ??
    publish(
      name,
      String(modules[name]).replace(/from "\.\/([\w-]+\.js)"/g, (_, other) => {
        return `from "./${publishOne(other in modules ? other : `visit-${other}`)}"`;
      }),
    );
  Object.keys(modules).forEach(publishOne);
}

function publishPlotly() {
  const parts = plotlyParts(readFileSync(plotly, "utf8"));
  publish("plotly.js", read(plotly));
  publish("plotly.css", parts.style);
  return parts.mapStyleId;
}

function removeLeftovers() {
  const kept = new Set(["manifest.json", "stamp.txt"]);
  for (const name of Object.values(manifest)) [name, `${name}.br`, `${name}.gz`].forEach((file) => kept.add(file));
  for (const path of filesBelow(built)) {
    if (!kept.has(posix.join(...relative(built, path).split(sep)))) rmSync(path, { force: true });
  }
}

async function build() {
  const stamp = stampOfInputs();
  if (isBuilt(stamp)) return console.log("assets: nothing changed");
  mkdirSync(built, { recursive: true });
  publishFonts();
  publishFontsForPaper();
  publishLicences();
  publishPictures();
  publish("favicon.svg", read(join(assets, "images/favicon.svg")));
  publish("paper-entry.js", read(join(assets, "js/paper-entry.js")));
  const mapStyleId = publishPlotly();
  const explore = readFileSync(join(assets, "js/explore-radar.js"), "utf8");
  publishVisitModules();
  for (const name of ["leave.js", "listen.js", "passkey.js"]) publish(name, read(join(assets, "js", name)));
  publish("explore-radar.js", explore.replace("MAP_STYLE_ID", mapStyleId));
  await publishStyle();
  put("manifest.json", JSON.stringify(manifest, null, 2));
  put("stamp.txt", stamp);
  removeLeftovers();
  console.log(`assets: ${Object.keys(manifest).length} files in app/web/static/built`);
}

await build();
