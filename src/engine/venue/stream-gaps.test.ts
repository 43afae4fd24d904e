import { describe, expect, it } from "vitest";
import { VenueRig } from "../../../test/engine/venue-rig.ts";

async function started(options: ConstructorParameters<typeof VenueRig>[0] = {}): Promise<VenueRig> {
  const rig = new VenueRig(options);
  await rig.start();
  return rig;
}

/** Three resting orders that can be filled whenever a test wants. */
async function withThreeOrders(): Promise<VenueRig> {
  const rig = await started();
  for (const price of [49_000, 48_900, 48_800]) rig.expert.buy({ price });
  await rig.pass(1_000);
  return rig;
}

const fillAll = (rig: VenueRig): void => {
  for (const id of ["me1-1", "me1-2", "me1-3"]) rig.fillAtVenue(id, 1);
};

describe("a private stream with gaps", () => {
  it("F27: fills missed while the stream was down for 40 seconds are booked after it is back, before the account counts as seen", async () => {
    const rig = await withThreeOrders();
    rig.gateway.streamDown();
    fillAll(rig);
    await rig.pass(5_000);
    // Without the stream no risk is added.
    expect(rig.expert.buy()).toMatchObject({ accepted: false });
    await rig.pass(35_000);
    rig.gateway.streamUp();
    await rig.pass(1_000);
    expect([rig.booked(), rig.held(), rig.journal.fills.length]).toEqual([0.3, 0.3, 3]);
    expect(rig.expert.buy().accepted).toBe(true);
  });

  it("F27: fills missed long ago are found although the stream tells of a new one before anybody asks", async () => {
    const rig = await withThreeOrders();
    // Neither the stream nor the questions hear of the first two.
    rig.gateway.isStalled = true;
    rig.gateway.down.add("fillsSince");
    rig.fillAtVenue("me1-1", 1);
    rig.fillAtVenue("me1-2", 1);
    await rig.pass(600_000);
    rig.gateway.isStalled = false;
    rig.fillAtVenue("me1-3", 1);
    await rig.pass(1_000);
    expect(rig.booked()).toBe(0.1);
    rig.gateway.down.clear();
    await rig.pass(10_000);
    expect([rig.booked(), rig.held()]).toEqual([0.3, 0.3]);
  });

  it("F28: a stream that repeats everything and a history that overlaps it book each trade once", async () => {
    const rig = await withThreeOrders();
    rig.gateway.copies = 3;
    fillAll(rig);
    await rig.pass(1_000);
    rig.gateway.streamDown();
    rig.gateway.streamUp();
    await rig.pass(5_000);
    expect([rig.booked(), rig.journal.fills.length]).toEqual([0.3, 3]);
    expect(new Set(rig.journal.fills.map(({ tradeId }) => tradeId)).size).toBe(3);
  });

  it("F28: trades without an id are told apart by order, time, price and size", async () => {
    const rig = await withThreeOrders();
    rig.gateway.hold();
    fillAll(rig);
    await rig.pass(100);
    const { tracker } = rig.exchange;
    const fills = rig.venue.fills(rig.symbol).map((fill) => ({ ...fill, tradeId: "" }));
    for (const fill of [...fills, ...fills]) tracker.applyFill(fill);
    await rig.pass(100);
    expect(rig.booked()).toBe(0.3);
  });

  it("F28: a trade that the history shows later than the one after it is found all the same", async () => {
    const rig = await withThreeOrders();
    rig.gateway.isStalled = true;
    rig.fillAtVenue("me1-1", 1);
    await rig.pass(20_000);
    rig.fillAtVenue("me1-2", 1);
    const [, second] = rig.venue.fills(rig.symbol);
    // A history that lags shows the second alone, as often as it is asked in one round.
    const value = [second];
    rig.gateway.fault("fillsSince", { kind: "reply", value }, { kind: "reply", value });
    await rig.pass(60_000);
    expect(rig.booked()).toBe(0.2);
  });

  it("F28: a trade without our name is booked when the stream names its order, and need not be asked for again", async () => {
    const rig = new VenueRig();
    await rig.start();
    rig.gateway.hold();
    rig.gateway.fault("submit", { kind: "dropResponse" });
    rig.expert.buy();
    await rig.pass(100);
    const [fill] = rig.venue.fills(rig.symbol);
    if (fill !== undefined) rig.exchange.tracker.applyFill({ ...fill, clientOrderId: "" });
    for (const call of ["fillsSince", "findOrder", "openOrders"] as const) rig.gateway.down.add(call);
    const state = rig.venue.order(rig.symbol, { clientOrderId: "me1-1" });
    if (state !== undefined) rig.exchange.tracker.applyOrder(state);
    await rig.pass(100);
    expect([rig.booked(), rig.core.orders.openCount]).toEqual([0.1, 0]);
  });

  it("an order that seemed to be gone and is found again is no longer in doubt, and nobody asks about it any more", async () => {
    const rig = await withThreeOrders();
    const absent = { kind: "reply", value: { kind: "absent", reason: "-2013" } } as const;
    rig.gateway.fault("openOrders", { kind: "reply", value: [] });
    rig.gateway.fault("findOrder", absent, absent, absent, absent);
    await rig.pass(60_000);
    expect(rig.exchange.tracker.live().map(({ isUnknown, isPursued }) => [isUnknown, isPursued])).toEqual([
      [false, false],
      [false, false],
      [false, false],
    ]);
    expect(rig.core.orders.open().map(({ status }) => status)).toEqual(["open", "open", "open"]);
  });

  it("F29: nothing is inferred from a state: the real fill comes later and is the only one", async () => {
    const rig = await withThreeOrders();
    rig.gateway.hold();
    rig.gateway.down.add("fillsSince");
    rig.fillAtVenue("me1-1", 1);
    const state = rig.venue.order(rig.symbol, { clientOrderId: "me1-1" });
    if (state !== undefined) rig.exchange.tracker.applyOrder(state);
    await rig.pass(10_000);
    expect([state?.status, rig.booked()]).toEqual(["filled", 0]);
    rig.gateway.release();
    await rig.pass(1_000);
    expect([rig.booked(), rig.journal.fills.length]).toEqual([0.1, 1]);
  });

  it("F30: a stream that is silent for hours while fills happen is found out by the questions", async () => {
    const rig = await withThreeOrders();
    rig.gateway.isStalled = true;
    fillAll(rig);
    await rig.pass(35_000);
    expect([rig.booked(), rig.core.orders.openCount]).toEqual([0.3, 0]);
  });

  it("F34: messages of order, account and position in reverse change nothing about the outcome", async () => {
    const rig = await withThreeOrders();
    rig.gateway.hold();
    fillAll(rig);
    await rig.pass(100);
    rig.gateway.release((messages) => messages.toReversed());
    await rig.pass(5_000);
    expect([rig.booked(), rig.journal.fills.length, rig.core.orders.openCount]).toEqual([0.3, 3, 0]);
    expect(rig.journal.notes("drift")).toEqual([]);
  });

  it("F34: an old state that comes after the end of an order brings nothing back", async () => {
    const rig = await withThreeOrders();
    const old = rig.venue.order(rig.symbol, { clientOrderId: "me1-1" });
    rig.expert.cancel("me1-1");
    await rig.pass(1_000);
    if (old !== undefined) rig.exchange.tracker.applyOrder(old);
    await rig.pass(1_000);
    expect(rig.core.orders.open().map(({ clientOrderId }) => clientOrderId)).toEqual(["me1-2", "me1-3"]);
  });

  it("F38: 1,200 fills in a gap are booked, each once, those of one millisecond too", async () => {
    const rig = await started();
    rig.expert.buy({ price: 49_000, quantity: 1 });
    await rig.pass(1_000);
    rig.gateway.streamDown();
    for (let part = 0; part < 1_000; part += 1) rig.fillAtVenue("me1-1", 1 / (1_000 - part));
    rig.gateway.streamUp();
    await rig.pass(5_000);
    expect([rig.booked(), rig.journal.fills.length]).toEqual([1, rig.venue.fills(rig.symbol).length]);
    expect(rig.journal.fills.length).toBeGreaterThan(900);
  });

  it("F41: a fill between the questions about orders and positions is no difference", async () => {
    const rig = await withThreeOrders();
    rig.gateway.isStalled = true;
    rig.gateway.fault("positions", { kind: "delay", ms: 1_000 });
    rig.gateway.streamDown();
    rig.gateway.streamUp();
    await rig.pass(300);
    fillAll(rig);
    await rig.pass(30_000);
    expect([rig.booked(), rig.held(), rig.journal.notes("drift")]).toEqual([0.3, 0.3, []]);
  });

  it("F42: comparing twice changes nothing the second time", async () => {
    const rig = await withThreeOrders();
    rig.gateway.streamDown();
    fillAll(rig);
    rig.gateway.streamUp();
    await rig.pass(3_000);
    const reports = rig.reports.length;
    const state = rig.core.portfolio.state();
    for (let round = 0; round < 3; round += 1) {
      rig.gateway.streamDown();
      rig.gateway.streamUp();
      await rig.pass(3_000);
    }
    expect(rig.reports).toHaveLength(reports);
    expect(rig.core.portfolio.state()).toEqual(state);
  });

  it("the account counts as seen only when a round of questions was answered on one and the same connection", async () => {
    const rig = await started();
    rig.gateway.streamDown();
    rig.gateway.fault("positions", { kind: "delay", ms: 1_500 });
    rig.gateway.streamUp();
    await rig.pass(500);
    expect(rig.expert.buy().accepted).toBe(false);
    // It goes and comes in the midst of the questions: what it missed is for the next round.
    rig.gateway.streamDown();
    rig.gateway.streamUp();
    rig.gateway.fault("openOrders", { kind: "delay", ms: 1_000 });
    await rig.pass(1_500);
    expect(rig.expert.buy().accepted).toBe(false);
    await rig.pass(3_000);
    expect(rig.expert.buy().accepted).toBe(true);
  });

  it("the two ends of a market order that the stream keeps quiet about are asked for after two seconds", async () => {
    const rig = await started();
    rig.gateway.isStalled = true;
    rig.expert.buy();
    await rig.pass(3_000);
    expect(rig.booked()).toBe(0.1);
  });
});
