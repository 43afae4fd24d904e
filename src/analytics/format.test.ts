import { describe, expect, it } from "vitest";
import { formatAmount, formatDuration, formatNumber, formatStatistic, formatTime, formatValue, sparkline } from "./format.ts";

describe("formatting", () => {
  it("puts commas between thousands and never writes minus zero", () => {
    expect(formatNumber(-1234567.891, 2)).toBe("-1,234,567.89");
    expect(formatNumber(999, 0)).toBe("999");
    expect(formatNumber(-0.001, 2)).toBe("0.00");
  });

  it("shows small amounts with the digits they need", () => {
    expect(formatAmount(0.000134567)).toBe("0.0001346");
    expect(formatAmount(12.3)).toBe("12.30");
    expect(formatAmount(0)).toBe("0.00");
  });

  it.each([
    [0, "0 s"],
    [250, "250 ms"],
    [45_000, "45 s"],
    [11_400_000, "3 h 10 min"],
    [86_400_000 * 830 + 14_400_000, "830 d 4 h"],
    [3_599_900, "1 h"],
    [86_399_999, "1 d"],
    [60_000, "1 min"],
  ])("shows %d milliseconds as %s", (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });

  it("shows moments in UTC", () => {
    expect(formatTime(Date.UTC(2024, 0, 31, 13, 5))).toBe("2024-01-31 13:05");
    expect(formatTime(Date.UTC(2024, 0, 31, 13, 5, 9))).toBe("2024-01-31 13:05:09");
  });

  it("shows every unit, and what is not available as n/a", () => {
    expect(formatValue(12.345, "percent")).toBe("12.35 %");
    expect(formatValue(1234.5, "currency", { currency: "USDT" })).toBe("1,234.50 USDT");
    expect(formatValue(0.0012, "ratio")).toBe("0.0012");
    expect(formatValue(1234, "count")).toBe("1,234");
    expect(formatValue(Infinity, "ratio")).toBe("n/a");
    expect(formatStatistic({ value: undefined, reason: "needs a trade" }, "ratio")).toBe("n/a");
    expect(formatStatistic({ value: "3 / 4" }, "text")).toBe("3 / 4");
  });

  it("draws a row of bars from the lowest to the highest", () => {
    expect(sparkline([1, 2, 3, 4, 5, 6, 7, 8], 8)).toBe("▁▂▃▄▅▆▇█");
    expect(sparkline([5, 5, 5], 10)).toBe("▄▄▄");
    expect(sparkline([], 10)).toBe("");
    expect(sparkline([1, 9, 1, 9], 2)).toBe("▄▄");
  });
});
