import { describe, expect, it } from "vitest";
import { VenueRig, type VenueRigOptions } from "../../../test/engine/venue-rig.ts";

const PROTECTED = { risk: { stopLossPct: 2, takeProfitPct: 2 } } as const;

async function started(options: VenueRigOptions = PROTECTED): Promise<VenueRig> {
  const rig = new VenueRig(options);
  await rig.start();
  return rig;
}

async function entered(options: VenueRigOptions = PROTECTED): Promise<VenueRig> {
  const rig = await started(options);
  rig.expert.buy();
  await rig.pass(3_000);
  return rig;
}

const refusal = (rejectClass: string) => ({
  kind: "reply" as const,
  value: { kind: "rejected", rejectClass, code: "-1", reason: `refused: ${rejectClass}` },
});
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);
const stopId = (rig: VenueRig): string => rig.core.orders.open().find(({ type }) => type === "stop")?.clientOrderId ?? "";
const triggers = (rig: VenueRig): number[] =>
  rig.venue.openOrders(rig.symbol).flatMap(({ type, triggerPrice }) => (type === "stop" ? [triggerPrice ?? NaN] : []));

describe("the stop and the target of an entry", () => {
  it("are placed when it fills, and go with the position", async () => {
    const rig = await entered();
    expect(rig.openAtVenue()).toEqual(["sell stop 0.1", "sell takeProfit 0.1"]);
    rig.expert.closePosition();
    await rig.pass(3_000);
    expect([rig.booked(), rig.held(), rig.openAtVenue()]).toEqual([0, 0, []]);
  });

  it("are brought to their size again beside those of another entry, when the exchange has refused that once", async () => {
    const rig = await entered();
    rig.expert.buy({ price: 49_900, quantity: 0.2 });
    await rig.pass(500);
    rig.fillAtVenue("me1-4", 0.25);
    await rig.pass(500);
    expect(rig.openAtVenue().filter((order) => order.startsWith("sell stop"))).toEqual(["sell stop 0.1", "sell stop 0.05"]);
    rig.gateway.fault("submit", refusal("permission"));
    rig.fillAtVenue("me1-4", 1);
    await rig.pass(5_000);
    expect(rig.openAtVenue().filter((order) => order.startsWith("sell stop"))).toEqual(["sell stop 0.1", "sell stop 0.2"]);
    expect([rig.held(), rig.booked()]).toEqual([0.3, 0.3]);
  });

  it("F75: are tried again and again while the exchange takes no request, and the position is not closed for it", async () => {
    const rig = await started();
    rig.expert.buy({ price: 49_900 });
    await rig.pass(500);
    rig.gateway.fault("submit", ...times(12, refusal("rate")));
    rig.fillAtVenue("me1-1", 1);
    await rig.pass(30_000);
    expect(rig.openAtVenue()).toEqual(["sell stop 0.1", "sell takeProfit 0.1"]);
    expect(rig.held()).toBe(0.1);
    // Two legs at a time: at once, and after pauses that do not grow beyond four seconds.
    expect(rig.gateway.count("submit")).toBe(1 + 12 + 2);
  });

  it("get others beside them when nothing is heard of them for three seconds, and the ones too many go", async () => {
    const rig = await started();
    rig.expert.buy({ price: 49_900 });
    await rig.pass(500);
    rig.gateway.fault("submit", { kind: "delay", ms: 4_500 }, { kind: "delay", ms: 4_500 });
    rig.fillAtVenue("me1-1", 1);
    await rig.pass(4_300);
    expect(rig.openAtVenue()).toEqual(["sell stop 0.1", "sell takeProfit 0.1"]);
    await rig.pass(20_000);
    expect(rig.openAtVenue()).toEqual(["sell stop 0.1", "sell takeProfit 0.1"]);
  });

  it("grow with the parts in which it fills", async () => {
    const rig = await started();
    rig.expert.buy({ price: 49_900, quantity: 1 });
    await rig.pass(500);
    for (const share of [0.3, 0.5, 1]) {
      rig.fillAtVenue("me1-1", share);
      await rig.pass(1_000);
    }
    expect([rig.booked(), rig.openAtVenue().toSorted()]).toEqual([1, ["sell stop 1", "sell takeProfit 1"]]);
  });

  it("are never without a stop while it is replaced, where the exchange changes none in place", async () => {
    const rig = await started();
    rig.expert.buy({ price: 49_900, quantity: 1 });
    await rig.pass(500);
    rig.fillAtVenue("me1-1", 0.3);
    await rig.pass(1_000);
    const fewest = { stops: Infinity };
    const stop = rig.venue.listen(() => {
      fewest.stops = Math.min(fewest.stops, triggers(rig).length);
    });
    rig.fillAtVenue("me1-1", 1);
    await rig.pass(3_000);
    stop();
    expect([fewest.stops, triggers(rig).length]).toEqual([1, 1]);
  });

  it("stay as the old ones when the replacement is refused, and the position is closed when none fits after three attempts", async () => {
    const rig = await started();
    rig.expert.buy({ price: 49_900, quantity: 1 });
    await rig.pass(500);
    rig.fillAtVenue("me1-1", 0.3);
    await rig.pass(1_000);
    rig.gateway.fault("submit", ...times(8, refusal("busy")));
    rig.fillAtVenue("me1-1", 1);
    await rig.pass(1_000);
    expect(rig.openAtVenue()).toContain("sell stop 0.3");
    await rig.pass(30_000);
    expect([rig.booked(), rig.held(), rig.openAtVenue()]).toEqual([0, 0, []]);
  });

  it("F14: shrink to what was filled of an entry that ends early", async () => {
    const rig = await started();
    rig.expert.buy({ price: 49_900, quantity: 1 });
    await rig.pass(500);
    rig.fillAtVenue("me1-1", 0.3);
    rig.expert.cancel("me1-1");
    await rig.pass(3_000);
    expect([rig.booked(), rig.openAtVenue().toSorted()]).toEqual([0.3, ["sell stop 0.3", "sell takeProfit 0.3"]]);
  });

  it("F44: of an entry that filled for less than the smallest order are tried three times, then it is closed", async () => {
    const rig = await started({ ...PROTECTED, market: "spot" });
    rig.expert.buy({ price: 49_900, quantity: 0.1 });
    await rig.pass(500);
    rig.fillAtVenue("me1-1", 0.0005);
    rig.expert.cancel("me1-1");
    await rig.pass(120_000);
    // 0.00005 coins are worth 2.5, and nothing below 5 can be sold: nobody goes mad over it.
    expect(rig.gateway.count("submit") + rig.gateway.count("submitGroup")).toBeLessThan(20);
    expect(rig.journal.notes("guard").at(-1)).toContain("exit");
  });

  it("F45: a stop that would trigger at once closes the position at once", async () => {
    const rig = await started();
    rig.gateway.hold();
    rig.expert.buy();
    await rig.pass(100);
    rig.venue.operator.movePrice(rig.symbol, 48_000);
    rig.gateway.release();
    await rig.pass(500);
    expect([rig.booked(), rig.held()]).toEqual([0, 0]);
    await rig.pass(5_000);
    expect(rig.openAtVenue()).toEqual([]);
  });

  it("F47: are placed again when the exchange takes them away", async () => {
    const rig = await entered();
    rig.venue.operator.cancel({ clientOrderId: stopId(rig) }, "maintenance");
    await rig.pass(5_000);
    expect(rig.openAtVenue().toSorted()).toEqual(["sell stop 0.1", "sell takeProfit 0.1"]);
    expect(rig.journal.notes("guard")).toHaveLength(1);
  });

  it("F47: that were moved come back where they were moved to", async () => {
    const rig = await entered();
    rig.expert.amend(stopId(rig), { triggerPrice: 49_500 });
    await rig.pass(2_000);
    expect(triggers(rig)).toEqual([49_500]);
    rig.venue.operator.cancel({ clientOrderId: stopId(rig) }, "maintenance");
    await rig.pass(5_000);
    expect(triggers(rig)).toEqual([49_500]);
  });

  it("F26: that cannot be placed three times over end in the position's close", async () => {
    const rig = await started();
    rig.expert.buy();
    rig.gateway.fault("submit", ...times(8, refusal("busy")));
    await rig.pass(60_000);
    expect([rig.booked(), rig.held()]).toEqual([0, 0]);
    expect(rig.journal.notes("guard").map((text) => text.split(" ")[0])).toEqual(["place", "place", "place", "exit"]);
  });

  it("F26: are given up as well where each refusal takes its time", async () => {
    const rig = await started({ risk: { stopLossPct: 2 } });
    rig.expert.buy();
    // The answer to the entry has left undisturbed; those to the stops take longer than the guard's look.
    const slow = { kind: "delay", ms: 1_400 } as const;
    const { submit } = rig.gateway;
    rig.gateway.submit = async (request) => {
      if (request.type !== "stop") return submit.call(rig.gateway, request);
      rig.gateway.fault("submit", slow);
      await submit.call(rig.gateway, { ...request, quantity: 0 });
      return { kind: "rejected", rejectClass: "busy", code: "-1", reason: "busy" };
    };
    await rig.pass(60_000);
    expect([rig.booked(), rig.held()]).toEqual([0, 0]);
  });

  it("are not replaced when the expert has taken one away", async () => {
    const rig = await entered();
    rig.expert.cancel(stopId(rig));
    await rig.pass(10_000);
    expect(rig.openAtVenue()).toEqual(["sell takeProfit 0.1"]);
  });

  it("F49: never turn the position over when stop and exit fill together", async () => {
    const rig = await entered();
    rig.gateway.fault("submit", { kind: "delay", ms: 300 });
    rig.expert.closePosition();
    rig.venue.operator.movePrice(rig.symbol, 48_500);
    await rig.pass(10_000);
    expect([rig.booked(), rig.held(), rig.openAtVenue()]).toEqual([0, 0, []]);
  });

  it("protect what an entry fills after its stop has already fired", async () => {
    const rig = await started();
    rig.expert.buy({ price: 49_900, quantity: 1 });
    await rig.pass(500);
    rig.fillAtVenue("me1-1", 0.3);
    await rig.pass(1_000);
    rig.fillAtVenue(stopId(rig), 1);
    await rig.pass(1_000);
    expect(rig.booked()).toBe(0);
    rig.fillAtVenue("me1-1", 0.5);
    await rig.pass(3_000);
    expect([
      rig.booked(),
      rig
        .openAtVenue()
        .filter((line) => line.startsWith("sell"))
        .toSorted(),
    ]).toEqual([0.35, ["sell stop 0.35", "sell takeProfit 0.35"]]);
  });

  it("F25: a target whose cancel fails after the stop has filled cannot open anything", async () => {
    const rig = await entered();
    rig.gateway.fault("cancel", { kind: "dropRequest" }, { kind: "dropRequest" });
    rig.venue.operator.movePrice(rig.symbol, 48_900);
    await rig.pass(2_000);
    rig.venue.operator.movePrice(rig.symbol, 51_500);
    await rig.pass(20_000);
    expect([rig.booked(), rig.held(), rig.openAtVenue()]).toEqual([0, 0, []]);
  });

  it("two entries have a stop each, and the close takes all of them away", async () => {
    const rig = await entered();
    rig.expert.buy({ quantity: 0.2 });
    await rig.pass(3_000);
    expect(rig.openAtVenue().toSorted()).toEqual(["sell stop 0.1", "sell stop 0.2", "sell takeProfit 0.1", "sell takeProfit 0.2"]);
    rig.expert.closePosition();
    await rig.pass(3_000);
    expect([rig.held(), rig.openAtVenue()]).toEqual([0, []]);
  });

  it("F46: a gap through the stop closes the position at the market", async () => {
    const rig = await entered();
    rig.venue.operator.movePrice(rig.symbol, 44_000);
    await rig.pass(5_000);
    expect([rig.booked(), rig.held(), rig.openAtVenue()]).toEqual([0, 0, []]);
  });
});

