import { describe, expect, it } from "vitest";
import { HOUR_MS, MINUTE_MS } from "../../../src/domain/timeframe.ts";
import type { VenueOrderRecord, VenueOrderRequest } from "../../../src/sandbox/venue.ts";
import { btc, open, refusal, START, valueOf } from "./rig.ts";

describe("an order at the market", () => {
  it("is answered with its fills, in several parts where the best level does not hold enough", () => {
    const { venue, take, symbol } = open({ balances: { USDT: 1_000_000 } });
    const { asks } = venue.depth(symbol, 3);
    const quantity = (asks[0]?.quantity ?? 0) + 0.5;
    const order = take({ quantity });
    expect(order.status).toBe("filled");
    const fills = venue.fills(symbol);
    expect(fills[0]).toMatchObject({ price: asks[0]?.price, quantity: asks[0]?.quantity, liquidity: "taker", orderId: order.orderId });
    expect(fills.length).toBeGreaterThan(1);
    expect(fills.reduce((sum, fill) => sum + fill.quantity, 0)).toBeCloseTo(quantity, 8);
  });

  it("tells the order first, then its fills, each followed by the account", () => {
    const { take, events } = open();
    take();
    expect(events.filter(({ kind }) => kind !== "depth" && kind !== "trade").map(({ kind }) => kind)).toEqual(["order", "fill", "account"]);
  });

  it("has ids that a double cannot hold", () => {
    const { take, venue, symbol } = open();
    const { orderId } = take();
    expect(String(Number(orderId))).not.toBe(orderId);
    expect(BigInt(orderId)).toBeLessThan(2n ** 63n);
    expect(BigInt(venue.fills(symbol)[0]?.tradeId ?? 0)).toBeGreaterThan(2n ** 53n);
  });

  it("expires with what the book does not hold", () => {
    const { take } = open({ depthLevels: 2, balances: { USDT: 10_000_000 } });
    const order = take({ quantity: 50 });
    expect(order).toMatchObject({ status: "expired", reason: "the order book holds no more" });
    expect(order.filledQuantity).toBeGreaterThan(0);
  });
});

describe("a limit order", () => {
  it("that may not wait is refused a part when it is all or nothing, and keeps the part when it is not", () => {
    const { take, venue, symbol } = open({ balances: { USDT: 1_000_000 } });
    const [best] = venue.depth(symbol, 1).asks;
    const limit = { type: "limit", quantity: (best?.quantity ?? 0) + 1, price: best?.price } as const;
    expect(take({ ...limit, timeInForce: "FOK" })).toMatchObject({ status: "expired", filledQuantity: 0 });
    expect(take({ ...limit, timeInForce: "IOC" })).toMatchObject({ status: "expired", filledQuantity: best?.quantity });
  });

  it("takes the level at its price and rests there with what is left", () => {
    const { take, venue, symbol } = open({ balances: { USDT: 1_000_000 } });
    const [best] = venue.depth(symbol, 1).asks;
    const order = take({ type: "limit", quantity: (best?.quantity ?? 0) + 1, price: best?.price });
    expect(order).toMatchObject({ status: "partiallyFilled", filledQuantity: best?.quantity });
    expect(venue.quote(symbol)).toMatchObject({ bidPrice: best?.price, bidQuantity: 1 });
    expect(venue.quote(symbol).askPrice).toBeGreaterThan(best?.price ?? Infinity);
  });

  it("rests in the book and fills there at its own price as a maker", () => {
    const { take, find, venue, symbol } = open();
    const price = Math.round(venue.lastPrice(symbol)) - 20;
    const order = take({ type: "limit", quantity: 0.5, price });
    expect(venue.depth(symbol, Infinity).bids).toContainEqual(expect.objectContaining({ price }));
    venue.operator.movePrice(symbol, price - 5);
    expect(find(order)).toMatchObject({ status: "filled", averagePrice: price });
    expect(venue.fills(symbol).at(-1)).toMatchObject({ liquidity: "maker", price });
  });

  it("fills no more of it than is traded at its price", () => {
    const { take, venue, symbol, pass, events } = open({
      seed: 2,
      instruments: [{ ...btc, priceStep: "10" }],
      tradesPerSecond: 1,
      character: { turnoverPerMinute: 20_000, annualVolatility: 0.01, jumpsPerDay: 0 },
    });
    take({ type: "limit", quantity: 2, price: venue.quote(symbol).bidPrice, postOnly: true });
    pass(MINUTE_MS);
    // Each execution comes with the market's trade that brought it, and is on the tape itself. The market may go through the price later.
    const trades = events.filter((event) => event.kind === "trade").map(({ trade }) => trade.quantity);
    const fills = venue
      .fills(symbol)
      .slice(0, 4)
      .map(({ quantity }) => quantity);
    expect(fills).toHaveLength(4);
    expect(fills.every((quantity) => trades.filter((traded) => traded === quantity).length >= 2)).toBe(true);
  });

  it("whose end has come expires then, whether anything trades or not", () => {
    const { take, find, pass, scheduler } = open({ tradesPerSecond: 0.0001 });
    const order = take({ type: "limit", price: 30_000, timeInForce: "GTD", expiresAt: scheduler.now() + 10_000 });
    pass(9_999);
    expect(find(order).status).toBe("open");
    pass(1);
    expect(find(order)).toMatchObject({ status: "expired", updatedAt: START + 10_000 });
  });

  it("expires when it would meet another order of the account", () => {
    const { take, find, venue, symbol } = open();
    const price = Number((venue.quote(symbol).bidPrice + 0.01).toFixed(2));
    const buy = take({ type: "limit", price });
    take({ side: "sell", type: "limit", price });
    expect(find(buy)).toMatchObject({ status: "expired" });
  });
});

