/** What a run costs in memory: a year held as columns, and 50 million simulated bars streamed. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { allocateBars } from "../../src/domain/bar.ts";
import { simulateBars } from "../../src/exchanges/simulated/market.ts";
import { runEmaCross } from "./ema-cross.ts";
import { marketYear } from "./market-year.ts";

const MEBIBYTE = 2 ** 20;
const STREAMED_BARS = 50_000_000;

/** Prints bytes a bar of a year in memory, and the process's memory along a streamed run. */
export async function run(): Promise<void> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const used = (): number => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  await runEmaCross("1h", simulateBars({ seed: 1, endTime: Date.UTC(2024, 0, 8) }));
  const base = used();
  const year = marketYear();
  const { record } = await runEmaCross("1h", [year.bars]);
  const grown = used() - base;
  console.log(
    `${year.name}: ${(grown / record.equity.bars).toFixed(1)} bytes a bar with all columns, the equity curve and ${record.trades.length} trades in memory`,
  );

  const rss: number[] = [];
  let seen = 0;
  function* chunks() {
    const from = Date.UTC(2024, 0, 1);
    for (const chunk of simulateBars({ seed: 1, startTime: from, endTime: from + STREAMED_BARS * 60_000, into: allocateBars(65_536) })) {
      yield chunk;
      seen += chunk.length;
      if (seen >= (rss.length + 1) * 5_000_000) rss.push(process.memoryUsage().rss / MEBIBYTE);
    }
  }
  const started = performance.now();
  const streamed = await runEmaCross("1h", chunks());
  const seconds = (performance.now() - started) / 1_000;
  console.log(
    `${streamed.record.equity.bars.toLocaleString("en")} simulated bars streamed in ${seconds.toFixed(1)} s, making them included`,
  );
  console.log(`resident memory after every 5 million bars, MiB: ${rss.map((value) => value.toFixed(0)).join(" ")}`);
}
