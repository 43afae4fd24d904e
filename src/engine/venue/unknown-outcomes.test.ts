import { describe, expect, it } from "vitest";
import { VenueRig } from "../../../test/engine/venue-rig.ts";

/** After the last moment at which a request can arrive, and the two rounds that prove that it did not. */
const BEYOND_PROOF_MS = 60_000;

async function started(options: ConstructorParameters<typeof VenueRig>[0] = {}): Promise<VenueRig> {
  const rig = new VenueRig(options);
  await rig.start();
  return rig;
}

describe("an order whose answer is lost", () => {
  it("F01: a market order that filled while its answer was lost is one order, found by our id", async () => {
    const rig = await started();
    rig.gateway.isStalled = true;
    rig.gateway.fault("submit", { kind: "dropResponse" });
    rig.expert.buy();
    await rig.pass(5_000);
    expect(rig.venueOrders()).toEqual(["buy market 0.1 filled"]);
    expect(rig.booked()).toBe(0.1);
    expect(rig.gateway.count("submit")).toBe(1);
    expect(rig.reports).toEqual(["unknown me1-1", "accepted me1-1", "fill me1-1"]);
  });

  it("F01: trades of an order whose id at the exchange nobody knows yet are booked when it is known", async () => {
    const rig = await started();
    rig.gateway.isStalled = true;
    rig.gateway.down.add("findOrder");
    rig.gateway.fault("submit", { kind: "dropResponse" });
    rig.expert.buy();
    // The history of trades comes first, and does not say whose order it was.
    await rig.pass(48_000);
    expect(rig.booked()).toBe(0);
    expect(rig.alarms.filter((text) => text.includes("is not of this run"))).toEqual([]);
    rig.gateway.down.delete("findOrder");
    await rig.pass(20_000);
    expect([rig.booked(), rig.held()]).toEqual([0.1, 0.1]);
    expect(rig.journal.fills).toHaveLength(1);
  });

  it("F02: a request that never arrived is proven absent after the bound, ends as expired, and is told to the strategy", async () => {
    const told: string[] = [];
    const rig = await started({ setup: (expert) => expert.onOrder(({ status }) => void told.push(status)) });
    rig.gateway.fault("submit", { kind: "dropRequest" });
    rig.expert.buy();
    await rig.pass(2_000 + rig.gateway.arrival.boundMs);
    expect(told).toEqual(["unknown"]);
    await rig.pass(BEYOND_PROOF_MS);
    expect(told).toEqual(["unknown", "expired"]);
    expect([rig.gateway.count("submit"), rig.venueOrders(), rig.core.orders.openCount]).toEqual([1, [], 0]);
  });

  it("F30: a fill that a silent stream keeps back is found soon after the market has passed the order's price", async () => {
    const rig = await started({ risk: { stopLossPct: 2 } });
    rig.expert.buy({ price: 49_000 });
    await rig.pass(2_000);
    rig.gateway.isStalled = true;
    rig.venue.operator.movePrice(rig.symbol, 48_900);
    await rig.pass(5_000);
    expect(rig.booked()).toBe(0.1);
    expect(rig.openAtVenue()).toEqual(["sell stop 0.1"]);
  });

  it("F02: what was sold ahead of a purchase that never arrived is a position like any other, with its stop", async () => {
    const rig = await started({ risk: { stopLossPct: 2 } });
    rig.gateway.fault("submit", { kind: "dropRequest" });
    rig.expert.buy();
    await rig.pass(6_000);
    rig.expert.sell();
    await rig.pass(2_000);
    expect(rig.held()).toBe(-0.1);
    expect(rig.openAtVenue()).toEqual(["buy stop 0.1"]);
    await rig.pass(BEYOND_PROOF_MS);
    expect([rig.held(), rig.booked(), rig.openAtVenue()]).toEqual([-0.1, -0.1, ["buy stop 0.1"]]);
  });

  it("F02: an order counts as absent only after two rounds in which the order, the open orders and the trades were asked", async () => {
    const rig = await started();
    rig.gateway.fault("submit", { kind: "dropRequest" });
    rig.expert.buy();
    await rig.pass(1_950 + rig.gateway.arrival.boundMs);
    const before = rig.gateway.sent.length;
    while (rig.core.orders.openCount > 0) await rig.step();
    const asked = rig.gateway.sent.slice(before);
    const rounds = asked.join(" | ").match(/findOrder me1-1 \| openOrders BTCUSDT \| fillsSince BTCUSDT/g);
    expect(rounds?.length).toBeGreaterThanOrEqual(2);
  });

  it("F03: a slow request that arrives after the client has given up is one order, and nothing is sent again meanwhile", async () => {
    const rig = await started();
    rig.gateway.fault("submit", { kind: "delay", ms: 4_900 });
    rig.expert.buy();
    await rig.pass(4_800);
    expect([rig.venueOrders(), rig.core.orders.openCount]).toEqual([[], 1]);
    await rig.pass(BEYOND_PROOF_MS);
    expect([rig.gateway.count("submit"), rig.booked(), rig.held()]).toEqual([1, 0.1, 0.1]);
  });

  it.each([true, false])(
    "F04: an answer that says nothing keeps the order's exposure until there is proof (executed: %s)",
    async (isDone) => {
      const rig = await started({ risk: { maxPositionSizeQuote: 7_000 } });
      rig.gateway.fault("submit", { kind: "reply", value: { kind: "unknown", reason: "-1007: timeout" }, isDone });
      rig.expert.buy();
      await rig.pass(300);
      expect(rig.expert.buy({ quantity: 0.1 })).toMatchObject({ accepted: false, code: "maxPositionSizeQuote" });
      await rig.pass(BEYOND_PROOF_MS);
      expect([rig.booked(), rig.held()]).toEqual(isDone ? [0.1, 0.1] : [0, 0]);
      expect(rig.expert.buy({ quantity: 0.1 }).accepted).toBe(!isDone);
    },
  );

  it("F05: the stream tells of the order before the answer fails: it works, and nobody asks or sends again", async () => {
    const rig = await started();
    rig.gateway.fault("submit", { kind: "dropResponse" });
    rig.expert.buy({ price: 48_000 });
    await rig.pass(200);
    expect(rig.core.orders.open().map(({ status }) => status)).toEqual(["open"]);
    await rig.pass(10_000);
    expect(rig.reports).toEqual(["accepted me1-1"]);
    expect([rig.gateway.count("submit"), rig.gateway.count("findOrder")]).toEqual([1, 0]);
  });

  it("F05: a refusal for a name that is taken is the proof that the first copy has arrived", async () => {
    const rig = await started();
    rig.gateway.isStalled = true;
    const value = { kind: "rejected", rejectClass: "duplicate", code: "-4116", reason: "clientOrderId is duplicated" };
    rig.gateway.fault("submit", { kind: "reply", value, isDone: true });
    rig.expert.buy({ price: 48_000 });
    await rig.pass(3_000);
    expect(rig.reports).toEqual(["unknown me1-1", "accepted me1-1"]);
    expect(rig.openAtVenue()).toEqual(["buy limit 0.1"]);
  });

  it("F06: not found right after creation proves nothing: the question is asked again until it is found", async () => {
    const rig = await started();
    rig.gateway.isStalled = true;
    rig.gateway.fault("submit", { kind: "dropResponse" });
    const absent = { kind: "reply", value: { kind: "absent", reason: "-2013" } } as const;
    rig.gateway.fault("findOrder", absent, absent, absent);
    rig.expert.buy();
    await rig.pass(12_000);
    expect(rig.reports).toEqual(["unknown me1-1", "accepted me1-1", "fill me1-1"]);
  });

  it("F06: a stubborn not-found before the bound ends nothing", async () => {
    const rig = await started();
    rig.gateway.isStalled = true;
    rig.gateway.fault("submit", { kind: "dropRequest" });
    rig.expert.buy();
    await rig.pass(2_000 + rig.gateway.arrival.boundMs - 100);
    expect(rig.gateway.count("findOrder")).toBeGreaterThan(3);
    expect(rig.core.orders.open().map(({ status }) => status)).toEqual(["unknown"]);
  });

  it("F07: questions that fail for half an hour count for nothing, and the exposure stays", async () => {
    const rig = await started({ risk: { maxPositionSizeQuote: 7_000 } });
    rig.gateway.isStalled = true;
    rig.gateway.fault("submit", { kind: "dropResponse" });
    for (const call of ["findOrder", "openOrders", "fillsSince"] as const) rig.gateway.down.add(call);
    rig.expert.buy();
    await rig.pass(30 * 60_000);
    expect(rig.core.orders.open().map(({ status }) => status)).toEqual(["unknown"]);
    expect(rig.expert.buy({ quantity: 0.1 }).accepted).toBe(false);
    rig.gateway.down.clear();
    await rig.pass(20_000);
    expect([rig.booked(), rig.gateway.count("submit")]).toEqual([0.1, 1]);
  });

  it("F07: one source that fails is not made up for by the other two", async () => {
    const rig = await started();
    rig.gateway.fault("submit", { kind: "dropRequest" });
    rig.gateway.down.add("fillsSince");
    rig.expert.buy();
    await rig.pass(10 * 60_000);
    expect(rig.core.orders.open().map(({ status }) => status)).toEqual(["unknown"]);
    rig.gateway.down.clear();
    await rig.pass(BEYOND_PROOF_MS);
    expect(rig.core.orders.openCount).toBe(0);
  });

  it("a fill that comes after an order was proven absent is booked, told as an error, and brings its protection", async () => {
    const rig = await started({ risk: { stopLossPct: 2 } });
    rig.gateway.fault("submit", { kind: "delay", ms: 120_000 });
    rig.expert.buy();
    await rig.pass(100_000);
    expect(rig.core.orders.openCount).toBe(0);
    await rig.pass(30_000);
    expect([rig.booked(), rig.held()]).toEqual([0.1, 0.1]);
    expect(rig.journal.notes("lateFill")).toHaveLength(1);
    expect(rig.life.errors.join()).toContain("has filled 0.1 BTCUSDT after all");
    expect(rig.openAtVenue()).toEqual(["sell stop 0.1"]);
  });

  it("an order that was proven absent and turns up working is cancelled, because nobody watches over it", async () => {
    const rig = await started();
    rig.gateway.fault("submit", { kind: "delay", ms: 120_000 });
    rig.expert.buy({ price: 48_000 });
    await rig.pass(110_000);
    expect(rig.core.orders.openCount).toBe(0);
    await rig.pass(60_000);
    expect(rig.venueOrders()).toEqual(["buy limit 0.1 cancelled"]);
    expect(rig.alarms.some((text) => text.includes("taken for finished and is open"))).toBe(true);
  });
});

