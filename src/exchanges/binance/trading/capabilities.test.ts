import { describe, expect, it } from "vitest";
import type { OrderRequest } from "../../../domain/order.ts";
import type { RequestFor } from "../../../engine/exchange.ts";
import type { BINANCE_INVERSE, BINANCE_LINEAR, BINANCE_SPOT } from "./capabilities.ts";
import { capabilitiesOf } from "./capabilities.ts";

const common = {
  clientOrderId: "a",
  symbol: "BTCUSDT",
  side: "buy",
  quantity: 1,
  price: 1,
  positionSide: "net",
  purpose: "entry",
  shrinkToFit: false,
} as const satisfies Partial<OrderRequest>;

describe("what Binance can do", () => {
  it("is refused by the compiler where spot cannot", () => {
    const good: RequestFor<typeof BINANCE_SPOT> = { ...common, type: "limit", timeInForce: "GTC", reduceOnly: false, postOnly: true };
    // @ts-expect-error A spot order cannot end at a date.
    const dated: RequestFor<typeof BINANCE_SPOT> = { ...common, type: "limit", timeInForce: "GTD", reduceOnly: false, postOnly: false };
    // @ts-expect-error There is no position to reduce on spot.
    const reducing: RequestFor<typeof BINANCE_SPOT> = { ...common, type: "market", timeInForce: "GTC", reduceOnly: true, postOnly: false };
    expect([good, dated, reducing]).toHaveLength(3);
  });

  it("lets USDⓈ-M futures end an order at a date and reduce a position", () => {
    const request: RequestFor<typeof BINANCE_LINEAR> = { ...common, type: "limit", timeInForce: "GTD", reduceOnly: true, postOnly: false };
    // @ts-expect-error COIN-M knows no end date.
    const dated: RequestFor<typeof BINANCE_INVERSE> = { ...common, type: "limit", timeInForce: "GTD", reduceOnly: true, postOnly: false };
    expect([request, dated]).toHaveLength(2);
  });

  it("says that resting orders bind the balance on spot only", () => {
    expect(capabilitiesOf("spot").bindsBalance).toBe(true);
    expect(capabilitiesOf("linear").bindsBalance).toBe(false);
    expect(capabilitiesOf("inverse").bindsBalance).toBe(false);
    // A stop and two targets all fit on futures; on spot two orders are linked.
    expect([capabilitiesOf("spot").groupSizeMax, capabilitiesOf("linear").groupSizeMax]).toEqual([2, Infinity]);
  });
});
