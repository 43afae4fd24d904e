import { describe, expect, it } from "vitest";
import { concatBars } from "../../src/domain/bar.ts";
import { HOUR_MS } from "../../src/domain/timeframe.ts";
import { bars } from "../../src/testing/bars.ts";
import { play, run, SPOT, START, type Actions } from "./rig.ts";

describe("a market order", () => {
  it("fills at the open of the bar after the one it was decided on", async () => {
    const { fills } = await play(bars("1h", [[100, 101, 99, 100], [102, 105, 98, 104], 104]), { 0: (expert) => expert.buy() });
    expect(fills).toEqual(["1 buy 1 @ 102"]);
  });

  it("that is sent on the last bar never fills", async () => {
    const { fills, orders } = await play(bars("1h", [100, 101]), { 1: (expert) => expert.buy() });
    expect(fills).toEqual([]);
    expect(orders).toEqual(["open"]);
  });

  it("waits over a gap in the data for the next price there is", async () => {
    const data = concatBars([bars("1h", [100, 101]), bars("1h", [120, 121], { from: START + 10 * HOUR_MS })]);
    expect((await play(data, { 1: (expert) => expert.buy() })).fills).toEqual(["10 buy 1 @ 120"]);
  });

  it("of a timer inside a bar does not fill on that bar", async () => {
    const data = bars("1h", [
      [100, 101, 99, 100],
      [100, 110, 90, 105],
      [106, 107, 104, 105],
    ]);
    const { fills } = await run(data, (expert) => {
      let isSent = false;
      expert.onTimer(1_800, () => {
        if (isSent || expert.now < START + 1.5 * HOUR_MS) return;
        isSent = true;
        expert.buy();
      });
    });
    expect(fills).toEqual(["2 buy 1 @ 106"]);
  });

  it("fills on the price grid, on its worse side, where the data are finer", async () => {
    const data = bars("1h", [100, [100.004, 101, 99, 100], [100.006, 101, 99, 100]]);
    const { fills } = await play(data, { 0: (expert) => expert.buy(), 1: (expert) => expert.closePosition() });
    expect(fills).toEqual(["1 buy 1 @ 100.01", "2 sell 1 @ 100"]);
  });

  it("fills before another that was sent after it", async () => {
    const { fills } = await play(bars("1h", [100, 101, 102]), {
      0: (expert) => {
        expert.buy({ quantity: 1 });
        expert.sell({ quantity: 3 });
        expert.buy({ quantity: 2 });
      },
    });
    expect(fills).toEqual(["1 buy 1 @ 100", "1 sell 3 @ 100", "1 buy 2 @ 100"]);
  });

  it("rounds its quantity down to the grid and is refused below the smallest one", async () => {
    const { fills, refusals } = await play(bars("1h", [100, 101, 102]), {
      0: (expert) => expert.buy({ quantity: 0.123456 }),
      1: (expert) => expert.buy({ quantity: 0.0009 }),
    });
    expect(fills).toEqual(["1 buy 0.123 @ 100"]);
    expect(refusals).toEqual(["size: a quantity of 0.0009 is below the smallest order of 0.001 BTCUSDT"]);
  });
});

describe("what a taker pays", () => {
  const data = bars("1h", [[100, 101, 99, 100], [100, 101, 99, 100], [110, 111, 109, 110], 110]);
  const roundTrip: Actions = { 0: (expert) => expert.buy(), 1: (expert) => expert.closePosition() };

  it("is the fee of each side's value", async () => {
    const { record } = await play(data, roundTrip, { run: { takerFeePct: 0.1, makerFeePct: 0 } });
    // 0.1 % of 100 and of 110.
    expect(record.trades[0]).toMatchObject({ grossPnl: 10, fees: 0.21, netPnl: 9.79 });
    expect(record.equity.endEquity).toBe(10_009.79);
  });

  it("is slippage, away from the price and rounded to the worse step", async () => {
    const { fills } = await play(data, roundTrip, { risk: { slippagePct: 0.055 } });
    // 100.055 and 109.9395.
    expect(fills).toEqual(["1 buy 1 @ 100.06", "2 sell 1 @ 109.93"]);
  });

  it("is half the spread on each side", async () => {
    const { fills } = await play(data, roundTrip, { run: { spreadPct: 0.2 } });
    expect(fills).toEqual(["1 buy 1 @ 100.1", "2 sell 1 @ 109.89"]);
  });

  it("is the exchange's published fee when the run says none", async () => {
    const { record } = await play(data, roundTrip, { instruments: [SPOT], run: { exchange: "okx" }, fees: "published" });
    // OKX takes 0.1 % from takers on spot.
    expect(record.fees).toBe(0.21);
  });
});
