import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock } from "../../base/clock.ts";
import { LOG_LEVELS } from "../../base/logger.ts";
import { createLogger, type FileLogger } from "./logger.ts";

const KEY = "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A";
const SECRET = 'NhqPtmdSJYdKjVHbyZVjrs/0gC+k1Vsd3IaFJ2cCuz=="x\\y €';
const PHRASE = "hunter2";
const PEM = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezKqmVOB6XZ9eJxP
bcPPjUyOQ2zr3mZzWdVvXb6mXQ9kqL8aYw==
-----END PRIVATE KEY-----`;
const SECRETS = [KEY, SECRET, PHRASE, PEM];

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "metaexpert-canary-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Everything that a logger has written anywhere, after it was given something to say. */
async function everythingWritten(json: boolean, say: (log: FileLogger) => void): Promise<string> {
  const own = mkdtempSync(join(folder, "run-"));
  const printed: string[] = [];
  const files = { all: join(own, "expert.log"), trades: join(own, "trades.log"), errors: join(own, "errors.log") };
  const stream = { write: (text: string) => printed.push(text) };
  const log = createLogger({ level: "trace", clock: systemClock, files, json, console: { stream, color: true }, secrets: () => SECRETS });
  say(log);
  await log[Symbol.asyncDispose]();
  return [...printed, ...readdirSync(own).map((name) => readFileSync(join(own, name), "utf8"))].join("");
}

/** The spellings of a secret, written here a second time on purpose. */
function spellings(secret: string): readonly string[] {
  const text = secret.replaceAll(/-----[^\n]*-----\n?/g, "").replaceAll("\n", "");
  const bytes = Buffer.from(text);
  const inside = ["", "k", "ke"].map((before) => Buffer.from(`${before}${text}:and more`));
  return [
    text,
    encodeURIComponent(text),
    JSON.stringify(text).slice(1, -1),
    bytes.toString("hex"),
    bytes.toString("hex").toUpperCase(),
    ...inside.flatMap((longer, at) => {
      const first = Math.ceil((at * 8) / 6);
      return [longer.toString("base64").slice(first), longer.toString("base64url").slice(first)];
    }),
  ];
}

/** Ways in which something can come into a line. */
const ways: ReadonlyArray<readonly [title: string, say: (log: FileLogger, text: string) => void]> = [
  ["the message", (log, text) => LOG_LEVELS.forEach((level) => log[level](`before ${text} behind`))],
  ["a field", (log, text) => LOG_LEVELS.forEach((level) => log[level]("said", { note: text }))],
  ["deep inside", (log, text) => log.error("said", { a: { b: [{ c: { d: [text] } }] } })],
  ["the name of a field", (log, text) => log.error("said", { [text]: 1 })],
  ["an error's message and stack", (log, text) => log.error("failed", { error: new Error(`no: ${text}`) })],
  ["an error's cause", (log, text) => log.error("failed", { error: new Error("no", { cause: new TypeError(text, { cause: text }) }) })],
  ["an error's own fields", (log, text) => log.error("failed", { error: Object.assign(new Error("no"), { config: { headers: [text] } }) })],
  ["an aggregate", (log, text) => log.error("failed", { error: new AggregateError([new Error(text)], text) })],
  ["a map and a set", (log, text) => log.error("said", { map: new Map([[text, text]]), set: new Set([text]) })],
  ["an address", (log, text) => log.error("sent", { url: `https://api.binance.com/api/v3/order?symbol=BTCUSDT&x=${text}#${text}` })],
  ["JSON inside a text", (log, text) => log.error(JSON.stringify({ body: JSON.stringify({ x: text }) }))],
  [
    "the context",
    (log, text) =>
      log
        .child({ run: text })
        .child({ [text]: { text } })
        .error("said"),
  ],
  ["what an object says of itself", (log, text) => log.error("said", { own: { toJSON: () => ({ text }) } })],
];