describe("protection over a restart", () => {
  it("F24: an end between the entry's fill and its legs has them placed by the next start", async () => {
    const rig = await started();
    rig.gateway.hold();
    rig.expert.buy();
    await rig.pass(100);
    rig.kill();
    expect([rig.held(), rig.openAtVenue()]).toEqual([0.1, []]);
    await rig.start();
    await rig.pass(5_000);
    expect(rig.openAtVenue().toSorted()).toEqual(["sell stop 0.1", "sell takeProfit 0.1"]);
  });

  it("F24: legs that were written down and never left are proven absent and placed again, once", async () => {
    const rig = await started();
    rig.expert.buy();
    await rig.pass(41);
    rig.gateway.fault("submit", ...times(4, { kind: "dropRequest" as const }));
    await rig.pass(300);
    rig.kill();
    await rig.start();
    await rig.pass(90_000);
    expect(rig.openAtVenue().toSorted()).toEqual(["sell stop 0.1", "sell takeProfit 0.1"]);
  });

  it("working legs are taken up, not doubled, and still go with the position", async () => {
    const rig = await entered();
    rig.kill();
    await rig.pass(60_000);
    await rig.start();
    await rig.pass(60_000);
    expect(rig.openAtVenue()).toEqual(["sell stop 0.1", "sell takeProfit 0.1"]);
    expect(rig.gateway.count("submit")).toBe(0);
    rig.expert.closePosition();
    await rig.pass(5_000);
    expect([rig.booked(), rig.openAtVenue()]).toEqual([0, []]);
  });

  it("F24: an end in the midst of replacing a stop leaves one of the right size", async () => {
    const rig = await started();
    rig.expert.buy({ price: 49_900, quantity: 1 });
    await rig.pass(500);
    rig.fillAtVenue("me1-1", 0.3);
    await rig.pass(1_000);
    rig.fillAtVenue("me1-1", 1);
    await rig.pass(45);
    rig.kill();
    await rig.start();
    await rig.pass(90_000);
    expect([rig.booked(), rig.openAtVenue().toSorted()]).toEqual([1, ["sell stop 1", "sell takeProfit 1"]]);
  });

  it("a stop that the exchange took away while we were gone is placed again", async () => {
    const rig = await entered();
    const id = stopId(rig);
    rig.kill();
    rig.venue.operator.cancel({ clientOrderId: id }, "maintenance");
    await rig.pass(60_000);
    await rig.start();
    await rig.pass(5_000);
    expect(rig.openAtVenue().toSorted()).toEqual(["sell stop 0.1", "sell takeProfit 0.1"]);
  });

  it("a stop that the expert had taken away stays away", async () => {
    const rig = await entered();
    rig.expert.cancel(stopId(rig));
    await rig.pass(5_000);
    rig.kill();
    await rig.start();
    await rig.pass(30_000);
    expect(rig.openAtVenue()).toEqual(["sell takeProfit 0.1"]);
  });

  it("a stop that was moved and is lost later comes back where it was moved to", async () => {
    const rig = await entered();
    rig.expert.amend(stopId(rig), { triggerPrice: 49_500 });
    await rig.pass(3_000);
    rig.kill();
    await rig.start();
    await rig.pass(3_000);
    rig.venue.operator.cancel({ clientOrderId: stopId(rig) }, "maintenance");
    await rig.pass(5_000);
    expect(triggers(rig)).toEqual([49_500]);
  });

  it("a stop that fired while we were gone leaves nothing behind", async () => {
    const rig = await entered();
    rig.kill();
    rig.venue.operator.movePrice(rig.symbol, 48_500);
    await rig.pass(60_000);
    await rig.start();
    await rig.pass(10_000);
    expect([rig.booked(), rig.held(), rig.openAtVenue()]).toEqual([0, 0, []]);
  });
});