describe("refusals", () => {
  it.each<[string, string, Partial<VenueOrderRequest>]>([
    ["an unknown symbol", "unknownSymbol", { symbol: "DOGEUSDT" }],
    ["a quantity below the smallest", "quantity", { quantity: 0.00001 }],
    ["a quantity above the largest", "quantity", { quantity: 101 }],
    ["a quantity off the grid", "quantityStep", { quantity: 0.010_005 }],
    ["a price off the grid", "priceStep", { type: "limit", price: 39_000.005 }],
    ["a price far from the market", "priceBand", { type: "limit", price: 500_000 }],
    ["a value below the smallest", "notional", { type: "limit", quantity: 0.0001, price: 30_000 }],
    ["more than the money pays for", "funds", { quantity: 3 }],
    ["more than there is to sell", "funds", { side: "sell", quantity: 2.1 }],
    ["a stop that would trigger at once", "wouldTrigger", { type: "stop", triggerPrice: 30_000 }],
    ["a post-only order that would take", "postOnly", { type: "limit", price: 50_000, quantity: 0.1, postOnly: true }],
    ["a position side without hedge mode", "positionSide", { positionSide: "long" }],
    ["a limit order without a price", "parameter", { type: "limit" }],
    ["an end in the past", "parameter", { type: "limit", price: 30_000, timeInForce: "GTD", expiresAt: START - 1 }],
  ])("tell %s", (_what, expected, change) => {
    const { submit, events } = open();
    expect(refusal(submit(change))).toBe(expected);
    expect(events).toEqual([]);
  });

  it("tell that a symbol is halted, and that too many orders are open", () => {
    const { submit, take, venue, symbol } = open({ openOrdersMax: 1 });
    take({ type: "limit", price: 30_000 });
    expect(refusal(submit({ type: "limit", price: 30_000 }))).toBe("orderLimit");
    venue.cancelAll(symbol);
    venue.operator.setStatus(symbol, "halted");
    expect(refusal(submit())).toBe("notTrading");
  });

  it("follow the rules that the operator changes while everything runs", () => {
    const { submit, venue } = open();
    venue.operator.setInstrument({ ...btc, quantityStep: "0.001" });
    expect(refusal(submit({ quantity: 0.0101 }))).toBe("quantityStep");
    expect(() => venue.operator.setInstrument({ ...btc, priceStep: "0.003" })).toThrow("multiples of 0.01");
  });
});

describe("client ids", () => {
  it("are unique among open orders only, and find the newest order of their name", () => {
    const { submit, take, venue, symbol } = open();
    const first = take({ type: "limit", price: 30_000, clientOrderId: "mine" });
    expect(refusal(submit({ type: "limit", price: 30_000, clientOrderId: "mine" }))).toBe("duplicateId");
    venue.cancel(symbol, { clientOrderId: "mine" });
    const second = take({ type: "limit", price: 31_000, clientOrderId: "mine" });
    expect(venue.order(symbol, { clientOrderId: "mine" })?.orderId).toBe(second.orderId);
    expect(second.orderId).not.toBe(first.orderId);
    expect(refusal(venue.cancel(symbol, { orderId: first.orderId }))).toBe("unknownOrder");
  });

  it("of orders that ended without a fill are forgotten when the venue forgets, others are not", () => {
    const { take, venue, symbol, pass } = open();
    take({ type: "limit", price: 30_000, clientOrderId: "cancelled" });
    venue.cancelAll(symbol);
    take({ clientOrderId: "filled" });
    take({ type: "limit", price: 30_000, clientOrderId: "open" });
    pass(HOUR_MS);
    venue.operator.forget(HOUR_MS / 2);
    expect(venue.orders(symbol).map(({ clientOrderId }) => clientOrderId)).toEqual(["filled", "open"]);
    expect(venue.order(symbol, { clientOrderId: "cancelled" })).toBeUndefined();
  });
});