describe.each([
  ["JSON", true],
  ["text", false],
])("as %s", (_title, json) => {
  test.each(ways)("no secret and no spelling of one is written through %s", async (_way, say) => {
    const written = await everythingWritten(json, (log) => {
      for (const secret of SECRETS) {
        for (const form of [secret, ...spellings(secret)]) say(log, form);
      }
    });
    expect(written).toContain("[redacted]");
    for (const secret of SECRETS) {
      for (const form of spellings(secret)) expect(written).not.toContain(form.slice(0, 8));
    }
  });

  test("a beginning of a secret of eight characters or more is no less secret", async () => {
    const written = await everythingWritten(json, (log) => {
      for (let length = 8; length <= KEY.length; length += 1) log.error(`key ${KEY.slice(0, length)}…`, { key: KEY.slice(0, length) });
    });
    expect(written).not.toContain(KEY.slice(0, 8));
  });
});

test("what is called a secret is hidden though nobody knows its value", async () => {
  const written = await everythingWritten(true, (log) => {
    log.error("sent", {
      headers: { "X-MBX-APIKEY": "canary-1", Authorization: "Bearer canary-2" },
      listenKey: "canary-3",
      passphrase: ["canary-4"],
    });
    log.error("GET /fapi/v1/order?symbol=BTCUSDT&timestamp=1&signature=canary5&apiKey=canary6");
    log.error("wss://stream.binance.com/ws?listenKey=canary7", { url: "socks5://user:canary8@proxy:1080" });
    log.error(`answer {"listenKey":"canary9","a":"{\\"apiKey\\":\\"canary10\\"}"}`);
    log.error("X-MBX-APIKEY: canary11\r\nsignature: canary12");
    log.error("-----BEGIN RSA PRIVATE KEY-----\ncanary13\n-----END RSA PRIVATE KEY-----");
  });
  expect(written).not.toContain("canary");
  expect(written).toContain("symbol=BTCUSDT&timestamp=1&signature=[redacted]");
});

test("a sentence about a key is left alone", async () => {
  const written = await everythingWritten(true, (log) => log.error("apiKey: leave it out; signature: not valid for this request"));
  expect(written).toContain("apiKey: leave it out; signature: not valid for this request");
});

test("a secret that appears while the program runs is hidden from then on", () => {
  const secrets: string[] = [];
  const printed: string[] = [];
  const log = createLogger({
    level: "info",
    clock: systemClock,
    json: true,
    console: { stream: { write: (text: string) => printed.push(text) }, color: false },
    secrets: () => secrets,
  });
  secrets.push("a-key-of-this-session");
  log.info("opened a-key-of-this-session");
  expect(printed.join("")).toMatch(/opened \[redacted\]/);
});

test("whatever is logged, no secret of any characters comes through and every line stays JSON", () => {
  const secret = fc.string({ minLength: 8, maxLength: 40, unit: "binary" }).filter((text) => text.trim().length >= 8);
  const place = fc.constantFrom<(text: string) => string>(
    (text) => text,
    (text) => encodeURIComponent(text),
    (text) => Buffer.from(text).toString("base64"),
    (text) => Buffer.from(`:${text}:`).toString("base64"),
    (text) => Buffer.from(text).toString("hex"),
  );
  fc.assert(
    fc.property(secret, fc.string(), fc.string(), place, (hidden, before, behind, spelled) => {
      const printed: string[] = [];
      const stream = { write: (text: string) => printed.push(text) };
      const log = createLogger({
        level: "info",
        clock: systemClock,
        json: true,
        console: { stream, color: false },
        secrets: () => [hidden],
      });
      const text = `${before}${spelled(hidden.trim())}${behind}`;
      log.info(text, { text, nested: [{ text }] });
      const line = JSON.parse(printed.join("")) as { text: string };
      const shown = JSON.stringify(line);
      expect(shown).toContain("[redacted]");
      if (!before.includes(hidden.trim()) && !behind.includes(hidden.trim())) expect(line.text).not.toContain(hidden.trim());
    }),
    { numRuns: 500 },
  );
});
