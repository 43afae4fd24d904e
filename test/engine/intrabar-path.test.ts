import { describe, expect, it } from "vitest";
import type { IntrabarPath } from "../../src/expert/options.ts";
import { bars, type BarSketch } from "../../src/testing/bars.ts";
import { play, run } from "./rig.ts";

const quiet = [100, 101, 99, 100] as const;
const lastFill = async (bar: BarSketch, order: object, side: "buy" | "sell", intrabar: IntrabarPath): Promise<string> => {
  const { fills } = await play(
    bars("1h", [quiet, quiet, bar]),
    { 0: (expert) => (side === "buy" ? expert.buy(order) : expert.sell(order)) },
    { run: { intrabar } },
  );
  return fills.slice(1).join(", ");
};

describe("a bar that touches the stop and the target", () => {
  const wide = [100, 111, 89, 100] as const;

  it.each([
    ["pessimistic", "buy", "2 sell 1 @ 90 stopLoss"],
    ["optimistic", "buy", "2 sell 1 @ 110 takeProfit"],
    ["openHighLowClose", "buy", "2 sell 1 @ 110 takeProfit"],
    ["openLowHighClose", "buy", "2 sell 1 @ 90 stopLoss"],
    ["pessimistic", "sell", "2 buy 1 @ 110 stopLoss"],
    ["optimistic", "sell", "2 buy 1 @ 90 takeProfit"],
    ["openHighLowClose", "sell", "2 buy 1 @ 110 stopLoss"],
    ["openLowHighClose", "sell", "2 buy 1 @ 90 takeProfit"],
  ] as const)("%s, after a %s: %s", async (intrabar, side, expected) => {
    const order = side === "buy" ? { stopLoss: 90, takeProfit: 110 } : { stopLoss: 110, takeProfit: 90 };
    expect(await lastFill(wide, order, side, intrabar)).toBe(expected);
  });

  it("takes the open's word before any path: a target that the open has passed is hit first", async () => {
    expect(await lastFill([112, 113, 89, 100], { stopLoss: 90, takeProfit: 110 }, "buy", "pessimistic")).toBe("2 sell 1 @ 112 takeProfit");
  });
});

describe("an entry inside a bar", () => {
  it("that waits for a dip gets it last in the worst case: the rise before it earns nothing", async () => {
    const data = bars("1h", [quiet, [100, 111, 94, 100]]);
    const order = { price: 95, takeProfit: 105 };
    const at = async (intrabar: IntrabarPath) => (await play(data, { 0: (expert) => expert.buy(order) }, { run: { intrabar } })).fills;
    expect(await at("pessimistic")).toEqual(["1 buy 1 @ 95 maker"]);
    expect(await at("openHighLowClose")).toEqual(["1 buy 1 @ 95 maker"]);
    expect(await at("openLowHighClose")).toEqual(["1 buy 1 @ 95 maker", "1 sell 1 @ 105 takeProfit"]);
    expect(await at("optimistic")).toEqual(["1 buy 1 @ 95 maker", "1 sell 1 @ 105 takeProfit"]);
  });

  it("that breaks out is stopped on the way down in the worst case, and reaches its target in the best", async () => {
    const data = bars("1h", [quiet, [100, 112, 97, 104]]);
    const order = { triggerPrice: 105, stopLoss: 98, takeProfit: 111 };
    const at = async (intrabar: IntrabarPath) =>
      (await play(data, { 0: (expert) => expert.buy(order) }, { run: { intrabar } })).fills.slice(1);
    expect(await at("pessimistic")).toEqual(["1 sell 1 @ 98 stopLoss"]);
    expect(await at("optimistic")).toEqual(["1 sell 1 @ 111 takeProfit"]);
  });

  it("and its exit are two fills of one bar, with both their fees", async () => {
    const data = bars("1h", [quiet, [100, 101, 89, 95]]);
    const { record } = await play(data, { 0: (expert) => expert.buy({ stopLoss: 90 }) }, { run: { takerFeePct: 0.1, makerFeePct: 0 } });
    expect(record.trades).toMatchObject([{ barsHeld: 0, grossPnl: -10, fees: 0.19, netPnl: -10.19 }]);
  });
});

describe("a trailing stop in one bar", () => {
  it("is pulled up by the high before the low is met, in the worst case that the close allows", async () => {
    const { fills } = await play(bars("1h", [quiet, quiet, [100, 110, 98, 109]]), { 0: (expert) => expert.buy({ trailingStopPct: 5 }) });
    expect(fills.at(-1)).toBe("2 sell 1 @ 104.5 trailingStop");
  });

  it("on the bar of its entry is hit at the lowest price that any way through the bar gives", async () => {
    // Up to 103.16 and down: 5 % below it is the bar's low. The high of 110 would have given a better exit.
    const { fills } = await play(bars("1h", [quiet, [100, 110, 98, 109]]), { 0: (expert) => expert.buy({ trailingStopPct: 5 }) });
    expect(fills.at(-1)).toBe("1 sell 1 @ 98 trailingStop");
  });
});

describe("finer data", () => {
  /** An hour of minutes that rises to 111 first and falls to 89 after, and one the other way round. */
  const minutesOf = (turns: readonly number[]): BarSketch[] =>
    Array.from({ length: 60 }, (_, minute) => 100 + (turns[Math.floor(minute / 10)] ?? 0));
  const rising = [5, 11, 5, -5, -11, 0];
  const falling = rising.map((turn) => -turn);

  it.each([
    ["up first", rising, "sell 1 @ 110 takeProfit"],
    ["down first", falling, "sell 1 @ 90 stopLoss"],
  ])("decides what one coarse bar leaves open: %s", async (_name, turns, expected) => {
    const data = bars("1m", [...minutesOf([]), ...minutesOf([]), ...minutesOf(turns)]);
    const { fills } = await run(
      data,
      (expert) => {
        let isIn = false;
        expert.onBar("1h", () => {
          if (!isIn) expert.buy({ stopLoss: 90, takeProfit: 110 });
          isIn = true;
        });
      },
      { timeframe: "1m" },
    );
    expect(fills.map((fill) => fill.slice(fill.indexOf(" ") + 1))).toEqual(["buy 1 @ 100", expected]);
  });
});
