import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { VirtualClock } from "../../base/clock.ts";
import { LOG_LEVELS } from "../../base/logger.ts";
import { createLogger } from "./logger.ts";

const clock = new VirtualClock(Date.UTC(2026, 10, 25, 10));

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "metaexpert-log-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function filesIn(place: string): { readonly all: string; readonly trades: string; readonly errors: string } {
  return { all: join(place, "expert.log"), trades: join(place, "trades.log"), errors: join(place, "errors.log") };
}

function linesOf(file: string): readonly string[] {
  return readFileSync(file, "utf8").split("\n").slice(0, -1);
}

function printer(): { readonly stream: { write(text: string): void }; readonly text: () => string } {
  const printed: string[] = [];
  return { stream: { write: (text) => void printed.push(text) }, text: () => printed.join("") };
}

test("trades and errors have files of their own, whatever the level of the file of everything", async () => {
  const files = filesIn(folder);
  const log = createLogger({ level: "fatal", clock, files, json: true });
  for (const level of LOG_LEVELS) log[level](level);
  await log[Symbol.asyncDispose]();
  const messages = (file: string): readonly unknown[] => linesOf(file).map((line) => (JSON.parse(line) as { message: string }).message);
  expect(messages(files.all)).toEqual(["fatal"]);
  expect(messages(files.trades)).toEqual(["trade"]);
  expect(messages(files.errors)).toEqual(["error", "fatal"]);
});

test.each(LOG_LEVELS)("at the level %s, everything from there on is written", (level) => {
  const { stream, text } = printer();
  const log = createLogger({ level, clock, json: true, console: { stream, color: false } });
  for (const each of LOG_LEVELS) log[each](each);
  const written = text()
    .trimEnd()
    .split("\n")
    .map((line) => (JSON.parse(line) as { level: string }).level);
  expect(written).toEqual(LOG_LEVELS.slice(LOG_LEVELS.indexOf(level)));
});

test("a line of JSON has the run's context, the child's and its own fields, none of which can pass for another part", () => {
  const { stream, text } = printer();
  const log = createLogger({ level: "info", clock, json: true, context: { run: "r1" }, console: { stream, color: false } });
  log.child({ symbol: "BTCUSDT" }).trade("bought", { price: 64000.1, time: 5, level: "x", message: "y" });
  expect(JSON.parse(text())).toEqual({
    level: "trade",
    time: "2026-11-25T10:00:00.000Z",
    run: "r1",
    symbol: "BTCUSDT",
    price: 64000.1,
    time_: 5,
    level_: "x",
    message_: "y",
    message: "bought",
  });
});

test("a line for people is short, on one line, and leaves out what every line has", () => {
  const { stream, text } = printer();
  const log = createLogger({ level: "info", clock, context: { run: "r1" }, console: { stream, color: false } });
  log.child({ symbol: "BTCUSDT" }).trade("bought\n\u001B[2J0.01", { price: 64000.1, why: "a cross", key: { a: [1] } });
  expect(text()).toBe('2026-11-25 10:00:00.000 trade bought [2J0.01  symbol=BTCUSDT price=64000.1 why="a cross" key={"a":[1]}\n');
});

test("an error shows its message in the line, and its stack and causes below", () => {
  const { stream, text } = printer();
  const log = createLogger({ level: "info", clock, console: { stream, color: false } });
  log.error("the order failed", { error: Object.assign(new Error("no: way", { cause: new RangeError("deeper") }), { code: "ME_X" }) });
  expect(text()).toMatch(
    /^2026-11-25 10:00:00\.000 error the order failed {2}error=\{"message":"no: way","code":"ME_X"\}\n {4}Error: no: way\n[\s\S]*\n {4}caused by RangeError: deeper\n/,
  );
});

