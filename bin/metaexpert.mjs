#!/usr/bin/env node
import { existsSync } from "node:fs";
import module from "node:module";
import { fileURLToPath } from "node:url";

const root = new URL("../", import.meta.url);
const inRepository = existsSync(new URL("src/apps", root)) && existsSync(new URL("scripts/toolchain.mjs", root));
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const runsPackage = major === 22 ? minor >= 18 : major === 23 ? minor >= 6 : major > 23;
// The sources use syntax that the build takes down to the package's level.
const isSupported = inRepository ? major >= 24 : runsPackage;

if (!isSupported && !inRepository) {
  console.error(`metaexpert needs Node 22.18 or newer, and this is Node ${process.versions.node}: install it from https://nodejs.org.`);
  process.exitCode = 1;
} else if (isSupported) {
  if (inRepository && !existsSync(new URL("node_modules/.metaexpert-stamp", root))) await install();
  if (process.exitCode === undefined) await start();
} else {
  await startOnOwnNode();
}

async function start() {
  module.enableCompileCache(fileURLToPath(new URL(inRepository ? "node_modules/.cache/metaexpert" : "../.cache/metaexpert", root)));
  await import("./register.mjs");
  const { main } = await import(inRepository ? "../src/apps/cli/main.ts" : "../dist/apps/cli/main.js");
  process.exitCode = await main(process.argv.slice(2));
}

async function install() {
  const { ensureNode, ensurePackages, report } = await import("../scripts/toolchain.mjs");
  try {
    await ensurePackages(await ensureNode());
  } catch (error) {
    process.exitCode = report(error);
  }
}

/** The repository on an older Node: the same command once more, on the Node it keeps for itself. */
async function startOnOwnNode() {
  const { ensureNode, ensurePackages, report, run } = await import("../scripts/toolchain.mjs");
  try {
    const node = await ensureNode();
    await ensurePackages(node);
    process.exitCode = await run(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)]);
  } catch (error) {
    process.exitCode = report(error);
  }
}
