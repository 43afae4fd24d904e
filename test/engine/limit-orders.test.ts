import { describe, expect, it } from "vitest";
import { HOUR_MS } from "../../src/domain/timeframe.ts";
import { bars } from "../../src/testing/bars.ts";
import { play, START, type Actions } from "./rig.ts";

const quiet = [100, 101, 99, 100] as const;

describe("a limit order", () => {
  it("fills at its price when the market comes to it, as a maker", async () => {
    const data = bars("1h", [quiet, quiet, [100, 101, 94, 96]]);
    const { fills } = await play(data, { 0: (expert) => expert.buy({ price: 95 }) });
    expect(fills).toEqual(["2 buy 1 @ 95 maker"]);
  });

  it("fills when its price is touched to the step", async () => {
    const { fills } = await play(bars("1h", [quiet, [100, 105, 99, 100]]), { 0: (expert) => expert.sell({ price: 105 }) });
    expect(fills).toEqual(["1 sell 1 @ 105 maker"]);
  });

  it("stays open a step away from it", async () => {
    const { fills, orders } = await play(bars("1h", [quiet, [100, 104.99, 99, 100]]), { 0: (expert) => expert.sell({ price: 105 }) });
    expect([fills, orders]).toEqual([[], ["open"]]);
  });

  it("fills at the open when a gap has made the market better than its price", async () => {
    const { fills } = await play(bars("1h", [quiet, [93, 94, 92, 93]]), { 0: (expert) => expert.buy({ price: 95 }) });
    expect(fills).toEqual(["1 buy 1 @ 93"]);
  });

  it("is a taker's when the market was through its price as it was sent, a maker's when it had rested first", async () => {
    const data = bars("1h", [quiet, quiet, [93, 94, 92, 93]]);
    const { fills } = await play(data, {
      0: (expert) => {
        expert.buy({ price: 102 });
        expert.buy({ price: 95 });
      },
    });
    expect(fills).toEqual(["1 buy 1 @ 100", "2 buy 1 @ 93 maker"]);
  });

  it("pays the maker's fee of its value, and a rebate adds to the money", async () => {
    const data = bars("1h", [quiet, [100, 101, 94, 96], 96]);
    const actions: Actions = { 0: (expert) => expert.buy({ price: 95 }) };
    const paid = await play(data, actions, { run: { makerFeePct: 0.02, takerFeePct: 0.05 } });
    const rebated = await play(data, actions, { run: { makerFeePct: -0.01, takerFeePct: 0.05 } });
    expect([paid.record.fees, rebated.record.fees]).toEqual([0.019, -0.0095]);
  });

  it("knows no slippage and no spread", async () => {
    const options = { risk: { slippagePct: 1 }, run: { spreadPct: 1 } };
    const { fills } = await play(bars("1h", [quiet, [100, 101, 94, 96]]), { 0: (expert) => expert.buy({ price: 95 }) }, options);
    expect(fills).toEqual(["1 buy 1 @ 95 maker"]);
  });

  it("rounds its price to the grid", async () => {
    const { fills } = await play(bars("1h", [quiet, [100, 101, 94, 96]]), { 0: (expert) => expert.buy({ price: 95.00499 }) });
    expect(fills).toEqual(["1 buy 1 @ 95 maker"]);
  });
});

describe("a post-only order", () => {
  it("is rejected when it would take", async () => {
    const { refusals } = await play(bars("1h", [quiet, quiet]), { 0: (expert) => expert.buy({ price: 100, postOnly: true }) });
    expect(refusals).toEqual(["rejected: a post-only order would have taken liquidity"]);
  });

  it("rests below the market and fills as a maker", async () => {
    const data = bars("1h", [quiet, [100, 101, 98, 100]]);
    const { fills } = await play(data, { 0: (expert) => expert.buy({ price: 99.99, postOnly: true }) });
    expect(fills).toEqual(["1 buy 1 @ 99.99 maker"]);
  });

  it("fills at its own price, as a maker, when a gap comes down over it: it was in the book before", async () => {
    const { fills } = await play(bars("1h", [quiet, [95, 96, 94, 95]]), { 0: (expert) => expert.buy({ price: 99, postOnly: true }) });
    expect(fills).toEqual(["1 buy 1 @ 99 maker"]);
  });

  it("can only be a limit order", async () => {
    const { refusals } = await play(bars("1h", [quiet, quiet]), { 0: (expert) => expert.buy({ postOnly: true }) });
    expect(refusals).toEqual(["order: only limit orders can be postOnly, not market"]);
  });
});

describe("the time in force", () => {
  const dip = bars("1h", [quiet, quiet, quiet, [100, 101, 94, 96]]);

  it("GTC waits as long as it takes", async () => {
    const { fills } = await play(dip, { 0: (expert) => expert.buy({ price: 95, timeInForce: "GTC" }) });
    expect(fills).toEqual(["3 buy 1 @ 95 maker"]);
  });

  it.each(["IOC", "FOK"] as const)("%s ends at the next price that does not fill it", async (timeInForce) => {
    const { fills, orders } = await play(dip, { 0: (expert) => expert.buy({ price: 95, timeInForce }) });
    expect(fills).toEqual([]);
    expect(orders).toEqual([`expired: nothing to fill it at once (${timeInForce})`]);
  });

  it.each(["IOC", "FOK"] as const)("%s fills as a taker when the next open is through its price", async (timeInForce) => {
    const { fills } = await play(dip, { 0: (expert) => expert.buy({ price: 100, timeInForce }) });
    expect(fills).toEqual(["1 buy 1 @ 100"]);
  });

  it("GTD ends at its moment, and the bar that opens there is not its own any more", async () => {
    const until = (hour: number) => play(dip, { 0: (expert) => expert.buy({ price: 95, expiresAt: START + hour * HOUR_MS }) });
    expect((await until(3)).orders).toEqual(["expired: its time in force has ended"]);
    expect((await until(3.5)).fills).toEqual(["3 buy 1 @ 95 maker"]);
  });

  it("GTD needs a moment that lies ahead", async () => {
    const { refusals } = await play(dip, {
      0: (expert) => expert.buy({ price: 95, timeInForce: "GTD" }),
      1: (expert) => expert.buy({ price: 95, expiresAt: START }),
    });
    expect(refusals).toEqual(["order: a GTD order needs expiresAt", "order: expiresAt 2024-01-01T00:00:00.000Z is not after now"]);
  });
});
