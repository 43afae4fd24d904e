import { describe, expect, it } from "vitest";
import { trading, type FaultRig, type Market } from "../rig.ts";

const MARKETS: readonly Market[] = ["spot", "linear", "inverse"];
const FUTURES: readonly Market[] = ["linear", "inverse"];

/** A limit order that rests three percent below the market. */
async function resting(market: Market, options: Parameters<typeof trading>[0] = {}): Promise<{ rig: FaultRig; id: string }> {
  const rig = await trading({ market, ...options });
  const outcome = await rig.buy({ price: rig.near(-3) });
  await rig.pass(1_000);
  if (!outcome.accepted) throw new Error(outcome.reason);
  return { rig, id: outcome.order.clientOrderId };
}

/** How the run has told the end of an order. */
const ended = (rig: FaultRig, id: string): string | undefined => rig.world.journal.orders.get(id)?.status;

describe.each(MARKETS)("a cancel on %s", (market) => {
  it("F08: without an answer stays a wish, and a fill that comes instead is booked", async () => {
    const { rig, id } = await resting(market);
    rig.fault({ on: "request", match: { method: "DELETE", path: rig.paths.order }, verb: "dropRequest", times: 3 });
    await rig.act((expert) => expert.cancel(id));
    await rig.pass(2_000);
    expect(rig.status.orders.map(({ status }) => status)).toEqual(["open"]);
    rig.fill(id);
    await rig.pass(10_000);
    expect([ended(rig, id), rig.orders(), rig.differences()]).toEqual(["filled", [`buy limit ${rig.size} filled`], []]);
  });

  it("F08: carried out without an answer is found out, and asked for no second time", async () => {
    const { rig, id } = await resting(market);
    rig.stallStream();
    rig.fault({ on: "request", match: { method: "DELETE", path: rig.paths.order }, verb: "dropResponse" });
    await rig.act((expert) => expert.cancel(id));
    await rig.pass(10_000);
    expect([ended(rig, id), rig.requests("DELETE", rig.paths.order), rig.differences()]).toEqual(["cancelled", 1, []]);
  });

  it("F09: -2011 ends nothing: the order counts on, the wish stays, and a fill much later is booked", async () => {
    const { rig, id } = await resting(market, { tradesPerSecond: 0.1, risk: { maxPositionSizeQuote: 800 } });
    const gone = { status: 400, code: -2011, message: "Unknown order sent.", executed: false, times: 1e6 };
    rig.fault({ on: "request", match: { method: "DELETE", path: rig.paths.order }, verb: "reply", ...gone });
    await rig.act((expert) => expert.cancel(id));
    await rig.pass(5 * 60_000);
    expect(rig.status.orders.map(({ status }) => status)).toEqual(["open"]);
    expect(await rig.buy()).toMatchObject({ accepted: false, code: "maxPositionSizeQuote" });
    rig.fill(id);
    await rig.pass(5_000);
    expect([ended(rig, id), rig.differences()]).toEqual(["filled", []]);
  });

  it("F09: an order that the exchange denies everywhere is suspect until the bound, and what it fills later is booked with an alarm", async () => {
    const { rig, id } = await resting(market);
    const deny = { on: "request", verb: "reply", executed: false, times: 1e6 } as const;
    rig.fault({ ...deny, match: { method: "DELETE", path: rig.paths.order }, status: 400, code: -2011, message: "Unknown order sent." });
    rig.fault({ ...deny, match: { method: "GET", path: rig.paths.order }, status: 400, code: -2013, message: "Order does not exist." });
    rig.fault({ ...deny, match: { method: "GET", path: rig.paths.open }, status: 200, body: "[]" });
    await rig.act((expert) => expert.cancel(id));
    await rig.pass(14_000);
    expect(rig.status.orders).toHaveLength(1);
    await rig.pass(60_000);
    expect(ended(rig, id)).toBe("cancelled");
    rig.fill(id);
    await rig.pass(5_000);
    expect(rig.told("has filled", ["onError"])).toHaveLength(1);
    rig.heal();
    await rig.pass(5_000);
    expect([rig.booked() > 0, rig.differences()]).toEqual([true, []]);
  });

  it("F10: that races a full fill books one fill and no cancellation", async () => {
    const { rig, id } = await resting(market);
    rig.fault({ on: "request", match: { method: "DELETE", path: rig.paths.order }, verb: "delayRequest", ms: 500 });
    rig.fault({ on: "stream", match: { path: rig.paths.stream, contains: id }, verb: "duplicate", times: 5 });
    await rig.act((expert) => expert.cancel(id));
    rig.fill(id);
    await rig.pass(10_000);
    expect([ended(rig, id), rig.bookedFills, rig.differences()]).toEqual(["filled", 1, []]);
  });

  it("F14: of an order that the exchange takes back after a part has filled the part is kept, and its stop covers that", async () => {
    const { rig, id } = await resting(market, { risk: { stopLossPct: 2 } });
    rig.fill(id, 0.4);
    rig.venue.operator.cancel({ clientOrderId: id }, "self-trade prevention");
    await rig.pass(5_000);
    const [stop] = rig.venue.openOrders(rig.symbol);
    const held = rig.world.quantity.toSteps(rig.held(), "floor");
    expect([ended(rig, id), stop?.type, rig.world.quantity.toSteps(stop?.quantity ?? 0)]).toEqual(["cancelled", "stop", held]);
    expect(rig.differences()).toEqual([]);
  });
});

