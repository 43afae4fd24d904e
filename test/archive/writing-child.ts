/** Appends single bars, one after the other, to the archive in the folder given: every `step`-th minute from `first` on. */
import { ParquetArchive } from "../../src/archive/parquet/parquet-archive.ts";
import { columnsOf } from "../../src/domain/bar.ts";
import { key } from "./generation.ts";

const [folder = "", first = "", step = "", count = ""] = process.argv.slice(2);
const archive = new ParquetArchive(folder);
for (let bar = 0; bar < Number(count); bar += 1) {
  const openTime = Date.UTC(2022, 0, 1) + (Number(first) + bar * Number(step)) * 60_000;
  await archive.appendBars(key, columnsOf([{ openTime, open: 1, high: 1, low: 1, close: 1, volume: 1 }]));
}
