import { describe, expect, it } from "vitest";
import { VenueRig } from "../../engine/venue-rig.ts";
import { trading, type FaultRig, type Market } from "../rig.ts";

const MARKETS: readonly Market[] = ["spot", "linear", "inverse"];

/** Stops and targets that work at the venue, with their size in steps. */
function legs(rig: FaultRig): string[] {
  const open = rig.venue.openOrders(rig.symbol);
  return open.map(({ type, quantity }) => `${type} ${rig.world.quantity.toSteps(quantity)}`).toSorted();
}

/** What the legs of a whole position are. */
function wholeLegs(rig: FaultRig): string[] {
  const steps = rig.world.quantity.toSteps(rig.held(), "floor");
  return [`stop ${steps}`, `takeProfit ${steps}`];
}

/** Accounts with stops and targets; in hedge mode a position has a side of its own. */
const ACCOUNTS = [
  { market: "spot", positionMode: "oneWay" },
  { market: "linear", positionMode: "oneWay" },
  { market: "linear", positionMode: "hedge" },
  { market: "inverse", positionMode: "oneWay" },
] as const;

const groupPath = (market: Market): string => (market === "spot" ? "/orderList/oco" : "/algoOrder");

describe.each(ACCOUNTS)("an entry with stop and target on $market ($positionMode)", ({ market, positionMode }) => {
  it.each([
    ["lost on the way", { verb: "dropRequest" }],
    ["answered by nobody", { verb: "dropResponse", silent: true }],
    ["answered with 503 and placed", { verb: "reply", status: 503, code: -1000, executed: true }],
    ["answered with 503 and not placed", { verb: "reply", status: 503, code: -1000, executed: false }],
    ["refused", { verb: "reply", status: 400, code: -1015, message: "Too many new orders.", executed: false }],
  ] as const)("F12: when a request for its legs is %s each leg is resolved by itself, and there is one of each", async (_, fault) => {
    const rig = await trading({ market, positionMode, risk: { stopLossPct: 2, takeProfitPct: 3 } });
    rig.fault({ on: "request", match: { method: "POST", path: groupPath(market) }, ...fault });
    await rig.buy();
    await rig.pass(60_000);
    expect([legs(rig), rig.differences()]).toEqual([wholeLegs(rig), []]);
  });

  it("F25: when the target fills and the stop cannot be cancelled, the stop goes in the end and opens nothing", async () => {
    const rig = await trading({ market, positionMode, risk: { stopLossPct: 1, takeProfitPct: 1 } });
    await rig.buy();
    await rig.pass(3_000);
    const down = { on: "request", verb: "reply", status: 503, code: -1000, executed: false, times: 1e6 } as const;
    for (const path of ["/order", "/algoOrder", "/orderList"]) rig.fault({ ...down, match: { method: "DELETE", path } });
    rig.venue.operator.movePrice(rig.symbol, rig.near(1.2));
    await rig.pass(2_000);
    // The price comes back through the stop that should be gone.
    rig.venue.operator.movePrice(rig.symbol, rig.near(-3));
    await rig.pass(10_000);
    expect([rig.world.quantity.toSteps(rig.held(), "floor"), rig.booked()]).toEqual([0, 0]);
    rig.heal();
    await rig.pass(30_000);
    expect([rig.venue.openOrders(rig.symbol), rig.differences()]).toEqual([[], []]);
    expect(rig.own().filter(({ status }) => status === "filled")).toHaveLength(2);
  });

  it("F24: is killed at any moment around its entry: after the restart the position has one stop of its size", async () => {
    for (let step = 0; step < 40; step += 4) {
      // oxlint-disable-next-line no-await-in-loop -- one life after the other
      const rig = await trading({ market, positionMode, seed: 7 + step, risk: { stopLossPct: 2 } });
      // oxlint-disable-next-line no-await-in-loop -- as above
      await rig.buy();
      // oxlint-disable-next-line no-await-in-loop -- as above
      for (let count = 0; count < step; count += 1) await rig.world.step();
      // oxlint-disable-next-line no-await-in-loop -- as above
      await rig.restart();
      // oxlint-disable-next-line no-await-in-loop -- as above
      await rig.pass(60_000);
      const steps = rig.world.quantity.toSteps(rig.held(), "floor");
      expect([step, legs(rig), rig.differences()]).toEqual([step, steps === 0 ? [] : [`stop ${steps}`], []]);
      expect(rig.own().filter(({ type }) => type === "market").length).toBeLessThanOrEqual(1);
    }
  });
});

