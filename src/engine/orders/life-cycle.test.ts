import { describe, expect, it } from "vitest";
import { isTerminal, ORDER_STATUSES, type OrderStatus } from "../../domain/order.ts";
import { canMove } from "./life-cycle.ts";
import { LiveOrder } from "./live-order.ts";

/** Every step an order may take; each other one of the 81 is refused. */
const LEGAL: readonly (readonly [from: OrderStatus, to: readonly OrderStatus[]])[] = [
  ["pending", ["held", "open", "partiallyFilled", "filled", "cancelled", "rejected", "expired", "unknown"]],
  ["held", ["open", "cancelled", "rejected", "expired"]],
  ["open", ["open", "partiallyFilled", "filled", "cancelled", "expired", "unknown"]],
  ["partiallyFilled", ["partiallyFilled", "filled", "cancelled", "expired", "unknown"]],
  ["unknown", ["open", "partiallyFilled", "filled", "cancelled", "rejected", "expired"]],
  ["filled", []],
  ["cancelled", []],
  ["rejected", []],
  ["expired", []],
];

const STEPS = ORDER_STATUSES.flatMap((from) =>
  ORDER_STATUSES.map((to) => [from, to, LEGAL.find(([status]) => status === from)?.[1].includes(to) ?? false] as const),
);

describe("the life of an order", () => {
  it.each(STEPS)("%s → %s: %s", (from, to, isLegal) => {
    const order = new LiveOrder("a", "BTCUSDT", "buy", "limit", 1, 0);
    order.status = from;
    expect(canMove(from, to)).toBe(isLegal);
    if (isLegal) {
      order.moveTo(to, 7);
      expect([order.status, order.updatedAt]).toEqual([to, 7]);
    } else {
      expect(() => order.moveTo(to, 7)).toThrow(`order a cannot go from ${from} to ${to}`);
      expect([order.status, order.updatedAt]).toEqual([from, 0]);
    }
  });

  it("ends where nothing leads on", () => {
    expect(ORDER_STATUSES.filter((status) => isTerminal(status))).toEqual(
      LEGAL.filter(([, to]) => to.length === 0).map(([status]) => status),
    );
  });
});
