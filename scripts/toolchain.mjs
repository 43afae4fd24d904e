/**
 * The repository's own Node and its packages, fetched when they are missing.
 * Runs on any Node from 20 on, with nothing installed.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { basename, delimiter, dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export const root = resolve(fileURLToPath(new URL("..", import.meta.url)));

const OWN_NODE = "24.21.0";
const LOCK_WAIT_MS = 10 * 60_000;
const isWindows = process.platform === "win32";
const platformPackage = `node-${isWindows ? "win" : process.platform}-${process.arch}`;
const nodeDirectory = join(root, ".node");
const modulesDirectory = join(root, "node_modules");
const stampFile = join(modulesDirectory, ".metaexpert-stamp");

/** A failure of the set-up, told in one sentence that says what to do. */
export class ToolchainError extends Error {
  name = "ToolchainError";
}

/** Prints what went wrong in one sentence and gives the exit code; anything unforeseen is thrown on. */
export function report(error) {
  if (!(error instanceof ToolchainError)) throw error;
  say(error.message);
  return 1;
}

/** True for a Node that runs the repository's sources as they are; the published package is content with 22.18. */
export function isSupported(version = process.versions.node) {
  return Number(version.split(".")[0]) >= 24;
}

/** The Node every script runs on: this process's own when it is new enough, otherwise one kept in `.node`. */
export async function ensureNode() {
  if (isSupported()) return process.execPath;
  return ownNode() ?? withLock("Node", async (lock) => ownNode() ?? fetchNode(lock));
}

/** Installs the packages of the lock file unless they are there already. `node` is what `ensureNode` gave. */
export async function ensurePackages(node) {
  const wanted = wantedStamp(node);
  if (readStamp() === wanted) return;
  await withLock("packages", async (lock) => {
    if (readStamp() === wanted) return;
    if (!holdsLockFile()) {
      say(
        `${existsSync(modulesDirectory) ? "The packages have changed" : "Packages are missing"}: installing them with npm ci (about 20 seconds) …`,
      );
      const failure = await npm(node, ["ci", "--ignore-scripts", "--include=dev", "--include=optional"], root, lock);
      if (failure) throw new ToolchainError(`npm ci failed (${failure}): check the connection to the npm registry and try again.`);
    }
    writeFileSync(stampFile, wanted);
  });
}

/** The environment in which `node` and the installed tools come first. */
export function toolEnvironment(node) {
  const key = Object.keys(process.env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  const path = [dirname(node), join(modulesDirectory, ".bin"), process.env[key] ?? ""].join(delimiter);
  return { ...process.env, [key]: path };
}

/** Runs a command on this process's terminal and resolves to its exit code; dies of the signal the command died of. */
export async function run(command, args, options = {}) {
  const child = spawn(command, args, { stdio: "inherit", cwd: options.cwd, env: options.env });
  // Ctrl-C on a terminal reaches the whole process group: sending it again would count as a second, impatient one.
  const onTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  const handlers = ["SIGINT", "SIGTERM", "SIGHUP"].map((signal) => {
    const handler = () => (signal === "SIGINT" && onTerminal ? undefined : child.kill(signal));
    process.on(signal, handler);
    return [signal, handler];
  });

  const [code, signal] = await new Promise((done, fail) => {
    child.once("error", (cause) => fail(new ToolchainError(`${command} could not be started: ${cause.message}`, { cause })));
    child.once("exit", (...end) => done(end));
  }).finally(() => {
    for (const [name, handler] of handlers) process.off(name, handler);
  });
  if (signal === null) return code;
  process.kill(process.pid, signal);
  await sleep(1_000);
  return 128 + (constants.signals[signal] ?? 0);
}

function ownNode() {
  const file = isWindows ? "node.exe" : "node";
  const places = [platformPackage, "node"].map((name) => join(nodeDirectory, OWN_NODE, "node_modules", name, "bin", file));
  return places.find((path) => existsSync(path));
}

/** Fetches the platform's own package, which needs no install script, or the package `node`, whose script finds the right one. */
async function fetchNode(lock) {
  say(`This is Node ${process.versions.node}: fetching Node ${OWN_NODE} for this repository from npm (about 10 seconds) …`);
  const failure =
    (await fetchPackage(platformPackage, "--ignore-scripts", lock)) && (await fetchPackage("node", "--no-ignore-scripts", lock));
  const node = ownNode();
  if (node) return node;
  throw new ToolchainError(
    `Node ${OWN_NODE} could not be fetched from npm (${failure || "it is not in the package"}): check the connection, or install Node 24 or newer yourself.`,
  );
}

/** Installs into a folder of its own and moves it into place, so that a killed run leaves nothing half done. */
async function fetchPackage(name, scripts, lock) {
  for (const left of readdirSync(nodeDirectory).filter((entry) => entry.startsWith("incoming-"))) {
    rmSync(join(nodeDirectory, left), { recursive: true, force: true });
  }
  const incoming = join(nodeDirectory, `incoming-${process.pid}`);
  mkdirSync(incoming);
  writeFileSync(join(incoming, "package.json"), '{ "private": true }\n');
  const failure = await npm(process.execPath, ["install", `${name}@${OWN_NODE}`, "--prefix", incoming, scripts], incoming, lock);
  if (!failure) {
    rmSync(join(nodeDirectory, OWN_NODE), { recursive: true, force: true });
    renameSync(incoming, join(nodeDirectory, OWN_NODE));
  }
  rmSync(incoming, { recursive: true, force: true });
  return failure;
}

/** Runs npm on the given Node in silence and gives its reason when it fails. */
async function npm(node, args, cwd, lock) {
  const cli = npmCli();
  const [command, prefix] = cli ? [node, [cli]] : ["npm", []];
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
  const child = spawn(command, [...prefix, ...args, ...quiet], {
    cwd,
    env: toolEnvironment(node),
    stdio: ["ignore", "ignore", "pipe"],
    shell: !cli && isWindows,
  });
  appendFileSync(join(lock, "pids"), `${child.pid}\n`);
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (errors += text));
  return new Promise((done) => {
    child.once("error", (cause) => done(`npm could not be started: ${cause.message}`));
    child.once("close", (code, signal) => done(code === 0 ? "" : reasonIn(errors) || `npm ended with ${signal ?? `code ${code}`}`));
  });
}

