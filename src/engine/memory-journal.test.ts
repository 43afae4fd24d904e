import { describe, expect, it } from "vitest";
import type { Fill } from "../domain/fill.ts";
import { LiveOrder } from "./orders/live-order.ts";
import { MemoryJournal } from "./memory-journal.ts";

const order = new LiveOrder("a-1", "BTCUSDT", "buy", "limit", 2, 5);
const fill: Fill = {
  tradeId: "1",
  orderId: "1",
  clientOrderId: "a-1",
  symbol: "BTCUSDT",
  side: "buy",
  positionSide: "net",
  price: 100,
  quantity: 2,
  fee: 0.1,
  feeAsset: "USDT",
  liquidity: "taker",
  time: 7,
  purpose: "entry",
};
function record(journal: MemoryJournal, execution: Fill): void {
  journal.fill(execution);
}

const hashOf = (write: (journal: MemoryJournal) => void): string => {
  const journal = new MemoryJournal();
  write(journal);
  return journal.hash;
};

describe("a journal's hash", () => {
  it("is one for equal records, and asking for it changes nothing", () => {
    const write = (journal: MemoryJournal, asks: boolean): void => {
      journal.note("session", 0, "x", 1);
      if (asks) expect(journal.hash).toHaveLength(64);
      journal.order("intent", 5, order);
      record(journal, fill);
    };
    expect(hashOf((journal) => write(journal, true))).toBe(hashOf((journal) => write(journal, false)));
  });

  it("covers every record from the first on, over any length", () => {
    const long = (first: number): string =>
      hashOf((journal) => {
        for (let index = 0; index < 20_000; index += 1) journal.note("funding", index, "BTCUSDT", index === 0 ? first : index);
      });
    expect(long(1)).toBe(long(1));
    expect(long(1)).not.toBe(long(2));
  });

  it.each([
    ["price", { price: 100.01 }],
    ["quantity", { quantity: 2.001 }],
    ["side", { side: "sell" }],
    ["time", { time: 8 }],
    ["fee", { fee: 0.11 }],
    ["liquidity", { liquidity: "maker" }],
    ["order", { clientOrderId: "a-2" }],
  ] as const)("tells fills apart that differ in their %s", (_name, change) => {
    expect(hashOf((journal) => record(journal, { ...fill, ...change }))).not.toBe(hashOf((journal) => record(journal, fill)));
  });

  it("counts records", () => {
    const journal = new MemoryJournal();
    journal.note("stop", 1, "endOfData", 2);
    journal.order("accepted", 1, order);
    expect(journal.length).toBe(2);
  });
});
