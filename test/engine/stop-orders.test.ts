import { describe, expect, it } from "vitest";
import { bars } from "../../src/testing/bars.ts";
import type { Expert, OrderChanges } from "../../src/expert/expert.ts";
import { play, run, type Actions } from "./rig.ts";

const quiet = [100, 101, 99, 100] as const;

describe("a stop order", () => {
  it("becomes a market order at its trigger", async () => {
    const { fills } = await play(bars("1h", [quiet, [100, 106, 99, 104]]), { 0: (expert) => expert.buy({ triggerPrice: 105 }) });
    expect(fills).toEqual(["1 buy 1 @ 105"]);
  });

  it("fills at the open when a gap has passed its trigger", async () => {
    const { fills } = await play(bars("1h", [quiet, [108, 109, 107, 108]]), { 0: (expert) => expert.buy({ triggerPrice: 105 }) });
    expect(fills).toEqual(["1 buy 1 @ 108"]);
  });

  it("waits while the market stays a step away", async () => {
    const { orders } = await play(bars("1h", [quiet, [100, 104.99, 99, 104]]), { 0: (expert) => expert.buy({ triggerPrice: 105 }) });
    expect(orders).toEqual(["open"]);
  });

  it("pays the taker's fee and slippage", async () => {
    const options = { run: { takerFeePct: 0.1, makerFeePct: 0 }, risk: { slippagePct: 0.1 } };
    const { fills, record } = await play(
      bars("1h", [quiet, [100, 106, 99, 104]]),
      { 0: (expert) => expert.buy({ triggerPrice: 105 }) },
      options,
    );
    // 105 × 1.001 = 105.105, rounded up to a step.
    expect(fills).toEqual(["1 buy 1 @ 105.11"]);
    expect(record.fees).toBe(0.10511);
  });
});

describe("a stop-limit order", () => {
  it("fills at its trigger when that lies within its limit", async () => {
    const order = { triggerPrice: 105, price: 106 };
    const { fills } = await play(bars("1h", [quiet, [100, 107, 99, 104]]), { 0: (expert) => expert.buy(order) });
    expect(fills).toEqual(["1 buy 1 @ 105"]);
  });

  it("rests at its limit when a gap has jumped over both, and makes there later", async () => {
    const order = { triggerPrice: 105, price: 106 };
    const { fills } = await play(bars("1h", [quiet, [108, 109, 107, 108], [107, 108, 105.5, 107]]), { 0: (expert) => expert.buy(order) });
    expect(fills).toEqual(["2 buy 1 @ 106 maker"]);
  });

  it("buys the pull-back after the breakout when its limit lies below its trigger", async () => {
    const order = { triggerPrice: 105, price: 103 };
    const { fills } = await play(bars("1h", [quiet, [104, 106, 103.5, 105], [105, 106, 102, 104]]), { 0: (expert) => expert.buy(order) });
    expect(fills).toEqual(["2 buy 1 @ 103 maker"]);
  });

  it("that may not rest is over when its limit is not there at the trigger", async () => {
    const order = { triggerPrice: 105, price: 103, timeInForce: "IOC" } as const;
    const { orders } = await play(bars("1h", [quiet, [100, 106, 99, 100], [100, 106, 99, 100]]), { 0: (expert) => expert.buy(order) });
    expect(orders).toEqual(["expired: nothing to fill it at once (IOC)"]);
  });
});

describe("a take-profit order", () => {
  const long = { 0: (expert: Expert) => expert.buy() };

  it("closes at its trigger when the market rises to it", async () => {
    const data = bars("1h", [quiet, quiet, [100, 111, 99, 108]]);
    const { fills } = await play(data, {
      ...long,
      1: (expert) => expert.sell({ type: "takeProfit", triggerPrice: 110, reduceOnly: true }),
    });
    expect(fills).toEqual(["1 buy 1 @ 100", "2 sell 1 @ 110"]);
  });

  it("fills at the better open after a gap", async () => {
    const data = bars("1h", [quiet, quiet, [114, 115, 113, 114]]);
    const { fills } = await play(data, {
      ...long,
      1: (expert) => expert.sell({ type: "takeProfit", triggerPrice: 110, reduceOnly: true }),
    });
    expect(fills).toEqual(["1 buy 1 @ 100", "2 sell 1 @ 114"]);
  });

  it("with a limit fills at the trigger where the limit allows it, else rests at its limit", async () => {
    const data = bars("1h", [quiet, quiet, [100, 111, 99, 108], [108, 113, 107, 112]]);
    const at = (price: number) =>
      play(data, { ...long, 1: (expert) => expert.sell({ type: "takeProfitLimit", triggerPrice: 110, price, reduceOnly: true }) });
    expect((await at(109.5)).fills.at(-1)).toBe("2 sell 1 @ 110");
    expect((await at(112)).fills.at(-1)).toBe("3 sell 1 @ 112 maker");
  });
});

