/**
 * `npm run kills -- --count 500`: starts the real program on a fake venue and kills it, again and again, then holds everything against the
 * venue. `--enumerate` dies in simulation at every disk operation and every send instead. `--market`, `--seed` and `--every` narrow it down.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { enumerateDeaths } from "../test/kill/enumerate.ts";
import { killAgainAndAgain } from "../test/kill/killing.ts";

const MARKETS = ["spot", "linear"] as const;

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "100" },
    seed: { type: "string", default: "1" },
    market: { type: "string" },
    enumerate: { type: "boolean", default: false },
    every: { type: "string", default: "1" },
  },
});
const markets = MARKETS.filter((market) => values.market === undefined || values.market === market);
const seed = Number(values.seed);
let violations = 0;
for (const market of markets) violations += values.enumerate ? await enumerate(market) : await kill(market);
console.log(violations === 0 ? "no violations" : `${violations} violations`);
process.exitCode = violations === 0 ? 0 : 1;

async function kill(market: (typeof MARKETS)[number]): Promise<number> {
  const count = Math.ceil(Number(values.count) / markets.length);
  const folder = mkdtempSync(join(tmpdir(), "metaexpert-kills-"));
  const onKill = (kills: number): void => {
    if (kills % 10 === 0) console.error(`${market}: ${kills} of ${count} killed`);
  };
  const report = await killAgainAndAgain({ market, count, seed, folder, onKill });
  const { kills, starts, killsBeforeTrading, orders, fills, journalRecords, recoveriesMs, shieldsMs } = report;
  console.log(`${market}, seed ${seed}: ${kills} kills (${killsBeforeTrading} before it traded), ${starts} starts`);
  console.log(`  ${orders} orders and ${fills} fills at the venue, ${journalRecords} records in the last process's journal`);
  console.log(`  from start to reconciled and trading: ${spread(recoveriesMs)}`);
  console.log(`  from there to a stop, where a position was found bare: ${spread(shieldsMs)}`);
  tell(report.violations);
  if (report.violations.length === 0) rmSync(folder, { recursive: true, force: true });
  else console.log(`  what is left lies in ${folder}`);
  return report.violations.length;
}

async function enumerate(market: (typeof MARKETS)[number]): Promise<number> {
  const onPlay = (done: number, all: number): void => {
    if (done % 100 === 0) console.error(`${market}: ${done} of ${all} lives`);
  };
  const report = await enumerateDeaths({ market, seed, every: Number(values.every), recoveryEvery: 5, onPlay });
  const { pointCount, points, plays, deaths, orders, fills, recoveriesMs } = report;
  const kinds = Object.entries(points).map(([kind, number]) => `${number} ${kind}`);
  console.log(`${market}, seed ${seed}: ${pointCount} points (${kinds.join(", ")}), ${plays} lives, ${deaths} deaths`);
  console.log(`  ${orders} orders and ${fills} fills; from start to reconciled, virtual time: ${spread(recoveriesMs)}`);
  tell(report.violations);
  return report.violations.length;
}

function tell(sentences: readonly string[]): void {
  for (const sentence of sentences.slice(0, 50)) console.log(`  VIOLATION: ${sentence}`);
}

/** Of values that are sorted. */
function spread(values: readonly number[]): string {
  if (values.length === 0) return "never";
  const at = (share: number): string => `${Math.round(values[Math.floor(share * (values.length - 1))] as number)} ms`;
  return `median ${at(0.5)}, p99 ${at(0.99)}, most ${at(1)} (${values.length})`;
}
