import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DataError } from "../../base/errors.ts";
import type { SeriesInfo, SeriesKey } from "../archive.ts";
import type { HashedBlock } from "../fingerprint.ts";
import { hasCode, reasonOf } from "../../base/system-error.ts";
import { writeDurably } from "./durable-file.ts";

export const MANIFEST_FILE = "series.json";
const FORMAT = 1;

/** One Parquet file of a series. Its name carries its content's hash, so a file never changes under its name. */
export interface StoredFile {
  readonly name: string;
  readonly partition: string;
  readonly rows: number;
  readonly firstTime: number;
  readonly lastTime: number;
  readonly bytes: number;
  readonly blocks: readonly HashedBlock[];
}

/**
 * Says which files a series consists of. Replacing it is the one moment at which an append happens:
 * files that it does not name are a killed writer's, and are cleared by the next one.
 */
export interface Manifest {
  readonly key: SeriesKey;
  readonly files: readonly StoredFile[];
}

/** Undefined when the folder holds no series. */
export async function readManifest(folder: string): Promise<Manifest | undefined> {
  const path = join(folder, MANIFEST_FILE);
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    if (hasCode(cause, "ENOENT", "ENOTDIR")) return undefined;
    throw new DataError(`${path} cannot be read: ${reasonOf(cause)}`, { cause });
  });
  if (text === undefined) return undefined;
  try {
    const { format, key, files } = JSON.parse(text) as Manifest & { format: number };
    if (format === FORMAT && Array.isArray(files)) return { key, files };
  } catch (cause) {
    throw new DataError(`${path} is damaged; remove the folder and import the series again`, { cause });
  }
  throw new DataError(`${path} was written by another version of MetaExpert; use that one, or remove the folder and import again`);
}

export async function writeManifest(folder: string, { key, files }: Manifest): Promise<void> {
  const lines = files.map((file) => `    ${JSON.stringify(file)}`).join(",\n");
  const text = `{\n  "format": ${FORMAT},\n  "key": ${JSON.stringify(key)},\n  "files": [\n${lines}\n  ]\n}\n`;
  await writeDurably(join(folder, MANIFEST_FILE), [Buffer.from(text)]);
}

/** The line of `data list` for a manifest. */
export function describeSeries({ key, files }: Manifest): SeriesInfo {
  return {
    key,
    rows: files.reduce((sum, file) => sum + file.rows, 0),
    firstTime: files[0]?.firstTime ?? NaN,
    lastTime: files.at(-1)?.lastTime ?? NaN,
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    files: files.length,
  };
}
