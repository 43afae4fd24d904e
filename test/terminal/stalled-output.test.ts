import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

test.skipIf(process.platform === "win32")(
  "a terminal that stands still, as after Ctrl-S, holds up the picture and nothing else",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "metaexpert-stalled-"));
    const result = join(folder, "result.json");
    // A pipe of the shell blocks its writer, as a terminal does.
    const command = `"$0" "$1" "$2" | sleep 60`;
    const args = ["-c", command, process.execPath, join(import.meta.dirname, "stalled-child.ts"), result];
    const child = spawn("sh", args, { stdio: "ignore", detached: true });
    try {
      const { beats, waiting } = await readWhenThere(result);
      expect(beats).toBe(100);
      expect(waiting).toBeLessThan(400_000);
    } finally {
      // Negative: the whole group, the sleep included.
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

async function readWhenThere(file: string): Promise<{ readonly beats: number; readonly waiting: number }> {
  for (;;) {
    try {
      return JSON.parse(readFileSync(file, "utf8")) as { beats: number; waiting: number };
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
