import { checkArchive, checkHome } from "./doctor/storage.ts";
import { checkCredentials } from "./doctor/credentials.ts";
import { checkClock, checkEnvironment, checkTerminal, checkTimeZone } from "./doctor/surroundings.ts";
import { checkConfiguration, checkDuckdb, checkNode, checkPackage } from "./doctor/installation.ts";
import type { Check, Finding } from "./doctor/finding.ts";
import type { CliContext } from "./context.ts";

/** In the order in which they are printed: what the later ones stand on comes first. */
const CHECKS: readonly Check[] = [
  checkNode,
  checkPackage,
  checkDuckdb,
  checkHome,
  checkArchive,
  checkConfiguration,
  checkEnvironment,
  checkCredentials,
  checkClock,
  checkTimeZone,
  checkTerminal,
];

const COLORS = { ok: "36", warn: "33", fail: "31" } as const;

/** `metaexpert doctor` */
export async function doctorCommand(context: CliContext): Promise<void> {
  const findings: Finding[] = [];
  for (const check of CHECKS) {
    for (const finding of await check(context)) {
      findings.push(finding);
      context.print(lineOf(finding, context.color));
    }
  }
  const count = (status: Finding["status"]): number => findings.filter((finding) => finding.status === status).length;
  if (count("fail") > 0) context.exitCode = 1;
  if (context.json) return context.printJson({ healthy: count("fail") === 0, findings });
  context.print(`\n${verdict(count("fail"), count("warn"))}`);
}

function lineOf({ status, subject, text, remedy }: Finding, color: boolean): string {
  const word = status.padEnd(4);
  const shown = color ? `\u001B[${COLORS[status]}m${word}\u001B[0m` : word;
  const advice = remedy === undefined ? "" : `: ${remedy}`;
  return `${shown}  ${subject.padEnd(13)} ${text}${advice}`;
}

function verdict(fails: number, warns: number): string {
  const warnings = `${warns} ${warns === 1 ? "warning" : "warnings"}`;
  if (fails > 0) return `${fails} ${fails === 1 ? "check" : "checks"} failed, ${warnings}.`;
  return warns > 0 ? `All is well but for ${warnings}.` : "All is well.";
}
