import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { extname, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { EXPORT_FORMATS, type ExportFormat, type ExportOptions, exportSeries } from "../../../archive/export.ts";
import { seriesName } from "../../../archive/series-path.ts";
import { ConfigurationError, DataError } from "../../../base/errors.ts";
import { parseMoment } from "../../../expert/moment.ts";
import type { CliContext } from "../context.ts";
import { archiveOf, findOne } from "./series.ts";
import { sizeText } from "./text.ts";

/** `metaexpert data export SERIES --output FILE` */
export async function exportCommand(words: readonly string[], flags: Readonly<Record<string, string>>, context: CliContext): Promise<void> {
  const options = readOptions(flags);
  await using archive = archiveOf(context);
  const { key } = await findOne(archive, words, context);
  const pieces = exportSeries(archive, key, options);
  const output = flags["output"];
  if (output === undefined) {
    if (options.format === "parquet") throw new ConfigurationError("Parquet is no text: say with --output where to write it");
    for await (const piece of pieces) context.stdout.write(Buffer.from(piece).toString("utf8"));
    return;
  }
  const file = resolve(context.cwd, output);
  const bytes = await writeFile(file, pieces);
  if (context.json) context.printJson({ series: seriesName(key), file, format: options.format, bytes });
  else context.print(`${seriesName(key)} written to ${file}, ${sizeText(bytes)}.`);
}

function readOptions(flags: Readonly<Record<string, string>>): ExportOptions {
  const ending = extname(flags["output"] ?? "").slice(1);
  const format = flags["format"] ?? (isFormat(ending) ? ending : "csv");
  if (!isFormat(format)) throw new ConfigurationError(`--format: "${format}" is none of ${EXPORT_FORMATS.join(", ")}`);
  const time = flags["time"] ?? "ms";
  if (time !== "ms" && time !== "iso") throw new ConfigurationError(`--time is ms or iso, not "${time}"`);
  const from = flags["from"] === undefined ? undefined : parseMoment(flags["from"]);
  const to = flags["to"] === undefined ? undefined : parseMoment(flags["to"]);
  if (from !== undefined && to !== undefined && from >= to) throw new ConfigurationError("--from is not before --to");
  return { format, time, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

function isFormat(text: string): text is ExportFormat {
  return (EXPORT_FORMATS as readonly string[]).includes(text);
}

/** A file that is there is only replaced by a whole one. */
async function writeFile(file: string, pieces: AsyncIterable<Uint8Array>): Promise<number> {
  const unfinished = `${file}.partial`;
  const stream = createWriteStream(unfinished);
  try {
    await pipeline(Readable.from(pieces), stream);
    await rename(unfinished, file);
  } catch (cause) {
    await rm(unfinished, { force: true });
    throw new DataError(`${file} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  return stream.bytesWritten;
}
