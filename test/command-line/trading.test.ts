import { globSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { metaexpert, type Ended } from "./process.ts";
import { makeTradingProject } from "./trading-project.ts";

let folder: string;

beforeAll(() => {
  folder = makeTradingProject();
});

afterAll(() => rmSync(dirname(folder), { recursive: true, force: true }));

function run(...args: readonly string[]): Promise<Ended> {
  return metaexpert(args, { cwd: folder });
}

type Case = readonly [title: string, args: readonly string[], says: RegExp];

const REFUSED: readonly Case[] = [
  [
    "a file that is not there, with the one that was meant",
    ["paper", "qick.ts"],
    /there is no file or folder "qick\.ts"; did you mean "quick\.ts"\?/,
  ],
  ["live where nobody can be asked", ["live", "quick.ts"], /live trading asks before it begins, and there is no terminal.*add --yes/],
  ["live without limits", ["live", "unlimited.ts", "--yes"], /a live run does not start without limits/],
  ["live without a key", ["live", "quick.ts", "--yes"], /BINANCE_API_KEY and BINANCE_API_SECRET are not set/],
  [
    "the testnet without its own key",
    ["live", "quick.ts", "--yes", "--testnet"],
    /BINANCE_TESTNET_API_KEY and BINANCE_TESTNET_API_SECRET are not set/,
  ],
  ["two exchanges at once", ["paper", "quick.ts", "--sandbox", "--testnet"], /--sandbox and --testnet: a run has one exchange/],
  ["money of its own for a live run", ["live", "quick.ts", "--capital", "5"], /unknown option '--capital'/],
  ["a yes for a run that asks nothing", ["paper", "quick.ts", "--yes"], /unknown option '--yes'/],
  ["a length of time that is none", ["paper", "quick.ts", "--duration", "soon"], /--duration: "soon" is not a length of time; write "20s"/],
  ["a policy that is none", ["paper", "quick.ts", "--on-exit", "panic"], /--on-exit: "panic" is none of leave, cancel, close/],
  ["a level that is none", ["paper", "quick.ts", "--log-level", "loud"], /--log-level: "loud" is none of trace, debug/],
  ["a market that is none", ["paper", "quick.ts", "--market", "fx"], /--market: "fx" is none of spot, linear, inverse/],
  ["an exchange that backtests only", ["paper", "quick.ts", "--exchange", "okx"], /trade on binance, not okx/],
  ["leverage on spot", ["paper", "quick.ts", "--sandbox", "--leverage", "3"], /--leverage: .*spot/],
  [
    "a credential on the command line",
    ["live", "quick.ts", "--api-secret=hunter2"],
    /--api-secret: a command line can be seen by everybody/,
  ],
  ["a symbol that the exchange does not list", ["paper", "quick.ts", "--sandbox", "--symbol", "BTCUSTD"], /BTCUSTD/],
  ["a journal that is not there", ["replay", "nowhere"], /there is no folder "nowhere"/],
  ["a journal that is a file", ["replay", "quick.ts"], /"quick\.ts" is a file; give the folder of the journal/],
];

describe("in one sentence and with exit code 2 it refuses", () => {
  test.each(REFUSED)("%s", async (_title, args, says) => {
    const { code, stdout, stderr } = await run(...args);
    expect(stderr).toMatch(says);
    expect(stderr).toMatch(/^metaexpert: .+\n$/);
    expect(stderr).not.toContain("hunter2");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });
});

test("a folder that holds no journal fails in one sentence", async () => {
  const { code, stderr } = await run("replay", ".");
  expect(stderr).toMatch(/^metaexpert: there is no journal in .+\n$/);
  expect(code).toBe(1);
});

test("a configuration serves every mode: what a backtest has no use for is left aside", async () => {
  const config = join(folder, "metaexpert.config.json");
  writeFileSync(
    config,
    '{ "onExit": "close", "duration": "2s", "testnet": true, "from": "2024-01-01", "to": "2024-01-02", "initialCapital": 5000 }\n',
  );
  try {
    const backtest = await run("backtest", "quick.ts", "--simulated", "--no-tear-sheet");
    expect({ code: backtest.code, stderr: backtest.stderr.replaceAll(/^.* info .*\n/gm, "") }).toEqual({ code: 0, stderr: "" });
    const sandbox = await run("live", "quick.ts", "--sandbox");
    expect(sandbox.stdout).toMatch(/At the end +all orders are cancelled and positions are closed at market/);
    expect(sandbox.stdout).toMatch(/Ended +duration[\s\S]*Left +0 open orders, 0 positions/);
  } finally {
    rmSync(config);
  }
});

interface JsonLine {
  readonly type: string;
  readonly kind?: string;
  readonly text?: string;
  readonly journal?: string;
  readonly reason?: string;
}

function linesOf({ stdout }: Ended): readonly JsonLine[] {
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as JsonLine);
}

const RUNS = [
  ["paper", "spot"],
  ["paper", "linear"],
  ["live", "spot"],
  ["live", "linear"],
] as const;

