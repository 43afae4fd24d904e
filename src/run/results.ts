import { join } from "node:path";
import { freeName, refuseOccupied, writeFolder } from "./write-folder.ts";

/** By this file a folder is known to hold results. */
const MARK = "run.json";

/** Names and texts of a run's files, as `resultsFiles` lays them out. */
export type ResultsFiles = Readonly<Record<string, string>>;

/**
 * The folder for a run's results below the home's: named after the moment, then after what was run, so that by name they are sorted
 * by time. Two runs of one second do not share one.
 */
export function newResultsFolder(parent: string, { runId, madeAt }: { readonly runId: string; readonly madeAt: number }): string {
  const moment = new Date(madeAt).toISOString().slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "-");
  return freeName(join(parent, `${moment}-${runId}`));
}

/** Writes all files of a run at once. Earlier results in the folder are replaced; anything else in it is refused. */
export function writeResults(folder: string, files: ResultsFiles): void {
  refuseForeign(folder);
  writeFolder(folder, files);
}

/** Refuses a folder of somebody else's files, before the work is done that would be lost. */
export function refuseForeign(folder: string): void {
  refuseOccupied(folder, MARK);
}
