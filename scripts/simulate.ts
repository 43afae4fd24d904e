/** `npm run simulate`: lives seeds of the simulation on all cores, prints what came of them, and how to repeat what went wrong. */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { simulate, type SimulationReport } from "../test/simulation/simulate.ts";
import type { BareTime } from "../test/simulation/view.ts";

/** What `--long` lives through: the goal of a release. */
const LONG_EVENTS = 10_000_000;
const BARE_MS_MAX = 5_000;
/** Every twentieth seed is lived twice: the trace has to be the same. */
const REPEAT_EVERY = 20;

const USAGE = `npm run simulate -- [--seeds 200] [--first 1] [--hours 1] [--long]
npm run simulate -- --seed 17 [--hours 1] [--verbose]

  --seeds N    how many seeds are lived
  --first S    the first of them
  --hours H    virtual time with faults, in hours
  --long       until ${LONG_EVENTS.toLocaleString("en")} events have been lived
  --seed X     this seed alone
  --verbose    with every line of its log`;

interface Totals {
  seeds: number;
  events: number;
  steps: number;
  strikes: number;
  orders: number;
  fills: number;
  processes: number;
  kills: number;
  hours: number;
  repeated: number;
  readonly bareTimes: BareTime[];
}

const { values } = parseArgs({
  options: {
    seeds: { type: "string" },
    first: { type: "string" },
    hours: { type: "string" },
    seed: { type: "string" },
    long: { type: "boolean", default: false },
    verbose: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
const hours = numberOf("hours", values.hours, 1);
if (values.help) console.log(USAGE);
else if (values.seed !== undefined) process.exitCode = await liveOne(wholeOf("seed", values.seed, 1), hours, values.verbose);
else process.exitCode = await liveMany(wholeOf("first", values.first, 1), values.long ? Infinity : wholeOf("seeds", values.seeds, 200));

async function liveOne(seed: number, virtualHours: number, isVerbose: boolean): Promise<number> {
  const onLine = isVerbose ? (line: string): void => console.log(line) : undefined;
  const report = await simulate(seed, { hours: virtualHours, withReplay: true, ...(onLine === undefined ? {} : { onLine }) });
  const { kinds, ...mix } = report.mix;
  console.log(`mix: ${JSON.stringify(mix)}`);
  console.log(`faults: ${kinds.join(", ") || "none"}`);
  console.log(lineOf(report));
  console.log(`trace ${report.traceHash}`);
  if (report.violations.length > 0) tell(report, isVerbose);
  return report.violations.length > 0 ? 1 : 0;
}

/** Hands out seeds to one worker for each core. */
async function liveMany(first: number, count: number): Promise<number> {
  const totals: Totals = {
    seeds: 0,
    events: 0,
    steps: 0,
    strikes: 0,
    orders: 0,
    fills: 0,
    processes: 0,
    kills: 0,
    hours: 0,
    repeated: 0,
    bareTimes: [],
  };
  const failures: SimulationReport[] = [];
  const unequal: number[] = [];
  const started = performance.now();
  let next = first;
  const hand = (): number | undefined => {
    if (next >= first + count || (values.long && totals.events >= LONG_EVENTS) || failures.length >= 5) return undefined;
    next += 1;
    return next - 1;
  };
  const take = (report: SimulationReport, second: string | undefined): void => {
    add(totals, report);
    if (second !== undefined) totals.repeated += 1;
    if (second !== undefined && second !== report.traceHash) unequal.push(report.seed);
    if (report.violations.length > 0) {
      failures.push(report);
      tell(report, false);
    }
    if (totals.seeds % 50 === 0) console.log(progress(totals, started));
  };
  await Promise.all(Array.from({ length: Math.max(1, availableParallelism()) }, () => work(hand, take)));
  console.log(progress(totals, started));
  console.log(
    `${totals.orders} orders, ${totals.fills} fills, ${totals.processes} starts, ${totals.kills} kills and power cuts in ${totals.hours.toFixed(0)} virtual hours; ` +
      `${totals.repeated} seeds lived twice with the same trace`,
  );
  console.log(bareLine(totals.bareTimes));
  for (const seed of unequal) console.log(`✗ seed ${seed} does not give the same trace twice`);
  console.log(failures.length + unequal.length === 0 ? "no rule was broken" : `${failures.length} seeds have broken a rule`);
  return failures.length + unequal.length === 0 ? 0 : 1;
}

function work(hand: () => number | undefined, take: (report: SimulationReport, second: string | undefined) => void): Promise<void> {
  const worker = new Worker(new URL("../test/simulation/worker.ts", import.meta.url));
  return new Promise((resolve, reject) => {
    const send = (): void => {
      const seed = hand();
      if (seed === undefined) {
        void worker.terminate();
        return resolve();
      }
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
      worker.postMessage({ seed, hours, isRepeated: seed % REPEAT_EVERY === 0 });
    };
    worker.on("message", ({ report, second }: { report: SimulationReport; second: string | undefined }) => {
      take(report, second);
      send();
    });
    worker.on("error", reject);
    send();
  });
}

function add(totals: Totals, report: SimulationReport): void {
  totals.seeds += 1;
  totals.events += report.faultedEvents;
  totals.steps += report.steps;
  totals.strikes += report.strikes;
  totals.orders += report.orders;
  totals.fills += report.fills;
  totals.processes += report.processes;
  totals.kills += report.kills;
  totals.hours += report.virtualHours;
  totals.bareTimes.push(...report.bareTimes);
}

function progress({ seeds, events, strikes }: Totals, started: number): string {
  const seconds = (performance.now() - started) / 1_000;
  const rate = Math.round(events / seconds).toLocaleString("en");
  return `${seeds} seeds, ${events.toLocaleString("en")} events under faults, ${strikes.toLocaleString("en")} of them struck, in ${seconds.toFixed(0)} s (${rate} events/s)`;
}

/** How long positions lacked their full stop while the process ran (reference: p99 2 s, 5 s at most, or a warning). */
function bareLine(times: readonly BareTime[]): string {
  const sorted = times.map(({ ms }) => ms).toSorted((left, right) => left - right);
  const share = (part: number): string => `${((sorted[Math.floor((sorted.length - 1) * part)] ?? 0) / 1_000).toFixed(3)} s`;
  const long = times.filter(({ ms }) => ms > BARE_MS_MAX);
  const untold = long.filter(({ isTold }) => !isTold).length;
  return (
    `${times.length} times a position lacked its full stop: median ${share(0.5)}, p99 ${share(0.99)}, at most ${share(1)}; ` +
    `${long.length} times longer than ${BARE_MS_MAX / 1_000} s, ${untold} of them without a warning`
  );
}

function lineOf({ mix, steps, strikes, orders, fills, processes, kills }: SimulationReport): string {
  return `${mix.market}, ${mix.isPaper ? "paper" : mix.positionMode}: ${steps} events, ${strikes} struck, ${orders} orders, ${fills} fills, ${processes} starts, ${kills} kills`;
}

/** Everything that somebody needs who wants to know why. */
function tell(report: SimulationReport, isVerbose: boolean): void {
  console.log(`\n✗ seed ${report.seed} breaks a rule (${lineOf(report)})`);
  for (const { invariant, facts, at, step } of report.violations.slice(0, 5))
    console.log(`  ${invariant} after ${(at / 1_000).toFixed(3)} virtual seconds, step ${step}: ${facts}`);
  if (!isVerbose) for (const line of report.lastEvents) console.log(`    ${line}`);
  console.log(`  repeat it: npm run simulate -- --seed ${report.seed}${hours === 1 ? "" : ` --hours ${hours}`} --verbose\n`);
}

function numberOf(name: string, text: string | undefined, usual: number): number {
  if (text === undefined) return usual;
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new RangeError(`--${name}: ${text} is not a number above zero`);
}

function wholeOf(name: string, text: string | undefined, usual: number): number {
  const value = numberOf(name, text, usual);
  if (Number.isSafeInteger(value)) return value;
  throw new RangeError(`--${name}: ${value} is not a whole number`);
}
