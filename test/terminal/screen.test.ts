import { Writable } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { render } from "ink";
import { describe, expect, test } from "vitest";
import { VirtualScheduler } from "../../src/base/scheduler.ts";
import type { RunStatus } from "../../src/run/run-status.ts";
import { startLiveView } from "../../src/apps/terminal/live-view.ts";
import { screen } from "../../src/apps/terminal/screen.ts";
import { busy, flat, stale, stopping } from "./statuses.ts";

/** A terminal of a size that keeps what is written to it. */
class Terminal extends Writable {
  readonly columns: number;
  readonly rows: number;
  isBusy = false;
  written = "";

  constructor(columns: number, rows: number) {
    super();
    this.columns = columns;
    this.rows = rows;
  }

  override _write(chunk: Uint8Array, _encoding: string, done: () => void): void {
    this.written += Buffer.from(chunk).toString("utf8");
    done();
  }
}

/** What Ink draws of a status, as plain text. */
async function drawn(status: RunStatus, width: number, height: number, color = false): Promise<string> {
  const stdout = new Terminal(width, height + 1);
  const instance = render(screen(status, { width, height, color }), { stdout, debug: true, patchConsole: false, exitOnCtrlC: false });
  await instance.waitUntilRenderFlush();
  const first = stdout.written;
  instance.unmount();
  return color ? first : stripVTControlCharacters(first);
}

test("a terminal of 80 columns and 24 lines shows everything that matters of a busy run", async () => {
  expect(`\n${await drawn(busy, 80, 23)}\n`).toMatchInlineSnapshot(`
    "
     EMA cross  LIVE   binance linear · BTCUSDT +4 · 1h  up 12:34 · ends in 1:00:00
     ● connected  latency 12 ms  data 0.3 s old  reconnected 2×             running
    ─ Account ─────────────────────────────────────────────────────────────────────
      Equity              Today               Since start         Balance
      10,123.45 USDT      −16.75  −0.17 %     +123.45  +1.23 %    10,100.50
    ─ Positions 3 ─────────────────────────────────────────────────────────────────
      Symbol        Side      Quantity         Entry          Mark      Unrealised
      BTCUSDT       long         0.012     64,000.10     64,512.30           +6.15
      1000PEPEUSDT  short      120,000     0.0123456        0.0123           +5.47
      币安人生USDT  long            50          0.10          0.09           −0.50
    ─ Open orders 5 ───────────────────────────────────────────────────────────────
      Symbol        Side  Type             Quantity         Price  Status
      SOLUSDT       buy   market                 12             –   UNKNOWN
      BTCUSDT       sell  stop                0.012     62,720.10  open
      BTCUSDT       sell  target              0.012     66,560.00  open
      ETHUSDT       buy   limit                 1.5      3,100.50  40 % done
      SOLUSDT       sell  trailing               12             –  pending
    ─ Last events ─────────────────────────────────────────────────────────────────
      12:34:52 · order   buy 12 SOLUSDT: no answer after 5 s; asking the exchange w…
      12:34:44 ✕ error   onBar(1h) threw: Cannot read properties of undefined (expe…
      12:34:26 ● fill    bought 0.6 of 1.5 ETHUSDT at 3,100.50
      12:33:56 ✕ refused buy 2 ETHUSDT: its value of 6,201.00 is above maxPositionS…
     Ctrl-C: stop · twice: at once
    "
  `);
});

test("old prices are never shown as those of now, and a halt says why", async () => {
  const text = await drawn(stale, 80, 23);
  expect(text).toMatch(/○ reconnecting {2}latency – {3}STALE: data 42 s old/);
  expect(text).toContain("! halted, no risk is added: daily loss limit of 2 % reached");
  expect(text).toContain("! no risk is added: the exchange closed the stream (1006)");
  expect(text).toContain("Account, at prices of 42 s ago");
  expect(text).toContain("Positions 3, at prices of 42 s ago");
});

