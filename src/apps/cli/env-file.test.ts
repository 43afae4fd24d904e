import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readEnvironment } from "./env-file.ts";
import { secretValues } from "./secret-values.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "metaexpert-env-"));
  writeFileSync(join(folder, "package.json"), "{}");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(text: string, mode = 0o600, place = folder): void {
  writeFileSync(join(place, ".env"), text);
  chmodSync(join(place, ".env"), mode);
}

test("the real environment wins over the file, and an empty variable of either is none", () => {
  write('BINANCE_API_KEY=from-file\nBINANCE_API_SECRET="quoted # not a comment"\nEMPTY=\nHOME=/elsewhere # comment\n');
  const { values } = readEnvironment({ cwd: folder, env: { HOME: "/home/me", BINANCE_API_KEY: "", PATH: undefined } });
  expect(values).toEqual({ BINANCE_API_KEY: "from-file", BINANCE_API_SECRET: "quoted # not a comment", HOME: "/home/me" });
});

test("the file beside the expert comes before that of the project, and one folder's is enough", () => {
  const experts = join(folder, "experts");
  mkdirSync(experts);
  write("WHERE=project\n");
  const expertFile = join(experts, "expert.ts");
  expect(readEnvironment({ expertFile, cwd: folder, env: {} }).values["WHERE"]).toBe("project");
  write("WHERE=beside\n", 0o600, experts);
  expect(readEnvironment({ expertFile, cwd: folder, env: {} }).values["WHERE"]).toBe("beside");
  expect(readEnvironment({ cwd: experts, env: {} }).values["WHERE"]).toBe("project");
});

test("without a file the environment is taken as it is", () => {
  expect(readEnvironment({ cwd: folder, env: { A: "1" } })).toEqual({ values: { A: "1" }, file: undefined, warning: undefined });
});

test.skipIf(process.platform === "win32")("a file that others can read is told of, without what it holds", () => {
  write("BINANCE_API_SECRET=canary\n", 0o644);
  const { warning } = readEnvironment({ cwd: folder, env: {} });
  expect(warning).toBe(".env can be read by other users of this machine; run chmod 600 .env");
  write("A=1\n", 0o600);
  expect(readEnvironment({ cwd: folder, env: {} }).warning).toBeUndefined();
});

test("a file that is far too large is not read", () => {
  write("A=1\n".repeat(300_000));
  expect(() => readEnvironment({ cwd: folder, env: {} })).toThrow(/\.env has 1200000 bytes, too many for a file of variables/);
});

test("what has to be hidden is found by its name, in every spelling that reading it may give", () => {
  const env = {
    BINANCE_API_KEY: ' "key-1" ',
    BINANCE_TESTNET_API_SECRET_SCALPER: String.raw`line-1\nline-2`,
    KUCOIN_API_PASSPHRASE: "phrase",
    GITHUB_TOKEN: "token",
    HOME: "/home/me",
    PATH: "/bin",
  };
  expect(secretValues(env)).toEqual([' "key-1" ', "key-1", String.raw`line-1\nline-2`, "line-1\nline-2", "phrase", "token"]);
});
