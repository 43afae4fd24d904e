import { describe, expect, it } from "vitest";
import { LiveOrder } from "./live-order.ts";
import { OverdueOrders } from "./overdue-orders.ts";

function working(changes: Partial<LiveOrder>): LiveOrder {
  const order = new LiveOrder("me-1", "BTCUSDT", "buy", "limit", 1, 0);
  return Object.assign(order, { status: "open" as const, price: 100, ...changes });
}

/** What is asked about at each second while the last price is as given. */
function asked(order: LiveOrder, prices: readonly number[]): number[] {
  const overdue = new OverdueOrders();
  return prices.flatMap((price, second) => (overdue.look([order], () => price, second * 1_000).length > 0 ? [second] : []));
}

describe("an order is asked about", () => {
  it("two seconds after the market has traded beyond its price, and again every five", () => {
    expect(asked(working({}), [101, 100, 99, 99, 99, 99, 99, 99, 99, 99])).toEqual([4, 9]);
  });

  it("not where the price was only touched, or has come back", () => {
    expect(asked(working({}), [100, 100, 100, 100])).toEqual([]);
    expect(asked(working({}), [99, 99, 101, 99, 99, 101])).toEqual([]);
    expect(asked(working({}), [Number.NaN, Number.NaN, Number.NaN, Number.NaN])).toEqual([]);
  });

  it.each<[string, Partial<LiveOrder>, number]>([
    ["a sell above its price", { side: "sell" }, 101],
    ["a stop to buy above its trigger", { type: "stop", triggerPrice: 100 }, 101],
    ["a stop to sell below its trigger", { type: "stop", side: "sell", triggerPrice: 100 }, 99],
    ["a target to sell above its trigger", { type: "takeProfit", side: "sell", triggerPrice: 100 }, 101],
    ["a target to buy below its trigger", { type: "takeProfit", triggerPrice: 100 }, 99],
  ])("when it is %s", (_name, changes, price) => {
    expect(asked(working(changes), [price, price, price])).toEqual([2]);
    expect(asked(working(changes), [200 - price, 200 - price, 200 - price])).toEqual([]);
  });

  it("only while it works at the exchange, as far as is known", () => {
    for (const status of ["pending", "unknown", "held"] as const) expect(asked(working({ status }), [99, 99, 99])).toEqual([]);
    expect(asked(working({ status: "partiallyFilled" }), [99, 99, 99])).toEqual([2]);
  });
});
