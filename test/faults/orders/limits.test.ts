import { describe, expect, it } from "vitest";
import { createRandom } from "../../../src/base/random.ts";
import { createIds, idPrefix } from "../../../src/run/order-ids.ts";
import { FaultRig, trading, type Market } from "../rig.ts";

const MARKETS: readonly Market[] = ["spot", "linear", "inverse"];

describe.each(MARKETS)("an expert that has gone wrong on %s", (market) => {
  /** An expert that sends the same entry at every tick. */
  const looping = (): Promise<FaultRig> =>
    trading({
      market,
      setup: (expert) => {
        let price = NaN;
        expert.onTimer(1, () => {
          if (Number.isNaN(price)) price = Math.round(expert.price() * 0.97);
          expert.buy({ price, quantity: market === "inverse" ? 1 : 0.005 });
        });
      },
    });

  it("F13: the same signal at every tick trips the throttle, which stays tripped until a person says otherwise", async () => {
    const rig = await looping();
    await rig.pass(60_000);
    expect(rig.own()).toHaveLength(10);
    expect(rig.told(/10 times in a row/, ["onError"])).toHaveLength(1);
    expect(rig.told(/10 times in a row/, ["warn", "error"])).toHaveLength(1);
    await rig.restart();
    await rig.pass(30_000);
    expect(rig.own()).toHaveLength(10);
    await rig.restart({ rearm: true });
    await rig.pass(30_000);
    expect(rig.own()).toHaveLength(20);
  });

  it("F26: when one order in ten is refused at random each intent is sent once, all is told, and both sides agree", async () => {
    const rig = await trading({ market, risk: { stopLossPct: 2, maxOrdersPerMinute: 1_000 }, tradesPerSecond: 2 });
    const refusal = {
      status: 400,
      code: market === "spot" ? -2010 : -2019,
      message: "Account has insufficient balance for requested action.",
    };
    rig.fault({ on: "request", match: { method: "POST" }, verb: "reply", ...refusal, executed: false, share: 0.1, times: 1e6 });
    for (let turn = 0; turn < 30; turn += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one turn after the other
      await rig.act((expert) => (expert.position.isFlat ? expert.buy({ quantity: rig.size }) : expert.closePosition()));
      // oxlint-disable-next-line no-await-in-loop -- as above
      await rig.pass(2_000);
    }
    rig.heal();
    await rig.pass(60_000);
    const { rejections, ordersSent } = rig.status.counters;
    expect(rejections).toBeGreaterThan(0);
    expect(rig.placed()).toBe(ordersSent);
    // An entry, its stop, its exit, and what was refused once or twice of each.
    expect(ordersSent).toBeLessThan(30 * 3);
    expect(rig.told("rejected")).toHaveLength(rejections);
    expect(rig.differences()).toEqual([]);
  });
});

describe.each(MARKETS)("rules that change on %s", (market) => {
  it("F19: an order that the new rules refuse is made once more by them, rounded down, and told", async () => {
    const rig = await trading({ market });
    const step = market === "spot" ? "0.001" : market === "linear" ? "0.01" : "10";
    rig.venue.operator.setInstrument({ ...rig.world.instrument, quantityStep: step });
    await rig.buy({ quantity: market === "spot" ? 0.01234 : market === "linear" ? 0.012 : 17 });
    await rig.pass(30_000);
    expect([rig.placed(), rig.status.counters.rejections]).toEqual([2, 1]);
    expect(rig.own().map(({ quantity, status }) => `${quantity} ${status}`)).toEqual([
      `${market === "spot" ? 0.012 : market === "linear" ? 0.01 : 10} filled`,
    ]);
    expect(rig.told("new rules")).toHaveLength(1);
    expect(rig.told("rejected")).toHaveLength(1);
    expect(rig.differences()).toEqual([]);
  });

  it("F19: an order of which nothing is left is refused once, and not sent again", async () => {
    const rig = await trading({ market });
    const step = market === "spot" ? "0.1" : market === "linear" ? "0.1" : "10";
    rig.venue.operator.setInstrument({ ...rig.world.instrument, quantityStep: step });
    await rig.buy({ quantity: market === "spot" ? 0.01234 : market === "linear" ? 0.012 : 7 });
    await rig.pass(30_000);
    expect([rig.placed(), rig.own(), rig.status.counters.rejections]).toEqual([1, [], 1]);
    expect(rig.told("rejected")).toHaveLength(1);
    expect(rig.differences()).toEqual([]);
  });

  it("F19: a position whose stop the new rules refuse is not left without one in silence, nor in a loop", async () => {
    const rig = await trading({ market, risk: { stopLossPct: 2 } });
    const refusal = { status: 400, code: market === "spot" ? -1013 : -1111, message: "Filter failure: LOT_SIZE" };
    const places = market === "spot" ? rig.paths.order : "/algoOrder";
    rig.fault({
      on: "request",
      match: { method: "POST", path: places },
      verb: "reply",
      ...refusal,
      executed: false,
      skip: market === "spot" ? 1 : 0,
      times: 4,
    });
    await rig.buy();
    await rig.pass(60_000);
    // Four attempts, then the position is closed.
    expect([rig.world.quantity.toSteps(rig.held(), "floor"), rig.placed()]).toEqual([0, 6]);
    expect(rig.told("no stop")).not.toEqual([]);
    expect(rig.differences()).toEqual([]);
  });
});

