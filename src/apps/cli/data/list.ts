import { seriesName } from "../../../archive/series-path.ts";
import type { CliContext } from "../context.ts";
import { archiveOf, findSeries } from "./series.ts";
import { countText, sizeText, tableText, timeText } from "./text.ts";

/** `metaexpert data list [SERIES]` */
export async function listCommand(words: readonly string[], context: CliContext): Promise<void> {
  await using archive = archiveOf(context);
  const infos = context.json && words.length === 0 ? await archive.list() : await findSeries(archive, words, context);
  if (context.json) {
    context.printJson(infos.map((info) => ({ series: seriesName(info.key), ...info })));
    return;
  }
  const rows = infos.map(({ key, rows: count, firstTime, lastTime, bytes }) => [
    seriesName(key),
    countText(count),
    timeText(firstTime),
    timeText(lastTime),
    sizeText(bytes),
  ]);
  context.print(tableText([["series", "rows", "first", "last", "size"], ...rows], [1, 4]));
}
