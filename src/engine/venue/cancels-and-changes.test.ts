import { describe, expect, it } from "vitest";
import { VenueRig } from "../../../test/engine/venue-rig.ts";
import type { VenueOrder } from "../venue-facts.ts";

async function resting(options: ConstructorParameters<typeof VenueRig>[0] = {}): Promise<VenueRig> {
  const rig = new VenueRig(options);
  await rig.start();
  rig.expert.buy({ price: 49_000 });
  await rig.pass(1_000);
  return rig;
}

const statuses = (rig: VenueRig): string[] => [...rig.core.orders.table.finished(), ...rig.core.orders.open()].map(({ status }) => status);

describe("a wish to cancel", () => {
  it("F08: a cancel whose answer is lost stays a wish, and a fill that comes instead is taken", async () => {
    const rig = await resting();
    rig.gateway.fault("cancel", { kind: "dropRequest" });
    rig.expert.cancel("me1-1");
    await rig.pass(100);
    expect(rig.core.orders.open().map(({ status, cancelRequested }) => [status, cancelRequested])).toEqual([["open", true]]);
    rig.fillAtVenue("me1-1", 1);
    await rig.pass(20_000);
    expect([statuses(rig), rig.booked()]).toEqual([["filled"], 0.1]);
  });

  it("F08: a cancel that was never heard is asked for again until the order has ended", async () => {
    const rig = await resting();
    rig.gateway.fault("cancel", { kind: "dropRequest" }, { kind: "dropRequest" }, { kind: "dropRequest" });
    rig.expert.cancel("me1-1");
    await rig.pass(60_000);
    expect(rig.gateway.count("cancel")).toBe(4);
    expect(rig.venueOrders()).toEqual(["buy limit 0.1 cancelled"]);
    expect(statuses(rig)).toEqual(["cancelled"]);
  });

  it("F08: a cancel that is carried out while its answer and the stream are lost is found", async () => {
    const rig = await resting();
    rig.gateway.isStalled = true;
    rig.gateway.fault("cancel", { kind: "dropResponse" });
    rig.expert.cancel("me1-1");
    await rig.pass(5_000);
    expect([rig.gateway.count("cancel"), statuses(rig)]).toEqual([1, ["cancelled"]]);
  });

  it("F09: -2011 on a cancel ends nothing; hours later the order fills and is booked", async () => {
    const rig = await resting();
    const gone = { kind: "rejected", rejectClass: "gone", code: "-2011", reason: "Unknown order sent." };
    rig.gateway.fault("cancel", ...Array.from({ length: 5_000 }, () => ({ kind: "reply" as const, value: gone })));
    rig.expert.cancel("me1-1");
    await rig.pass(4 * 3_600_000);
    expect(statuses(rig)).toEqual(["open"]);
    rig.fillAtVenue("me1-1", 1);
    await rig.pass(1_000);
    expect([statuses(rig), rig.booked()]).toEqual([["filled"], 0.1]);
  });

  it("F09: an order that the exchange denies altogether is suspect until the bound, and what fills later is booked with an alarm", async () => {
    const rig = await resting();
    const gone = { kind: "rejected", rejectClass: "gone", code: "-2011", reason: "Unknown order sent." };
    const absent = { kind: "reply", value: { kind: "absent", reason: "-2013" } } as const;
    const none = { kind: "reply", value: [] } as const;
    rig.gateway.fault("cancel", { kind: "reply", value: gone });
    rig.gateway.fault("findOrder", ...Array.from({ length: 40 }, () => absent));
    rig.gateway.fault("openOrders", ...Array.from({ length: 40 }, () => none));
    rig.expert.cancel("me1-1");
    await rig.pass(15_000);
    expect(statuses(rig)).toEqual(["open"]);
    await rig.pass(60_000);
    expect(statuses(rig)).toEqual(["cancelled"]);
    rig.fillAtVenue("me1-1", 1);
    await rig.pass(1_000);
    expect(rig.booked()).toBe(0.1);
    expect(rig.journal.notes("lateFill")).toHaveLength(1);
  });

  it("F10: a cancel that races a full fill books one fill and no cancellation", async () => {
    const rig = await resting();
    rig.expert.cancel("me1-1");
    rig.fillAtVenue("me1-1", 1);
    await rig.pass(20_000);
    expect(rig.reports.filter((line) => !line.startsWith("accepted"))).toEqual(["fill me1-1"]);
    expect(statuses(rig)).toEqual(["filled"]);
  });

  it("F10: an order that is told as filled twice is filled once", async () => {
    const rig = await resting();
    rig.gateway.copies = 2;
    rig.fillAtVenue("me1-1", 1);
    await rig.pass(5_000);
    expect(rig.reports.filter((line) => line.startsWith("fill"))).toEqual(["fill me1-1"]);
  });

  it("a wish to cancel an order whose answer is still out goes to the exchange once it is known to be there", async () => {
    const rig = new VenueRig();
    await rig.start();
    rig.gateway.fault("submit", { kind: "delay", ms: 1_000 });
    rig.expert.buy({ price: 49_000 });
    rig.expert.cancel("me1-1");
    await rig.pass(500);
    expect(rig.gateway.count("cancel")).toBe(0);
    await rig.pass(2_000);
    expect([rig.gateway.count("cancel"), statuses(rig)]).toEqual([1, ["cancelled"]]);
  });

  it("F14: an order that the exchange cancels after a part of it has filled keeps the part, and its stop covers that", async () => {
    const rig = await resting({ risk: { stopLossPct: 2 } });
    rig.fillAtVenue("me1-1", 0.3);
    rig.venue.operator.cancel({ clientOrderId: "me1-1" }, "self-trade prevention");
    await rig.pass(5_000);
    expect([statuses(rig)[0], rig.booked(), rig.openAtVenue()]).toEqual(["cancelled", 0.03, ["sell stop 0.03"]]);
  });
});

