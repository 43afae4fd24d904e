import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { VirtualScheduler } from "../../base/scheduler.ts";
import type { Instrument } from "../../domain/instrument.ts";
import { ORDER_TYPES } from "../../domain/order.ts";
import type { VenueEvent, VenueOrderRequest } from "../venue.ts";
import { createVenue, type SimulatedVenue, type VenueOptions } from "./create-venue.ts";

/*
 * Invariants, after every request, act of the operator and passing of time:
 * - money only moves: the books of every asset sum to zero; a spot balance is never negative and never more than bound
 * - balances are the start, the transfers and the fills; positions are the sum of the fills
 * - an order's executed quantity is the sum of its fills and at most its quantity; open orders are the ones that are listed as open
 * - of alternatives at most one executes
 * - trade ids count up without a hole, fill ids rise; time never runs back
 * - the book is never crossed; the changes told lead from one snapshot to the next
 * - the same seed and the same acts give the same events
 */

const START = Date.UTC(2024, 5, 3, 12, 34, 20);
const spot: Instrument = {
  kind: "spot",
  symbol: "BTCUSDT",
  exchange: "binance",
  baseAsset: "BTC",
  quoteAsset: "USDT",
  settleAsset: "USDT",
  priceStep: "0.01",
  quantityStep: "0.00001",
  notionalMin: "5",
};
const { kind: _kind, ...common } = spot;
const linear: Instrument = {
  ...common,
  kind: "perpetual",
  contractType: "linear",
  contractSize: "1",
  priceStep: "0.1",
  quantityStep: "0.001",
};
const inverse: Instrument = {
  ...linear,
  contractType: "inverse",
  symbol: "BTCUSD_PERP",
  settleAsset: "BTC",
  contractSize: "100",
  quantityStep: "1",
};

const markets: Readonly<Record<string, Omit<VenueOptions, "scheduler" | "seed">>> = {
  spot: {
    market: "spot",
    instruments: [spot, { ...spot, symbol: "ETHBTC", baseAsset: "ETH", quoteAsset: "BTC" }],
    balances: { USDT: 50_000, BTC: 1, ETH: 3 },
  },
  "spot with fees in quote": { market: "spot", instruments: [spot], balances: { USDT: 50_000, BTC: 1 }, buyFeeAsset: "quote" },
  linear: { market: "linear", instruments: [linear, { ...linear, symbol: "ETHUSDT", baseAsset: "ETH" }], initialCapital: 20_000 },
  "linear hedge isolated": {
    market: "linear",
    instruments: [linear],
    initialCapital: 20_000,
    positionMode: "hedge",
    marginMode: "isolated",
  },
  inverse: { market: "inverse", instruments: [inverse], initialCapital: 1 },
};

type Act =
  | { readonly kind: "submit"; readonly order: Sketch }
  | { readonly kind: "group"; readonly orders: readonly Sketch[] }
  | { readonly kind: "amend"; readonly index: number; readonly price: number; readonly size: number }
  | { readonly kind: "cancel" | "forceCancel"; readonly index: number }
  | { readonly kind: "cancelAll" | "liquidate" | "forget" }
  | { readonly kind: "wait"; readonly minutes: number }
  | { readonly kind: "fill"; readonly index: number; readonly share: number }
  | { readonly kind: "move"; readonly price: number }
  | { readonly kind: "deleverage" | "fund" | "transfer"; readonly size: number }
  | { readonly kind: "status"; readonly status: "trading" | "halted" };

interface Sketch {
  readonly symbol: number;
  readonly side: "buy" | "sell";
  readonly type: VenueOrderRequest["type"];
  readonly size: number;
  readonly price: number;
  readonly trigger: number;
  readonly timeInForce: "GTC" | "IOC" | "FOK" | "GTD";
  readonly flag: "none" | "reduceOnly" | "postOnly";
  readonly positionSide: "long" | "short";
  readonly name: number;
}

