import { describe, expect, it } from "vitest";
import { bars } from "../../src/testing/bars.ts";
import { play } from "./rig.ts";

const quiet = [100, 101, 99, 100] as const;

describe("a bracket", () => {
  it("waits for its entry, and the first leg to fill cancels the other", async () => {
    const data = bars("1h", [quiet, quiet, [100, 111, 99, 108], [108, 109, 85, 90]]);
    const { fills, orders, record } = await play(data, { 0: (expert) => expert.buy({ stopLoss: 90, takeProfit: 110 }) });
    expect(fills).toEqual(["1 buy 1 @ 100", "2 sell 1 @ 110 takeProfit"]);
    expect(orders).toEqual(["filled", "cancelled: cancelled on request", "filled"]);
    expect(record.trades).toMatchObject([{ exitReason: "takeProfit", netPnl: 10 }]);
  });

  it("protects from the very price the entry got, on the bar of the entry", async () => {
    const { fills } = await play(bars("1h", [quiet, [100, 101, 89, 95]]), { 0: (expert) => expert.buy({ stopLoss: 90 }) });
    expect(fills).toEqual(["1 buy 1 @ 100", "1 sell 1 @ 90 stopLoss"]);
  });

  it("measures percents from the fill, not from the price at the decision", async () => {
    const data = bars("1h", [quiet, [110, 111, 109, 110], [110, 111, 98, 99]]);
    const { fills } = await play(data, { 0: (expert) => expert.buy({ stopLossPct: 10, takeProfitPct: 20 }) });
    expect(fills).toEqual(["1 buy 1 @ 110", "2 sell 1 @ 99 stopLoss"]);
  });

  it("closes at the same open when the entry's gap has already passed the stop", async () => {
    const { fills } = await play(bars("1h", [quiet, [88, 95, 87, 94]]), { 0: (expert) => expert.buy({ stopLoss: 90 }) });
    expect(fills).toEqual(["1 buy 1 @ 88", "1 sell 1 @ 88 stopLoss"]);
  });

  it("puts prices on the grid", async () => {
    const { fills } = await play(bars("1h", [quiet, [100, 101, 89, 95]]), { 0: (expert) => expert.buy({ stopLoss: 90.12345 }) });
    expect(fills.at(-1)).toBe("1 sell 1 @ 90.12 stopLoss");
  });

  it("of a short position has its stop above and its target below", async () => {
    const data = bars("1h", [quiet, [100, 101, 96, 97], [97, 98, 90, 91]]);
    const { fills } = await play(data, { 0: (expert) => expert.sell({ stopLossPct: 3, takeProfitPct: 8 }) });
    expect(fills).toEqual(["1 sell 1 @ 100", "2 buy 1 @ 92 takeProfit"]);
  });

  it("comes from the run's risk when the order says nothing, and from the order when it does", async () => {
    const data = bars("1h", [quiet, quiet, [100, 101, 94, 95]]);
    const risk = { stopLossPct: 5 };
    expect((await play(data, { 0: (expert) => expert.buy() }, { risk })).fills.at(-1)).toBe("2 sell 1 @ 95 stopLoss");
    expect((await play(data, { 0: (expert) => expert.buy({ stopLossPct: 2 }) }, { risk })).fills.at(-1)).toBe("2 sell 1 @ 98 stopLoss");
  });

  it("goes with the position when that is closed, and takes nothing from the next one", async () => {
    const data = bars("1h", [quiet, quiet, quiet, [100, 101, 89, 90]]);
    const { fills, record } = await play(data, {
      0: (expert) => expert.buy({ stopLoss: 95 }),
      1: (expert) => {
        expert.closePosition();
        expert.buy({ quantity: 2, stopLoss: 92 });
      },
    });
    expect(fills).toEqual(["1 buy 1 @ 100", "2 sell 1 @ 100", "2 buy 2 @ 100", "3 sell 2 @ 92 stopLoss"]);
    expect(record.openPositions).toEqual([]);
  });

  it("of an order that turns the position protects the new side with what was opened", async () => {
    const data = bars("1h", [quiet, quiet, quiet, [100, 106, 99, 100]]);
    const { fills } = await play(data, {
      0: (expert) => expert.buy({ quantity: 1, stopLoss: 50 }),
      1: (expert) => expert.sell({ quantity: 3, stopLoss: 105 }),
    });
    expect(fills).toEqual(["1 buy 1 @ 100", "2 sell 3 @ 100", "3 buy 2 @ 105 stopLoss"]);
  });

  it("of a second entry protects that entry's size alone", async () => {
    const data = bars("1h", [quiet, quiet, quiet, [100, 101, 94, 95], [95, 96, 89, 90]]);
    const { fills } = await play(data, {
      0: (expert) => expert.buy({ quantity: 1, stopLoss: 90 }),
      1: (expert) => expert.buy({ quantity: 2, stopLoss: 95 }),
    });
    expect(fills.slice(2)).toEqual(["3 sell 2 @ 95 stopLoss", "4 sell 1 @ 90 stopLoss"]);
  });

  it("closes no more than what is left after a partial exit", async () => {
    const data = bars("1h", [quiet, quiet, quiet, [100, 101, 89, 90]]);
    const { fills } = await play(data, {
      0: (expert) => expert.buy({ quantity: 3, stopLoss: 90 }),
      1: (expert) => expert.sell({ quantity: 2 }),
    });
    expect(fills).toEqual(["1 buy 3 @ 100", "2 sell 2 @ 100", "3 sell 1 @ 90 stopLoss"]);
  });

  it("carries the entry's tag to its exits and into the list of trades", async () => {
    const { record } = await play(bars("1h", [quiet, quiet, [100, 101, 89, 90]]), {
      0: (expert) => expert.buy({ stopLoss: 90, tag: "breakout" }),
    });
    expect(record.trades).toMatchObject([{ entryTag: "breakout", exitTag: "breakout", exitReason: "stopLoss" }]);
  });

  it("follows the expert's changes", async () => {
    const data = bars("1h", [quiet, quiet, [100, 108, 100, 108], [108, 109, 104, 105]]);
    const { fills } = await play(data, {
      0: (expert) => expert.buy({ stopLoss: 90 }),
      2: (expert) => expert.amend(expert.orders.find(({ purpose }) => purpose === "stopLoss")?.clientOrderId ?? "", { triggerPrice: 105 }),
    });
    expect(fills.at(-1)).toBe("3 sell 1 @ 105 stopLoss");
  });
});

