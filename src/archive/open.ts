import { join } from "node:path";
import type { Archive } from "./archive.ts";
import { ParquetArchive } from "./parquet/parquet-archive.ts";

/** Opens the archive kept under `home` (METAEXPERT_HOME). Nothing is created before something is stored. */
export function openArchive(home: string): Archive {
  return new ParquetArchive(join(home, "archive"));
}
