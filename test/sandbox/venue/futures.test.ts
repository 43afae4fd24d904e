import { describe, expect, it } from "vitest";
import { HOUR_MS } from "../../../src/domain/timeframe.ts";
import { coin, open, perpetual, refusal, START } from "./rig.ts";

const linear = { market: "linear", character: { annualVolatility: 0.01, jumpsPerDay: 0 } } as const;

describe("margin", () => {
  it("bounds a position to the balance times the leverage, and frees what a position binds when it closes", () => {
    const { take, submit, venue, symbol, balance } = open({ ...linear, balances: { USDT: 1_000 }, leverage: 10, takerFeePct: 0 });
    // 0.25 BTC at about 40,000 is 10,000, the most that 1,000 carry ten times; the quote is a little higher.
    expect(refusal(submit({ quantity: 0.26 }))).toBe("funds");
    take({ quantity: 0.2 });
    const entry = venue.positions()[0]?.entryPrice ?? NaN;
    expect(balance("USDT")?.free).toBeLessThanOrEqual(1_000 - (entry * 0.2) / 10);
    expect(refusal(submit({ quantity: 0.1 }))).toBe("funds");
    take({ side: "sell", quantity: 0.2 });
    expect(venue.positions()).toEqual([]);
    const { total = 0, free } = balance("USDT") ?? {};
    expect(free).toBe(total);
    expect(venue.fills(symbol)).toHaveLength(2);
  });

  it("is bound by resting orders that would open, not by those that would close or wait for a trigger", () => {
    const { take, balance } = open({ ...linear, balances: { USDT: 10_000 }, leverage: 10, takerFeePct: 0 });
    take({ quantity: 1 });
    const before = balance("USDT")?.free ?? NaN;
    take({ side: "sell", type: "limit", quantity: 1, price: 41_000 });
    take({ side: "sell", type: "stop", quantity: 1, triggerPrice: 39_000 });
    expect(balance("USDT")?.free).toBe(before);
    take({ type: "limit", quantity: 0.5, price: 39_000 });
    expect(balance("USDT")?.free).toBeCloseTo(before - (0.5 * 39_000) / 10, 6);
  });

  it("follows the leverage, which stays where the money would not carry a lower one", () => {
    const { take, venue, symbol } = open({ ...linear, balances: { USDT: 1_000 }, leverage: 20 });
    take({ quantity: 0.2 });
    expect(refusal(venue.setLeverage(symbol, 5))).toBe("funds");
    expect(venue.leverageOf(symbol)).toBe(20);
    expect(refusal(venue.setLeverage(symbol, 10))).toBe("taken");
    expect(refusal(venue.setLeverage(symbol, 126))).toBe("parameter");
    expect(refusal(venue.setMarginMode(symbol, "isolated"))).toBe("parameter");
  });

  it("books the profit of an inverse contract in its coin", () => {
    const { take, venue, symbol, balance } = open({ market: "inverse", takerFeePct: 0, makerFeePct: 0 });
    take({ quantity: 100 });
    const entry = venue.positions()[0]?.entryPrice ?? NaN;
    const target = Math.round(entry * 1.02);
    const close = take({ side: "sell", type: "limit", quantity: 100, price: target, reduceOnly: true });
    venue.operator.movePrice(symbol, target + 1);
    expect(venue.order(symbol, { orderId: close.orderId })).toMatchObject({ status: "filled", averagePrice: target });
    // 100 contracts of 100 USD: 10,000 / entry - 10,000 / exit.
    expect(balance("BTC")?.total).toBeCloseTo(1 + 10_000 / entry - 10_000 / target, 8);
  });
});

