import { createHash } from "node:crypto";
import { globSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { metaexpert } from "./process.ts";
import { makeProject } from "./project.ts";

/** What is typed after `metaexpert`, the exit code, and what the one sentence has to say. */
type Case = readonly [title: string, args: readonly string[], code: number, says: RegExp];

const period = ["--from", "2024-01-01", "--to", "2024-01-04"];
const market = ["--exchange", "binance", "--market", "spot", "--symbol", "BTCUSDT", "--timeframe", "1m"];
const good = (...args: readonly string[]): readonly string[] => ["backtest", "good.ts", ...args];

const PATHS: readonly Case[] = [
  [
    "a file that is not there, with the one that was meant",
    ["backtest", "god.ts"],
    2,
    /there is no file or folder "god\.ts"; did you mean "good\.ts"\?/,
  ],
  ["a folder without an expert", ["backtest", "empty"], 2, /the folder "empty" holds no expert\.ts/],
  ["a file that is no code", ["backtest", "picture.png"], 2, /"picture\.png" is not an expert/],
  ["a device", ["backtest", "/dev/null"], 2, /\/dev\/null is a device/],
  ["an empty path", ["backtest", ""], 2, /the path is empty/],
  ["results into a folder of other files", good("--out", "."), 2, /is there already and not empty/],
  ["a home that is a file", good("--home", "good.ts"), 2, /--home ".*good\.ts" is a file/],
  ["a home below a file", good("--home", "good.ts/home"), 2, /lies below the file .*good\.ts/],
];

const EXPERTS: readonly Case[] = [
  ["an expert that cannot be read, with its line", ["backtest", "broken.ts"], 2, /^metaexpert: broken\.ts:2: /],
  ["TypeScript that Node cannot run", ["backtest", "enum.ts"], 2, /enum\.ts:1: .*write a const object instead of an enum/],
  ["a file without a default export", ["backtest", "no-default.ts"], 2, /no-default\.ts has no default export/],
  ["a default export that is no expert", ["backtest", "no-expert.ts"], 2, /the default export of no-expert\.ts is a number, not an expert/],
  ["an import of a file that is not there", ["backtest", "bad-import.ts"], 2, /bad-import\.ts imports gone\.ts, which does not exist/],
  ["an import of a package that is not there", ["backtest", "bad-package.ts"], 2, /npm install not-a-package-of-ours/],
  [
    "an option that does not exist, with its place",
    ["backtest", "bad-option.ts"],
    2,
    /bad-option\.ts:3:16: stopLoss: there is no such option here/,
  ],
  [
    "a secret in the expert, without its value",
    ["backtest", "secret-option.ts"],
    2,
    /secret-option\.ts:3:16: apiKey: credentials are read from the environment/,
  ],
  [
    "an expert that throws while it is loaded",
    ["backtest", "throws-at-once.ts"],
    1,
    /throws-at-once\.ts:2:7 threw while it was loaded: not today/,
  ],
  [
    "an expert that throws in its setup",
    ["backtest", "throws-in-setup.ts", ...period],
    1,
    /setup function threw: not like this \(throws-in-setup\.ts:7:7\)/,
  ],
  ["an indicator of the expert's own that throws", ["backtest", "own-indicator.ts", ...period], 1, /no such bar \(own-indicator\.ts:7:9\)/],
  [
    "an expert that throws in a handler",
    ["backtest", "throws.ts", ...period],
    1,
    /onBar\("?1h"?\) handler threw at 2024-01-01T01:00.*: what now\? \(throws\.ts:7:9\)/,
  ],
  ["a handler whose promise is rejected", ["backtest", "rejects.ts", ...period], 1, /threw at .*: later \(rejects\.ts:7:24\)/],
  [
    "a misspelt key of the configuration",
    ["backtest", "misspelt"],
    2,
    /metaexpert\.config\.json: initialCapitel: .*did you mean "initialCapital"\?/,
  ],
  ["a key written twice", ["backtest", "twice"], 2, /metaexpert\.config\.json: "seed" is written twice/],
];

const FLAGS: readonly Case[] = [
  ["an unknown command", ["bakctest"], 2, /unknown command 'bakctest'; did you mean backtest\?/],
  ["an unknown flag", good("--fro", "2024-01-01"), 2, /unknown option '--fro'; did you mean --from\?/],
  ["a flag without its value", good("--from"), 2, /'--from <date>' argument missing/],
  ["no expert at all", ["backtest"], 2, /missing required argument 'expert'/],
  ["a second expert", good("slow.ts"), 2, /too many arguments/],
  ["a secret on the command line, without its value", good("--api-key=hunter2"), 2, /--api-key: a command line can be seen by everybody/],
  ["a secret that stands after its flag", good("--apiSecret", "hunter2"), 2, /--apiSecret: a command line can be seen/],
  ["a secret as a parameter", good("--param", "api_secret=hunter2"), 2, /api_secret: a command line can be seen/],
  ["a number with a comma", good("--capital", "1,5"), 2, /--capital: "1,5" is not a number; write 1\.5/],
  ["NaN", good("--capital", "NaN"), 2, /--capital: "NaN" is not a number/],
  ["a hexadecimal number", good("--capital", "0x10"), 2, /--capital: "0x10" is not a number/],
  ["a number beyond all numbers", good("--capital", "1e309"), 2, /--capital: "1e309" is not a number/],
  ["a negative amount", good("--capital", "-5"), 2, /--capital: -5 is not a number above 0.*write --capital 10000/],
  ["a fee beyond reason", good("--taker-fee", "50"), 2, /--taker-fee: 50 is not a percent from -1 to 10/],
  ["a seed with a fraction", good("--seed", "1.5"), 2, /--seed: 1\.5 is not a whole number/],
  ["a parameter that the expert does not have", good("--param", "sise=3"), 2, /no parameter "sise"; did you mean "size"\?/],
  ["a parameter out of its range", good("--param", "size=10"), 2, /parameter "size": 10 is outside 1 to 9/],
  ["a parameter without a value", good("--param", "size"), 2, /"size" is not name=value/],
  ["a timeframe that nobody offers", good("--timeframe", "7m"), 2, /"7m" is not a timeframe/],
  ["an intrabar path that does not exist", good("--intrabar", "pesimistic"), 2, /did you mean "pessimistic"\?/],
];

const PERIODS_AND_SYMBOLS: readonly Case[] = [
  ["a start after the end", good("--from", "2024-01-03", "--to", "2024-01-01"), 2, /--from: 2024-01-03.* is not before to: 2024-01-01/],
  ["a day that does not exist", good("--from", "2024-02-30"), 2, /--from: "2024-02-30" is not a moment that exists/],
  ["seconds since the epoch", good("--from", "1704067200"), 2, /--from: "1704067200" is not a date/],
  ["a date in the future", good("--from", "2099-01-01"), 2, /--from: 2099-01-01 lies in the future/],
  ["a period that is not stored", good("--from", "2023-01-01", "--to", "2023-02-01"), 1, /BTCUSDT from 2024-01-01 to 2024-01-03 only/],
  ["an unknown symbol", good("--symbol", "BTCUSDC"), 1, /no bars of binance spot BTCUSDC \(did you mean BTCUSDT\?\)/],
  ["an exchange without data", good("--exchange", "okx"), 1, /no bars of okx spot BTCUSDT, but of binance spot/],
  ["an empty symbol", good("--symbol", ""), 2, /--symbol: "" is not a symbol/],
  ["a symbol with a blank", good("--symbol", "BTC USDT"), 2, /--symbol: "BTC USDT" is not a symbol/],
  ["a symbol of signs that turn the line around", good("--symbol", "\u202EBTC"), 2, /is not a symbol/],
  ["an empty archive", good("--home", "empty"), 1, /the archive is empty: bring data in with "metaexpert data import PATH"/],
];

const IMPORTS: readonly Case[] = [
  ["a path that is not there", ["data", "import", "gone"], 1, /gone cannot be imported: there is no such file or folder/],
  ["a corrupt zip", ["data", "import", "corrupt.zip"], 1, /corrupt\.zip/],
  ["text where a price should stand, with its line", ["data", "import", "text-in-price.csv", ...market], 1, /text-in-price\.csv.*2.*abc/],
  ["a csv of nothing but a header", ["data", "import", "header-only.csv", ...market], 1, /header-only\.csv/],
  ["a project's name with blanks", ["new", "My Expert"], 2, /"My Expert" cannot be a project's name.*my-expert/],
  ["a project where a folder is in use", ["new", "misspelt"], 2, /is there already and not empty: choose another name/],
];

let folder: string;
let stored: string;
const endings = new Map<string, Awaited<ReturnType<typeof metaexpert>>>();
const groups = { PATHS, EXPERTS, FLAGS, PERIODS_AND_SYMBOLS, IMPORTS };

beforeAll(async () => {
  folder = makeProject();
  const imported = await metaexpert(["data", "import", "BTCUSDT-1m.csv", ...market], { cwd: folder });
  expect(imported).toMatchObject({ code: 0, stderr: "" });
  stored = fingerprint(folder);
  // Starting a process takes longer than what it does: some of them at a time.
  const waiting = Object.values(groups).flat();
  const work = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
      endings.set(next[0], await metaexpert(next[1], { cwd: folder }));
  };
  await Promise.all([work(), work(), work()]);
});

afterAll(() => rmSync(dirname(folder), { recursive: true, force: true }));

describe.each(Object.entries(groups))("%s: the command line refuses", (_, cases) => {
  test.each(cases)("%s", (title, _args, code, says) => {
    const ending = endings.get(title);
    expect(ending?.stderr).toMatch(says);
    expect(ending?.stderr).not.toMatch(/hunter2|^\s+at |node:internal/m);
    expect(ending?.code).toBe(code);
  });
});

test("a refusal is one line that begins with the program's name, and nothing on standard output", () => {
  for (const [title, { stdout, stderr }] of endings) {
    if (IMPORTS.some(([name]) => name === title)) continue;
    expect(stderr, title).toMatch(/^metaexpert: .+\n$/);
    expect(stdout, title).toBe("");
  }
});

test("nothing that was stored is touched by all that, and no results appear", () => {
  expect(fingerprint(folder)).toBe(stored);
  expect(readdirSync(join(folder, ".metaexpert"))).toEqual(["archive"]);
});

test("the stack is there for those who ask for it", async () => {
  const { code, stderr } = await metaexpert(["backtest", "throws.ts", ...period, "--debug"], { cwd: folder });
  expect(stderr).toMatch(/^metaexpert: .*\n[\s\S]*ExpertError: [\s\S]*\n +at [\s\S]*throws\.ts:7:9/);
  expect(code).toBe(1);
});

/** Names and contents of everything in the archive. */
function fingerprint(project: string): string {
  const archive = join(project, ".metaexpert", "archive");
  const hash = createHash("sha256");
  for (const name of globSync("**/*", { cwd: archive }).toSorted()) {
    const file = join(archive, name);
    if (statSync(file).isFile()) hash.update(`${name}\0`).update(readFileSync(file));
  }
  return hash.digest("hex");
}
