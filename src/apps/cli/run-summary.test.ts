import { expect, test } from "vitest";
import { busy, flat, stale } from "../../../test/terminal/statuses.ts";
import type { RunSummary } from "../../run/run-status.ts";
import { outcomeText, statusLine, summaryText } from "./run-summary.ts";

const summary: RunSummary = {
  expertName: "EMA cross",
  strategyId: "ema-cross",
  mode: "live",
  exchange: "binance",
  market: "linear",
  isSandbox: false,
  isTestnet: false,
  accountLabel: "binance linear, key …8hEy",
  symbols: ["BTCUSDT", "ETHUSDT"],
  timeframe: "1h",
  leverage: 3,
  marginMode: "isolated",
  positionMode: "oneWay",
  equity: 1234.5,
  currency: "USDT",
  limits: [
    ["Maximum drawdown", "20 %"],
    ["Largest position", "1,000 USDT"],
  ],
  onExit: "cancel",
  openOrders: 1,
  openPositions: 0,
  warnings: ["the key is not bound to an address"],
};

test("the summary before a live run says all that has to be agreed to", () => {
  expect(`\n${summaryText(summary)}\n`).toMatchInlineSnapshot(`
    "
      Expert            EMA cross
      Exchange          binance linear
      Account           binance linear, key …8hEy
      Symbols           BTCUSDT, ETHUSDT, 1h
      Equity            1,234.50 USDT
      Leverage          3×, isolated
      Maximum drawdown  20 %
      Largest position  1,000 USDT
      At the end        entries that wait are cancelled; protective orders and positions stay
      Open now          1 order, 0 positions
      ! the key is not bound to an address
    "
  `);
});

test("the summary of a spot run has no leverage, and a testnet is called one", () => {
  const { marginMode: _margin, positionMode: _mode, ...spot } = summary;
  const text = summaryText({ ...spot, market: "spot", isTestnet: true });
  expect(text).not.toMatch(/Leverage/);
  expect(text).toMatch(/Exchange +binance spot \(testnet\)/);
});

test("an outcome says how it went, what is left and where the journal is", () => {
  const outcome = {
    reason: "signal",
    status: busy,
    journal: "/home/.metaexpert/state/ema",
    journalRecords: 1812,
    journalHash: "ab",
    openOrders: 2,
    openPositions: 1,
  };
  expect(`\n${outcomeText(outcome)}\n`).toMatchInlineSnapshot(`
    "
    Ended    signal, after 12:34
    Equity   10,123.45 USDT (+123.45, +1.23 %)
    Orders   9 orders sent, 5 fills, 1 refused
    Errors   1
    Left     2 open orders, 1 position
    Journal  /home/.metaexpert/state/ema (1,812 records)
    "
  `);
});

test("the line of every minute tells of stale data and of orders whose outcome nobody knows", () => {
  expect(statusLine(flat)).toBe("running; connected; equity 10,000.00 USDT (0.00, 0.00 %); flat; 0 open orders");
  expect(statusLine(stale)).toMatch(
    /^halted; reconnecting, data is STALE; .*long 0\.012 BTCUSDT, short 120,000 1000PEPEUSDT.*5 open orders, 1 of UNKNOWN outcome$/,
  );
});
