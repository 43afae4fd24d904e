import { seriesName } from "../../../archive/series-path.ts";
import { ConfigurationError } from "../../../base/errors.ts";
import type { CliContext } from "../context.ts";
import { archiveOf, findSeries } from "./series.ts";
import { countText, plural } from "./text.ts";

/** `metaexpert data remove SERIES` */
export async function removeCommand(words: readonly string[], { yes }: { yes?: boolean }, context: CliContext): Promise<void> {
  await using archive = archiveOf(context);
  const infos = await findSeries(archive, words, context);
  const names = infos.map(({ key }) => seriesName(key));
  if (yes !== true && !(await isConfirmed(names, context))) {
    context.print("Nothing was removed.");
    return;
  }
  for (const { key } of infos) await archive.remove(key);
  if (context.json) context.printJson({ removed: names });
  else for (const { key, rows } of infos) context.print(`removed ${seriesName(key)}, ${countText(rows)} rows`);
}

async function isConfirmed(names: readonly string[], context: CliContext): Promise<boolean> {
  if (!context.interactive) {
    throw new ConfigurationError(
      `this would remove ${plural(names.length, "series")} (${names.slice(0, 5).join(", ")}); add --yes to do it`,
    );
  }
  const { confirm } = await import("@clack/prompts");
  const answer = await confirm({ message: `Remove ${plural(names.length, "series")}: ${names.join(", ")}?`, initialValue: false });
  return answer === true;
}