describe.each(MARKETS)("what comes back from %s", (market) => {
  it("F15: a post-only order that would take is refused and is nothing but a refusal", async () => {
    const rig = await trading({ market });
    await rig.buy({ price: rig.near(0.2), postOnly: true });
    await rig.pass(5_000);
    expect([rig.status.orders, rig.held(), rig.status.counters.rejections]).toEqual([[], 0, 1]);
    expect(rig.differences()).toEqual([]);
  });

  it("F16: a fill that comes long before the answer implies that the order was taken", async () => {
    const rig = await trading({ market, risk: { stopLossPct: 2 } });
    rig.fault({ on: "request", match: { method: "POST", path: rig.paths.order }, verb: "delayResponse", ms: 4_000 });
    await rig.buy();
    await rig.pass(2_000);
    // Protection does not wait for the answer.
    expect([rig.status.positions.length, legs(rig).length]).toEqual([1, 1]);
    await rig.pass(10_000);
    expect([rig.bookedFills, rig.placed(), rig.differences()]).toEqual([rig.venue.fills(rig.symbol).length, 2, []]);
  });

  it("F18: an answer without the order's id is no proof: the order is asked for by our own", async () => {
    const rig = await trading({ market });
    rig.stallStream();
    rig.fault({
      on: "request",
      match: { method: "POST", path: rig.paths.order },
      verb: "reply",
      status: 200,
      body: '{"status":"NEW"}',
      executed: true,
    });
    await rig.buy({ price: rig.near(-3) });
    await rig.pass(200);
    expect(rig.status.orders.map(({ status }) => status)).toEqual(["unknown"]);
    await rig.pass(3_000);
    expect([rig.placed(), rig.status.orders.map(({ status }) => status), rig.differences()]).toEqual([1, ["open"], []]);
  });

  it("F22: ids beyond 2^53 come through requests, answers and streams unchanged, and a cancel hits the order they name", async () => {
    const rig = await trading({ market });
    const kept = await rig.buy({ price: rig.near(-3) });
    const gone = await rig.buy({ price: rig.near(-2) });
    await rig.buy();
    await rig.pass(2_000);
    if (gone.accepted) await rig.act((expert) => expert.cancel(gone.order.clientOrderId));
    await rig.pass(3_000);
    const here = [...rig.world.journal.orders.values()].map(({ order }) => order.orderId);
    expect(here).toEqual(rig.own().map(({ orderId }) => orderId));
    expect(here.every((id) => BigInt(id) > 2n ** 53n)).toBe(true);
    const trades = rig.venue.fills(rig.symbol).map(({ tradeId }) => `${rig.symbol}:${tradeId}`);
    expect([...rig.world.journal.fills.keys()]).toEqual(trades);
    expect(rig.status.orders.map(({ clientOrderId }) => clientOrderId)).toEqual([kept.accepted ? kept.order.clientOrderId : ""]);
  });
});

describe("exchanges that answer in another way", () => {
  it("F15: an order of which only its end is told, and never that it worked, goes from sent to cancelled", async () => {
    const rig = new VenueRig();
    await rig.start();
    rig.gateway.fault("submit", { kind: "delay", ms: 1_000 });
    rig.expert.buy({ price: 48_000, postOnly: true });
    const [order] = rig.core.orders.open();
    rig.exchange.tracker.applyOrder({
      clientOrderId: order?.clientOrderId ?? "",
      orderId: "8389765489680951453",
      symbol: rig.symbol,
      side: "buy",
      positionSide: "net",
      type: "limit",
      quantity: 0.1,
      timeInForce: "GTC",
      reduceOnly: false,
      status: "cancelled",
      filledQuantity: 0,
      averagePrice: NaN,
      updatedAt: rig.scheduler.now(),
      reason: "post-only order would take",
    });
    await rig.pass(100);
    expect(rig.reports).toEqual(["cancelled me1-1"]);
    expect(rig.core.orders.table.finished().map(({ status, reason }) => [status, reason])).toEqual([
      ["cancelled", "post-only order would take"],
    ]);
  });
});
