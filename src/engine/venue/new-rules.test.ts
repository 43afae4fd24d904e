import { describe, expect, it } from "vitest";
import { VenueRig, type VenueRigOptions } from "../../../test/engine/venue-rig.ts";
import type { Instrument } from "../../domain/instrument.ts";

async function started(options: VenueRigOptions = {}): Promise<VenueRig> {
  const rig = new VenueRig(options);
  await rig.start();
  return rig;
}

function change(rig: VenueRig, changes: Partial<Instrument>): void {
  rig.venue.operator.setInstrument({ ...rig.instruments[0], ...changes } as Instrument);
}

const reasons = (rig: VenueRig): string[] => rig.alarms.filter((text) => text.includes("new rules"));

describe("F19: when an exchange changes a symbol's rules", () => {
  it("an entry that is refused for it is made once more by the new ones, rounded down, and the position gets its stop", async () => {
    const rig = await started({ risk: { stopLossPct: 2 } });
    change(rig, { quantityStep: "0.01" });
    rig.expert.buy({ quantity: 0.128 });
    await rig.pass(5_000);
    expect(rig.venueOrders()).toEqual(["buy market 0.12 filled", "sell stop 0.12 open"]);
    expect(rig.reports.slice(0, 3)).toEqual(["rulesChanged", "rejected me1-1", "accepted me1-2"]);
    expect(reasons(rig)).toEqual([expect.stringContaining("quantityStep 0.01 (was 0.001)")]);
    expect(rig.expert.instrument().quantityStep).toBe("0.01");
  });

  it("later orders are made by them at once", async () => {
    const rig = await started();
    change(rig, { quantityStep: "0.01", priceStep: "1" });
    rig.expert.buy({ quantity: 0.128, price: 49_000.7 });
    await rig.pass(5_000);
    rig.expert.buy({ quantity: 0.057, price: 48_999.8 });
    await rig.pass(5_000);
    const open = rig.venue.openOrders(rig.symbol).map(({ quantity, price }) => `${quantity} at ${String(price)}`);
    expect(open).toEqual(["0.12 at 49001", "0.05 at 49000"]);
    expect(rig.gateway.count("submit")).toBe(3);
  });

  it("an order that is refused again is not made a third time", async () => {
    const rig = await started();
    change(rig, { quantityStep: "0.01" });
    const refusal = { kind: "rejected" as const, rejectClass: "grid" as const, code: "-1111", reason: "Precision is over the maximum." };
    rig.gateway.fault("submit", ...Array.from({ length: 9 }, () => ({ kind: "reply" as const, value: refusal })));
    rig.expert.buy({ quantity: 0.128 });
    await rig.pass(60_000);
    expect([rig.gateway.count("submit"), rig.core.orders.openCount, rig.venueOrders()]).toEqual([2, 0, []]);
  });

  it("an order that nothing is left of is refused and told, and so is one that the rules do not explain", async () => {
    const rig = await started();
    change(rig, { quantityStep: "0.01" });
    rig.expert.buy({ quantity: 0.004 });
    await rig.pass(20_000);
    const refusal = { kind: "rejected" as const, rejectClass: "grid" as const, code: "-1111", reason: "Precision is over the maximum." };
    rig.gateway.fault("submit", { kind: "reply", value: refusal });
    rig.expert.buy({ quantity: 0.02 });
    await rig.pass(20_000);
    expect([rig.gateway.count("submit"), rig.venueOrders()]).toEqual([2, []]);
  });

  it("a position of the finer step is protected and closed as far as the new one goes", async () => {
    const rig = await started({ risk: { stopLossPct: 2 } });
    rig.expert.buy({ quantity: 0.128 });
    await rig.pass(3_000);
    change(rig, { quantityStep: "0.01" });
    rig.venue.operator.cancel({ clientOrderId: "me1-2" }, "by the exchange");
    await rig.pass(10_000);
    expect(rig.openAtVenue()).toEqual(["sell stop 0.12"]);
    rig.expert.closePosition();
    await rig.pass(5_000);
    expect(rig.held()).toBeCloseTo(0.008, 9);
    expect(rig.booked()).toBeCloseTo(0.008, 9);
  });

  it("an exchange that does not answer keeps no order waiting for long", async () => {
    const rig = await started({ rules: { instruments: () => new Promise(() => {}) } });
    change(rig, { quantityStep: "0.01" });
    rig.expert.buy({ quantity: 0.128 });
    await rig.pass(1_000);
    expect(rig.core.orders.openCount).toBe(1);
    await rig.pass(1_500);
    expect([rig.core.orders.openCount, rig.gateway.count("submit")]).toEqual([0, 1]);
  });
});
