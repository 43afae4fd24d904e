import { describe, expect, it } from "vitest";
import { VenueRig } from "../../../test/engine/venue-rig.ts";

async function started(options: ConstructorParameters<typeof VenueRig>[0] = {}): Promise<VenueRig> {
  const rig = new VenueRig(options);
  await rig.start();
  return rig;
}

/** A trade that the account's owner makes on the exchange's own app. */
const tradeByHand = (rig: VenueRig, side: "buy" | "sell", quantity: number): void => {
  const result = rig.venue.operator.placeExternal({ symbol: rig.symbol, side, type: "market", quantity });
  expect(result.ok).toBe(true);
};

/** Nobody can say what became of the order, while all other questions are answered. */
const hideTheOrder = (rig: VenueRig): void => {
  rig.gateway.fault(
    "findOrder",
    ...Array.from({ length: 200 }, () => ({ kind: "reply" as const, value: { kind: "failed", reason: "503" } })),
  );
  rig.gateway.fault("fillsSince", ...Array.from({ length: 200 }, () => ({ kind: "reply" as const, value: [] })));
};

const drifts = (rig: VenueRig): string[] => rig.journal.notes("drift");

describe("positions that differ", () => {
  it("F35: a position that was opened by hand stops entries, is told as an error and is left alone", async () => {
    const rig = await started();
    tradeByHand(rig, "buy", 0.2);
    await rig.pass(20_000);
    expect([rig.booked(), rig.held()]).toEqual([0, 0.2]);
    expect(drifts(rig)).toHaveLength(1);
    expect(rig.life.errors.join()).toContain("that the fills of this run do not explain");
    expect(rig.expert.buy()).toMatchObject({ accepted: false });
    expect(rig.gateway.count("submit")).toBe(0);
  });

  it("F35: a position that was there before the first start is known before anything is traded", async () => {
    const rig = new VenueRig();
    tradeByHand(rig, "buy", 0.2);
    await rig.start();
    expect(rig.expert.buy()).toMatchObject({ accepted: false });
    expect(drifts(rig)).toHaveLength(1);
  });

  it("is believed after three looks, not before: a fill may lie between two questions", async () => {
    const rig = await started();
    const wrong = { kind: "reply", value: [{ symbol: rig.symbol, side: "net", quantity: 0.5, entryPrice: 50_000 }] } as const;
    rig.gateway.fault("positions", wrong, wrong);
    await rig.pass(120_000);
    expect(rig.gateway.count("positions")).toBeGreaterThan(3);
    expect(drifts(rig)).toEqual([]);
    rig.gateway.fault("positions", wrong, wrong, wrong);
    await rig.pass(120_000);
    expect(drifts(rig).map((text) => text.slice(0, 40))).toEqual([
      expect.stringContaining("the exchange shows"),
      expect.stringContaining("both sides agree"),
    ]);
  });

  it("is over when both sides agree again, and entries are allowed", async () => {
    const rig = await started();
    tradeByHand(rig, "buy", 0.2);
    await rig.pass(20_000);
    tradeByHand(rig, "sell", 0.2);
    await rig.pass(60_000);
    expect(drifts(rig).at(-1)).toContain("both sides agree again");
    expect(rig.expert.buy().accepted).toBe(true);
  });

  it("says nothing while the outcome of an order is unknown, which may be what makes the difference", async () => {
    const rig = await started();
    rig.gateway.isStalled = true;
    rig.gateway.fault("submit", { kind: "dropResponse" });
    hideTheOrder(rig);
    rig.expert.buy();
    await rig.pass(300_000);
    expect(rig.gateway.count("positions")).toBeGreaterThan(5);
    expect([rig.held(), rig.booked(), drifts(rig)]).toEqual([0.1, 0, []]);
  });

  it("F36: a reduction that the exchange keeps quiet about halts the symbol and changes no book", async () => {
    const rig = await started();
    rig.expert.buy();
    await rig.pass(1_000);
    rig.gateway.isStalled = true;
    const half = { kind: "reply", value: [{ symbol: rig.symbol, side: "net", quantity: 0.05, entryPrice: 50_000 }] } as const;
    rig.gateway.fault("positions", ...Array.from({ length: 20 }, () => half));
    await rig.pass(120_000);
    expect([rig.booked(), drifts(rig).length]).toEqual([0.1, 1]);
    expect(rig.expert.buy({ quantity: 0.1 })).toMatchObject({ accepted: false });
    // Exits are always allowed.
    expect(rig.expert.closePosition().accepted).toBe(true);
  });

  it("F37: questions that fail or come back empty do not make a position flat", async () => {
    const rig = await started({ risk: { stopLossPct: 2 } });
    rig.expert.buy();
    await rig.pass(3_000);
    rig.gateway.down.add("positions");
    await rig.pass(120_000);
    expect([rig.booked(), drifts(rig)]).toEqual([0.1, []]);
    rig.gateway.down.clear();
    rig.gateway.fault("positions", ...Array.from({ length: 40 }, () => ({ kind: "reply" as const, value: [] })));
    await rig.pass(120_000);
    expect([rig.booked(), rig.openAtVenue()]).toEqual([0.1, ["sell stop 0.1"]]);
    expect(drifts(rig)).toHaveLength(1);
  });

  it("in hedge mode compares both sides", async () => {
    const rig = await started({ hedge: true });
    rig.expert.buy();
    rig.expert.sell({ quantity: 0.2 });
    await rig.pass(60_000);
    expect(drifts(rig)).toEqual([]);
    const value = [
      { symbol: rig.symbol, side: "long", quantity: 0.1, entryPrice: 50_000 },
      { symbol: rig.symbol, side: "short", quantity: -0.3, entryPrice: 50_000 },
    ];
    rig.gateway.fault("positions", ...Array.from({ length: 4 }, () => ({ kind: "reply" as const, value })));
    await rig.pass(60_000);
    expect(drifts(rig)[0]).toContain("a position of -0.3 BTCUSDT (short)");
  });

  it("F51: auto-deleveraging that is told shrinks the books, and its stop with them", async () => {
    const rig = await started({ risk: { stopLossPct: 2 } });
    rig.expert.buy();
    await rig.pass(3_000);
    rig.venue.operator.deleverage(rig.symbol, 0.5);
    await rig.pass(10_000);
    expect([rig.booked(), rig.held(), rig.openAtVenue(), drifts(rig)]).toEqual([0.05, 0.05, ["sell stop 0.05"], []]);
  });

  it("F50: a liquidation closes the books with its loss and takes the stops away", async () => {
    const rig = await started({ risk: { stopLossPct: 2 } });
    rig.expert.buy();
    await rig.pass(3_000);
    rig.venue.operator.liquidate(rig.symbol);
    await rig.pass(10_000);
    expect([rig.booked(), rig.openAtVenue(), drifts(rig)]).toEqual([0, [], []]);
    expect(rig.core.portfolio.wallet).toBeCloseTo(rig.wallet(), 8);
  });
});