describe("a change of an order", () => {
  const open = (rig: VenueRig) => rig.core.orders.open().map(({ quantity, price, filledQuantity }) => [quantity, price, filledQuantity]);

  it("is in the books when the exchange has taken it, and the order is the same one", async () => {
    const rig = await resting();
    rig.expert.amend("me1-1", { price: 49_100, quantity: 0.2 });
    await rig.pass(1_000);
    expect([open(rig), rig.openAtVenue()]).toEqual([[[0.2, 49_100, 0]], ["buy limit 0.2"]]);
  });

  it("F11: a change that is refused leaves the order as it was, and says so", async () => {
    const rig = await resting();
    rig.expert.amend("me1-1", { quantity: 5 });
    await rig.pass(1_000);
    expect(open(rig)).toEqual([[0.1, 49_000, 0]]);
    expect(rig.reports.at(-1)).toBe("requestRejected me1-1");
  });

  it("F11: a change without an answer is looked at when no copy of it can arrive any more", async () => {
    const rig = await resting();
    rig.gateway.fault("amend", { kind: "delay", ms: 10_000 });
    rig.expert.amend("me1-1", { price: 49_100 });
    await rig.pass(9_000);
    expect(open(rig)).toEqual([[0.1, 49_000, 0]]);
    await rig.pass(20_000);
    expect(open(rig)).toEqual([[0.1, 49_100, 0]]);
    expect(rig.gateway.count("amend")).toBe(1);
  });

  it("F11: a smaller quantity whose answer is lost ends the order when the exchange has filled that", async () => {
    const rig = await resting();
    rig.gateway.isStalled = true;
    rig.gateway.fault("amend", { kind: "dropResponse" });
    rig.expert.amend("me1-1", { quantity: 0.05 });
    await rig.pass(100);
    rig.fillAtVenue("me1-1", 1);
    await rig.pass(60_000);
    expect([rig.booked(), rig.held(), rig.core.orders.openCount]).toEqual([0.05, 0.05, 0]);
  });

  it("F11: fills up to the old quantity do not end an order that may have become larger", async () => {
    const rig = await resting();
    rig.gateway.fault("amend", { kind: "dropResponse" });
    rig.expert.amend("me1-1", { quantity: 0.2 });
    await rig.pass(100);
    rig.fillAtVenue("me1-1", 0.5);
    await rig.pass(1_000);
    expect([open(rig), rig.openAtVenue()]).toEqual([[[0.1, 49_000, 0.1]], ["buy limit 0.2"]]);
    await rig.pass(30_000);
    expect(open(rig)).toEqual([[0.2, 49_000, 0.1]]);
  });

  it("F11: a larger quantity that was refused after the old one had filled leaves a filled order", async () => {
    const rig = await resting();
    rig.gateway.fault("amend", { kind: "delay", ms: 300 });
    rig.expert.amend("me1-1", { quantity: 0.2 });
    rig.fillAtVenue("me1-1", 1);
    await rig.pass(5_000);
    expect([statuses(rig), rig.booked()]).toEqual([["filled"], 0.1]);
  });

  it("an order that its owner changes by hand is followed", async () => {
    const rig = await resting();
    rig.scheduler.advanceTo(rig.scheduler.now() + 10);
    rig.venue.amend(rig.symbol, { clientOrderId: "me1-1" }, { price: 48_500 });
    await rig.pass(1_000);
    expect(open(rig)).toEqual([[0.1, 48_500, 0]]);
  });

  it("what the stream says of the time before a change does not undo it", async () => {
    const rig = await resting();
    const before = rig.venue.order(rig.symbol, { clientOrderId: "me1-1" }) as VenueOrder;
    rig.scheduler.advanceTo(rig.scheduler.now() + 10);
    rig.expert.amend("me1-1", { price: 49_100 });
    await rig.pass(1_000);
    rig.exchange.tracker.applyOrder(before);
    await rig.pass(1_000);
    expect(open(rig)).toEqual([[0.1, 49_100, 0]]);
  });

  it("an entry that cannot be changed in place is taken back first: there are never two", async () => {
    const rig = new VenueRig({ risk: { stopLossPct: 2 } });
    await rig.start();
    rig.expert.buy({ triggerPrice: 51_000 });
    await rig.pass(1_000);
    rig.gateway.fault("cancel", { kind: "delay", ms: 500 });
    rig.expert.amend("me1-1", { triggerPrice: 51_500 });
    await rig.pass(400);
    expect(rig.openAtVenue()).toEqual(["buy stop 0.1"]);
    await rig.pass(2_000);
    expect(rig.venueOrders()).toEqual(["buy stop 0.1 cancelled", "buy stop 0.1 open"]);
    rig.venue.operator.movePrice(rig.symbol, 51_600);
    await rig.pass(3_000);
    // What takes its place brings the same protection along.
    expect([rig.booked(), rig.openAtVenue()]).toEqual([0.1, ["sell stop 0.1"]]);
  });

  it("an entry that fills while it is being taken back for a change is not entered a second time", async () => {
    const rig = new VenueRig();
    await rig.start();
    rig.expert.buy({ triggerPrice: 50_500 });
    await rig.pass(1_000);
    rig.gateway.fault("cancel", { kind: "delay", ms: 500 });
    rig.expert.amend("me1-1", { triggerPrice: 50_600 });
    rig.venue.operator.movePrice(rig.symbol, 50_700);
    await rig.pass(10_000);
    expect([rig.booked(), rig.held(), rig.openAtVenue()]).toEqual([0.1, 0.1, []]);
    expect(rig.gateway.count("submit")).toBe(1);
  });
});
