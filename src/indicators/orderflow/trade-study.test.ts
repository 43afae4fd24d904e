/** What holds for every trade-fed indicator: streaming and columns give the same numbers bit for bit, also after a reset. */
import { expect, test } from "vitest";
import { createRandom } from "../../base/random.ts";
import type { TradeColumns } from "../../domain/trade.ts";
import { tradeCvd } from "./trade-cvd.ts";
import { tradeDelta } from "./trade-delta.ts";
import { tradeImbalance } from "./trade-imbalance.ts";

test.each([
  ["tradeDelta", () => tradeDelta({ timeframe: "5m" })],
  ["tradeCvd", () => tradeCvd({ session: "day" })],
  ["tradeImbalance", () => tradeImbalance(20)],
] as const)("%s gives over columns what it gives trade by trade", (_name, create) => {
  const trades = randomTrades(2_000);
  const study = create();
  const whole = study.overTrades(trades);
  study.reset();
  for (let row = 0; row < trades.length; row += 1) {
    study.updateTrade({
      id: "",
      time: trades.time[row] as number,
      price: trades.price[row] as number,
      quantity: trades.quantity[row] as number,
      takerSide: trades.takerSide[row] === 1 ? "buy" : "sell",
    });
    for (const line of study.lines) {
      const column = (whole as Readonly<Record<string, Float64Array>>)[line];
      expect((study as unknown as Record<string, number>)[line]).toBe(column?.[row]);
    }
  }
});

function randomTrades(length: number): TradeColumns {
  const random = createRandom(7);
  let time = 1_700_000_000_000;
  const times = Float64Array.from({ length }, () => (time += random.exponential(120_000)));
  return {
    length,
    time: times,
    price: Float64Array.from({ length }, () => 100 + random.normal()),
    quantity: Float64Array.from({ length }, () => random.exponential(2)),
    takerSide: Int8Array.from({ length }, () => (random.next() < 0.5 ? 1 : -1)),
    id: [],
  };
}
