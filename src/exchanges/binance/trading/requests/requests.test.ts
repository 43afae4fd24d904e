import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { INVERSE_BTC, LINEAR_BTC, orderFor, SPOT_BTC } from "../../../../../test/exchanges/binance/trading-rig.ts";
import type { OrderRequest } from "../../../../domain/order.ts";
import { plainText, priceText, quantityText } from "./decimal-text.ts";
import { futuresAmendment, futuresOrder } from "./futures-orders.ts";
import { spotOrder, spotOrderList } from "./spot-orders.ts";

function spot(changes: Partial<OrderRequest>) {
  return spotOrder(orderFor(SPOT_BTC, changes), SPOT_BTC);
}

function linear(changes: Partial<OrderRequest>) {
  return futuresOrder("linear", orderFor(LINEAR_BTC, changes), LINEAR_BTC);
}

describe("a decimal that is sent", () => {
  it.each([
    [0.1 + 0.2, "0.3"],
    [0.00001, "0.00001"],
    [1e-5 * 3, "0.00003"],
    [100, "100"],
    [123456.7, "123456.7"],
  ])("for %d is %s, without noise, exponent or zeros at its end", (value, text) => {
    expect(quantityText(SPOT_BTC, value)).toBe(text);
  });

  it("keeps the zeros of whole numbers, and a percentage as it is", () => {
    expect(priceText(INVERSE_BTC, 60_000)).toBe("60000");
    expect(priceText({ ...SPOT_BTC, priceStep: "0.00000001" }, 1e-7)).toBe("0.0000001");
    expect([plainText(2), plainText(0.1), plainText(1.25), plainText(1e-7)]).toEqual(["2", "0.1", "1.25", "0.0000001"]);
  });

  it("reads back as the double nearest to its place on the grid", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e12 }), (steps) => {
        const text = priceText(SPOT_BTC, steps / 100);
        expect(text).toMatch(/^\d+(\.\d*[1-9])?$/);
        expect(Math.round(Number(text) * 100)).toBe(steps);
      }),
    );
  });
});

describe("an order of futures", () => {
  it("that reduces says so in one-way mode, and by the position's side in hedge mode", () => {
    expect(linear({ reduceOnly: true })).toMatchObject({ parameters: { reduceOnly: "true" } });
    expect(linear({ reduceOnly: true })).not.toHaveProperty("parameters.positionSide");
    expect(linear({ reduceOnly: true, positionSide: "short" })).toMatchObject({ parameters: { positionSide: "SHORT" } });
    expect(linear({ reduceOnly: true, positionSide: "short" })).not.toHaveProperty("parameters.reduceOnly");
  });

  it("that ends at a date tells it in whole seconds", () => {
    const order = linear({ type: "limit", price: 1, timeInForce: "GTD", expiresAt: 1_764_000_000_999 });
    expect(order).toMatchObject({ parameters: { timeInForce: "GTD", goodTillDate: "1764000000000" } });
  });

  it("is changed as a whole: what stays is sent again", () => {
    const order = orderFor(LINEAR_BTC, { type: "limit", price: 64_000, quantity: 0.5, side: "sell" });
    const reference = { clientOrderId: "me-1", orderId: "", symbol: "BTCUSDT", type: "limit" } as const;
    expect(futuresAmendment("linear", reference, { quantity: 0.4 }, order, LINEAR_BTC)).toEqual({
      method: "PUT",
      path: "/fapi/v1/order",
      parameters: { symbol: "BTCUSDT", origClientOrderId: "me-1", side: "SELL", quantity: "0.4", price: "64000" },
    });
    expect(futuresAmendment("linear", reference, { triggerPrice: 1 }, order, LINEAR_BTC)).toHaveProperty("refusal");
  });

  it.each([
    [{ type: "limit" }, /needs a price/],
    [{ type: "stop" }, /needs a trigger price/],
    [{ type: "market", timeInForce: "GTD", expiresAt: 1 }, /cannot end at a date/],
    [{ type: "market", postOnly: true }, /post-only/],
    [{ type: "trailingStop" }, /0.1 to 10 percent/],
  ] as const)("that lacks something is refused with a sentence: %o", (changes, sentence) => {
    const made = linear(changes);
    expect("refusal" in made ? made.refusal : "").toMatch(sentence);
  });
});

describe("an order of spot", () => {
  it.each([
    [{ type: "limit", price: 1, timeInForce: "GTD", expiresAt: 1 }, /GTC, IOC or FOK/],
    [{ type: "stopLimit", price: 1, triggerPrice: 1, postOnly: true }, /post-only/],
    [{ type: "trailingStop", trailingPct: 0.123 }, /steps of 0.01 percent/],
    [{ type: "trailingStop" }, /distance/],
    [{ type: "takeProfitLimit", price: 1 }, /a price and a trigger price/],
  ] as const)("that spot cannot take is refused with a sentence: %o", (changes, sentence) => {
    const made = spot(changes);
    expect("refusal" in made ? made.refusal : "").toMatch(sentence);
  });

  it("that sells what is held needs no flag for it", () => {
    expect(spot({ side: "sell", reduceOnly: true })).not.toHaveProperty("parameters.reduceOnly");
  });

  it("pair has the profit above for a sell and below for a buy, whichever comes first", () => {
    const leg = { quantity: 1, clientOrderId: "a" } as const;
    for (const [side, above, below] of [
      ["sell", "TAKE_PROFIT_LIMIT", "STOP_LOSS_LIMIT"],
      ["buy", "STOP_LOSS_LIMIT", "TAKE_PROFIT_LIMIT"],
    ] as const) {
      const profit = orderFor(SPOT_BTC, { ...leg, side, type: "takeProfitLimit", price: 3, triggerPrice: 3 });
      const loss = orderFor(SPOT_BTC, { ...leg, side, type: "stopLimit", price: 1, triggerPrice: 1, clientOrderId: "b" });
      for (const orders of [
        [profit, loss],
        [loss, profit],
      ]) {
        expect(spotOrderList(orders, SPOT_BTC)).toMatchObject({
          parameters: { aboveType: above, belowType: below, aboveTimeInForce: "GTC" },
        });
      }
    }
  });

  it("pair that is none is refused with a sentence", () => {
    const limit = orderFor(SPOT_BTC, { type: "limit", price: 3 });
    const stop = orderFor(SPOT_BTC, { type: "stop", triggerPrice: 1 });
    for (const orders of [[limit], [limit, limit], [stop, stop], [limit, { ...stop, side: "sell" as const }], [limit, stop, stop]]) {
      expect(spotOrderList(orders, SPOT_BTC)).toHaveProperty("refusal");
    }
  });
});