describe("a trailing stop", () => {
  const long = { 0: (expert: Expert) => expert.buy() };

  it("follows the high at its distance and sells on the way back", async () => {
    const data = bars("1h", [quiet, quiet, [100, 110, 100, 110], [110, 120, 110, 120], [120, 120, 105, 106]]);
    const { fills } = await play(data, { ...long, 1: (expert) => expert.sell({ trailingPct: 10, reduceOnly: true }) });
    // 10 % below 120.
    expect(fills).toEqual(["1 buy 1 @ 100", "4 sell 1 @ 108"]);
  });

  it("starts from the price at which it is sent", async () => {
    const data = bars("1h", [quiet, quiet, [100, 100, 89, 95]]);
    const { fills } = await play(data, { ...long, 1: (expert) => expert.sell({ trailingPct: 10, reduceOnly: true }) });
    expect(fills.at(-1)).toBe("2 sell 1 @ 90");
  });

  it("with an activation price does nothing before it, and follows from it on", async () => {
    const data = bars("1h", [quiet, quiet, [100, 104, 91, 100], [100, 106, 100, 106], [106, 108, 97, 100]]);
    const { fills } = await play(data, {
      ...long,
      1: (expert) => expert.sell({ trailingPct: 10, activationPrice: 105, reduceOnly: true }),
    });
    // Not at 91; on at 105, up with 108, hit at 97.2.
    expect(fills).toEqual(["1 buy 1 @ 100", "4 sell 1 @ 97.2"]);
  });

  it("of a short position follows the low", async () => {
    const data = bars("1h", [quiet, quiet, [100, 100, 80, 80], [80, 90, 79.9, 85]]);
    const { fills } = await play(data, { 0: (expert) => expert.sell(), 1: (expert) => expert.buy({ trailingPct: 10, reduceOnly: true }) });
    // 10 % above 80: the worst case goes up before it makes the lower low.
    expect(fills).toEqual(["1 sell 1 @ 100", "3 buy 1 @ 88"]);
  });

  it("fills at the open after a gap", async () => {
    const data = bars("1h", [quiet, quiet, [85, 86, 84, 85]]);
    const { fills } = await play(data, { ...long, 1: (expert) => expert.sell({ trailingPct: 10, reduceOnly: true }) });
    expect(fills.at(-1)).toBe("2 sell 1 @ 85");
  });
});

describe("reduce-only", () => {
  it("is refused without a position", async () => {
    const { refusals } = await play(bars("1h", [100, 101]), { 0: (expert) => expert.sell({ reduceOnly: true }) });
    expect(refusals).toEqual(["flat: there is no position of BTCUSDT that a sell would reduce"]);
  });

  it("never turns a position: it closes what is there and the rest is gone", async () => {
    const data = bars("1h", [quiet, quiet, quiet, quiet]);
    const { fills, record } = await play(data, {
      0: (expert) => expert.buy(),
      1: (expert) => expert.sell({ quantity: 5, reduceOnly: true }),
    });
    expect(fills).toEqual(["1 buy 1 @ 100", "2 sell 1 @ 100"]);
    expect(record.openPositions).toEqual([]);
  });

  it("is cancelled by the exchange when the position is gone before it fires", async () => {
    const data = bars("1h", [quiet, quiet, quiet, [100, 101, 89, 100]]);
    const { orders } = await play(data, {
      0: (expert) => expert.buy(),
      1: (expert) => {
        expert.sell({ triggerPrice: 90, reduceOnly: true });
        expert.closePosition();
      },
    });
    expect(orders).toEqual(["filled", "cancelled: nothing is left to reduce", "filled"]);
  });
});

