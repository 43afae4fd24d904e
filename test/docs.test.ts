import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { metaexpert } from "./command-line/process.ts";

const root = join(import.meta.dirname, "..");
const pages = globSync(["*.md", "docs/**/*.md", "examples/*/README.md"], { cwd: root });
const read = (page: string): string => readFileSync(join(root, page), "utf8");

/** One fenced block: what stands behind the fence, and the text. */
interface Block {
  readonly language: string;
  /** The file that the block is the text of. */
  readonly file: string | undefined;
  readonly text: string;
}

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "metaexpert-docs-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("every command of the quick start works in the order in which it stands there", async () => {
  let printed = "";
  let commands = 0;
  for (const { language, file, text } of blocksOf(read("docs/quick-start.md"))) {
    if (file !== undefined) writeFileSync(join(folder, file), text);
    else if (language === "sh") {
      printed = "";
      for (const line of text.trim().split("\n")) {
        printed += await run(line);
        commands += 1;
      }
    } else if (!text.startsWith("npx ")) expect(printed).toContain(text);
  }
  expect(commands).toBe(9);
});

test("the expert on the front page runs as it is printed there", async () => {
  const [expert] = blocksOf(read("README.md")).filter(({ language }) => language === "ts");
  mkdirSync(join(folder, "front"));
  writeFileSync(join(folder, "front", "expert.ts"), expert?.text ?? "");
  const period = ["--from", "2024-01-01", "--to", "2024-03-01", "--no-tear-sheet"];
  const { code, stderr } = await metaexpert(["backtest", "front", "--simulated", ...period], { cwd: folder });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
});

test.each(["new", "backtest"])("the page of the command line tells of every flag of %s, and of none that is not there", async (command) => {
  const { stdout } = await metaexpert([command, "--help"], { cwd: root });
  const general = new Set(["--home", "--json", "--no-color", "--debug", "--version", "--help"]);
  const known = flagsIn(stdout.split("Global Options:")[0] ?? "").filter((flag) => !general.has(flag));
  const page = read("docs/guides/cli.md");
  const section = page.split(/^## /m).find((part) => part.startsWith(`metaexpert ${command}\n`)) ?? "";
  expect(flagsIn(section).toSorted()).toEqual(known.toSorted());
});

test.each(["binance-ema", "bybit-rsi", "okx-macd"])(
  "the figures on the page of examples/%s are those that its run is held to",
  (example) => {
    const { statistics } = JSON.parse(read(`examples/${example}/expected.json`)) as { statistics: Record<string, number> };
    const rows: Readonly<Record<string, string>> = {
      Return: "returnPct",
      "Buy and hold": "buyAndHoldReturnPct",
      "Max drawdown": "maxDrawdownPct",
      "Sharpe ratio": "sharpeRatio",
      "Profit factor": "profitFactor",
      Trades: "trades",
      Fees: "fees",
    };
    const page = read(`examples/${example}/README.md`);
    for (const [label, name] of Object.entries(rows)) {
      const [, shown = ""] = new RegExp(`^\\| ${label} \\| (-?[\\d.]+)`, "m").exec(page) ?? [];
      const decimals = shown.split(".")[1]?.length ?? 0;
      expect(shown, label).toBe(statistics[name]?.toFixed(decimals));
    }
  },
);

describe("links between the pages", () => {
  test.each(pages)("%s leads nowhere wrong", (page) => {
    const text = read(page).replaceAll(/^```[\s\S]*?^```$/gm, "");
    const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? "").filter((target) => !/^[a-z]+:/.test(target));
    const lost = targets.filter((target) => !leadsSomewhere(page, target));
    expect(lost).toEqual([]);
  });
});

/** Runs one line of a sh block: `npx metaexpert …` in the folder of the quick start. */
async function run(line: string): Promise<string> {
  const [npx, program, ...args] = line.replace(/\s+#.*$/, "").split(/\s+/);
  expect([npx, program], line).toEqual(["npx", "metaexpert"]);
  const { code, stdout, stderr } = await metaexpert(args, { cwd: folder });
  expect({ code, stderr }, line).toEqual({ code: 0, stderr: "" });
  return stdout;
}

function blocksOf(page: string): readonly Block[] {
  return [...page.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map(([, language = "", file, text = ""]) => ({
    language,
    file,
    text,
  }));
}

function flagsIn(text: string): string[] {
  return [...new Set([...text.matchAll(/(?<![\w-])--[a-z][a-z-]*/g)].map(([flag]) => flag))];
}

/** Whether a relative link has a file at its end, and the heading that it names. */
function leadsSomewhere(page: string, target: string): boolean {
  const [path = "", anchor] = target.split("#");
  const file = path === "" ? page : relative(root, join(root, dirname(page), path));
  if (!existsSync(join(root, file))) return false;
  if (anchor === undefined) return true;
  const headings = [...read(file).matchAll(/^#+ (.+)$/gm)].map((match) =>
    (match[1] ?? "")
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, "")
      .trim(),
  );
  return headings.some((heading) => heading.replaceAll(" ", "-") === anchor);
}
