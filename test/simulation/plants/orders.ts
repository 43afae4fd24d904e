import { NetworkError } from "../../../src/base/errors.ts";
import type { Gateway, Outcome } from "../../../src/engine/gateway.ts";
import { OrderManager } from "../../../src/engine/orders/order-manager.ts";
import type { LiveOrder } from "../../../src/engine/orders/live-order.ts";
import type { VenueOrder } from "../../../src/engine/venue-facts.ts";
import { SeenIds } from "../../../src/engine/venue/seen-ids.ts";
import { Tracker } from "../../../src/engine/venue/tracker.ts";
import { strategyMark } from "../../../src/run/order-ids.ts";
import { over, replace, type Plant } from "./plant.ts";

/** Answers are lost, nothing else goes wrong. */
const LOST = {
  kinds: ["lostResponses"],
  shareMax: 0.9,
  everyMs: 15_000,
  killsPerHour: 0,
  isPaper: false,
  isStubborn: false,
  eagerness: 1,
} as const;
const LATE = { ...LOST, kinds: ["lateRequests"] } as const;
const RESTARTS = { ...LOST, kinds: [], killsPerHour: 12, market: "linear", positionMode: "oneWay" } as const;

const onSubmit = (change: (gateway: Gateway, outcome: Outcome, id: string) => Promise<Outcome>) => () => ({
  gateway: (gateway: Gateway) =>
    over(gateway, {
      submit: async (request) => change(gateway, await gateway.submit(request), request.clientOrderId),
    }),
});

/** Mistakes about orders whose fate is not known, and about what is booked of them. */
export const ORDER_PLANTS: readonly Plant[] = [
  {
    name: "sends an order again under the same id when its answer is lost",
    caughtBy: ["I1", "I2"],
    mix: LOST,
    wiring: () => ({
      http: (http) => ({
        ...http,
        send: (request) =>
          http.send(request).catch((error: unknown) => {
            if (request.method === "POST" && /rder/.test(request.url) && error instanceof NetworkError) return http.send(request);
            throw error;
          }),
        [Symbol.asyncDispose]: () => http[Symbol.asyncDispose](),
      }),
    }),
  },
  {
    name: "sends an order again under a new id when its answer is lost",
    caughtBy: ["I1", "I2"],
    mix: LOST,
    wiring: () => ({
      gateway: (gateway) =>
        over(gateway, {
          submit: async (request) => {
            const outcome = await gateway.submit(request);
            return outcome.kind === "unknown" ? gateway.submit({ ...request, clientOrderId: `${request.clientOrderId}b` }) : outcome;
          },
        }),
    }),
  },
  {
    name: "takes an order that is not found at once for rejected",
    caughtBy: ["I5", "I4"],
    mix: LATE,
    wiring: () => ({
      gateway: (gateway) =>
        over(gateway, {
          submit: async (request) => {
            const outcome = await gateway.submit(request);
            if (outcome.kind !== "unknown") return outcome;
            const { clientOrderId, symbol, type } = request;
            const lookup = await gateway.findOrder({ clientOrderId, symbol, type, orderId: "" });
            return lookup.kind === "absent" ? { kind: "rejected", rejectClass: "other", code: "", reason: "not found" } : outcome;
          },
        }),
    }),
  },
  {
    name: "takes an unknown outcome for a rejection",
    caughtBy: ["I5", "I4"],
    mix: LOST,
    wiring: onSubmit(async (_gateway, outcome) =>
      outcome.kind === "unknown" ? { kind: "rejected", rejectClass: "other", code: "", reason: outcome.reason } : outcome,
    ),
  },
  {
    name: "counts an error as a proof that an order is not there",
    caughtBy: ["I5", "I4", "I3"],
    mix: { ...LOST, kinds: ["lostResponses", "lostRequests", "unknownOutcomes"], everyMs: 6_000 },
    wiring: () => ({
      gateway: (gateway) =>
        over(gateway, {
          findOrder: async (order) => {
            const lookup = await gateway.findOrder(order);
            return lookup.kind === "failed" ? { kind: "absent", reason: lookup.reason } : lookup;
          },
          openOrders: (symbol) => gateway.openOrders(symbol).catch(() => []),
          fillsSince: (symbol, time) => gateway.fillsSince(symbol, time).catch(() => []),
        }),
    }),
  },
  {
    name: "does not wait until no copy of a request can arrive any more",
    caughtBy: ["I5", "I4"],
    mix: LATE,
    wiring: () => ({ gateway: (gateway) => over(gateway, { arrival: { ...gateway.arrival, boundMs: 0 } }) }),
  },
  {
    name: "takes an order that cannot be cancelled for cancelled",
    caughtBy: ["I5"],
    mix: { ...LOST, kinds: ["notFound"], everyMs: 10_000 },
    wiring: () => ({
      gateway: (gateway, scheduler) =>
        over(gateway, {
          cancel: async (order) => {
            const outcome = await gateway.cancel(order);
            if (outcome.kind !== "rejected" || outcome.rejectClass !== "gone") return outcome;
            const { clientOrderId, orderId, symbol, type } = order;
            const state: VenueOrder = {
              clientOrderId,
              orderId,
              symbol,
              type,
              side: "buy",
              positionSide: "net",
              quantity: NaN,
              timeInForce: "GTC",
              reduceOnly: false,
              status: "cancelled",
              filledQuantity: 0,
              averagePrice: NaN,
              updatedAt: scheduler.now(),
            };
            return { kind: "acknowledged", orderId, order: state };
          },
        }),
    }),
  },
  {
    name: "forgets which trades are booked",
    caughtBy: ["I4"],
    mix: { ...LOST, kinds: ["closedStreams"] },
    patch: () => replace(SeenIds.prototype, "add", () => () => true),
  },
  {
    name: "does not remember the trades of the run before",
    caughtBy: ["I4"],
    mix: RESTARTS,
    patch: () => replace(Tracker.prototype, "remember", () => () => {}),
  },
  {
    name: "counts ids from the beginning after a restart",
    caughtBy: ["I1", "I2", "alive"],
    mix: { ...RESTARTS, killsPerHour: 30 },
    patch: () => {
      const counts = new WeakMap<OrderManager, number>();
      const rename = (manager: OrderManager, order: LiveOrder): void => {
        const count = (counts.get(manager) ?? 0) + 1;
        counts.set(manager, count);
        (order as { clientOrderId: string }).clientOrderId = `${strategyMark("random-trader")}${count}`;
      };
      const undo = replace(
        OrderManager.prototype,
        "send",
        (send) =>
          function (this: OrderManager, order) {
            rename(this, order);
            return send.call(this, order);
          },
      );
      return undo;
    },
  },
  {
    name: "does not ask for the trades that the private stream has missed",
    caughtBy: ["I3", "I4"],
    mix: { ...LOST, kinds: ["closedStreams", "lostMessages"], everyMs: 10_000 },
    wiring: () => ({ gateway: (gateway) => over(gateway, { fillsSince: async () => [] }) }),
  },
  {
    name: "lets every order enlarge a position",
    caughtBy: ["I8"],
    mix: { ...LOST, kinds: ["jumps", "slowResponses", "slowRequests"], market: "linear", positionMode: "oneWay", everyMs: 6_000 },
    wiring: () => ({ gateway: (gateway) => over(gateway, { submit: (request) => gateway.submit({ ...request, reduceOnly: false }) }) }),
  },
];