/** Shares of the market's price. */
const near = fc.oneof(fc.double({ min: -0.002, max: 0.002, noNaN: true }), fc.double({ min: -0.04, max: 0.04, noNaN: true }));
const sketch: fc.Arbitrary<Sketch> = fc.record({
  symbol: fc.nat(1),
  side: fc.constantFrom("buy", "sell"),
  type: fc.constantFrom(...ORDER_TYPES),
  size: fc.oneof(fc.double({ min: 0.001, max: 0.2, noNaN: true }), fc.double({ min: 0.2, max: 12, noNaN: true })),
  price: near,
  trigger: near,
  timeInForce: fc.constantFrom("GTC", "GTC", "GTC", "IOC", "FOK", "GTD"),
  flag: fc.constantFrom("none", "none", "reduceOnly", "postOnly"),
  positionSide: fc.constantFrom("long", "short"),
  name: fc.nat(5),
});
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant("submit"), order: sketch }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("group"), orders: fc.array(sketch, { minLength: 2, maxLength: 3 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("amend"), index: fc.nat(20), price: near, size: fc.double({ min: 0, max: 2, noNaN: true }) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom("cancel", "forceCancel"), index: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("cancelAll", "liquidate", "forget") }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("wait"), minutes: fc.double({ min: 0, max: 20, noNaN: true }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("wait"), minutes: fc.constant(600) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("fill"), index: fc.nat(20), share: fc.double({ min: 0, max: 1, noNaN: true }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("move"), price: near }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom("deleverage", "fund", "transfer"), size: fc.double({ min: -0.5, max: 1, noNaN: true }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("status"), status: fc.constantFrom("trading", "trading", "halted") }) },
);

function requestOf(venue: SimulatedVenue, one: Sketch): VenueOrderRequest {
  const instrument = venue.instruments[one.symbol % venue.instruments.length] as Instrument;
  const { symbol } = instrument;
  const market = venue.lastPrice(symbol);
  const { type } = one;
  const isPriced = type === "limit" || type === "stopLimit" || type === "takeProfitLimit";
  const isTriggered = type !== "market" && type !== "limit" && type !== "trailingStop";
  const isStop = type === "stop" || type === "stopLimit";
  // Most conditional orders lie on the side where they wait.
  const trigger = one.name < 5 ? Math.abs(one.trigger) * (isStop === (one.side === "buy") ? 1 : -1) : one.trigger;
  const isHedge = venue.positionMode === "hedge";
  const size = venue.market === "inverse" ? one.size * 100 : one.size;
  return {
    symbol,
    side: one.side,
    type,
    quantity: onGrid(Math.max(size, Number(instrument.quantityStep)), instrument.quantityStep),
    ...(isPriced ? { price: onGrid(market * (1 + one.price), instrument.priceStep) } : {}),
    ...(isTriggered ? { triggerPrice: onGrid(market * (1 + trigger), instrument.priceStep) } : {}),
    ...(type === "trailingStop" ? { trailingPct: 0.5 } : {}),
    timeInForce: one.timeInForce,
    ...(one.timeInForce === "GTD" ? { expiresAt: venue.now + 90_000 } : {}),
    reduceOnly: one.flag === "reduceOnly" && !isHedge && venue.market !== "spot",
    postOnly: one.flag === "postOnly" && isPriced,
    positionSide: isHedge ? one.positionSide : "net",
    ...(one.name < 3 ? { clientOrderId: `name-${one.name}` } : {}),
  };
}

function onGrid(value: number, step: string): number {
  const digits = step.split(".")[1]?.length ?? 0;
  return Number((Math.round(value / Number(step)) * Number(step)).toFixed(digits));
}

/** A venue with everything it told, and the checks of what must always be true. */
class Watched {
  readonly scheduler = new VirtualScheduler(START);
  readonly venue: SimulatedVenue;
  /** Every event and answer as text; only where it is asked for. */
  readonly log: string[] = [];
  isLogging = false;
  readonly #books = new Map<string, { last: number; bids: Map<number, number>; asks: Map<number, number> }>();
  readonly #options: Omit<VenueOptions, "scheduler" | "seed">;
  #time = 0;

