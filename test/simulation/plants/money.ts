import type { Gateway } from "../../../src/engine/gateway.ts";
import type { VenueFill } from "../../../src/engine/venue-facts.ts";
import { LossLimits } from "../../../src/engine/loss-limits.ts";
import { Brackets } from "../../../src/engine/orders/brackets.ts";
import { OrderManager } from "../../../src/engine/orders/order-manager.ts";
import { APPROVED } from "../../../src/engine/risk/check.ts";
import { openOrders } from "../../../src/engine/risk/checks/open-orders.ts";
import { OrderThrottle } from "../../../src/engine/risk/throttle.ts";
import { SessionCore } from "../../../src/engine/session-core.ts";
import { TradingDesk } from "../../../src/engine/trading-desk.ts";
import { WindDown } from "../../../src/engine/wind-down.ts";
import { hearing, over, replace, type Plant } from "./plant.ts";

const CALM = { kinds: [], killsPerHour: 0, isPaper: false, isStubborn: false, eagerness: 1, shareMax: 0.5, everyMs: 15_000 } as const;
const FUTURES = { ...CALM, market: "linear", positionMode: "oneWay" } as const;

function withFills(change: (fill: VenueFill) => VenueFill | undefined) {
  const changed = (fills: readonly VenueFill[]): VenueFill[] => fills.flatMap((fill) => change(fill) ?? []);
  return () => ({
    gateway: (gateway: Gateway) =>
      over(gateway, {
        connect: (listener) =>
          gateway.connect(
            hearing(listener, {
              onFill: (fill, order) => {
                const one = change(fill);
                if (one !== undefined) listener.onFill(one, order);
              },
            }),
          ),
        fillsSince: async (symbol, time) => changed(await gateway.fillsSince(symbol, time)),
        submit: async (request) => {
          const outcome = await gateway.submit(request);
          return outcome.kind === "acknowledged" && outcome.fills !== undefined ? { ...outcome, fills: changed(outcome.fills) } : outcome;
        },
      }),
  });
}

/** Mistakes about money, positions, stops and limits. */
export const MONEY_PLANTS: readonly Plant[] = [
  { name: "ignores fees", caughtBy: ["I4"], mix: FUTURES, wiring: withFills((fill) => ({ ...fill, fee: 0 })) },
  {
    name: "ignores funding",
    caughtBy: ["I4"],
    mix: { ...FUTURES, kinds: ["funding"] },
    wiring: () => ({
      gateway: (gateway) =>
        over(gateway, {
          connect: (listener) => gateway.connect(hearing(listener, { onTransfer: () => {} })),
          transfersSince: async () => [],
        }),
    }),
  },
  {
    name: "books funding twice, once from the stream and once from the history",
    caughtBy: ["I4"],
    mix: { ...FUTURES, kinds: ["funding"] },
    wiring: () => ({
      gateway: (gateway) =>
        over(gateway, {
          transfersSince: async (time) =>
            (await gateway.transfersSince(time)).map((transfer) => ({ ...transfer, id: `again ${transfer.id}` })),
        }),
    }),
  },
  {
    name: "does not book liquidations",
    caughtBy: ["I3", "I4"],
    mix: { ...FUTURES, kinds: ["liquidations", "deleveraging"] },
    wiring: withFills((fill) => (fill.cause === "order" ? fill : undefined)),
  },
  {
    name: "does not place a stop again that has been lost",
    caughtBy: ["I7"],
    mix: { ...FUTURES, kinds: ["venueCancels"], everyMs: 60_000, eagerness: 0.3 },
    patch: () => replace(Brackets.prototype, "heal", () => () => []),
  },
  {
    name: "never changes the size of a stop, and nobody looks after it",
    caughtBy: ["I7", "I3"],
    mix: { ...FUTURES, kinds: ["partialFills"], everyMs: 120_000 },
    patch: () => {
      const undos = [
        replace(Brackets.prototype, "heal", () => () => []),
        replace(
          OrderManager.prototype,
          "amend",
          (amend) =>
            function (this: OrderManager, order, amendment) {
              if (order.purpose !== "entry" && amendment.quantity !== undefined) return;
              amend.call(this, order, amendment);
            },
        ),
      ];
      return () => {
        for (const undo of undos) undo();
      };
    },
  },
  {
    name: "does not keep the day's loss over a restart",
    caughtBy: ["I15"],
    mix: {
      ...FUTURES,
      killsPerHour: 12,
      risk: { sizing: { type: "percentEquity", percent: 30 }, stopLossPct: 0.3, leverage: 3, dailyLossLimit: 0.02 },
    },
    patch: () => replace(LossLimits.prototype, "restore", () => () => {}),
  },
  {
    name: "does not keep what the throttle has seen over a restart",
    caughtBy: ["I15"],
    mix: {
      ...FUTURES,
      killsPerHour: 12,
      isStubborn: true,
      risk: { sizing: { type: "percentEquity", percent: 1 }, stopLossPct: 1, leverage: 3, maxRepeatedOrders: 2 },
    },
    patch: () => replace(OrderThrottle.prototype, "restore", () => () => {}),
  },
  {
    name: "does not count the orders that are open already",
    caughtBy: ["I6"],
    mix: {
      ...FUTURES,
      isStubborn: true,
      risk: { sizing: { type: "percentEquity", percent: 1 }, stopLossPct: 2, leverage: 3, maxOpenOrders: 3, maxRepeatedOrders: 1_000 },
    },
    patch: () => replace(openOrders as { check: typeof openOrders.check }, "check", () => () => APPROVED),
  },
  {
    name: "trades on after it was asked to end",
    caughtBy: ["I11"],
    mix: { ...FUTURES, kinds: ["terminations"], everyMs: 60_000 },
    patch: () => {
      const undos = [
        replace(SessionCore.prototype, "entryBlockOf", () => () => undefined),
        replace(WindDown.prototype, "advance", () => () => false),
      ];
      return () => {
        for (const undo of undos) undo();
      };
    },
  },
  {
    name: "never ends",
    caughtBy: ["I11"],
    mix: { ...FUTURES, kinds: ["terminations"], everyMs: 60_000 },
    patch: () => replace(WindDown.prototype, "advance", () => () => false),
  },
  {
    name: "decides by something that its journal does not hold",
    caughtBy: ["I13"],
    mix: { ...FUTURES, kinds: [] },
    withReplay: true,
    patch: () => {
      let count = 0;
      return replace(
        TradingDesk.prototype,
        "trade",
        (trade) =>
          function (this: TradingDesk, side, options) {
            count += 1;
            return trade.call(this, count % 3 === 0 ? "buy" : side, options);
          },
      );
    },
  },
];