describe("positions", () => {
  it("in hedge mode are long and short at once, and a closing order never turns one over", () => {
    const { take, submit, venue } = open({ ...linear, positionMode: "hedge" });
    expect(refusal(submit())).toBe("positionSide");
    expect(refusal(submit({ side: "sell", positionSide: "long" }))).toBe("reduceOnly");
    take({ positionSide: "long", quantity: 0.2 });
    take({ side: "sell", positionSide: "short", quantity: 0.1 });
    expect(venue.positions().map(({ side, quantity }) => [side, quantity])).toEqual([
      ["long", 0.2],
      ["short", -0.1],
    ]);
    const close = take({ side: "sell", positionSide: "long", quantity: 0.5 });
    expect(close).toMatchObject({ filledQuantity: 0.2, status: "expired" });
    expect(venue.positions().map(({ side }) => side)).toEqual(["short"]);
  });

  it("change their mode only while there is nothing", () => {
    const { take, venue, symbol } = open(linear);
    take({ type: "limit", price: 39_000 });
    expect(() => {
      venue.positionMode = "hedge";
    }).toThrow("Close all positions");
    venue.cancelAll(symbol);
    venue.positionMode = "hedge";
    expect(venue.positionMode).toBe("hedge");
  });

  it("take their resting reduce-only orders with them, but not those that wait for a trigger", () => {
    const { take, find, venue } = open(linear);
    take({ quantity: 0.3 });
    const target = take({ side: "sell", type: "limit", quantity: 0.3, price: 41_000, reduceOnly: true });
    const stop = take({ side: "sell", type: "stop", quantity: 0.3, triggerPrice: 39_000, reduceOnly: true });
    take({ side: "sell", quantity: 0.3 });
    expect(find(target)).toMatchObject({ status: "expired", reason: "nothing is left to reduce" });
    expect(find(stop).status).toBe("open");
    venue.operator.movePrice(perpetual.symbol, 38_900);
    expect(find(stop)).toMatchObject({ status: "expired", filledQuantity: 0 });
    expect(venue.positions()).toEqual([]);
  });

  it("refuse to be reduced where there is none", () => {
    const { submit } = open(linear);
    expect(refusal(submit({ side: "sell", reduceOnly: true }))).toBe("reduceOnly");
  });

  it("can be placed by hand, which shows in the order", () => {
    const { venue, order } = open(linear);
    const placed = venue.operator.placeExternal(order({ quantity: 0.1 }));
    expect(placed.ok && placed.value).toMatchObject({ origin: "external", status: "filled" });
    expect(venue.positions()).toMatchObject([{ quantity: 0.1 }]);
  });
});

describe("conditional orders", () => {
  it("wait, are triggered by a traded price, and then take from the book", () => {
    const { take, find, venue, symbol, events } = open(linear);
    take({ quantity: 0.3 });
    const stop = take({ side: "sell", type: "stop", quantity: 0.3, triggerPrice: 39_500, reduceOnly: true });
    expect(stop).toMatchObject({ status: "open", isWaiting: true });
    venue.operator.movePrice(symbol, 39_400);
    expect(find(stop)).toMatchObject({ status: "filled", isWaiting: false });
    expect(find(stop).averagePrice).toBeLessThanOrEqual(39_500);
    const told = events.filter((event) => event.kind === "order" && event.order.orderId === stop.orderId);
    expect(told.map((event) => event.kind === "order" && event.order.isWaiting)).toEqual([true, false]);
    expect(venue.fills(symbol).at(-1)).toMatchObject({ liquidity: "taker" });
  });

  it("of a limit kind rest at their price when the market has gone past it", () => {
    const { take, find, venue, symbol } = open(linear);
    const order = take({ side: "sell", type: "stopLimit", quantity: 0.1, triggerPrice: 39_500, price: 39_600 });
    venue.operator.movePrice(symbol, 39_400);
    expect(find(order)).toMatchObject({ status: "open", isWaiting: false });
    venue.operator.movePrice(symbol, 39_700);
    expect(find(order)).toMatchObject({ status: "filled", averagePrice: 39_600 });
  });

  it("that trail follow the best price", () => {
    const { take, find, venue, symbol } = open(linear);
    take({ quantity: 0.1 });
    const stop = take({ side: "sell", type: "trailingStop", quantity: 0.1, trailingPct: 1, reduceOnly: true });
    venue.operator.movePrice(symbol, 41_000);
    expect(find(stop).status).toBe("open");
    venue.operator.movePrice(symbol, 40_580);
    expect(find(stop)).toMatchObject({ status: "filled" });
    // One percent below 41,000.
    expect(find(stop).averagePrice).toBeLessThanOrEqual(40_590);
    expect(find(stop).averagePrice).toBeGreaterThan(40_500);
  });

  it("without the money for it when they are triggered end there", () => {
    const { take, find, venue, symbol } = open({ ...linear, balances: { USDT: 1_000 }, leverage: 10 });
    const order = take({ type: "stop", quantity: 1, triggerPrice: 40_500 });
    venue.operator.movePrice(symbol, 40_600);
    expect(find(order)).toMatchObject({ status: "expired", filledQuantity: 0 });
  });
});

