import { expect, test } from "vitest";
import { didYouMean, nearestName } from "./suggest.ts";

const names = ["timeframe", "symbol", "symbols", "stopLossPct", "takeProfitPct", "maxDrawdownPct", "lookbackBars"];

test.each([
  ["timeFrame", "timeframe"],
  ["time_frame", "timeframe"],
  ["tiemframe", "timeframe"],
  ["stoploss", "stopLossPct"],
  ["stopLosPct", "stopLossPct"],
  ["MAX-DRAWDOWN", "maxDrawdownPct"],
  ["simbols", "symbols"],
  ["loockbackBar", "lookbackBars"],
])("%s means %s", (written, meant) => {
  expect(nearestName(written, names)).toBe(meant);
});

test.each(["colour", "x", "", "frame", "a".repeat(100_000)])("%s means none of them", (written) => {
  expect(nearestName(written, names)).toBeUndefined();
  expect(didYouMean(written, names)).toBe("");
});

test("short words are only told apart by their case", () => {
  expect(nearestName("1H", ["1m", "1h", "1d"])).toBe("1h");
  expect(nearestName("7m", ["1m", "5m"])).toBeUndefined();
});
