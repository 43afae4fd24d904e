/**
 * The repository's own Node and its packages, fetched when they are missing.
 * Runs on any Node from 20 on, with nothing installed.
 */
import { spawn } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { basename, delimiter, dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export const root = resolve(fileURLToPath(new URL("..", import.meta.url)));

const OWN_NODE = "24.21.0";
const LOCK_WAIT_MS = 10 * 60_000;
const isWindows = process.platform === "win32";
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

/** True for a Node that runs TypeScript by itself and has synchronous module hooks. */
export function isSupported(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major === 22) return minor >= 18;
  if (major === 23) return minor >= 6;
  return major > 23;
}

/** The Node every script runs on: this process's own when it is new enough, otherwise one kept in `.node`. */
export async function ensureNode() {
  if (isSupported()) return process.execPath;
  const found = ownNode();
  if (found) return found;

  return withLock("Node", async () => {
    const foundAfterWait = ownNode();
    if (foundAfterWait) return foundAfterWait;
    say(`This is Node ${process.versions.node}; fetching Node ${OWN_NODE} for this repository from npm (about 10 seconds) …`);
    const platform = isWindows ? "win" : process.platform;
    const fetched = (await fetchNode(`node-${platform}-${process.arch}`, [])) || (await fetchNode("node", ["--ignore-scripts=false"]));
    const installed = ownNode();
    if (fetched && installed) return installed;
    throw new ToolchainError(
      `Node ${OWN_NODE} could not be fetched from the npm registry (see npm's message above): check the connection, or install Node 22.18 or newer yourself.`,
    );
  });
}

/** Installs the packages of the lock file unless they are there already. `node` is what `ensureNode` gave. */
export async function ensurePackages(node) {
  const wanted = wantedStamp(node);
  if (readStamp() === wanted) return;
  await withLock("packages", async () => {
    if (readStamp() === wanted) return;
    if (!holdsLockFile()) {
      say(existsSync(modulesDirectory) ? "The lock file has changed; installing packages (npm ci) …" : "Installing packages (npm ci) …");
      const code = await npm(
        node,
        ["ci", "--include=dev", "--include=optional", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        root,
      );
      if (code !== 0)
        throw new ToolchainError(
          `npm ci failed with code ${code} (see its message above): check the connection to the npm registry and try again.`,
        );
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
  const candidates = [`node-${isWindows ? "win" : process.platform}-${process.arch}`, "node"];
  const file = isWindows ? "node.exe" : "node";
  return candidates.map((name) => join(nodeDirectory, OWN_NODE, "node_modules", name, "bin", file)).find((path) => existsSync(path));
}

/** Installs into a folder of its own and moves it into place, so that a killed run leaves nothing half done. */
async function fetchNode(name, flags) {
  const work = join(nodeDirectory, `incoming-${randomUUID()}`);
  mkdirSync(work, { recursive: true });
  try {
    writeFileSync(join(work, "package.json"), '{ "private": true }\n');
    const args = [
      "install",
      `${name}@${OWN_NODE}`,
      "--prefix",
      work,
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
      "--loglevel=error",
      ...flags,
    ];
    const code = await npm(process.execPath, args, work);
    const home = join(nodeDirectory, OWN_NODE);
    if (code !== 0) return false;
    rmSync(home, { recursive: true, force: true });
    renameSync(work, home);
    return true;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** npm itself, on the given Node, its output on standard error so that standard output stays the task's own. */
async function npm(node, args, cwd) {
  const cli = npmCli();
  const [command, prefix, shell] = cli ? [node, [cli], false] : ["npm", [], isWindows];
  const child = spawn(command, [...prefix, ...args], { cwd, env: toolEnvironment(node), stdio: ["ignore", 2, 2], shell });
  return new Promise((done, fail) => {
    child.once("error", (cause) =>
      fail(new ToolchainError(`npm could not be started (${cause.message}): install npm 10 or newer.`, { cause })),
    );
    child.once("exit", (code, signal) => done(code ?? signal ?? 1));
  });
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
  const owner = join(lock, "pid");
  const deadline = Date.now() + LOCK_WAIT_MS;
  mkdirSync(nodeDirectory, { recursive: true });

  for (let waited = false; ; waited = true) {
    try {
      mkdirSync(lock);
      writeFileSync(owner, String(process.pid));
      break;
    } catch (cause) {
      if (cause.code !== "EEXIST") throw cause;
    }
    if (isAbandoned(lock, owner)) {
      rmSync(lock, { recursive: true, force: true });
      continue;
    }
    if (Date.now() > deadline)
      throw new ToolchainError(`Another run holds ${lock} for more than 10 minutes: end it, or remove that folder.`);
    if (!waited) say(`Waiting for another run that installs the ${what} …`);
    await sleep(200);
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function isAbandoned(lock, owner) {
  try {
    const pid = Number(readFileSync(owner, "utf8"));
    if (pid > 0) {
      process.kill(pid, 0);
      return false;
    }
  } catch (cause) {
    if (cause.code === "ESRCH") return true;
    if (cause.code === "EPERM") return false;
  }
  try {
    return Date.now() - statSync(lock).mtimeMs > 5_000; // The owner died between making the folder and naming itself.
  } catch {
    return false;
  }
}

function say(line) {
  process.stderr.write(`${line}\n`);
}
