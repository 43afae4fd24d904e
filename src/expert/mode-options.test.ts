import { expect, test } from "vitest";
import { ConfigurationError } from "../base/errors.ts";
import { FOREIGN_OPTIONS, refuseForeignOptions, usableIn } from "./mode-options.ts";
import { RUN_TABLE } from "./option-tables.ts";
import { RUN_MODES, type RunOptions } from "./options.ts";
import { resolveExpertOptions, resolveRunOptions } from "./resolve.ts";
import { checkRunOptions } from "./validate.ts";

const expert = resolveExpertOptions({ name: "a", symbol: "BTCUSDT", timeframe: "1h" });
const cases = FOREIGN_OPTIONS.map(({ option, mode, values }) => ({ option, mode, value: values?.[0] ?? RUN_TABLE[option].kind.example }));

test.each(cases)("$option has no use in mode $mode and is refused by name", ({ option, mode, value }) => {
  const options = { [option]: value } as RunOptions;
  const message = new RegExp(`^${option}: mode "${mode}" has no use for it; leave it out: `);
  expect(() => refuseForeignOptions(mode, options)).toThrow(ConfigurationError);
  expect(() => checkRunOptions({ ...options, mode })).toThrow(message);
  expect(() => resolveRunOptions(expert, { ...options, mode })).toThrow(message);
  expect(usableIn(mode, options)).toEqual({});
});

test("what one mode has no use for, another has", () => {
  for (const { option, value } of cases) {
    const serving = RUN_MODES.filter((mode) => !FOREIGN_OPTIONS.some((entry) => entry.option === option && entry.mode === mode));
    expect(serving, option).not.toEqual([]);
    for (const mode of serving) expect(() => resolveRunOptions(expert, { mode, [option]: value }), option).not.toThrow();
  }
});

test("switched off, an option goes with every mode", () => {
  const off = { testnet: false, persistState: false, logToFile: false, jsonLogging: false, rearm: false };
  for (const mode of RUN_MODES) expect(() => resolveRunOptions(expert, { mode, ...off })).not.toThrow();
});

test("a configuration file may hold what only some modes use", () => {
  const file: RunOptions = { exchange: "binance", from: "2024-01-01", proxy: "http://127.0.0.1:8080", testnet: true };
  expect(() => checkRunOptions(file)).not.toThrow();
  expect(usableIn("backtest", file)).toEqual({ exchange: "binance", from: "2024-01-01" });
  expect(usableIn("live", file)).toEqual({ exchange: "binance", proxy: "http://127.0.0.1:8080", testnet: true });
});

test("a run without a mode is a backtest", () => {
  expect(() => resolveRunOptions(expert, { testnet: true })).toThrow(
    'testnet: mode "backtest" has no use for it; leave it out: a backtest connects to no exchange',
  );
});