describe("what no client asks for", () => {
  it("liquidates an isolated long where its margin no longer covers the maintenance margin", () => {
    const { take, venue, symbol, events } = open({ ...linear, marginMode: "isolated", leverage: 10, takerFeePct: 0 });
    const bystander = take({ type: "limit", quantity: 0.1, price: 39_500 });
    take({ quantity: 1 });
    const entry = venue.positions()[0]?.entryPrice ?? NaN;
    // Entry margin entry / 10 plus profit falls to 0.4 % of the value at entry × 0.9 / 0.996.
    const level = (entry * 0.9) / 0.996;
    venue.operator.movePrice(symbol, Math.ceil(level + 20));
    expect(venue.positions()).toMatchObject([{ quantity: 1.1 }]);
    venue.operator.movePrice(symbol, Math.floor(level - 200));
    expect(venue.positions()).toEqual([]);
    expect(venue.fills(symbol).at(-1)).toMatchObject({ cause: "liquidation", side: "sell", quantity: 1.1, clientOrderId: "" });
    expect(venue.order(symbol, { orderId: bystander.orderId })?.status).toBe("filled");
    const told = events.findLast((event) => event.kind === "fill");
    expect(told?.kind === "fill" && told.order).toBeUndefined();
  });

  it("covers what a liquidation lost beyond the balance, and tells so", () => {
    const { take, venue, symbol, balance } = open({ ...linear, balances: { USDT: 1_000 }, leverage: 20 });
    take({ quantity: 0.4 });
    // The first of the steps to there loses 1,500.
    venue.operator.movePrice(symbol, 10_000);
    expect(venue.positions()).toEqual([]);
    expect(balance("USDT")).toMatchObject({ total: 0, free: 0 });
    expect(venue.transfers()).toMatchObject([{ kind: "other", asset: "USDT" }]);
    expect(venue.transfers()[0]?.amount).toBeGreaterThan(400);
  });

  it("liquidates and deleverages at the operator's will", () => {
    const { take, venue, symbol } = open(linear);
    take({ quantity: 0.4 });
    venue.operator.deleverage(symbol, 0.25);
    expect(venue.positions()).toMatchObject([{ quantity: 0.3 }]);
    expect(venue.fills(symbol).at(-1)).toMatchObject({ cause: "adl", quantity: 0.1, side: "sell" });
    venue.operator.liquidate(symbol);
    expect(venue.positions()).toEqual([]);
    expect(venue.fills(symbol).at(-1)).toMatchObject({ cause: "liquidation", quantity: 0.3 });
  });

  it("fills a share of an order, again and again", () => {
    const { take, find, fill } = open(linear);
    const order = take({ type: "limit", quantity: 0.1, price: 39_000 });
    fill(order, 0.3);
    expect(find(order)).toMatchObject({ status: "partiallyFilled", filledQuantity: 0.03, averagePrice: 39_000 });
    fill(order, 1, 38_000);
    expect(find(order)).toMatchObject({ status: "filled" });
    expect(find(order).averagePrice).toBeCloseTo(38_300, 6);
  });

  it("cancels an order with its reason", () => {
    const { take, find, venue } = open(linear);
    const order = take({ type: "limit", quantity: 0.1, price: 39_000 });
    venue.operator.cancel({ orderId: order.orderId }, "maintenance");
    expect(find(order)).toMatchObject({ status: "cancelled", reason: "maintenance" });
  });
});

describe("funding", () => {
  it("is paid by longs and received by shorts, at the operator's will and every eight hours", () => {
    const { take, venue, symbol, pass, events, balance } = open(linear);
    take({ quantity: 0.5 });
    const before = balance("USDT")?.total ?? NaN;
    venue.operator.fund(symbol, 0.001);
    const [first] = venue.transfers();
    expect(balance("USDT")?.total).toBeCloseTo(before + (first?.amount ?? NaN), 8);
    expect(first).toMatchObject({ kind: "funding", asset: "USDT", symbol });
    expect(first?.amount).toBeCloseTo(-0.5 * venue.markPrice(symbol) * 0.001, 8);
    expect(events.findLast(({ kind }) => kind === "account")).toMatchObject({ cause: "funding", transfer: first });
    // 12:34 to 16:00 is the first regular payment.
    pass(4 * HOUR_MS);
    expect(venue.transfers()).toHaveLength(2);
    const [paid] = venue.fundingRates(symbol, { from: START, limit: 10 }).filter(({ time }) => time % (8 * HOUR_MS) === 0);
    expect(paid?.time).toBe(Date.UTC(2024, 5, 3, 16));
    expect(venue.transfers()[1]?.amount).toBeCloseTo(-0.5 * (paid?.markPrice ?? NaN) * (paid?.rate ?? NaN), 8);
  });

  it("has a past, the same for every question", () => {
    const { venue, symbol } = open(linear);
    const many = venue.fundingRates(symbol, { limit: 50 });
    expect(many).toHaveLength(50);
    expect(venue.fundingRates(symbol, { limit: 20 })).toEqual(many.slice(-20));
    expect(venue.fundingRates(symbol, { from: many[10]?.time ?? 0, limit: 5 })).toEqual(many.slice(10, 15));
    expect(many.every(({ rate, markPrice }) => Math.abs(rate) <= 0.003 && markPrice > 1_000)).toBe(true);
  });

  it("is in the coin for inverse contracts", () => {
    const { take, venue } = open({ market: "inverse" });
    take({ side: "sell", quantity: 100 });
    venue.operator.fund(coin.symbol, 0.001);
    expect(venue.transfers()[0]).toMatchObject({ asset: "BTC" });
    expect(venue.transfers()[0]?.amount).toBeCloseTo((10_000 / venue.markPrice(coin.symbol)) * 0.001, 8);
  });
});
