import { ConfigurationError } from "../base/errors.ts";
import type { ResolvedRunOptions } from "../expert/resolved.ts";
import type { RestoredRun } from "./state.ts";

/** Options that are about one start, or about what is written, and mean nothing for the state that goes on. */
const OF_ONE_START: ReadonlySet<string> = new Set(["rearm", "durationMs", "from", "to", "proxy", "baseUrl", "jsonLogging"]);

/** What differs between the options of the last run and this one's, such as `risk.leverage: 3 → 5`. Secrets are in neither. */
export function changedOptions(earlier: ResolvedRunOptions, now: ResolvedRunOptions): string[] {
  const before = leavesOf(earlier);
  const after = leavesOf(now);
  const names = [...new Set([...before.keys(), ...after.keys()])].filter((name) => !OF_ONE_START.has(name) && !/^log[A-Z]/.test(name));
  return names
    .filter((name) => before.get(name) !== after.get(name))
    .map((name) => `${name}: ${before.get(name) ?? "not set"} → ${after.get(name) ?? "not set"}`);
}

/** Refuses to go on with a state that holds a position which this run has no place for. */
export function checkPlaceFor({ portfolio }: RestoredRun, run: ResolvedRunOptions): void {
  const sides = run.positionMode === "hedge" && run.market !== "spot" ? ["long", "short"] : ["net"];
  for (const { symbol, side, quantitySteps } of portfolio?.books ?? []) {
    if (quantitySteps === 0 || (run.symbols.includes(symbol) && sides.includes(side))) continue;
    throw new ConfigurationError(
      `the last run of ${run.strategyId} has left a position of ${symbol} (${side}) open, and this one, with ${run.symbols.join(", ")} in ` +
        `position mode ${run.positionMode}, has no place for it: run it as before until the position is closed, or use another strategyId`,
    );
  }
}

/** Every value that is not an object itself, as text by its dotted name. */
function leavesOf(options: object, prefix = ""): Map<string, string> {
  const leaves = new Map<string, string>();
  for (const [name, value] of Object.entries(options) as [string, unknown][]) {
    if (value === undefined) continue;
    if (typeof value !== "object" || value === null || Array.isArray(value)) leaves.set(`${prefix}${name}`, textOf(value));
    else for (const [path, text] of leavesOf(value, `${prefix}${name}.`)) leaves.set(path, text);
  }
  return leaves;
}

function textOf(value: unknown): string {
  return typeof value === "number" ? String(value) : JSON.stringify(value);
}