describe("changing an open order", () => {
  it("moves its price, trigger and quantity from the next bar on", async () => {
    const data = bars("1h", [quiet, [100, 101, 95.5, 97], [97, 98, 95.5, 97]]);
    const { fills } = await play(data, {
      0: (expert) => expert.buy({ price: 95 }),
      1: (expert) => expert.amend(expert.orders[0]?.clientOrderId ?? "", { price: 96, quantity: 2 }),
    });
    expect(fills).toEqual(["2 buy 2 @ 96 maker"]);
  });

  it("tightens a trailing stop", async () => {
    const data = bars("1h", [quiet, quiet, [100, 110, 100, 110], [110, 110, 104, 105]]);
    const { fills } = await play(data, {
      0: (expert) => expert.buy(),
      1: (expert) => expert.sell({ trailingPct: 10, reduceOnly: true }),
      2: (expert) => expert.amend(expert.orders[0]?.clientOrderId ?? "", { trailingPct: 5 }),
    });
    expect(fills.at(-1)).toBe("3 sell 1 @ 104.5");
  });

  it("is refused for an order that is over, and for a number that is none", async () => {
    const { refusals } = await play(bars("1h", [100, 101, 102]), {
      0: (expert) => expert.amend("nobody", { price: 1 }),
      1: (expert) => {
        const outcome = expert.buy({ price: 90 });
        return outcome.accepted ? expert.amend(outcome.order.clientOrderId, { price: Number.NaN }) : outcome;
      },
    });
    expect(refusals).toEqual(["notOpen: order nobody is not open", "order: price NaN is not a number above zero"]);
  });

  it("is refused for a price that the order does not have, and below the smallest quantity", async () => {
    const change = async (changes: OrderChanges): Promise<readonly string[]> => {
      const actions: Actions = {
        0: (expert) => {
          const outcome = expert.buy({ triggerPrice: 110 });
          return outcome.accepted ? expert.amend(outcome.order.clientOrderId, changes) : outcome;
        },
      };
      return (await play(bars("1h", [100, 101]), actions)).refusals;
    };
    expect(await change({ price: 100 })).toEqual(["order: a stop order has no price to change"]);
    expect(await change({ trailingPct: 1 })).toEqual(["order: a stop order has no trailingPct to change"]);
    expect(await change({ quantity: 0.0009 })).toEqual(["order: a quantity of 0.0009 is below the smallest order of 0.001"]);
  });

  it("is told to onTransaction as every request is", async () => {
    const told: string[] = [];
    await run(bars("1h", [100, 101]), (expert) => {
      expert.onTransaction(({ action }, { status }) => void told.push(`${action} ${status}`));
      let bar = 0;
      expert.onBar("1h", () => {
        bar += 1;
        if (bar > 1) return;
        expert.buy({ price: 90 });
        const id = expert.orders[0]?.clientOrderId ?? "";
        expert.amend(id, { price: 91 });
        expert.cancel(id);
        expert.cancel(id);
      });
    });
    expect(told).toEqual(["submit accepted", "amend accepted", "cancel accepted", "cancel refused"]);
  });

  it("cancels one, or all that are not protective", async () => {
    const data = bars("1h", [quiet, quiet, quiet]);
    const { orders } = await play(data, {
      0: (expert) => {
        expert.buy({ stopLoss: 50 });
        expert.buy({ price: 90 });
        expert.buy({ price: 80 });
        expert.buy({ price: 70 });
      },
      1: (expert) => {
        expert.cancel(expert.orders.find(({ price }) => price === 90)?.clientOrderId ?? "");
        expect(expert.cancelAll()).toBe(2);
      },
    });
    expect(orders.filter((order) => order === "cancelled: cancelled on request")).toHaveLength(3);
    expect(orders.at(-1)).toBe("open");
  });
});

describe("an order that cannot be", () => {
  it.each([
    [{ type: "limit" }, "a limit order needs a price"],
    [{ type: "stop" }, "a stop order needs a triggerPrice"],
    [{ type: "trailingStop" }, "a trailingStop order needs a trailingPct"],
    [{ quantity: -1 }, "quantity -1 is not a number above zero"],
    [{ price: Number.NaN }, "price NaN is not a number above zero"],
    [{ trailingPct: 100 }, "a trailing distance is below 100 percent"],
    [{ stopLoss: 101 }, "the stop-loss 101 is on the wrong side of the price 100 for a buy"],
    [{ takeProfit: 99 }, "the take-profit 99 is on the wrong side of the price 100 for a buy"],
    [{ timeInForce: "IOC", expiresAt: 1e15 }, "expiresAt belongs to GTD orders"],
  ] as const)("%j is refused with the reason", async (order, reason) => {
    const { refusals, record } = await play(bars("1h", [100, 101]), { 0: (expert) => expert.buy(order) });
    expect(refusals).toEqual([`order: ${reason}`]);
    expect(record.orders).toMatchObject({ submitted: 0, refused: 1 });
  });
});
