import { describe, expect, it } from "vitest";
import { VenueRig, type VenueRigOptions } from "../../../test/engine/venue-rig.ts";

/** On spot a resting order binds what it would sell: stop and target go as one list, and whatever else sells has to wait for them. */
const SPOT = { market: "spot", risk: { stopLossPct: 2, takeProfitPct: 2 } } as const;

async function started(options: VenueRigOptions = SPOT): Promise<VenueRig> {
  const rig = new VenueRig(options);
  await rig.start();
  return rig;
}

async function entered(options: VenueRigOptions = SPOT): Promise<VenueRig> {
  const rig = await started(options);
  rig.expert.buy();
  await rig.pass(3_000);
  return rig;
}

const stopId = (rig: VenueRig): string => rig.core.orders.open().find(({ type }) => type === "stop")?.clientOrderId ?? "";

describe("stop and target on spot", () => {
  it("F20: go out as one list over what is left after a fee in what was bought", async () => {
    const rig = await entered();
    expect(rig.gateway.count("submitGroup")).toBe(1);
    // 0.1 less 0.1 %.
    expect(rig.openAtVenue()).toEqual(["sell stop 0.0999", "sell takeProfit 0.0999"]);
  });

  it("are taken away and placed anew when the entry fills on", async () => {
    const rig = await started();
    rig.expert.buy({ price: 49_900, quantity: 0.1 });
    await rig.pass(500);
    for (const share of [0.3, 0.5, 1]) {
      rig.fillAtVenue("me1-1", share);
      await rig.pass(2_000);
    }
    const held = rig.booked();
    // Three fees of a part of a step each do not take three whole ones.
    expect(held).toBe(0.0999);
    expect(rig.openAtVenue()).toEqual([`sell stop ${held}`, `sell takeProfit ${held}`]);
  });

  it("are placed anew when the exchange takes the stop away and says nothing of the target, which still binds the balance", async () => {
    const rig = await entered();
    rig.gateway.hold();
    rig.venue.operator.cancel({ clientOrderId: stopId(rig) }, "by the exchange");
    await rig.pass(100);
    rig.gateway.release((messages) => messages.slice(0, 1));
    await rig.pass(3_000);
    expect(rig.openAtVenue()).toEqual(["sell stop 0.0999", "sell takeProfit 0.0999"]);
    expect(rig.alarms.filter((text) => text.includes("insufficient"))).toEqual([]);
    expect(rig.held()).toBeGreaterThan(0.09);
  });

  it("are placed anew when the expert moves one of them, the other where it was", async () => {
    const rig = await entered();
    rig.expert.amend(stopId(rig), { triggerPrice: 49_500 });
    await rig.pass(3_000);
    const open = rig.venue.openOrders(rig.symbol).map(({ type, triggerPrice }) => [type, triggerPrice]);
    expect(open[0]).toEqual(["stop", 49_500]);
    expect(open).toHaveLength(2);
  });

  it("make way for a close at the market, which waits until they are gone", async () => {
    const rig = await entered();
    const outcome = rig.expert.closePosition();
    expect(outcome.accepted).toBe(true);
    expect(rig.gateway.count("submit")).toBe(1);
    await rig.pass(5_000);
    expect([rig.booked(), rig.openAtVenue()]).toEqual([0, []]);
    expect(rig.gateway.count("submit")).toBe(2);
    expect(rig.core.portfolio.wallet).toBeCloseTo(rig.wallet(), 8);
  });

  it("that fire before they could make way leave the close with nothing to do", async () => {
    const rig = await entered();
    rig.gateway.fault("cancel", { kind: "delay", ms: 400 }, { kind: "delay", ms: 400 });
    rig.expert.closePosition();
    rig.venue.operator.movePrice(rig.symbol, 48_900);
    await rig.pass(20_000);
    expect([rig.booked(), rig.openAtVenue(), rig.gateway.count("submit")]).toEqual([0, [], 1]);
    expect(rig.core.orders.table.finished().find(({ type, purpose }) => type === "market" && purpose === "exit")).toMatchObject({
      status: "cancelled",
      reason: "nothing was left to do when its way was free",
    });
  });

  it("come back for what is left after a part was sold", async () => {
    const rig = await entered();
    rig.expert.sell({ quantity: 0.04 });
    await rig.pass(5_000);
    expect(rig.booked()).toBeCloseTo(0.0599, 6);
    expect(rig.openAtVenue()).toEqual(["sell stop 0.0599", "sell takeProfit 0.0599"]);
  });

  it("come back when the close that they made way for is refused", async () => {
    const rig = await entered();
    rig.gateway.fault("submit", { kind: "reply", value: { kind: "rejected", rejectClass: "busy", code: "-1008", reason: "busy" } });
    rig.expert.closePosition();
    await rig.pass(10_000);
    expect(rig.openAtVenue()).toEqual(["sell stop 0.0999", "sell takeProfit 0.0999"]);
  });

  it("a close that waits can be taken back, and the legs return", async () => {
    const rig = await entered();
    rig.gateway.fault("cancel", { kind: "delay", ms: 400 }, { kind: "delay", ms: 400 });
    const outcome = rig.expert.closePosition();
    if (outcome.accepted) rig.expert.cancel(outcome.order.clientOrderId);
    await rig.pass(10_000);
    expect([rig.gateway.count("submit"), rig.openAtVenue()]).toEqual([1, ["sell stop 0.0999", "sell takeProfit 0.0999"]]);
  });

  it("F45: a stop that would trigger at once has the position sold at once", async () => {
    const rig = await started();
    rig.gateway.hold();
    rig.expert.buy();
    await rig.pass(100);
    rig.venue.operator.movePrice(rig.symbol, 48_000);
    rig.gateway.release();
    await rig.pass(5_000);
    expect([rig.booked(), rig.openAtVenue()]).toEqual([0, []]);
  });

  it("working ones are taken up by a restart, not doubled", async () => {
    const rig = await entered();
    rig.kill();
    await rig.pass(60_000);
    await rig.start();
    await rig.pass(30_000);
    expect(rig.openAtVenue()).toEqual(["sell stop 0.0999", "sell takeProfit 0.0999"]);
    rig.expert.closePosition();
    await rig.pass(5_000);
    expect([rig.booked(), rig.openAtVenue()]).toEqual([0, []]);
  });

  it("F24: an end while they are taken away to be placed anew has them placed by the next start", async () => {
    const rig = await entered();
    rig.gateway.fault("submitGroup", { kind: "dropRequest" });
    rig.expert.amend(stopId(rig), { triggerPrice: 49_500 });
    await rig.pass(60);
    rig.kill();
    await rig.start();
    await rig.pass(90_000);
    expect(rig.openAtVenue()).toEqual(["sell stop 0.0999", "sell takeProfit 0.0999"]);
    expect(rig.venue.openOrders(rig.symbol)[0]?.triggerPrice).toBe(49_500);
  });

  it("a limit order is moved by taking it back first, because both would bind the money", async () => {
    const rig = await started();
    rig.expert.buy({ price: 49_000, quantity: 0.15 });
    await rig.pass(1_000);
    rig.fillAtVenue("me1-1", 1 / 3);
    await rig.pass(2_000);
    rig.expert.amend("me1-1", { price: 49_200 });
    await rig.pass(2_000);
    const entries = rig.venue.orders(rig.symbol).filter(({ side }) => side === "buy");
    expect(entries.map(({ quantity, price, status }) => [quantity, price, status])).toEqual([
      [0.15, 49_000, "cancelled"],
      [0.1, 49_200, "open"],
    ]);
  });
});
