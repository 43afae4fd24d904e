import { describe, expect, it } from "vitest";
import type { Market } from "../rig.ts";
import { FaultRig, trading } from "../rig.ts";

const MARKETS: readonly Market[] = ["spot", "linear", "inverse"];
const FUTURES: readonly Market[] = ["linear", "inverse"];

/** A run that holds one order's size. */
async function holding(market: Market, options: Parameters<typeof trading>[0] = {}): Promise<FaultRig> {
  const rig = await trading({ market, ...options });
  await rig.buy();
  await rig.pass(3_000);
  expect(rig.differences()).toEqual([]);
  return rig;
}

const byHand = (rig: FaultRig, side: "buy" | "sell", share = 0.5) => {
  const quantity = rig.world.quantity.round(rig.size * share);
  const result = rig.venue.operator.placeExternal({ symbol: rig.symbol, side, type: "market", quantity });
  expect(result.ok).toBe(true);
};

describe.each(MARKETS)("an account on %s that somebody else uses too", (market) => {
  it("F35: a position that our fills do not explain stops entries, is told, and is left alone; exits go on", async () => {
    const rig = await holding(market);
    byHand(rig, "sell");
    await rig.pass(30_000);
    expect(await rig.buy()).toMatchObject({ accepted: false });
    expect(rig.told(/do not explain/, ["onError"])).toHaveLength(1);
    // Nothing was done about it.
    expect(rig.placed()).toBe(1);
    byHand(rig, "buy");
    // The owner has put it back; on spot a fee has made it a little less.
    if (market === "spot") byHand(rig, "buy", 0.1);
    await rig.pass(45_000);
    expect(rig.told("both sides agree again", ["info", "warn", "error"])).toHaveLength(1);
    expect(await rig.buy()).toMatchObject({ accepted: true });
  });

  it("F35: an order placed by hand is left alone and told once", async () => {
    const rig = await holding(market);
    const price = rig.near(-3);
    rig.venue.operator.placeExternal({ symbol: rig.symbol, side: "buy", type: "limit", quantity: rig.size, price });
    await rig.pass(90_000);
    await rig.act((expert) => expert.cancelAll());
    await rig.pass(5_000);
    expect(rig.venue.openOrders(rig.symbol).map(({ origin, status }) => [origin, status])).toEqual([["external", "open"]]);
    expect(rig.told("is not of this run")).toHaveLength(1);
    expect(rig.status.orders).toEqual([]);
  });

  it("F42: comparing again and again changes nothing", async () => {
    const rig = await holding(market);
    await rig.buy({ price: rig.near(-3) });
    await rig.pass(3_000);
    const count = (): readonly number[] => [
      rig.bookedFills,
      rig.world.journal.transfers.length,
      rig.status.counters.ordersSent,
      rig.status.counters.fills,
    ];
    const before = count();
    for (let time = 0; time < 5; time += 1) {
      rig.fault({ on: "stream", verb: "close", match: { path: rig.paths.stream } });
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await rig.pass(35_000);
    }
    expect([count(), rig.differences()]).toEqual([before, []]);
    await rig.restart();
    await rig.pass(35_000);
    await rig.restart();
    await rig.pass(35_000);
    expect([rig.world.journal.fills.size, rig.differences()]).toEqual([before[0], []]);
  });

  it("F40: what a renamed strategy has left is nobody's: its orders stay, its position stops entries, and both are told", async () => {
    const rig = await holding(market, { risk: { stopLossPct: 2 } });
    await rig.buy({ price: rig.near(-3) });
    await rig.pass(3_000);
    const left = rig.venue.openOrders(rig.symbol).map(({ clientOrderId }) => clientOrderId);
    expect(left).toHaveLength(2);
    rig.process.kill();
    rig.name = "Renamed";
    await rig.start();
    await rig.pass(90_000);
    expect(rig.venue.openOrders(rig.symbol).map(({ clientOrderId }) => clientOrderId)).toEqual(left);
    expect(left.map((id) => rig.told(`order ${id} is not of this run`).length)).toEqual([1, 1]);
    if (market === "spot") return;
    expect(await rig.buy()).toMatchObject({ accepted: false });
    expect(rig.told("do not explain", ["onError"])).toHaveLength(1);
  });

  it("F39: an order that was taken back and forgotten while the process was away is resolved from what is held", async () => {
    const rig = await trading({ market, tradesPerSecond: 0.5 });
    const outcome = await rig.buy({ price: rig.near(-3) });
    await rig.pass(2_000);
    rig.process.kill();
    rig.venue.operator.cancel({ clientOrderId: outcome.accepted ? outcome.order.clientOrderId : "" }, "maintenance");
    await rig.pass(20 * 60_000);
    rig.venue.operator.forget(0);
    await rig.start();
    await rig.pass(60_000);
    expect([rig.status.orders, rig.differences()]).toEqual([[], []]);
    const [order] = rig.world.journal.orders.values();
    expect([order?.status, order?.order.reason]).toEqual(["cancelled", expect.stringContaining("no longer knows")]);
    expect(await rig.buy()).toMatchObject({ accepted: true });
  });

  it("F41: a fill between the questions about orders, positions and money is no difference", async () => {
    const rig = await trading({ market });
    const outcome = await rig.buy({ price: rig.near(-3) });
    await rig.pass(2_000);
    rig.stallStream();
    const paths = market === "spot" ? ["/account"] : ["/positionRisk", "/balance"];
    for (const path of paths) rig.fault({ on: "request", match: { method: "GET", path }, verb: "delayRequest", ms: 2_000, times: 3 });
    const isAsking = () => rig.requests("GET", rig.paths.open);
    const before = isAsking();
    while (isAsking() === before) await rig.world.step();
    await rig.pass(500);
    rig.fill(outcome.accepted ? outcome.order.clientOrderId : "");
    await rig.pass(60_000);
    expect([rig.told("explain"), rig.told("transfer"), rig.differences()]).toEqual([[], [], []]);
  });
});

