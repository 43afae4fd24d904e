import { statSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../../../run/home.ts";
import { widthOf } from "../progress.ts";
import { credentialNames, PROJECT_EXCHANGES } from "../project-files.ts";
import type { Check, Finding } from "./finding.ts";

/** This package was made later than this moment and will hardly be run after that one. */
const EARLIEST = Date.UTC(2025, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);

/** A clock that is wrong makes exchanges refuse orders and results carry wrong names. */
export const checkClock: Check = async ({ clock }) => {
  const now = clock.now();
  const text = `${new Date(now).toISOString().slice(0, 19).replace("T", " ")} UTC`;
  if (now >= EARLIEST && now < LATEST) return [{ status: "ok", subject: "clock", text }];
  return [{ status: "fail", subject: "clock", text, remedy: "set the machine's clock, best by NTP" }];
};

export const checkTimeZone: Check = async () => {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const note = timeZone === "UTC" ? "as all times in metaexpert" : "all times in metaexpert are UTC all the same";
  return [{ status: "ok", subject: "time zone", text: `${timeZone}; ${note}` }];
};

export const checkTerminal: Check = async ({ stdout, interactive, color }) => {
  const kind = stdout.isTTY === true ? `a terminal of ${widthOf(stdout)} columns` : "not a terminal";
  const asking = interactive ? "questions can be asked" : "nothing is asked";
  return [{ status: "ok", subject: "output", text: `${kind}, ${color ? "with" : "without"} colours, ${asking}` }];
};

/** Which variables are set, never what they hold; and values that came with something around them. */
export const checkEnvironment: Check = async ({ cwd, env }) => {
  const names = ["METAEXPERT_HOME", "NO_COLOR", ...PROJECT_EXCHANGES.flatMap(credentialNames)];
  const set = names.filter((name) => env[name] !== undefined);
  const findings: Finding[] = [
    { status: "ok", subject: "environment", text: set.length === 0 ? "none of our variables is set" : `set: ${set.join(", ")}` },
  ];
  for (const name of set.filter((candidate) => candidate !== "NO_COLOR")) {
    const fault = faultOf(env[name] ?? "");
    if (fault !== undefined) findings.push({ status: "warn", subject: "environment", text: `${name} ${fault}`, remedy: "set it again" });
  }
  return [...findings, ...checkSecretsFile(join(projectFolder(cwd), ".env"))];
};

function faultOf(value: string): string | undefined {
  if (value === "") return "is set and empty";
  if (/^["'`].*["'`]$/s.test(value)) return "has quotes around its value";
  return value !== value.trim() || /[\p{Cc}\uFEFF]/u.test(value) ? "has blanks or control characters in or around its value" : undefined;
}

/** A file with credentials that every user of the machine can read. */
function checkSecretsFile(file: string): readonly Finding[] {
  const mode = process.platform === "win32" ? undefined : statSync(file, { throwIfNoEntry: false })?.mode;
  if (mode === undefined || (mode & 0o077) === 0) return [];
  return [{ status: "warn", subject: "environment", text: `${file} can be read by other users`, remedy: `run chmod 600 ${file}` }];
}
