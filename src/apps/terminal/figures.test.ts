import { expect, test } from "vitest";
import { ageText, durationText, latencyText, moneyText, priceText, quantityText, signedMoney, signedPercent } from "./figures.ts";

test("money has the places of its currency", () => {
  expect([moneyText(10123.456, "USDT"), moneyText(0.5, "BTC"), moneyText(-0.001, "USDC"), moneyText(NaN, "USDT")]).toEqual([
    "10,123.46",
    "0.500000",
    "0.00",
    "–",
  ]);
});

test("a profit always has its sign, and nothing has none", () => {
  expect([signedMoney(12.3, "USDT"), signedMoney(-1234.5, "USDT"), signedMoney(0.001, "USDT"), signedMoney(-0, "USDT")]).toEqual([
    "+12.30",
    "−1,234.50",
    "0.00",
    "0.00",
  ]);
  expect([signedPercent(0.01234), signedPercent(-0.5), signedPercent(0), signedPercent(NaN)]).toEqual([
    "+1.23 %",
    "−50.00 %",
    "0.00 %",
    "–",
  ]);
});

test("a price has the digits that matter at its size", () => {
  expect([64000.1, 3.1234567891, 0.00001234567, 1].map(priceText)).toEqual(["64,000.10", "3.123457", "0.0000123457", "1.00"]);
  expect([priceText(undefined), priceText(NaN), quantityText(0.012), quantityText(1e6)]).toEqual(["–", "–", "0.012", "1,000,000"]);
});

test("times are as long as they need to be", () => {
  expect([7_000, 725_000, 11_525_000, 184_325_000, -5].map(durationText)).toEqual(["0:07", "12:05", "3:12:05", "2 d 03:12:05", "0:00"]);
  expect([340, 12_400, 250_000, 9e6, NaN].map(ageText)).toEqual(["0.3 s", "12 s", "4 min", "3 h", "–"]);
  expect([0.42, 11.7, NaN].map(latencyText)).toEqual(["0.4 ms", "12 ms", "–"]);
});
