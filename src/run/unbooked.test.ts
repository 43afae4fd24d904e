import { describe, expect, it } from "vitest";
import { createRandom } from "../base/random.ts";
import type { Fill } from "../domain/fill.ts";
import type { Instrument } from "../domain/instrument.ts";
import { LossLimits } from "../engine/loss-limits.ts";
import { LiveOrder } from "../engine/orders/live-order.ts";
import { toMinor } from "../engine/portfolio/ledger.ts";
import { Portfolio } from "../engine/portfolio/portfolio.ts";
import type { VenueTransfer } from "../engine/venue-facts.ts";
import { defineExpert } from "../expert/define.ts";
import { resolveRunOptions } from "../expert/resolve.ts";
import { openFileJournal, type FileJournal } from "../operations/journal/file-journal.ts";
import { SimDisk } from "../sandbox/sim-disk.ts";
import { HEADER_STATE } from "./session-header.ts";
import { restoredFrom } from "./state.ts";

const INSTRUMENT: Instrument = {
  kind: "perpetual",
  symbol: "BTCUSDT",
  exchange: "binance",
  baseAsset: "BTC",
  quoteAsset: "USDT",
  settleAsset: "USDT",
  contractType: "linear",
  contractSize: "1",
  priceStep: "0.1",
  quantityStep: "0.001",
  quantityMax: "1000",
  leverageMax: 125,
  maintenanceMarginRate: 0.004,
};
const FILL: Fill = {
  tradeId: "77",
  orderId: "5",
  clientOrderId: "me-1",
  symbol: "BTCUSDT",
  side: "buy",
  positionSide: "net",
  price: 60_000,
  quantity: 0.01,
  fee: 0.3,
  feeAsset: "USDT",
  liquidity: "taker",
  time: 5,
  purpose: "entry",
};

/** What a restart begins with when the records of a fill break off after so many of the three: the fill, its order, the books. */
function restoredAfter(records: number): ReturnType<typeof restoredFrom> {
  const disk = new SimDisk(createRandom(1));
  const options = { disk, folder: "/state", identity: {} };
  const { journal } = openFileJournal(options);
  const portfolio = new Portfolio({ instruments: [INSTRUMENT], initialCapital: 10_000, hedge: false, leverage: 1 });
  const run = { positionMode: "oneWay", risk: { leverage: 1 } };
  journal.state(HEADER_STATE, { instruments: [INSTRUMENT], initialCapital: 10_000, startedAt: 0, run });
  journal.state("portfolio", portfolio.state());
  const order = new LiveOrder("me-1", "BTCUSDT", "buy", "limit", 0.02, 1);
  journal.order("intent", 1, order.persisted());
  const steps: ReadonlyArray<(to: FileJournal) => void> = [
    // oxlint-disable-next-line no-array-fill-with-reference-type -- a journal's fill, not an array's
    (to) => to.fill(FILL),
    (to) => {
      order.moveTo("partiallyFilled", 5);
      Object.assign(order, { filledQuantity: 0.01, averagePrice: 60_000, orderId: "5" });
      to.order("filled", 5, order.persisted());
    },
    (to) => {
      portfolio.applyFill(portfolio.book("BTCUSDT"), FILL, toMinor(FILL.fee));
      to.state("portfolio", portfolio.state());
    },
  ];
  for (const write of steps.slice(0, records)) write(journal);
  journal.close();
  return restoredFrom(openFileJournal(options).recovered);
}

const DEPOSIT: VenueTransfer = { kind: "transfer", id: "TRANSFER:9", asset: "USDT", amount: 250, symbol: undefined, time: 6 };

/** The same for the three of a deposit: the transfer, the books, the limits. */
function restoredAfterDeposit(records: number): ReturnType<typeof restoredFrom> {
  const disk = new SimDisk(createRandom(1));
  const options = { disk, folder: "/state", identity: {} };
  const { journal } = openFileJournal(options);
  const portfolio = new Portfolio({ instruments: [INSTRUMENT], initialCapital: 10_000, hedge: false, leverage: 1 });
  const limits = new LossLimits(
    resolveRunOptions(defineExpert({ name: "X", symbols: ["BTCUSDT"], timeframe: "1m" }, () => {}).options).risk,
    10_000,
  );
  limits.look(10_000, 1);
  const run = { positionMode: "oneWay", risk: { leverage: 1 } };
  journal.state(HEADER_STATE, { instruments: [INSTRUMENT], initialCapital: 10_000, startedAt: 0, run });
  journal.state("portfolio", portfolio.state());
  journal.state("limits", limits.state());
  const steps: ReadonlyArray<() => void> = [
    () => journal.transfer(DEPOSIT),
    () => {
      portfolio.applyTransfer(DEPOSIT);
      journal.state("portfolio", portfolio.state());
    },
    () => {
      limits.shift(DEPOSIT.amount);
      journal.state("limits", limits.state());
    },
  ];
  for (const write of steps.slice(0, records)) write();
  journal.close();
  return restoredFrom(openFileJournal(options).recovered);
}

describe("a deposit whose records were cut short by a power cut", () => {
  it.each([1, 2])("is booked, and moves the marks of the limits, when %i of its three records are left", (records) => {
    const [whole, cut] = [restoredAfterDeposit(3), restoredAfterDeposit(records)];
    expect(cut?.portfolio?.ledger["USDT"]).toEqual(whole?.portfolio?.ledger["USDT"]);
    expect(cut?.limits).toEqual(whole?.limits);
    expect(cut?.limits?.peak).toBe(10_250);
    expect(cut?.transfers).toEqual([{ kind: "transfer", id: "TRANSFER:9", asset: "USDT", amount: 250, time: 6 }]);
  });
});

describe("a fill whose records were cut short by a power cut", () => {
  it.each([1, 2])("is booked whole by the restart when %i of its three records are left", (records) => {
    const [whole, cut] = [restoredAfter(3), restoredAfter(records)];
    expect(cut?.positions).toEqual([{ symbol: "BTCUSDT", side: "net", quantity: 0.01 }]);
    expect(cut?.portfolio).toEqual(whole?.portfolio);
    expect(cut?.orders).toEqual(whole?.orders);
  });
});
