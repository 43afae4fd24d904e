/** Packs the built package as npm would publish it and lets publint and are-the-types-wrong judge the result. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "metaexpert-package-"));
try {
  const tarball = pack();
  const published = await judgeFiles(tarball);
  const typed = judgeTypes(tarball);
  process.exitCode = published && typed ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function pack(): string {
  const { status, stdout } = spawnSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error("npm pack failed; see its message above");
  const [{ filename }] = JSON.parse(stdout) as [{ readonly filename: string }]; // The form npm documents for --json.
  return join(folder, filename);
}

async function judgeFiles(tarball: string): Promise<boolean> {
  const bytes = new Uint8Array(readFileSync(tarball));
  const { messages, pkg } = await publint({ pack: { tarball: bytes.buffer }, strict: true });
  for (const message of messages) console.error(`publint: ${formatMessage(message, pkg) ?? message.code}`);
  return messages.every(({ type }) => type === "suggestion");
}

function judgeTypes(tarball: string): boolean {
  const attw = join(root, "node_modules", "@arethetypeswrong", "cli", "dist", "index.js");
  const { status, stdout } = spawnSync(process.execPath, [attw, tarball, "--profile", "esm-only"], { cwd: root, encoding: "utf8" });
  if (status !== 0) console.error(stdout);
  return status === 0;
}