test("a wide terminal has room for more columns and whole sentences", async () => {
  const text = await drawn(busy, 140, 39);
  expect(text).toMatch(/Status +Filled +Purpose +Age/);
  expect(text).toMatch(/ETHUSDT +buy +limit +1\.5 +3,100\.50 +40 % done +0\.6 +entry +65 s/);
  expect(text).toContain("buy 2 ETHUSDT: its value of 6,201.00 is above maxPositionSizeQuote 5,000");
  expect(text).toMatch(/Orders +Fills +Refused +Errors/);
});

test("an order of which nobody knows the outcome stands first and stands out", async () => {
  const lines = (await drawn(busy, 80, 23)).split("\n");
  const first = lines.findIndex((line) => line.startsWith("─ Open orders 5")) + 2;
  expect(lines[first]).toMatch(/SOLUSDT +buy +market +12 +– +UNKNOWN/);
});

test("a run without positions, orders and events says so, and a sandbox is called one", async () => {
  const text = await drawn(flat, 80, 23);
  expect(text).toMatch(/─ Position ─+\n {2}flat\n─ Open orders ─+\n {2}none\n─ Last events ─+\n {2}nothing yet/);
  expect(await drawn(stopping, 80, 23)).toMatch(/PAPER {3}binance sandbox spot[\s\S]*stopping[\s\S]*Stopping\. Ctrl-C again: at once/);
});

describe("a picture fits its terminal", () => {
  const sizes = [20, 44, 80, 120, 200].flatMap((width) => [12, 23, 60].map((height) => [width, height] as const));
  test.each(sizes)("%i × %i", async (width, height) => {
    for (const status of [flat, busy, stale, stopping]) {
      const lines = (await drawn(status, width, height)).replace(/\n$/, "").split("\n");
      expect(lines.length).toBeLessThanOrEqual(height);
      // Chinese characters are two columns wide, so that a line may count fewer characters.
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
    }
  });
});

test("without colours there are none, and what they say is said in words", async () => {
  const text = await drawn(busy, 80, 23, true);
  expect(stripVTControlCharacters(text)).toBe(await drawn(busy, 80, 23));
});

test("a run that changes all the time is drawn five times a second", () => {
  const scheduler = new VirtualScheduler();
  let asked = 0;
  let changed = (): void => {};
  const run = {
    status: () => {
      asked += 1;
      return flat;
    },
    onChange: (listener: () => void) => {
      changed = listener;
      return () => {};
    },
  };
  const output = new Terminal(80, 24);
  const view = startLiveView({ run, output, color: false, scheduler, guardsConsole: false });
  asked = 0;
  for (let ms = 1; ms <= 10_000; ms += 1) {
    while (scheduler.nextDue <= ms) scheduler.step();
    scheduler.advanceTo(ms);
    changed();
  }
  expect(asked).toBeGreaterThanOrEqual(48);
  expect(asked).toBeLessThanOrEqual(51);
  asked = 0;
  output.isBusy = true;
  for (let step = 0; step < 20; step += 1) scheduler.step();
  expect(asked).toBe(0);
  view.close();
});

test("ages go on when nothing happens", () => {
  const scheduler = new VirtualScheduler();
  let asked = 0;
  const run = {
    status: () => {
      asked += 1;
      return flat;
    },
    onChange: () => () => {},
  };
  const view = startLiveView({ run, output: new Terminal(80, 24), color: false, scheduler, guardsConsole: false });
  asked = 0;
  while (scheduler.nextDue <= 10_000) scheduler.step();
  expect(asked).toBe(10);
  view.close();
});

test("the last picture is that of the end", () => {
  const scheduler = new VirtualScheduler();
  let status: RunStatus = flat;
  const run = { status: () => status, onChange: () => () => {} };
  const output = new Terminal(80, 24);
  const view = startLiveView({ run, output, color: false, scheduler, guardsConsole: false });
  status = stopping;
  scheduler.step();
  status = { ...stopping, phase: "stopped" };
  view.close();
  expect(stripVTControlCharacters(output.written)).toMatch(/\bstopped\b(?![\s\S]*running)/);
});