describe.skipIf(process.platform === "win32")("on disk", () => {
  test("the files are for their owner only, also those that were there and those put aside", async () => {
    const place = join(folder, "logs", "deep");
    mkdirSync(join(folder, "logs"), { mode: 0o755 });
    mkdirSync(place);
    writeFileSync(join(place, "errors.log"), "", { mode: 0o644 });
    chmodSync(join(place, "errors.log"), 0o644);
    const log = createLogger({
      level: "info",
      clock,
      files: { ...filesIn(place), all: join(place, "new", "expert.log") },
      fileBytesMax: 200,
    });
    for (let number = 0; number < 12; number += 1) {
      log.error(`something that is long enough for a file of its own, number ${number}`);
      await log.flush();
    }
    await log[Symbol.asyncDispose]();
    const modes = readdirSync(place, { recursive: true, withFileTypes: true }).map((entry) => {
      return [entry.name, (statSync(join(entry.parentPath, entry.name)).mode & 0o777).toString(8)];
    });
    expect(Object.fromEntries(modes.filter(([name]) => name !== "new"))).toEqual(
      Object.fromEntries(modes.filter(([name]) => name !== "new").map(([name]) => [name, "600"])),
    );
    expect(modes).toContainEqual(["new", "700"]);
    expect(modes.map(([name]) => name)).toContain("errors.log.5");
  });

  test("no line is lost or doubled when files turn over", async () => {
    const { all } = filesIn(folder);
    const log = createLogger({ level: "info", clock, files: { all }, json: true, fileBytesMax: 2_000, filesKept: 100 });
    for (let number = 0; number < 500; number += 1) {
      log.info("line", { number });
      if (number % 7 === 0) await log.flush();
    }
    await log[Symbol.asyncDispose]();
    const numbers = readdirSync(folder).flatMap((name) =>
      linesOf(join(folder, name)).map((line) => (JSON.parse(line) as { number: number }).number),
    );
    expect(numbers.toSorted((left, right) => left - right)).toEqual(Array.from({ length: 500 }, (_, number) => number));
    expect(readdirSync(folder).length).toBeGreaterThan(10);
  });

  test("a place where nothing can be written is told of before anything is lost", () => {
    writeFileSync(join(folder, "file"), "");
    const log = (): unknown => createLogger({ level: "info", clock, files: { all: join(folder, "file", "expert.log") } });
    expect(log).toThrow(/the log file .*expert\.log cannot be written \(E\w+\); choose another, or set logToFile to false/);
    expect(() => createLogger({ level: "info", clock, files: { all: "/dev/null" } })).toThrow(/\/dev\/null is a device/);
  });

  test("what happened before the process dies is on disk", () => {
    const files = filesIn(folder);
    const log = createLogger({ level: "info", clock, files });
    log.info("nearly there");
    log.fatal("the end");
    expect(linesOf(files.all)).toHaveLength(2);
    expect(linesOf(files.errors)).toHaveLength(1);
  });
});

test("F95: nothing that is logged can throw", () => {
  const { stream, text } = printer();
  const log = createLogger({ level: "trace", clock, console: { stream, color: false } });
  const circle: Record<string, unknown> = { name: "circle" };
  circle["self"] = circle;
  const fence = {
    get: () => {
      throw new Error("no entry");
    },
    ownKeys: () => {
      throw new Error("no keys");
    },
  };
  const odd: Record<string, unknown> = {
    circle,
    proxy: new Proxy({}, fence),
    getter: {
      get value() {
        throw new Error("no value");
      },
    },
    own: {
      toJSON() {
        throw new Error("no JSON");
      },
    },
    big: 10n ** 30n,
    nan: NaN,
    nothing: undefined,
    bytes: new Uint8Array(3),
    symbol: Symbol("s"),
    call: () => 1,
    long: "x".repeat(1e6),
    many: Array.from({ length: 1e4 }, (_, at) => ({ at })),
    proto: JSON.parse('{"__proto__":{"polluted":true}}') as unknown,
  };
  log.info("odd", odd);
  log.info(undefined as unknown as string, null as unknown as undefined);
  log.child(odd).info("odd");
  log.info(42 as unknown as string);
  expect(text()).toMatch(/\[circular\].*\[unreadable\].*bytes="\[Uint8Array of 3 bytes\]"/);
  expect(text()).toMatch(/info {2}42\n$/);
  expect(text().length).toBeLessThan(200_000);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test("F95: a console that throws or does not read costs its own lines, and the files say so", async () => {
  const files = filesIn(folder);
  const stream = {
    writableLength: 0,
    text: "",
    isBroken: true,
    write(text: string): void {
      if (stream.isBroken) throw Object.assign(new Error("write EPIPE"), { code: "EPIPE" });
      stream.text += text;
    },
  };
  const log = createLogger({ level: "info", clock, files, console: { stream, color: false } });
  log.info("one");
  log.info("two");
  stream.isBroken = false;
  log.info("three");
  stream.writableLength = 1e9;
  for (let number = 0; number < 1000; number += 1) log.info("unread");
  stream.writableLength = 0;
  log.info("four");
  await log[Symbol.asyncDispose]();
  expect(stream.text).toMatch(
    /2 lines are missing here: its reader is gone\n.*three\n.*1000 lines are missing here: its reader is too slow\n.*four\n$/,
  );
  expect(linesOf(files.errors).join("\n")).toMatch(
    /lines for the console are lost: its reader is gone\n.*lines for the console are lost: its reader is too slow/,
  );
  expect(linesOf(files.all).filter((line) => line.endsWith("unread"))).toHaveLength(1000);
  expect(log.lost).toBe(1002);
});

test("a level that nobody wants does not look at what it is given", () => {
  const { stream } = printer();
  const log = createLogger({ level: "info", clock, console: { stream, color: false } });
  let isRead = false;
  const fields = {
    get value() {
      isRead = true;
      return 1;
    },
  };
  log.debug("quiet", fields);
  log.child({ a: 1 }).trace("quiet", fields);
  expect(isRead).toBe(false);
  log.info("loud", fields);
  expect(isRead).toBe(true);
});
