import { describe, expect, it } from "vitest";
import { HOUR_MS } from "../../src/domain/timeframe.ts";
import { bars } from "../../src/testing/bars.ts";
import { INVERSE, PERPETUAL, play, run, START, type Actions } from "./rig.ts";

const flat = (price: number) => [price, price, price, price] as const;

describe("funding", () => {
  const data = bars("1h", [flat(100), flat(100), flat(110), flat(110), flat(110)]);
  const at = (hour: number, rate: number, markPrice?: number) => ({
    time: START + hour * HOUR_MS,
    rate,
    ...(markPrice === undefined ? {} : { markPrice }),
  });

  it("is paid by longs and received by shorts, on the value at the mark price or the last one", async () => {
    const funding = [at(2, 0.01), at(3, 0.01, 120), at(4, -0.02)];
    const long = await play(data, { 0: (expert) => expert.buy({ quantity: 2 }) }, { funding });
    const short = await play(data, { 0: (expert) => expert.sell({ quantity: 2 }) }, { funding });
    // 2 × 100 × 0.01, 2 × 120 × 0.01, and 2 × 110 × 0.02 back.
    expect(long.record.funding).toBe(2 + 2.4 - 4.4);
    expect(short.record.funding).toBe(-2 - 2.4 + 4.4);
  });

  it("belongs to the trade that was held, by parts when it is closed by parts", async () => {
    const { record } = await play(
      data,
      { 0: (expert) => expert.buy({ quantity: 4 }), 1: (expert) => expert.sell({ quantity: 1 }), 2: (expert) => expert.closePosition() },
      { funding: [at(1.5, 0.01)] },
    );
    expect(record.trades).toMatchObject([
      { quantity: 1, funding: 1, grossPnl: 10, netPnl: 9 },
      { quantity: 3, funding: 3, grossPnl: 30, netPnl: 27 },
    ]);
  });

  it("of an inverse position is in the base asset", async () => {
    const { record } = await play(
      bars("1h", [flat(40_000), flat(40_000), flat(40_000)]),
      { 0: (expert) => expert.buy({ quantity: 10 }) },
      { instruments: [INVERSE], run: { initialCapital: 1 }, funding: [at(2, 0.001)] },
    );
    expect(record.funding).toBe(0.000025);
  });

  it("costs nothing without a position, and reaches the expert either way", async () => {
    const told: string[] = [];
    const { record } = await run(
      data,
      (expert) => expert.onFunding(({ rate, time }, symbol) => void told.push(`${symbol} ${rate} ${(time - START) / HOUR_MS}`)),
      { funding: [at(2, 0.01)] },
    );
    expect([record.funding, told]).toEqual([0, ["BTCUSDT 0.01 2"]]);
  });

  it("counts for the position that was held when it was due, between two bars", async () => {
    // Due at the very moment at which the entry fills: the order comes after.
    const { record } = await play(data, { 0: (expert) => expert.buy() }, { funding: [at(1, 0.01)] });
    expect(record.funding).toBe(0);
  });
});

describe("liquidation", () => {
  /** A tenth of the value has to stay. */
  const instruments = [{ ...PERPETUAL, maintenanceMarginRate: 0.1 }];

  it("closes a long position where its loss has eaten the money down to the maintenance margin", async () => {
    const data = bars("1h", [flat(100), flat(100), [100, 101, 50, 60]]);
    const { fills, record } = await play(data, { 0: (expert) => expert.buy({ quantity: 300 }) }, { instruments, risk: { leverage: 3 } });
    // 10000 + 300 (p − 100) = 0.1 × 300 p at p = 74.074…; the next step below.
    expect(record.trades).toMatchObject([{ exitPrice: 74.07, exitReason: "liquidation" }]);
    // No order of the expert's stands behind it.
    expect(fills).toEqual(["1 buy 300 @ 100"]);
  });

  it("closes a short position on the way up", async () => {
    const data = bars("1h", [flat(100), flat(100), [100, 150, 99, 140]]);
    const { record } = await play(data, { 0: (expert) => expert.sell({ quantity: 300 }) }, { instruments, risk: { leverage: 3 } });
    // 10000 − 300 (p − 100) = 0.1 × 300 p at p = 121.2121…
    expect(record.trades).toMatchObject([{ exitPrice: 121.22, exitReason: "liquidation" }]);
  });

  it("at a gap takes the open, however far beyond", async () => {
    const data = bars("1h", [flat(100), flat(100), flat(60)]);
    const { record } = await play(data, { 0: (expert) => expert.buy({ quantity: 300 }) }, { instruments, risk: { leverage: 3 } });
    expect(record.trades).toMatchObject([{ exitPrice: 60, netPnl: -12_000 }]);
  });

  it("comes after a stop that is nearer", async () => {
    const data = bars("1h", [flat(100), flat(100), [100, 101, 50, 60]]);
    const { record } = await play(
      data,
      { 0: (expert) => expert.buy({ quantity: 300, stopLoss: 80 }) },
      { instruments, risk: { leverage: 3 } },
    );
    expect(record.trades).toMatchObject([{ exitPrice: 80, exitReason: "stopLoss" }]);
  });

  it("takes the symbol's orders away, and the expert sees a flat position", async () => {
    const seen: string[] = [];
    await run(
      bars("1h", [flat(100), flat(100), [100, 101, 50, 60], flat(60)]),
      (expert) => {
        expert.onOrder(({ status, reason }) => void (status === "cancelled" && seen.push(reason ?? "")));
        expert.onPosition(({ quantity }) => void seen.push(`position ${quantity}`));
        let bar = 0;
        expert.onBar("1h", () => {
          if (bar === 0) expert.buy({ quantity: 300, stopLoss: 10 });
          bar += 1;
        });
      },
      { instruments, risk: { leverage: 3 } },
    );
    expect(seen).toEqual(["position 300", "cancelled by liquidation", "position 0"]);
  });

  it("of a hedged account counts both sides at the price that moves", async () => {
    // The two sides cancel: no price takes the money.
    const data = bars("1h", [flat(100), flat(100), [100, 190, 20, 100]]);
    const { record } = await play(
      data,
      {
        0: (expert) => {
          expert.buy({ quantity: 100 });
          expert.sell({ quantity: 100 });
        },
      },
      { instruments: [PERPETUAL], risk: { leverage: 3 }, run: { positionMode: "hedge" } },
    );
    expect(record.trades).toEqual([]);
  });

  it("with isolated margin takes the position's own margin and no more", async () => {
    const data = bars("1h", [flat(100), flat(100), [100, 101, 50, 60]]);
    const { record } = await play(
      data,
      { 0: (expert) => expert.buy({ quantity: 30 }) },
      { instruments, risk: { leverage: 2 }, run: { marginMode: "isolated" } },
    );
    // 1500 of margin: 1500 + 30 (p − 100) = 0.1 × 30 p at p = 55.555…; the account has 10000 and would have carried it.
    expect(record.trades).toMatchObject([{ exitPrice: 55.55, exitReason: "liquidation" }]);
  });

  it("moves nearer when funding has been paid", async () => {
    const data = bars("1h", [flat(100), flat(100), flat(100), [100, 100, 74.1, 90]]);
    const options = { instruments, risk: { leverage: 3 } };
    const actions: Actions = { 0: (expert) => expert.buy({ quantity: 300 }) };
    const paid = [{ time: START + 2.5 * HOUR_MS, rate: 0.01 }];
    expect((await play(data, actions, options)).record.trades).toEqual([]);
    expect((await play(data, actions, { ...options, funding: paid })).record.trades).toMatchObject([{ exitReason: "liquidation" }]);
  });
});
