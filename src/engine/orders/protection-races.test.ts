import { describe, expect, it } from "vitest";
import { VenueRig, type VenueRigOptions } from "../../../test/engine/venue-rig.ts";

const PROTECTED = { risk: { stopLossPct: 2, takeProfitPct: 2 } } as const;

async function started(options: VenueRigOptions = PROTECTED): Promise<VenueRig> {
  const rig = new VenueRig(options);
  await rig.start();
  return rig;
}

/** An entry of 1 that has filled for 0.3, with its legs in place. */
async function partlyFilled(options: VenueRigOptions = PROTECTED): Promise<VenueRig> {
  const rig = await started(options);
  rig.expert.buy({ price: 49_900, quantity: 1 });
  await rig.pass(500);
  rig.fillAtVenue("me1-1", 0.3);
  await rig.pass(1_000);
  return rig;
}

const idOf = (rig: VenueRig, type: string): string => rig.core.orders.open().find((order) => order.type === type)?.clientOrderId ?? "";
const legs = (rig: VenueRig): string[] =>
  rig.venue
    .openOrders(rig.symbol)
    .filter(({ side }) => side === "sell")
    .map(({ type, quantity, filledQuantity }) => `${type} ${Math.round((quantity - filledQuantity) * 1_000) / 1_000}`)
    .toSorted();
const busy = { kind: "reply" as const, value: { kind: "rejected", rejectClass: "busy", code: "-1008", reason: "busy" } };

describe("protection while things cross", () => {
  it("a stop that has filled in part covers what is left, and not more or less, when the entry fills on", async () => {
    const rig = await partlyFilled();
    rig.fillAtVenue(idOf(rig, "stop"), 1 / 3);
    await rig.pass(500);
    rig.fillAtVenue("me1-1", 1);
    // At once, and not only when the guard looks.
    await rig.pass(300);
    expect([rig.booked(), legs(rig)]).toEqual([0.9, ["stop 0.9", "takeProfit 0.9"]]);
  });

  it("a stop that the exchange takes away while its replacement is on its way leaves one stop, not two", async () => {
    const rig = await partlyFilled();
    const old = idOf(rig, "stop");
    rig.gateway.fault("submit", { kind: "delay", ms: 1_200 });
    rig.expert.amend(old, { triggerPrice: 49_500 });
    rig.venue.operator.cancel({ clientOrderId: old }, "maintenance");
    await rig.pass(10_000);
    expect(legs(rig)).toEqual(["stop 0.3", "takeProfit 0.3"]);
    // It is the stop now: it grows with the entry and goes with the position.
    rig.fillAtVenue("me1-1", 1);
    await rig.pass(300);
    expect(legs(rig)).toEqual(["stop 1", "takeProfit 1"]);
    rig.expert.closePosition();
    await rig.pass(5_000);
    expect(legs(rig)).toEqual([]);
  });

  it("the same over a restart: what was to replace a stop that is gone is the stop", async () => {
    const rig = await partlyFilled();
    const old = idOf(rig, "stop");
    rig.gateway.hold();
    rig.gateway.fault("submit", { kind: "dropResponse" });
    rig.expert.amend(old, { triggerPrice: 49_500 });
    await rig.pass(100);
    rig.gateway.release((messages) => messages.filter(() => false));
    rig.venue.operator.cancel({ clientOrderId: old }, "maintenance");
    await rig.pass(100);
    expect(rig.core.orders.get(old)).toBeUndefined();
    rig.kill();
    await rig.start();
    await rig.pass(60_000);
    expect(legs(rig)).toEqual(["stop 0.3", "takeProfit 0.3"]);
  });

  it("an entry that filled on after its stop had fired is protected by the next start as well", async () => {
    const rig = await partlyFilled();
    rig.fillAtVenue(idOf(rig, "stop"), 1);
    await rig.pass(1_000);
    rig.kill();
    rig.fillAtVenue("me1-1", 0.5);
    await rig.start();
    await rig.pass(10_000);
    expect([rig.booked(), legs(rig)]).toEqual([0.35, ["stop 0.35", "takeProfit 0.35"]]);
  });

  it("a stop that is accepted and taken away again and again is given up, and the position is closed", async () => {
    const rig = await started({ risk: { stopLossPct: 2 } });
    rig.venue.listen((event) => {
      if (event.kind !== "order" || event.order.type !== "stop" || event.order.status !== "open") return;
      const { clientOrderId } = event.order;
      rig.scheduler.after(1_500, () => rig.venue.operator.cancel({ clientOrderId }, "a bug of the exchange"));
    });
    rig.expert.buy();
    await rig.pass(120_000);
    expect([rig.booked(), rig.held()]).toEqual([0, 0]);
    expect(rig.gateway.count("submit")).toBeLessThan(10);
  });

  it("is minded by our own clock, also when the exchange's is an hour ahead", async () => {
    const rig = await started({ risk: { stopLossPct: 2 } });
    rig.expert.buy();
    await rig.pass(3_000);
    const time = rig.scheduler.now() + 3_600_000;
    rig.life.push({
      kind: "report",
      report: { kind: "transfer", time, transfer: { kind: "transfer", id: "x", asset: "BNB", amount: 1, time } },
    });
    rig.gateway.fault("submit", busy, busy);
    rig.venue.operator.cancel({ clientOrderId: idOf(rig, "stop") }, "maintenance");
    await rig.pass(15_000);
    expect(legs(rig)).toEqual(["stop 0.1"]);
  });

  it("F51: a stop that is too large after a deleveraging and cannot be made smaller is no reason to close", async () => {
    const rig = await started({ risk: { stopLossPct: 2 } });
    rig.expert.buy();
    await rig.pass(3_000);
    rig.gateway.fault("submit", ...Array.from({ length: 100 }, () => busy));
    rig.venue.operator.deleverage(rig.symbol, 0.5);
    await rig.pass(120_000);
    expect([rig.booked(), legs(rig)]).toEqual([0.05, ["stop 0.1"]]);
    rig.gateway.clearFaults();
    await rig.pass(120_000);
    expect(legs(rig)).toEqual(["stop 0.05"]);
  });

  it("a stop whose replacement is on its way goes with the target's fill, and so does the replacement", async () => {
    const rig = await started();
    rig.expert.buy();
    rig.expert.buy({ quantity: 0.2 });
    await rig.pass(3_000);
    rig.gateway.fault("submit", { kind: "delay", ms: 800 });
    rig.expert.amend(idOf(rig, "stop"), { triggerPrice: 49_500 });
    // The other entry keeps the position open, so that only the filled target takes its stops away.
    rig.fillAtVenue(idOf(rig, "takeProfit"), 1);
    await rig.pass(10_000);
    expect([rig.booked(), legs(rig)]).toEqual([0.2, ["stop 0.2", "takeProfit 0.2"]]);
  });

  it("on spot a close in the midst of placing legs anew is not overtaken by them", async () => {
    const rig = await started({ ...PROTECTED, market: "spot" });
    rig.expert.buy();
    await rig.pass(3_000);
    rig.gateway.fault("cancel", { kind: "delay", ms: 300 }, { kind: "delay", ms: 300 });
    rig.expert.amend(idOf(rig, "stop"), { triggerPrice: 49_500 });
    rig.expert.closePosition();
    await rig.pass(10_000);
    expect([rig.booked(), rig.openAtVenue(), rig.gateway.count("submitGroup")]).toEqual([0, [], 1]);
  });
});