describe("spot", () => {
  it("holding more than the run has bought is no difference, holding less is", async () => {
    const rig = await started({ market: "spot" });
    rig.expert.buy();
    await rig.pass(1_000);
    rig.venue.operator.transfer("BTC", 1);
    await rig.pass(60_000);
    expect(drifts(rig)).toEqual([]);
    rig.venue.operator.transfer("BTC", -1.05);
    await rig.pass(60_000);
    expect(drifts(rig)).toHaveLength(1);
  });

  it("fees in what was bought never look like a difference, however many round trips", async () => {
    const rig = await started({ market: "spot", risk: { maxRepeatedOrders: 1_000, maxOrdersPerMinute: 1_000 } });
    for (let trip = 0; trip < 60; trip += 1) {
      rig.expert.buy();
      await rig.pass(200);
      rig.expert.closePosition();
      await rig.pass(200);
    }
    await rig.pass(60_000);
    expect([rig.booked(), drifts(rig)]).toEqual([0, []]);
    expect(rig.core.portfolio.wallet).toBeCloseTo(rig.wallet(), 8);
  });
});

describe("money that moves without a trade", () => {
  const limits = (rig: VenueRig) => rig.core.limits.state();

  it("F58: a deposit is a transfer and neither profit nor loss: the marks of the loss limits move with it", async () => {
    const rig = await started({ risk: { dailyLossLimit: 5, maxDrawdownPct: 50 } });
    rig.expert.buy();
    await rig.pass(2_000);
    const before = limits(rig);
    rig.venue.operator.transfer("USDT", 5_000);
    await rig.pass(2_000);
    expect(limits(rig).peak).toBeCloseTo(before.peak + 5_000, 6);
    expect(limits(rig).dayStartEquity).toBeCloseTo(before.dayStartEquity + 5_000, 6);
    expect(rig.core.portfolio.wallet).toBeCloseTo(rig.wallet(), 8);
    expect(rig.journal.transfers).toHaveLength(1);
  });

  it("F58: a withdrawal trips no limit", async () => {
    const rig = await started({ risk: { dailyLossLimit: 5, maxDrawdownPct: 20 } });
    await rig.pass(2_000);
    rig.venue.operator.transfer("USDT", -4_000);
    await rig.pass(5_000);
    expect([limits(rig).isDayBlocked, limits(rig).isDrawdownHit, rig.life.ended]).toEqual([false, false, undefined]);
    expect(rig.core.portfolio.equity).toBeCloseTo(6_000, 6);
  });

  it("F58: a transfer told by the stream and found again by the questions is booked once", async () => {
    const rig = await started();
    rig.gateway.copies = 3;
    rig.venue.operator.transfer("USDT", 100);
    await rig.pass(120_000);
    expect(rig.journal.transfers).toHaveLength(1);
    expect(rig.core.portfolio.wallet).toBeCloseTo(10_100, 8);
  });

  it("money that nobody has told of is booked as what it is after three equal looks", async () => {
    const rig = await started();
    rig.gateway.isStalled = true;
    rig.venue.operator.transfer("USDT", 250);
    rig.gateway.fault("transfersSince", ...Array.from({ length: 50 }, () => ({ kind: "reply" as const, value: [] })));
    await rig.pass(50_000);
    expect(rig.core.portfolio.wallet).toBeCloseTo(10_000, 8);
    await rig.pass(100_000);
    expect(rig.core.portfolio.wallet).toBeCloseTo(10_250, 8);
    expect(rig.journal.transfers.map(({ kind }) => kind)).toEqual(["other"]);
  });

  it("money is not compared while an order is in doubt: its fee would be booked twice", async () => {
    const rig = await started();
    rig.gateway.isStalled = true;
    rig.gateway.fault("submit", { kind: "dropResponse" });
    hideTheOrder(rig);
    rig.expert.buy();
    await rig.pass(300_000);
    rig.gateway.clearFaults();
    await rig.pass(200_000);
    expect(rig.journal.transfers).toEqual([]);
    expect(rig.core.portfolio.wallet).toBeCloseTo(rig.wallet(), 8);
  });

  it("a deposit just before the first start is in what the run begins with, and is not booked again", async () => {
    const rig = new VenueRig();
    rig.venue.operator.transfer("USDT", 500);
    await rig.pass(5_000);
    await rig.start();
    await rig.pass(120_000);
    expect(rig.journal.transfers).toEqual([]);
    expect(rig.core.portfolio.wallet).toBeCloseTo(10_500, 8);
    rig.kill();
    await rig.start();
    await rig.pass(120_000);
    expect(rig.journal.transfers).toEqual([]);
  });

  it("F52: funding that is told is booked to its position in the exact amount", async () => {
    const rig = await started();
    rig.expert.buy();
    await rig.pass(1_000);
    rig.venue.operator.fund(rig.symbol, 0.0001);
    await rig.pass(1_000);
    rig.expert.closePosition();
    await rig.pass(1_000);
    const [trade] = rig.core.portfolio.trades.toArray();
    expect(trade?.funding).toBeCloseTo(-(rig.venue.transfers()[0]?.amount ?? NaN), 9);
    expect(rig.core.portfolio.wallet).toBeCloseTo(rig.wallet(), 8);
  });
});