describe.each(FUTURES)("positions on %s", (market) => {
  it("F36: one that differs from the sum of our fills stops entries with an alarm, and is followed by no order", async () => {
    const rig = await holding(market);
    const path = "/positionRisk";
    const double = JSON.stringify([
      {
        symbol: rig.symbol,
        positionSide: "BOTH",
        positionAmt: String(rig.size * 2),
        entryPrice: "40000",
        markPrice: "40000",
        unRealizedProfit: "0",
        updateTime: rig.world.scheduler.now(),
      },
    ]);
    rig.fault({ on: "request", match: { method: "GET", path }, verb: "reply", status: 200, body: double, executed: false, times: 1e6 });
    await rig.pass(60_000);
    expect(await rig.buy()).toMatchObject({ accepted: false });
    expect(rig.told("do not explain", ["onError"])).toHaveLength(1);
    expect([rig.placed(), rig.booked()]).toEqual([1, rig.size]);
    rig.heal();
    await rig.pass(40_000);
    expect(await rig.buy()).toMatchObject({ accepted: true });
  });

  it.each([
    ["fail", { status: 500, code: -1000 }],
    ["are empty", { status: 200, body: "[]" }],
  ])("F37: questions about positions that %s are not taken for being flat", async (_, answer) => {
    const rig = await holding(market, { risk: { stopLossPct: 2 } });
    rig.fault({ on: "request", match: { method: "GET", path: "/positionRisk" }, verb: "reply", ...answer, executed: false, times: 1e6 });
    await rig.pass(3 * 60_000);
    expect([rig.booked(), rig.held(), rig.placed()]).toEqual([rig.size, rig.size, 2]);
    expect(rig.venue.openOrders(rig.symbol).map(({ type }) => type)).toEqual(["stop"]);
    rig.heal();
    await rig.pass(40_000);
    expect(rig.differences()).toEqual([]);
    expect(await rig.buy()).toMatchObject({ accepted: true });
  });
});

describe("the history of trades", () => {
  it.each(["spot", "linear"] as const)(
    "F38: on %s more than a page of fills in a gap are booked, each once, those of one millisecond too",
    async (market) => {
      const parts = 1_050;
      const rig = await trading({ market, risk: { leverage: market === "spot" ? 1 : 20 } });
      const quantity = market === "spot" ? 0.0105 : 1.05;
      const outcome = await rig.buy({ price: rig.near(-3), quantity });
      await rig.pass(2_000);
      rig.fault({ on: "stream", verb: "refuse", match: { path: rig.paths.stream }, times: 1e6 });
      rig.fault({ on: "stream", verb: "close", match: { path: rig.paths.stream } });
      await rig.pass(1_000);
      const id = outcome.accepted ? outcome.order.clientOrderId : "";
      for (let part = 0; part < parts; part += 1) {
        rig.fill(id, 1 / (parts - part));
        // oxlint-disable-next-line no-await-in-loop -- most of them in one millisecond, and some after it
        if (part % 300 === 0) await rig.pass(1);
      }
      rig.heal();
      await rig.pass(60_000);
      expect(rig.venue.fills(rig.symbol).length).toBe(parts);
      expect([rig.bookedFills, rig.differences()]).toEqual([parts, []]);
    },
  );
});

describe("two accounts that trade the same symbol", () => {
  it("F43: with one home they never share state: each goes on after a restart with what is its own", async () => {
    const one = new FaultRig({ run: { subaccount: "one" } });
    const other = new FaultRig({ run: { subaccount: "other" }, seed: 8, wiring: { disk: () => one.world.journal } });
    await one.start();
    await other.start();
    await one.buy();
    await other.act((expert) => expert.sell({ quantity: other.size * 2 }));
    await one.pass(5_000);
    await other.pass(5_000);
    await one.restart();
    await other.restart();
    await one.pass(40_000);
    await other.pass(40_000);
    expect(one.process.folder).not.toBe(other.process.folder);
    expect([one.booked(), one.held(), other.booked(), other.held()]).toEqual([one.size, one.size, -2 * other.size, -2 * other.size]);
    expect([...one.told("explain"), ...other.told("explain")]).toEqual([]);
  });

  it("F43: a key of another account does not go on with the state of the first", async () => {
    const accounts = ["account 1", "account 1", "account 2"];
    const rig = new FaultRig({
      market: "spot",
      wiring: {
        gateway: (gateway) => {
          const rules = gateway.accountRules.bind(gateway);
          const label = `Binance spot, ${accounts.shift() ?? ""}`;
          gateway.accountRules = async () => ({ ...(await rules()), label });
          return gateway;
        },
      },
    });
    await rig.start();
    await rig.buy();
    await rig.pass(3_000);
    await rig.restart();
    expect(rig.booked()).toBeCloseTo(rig.size * 0.999, 5);
    await expect(rig.restart()).rejects.toThrow(/traded with Binance spot, account 1, and this key belongs to Binance spot, account 2/);
    expect(rig.own()).toHaveLength(1);
  });

  it("F43: state of one account that meets another one adds no risk and is told", async () => {
    const one = new FaultRig();
    await one.start();
    await one.buy();
    await one.pass(5_000);
    one.process.kill();
    const other = new FaultRig({ seed: 8, wiring: { disk: () => one.world.journal } });
    await other.pass(60_000);
    await other.start();
    await other.pass(60_000);
    expect(await other.buy()).toMatchObject({ accepted: false });
    expect(other.told("explain", ["onError"])).toHaveLength(1);
    expect(other.own()).toEqual([]);
  });
});