describe("on the sandbox", () => {
  const endings = new Map<string, Ended>();

  beforeAll(async () => {
    await Promise.all(
      RUNS.map(async ([command, market]) => {
        const flags = ["--sandbox", "--market", market, "--duration", "8s", "--json", "--home", homeOf(command, market)];
        endings.set(`${command} ${market}`, await run(command, "quick.ts", ...flags));
      }),
    );
  });

  describe.each(RUNS)("%s, %s", (command, market) => {
    const home = (): string => homeOf(command, market);
    const ending = (): Ended => endings.get(`${command} ${market}`) as Ended;

    test("trades without an account, ends by itself, and each line of its output is JSON", () => {
      const lines = linesOf(ending());
      expect(ending().code).toBe(0);
      expect(lines.filter(({ kind }) => kind === "fill").length).toBeGreaterThanOrEqual(1);
      expect(lines.at(-1)).toMatchObject({ type: "outcome", reason: "duration" });
      expect(lines[0]?.type).toBe(command === "live" ? "summary" : "event");
    });

    test("its journal repeats to the same records and the same hash", async () => {
      const journal = linesOf(ending()).at(-1)?.journal ?? "";
      const { code, stdout } = await run("replay", journal);
      expect(stdout).toMatch(/^Quick, .*\n[\d,]+ records of [\d,]+ events\nrecorded {2}(\w{64})\nrepeated {2}\1\n\nidentical\n$/);
      expect(code).toBe(0);
    });

    test("an expert that has been changed since is found out, with the first record that differs", async () => {
      const journal = linesOf(ending()).at(-1)?.journal ?? "";
      const changed = join(folder, "changed.ts");
      writeFileSync(changed, readFileSync(join(folder, "quick.ts"), "utf8").replace("expert.buy()", 'expert.buy({ tag: "changed" })'));
      const { code, stdout } = await run("replay", journal, "--expert", "changed.ts");
      expect(stdout).toMatch(
        /! the source of Quick has changed since[\s\S]*different from record [\d,]+ on\nrecorded {2}\{.*\nrepeated {2}\{.*\n$/,
      );
      expect(code).toBe(1);
    });

    test.skipIf(process.platform === "win32")("what it keeps is for its owner only", () => {
      const modes = globSync("state/**/*", { cwd: home() }).map((name) => {
        const stat = statSync(join(home(), name));
        return [name, (stat.mode & 0o777).toString(8), stat.isDirectory() ? "700" : "600"] as const;
      });
      expect(modes.length).toBeGreaterThan(2);
      expect(modes.filter(([, mode, wanted]) => mode !== wanted)).toEqual([]);
    });
  });
});

function homeOf(command: string, market: string): string {
  return join(folder, `home of ${command} ${market}`);
}

describe.skipIf(process.platform === "win32").each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const)("%s", (signal, code) => {
  test("ends a run in order: the expert is told, and the outcome printed", async () => {
    const args = ["live", "quick.ts", "--sandbox", "--home", `home of ${signal}`, "--on-exit", "close"];
    const ended = await metaexpert(args, { cwd: folder, interruptAfter: "bought", interruptBy: signal });
    expect(ended.stderr).toMatch(/stopped by signal/);
    expect(ended.stdout).toMatch(/Ended +signal[\s\S]*Left +0 open orders, 0 positions/);
    expect({ code: ended.code, signal: ended.signal }).toEqual({ code, signal: null });
  });
});

test("an expert that throws ends its run by the policy, with its place and exit code 1", async () => {
  const { code, stdout, stderr } = await run("paper", "throws.ts", "--sandbox", "--duration", "20s", "--home", "home of throws");
  expect(stderr).toMatch(/threw at .*: what now\?/);
  expect(stdout).toMatch(/Ended +error/);
  expect(code).toBe(1);
});

test("a promise of the expert that nobody waits for ends the run in order, not the process at once", async () => {
  const { code, stdout, stderr } = await run("paper", "stray.ts", "--sandbox", "--duration", "20s", "--home", "home of stray");
  expect(stderr).toMatch(/an error that nobody has caught ends the run .*nobody waits for me/);
  expect(stdout).toMatch(/^Ended /m);
  expect(code).toBe(1);
});

test("nothing of a key is printed, logged or stored, whatever a run is asked to write down", async () => {
  const key = "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A";
  const secret = "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j";
  writeFileSync(join(folder, ".env"), `BINANCE_API_KEY=${key}\nBINANCE_API_SECRET=${secret}\n`, { mode: 0o600 });
  writeFileSync(
    join(folder, "tells.ts"),
    readFileSync(join(folder, "quick.ts"), "utf8").replace(
      "expert.onInit(",
      `expert.onInit(() => expert.log.error(\`my key is ${key}\`, { url: "https://x/?signature=${secret.slice(0, 20)}", base64: "${Buffer.from(secret).toString("base64")}" }));\n  expert.onInit(`,
    ),
  );
  const config = join(folder, "metaexpert.config.json");
  writeFileSync(config, '{ "logToFile": true, "logLevel": "trace" }\n');
  try {
    const home = join(folder, "home of tells");
    const { stdout, stderr } = await run("live", "tells.ts", "--sandbox", "--duration", "6s", "--home", home);
    const files = globSync("**/*", { cwd: home }).filter((name) => statSync(join(home, name)).isFile());
    const kept = files.map((name) => readFileSync(join(home, name), "latin1")).join("\n");
    expect(files.map((name) => name.split("/").at(-1))).toEqual(expect.arrayContaining(["expert.log", "trades.log", "errors.log"]));
    expect(kept).toContain("my key is [redacted]");
    for (const text of [stdout, stderr, kept]) {
      for (const form of [key, secret, Buffer.from(secret).toString("base64"), Buffer.from(secret).toString("hex")]) {
        expect(text).not.toContain(form.slice(0, 8));
      }
    }
  } finally {
    rmSync(config);
    rmSync(join(folder, ".env"));
  }
});
