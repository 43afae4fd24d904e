import type { Archive } from "./archive.ts";
import { ParquetArchive } from "./parquet/parquet-archive.ts";

/** Opens the archive in a folder, such as `<METAEXPERT_HOME>/archive`. Nothing is created before something is stored. */
export function openArchive(folder: string): Archive {
  return new ParquetArchive(folder);
}