/** The line in which npm says what happened, without its codes and stack. */
function reasonIn(errors) {
  const lines = errors.split("\n").map((line) => line.replace(/^npm (error|ERR!) ?/, "").trim());
  return lines.find((line) => /\w+ \w+ \w+/.test(line) && !/^(at|code|errno|syscall|path|command) /.test(line)) ?? "";
}

function npmCli() {
  const started = process.env.npm_execpath;
  const home = dirname(process.execPath);
  const candidates = [
    started && /^np[mx]-cli\.js$/.test(basename(started)) ? join(dirname(started), "npm-cli.js") : undefined,
    join(home, "..", "lib", "node_modules", "npm", "bin", "npm-cli.js"),
    join(home, "node_modules", "npm", "bin", "npm-cli.js"),
  ];
  return candidates.find((path) => path !== undefined && existsSync(path));
}

function wantedStamp(node) {
  const lock = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  const version = node === process.execPath ? process.versions.node : OWN_NODE;
  return `${lock} node ${version.split(".")[0]} ${process.platform} ${process.arch}\n`;
}

function readStamp() {
  try {
    return readFileSync(stampFile, "utf8");
  } catch {
    return undefined;
  }
}

/** True when what npm last wrote into node_modules is what the lock file asks for, for example after `npm install` by hand. */
function holdsLockFile() {
  try {
    const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
    const present = JSON.parse(readFileSync(join(modulesDirectory, ".package-lock.json"), "utf8")).packages;
    return Object.entries(wanted).every(([path, { version, optional, os, cpu, libc }]) => {
      if (path === "") return true;
      if (libc || (os && !os.includes(process.platform)) || (cpu && !cpu.includes(process.arch))) return true;
      if (optional && !os && !cpu && !present[path]) return true;
      return present[path]?.version === version;
    });
  } catch {
    return false;
  }
}

/** One run at a time installs; a lock left behind by a run that died is taken over. */
async function withLock(what, work) {
  const lock = join(nodeDirectory, "lock");
  const deadline = Date.now() + LOCK_WAIT_MS;
  mkdirSync(nodeDirectory, { recursive: true });
  for (let waited = false; !takeLock(lock); waited = true) {
    if (Date.now() > deadline)
      throw new ToolchainError(`Another run has held ${lock} for more than 10 minutes: end it, or remove that folder.`);
    if (!waited) say(`Waiting for another run to install ${what} …`);
    await sleep(200);
  }
  try {
    return await work(lock);
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function takeLock(lock) {
  try {
    mkdirSync(lock);
    writeFileSync(join(lock, "pids"), `${process.pid}\n`);
    return true;
  } catch (cause) {
    if (cause.code !== "EEXIST") throw cause;
    if (isAbandoned(lock)) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

/** True when the run that took the lock and the npm it started are both gone. */
function isAbandoned(lock) {
  try {
    const pids = readFileSync(join(lock, "pids"), "utf8")
      .split("\n")
      .map(Number)
      .filter((pid) => pid > 0);
    if (pids.length > 0) return !pids.some(isAlive);
    return Date.now() - statSync(lock).mtimeMs > 5_000; // Its owner died before it wrote its name.
  } catch {
    return false;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return cause.code === "EPERM";
  }
}

function say(line) {
  process.stderr.write(`${line}\n`);
}