describe.each(FUTURES)("a change of an order on %s", (market) => {
  it.each([true, false])(
    "F11: without an answer is looked at when no copy of it can arrive any more (carried out: %s)",
    async (executed) => {
      const { rig, id } = await resting(market);
      const price = rig.near(-2);
      rig.fault({ on: "request", match: { method: "PUT", path: rig.paths.order }, verb: "reply", status: 503, code: -1000, executed });
      await rig.act((expert) => expert.amend(id, { price }));
      await rig.pass(40_000);
      const there = rig.venue.order(rig.symbol, { clientOrderId: id });
      expect([rig.requests("PUT", rig.paths.order), there?.price === price]).toEqual([1, executed]);
      expect([rig.status.orders.map((order) => order.price), rig.differences()]).toEqual([[there?.price], []]);
    },
  );
});

describe.each(MARKETS)("moving the stop of a position on %s", (market) => {
  async function protectedPosition(): Promise<{ rig: FaultRig; bare: () => number }> {
    const rig = await trading({ market, risk: { stopLossPct: 2 } });
    await rig.buy();
    await rig.pass(3_000);
    expect(rig.venue.openOrders(rig.symbol)).toHaveLength(1);
    // How long the position had no stop at the exchange, milliseconds.
    let since = NaN;
    let longest = 0;
    rig.venue.listen(() => {
      const now = rig.world.scheduler.now();
      const isBare = rig.held() * 1 >= rig.size * 0.5 && rig.venue.openOrders(rig.symbol).every(({ type }) => type !== "stop");
      if (!isBare) since = NaN;
      else if (Number.isNaN(since)) since = now;
      else longest = Math.max(longest, now - since);
    });
    return { rig, bare: () => longest };
  }
  const move = (rig: FaultRig) =>
    rig.act((expert) => {
      const stop = expert.orders.find(({ purpose }) => purpose === "stopLoss");
      return expert.amend(stop?.clientOrderId ?? "", { triggerPrice: rig.near(-1.5) });
    });
  const places = market === "spot" ? "/api/v3/order" : market === "linear" ? "/fapi/v1/algoOrder" : "/dapi/v1/algoOrder";

  it.each([
    ["refused", { status: 400, code: market === "spot" ? -2010 : -1111, message: "Order would trigger immediately.", executed: false }],
    ["not answered and not placed", { status: 503, code: -1000, executed: false }],
    ["not answered and placed", { status: 503, code: -1000, executed: true }],
  ] as const)("F11: when the new one is %s the position is protected again within seconds, or closed", async (_, answer) => {
    const { rig, bare } = await protectedPosition();
    rig.fault({ on: "request", match: { method: "POST", path: places }, verb: "reply", ...answer });
    await move(rig);
    await rig.pass(60_000);
    const stops = rig.venue.openOrders(rig.symbol).filter(({ type }) => type === "stop");
    const isClosed = rig.held() < rig.size * 0.5;
    expect(isClosed ? stops : stops.map(({ quantity }) => rig.world.quantity.toSteps(quantity))).toEqual(
      isClosed ? [] : [rig.world.quantity.toSteps(rig.held(), "floor")],
    );
    // On spot the old one has to go first; where nobody knows whether the new one exists, that takes until the proof.
    expect(bare()).toBeLessThan(market !== "spot" ? 100 : answer.status === 503 ? 40_000 : 10_000);
    expect(rig.differences()).toEqual([]);
  });

  it("F11: when the old one cannot be cancelled at first there is one in the end, and never none for long", async () => {
    const { rig, bare } = await protectedPosition();
    rig.fault({
      on: "request",
      match: { method: "DELETE", path: places },
      verb: "reply",
      status: 503,
      code: -1000,
      executed: false,
      times: 3,
    });
    await move(rig);
    await rig.pass(60_000);
    const stops = rig.venue.openOrders(rig.symbol).filter(({ type }) => type === "stop");
    expect(stops.map(({ quantity }) => rig.world.quantity.toSteps(quantity))).toEqual([rig.world.quantity.toSteps(rig.held(), "floor")]);
    expect([bare() < (market === "spot" ? 2_000 : 100), rig.differences()]).toEqual([true, []]);
  });
});