describe("money and size", () => {
  it("F20: a fee taken in the base asset leaves less to sell: what is held is sold down to the step, and nothing is refused", async () => {
    const rig = await trading({ market: "spot" });
    await rig.buy({ quantity: 0.01234 });
    await rig.pass(3_000);
    expect(rig.held()).toBeCloseTo(0.01234 * 0.999, 9);
    expect(rig.booked()).toBe(0.01232);
    await rig.act((expert) => expert.closePosition());
    await rig.pass(5_000);
    expect([rig.status.counters.rejections, rig.status.positions, rig.differences()]).toEqual([0, [], []]);
    expect(rig.orders()).toEqual(["buy market 0.01234 filled", "sell market 0.01232 filled"]);
    // What is left is dust: below a step.
    expect(rig.held()).toBeLessThan(0.00001);
  });

  it("F20: dust of many purchases is neither sold nor lost", async () => {
    const rig = await trading({ market: "spot" });
    for (let turn = 0; turn < 5; turn += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await rig.buy({ quantity: 0.00777 });
      // oxlint-disable-next-line no-await-in-loop -- as above
      await rig.pass(2_000);
    }
    await rig.act((expert) => expert.closePosition());
    await rig.pass(5_000);
    expect([rig.status.counters.rejections, rig.status.positions, rig.differences()]).toEqual([0, [], []]);
  });

  it("F20: a first fill of one step, of which the fee leaves nothing whole, neither breaks the stop nor is forgotten", async () => {
    const rig = await trading({ market: "spot", risk: { stopLossPct: 2 } });
    const outcome = await rig.buy({ price: rig.near(-1), quantity: 0.01 });
    await rig.pass(2_000);
    const id = outcome.accepted ? outcome.order.clientOrderId : "";
    rig.fill(id, 0.001);
    await rig.pass(3_000);
    expect(rig.placed()).toBe(1);
    rig.fill(id, 0.02);
    await rig.pass(3_000);
    rig.fill(id, 1);
    await rig.pass(15_000);
    const [stop] = rig.venue.openOrders(rig.symbol);
    expect([rig.booked(), stop?.quantity, rig.differences()]).toEqual([0.00999, 0.00999, []]);
    expect(rig.told(/rejected|guard/)).toEqual([]);
  });

  it.each(MARKETS)(
    "F21: on %s a market order for more than the book shows fills in part, the rest expires, and only the part counts",
    async (market) => {
      const rig = new FaultRig({ market, risk: { stopLossPct: 2, leverage: market === "spot" ? 1 : 20 } });
      rig.venue.operator.transfer(market === "inverse" ? "BTC" : "USDT", market === "inverse" ? 1_000 : 20_000_000);
      await rig.start();
      const shown = rig.venue.depth(rig.symbol, 1_000).asks.reduce((sum, level) => sum + level.quantity, 0);
      await rig.buy({ quantity: rig.world.quantity.round(shown * 1.5) });
      await rig.pass(10_000);
      const [entry] = rig.own();
      const [stop, ...others] = rig.venue.openOrders(rig.symbol);
      expect([entry?.status, (entry?.filledQuantity ?? 0) < shown * 1.2, others]).toEqual(["expired", true, []]);
      expect(rig.world.quantity.toSteps(stop?.quantity ?? 0)).toBe(rig.world.quantity.toSteps(rig.held(), "floor"));
      expect(rig.differences()).toEqual([]);
    },
  );

  it.each(MARKETS)("F21: on %s a market order that would meet a price outside the collar is not sent", async (market) => {
    const rig = await trading({ market, risk: { priceCollarPct: 0.00001, maxSpreadPct: 5 } });
    const isAtAsk = (): boolean => rig.venue.quote(rig.symbol).askPrice === rig.venue.lastPrice(rig.symbol);
    // The ask is away from a last price that a seller has met.
    while (isAtAsk()) await rig.pass(1_000);
    await rig.pass(1_000);
    expect(await rig.buy()).toMatchObject({ accepted: false, code: "priceCollarPct" });
    expect(rig.placed()).toBe(0);
  });

  it("F23: ids of a thousand starts in one millisecond, of two strategies, all differ", () => {
    const random = createRandom(1);
    const ids = new Set<string>();
    for (let start = 0; start < 500; start += 1) {
      for (const strategy of ["one", "two"]) {
        const next = createIds(idPrefix(strategy, 1_767_614_400_000 + start, random));
        for (let count = 0; count < 3; count += 1) ids.add(next());
      }
    }
    expect(ids.size).toBe(3_000);
    expect([...ids].every((id) => /^[a-zA-Z0-9]{1,32}$/.test(id))).toBe(true);
  });

  it("F23: a run that is killed again and again never uses an id twice", async () => {
    const rig = await trading({ market: "linear" });
    for (let life = 0; life < 15; life += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one life after the other
      await rig.buy({ price: rig.near(-3), quantity: 0.005 });
      // oxlint-disable-next-line no-await-in-loop -- as above
      await rig.restart();
    }
    await rig.pass(60_000);
    const ids = rig.own().map(({ clientOrderId }) => clientOrderId);
    expect([new Set(ids).size, rig.differences()]).toEqual([ids.length, []]);
    expect(ids.length).toBeGreaterThan(10);
  });
});
