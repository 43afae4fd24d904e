import { seriesName } from "../../../archive/series-path.ts";
import { hasFaults, type SeriesCheck, verifySeries } from "../../../archive/verify.ts";
import { ConfigurationError, DataError } from "../../../base/errors.ts";
import { DAY_MS } from "../../../domain/timeframe.ts";
import type { CliContext } from "../context.ts";
import { archiveOf, findSeries } from "./series.ts";
import { countText, durationText, plural, timeText } from "./text.ts";

/** `metaexpert data verify [SERIES]` */
export async function verifyCommand(words: readonly string[], { gaps }: { gaps: string }, context: CliContext): Promise<void> {
  const gapsShown = Number(gaps);
  if (!Number.isInteger(gapsShown) || gapsShown < 0) throw new ConfigurationError(`--gaps is a whole number, not "${gaps}"`);
  await using archive = archiveOf(context);
  const infos = await findSeries(archive, words, context);
  const progress = context.progress("Verifying", infos.length);
  const checks: (SeriesCheck | { readonly key: SeriesCheck["key"]; readonly damage: string })[] = [];
  for (const { key } of infos) {
    if (context.signal.aborted) break;
    checks.push(await verifySeries(archive, key).catch((cause: unknown) => damaged(key, cause)));
    progress.update(checks.length, seriesName(key));
  }
  progress.finish();
  const wrong = checks.filter((check) => "damage" in check || hasFaults(check)).length;
  if (wrong > 0 || context.signal.aborted) context.exitCode = 1;
  if (context.json) {
    context.printJson(checks.map((check) => ({ series: seriesName(check.key), ...check })));
    return;
  }
  for (const check of checks) {
    context.print(seriesName(check.key));
    for (const line of "damage" in check ? [`damaged: ${check.damage}`] : describe(check, gapsShown)) context.print(`  ${line}`);
  }
  context.print(`${plural(checks.length, "series")} checked, ${wrong === 0 ? "none is faulty" : `${countText(wrong)} faulty`}.`);
}

function damaged(key: SeriesCheck["key"], cause: unknown): { key: SeriesCheck["key"]; damage: string } {
  if (cause instanceof DataError) return { key, damage: cause.message };
  throw cause;
}

function describe(check: SeriesCheck, gapsShown: number): string[] {
  const { rows, firstTime, lastTime, offGrid, phase, quiet, faults } = check;
  const lines = [`${plural(rows, "row")} from ${timeText(firstTime)} to ${timeText(lastTime)} UTC`, ...describeGaps(check, gapsShown)];
  if (phase !== 0) lines.push(`all bars open ${durationText(phase)} after ours: ${weekday(firstTime)}`);
  if (offGrid.count > 0)
    lines.push(`${plural(offGrid.count, "bar")} off the grid of the timeframe, first ${timeText(offGrid.times[0] ?? NaN)}`);
  if (quiet.longest !== undefined) {
    const { bars, from } = quiet.longest;
    lines.push(
      `${plural(quiet.bars, "bar")} without volume in ${plural(quiet.runs, "run")}, the longest ${plural(bars, "bar")} from ${timeText(from)}`,
    );
  }
  const named = { duplicates: "repeated times", disorder: "times out of order", ohlc: "bars with impossible prices" } as const;
  for (const name of ["duplicates", "disorder", "ohlc"] as const) {
    const { count, times } = faults[name];
    if (count > 0) lines.push(`FAULT: ${countText(count)} ${named[name]}, first ${timeText(times[0] ?? NaN)}`);
  }
  return lines;
}

function describeGaps({ key, gaps, missing }: SeriesCheck, gapsShown: number): string[] {
  if (key.kind !== "bars") return [];
  if (gaps.length === 0) return ["no gaps"];
  const longest = gaps.toSorted((one, other) => other.missing - one.missing).slice(0, gapsShown);
  const more = gaps.length > longest.length ? `, ${longest.length === 0 ? "not shown" : "the longest"}` : "";
  const lines = longest.map(
    ({ after, before, missing: bars }) =>
      `  ${timeText(after)} to ${timeText(before)}: ${plural(bars, "bar")}, ${durationText(before - after)}`,
  );
  return [`${plural(gaps.length, "gap")}, ${plural(missing, "bar")} missing${more}`, ...lines];
}

function weekday(time: number): string {
  const names = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"];
  return `the first on a ${names[Math.floor(time / DAY_MS) % 7] ?? ""}`;
}
