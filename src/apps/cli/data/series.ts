import type { Archive, SeriesInfo, SeriesKey } from "../../../archive/archive.ts";
import { openArchive } from "../../../archive/open.ts";
import { seriesName } from "../../../archive/series-path.ts";
import { ConfigurationError, MissingDataError } from "../../../base/errors.ts";
import { archiveFolder } from "../../../run/home.ts";
import type { CliContext } from "../context.ts";

const CANDIDATES_SHOWN = 10;

/** The archive of the home folder. */
export function archiveOf({ home }: CliContext): Archive {
  return openArchive(archiveFolder(home));
}

/** Stored series whose name holds all the words, in any order; a word is a whole part of the name. */
export async function findSeries(archive: Archive, words: readonly string[], { home }: CliContext): Promise<readonly SeriesInfo[]> {
  const infos = await archive.list();
  if (infos.length === 0) {
    throw new MissingDataError(`the archive in ${archiveFolder(home)} is empty; bring market data in with "metaexpert data import PATH"`);
  }
  const parts = words.flatMap((word) => word.split(/[/\s]+/)).filter((part) => part !== "");
  const exact = infos.filter(({ key }) => parts.join("/") === seriesName(key));
  if (exact.length > 0) return exact;
  const found = infos.filter(({ key }) => parts.every((part) => holds(key, part)));
  if (found.length > 0) return found;
  throw new MissingDataError(`nothing stored is called "${words.join(" ")}"; "metaexpert data list" shows what there is`);
}

/** The one series that the words mean. */
export async function findOne(archive: Archive, words: readonly string[], context: CliContext): Promise<SeriesInfo> {
  const found = await findSeries(archive, words, context);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const names = found.slice(0, CANDIDATES_SHOWN).map(({ key }) => seriesName(key));
  const more = found.length > CANDIDATES_SHOWN ? ` and ${found.length - CANDIDATES_SHOWN} more` : "";
  throw new ConfigurationError(`"${words.join(" ")}" fits ${found.length} series, name one: ${names.join(", ")}${more}`);
}

/** 1m and 1M are two timeframes; everything else is compared without regard to case. */
function holds(key: SeriesKey, part: string): boolean {
  const names = seriesName(key).split("/");
  if (key.kind === "bars" && part.toLowerCase() === "1m") return key.timeframe === part;
  return names.some((name) => name.toLowerCase() === part.toLowerCase());
}
