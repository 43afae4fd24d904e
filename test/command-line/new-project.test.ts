import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { metaexpert } from "./process.ts";

const root = join(import.meta.dirname, "../..");
const tsc = join(root, "node_modules", "@typescript", "native", "bin", "tsc");
const run = promisify(execFile);

/** Every market in every style, each for another exchange. */
const variants = [
  ["binance", "spot", "function"],
  ["bybit", "futures", "function"],
  ["okx", "spot", "class"],
  ["kucoin", "futures", "class"],
] as const;
const nameOf = (variant: readonly string[]): string => variant.join("-");

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "metaexpert-new-"));
  // What `npm install` in a project would do.
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules", "metaexpert"), "junction");
  symlinkSync(join(root, "node_modules", "@types"), join(folder, "node_modules", "@types"), "junction");
  await Promise.all(
    variants.map(async (variant) => {
      const [exchange, market, style] = variant;
      const flags = ["--exchange", exchange, "--market", market, "--style", style];
      expect(await metaexpert(["new", nameOf(variant), ...flags], { cwd: folder })).toMatchObject({ code: 0, stderr: "" });
    }),
  );
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(variants)("a project for %s %s as a %s runs at once and passes its own test", async (...variant) => {
  const cwd = join(folder, nameOf(variant));
  const { code, stdout, stderr } = await metaexpert(["backtest", ".", "--simulated", "--no-tear-sheet"], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain(`${variant[0]} ${variant[1] === "spot" ? "spot" : "linear"} BTCUSDT`);
  expect(readdirSync(join(cwd, ".metaexpert"))).toEqual(["results"]);

  const { scripts } = JSON.parse(readFileSync(join(cwd, "package.json"), "utf8")) as { scripts: { test: string } };
  const [program, ...flags] = scripts.test.split(" ");
  expect(program).toBe("node");
  const { NODE_OPTIONS: _options, NODE_TEST_CONTEXT: _context, ...env } = process.env;
  const tested = await run(process.execPath, [...flags, "--test-reporter=tap"], { cwd, env });
  expect(tested.stdout).toMatch(/# pass 2\n# fail 0/);
});

test("all of them compile under their own settings", async () => {
  const names = variants.map(nameOf);
  const [first = ""] = names;
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ extends: `./${first}/tsconfig.json`, include: names.map((name) => `${name}/*.ts`) }),
  );
  const compiled = run(process.execPath, [tsc, "-p", folder, "--pretty", "false"]);
  const { stdout } = await compiled.catch((error: unknown) => error as { readonly stdout: string });
  // The sources, which come along in the repository, have a check of their own.
  const complaints = stdout.split("\n").filter((line) => names.some((name) => line.includes(name)));
  expect(complaints).toEqual([]);
});

test("a project has what a newcomer needs and names the credentials of its exchange", () => {
  const cwd = join(folder, "kucoin-futures-class");
  const files = [
    ".env.example",
    ".gitignore",
    "README.md",
    "expert.test.ts",
    "expert.ts",
    "metaexpert.config.ts",
    "package.json",
    "tsconfig.json",
  ];
  for (const file of files) expect(existsSync(join(cwd, file)), file).toBe(true);
  expect(readFileSync(join(cwd, ".env.example"), "utf8")).toMatch(/^KUCOIN_API_KEY=\nKUCOIN_API_SECRET=\nKUCOIN_API_PASSPHRASE=$/m);
  expect(readFileSync(join(cwd, "expert.ts"), "utf8")).toContain('name: "Kucoin futures class"');
});

test("a project that is there is never written over", async () => {
  const name = nameOf(variants[0]);
  const before = readFileSync(join(folder, name, "expert.ts"), "utf8");
  const { code, stderr } = await metaexpert(["new", name, "--style", "class"], { cwd: folder });
  expect(code).toBe(2);
  expect(stderr).toMatch(/is there already and not empty: choose another name/);
  expect(readFileSync(join(folder, name, "expert.ts"), "utf8")).toBe(before);
});
