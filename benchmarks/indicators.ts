/**
 * Indicators over 1,000,000 bars, batch and streaming: ours beside other JavaScript libraries, all in this one process.
 * Every cell is the best of several rounds; the order of libraries changes from round to round, so that none is favoured.
 */
import { createRandom } from "../src/base/random.ts";
import { allocateBars, barAt, type BarColumns } from "../src/domain/bar.ts";
import { batchCases, streamCases, type Case, type Market } from "./indicator-cases.ts";

const BARS = 1_000_000;
const WARMUPS = 2;
const ROUNDS = 5;
const HEAP_UPDATES = 50_000;

/** Prints two tables of million values per second, and what an update leaves on the heap. */
export async function run(): Promise<void> {
  const market = makeMarket(BARS);
  console.log(
    `Indicators over ${BARS.toLocaleString("en")} bars, Node ${process.versions.node}: million values per second, best of ${ROUNDS}.\n`,
  );
  printTable("Batch", measureAll(await batchCases(), market));
  printTable("Streaming", measureAll(await streamCases(), market));
  const small = makeMarket(HEAP_UPDATES);
  const growth = (await streamCases())
    .filter(({ library }) => library === "metaexpert, columns")
    .map((entry) => [entry.indicator, heapGrowth(entry, small)] as const);
  console.log(
    `Heap growth per streaming update of ours, in bytes: ${growth.map(([name, bytes]) => `${name} ${bytes.toFixed(2)}`).join(", ")}`,
  );
}

type Table = Map<string, Map<string, number>>;

function measureAll(cases: readonly Case[], market: Market): Table {
  const table: Table = new Map();
  for (const indicator of new Set(cases.map((entry) => entry.indicator))) {
    const row = new Map<string, number>();
    const entries = cases.filter((entry) => entry.indicator === indicator);
    const works = entries.map(({ library, prepare }) => ({ library, work: prepare(market) }));
    for (let round = 0; round < WARMUPS + ROUNDS; round += 1) {
      for (let index = 0; index < works.length; index += 1) {
        const { library, work } = works[(index + round) % works.length] as (typeof works)[number];
        const started = performance.now();
        work();
        const rate = market.columns.length / (performance.now() - started) / 1_000;
        if (round >= WARMUPS) row.set(library, Math.max(row.get(library) ?? 0, rate));
      }
    }
    table.set(indicator, row);
  }
  return table;
}

/** The usual growth of several runs, after the compiler has settled; a run in which garbage is collected falls out. */
function heapGrowth({ prepare }: Case, market: Market): number {
  const work = prepare(market);
  for (let warmup = 0; warmup < 100; warmup += 1) work();
  const growth = Array.from({ length: 21 }, () => {
    const before = process.memoryUsage().heapUsed;
    work();
    return (process.memoryUsage().heapUsed - before) / market.columns.length;
  });
  return growth.toSorted((left, right) => left - right)[10] as number;
}

function printTable(title: string, table: Table): void {
  const libraries = [...new Set([...table.values()].flatMap((row) => [...row.keys()]))].toSorted((left, right) => rank(left) - rank(right));
  console.log([title.padEnd(12), ...libraries.map((name) => name.padStart(20)), "ours / next best".padStart(18)].join(""));
  for (const [indicator, row] of table) {
    const cells = libraries.map((name) => (row.has(name) ? (row.get(name) as number).toFixed(1) : "–").padStart(20));
    const others = [...row].filter(([name]) => !name.startsWith("metaexpert")).map(([, rate]) => rate);
    const ratio = (row.get("metaexpert") ?? NaN) / Math.max(...others);
    console.log([indicator.padEnd(12), ...cells, `${ratio.toFixed(2)} ×`.padStart(18)].join(""));
  }
  console.log("");
}

function rank(library: string): number {
  return library.startsWith("metaexpert") ? 0 : 1;
}

function makeMarket(length: number): Market {
  const random = createRandom(7);
  const columns: BarColumns = allocateBars(length);
  let close = 30_000;
  for (let row = 0; row < length; row += 1) {
    const open = close;
    close = Math.max(100, open + Math.round(random.normal() * 300) / 10);
    columns.openTime[row] = 1_700_000_000_000 + row * 60_000;
    columns.open[row] = open;
    columns.high[row] = Math.max(open, close) + random.integer(0, 200) / 10;
    columns.low[row] = Math.min(open, close) - random.integer(0, 200) / 10;
    columns.close[row] = close;
    columns.volume[row] = random.integer(1, 10_000) / 8;
  }
  const { high, low } = columns;
  const candles = Array.from({ length }, (_, row) => barAt(columns, row));
  return { columns, high: [...high], low: [...low], close: [...columns.close], candles };
}
