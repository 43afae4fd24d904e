import { expect, test } from "vitest";
import { tradeCvd } from "./trade-cvd.ts";

const trade = (time: number, quantity: number, takerSide: "buy" | "sell") => ({ id: "1", time, price: 100, quantity, takerSide });

test("it adds up what buyers took less what sellers took", () => {
  const line = tradeCvd();
  const values = [trade(0, 3, "buy"), trade(1, 1, "sell"), trade(86_400_000, 2, "sell")].map((next) => {
    line.updateTrade(next);
    return line.value;
  });
  expect(values).toEqual([3, 2, 0]);
});

test("with a session it starts again", () => {
  const line = tradeCvd({ session: "day" });
  for (const next of [trade(0, 3, "buy"), trade(86_400_000, 2, "sell")]) line.updateTrade(next);
  expect(line.value).toBe(-2);
});