describe("answers that say too little or come in another order", () => {
  it("F12: of a group whose answer is lost each order is resolved by itself", async () => {
    const rig = await started({ market: "spot", risk: { stopLossPct: 2, takeProfitPct: 2 } });
    rig.gateway.fault("submitGroup", { kind: "dropResponse" });
    rig.gateway.hold();
    rig.expert.buy();
    await rig.pass(2_000);
    rig.gateway.release();
    await rig.pass(BEYOND_PROOF_MS);
    expect(rig.gateway.count("submitGroup")).toBe(1);
    const legs = rig.core.orders.open().map(({ type, status }) => `${type} ${status}`);
    expect(legs).toEqual(["stop open", "takeProfit open"]);
  });

  it("F12: a group with mixed results keeps what works and places again what was refused", async () => {
    const rig = await started({ risk: { stopLossPct: 2, takeProfitPct: 2 } });
    rig.expert.buy();
    const refusal = { kind: "rejected", rejectClass: "busy", code: "-1008", reason: "server busy" };
    rig.gateway.fault("submit", { kind: "reply", value: refusal });
    await rig.pass(5_000);
    expect(rig.openAtVenue().toSorted()).toEqual(["sell stop 0.1", "sell takeProfit 0.1"]);
  });

  it("F16: a fill that comes before the answer implies that the order was taken", async () => {
    const rig = await started();
    rig.gateway.fault("submit", { kind: "delay", ms: 0 });
    rig.gateway.hold();
    rig.expert.buy();
    await rig.pass(20);
    rig.gateway.release((messages) => messages.toReversed());
    await rig.pass(1_000);
    expect(rig.reports).toEqual(["fill me1-1"]);
    expect(rig.core.orders.table.finished().map(({ status, orderId }) => [status, orderId !== ""])).toEqual([["filled", true]]);
  });

  it("F17: an order that was taken early and refused later ends as cancelled, which is a legal step", async () => {
    const rig = await started();
    rig.gateway.fault("submit", { kind: "reply", value: { kind: "acknowledged", orderId: "8389765489680951453" } });
    rig.expert.buy({ price: 48_000 });
    await rig.pass(100);
    rig.exchange.tracker.applyOrder({
      clientOrderId: "me1-1",
      orderId: "8389765489680951453",
      symbol: rig.symbol,
      side: "buy",
      positionSide: "net",
      type: "limit",
      quantity: 0.1,
      timeInForce: "GTC",
      reduceOnly: false,
      status: "rejected",
      filledQuantity: 0,
      averagePrice: NaN,
      updatedAt: rig.scheduler.now(),
      reason: "insufficient margin",
    });
    await rig.pass(1_000);
    expect(rig.reports).toEqual(["accepted me1-1", "cancelled me1-1"]);
    expect(rig.core.orders.table.finished().map(({ reason }) => reason)).toEqual(["insufficient margin"]);
  });

  it("F18: an answer without the order's id is no proof: the order is asked for by our own", async () => {
    const rig = await started();
    rig.gateway.isStalled = true;
    rig.gateway.fault("submit", { kind: "reply", value: { kind: "acknowledged", orderId: "" }, isDone: true });
    rig.expert.buy({ price: 48_000 });
    await rig.pass(2_000);
    expect(rig.reports).toEqual(["unknown me1-1", "accepted me1-1"]);
    expect(rig.gateway.sent.filter((line) => line.startsWith("findOrder"))).toEqual(["findOrder me1-1"]);
  });

  it("F22: ids beyond 2^53 come through unchanged, and a cancel hits the order they name", async () => {
    const rig = await started();
    const outcome = rig.expert.buy({ price: 48_000 });
    await rig.pass(1_000);
    const [order] = rig.core.orders.open();
    expect(order?.orderId).toBe(rig.venue.openOrders(rig.symbol)[0]?.orderId);
    expect(BigInt(order?.orderId ?? "0")).toBeGreaterThan(2n ** 53n);
    if (outcome.accepted) rig.expert.cancel(outcome.order.clientOrderId);
    await rig.pass(1_000);
    expect(rig.venueOrders()).toEqual(["buy limit 0.1 cancelled"]);
  });
});
