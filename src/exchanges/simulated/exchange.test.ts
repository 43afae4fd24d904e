import { describe, expect, it } from "vitest";
import type { ExchangeListener, OrderAmendment } from "../../engine/exchange.ts";
import type { PerpetualInstrument, SpotInstrument } from "../../domain/instrument.ts";
import type { OrderRequest } from "../../domain/order.ts";
import { HOUR_MS } from "../../domain/timeframe.ts";
import { bars } from "../../testing/bars.ts";
import { SimulatedExchange } from "./exchange.ts";
import { baseFees } from "./fees.ts";

const START = Date.UTC(2024, 0, 1);
const perpetual: PerpetualInstrument = {
  kind: "perpetual",
  contractType: "linear",
  symbol: "BTCUSDT",
  exchange: "binance",
  baseAsset: "BTC",
  quoteAsset: "USDT",
  settleAsset: "USDT",
  priceStep: "0.01",
  quantityStep: "0.001",
  quantityMin: "0.01",
  quantityMax: "50",
  contractSize: "1",
};
const { contractType: _type, contractSize: _size, ...rest } = perpetual;
const spot: SpotInstrument = { ...rest, kind: "spot" };

/** Notes every call in a few words. */
class Notes implements ExchangeListener {
  readonly seen: string[] = [];
  onAccepted = (id: string, orderId: string, time: number): void => this.#note("accepted", id, orderId, hour(time));
  onRejected = (id: string, reason: string, time: number): void => this.#note("rejected", id, reason, hour(time));
  onFill = (
    { clientOrderId, price, quantity, time }: { clientOrderId: string; price: number; quantity: number; time: number },
    isComplete: boolean,
  ): void => this.#note("fill", clientOrderId, quantity, "@", price, hour(time), isComplete ? "whole" : "part");
  onUnknown = (id: string, reason: string, time: number): void => this.#note("unknown", id, reason, hour(time));
  onTransfer = ({ amount }: { amount: number }): void => this.#note("transfer", amount);
  onCaughtUp = (): void => this.#note("caught up");
  onRulesChanged = ({ symbol }: { symbol: string }): void => this.#note("rules changed", symbol);
  onDrift = (symbol: string): void => this.#note("drift", symbol);
  onRestricted = ({ subject }: { subject: string }): void => this.#note("restricted", subject);
  onLiquidated = ({ price }: { price: number }): void => this.#note("liquidated", price);
  onAmended = (id: string, amendment: OrderAmendment, time: number): void =>
    this.#note("amended", id, JSON.stringify(amendment), hour(time));
  onCancelled = (id: string, reason: string, time: number): void => this.#note("cancelled", id, reason, hour(time));
  onExpired = (id: string, reason: string, time: number): void => this.#note("expired", id, reason, hour(time));
  onFundingPaid = (symbol: string, rate: number, price: number, time: number): void =>
    this.#note("funding", symbol, rate, price, hour(time));
  onRequestRejected = (id: string, reason: string, time: number): void => this.#note("not done", id, reason, hour(time));

  #note(...parts: readonly (string | number)[]): void {
    this.seen.push(parts.join(" "));
  }
}

const hour = (time: number): string => `${(time - START) / HOUR_MS}h`;

function requestOf(change: Partial<OrderRequest> = {}): OrderRequest {
  return {
    clientOrderId: "a",
    symbol: "BTCUSDT",
    side: "buy",
    type: "market",
    quantity: 1,
    timeInForce: "GTC",
    reduceOnly: false,
    postOnly: false,
    positionSide: "net",
    purpose: "entry",
    shrinkToFit: false,
    ...change,
  };
}

/** An exchange that has seen the first of some hourly bars; `next` shows it the others, one at a call. */
function open(closes: readonly number[], instrument: PerpetualInstrument | SpotInstrument = perpetual) {
  const exchange = new SimulatedExchange({
    name: "binance",
    instruments: [instrument],
    initialCapital: 10_000,
    hedge: false,
    makerFeePct: 0,
    takerFeePct: 0,
  });
  const notes = new Notes();
  exchange.connect(notes);
  const columns = bars("1h", closes);
  let row = 0;
  const next = (): void => {
    exchange.onBar(0, columns, row, (columns.openTime[row] as number) + HOUR_MS);
    row += 1;
  };
  next();
  return { exchange, notes, next };
}

