import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { testArchive } from "../../testing/archive.ts";
import { ParquetArchive } from "./parquet-archive.ts";

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

testArchive("Parquet files", async () => {
  const folder = await mkdtemp(join(tmpdir(), "metaexpert-archive-"));
  folders.push(folder);
  return new ParquetArchive(folder);
});
