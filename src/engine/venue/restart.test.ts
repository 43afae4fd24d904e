import { describe, expect, it } from "vitest";
import { VenueRig } from "../../../test/engine/venue-rig.ts";

const HOUR = 3_600_000;

async function started(options: ConstructorParameters<typeof VenueRig>[0] = {}): Promise<VenueRig> {
  const rig = new VenueRig(options);
  await rig.start();
  return rig;
}

const open = (rig: VenueRig): string[] => rig.core.orders.open().map(({ clientOrderId, status }) => `${clientOrderId} ${status}`);

describe("a restart", () => {
  it("takes up orders that work and books what they filled meanwhile, once", async () => {
    const rig = await started();
    rig.expert.buy({ price: 49_000, quantity: 0.2 });
    await rig.pass(1_000);
    rig.fillAtVenue("me1-1", 0.25);
    await rig.pass(1_000);
    rig.kill();
    rig.fillAtVenue("me1-1", 0.5);
    await rig.pass(HOUR);
    await rig.start();
    expect([rig.booked(), rig.held()]).toEqual([0.125, 0.125]);
    expect(open(rig)).toEqual(["me1-1 partiallyFilled"]);
    expect(rig.core.portfolio.wallet).toBeCloseTo(rig.wallet(), 8);
  });

  it("books what filled while nobody listened before what the stream tells at once", async () => {
    const rig = await started();
    rig.expert.buy({ price: 49_000, quantity: 0.2 });
    rig.expert.buy({ price: 48_000, quantity: 0.2 });
    await rig.pass(1_000);
    rig.kill();
    rig.fillAtVenue("me1-1", 1);
    await rig.pass(60_000);
    // The answer to the first question takes a while; the stream is quick.
    const restarted = rig.start((gateway) => gateway.fault("openOrders", { kind: "delay", ms: 500 }));
    await rig.pass(300);
    rig.fillAtVenue("me1-2", 1);
    await restarted;
    await rig.pass(2_000);
    expect(rig.journal.fills.map(({ clientOrderId }) => clientOrderId)).toEqual(["me1-1", "me1-2"]);
  });

  it("does not wait long for older fills where the exchange does not answer", async () => {
    const rig = await started();
    rig.expert.buy({ price: 49_000, quantity: 0.2 });
    rig.expert.buy({ price: 48_000, quantity: 0.2 });
    await rig.pass(1_000);
    rig.gateway.streamDown();
    rig.fillAtVenue("me1-1", 1);
    rig.gateway.fault("openOrders", { kind: "delay", ms: 30_000 });
    rig.gateway.streamUp();
    await rig.pass(300);
    rig.fillAtVenue("me1-2", 1);
    await rig.pass(1_000);
    expect(rig.booked()).toBeCloseTo(0.2, 9);
    await rig.pass(60_000);
    expect(rig.booked()).toBeCloseTo(0.4, 9);
  });

  it("F01: an order that was sent and never answered before the end is found by its name", async () => {
    const rig = await started();
    rig.gateway.hold();
    rig.gateway.fault("submit", { kind: "dropResponse" });
    rig.expert.buy();
    await rig.pass(100);
    rig.kill();
    await rig.pass(60_000);
    await rig.start();
    await rig.pass(5_000);
    expect([rig.booked(), rig.held(), open(rig)]).toEqual([0.1, 0.1, []]);
    expect(rig.gateway.count("submit")).toBe(0);
  });

  it("F02: an order that was written down and never left ends as expired, and is not sent by the next start", async () => {
    const rig = await started();
    rig.gateway.fault("submit", { kind: "dropRequest" });
    rig.expert.buy();
    await rig.pass(100);
    rig.kill();
    await rig.start();
    expect(open(rig)).toEqual(["me1-1 unknown"]);
    await rig.pass(60_000);
    expect([open(rig), rig.venueOrders(), rig.gateway.count("submit")]).toEqual([[], [], 0]);
  });

  it("F08: a wish to cancel outlives the process", async () => {
    const rig = await started();
    rig.expert.buy({ price: 49_000 });
    await rig.pass(1_000);
    rig.gateway.fault("cancel", { kind: "dropRequest" });
    rig.expert.cancel("me1-1");
    await rig.pass(100);
    rig.kill();
    await rig.pass(10_000);
    await rig.start();
    await rig.pass(5_000);
    expect([open(rig), rig.venueOrders()]).toEqual([[], ["buy limit 0.1 cancelled"]]);
  });

  it("F27: everything that happened while the process was away is booked before it trades", async () => {
    const rig = await started();
    for (const price of [49_000, 48_900]) rig.expert.buy({ price });
    await rig.pass(1_000);
    rig.kill();
    rig.fillAtVenue("me1-1", 1);
    rig.venue.operator.cancel({ clientOrderId: "me1-2" }, "by its owner");
    await rig.pass(HOUR);
    await rig.start();
    expect([rig.booked(), open(rig)]).toEqual([0.1, []]);
    expect(rig.core.orders.table.finished().map(({ status }) => status)).toEqual(["filled", "cancelled"]);
  });

  it("F39: an order that was cancelled and forgotten by the exchange while we were away is resolved from what is held", async () => {
    const rig = await started();
    rig.expert.buy({ price: 49_000 });
    await rig.pass(1_000);
    rig.kill();
    rig.venue.operator.cancel({ clientOrderId: "me1-1" }, "by its owner");
    await rig.pass(4 * 24 * HOUR);
    rig.venue.operator.forget(0);
    await rig.start();
    expect(open(rig)).toEqual(["me1-1 open"]);
    await rig.pass(90_000);
    expect(open(rig)).toEqual([]);
    const [order] = rig.core.orders.table.finished();
    expect(order).toMatchObject({ status: "cancelled", reason: "the exchange no longer knows the order, and it has no other fill" });
  });

  it("F39: beyond the exchange's memory a position that differs leaves the order unresolved, and the operator is told", async () => {
    const rig = await started();
    rig.expert.buy({ price: 49_000 });
    await rig.pass(1_000);
    rig.kill();
    rig.venue.operator.cancel({ clientOrderId: "me1-1" }, "by its owner");
    await rig.pass(4 * 24 * HOUR);
    rig.venue.operator.forget(0);
    rig.venue.operator.placeExternal({ symbol: rig.symbol, side: "buy", type: "market", quantity: 0.1 });
    await rig.start();
    await rig.pass(HOUR);
    expect(open(rig)).toEqual(["me1-1 open"]);
    expect(rig.alarms.filter((text) => text.includes("no longer remembers"))).toHaveLength(1);
  });

  it("an order in doubt is proven to be absent also when no process lives long enough to wait for it", async () => {
    const rig = await started();
    rig.gateway.fault("submit", { kind: "dropRequest" });
    rig.expert.buy();
    await rig.pass(6_000);
    for (let life = 0; life < 5; life += 1) {
      rig.kill();
      await rig.start();
      await rig.pass(5_000);
    }
    expect([open(rig), rig.venueOrders()]).toEqual([[], []]);
  });

  it("F40: orders at the exchange that no record names are left alone, and the operator is told once", async () => {
    const rig = await started();
    rig.venue.operator.placeExternal({
      symbol: rig.symbol,
      side: "buy",
      type: "limit",
      quantity: 0.1,
      price: 48_000,
      clientOrderId: "meOld-7",
    });
    await rig.pass(120_000);
    expect(rig.openAtVenue()).toEqual(["buy limit 0.1"]);
    expect(rig.alarms.filter((text) => text.includes("meOld-7"))).toHaveLength(1);
    expect(rig.gateway.count("cancel")).toBe(0);
  });

  it("F52: funding around the end of a process is booked once and in its exact amount", async () => {
    const rig = await started();
    rig.expert.buy();
    await rig.pass(1_000);
    rig.venue.operator.fund(rig.symbol, 0.001);
    await rig.pass(1_000);
    rig.kill();
    rig.venue.operator.fund(rig.symbol, 0.0005);
    await rig.pass(3 * HOUR);
    rig.venue.operator.fund(rig.symbol, -0.0002);
    await rig.start();
    await rig.pass(120_000);
    const paid = rig.venue.transfers().reduce((sum, { amount }) => sum - amount, 0);
    expect(rig.core.portfolio.funding).toBeCloseTo(paid, 9);
    expect(rig.core.portfolio.wallet).toBeCloseTo(rig.wallet(), 8);
    // Three payments, and nothing booked as coming from nowhere.
    expect(rig.journal.transfers.map(({ kind }) => kind)).toEqual(["funding", "funding", "funding"]);
  });

  it("F52: what the stream has lost is found after the end, though it has told of later things since", async () => {
    const rig = await started();
    rig.gateway.down.add("transfersSince");
    rig.gateway.isStalled = true;
    rig.venue.operator.transfer("USDT", 70);
    await rig.pass(180_000);
    rig.gateway.isStalled = false;
    rig.venue.operator.transfer("USDT", 5);
    await rig.pass(1_000);
    expect(rig.journal.transfers.map(({ amount }) => amount)).toEqual([5]);
    rig.kill();
    await rig.start();
    await rig.pass(5_000);
    expect(rig.journal.transfers.map(({ amount }) => amount)).toEqual([5, 70]);
    expect(rig.core.portfolio.wallet).toBeCloseTo(rig.wallet(), 8);
  });

  it("what was asked for and answered is not asked for again, and days without a fill make no question longer", async () => {
    const rig = await started();
    await rig.pass(120_000);
    rig.expert.buy();
    rig.venue.operator.transfer("USDT", 5);
    await rig.pass(120_000);
    const told = rig.exchange.tracker.seenUntil();
    expect(rig.journal.latest.kept().states.get("seenUntil")).toEqual(told);
    expect(told.transfers).toBe(rig.journal.transfers[0]?.time);
    expect(told.fills[rig.symbol]).toBe(rig.journal.fills[0]?.time);
    rig.kill();
    await rig.pass(50 * HOUR);
    await rig.start();
    await rig.pass(1_000);
    const { fills, transfers } = rig.exchange.tracker.seenUntil();
    const halfDayAgo = rig.scheduler.now() - 12 * HOUR - 10_000;
    expect(Math.min(fills[rig.symbol] ?? NaN, transfers)).toBeGreaterThan(halfDayAgo);
    expect(rig.journal.transfers).toHaveLength(1);
  });

  it("two restarts in a row change nothing the second time", async () => {
    const rig = await started({ risk: { stopLossPct: 2, takeProfitPct: 2 } });
    rig.expert.buy();
    await rig.pass(3_000);
    rig.kill();
    await rig.pass(10_000);
    await rig.start();
    await rig.pass(5_000);
    const state = { ...rig.core.portfolio.state(), orders: open(rig) };
    const reports = rig.reports.length;
    rig.kill();
    await rig.start();
    await rig.pass(5_000);
    expect({ ...rig.core.portfolio.state(), orders: open(rig) }).toEqual(state);
    expect(rig.reports).toHaveLength(reports);
  });

  it("does not ask for trades from before those whose ids are remembered", async () => {
    const rig = await started();
    rig.expert.buy({ price: 49_000 });
    await rig.pass(1_000);
    // Far more than a journal remembers, long after the order that is still open was made.
    for (let count = 0; count < 2_100; count += 1) rig.journal.fill(pastFill(rig, count));
    rig.kill();
    await rig.pass(10 * HOUR);
    await rig.start();
    const asked = rig.exchange.tracker.oldestAsked(rig.symbol);
    const { latest } = rig.journal;
    expect(asked).toBeGreaterThanOrEqual(latest.kept().fills[0]?.time ?? NaN);
  });
});

function pastFill(rig: VenueRig, count: number) {
  const time = rig.scheduler.now() + HOUR + count * 10_000;
  const names = { tradeId: `past-${count}`, orderId: "1", clientOrderId: "me0-1", symbol: rig.symbol, positionSide: "net" as const };
  const what = { side: count % 2 === 0 ? ("buy" as const) : ("sell" as const), price: 50_000, quantity: 0.001, fee: 0, feeAsset: "USDT" };
  return { ...names, ...what, liquidity: "taker" as const, time, purpose: "entry" as const };
}
