/** One path in a process of its own: `measure-path.ts PATH TAPE`, the result as JSON. */
import { readTape, type FrameKind, type Tape } from "./frames.ts";
import { PATHS } from "./paths.ts";

export interface PathResult {
  /** Nanoseconds a frame of the best round, and of the middle one. */
  readonly best: number;
  readonly median: number;
  readonly digest: number;
  readonly kinds: Readonly<Record<FrameKind, { readonly median: number; readonly p99: number }>>;
}

/** How long rounds are repeated, milliseconds, before any counts and while they count. */
const WARM_MS = 1_500;
const COUNTED_MS = 1_500;

const [pathName = "", tapeName = ""] = process.argv.slice(2);
const open = PATHS[pathName];
if (open === undefined) throw new Error(`there is no path ${pathName}`);
const tape = readTape(tapeName);

async function round(each?: (index: number, took: number) => void): Promise<{ readonly ns: number; readonly digest: number }> {
  await using path = await (open as NonNullable<typeof open>)(tape);
  const { frames } = tape;
  const started = performance.now();
  for (let index = 0; index < frames.length; index += 1) {
    const { bytes } = frames[index] as Tape["frames"][number];
    if (each === undefined) {
      const step = path.feed(bytes);
      if (step !== undefined) await step;
      continue;
    }
    const before = performance.now();
    const step = path.feed(bytes);
    if (step !== undefined) await step;
    each(index, performance.now() - before);
  }
  const took = performance.now() - started;
  if (path.tally.handled !== frames.length) throw new Error(`${path.tally.handled} of ${frames.length} frames were handled by ${pathName}`);
  return { ns: (took / frames.length) * 1e6, digest: path.tally.digest };
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.floor(share * (sorted.length - 1))] as number;
}

const warmUntil = performance.now() + WARM_MS;
while (performance.now() < warmUntil) await round();
const rounds: number[] = [];
let digest = NaN;
const countUntil = performance.now() + COUNTED_MS;
while (performance.now() < countUntil || rounds.length < 3) {
  const result = await round();
  rounds.push(result.ns);
  ({ digest } = result);
}
const times: Record<FrameKind, number[]> = { depth: [], trade: [], quote: [] };
// Once unread, so that the measuring code is warm too.
await round(() => {});
await round((index, took) => times[(tape.frames[index] as Tape["frames"][number]).kind].push(took * 1e6));
const sorted = Float64Array.from(rounds).toSorted();
const kinds = Object.fromEntries(
  Object.entries(times).map(([kind, list]) => {
    const column = Float64Array.from(list).toSorted();
    return [kind, { median: quantile(column, 0.5), p99: quantile(column, 0.99) }];
  }),
);
console.log(JSON.stringify({ best: sorted[0], median: quantile(sorted, 0.5), digest, kinds }));
// oxlint-disable-next-line unicorn/no-process-exit -- what a run does on leaving is not measured
process.exit(0);