describe("a trailing stop of an entry", () => {
  it("is on from the fill and follows the best price since", async () => {
    const data = bars("1h", [quiet, [100, 104, 100, 104], [104, 112, 106.5, 112], [112, 112, 105, 106]]);
    const { fills } = await play(data, { 0: (expert) => expert.buy({ trailingStopPct: 5 }) });
    // 5 % below 112.
    expect(fills).toEqual(["1 buy 1 @ 100", "3 sell 1 @ 106.4 trailingStop"]);
  });

  it("with an activation waits for that profit", async () => {
    const data = bars("1h", [quiet, [100, 103, 95.5, 100], [100, 105, 101, 105], [105, 106, 99, 100]]);
    const { fills } = await play(data, { 0: (expert) => expert.buy({ trailingStopPct: 4, trailingActivationPct: 4 }) });
    // Not at 95.5; on at 104, 4 % below 105.
    expect(fills.at(-1)).toBe("3 sell 1 @ 100.8 trailingStop");
  });

  it("may be several: a loose one at once and a tight one that a profit switches on", async () => {
    const stops = { trailingStops: [{ pct: 10 }, { pct: 2, activationPct: 5 }] };
    const loose = await play(bars("1h", [quiet, [100, 104, 100, 104], [104, 104, 92, 93]]), { 0: (expert) => expert.buy(stops) });
    const tight = await play(bars("1h", [quiet, [100, 106, 100, 106], [106, 110, 105, 106]]), { 0: (expert) => expert.buy(stops) });
    expect(loose.fills.at(-1)).toBe("2 sell 1 @ 93.6 trailingStop");
    // The bar first rises to 110 in the worst case that keeps above 103.88: 2 % below 110.
    expect(tight.fills.at(-1)).toBe("2 sell 1 @ 107.8 trailingStop");
    expect(tight.orders).toEqual(["filled", "cancelled: cancelled on request", "filled"]);
  });
});

describe("breakeven", () => {
  const risk = { stopLossPct: 10, breakevenPct: 5 };

  it("moves the stop to the entry once the profit was there", async () => {
    const data = bars("1h", [quiet, quiet, [100, 105, 101, 104], [104, 105, 99, 99]]);
    const { fills } = await play(data, { 0: (expert) => expert.buy() }, { risk });
    expect(fills).toEqual(["1 buy 1 @ 100", "3 sell 1 @ 100 stopLoss"]);
  });

  it("leaves the stop alone a step before it", async () => {
    const data = bars("1h", [quiet, quiet, [100, 104.99, 101, 104], [104, 105, 99, 99]]);
    const { fills } = await play(data, { 0: (expert) => expert.buy() }, { risk });
    expect(fills).toEqual(["1 buy 1 @ 100"]);
  });

  it("works for the short side of a hedged position too", async () => {
    const data = bars("1h", [quiet, quiet, [100, 100, 94, 96], [96, 101, 95, 101]]);
    const { fills } = await play(data, { 0: (expert) => expert.sell() }, { risk, run: { positionMode: "hedge" } });
    expect(fills).toEqual(["1 sell 1 @ 100", "3 buy 1 @ 100 stopLoss"]);
  });
});
