import { expect, it } from "vitest";
import type { ClosedTrade } from "../../domain/position.ts";
import { TradeLog } from "./trade-log.ts";

const tradeOf = (number: number): ClosedTrade => ({
  symbol: number % 2 === 0 ? "BTCUSDT" : "ETHUSDT",
  direction: number % 3 === 0 ? "long" : "short",
  quantity: number + 0.1,
  entryPrice: number + 0.2,
  exitPrice: number + 0.3,
  entryTime: number + 0.4,
  exitTime: number + 0.5,
  grossPnl: number + 0.6,
  fees: number + 0.7,
  funding: number + 0.8,
  netPnl: number + 0.9,
  returnRatio: -number,
  maxAdverseExcursion: number / 7,
  maxFavorableExcursion: number / 8,
  barsHeld: number,
  ...(number % 2 === 0 ? { entryTag: `in ${number}` } : { exitTag: `out ${number}` }),
  exitReason: "exit",
});

it("a log gives back what was put in, however much that is", () => {
  const log = new TradeLog();
  const trades = Array.from({ length: 3_000 }, (_, number) => tradeOf(number));
  for (const trade of trades) log.push(trade);
  expect(log.length).toBe(3_000);
  expect(log.toArray()).toEqual(trades);
});
