import { existsSync, readdirSync, readFileSync } from "node:fs";
import { unzipSync } from "fflate";
import { allocateBars, concatBars, type BarColumns } from "../../src/domain/bar.ts";
import { simulateBars } from "../../src/exchanges/simulated/market.ts";

const YEAR_MINUTES = 525_600;
const FOLDER = new URL("../../../shared/data/binance_spot_1m/minute/btcusdt/", import.meta.url);

/** A year of one-minute bars: BTCUSDT of 2022 where the optional market data folder is there, else a simulated year. */
export function marketYear(): { readonly bars: BarColumns; readonly name: string } {
  if (!existsSync(FOLDER)) {
    const from = Date.UTC(2024, 0, 1);
    const chunks = [...simulateBars({ seed: 1, startTime: from, endTime: from + YEAR_MINUTES * 60_000 })];
    return { bars: concatBars(chunks), name: "a simulated year of 1m bars" };
  }
  const bars = allocateBars(YEAR_MINUTES);
  let row = 0;
  for (const file of readdirSync(FOLDER).filter((name) => name.startsWith("2022"))) {
    const [entry] = Object.values(unzipSync(readFileSync(new URL(file, FOLDER))));
    const day = Date.UTC(Number(file.slice(0, 4)), Number(file.slice(4, 6)) - 1, Number(file.slice(6, 8)));
    for (const line of new TextDecoder().decode(entry).trim().split("\n")) {
      const [time, open, high, low, close, volume] = line.split(",").map(Number) as [number, number, number, number, number, number];
      bars.openTime[row] = day + time;
      bars.open[row] = open;
      bars.high[row] = high;
      bars.low[row] = low;
      bars.close[row] = close;
      bars.volume[row] = volume;
      row += 1;
    }
  }
  return { bars, name: "BTCUSDT 1m of 2022" };
}