  constructor(options: Omit<VenueOptions, "scheduler" | "seed">, seed: number) {
    this.#options = options;
    this.venue = createVenue({ tradesPerSecond: 0.02, depthLevels: 5, timeframes: ["1m"], ...options, scheduler: this.scheduler, seed });
    for (const { symbol } of this.venue.instruments) {
      const { lastUpdateId, bids, asks } = this.venue.depth(symbol, Infinity);
      this.#books.set(symbol, { last: lastUpdateId, bids: levels(bids), asks: levels(asks) });
    }
    this.venue.listen((event) => this.#see(event));
    this.venue.start();
  }

  run(one: Act): void {
    const { venue } = this;
    const { symbol } = venue.instruments[0] as Instrument;
    switch (one.kind) {
      case "submit":
        return this.#note(venue.submit(requestOf(venue, one.order)));
      case "group":
        return this.#note(venue.submitGroup(one.orders.map((order) => requestOf(venue, { ...order, symbol: 0 }))));
      case "amend": {
        const order = venue.openOrders(symbol)[one.index];
        if (order === undefined) return;
        const price =
          order.price === undefined ? {} : { price: onGrid(order.price * (1 + one.price), (venue.instruments[0] as Instrument).priceStep) };
        const quantity = onGrid(order.quantity * one.size, (venue.instruments[0] as Instrument).quantityStep);
        return this.#note(venue.amend(symbol, { orderId: order.orderId }, { ...price, quantity }));
      }
      case "cancel":
      case "forceCancel": {
        const order = venue.openOrders(symbol)[one.index];
        if (order === undefined) return;
        if (one.kind === "cancel") return this.#note(venue.cancel(symbol, { clientOrderId: order.clientOrderId }));
        return venue.operator.cancel({ orderId: order.orderId }, "maintenance");
      }
      case "cancelAll":
        return void venue.cancelAll(symbol);
      case "liquidate":
        return venue.operator.liquidate(symbol);
      case "forget":
        return venue.operator.forget(60_000);
      case "wait":
        return this.wait(one.minutes);
      case "fill": {
        const order = venue.openOrders(symbol)[one.index];
        if (order === undefined) return;
        // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- The operator is no array.
        return venue.operator.fill({ orderId: order.orderId }, one.share);
      }
      case "move":
        return venue.operator.movePrice(symbol, venue.lastPrice(symbol) * (1 + one.price));
      case "deleverage":
        return venue.operator.deleverage(symbol, one.size);
      case "fund":
        return venue.operator.fund(symbol, one.size / 1_000);
      case "transfer":
        return venue.operator.transfer((venue.instruments[0] as Instrument).settleAsset, Math.round(one.size * 1_000) / 1_000);
      case "status":
        return venue.operator.setStatus(symbol, one.status);
    }
  }

  wait(minutes: number): void {
    const end = this.scheduler.now() + minutes * 60_000;
    while (this.scheduler.nextDue <= end) this.scheduler.step();
    this.scheduler.advanceTo(end);
  }

  check(): void {
    this.#checkMoney();
    this.#checkOrders();
    for (const { symbol } of this.venue.instruments) this.#checkBook(symbol);
  }

  #note(result: unknown): void {
    if (this.isLogging) this.log.push(JSON.stringify(result));
  }

  #see(event: VenueEvent): void {
    this.#note(event);
    if (event.time < this.#time) throw new Error(`time ran back to ${event.time}`);
    this.#time = event.time;
    if (event.kind !== "depth") return;
    const book = this.#books.get(event.symbol);
    if (book === undefined) throw new Error("a book without a snapshot");
    if (event.first !== book.last + 1) throw new Error(`the changes of a book begin with ${event.first} after ${book.last}`);
    book.last = event.last;
    for (const [side, changes] of [[book.bids, event.bids] as const, [book.asks, event.asks] as const]) {
      for (const { price, quantity } of changes) {
        if (quantity > 0) side.set(price, quantity);
        else if (!side.delete(price)) throw new Error(`a level is removed twice: ${price}`);
      }
    }
  }

  #checkMoney(): void {
    const { venue } = this;
    const { ledger } = venue.account;
    for (const asset of ledger.assets) expect(asset.total).toBe(0n);
    for (const { asset, total, free } of venue.balances()) {
      expect(free).toBeGreaterThanOrEqual(0);
      if (venue.market === "spot") expect(total).toBeGreaterThanOrEqual(0);
      expect(free).toBeLessThanOrEqual(Math.max(0, total));
      if (venue.market === "spot") expect(total).toBeCloseTo(this.#spotBalance(asset), 6);
    }
    if (venue.market === "spot") return expect(venue.positions()).toEqual([]);
    const held = new Map<string, number>();
    for (const { symbol } of venue.instruments) {
      for (const { positionSide, side, quantity } of venue.fills(symbol)) {
        const key = `${symbol} ${positionSide}`;
        held.set(key, (held.get(key) ?? 0) + (side === "buy" ? quantity : -quantity));
      }
    }
    const told = new Map(venue.positions().map(({ symbol, side, quantity }) => [`${symbol} ${side}`, quantity]));
    for (const [key, quantity] of held) expect(told.get(key) ?? 0, key).toBeCloseTo(quantity, 6);
    for (const { side, quantity } of venue.positions()) {
      if (side === "long") expect(quantity).toBeGreaterThan(0);
      if (side === "short") expect(quantity).toBeLessThan(0);
    }
  }