describe("the simulated exchange", () => {
  it("accepts an order at the time of the data and fills it on the next row, timed at that row's open", () => {
    const { exchange, notes, next } = open([100, 101, 102]);
    exchange.submit(requestOf());
    expect(notes.seen).toEqual(["accepted a 1 1h"]);
    next();
    expect(notes.seen.slice(1)).toEqual(["fill a 1 @ 100 1h whole"]);
  });

  it("does not fill an order on a row that opened before it was sent", () => {
    const { exchange, notes, next } = open([100, 101, 102]);
    exchange.onTime(START + 1.5 * HOUR_MS);
    exchange.submit(requestOf());
    next();
    expect(notes.seen).toEqual(["accepted a 1 1.5h"]);
    next();
    expect(notes.seen.slice(1)).toEqual(["fill a 1 @ 101 2h whole"]);
  });

  it.each([
    [{ symbol: "ETHUSDT" }, "ETHUSDT is not listed"],
    [{ quantity: 0.009 }, "quantity 0.009 is below the smallest of 0.01"],
    [{ quantity: 50.001 }, "quantity 50.001 is above the largest of 50"],
    [{ reduceOnly: true }, "a reduce-only order needs a position to reduce"],
    [{ type: "limit", price: 100.01, postOnly: true }, "a post-only order would have taken liquidity"],
  ] as const)("rejects %j", (change, reason) => {
    const { exchange, notes } = open([100]);
    exchange.submit(requestOf(change));
    expect(notes.seen).toEqual([`rejected a ${reason} 1h`]);
  });

  it("sells no more on spot than is held", () => {
    const { exchange, notes } = open([100], spot);
    exchange.submit(requestOf({ side: "sell" }));
    expect(notes.seen).toEqual(["rejected a not enough BTC to sell 1h"]);
  });

  it("answers a request about an order that is not there, and goes on", () => {
    const { exchange, notes, next } = open([100, 101]);
    exchange.cancel("nobody");
    exchange.amend("nobody", { price: 1 });
    exchange.submit(requestOf());
    next();
    exchange.cancel("a");
    expect(notes.seen).toEqual([
      "not done nobody the order is not open 1h",
      "not done nobody the order is not open 1h",
      "accepted a 1 1h",
      "fill a 1 @ 100 1h whole",
      "not done a the order is not open 2h",
    ]);
  });

  it("cancels and changes what works", () => {
    const { exchange, notes, next } = open([100, 101, 102]);
    exchange.submit(requestOf({ type: "limit", price: 90 }));
    exchange.submit(requestOf({ clientOrderId: "b", type: "limit", price: 95 }));
    exchange.cancel("a");
    exchange.amend("b", { price: 100 });
    next();
    expect(notes.seen).toEqual([
      "accepted a 1 1h",
      "accepted b 2 1h",
      "cancelled a cancelled on request 1h",
      'amended b {"price":100} 1h',
      "fill b 1 @ 100 1h whole",
    ]);
  });

  it("publishes the prices between which nothing happens", () => {
    const { exchange, next } = open([100, 101]);
    const range = exchange.quietRange(0);
    expect([range.down, range.up]).toEqual([-Infinity, Infinity]);
    exchange.submit(requestOf({ type: "limit", price: 90 }));
    exchange.submit(requestOf({ clientOrderId: "b", type: "stop", triggerPrice: 110 }));
    expect([range.down, range.up]).toEqual([90, 110]);
    exchange.submit(requestOf({ clientOrderId: "c" }));
    // A market order fills on whatever comes.
    expect(range.up).toBe(-Infinity);
    exchange.cancel("c");
    expect([range.down, range.up]).toEqual([90, 110]);
    next();
    exchange.cancel("a");
    exchange.cancel("b");
    expect([range.down, range.up]).toEqual([-Infinity, Infinity]);
  });

  it("has one listener, and needs it", () => {
    const exchange = new SimulatedExchange({
      name: "binance",
      instruments: [perpetual],
      initialCapital: 1,
      hedge: false,
      makerFeePct: 0,
      takerFeePct: 0,
    });
    expect(() => exchange.submit(requestOf())).toThrow("connect a listener before the first request");
    exchange.connect(new Notes());
    expect(() => exchange.connect(new Notes())).toThrow("an exchange has one listener");
  });
});

describe("published fees", () => {
  it("are those of the exchange and its market, and Binance's where it is unknown", () => {
    expect(baseFees("bybit", "linear")).toEqual({ makerPct: 0.02, takerPct: 0.055 });
    expect(baseFees("okx", "spot")).toEqual({ makerPct: 0.08, takerPct: 0.1 });
    expect(baseFees("nowhere", "inverse")).toEqual(baseFees("binance", "inverse"));
  });
});
