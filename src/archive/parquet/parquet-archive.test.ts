import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testArchive } from "../../testing/archive.ts";
import { ParquetArchive } from "./parquet-archive.ts";

testArchive("Parquet files", async () => new ParquetArchive(await mkdtemp(join(tmpdir(), "metaexpert-archive-"))));