  /** What the account must hold by its start, its transfers and its fills. */
  #spotBalance(asset: string): number {
    const { venue } = this;
    let balance = this.#options.balances?.[asset] ?? 0;
    for (const transfer of venue.transfers()) if (transfer.asset === asset) balance += transfer.amount;
    for (const { symbol, baseAsset, quoteAsset } of venue.instruments) {
      for (const { side, price, quantity, fee, feeAsset } of venue.fills(symbol)) {
        const sign = side === "buy" ? 1 : -1;
        if (asset === baseAsset) balance += sign * quantity;
        if (asset === quoteAsset) balance -= sign * price * quantity;
        if (asset === feeAsset) balance -= fee;
      }
    }
    return balance;
  }

  #checkOrders(): void {
    const { venue } = this;
    for (const { symbol } of venue.instruments) {
      const fills = venue.fills(symbol);
      const ids = fills.map(({ tradeId }) => tradeId);
      expect(ids).toEqual([...new Set(ids)].toSorted());
      const executed = new Map<string, number>();
      for (const { orderId, quantity } of fills) executed.set(orderId, (executed.get(orderId) ?? 0) + quantity);
      const open: string[] = [];
      const groups = new Map<string, number>();
      for (const order of venue.orders(symbol)) {
        expect(order.filledQuantity).toBeCloseTo(executed.get(order.orderId) ?? 0, 6);
        expect(order.filledQuantity).toBeLessThanOrEqual(order.quantity);
        expect(order.status === "filled").toBe(order.filledQuantity === order.quantity);
        if (order.status === "open" || order.status === "partiallyFilled") open.push(order.orderId);
        if (order.filledQuantity > 0) groups.set(order.ocoGroup ?? "", (groups.get(order.ocoGroup ?? "") ?? 0) + 1);
      }
      expect(
        venue
          .openOrders(symbol)
          .map(({ orderId }) => orderId)
          .toSorted(),
      ).toEqual(open);
      for (const [group, count] of groups) if (group !== "") expect(count, group).toBe(1);
      const trades = venue.tradesFrom(symbol, undefined, 500).map(({ id }) => Number(id));
      expect((trades.at(-1) ?? 0) - (trades[0] ?? 1) + 1).toBe(new Set(trades).size);
    }
  }

  #checkBook(symbol: string): void {
    const { bidPrice, askPrice } = this.venue.quote(symbol);
    expect(bidPrice).toBeLessThan(askPrice);
    const { lastUpdateId, bids, asks } = this.venue.depth(symbol, Infinity);
    const book = this.#books.get(symbol);
    expect(book?.last).toBe(lastUpdateId);
    expect(book?.bids).toEqual(levels(bids));
    expect(book?.asks).toEqual(levels(asks));
  }
}

function levels(side: readonly { readonly price: number; readonly quantity: number }[]): Map<number, number> {
  return new Map(side.map(({ price, quantity }) => [price, quantity]));
}

describe.each(Object.entries(markets))("a venue for %s", (_name, options) => {
  it("keeps its books through everything that clients, the operator and time do", () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.array(act, { maxLength: 60, size: "max" }), (seed, acts) => {
        const watched = new Watched(options, seed);
        for (const one of acts) {
          watched.run(one);
          watched.check();
        }
      }),
      { numRuns: Number(process.env["VENUE_RUNS"] ?? 25) },
    );
  });

  it("tells the same events for the same seed", () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.array(act, { maxLength: 30, size: "max" }), (seed, acts) => {
        const [first, second] = [new Watched(options, seed), new Watched(options, seed)];
        first.isLogging = true;
        second.isLogging = true;
        for (const watched of [first, second]) for (const one of acts) watched.run(one);
        expect(first.log).toEqual(second.log);
      }),
      { numRuns: 5 },
    );
  });
});
