import type { Archive, BarSeriesKey, SeriesKey } from "../../../archive/archive.ts";
import { barsCsv } from "../../../archive/export.ts";
import { BarResampler, type ResampleOptions, TradeResampler } from "../../../archive/resample.ts";
import { seriesName } from "../../../archive/series-path.ts";
import { ConfigurationError } from "../../../base/errors.ts";
import { type BarColumns, concatBars } from "../../../domain/bar.ts";
import { parseTimeframe, type Timeframe } from "../../../domain/timeframe.ts";
import type { CliContext } from "../context.ts";
import { archiveOf, findOne } from "./series.ts";
import { countText, plural } from "./text.ts";

/** `metaexpert data resample SERIES --into 1h` */
export async function resampleCommand(
  words: readonly string[],
  flags: Readonly<Record<string, string | boolean>>,
  context: CliContext,
): Promise<void> {
  const timeframe = parseTimeframe(String(flags["into"]));
  const weekStart = String(flags["weekStart"]).toLowerCase();
  if (weekStart !== "monday" && weekStart !== "thursday")
    throw new ConfigurationError(`--week-start is monday or thursday, not "${weekStart}"`);
  const options = { epochWeeks: weekStart === "thursday", edges: flags["partial"] === true ? "all" : "whole" } as const;
  await using archive = archiveOf(context);
  const { key } = await findOne(archive, words, context);
  const { exchange, market, symbol } = key;
  const target: BarSeriesKey = {
    exchange,
    market,
    symbol,
    kind: "bars",
    timeframe,
    priceType: key.kind === "bars" ? key.priceType : "trade",
  };
  const bars = await resample(archive, key, { ...options, timeframe });
  if (flags["print"] === true) {
    if (context.json) context.printJson(Array.from({ length: bars.length }, (_, row) => rowOf(bars, row)));
    else context.stdout.write(barsCsv(bars));
    return;
  }
  if (bars.length === 0) {
    context.print(`${seriesName(key)} does not cover one whole bar of ${timeframe}; nothing was stored.`);
    context.exitCode = 1;
    return;
  }
  const result = await archive.appendBars(target, bars);
  if (context.json) context.printJson({ from: seriesName(key), series: seriesName(target), rows: bars.length, ...result });
  else
    context.print(
      `${seriesName(target)}: ${plural(bars.length, "bar")} built, ${countText(result.added)} new, ${countText(result.replaced)} replaced.`,
    );
}

async function resample(archive: Archive, key: SeriesKey, options: ResampleOptions & { timeframe: Timeframe }): Promise<BarColumns> {
  const parts: BarColumns[] = [];
  if (key.kind === "bars") {
    const resampler = new BarResampler(key.timeframe, options.timeframe, options);
    for await (const bars of archive.readBars(key)) {
      resampler.push(bars);
      parts.push(resampler.take());
    }
    return concatBars([...parts, resampler.finish().bars]);
  }
  if (key.kind !== "trades") throw new ConfigurationError(`${seriesName(key)} is neither bars nor trades, so no bars can be built from it`);
  const resampler = new TradeResampler(options.timeframe, options);
  for await (const trades of archive.readTrades(key, {}, { ids: false })) {
    resampler.push(trades);
    parts.push(resampler.take());
  }
  return concatBars([...parts, resampler.finish().bars]);
}

function rowOf(bars: BarColumns, row: number): Record<string, number | undefined> {
  const names = ["openTime", "open", "high", "low", "close", "volume"] as const;
  return Object.fromEntries(names.map((name) => [name, bars[name][row]]));
}