describe("spot money", () => {
  it("is bound by resting orders: two sales cannot have the same coins", () => {
    const { take, submit, balance } = open();
    take({ side: "sell", type: "limit", quantity: 1.5, price: 50_000 });
    expect(balance("BTC")).toEqual({ asset: "BTC", total: 2, free: 0.5 });
    expect(refusal(submit({ side: "sell", type: "limit", quantity: 1, price: 51_000 }))).toBe("funds");
  });

  it("is bound once by alternatives, of which the first to fill ends the others", () => {
    const { venue, order, balance, symbol, find } = open();
    const sell = { side: "sell", quantity: 1.5 } as const;
    const [limit, stop] = valueOf(
      venue.submitGroup([
        order({ ...sell, type: "limit", price: 42_000 }),
        order({ ...sell, type: "stopLimit", triggerPrice: 38_000, price: 37_900 }),
      ]),
    ) as [VenueOrderRecord, VenueOrderRecord];
    expect(balance("BTC")?.free).toBe(0.5);
    venue.operator.movePrice(symbol, 42_100);
    expect(find(limit)).toMatchObject({ status: "filled" });
    expect(find(stop)).toMatchObject({ status: "expired", filledQuantity: 0 });
  });

  it("of alternatives comes free when one of them is cancelled, and none is taken when one is refused", () => {
    const { venue, order, balance, symbol } = open();
    const limit = order({ side: "sell", quantity: 1.5, type: "limit", price: 42_000 });
    valueOf(venue.submitGroup([limit, order({ side: "sell", quantity: 1.5, type: "stop", triggerPrice: 38_000 })]));
    venue.cancel(symbol, { orderId: venue.openOrders(symbol)[0]?.orderId ?? "" });
    expect(venue.openOrders()).toEqual([]);
    expect(balance("BTC")?.free).toBe(2);
    expect(refusal(venue.submitGroup([limit, order({ side: "sell", quantity: 1, type: "stop", triggerPrice: 90_000 })]))).toBe(
      "wouldTrigger",
    );
    expect(venue.openOrders()).toEqual([]);
  });

  it("pays the fee of a purchase in what was bought, of a sale in what was received", () => {
    const { take, venue, symbol, balance } = open({ takerFeePct: 0.1 });
    take({ quantity: 0.1 });
    const bought = venue.fills(symbol);
    expect(bought[0]?.feeAsset).toBe("BTC");
    expect(balance("BTC")?.total).toBe(2.0999);
    take({ side: "sell", quantity: 0.1 });
    expect(venue.fills(symbol).at(-1)?.feeAsset).toBe("USDT");
  });

  it("is stated to eight digits, fees cut off there", () => {
    const { take, venue, symbol, balance } = open({ takerFeePct: 0.1 });
    take({ side: "sell", type: "limit", quantity: 0.00123, price: 39_000 });
    const [fill] = venue.fills(symbol);
    const exact = (fill?.price ?? NaN) * 0.00123 * 0.001;
    expect(fill?.fee).toBe(Math.floor(exact * 1e8) / 1e8);
    expect(balance("USDT")?.total).toBe(Number((100_000 + (fill?.price ?? NaN) * 0.00123 - (fill?.fee ?? NaN)).toFixed(8)));
  });

  it("pays for no more of a triggered purchase than there is", () => {
    const { take, find, venue, symbol, balance } = open({ balances: { USDT: 1_000_000 } });
    // Enough for 24.39 at the trigger, and not for the levels behind the best.
    const order = take({ type: "stop", quantity: 24.39, triggerPrice: 41_000 });
    venue.operator.movePrice(symbol, 41_500);
    expect(find(order).status).toBe("expired");
    expect(find(order).filledQuantity).toBeGreaterThan(24.3);
    expect(balance("USDT")?.total).toBeGreaterThanOrEqual(0);
    expect(balance("USDT")?.total).toBeLessThan(1);
  });

  it("pays it in the quote asset where the account is set so", () => {
    const { take, venue, symbol, balance } = open({ buyFeeAsset: "quote" });
    take({ quantity: 0.1 });
    expect(venue.fills(symbol)[0]?.feeAsset).toBe("USDT");
    expect(balance("BTC")?.total).toBe(2.1);
  });

  it("comes and goes by the operator's hand, but not what is bound", () => {
    const { venue, balance, take } = open();
    take({ side: "sell", type: "limit", quantity: 1.5, price: 50_000 });
    venue.operator.transfer("BTC", -5);
    expect(balance("BTC")).toMatchObject({ total: 1.5, free: 0 });
    expect(venue.transfers()).toMatchObject([{ kind: "transfer", asset: "BTC", amount: -0.5 }]);
  });
});
