/** Appends one generation of bars after the other to the archive in the folder given, until it is killed. */
import { ParquetArchive } from "../../src/archive/parquet/parquet-archive.ts";
import { generation, key } from "./generation.ts";

const [folder = "", first = "0"] = process.argv.slice(2);
const archive = new ParquetArchive(folder);
for (let number = Number(first); ; number += 1) {
  await archive.appendBars(key, generation(number));
  process.stdout.write(`${number}\n`);
}
