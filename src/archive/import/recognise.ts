import { type ForeignColumn, readForeignParquet } from "../duckdb/read-parquet.ts";
import { readBinance, recogniseBinance } from "./binance.ts";
import { readCsv } from "./csv/read-csv.ts";
import { readFeather } from "./feather.ts";
import { readHints } from "./hints.ts";
import { readJson } from "./json.ts";
import { readLean, recogniseLean } from "./lean.ts";
import { readOctobot } from "./octobot.ts";
import type { ImportOptions } from "./options.ts";
import type { Outcome } from "./outcome.ts";
import type { PartContext } from "./parts.ts";
import { readTable } from "./read-table.ts";
import type { Source } from "./source.ts";

const HEAD_BYTES = 4_096;

/** Finds out what a content is, by its first bytes and its path, and reads it. */
export async function readSource(source: Source, options: ImportOptions): Promise<Outcome> {
  const { bytes, path, file, title } = source;
  const context: PartContext = { title, hints: readHints(path), options };
  const head = bytes.toString("latin1", 0, HEAD_BYTES);
  if (head.startsWith("ARROW1")) return readFeather(bytes, context);
  if (head.startsWith("PAR1")) return inFileOnly(source, async () => readTable(await columnsOfParquet(file), context));
  if (head.startsWith("SQLite format 3\0")) return inFileOnly(source, () => readOctobot(file, context));
  if (isDocument(path)) return { status: "unrecognised", why: "it is no market data" };

  const lean = options.columns === undefined ? recogniseLean(path) : undefined;
  if (lean !== undefined) return readLean(bytes, lean, context);
  if (/^\s*\d{10,19} ?\{"/.test(head)) return { status: "skipped", what: "a recording of a stream" };
  if (/^\s*\{"(topic|stream|e)":/.test(head)) return { status: "skipped", what: "a recording of a stream" };
  if (/^\s*[A-Z][A-Za-z]+\(id=/.test(head)) return { status: "skipped", what: "a description of an instrument" };
  if (/^\s*[[{]/.test(head)) return readJson(bytes, context);
  if (head.includes("\0")) return { status: "unrecognised", why: "its format is not known" };
  const binance = options.columns === undefined ? recogniseBinance(path) : undefined;
  if (binance === undefined) return readCsv(bytes, context);
  return "skipped" in binance ? { status: "skipped", what: binance.skipped } : readBinance(bytes, binance, context);
}

function columnsOfParquet(file: string): Promise<readonly ForeignColumn[]> {
  return readForeignParquet(file);
}

/** Readers that open the file by its name cannot look inside a container. */
async function inFileOnly({ title, file }: Source, read: () => Promise<Outcome>): Promise<Outcome> {
  if (title === file) return read();
  return { status: "unrecognised", why: "this format can only be read unpacked" };
}

/** Files that stand beside market data. */
function isDocument(path: string): boolean {
  const name = /[^/\\]*$/.exec(path)?.[0] ?? "";
  return (
    /\.(md|rst|html?|pdf|png|jpe?g|py|ts|js|ya?ml|toml|ipynb|log)$/i.test(name) || /^(licen[cs]e|readme|notice|manifest|\.)/i.test(name)
  );
}
