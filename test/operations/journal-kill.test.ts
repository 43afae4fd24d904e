import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lockFolder } from "../../src/operations/journal/folder-lock.ts";
import { openRecordLog } from "../../src/operations/journal/record-log.ts";
import { recordsOf } from "../../src/operations/journal/segment.ts";
import { segmentPath } from "../../src/operations/journal/segment-folder.ts";
import { verifyJournal } from "../../src/operations/journal/read-journal.ts";
import { nodeDisk } from "../../src/operations/node-disk.ts";

const WRITER = join(import.meta.dirname, "journal-writer.ts");
const REGISTER = join(import.meta.dirname, "../../bin/register.mjs");
const KILLS = 24;
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "metaexpert-kill-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Lets the writer write, kills it some moment after its first word, and gives the last number it has acknowledged. */
async function writeAndKill(afterMs: number): Promise<number> {
  const writer = spawn(process.execPath, ["--import", REGISTER, WRITER, folder], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  let complaint = "";
  writer.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
  const ended = once(writer, "close");
  const first = new Promise((resolve) => writer.stdout.on("data", (chunk: Buffer) => resolve((said += chunk.toString()))));
  await Promise.race([first, ended]);
  await sleep(afterMs);
  writer.kill("SIGKILL");
  await ended;
  if (complaint !== "") throw new Error(complaint);
  // The last number counts when its line is whole.
  return Number(said.split("\n").at(-2));
}

describe.skipIf(process.platform === "win32")("a process that is killed while it writes its journal", () => {
  it(`loses nothing it has acknowledged, ${KILLS} times over`, async () => {
    let acknowledged = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const said = await writeAndKill((kill * 7) % 23);
      expect(said).toBeGreaterThan(acknowledged);
      const log = openRecordLog({ disk: nodeDisk, folder, identity: { strategy: "writer" } });
      expect(log.length).toBeGreaterThanOrEqual(said);
      expect(verifyJournal(nodeDisk, folder)).toMatchObject({ firstRecord: 1, recordCount: log.length, hash: log.hash, broken: undefined });
      acknowledged = log.length;
      log.close();
    }
    const numbers = nodeDisk
      .list(folder)
      .filter((name) => name.endsWith(".log"))
      .flatMap((_name, index) => [...recordsOf(nodeDisk.read(segmentPath(folder, index + 1)), "")])
      .filter(({ isRepeat }) => !isRepeat)
      .map(({ json }) => (JSON.parse(json) as { readonly number: number }).number);
    expect(numbers).toEqual(Array.from({ length: acknowledged }, (_, index) => index + 1));
  });

  it("keeps a second one out for as long as it lives, and no longer", async () => {
    lockFolder(folder).release();
    const lock = lockFolder(folder);
    await expect(writeAndKill(0)).rejects.toThrow("is in use by process");
    lock.release();
    expect(await writeAndKill(0)).toBeGreaterThan(0);
    expect(await writeAndKill(0)).toBeGreaterThan(0);
  });
});
