import { existsSync, globSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { metaexpert, piped } from "./process.ts";
import { makeProject } from "./project.ts";

const simulated = ["backtest", "good.ts", "--simulated", "--from", "2024-01-01", "--to", "2024-02-01"];

let folder: string;

beforeAll(() => {
  folder = makeProject();
});

afterAll(() => rmSync(dirname(folder), { recursive: true, force: true }));

test("the help lists the commands and their flags, and asking for nothing shows it too", async () => {
  const [asked, silent, backtest, version] = await Promise.all(
    [["--help"], [], ["backtest", "--help"], ["--version"]].map((args) => metaexpert(args, { cwd: folder })),
  );
  expect(asked?.stdout).toMatch(/new .*\n +backtest .*\n +paper .*\n +live .*\n +replay .*\n +sandbox .*\n +data .*\n +doctor /);
  expect(silent).toEqual(asked);
  expect(backtest?.stdout).toMatch(/--param <name=value>/);
  expect(version?.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test("a backtest prints its report, and its results have all that a repetition needs", async () => {
  const { code, stdout, stderr } = await metaexpert([...simulated, "--param", "size=2", "--seed", "7"], { cwd: folder });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/PERFORMANCE[\s\S]*Sharpe ratio[\s\S]*Tear sheet: file:.*tear-sheet\.html/);

  const [results = ""] = globSync(".metaexpert/results/*/", { cwd: folder });
  expect(readdirSync(join(folder, results)).toSorted()).toEqual(["equity.csv", "report.json", "run.json", "tear-sheet.html", "trades.csv"]);
  const run = JSON.parse(readFileSync(join(folder, results, "run.json"), "utf8")) as Record<string, unknown>;
  expect(run).toMatchObject({ seed: 7, dataSource: "simulated", expert: { file: "good.ts", params: { size: 2 } } });
  expect(run["command"]).toEqual(["metaexpert", ...simulated.slice(0, 2), ...simulated.slice(2), "--param", "size=2", "--seed", "7"]);
});

test("with --json standard output is one JSON document, and two runs of one seed have one journal", async () => {
  const json = [...simulated, "--json", "--no-tear-sheet", "--out"];
  const [first, second, other] = await Promise.all(
    [
      [...json, "one"],
      [...json, "two"],
      [...json, "three", "--seed", "2"],
    ].map((args) => metaexpert(args, { cwd: folder })),
  );
  const [one, two, three] = [first, second, other].map(
    (ended) => JSON.parse(ended?.stdout ?? "") as { run: { journalHash: string; dataHash: string } },
  );
  expect(two?.run.journalHash).toBe(one?.run.journalHash);
  expect(two?.run.dataHash).toBe(one?.run.dataHash);
  expect(three?.run.journalHash).not.toBe(one?.run.journalHash);
  expect(readdirSync(join(folder, "one")).toSorted()).toEqual(["equity.csv", "report.json", "run.json", "trades.csv"]);
});

test("--out replaces earlier results as a whole", async () => {
  const args = [...simulated, "--no-tear-sheet", "--out", "kept"];
  await metaexpert(args, { cwd: folder });
  writeFileSync(join(folder, "kept", "stale.txt"), "old");
  expect((await metaexpert(args, { cwd: folder })).code).toBe(0);
  expect(existsSync(join(folder, "kept", "stale.txt"))).toBe(false);
  expect(readdirSync(folder).filter((name) => name.startsWith(".unfinished"))).toEqual([]);
});

test.skipIf(process.platform === "win32")(
  "a reader that closes the pipe early is no error, and the results are written all the same",
  async () => {
    const home = join(folder, "piped");
    const { stdout, stderr } = await piped([...simulated, "--home", home], "head -1", { cwd: folder });
    expect({ stdout, stderr }).toEqual({ stdout: "Test\n", stderr: "" });
    expect(globSync("results/*/tear-sheet.html", { cwd: home })).toHaveLength(1);
  },
);

test.skipIf(process.platform === "win32")("Ctrl-C ends a run at once and leaves nothing half-written", async () => {
  const home = join(folder, "interrupted");
  const slow = ["backtest", "slow.ts", "--simulated", "--home", home];
  const { code, signal } = await metaexpert(slow, { cwd: folder, interruptAfter: "ready" });
  expect({ code, signal }).toEqual({ code: null, signal: "SIGINT" });
  expect(existsSync(home)).toBe(false);
});

test("colours need a terminal or FORCE_COLOR, and NO_COLOR wins", async () => {
  const flags = [...simulated, "--no-tear-sheet"];
  const environments = [{}, { FORCE_COLOR: "1" }, { FORCE_COLOR: "1", NO_COLOR: "1" }];
  const endings = await Promise.all(environments.map((env) => metaexpert(flags, { cwd: folder, env })));
  expect(endings.map(({ stdout }) => stdout.includes("\u001B["))).toEqual([false, true, false]);
});

test("METAEXPERT_HOME says where everything is stored, and the flag wins", async () => {
  const env = { METAEXPERT_HOME: join(folder, "by variable") };
  const flags = [...simulated, "--no-tear-sheet"];
  await metaexpert(flags, { cwd: folder, env });
  await metaexpert([...flags, "--home", "by flag"], { cwd: folder, env });
  expect(globSync("by */results/*/run.json", { cwd: folder })).toHaveLength(2);
});

test("doctor finds this machine well, in words and as JSON", async () => {
  const [plain, json] = await Promise.all([["doctor"], ["doctor", "--json"]].map((args) => metaexpert(args, { cwd: folder })));
  expect(plain?.stdout).toMatch(/^ok {4}Node {10}\d+/);
  expect(plain?.code).toBe(0);
  const { healthy, findings } = JSON.parse(json?.stdout ?? "") as { healthy: boolean; findings: { subject: string; status: string }[] };
  expect(healthy).toBe(true);
  const subjects = [
    "Node",
    "metaexpert",
    "DuckDB",
    "home",
    "disk",
    "archive",
    "configuration",
    "environment",
    "credentials",
    "clock",
    "time zone",
    "output",
  ];
  expect(findings.map(({ subject }) => subject)).toEqual(subjects);
});

test("doctor tells of a secret with blanks around it without showing it, and fails where nothing can be stored", async () => {
  const env = { OKX_API_KEY: ' "hunter2"\n', METAEXPERT_HOME: join(folder, "good.ts") };
  const { code, stdout } = await metaexpert(["doctor"], { cwd: folder, env });
  expect(stdout).toMatch(/warn {2}environment {3}OKX_API_KEY has blanks/);
  expect(stdout).toMatch(/fail {2}home/);
  expect(stdout).not.toContain("hunter2");
  expect(code).toBe(1);
});
