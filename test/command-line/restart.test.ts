import { spawn } from "node:child_process";
import { globSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { metaexpert, program, type Ended } from "./process.ts";
import { makeTradingProject } from "./trading-project.ts";
import { visitSandbox, type Announced } from "./visit-sandbox.ts";

let folder: string;

beforeAll(() => {
  folder = makeTradingProject();
});

afterAll(() => rmSync(dirname(folder), { recursive: true, force: true }));

const args = ["live", "quick.ts", "--yes", "--market", "linear", "--home", "home"];

/** A live run against an exchange that goes on between the runs, as a real one does. */
function live({ apiKey, apiSecret }: Announced, duration: string): Promise<Ended> {
  const env = { BINANCE_API_KEY: apiKey, BINANCE_API_SECRET: apiSecret };
  return metaexpert([...args, "--duration", duration], { cwd: folder, env });
}

/** The same run, killed as by a power cut once it holds a position. */
function killed({ apiKey, apiSecret }: Announced): Promise<void> {
  const env = { ...process.env, BINANCE_API_KEY: apiKey, BINANCE_API_SECRET: apiSecret };
  const child = spawn(process.execPath, [program, ...args], { cwd: folder, env, stdio: ["ignore", "ignore", "pipe"] });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    if (/working sell .* stop/.test(text)) child.kill("SIGKILL");
  });
  return new Promise((resolve) => child.once("close", () => resolve()));
}

test("a live run goes on after an orderly end and after a kill, with its memory, its position and its journal", async () => {
  await visitSandbox(["--market", "linear", "--home", join(folder, "sandbox")], async (sandbox) => {
    writeFileSync(join(folder, "metaexpert.config.json"), `{ "baseUrl": "${sandbox.url}" }\n`);
    const first = await live(sandbox, "4s");
    expect(first.stdout).toMatch(/Exchange +binance linear\n[\s\S]*Ended +duration/);
    expect(first.stderr).toMatch(/ready .*rounds=0/);

    await killed(sandbox);
    const last = await live(sandbox, "4s");
    expect(last.stderr).toMatch(/ready .*rounds=[1-9]/);
    expect(last.stderr).not.toMatch(/drift/i);
    expect(last.stdout).toMatch(/Ended +duration/);
    expect(last.code).toBe(0);

    const [journal = ""] = globSync("home/state/quick/*/", { cwd: folder });
    const { stdout } = await metaexpert(["replay", journal], { cwd: folder });
    expect(stdout).toMatch(/\nidentical\n$/);
  });
});
