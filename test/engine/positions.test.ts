import { describe, expect, it } from "vitest";
import { bars } from "../../src/testing/bars.ts";
import type { DatedFutureInstrument, OptionInstrument } from "../../src/domain/instrument.ts";
import { INVERSE, PERPETUAL, play, run, SPOT } from "./rig.ts";

const flat = (price: number) => [price, price, price, price] as const;

describe("a spot position", () => {
  it("exchanges quote for base: cash goes down by the value and the fee, equity follows the price", async () => {
    const seen: number[] = [];
    const { record } = await play(
      bars("1h", [flat(100), flat(100), flat(110), flat(120)]),
      {
        0: (expert) => expert.buy({ quantity: 2 }),
        1: (expert) => void seen.push(expert.account.balance, expert.account.equity, expert.account.balances[1]?.total ?? NaN),
        2: (expert) => expert.sell({ quantity: 0.5 }),
        3: (expert) => void seen.push(expert.account.balance, expert.account.equity, expert.account.balances[1]?.total ?? NaN),
      },
      { instruments: [SPOT], run: { takerFeePct: 0.1, makerFeePct: 0.1 } },
    );
    // Bought: 10000 - 200 - 0.2. Sold: half a coin for 60 less 0.06; 1.5 coins at 120 are left.
    expect(seen).toEqual([9_799.8, 9_999.8, 2, 9_859.74, 10_039.74, 1.5]);
    // A quarter of the entry's fee belongs to the part that was sold.
    expect(record.trades).toMatchObject([{ quantity: 0.5, grossPnl: 10, fees: 0.11, netPnl: 9.89, returnRatio: 9.89 / 50 }]);
    expect(record.openPositions).toMatchObject([{ quantity: 1.5, entryPrice: 100, unrealizedPnl: 30 }]);
  });

  it("is sold by `sell`, which sells all of it when it says no quantity, and never goes short", async () => {
    const { fills, refusals } = await play(
      bars("1h", [flat(100), flat(100), flat(100), flat(100)]),
      { 0: (expert) => expert.buy({ quantity: 2 }), 1: (expert) => expert.sell(), 2: (expert) => expert.sell() },
      { instruments: [SPOT] },
    );
    expect(fills).toEqual(["1 buy 2 @ 100", "2 sell 2 @ 100"]);
    expect(refusals).toEqual(["short: nothing of BTCUSDT is held, and spot cannot be sold short"]);
  });

  it("of everything shrinks to what the cash pays for with its fee when the price has risen by the fill", async () => {
    const { fills, record } = await play(
      bars("1h", [flat(100), flat(105), flat(105)]),
      { 0: (expert) => expert.buy() },
      { instruments: [SPOT], risk: { sizing: { type: "percentEquity", percent: 100 } }, run: { takerFeePct: 0.1, makerFeePct: 0.1 } },
    );
    // 10000 / (105 × 1.001) = 95.143…
    expect(fills).toEqual(["1 buy 95.142 @ 105"]);
    expect(record.equity.lowestEquity).toBeCloseTo(10_000 - 95.142 * 0.105, 9);
  });

  it("that the cash does not pay for is cancelled by the exchange where the expert named the quantity", async () => {
    const { fills, orders } = await play(
      bars("1h", [flat(100), flat(100)]),
      { 0: (expert) => expert.buy({ quantity: 101 }) },
      { instruments: [SPOT] },
    );
    expect([fills, orders]).toEqual([[], ["cancelled: the balance does not cover the order"]]);
  });
});

describe("a linear position", () => {
  it("wins and loses the difference of prices times its size, long and short", async () => {
    const data = bars("1h", [flat(100), flat(100), flat(110), flat(120), flat(90)]);
    const { record } = await play(data, {
      0: (expert) => expert.buy({ quantity: 2 }),
      1: (expert) => expert.closePosition(),
      2: (expert) => expert.sell({ quantity: 3 }),
      3: (expert) => expert.closePosition(),
    });
    expect(record.trades).toMatchObject([
      { direction: "long", entryPrice: 100, exitPrice: 110, grossPnl: 20, returnRatio: 0.1, barsHeld: 1 },
      { direction: "short", entryPrice: 120, exitPrice: 90, grossPnl: 90, returnRatio: 0.25, barsHeld: 1 },
    ]);
    expect(record.equity.endEquity).toBe(10_110);
  });

  it("counts contracts of their size", async () => {
    const instruments = [{ ...PERPETUAL, contractSize: "0.01", quantityStep: "1" }];
    const data = bars("1h", [flat(100), flat(100), flat(110), flat(110)]);
    const { record } = await play(
      data,
      { 0: (expert) => expert.buy({ quantity: 7 }), 1: (expert) => expert.closePosition() },
      { instruments },
    );
    // Seven contracts of a hundredth coin each.
    expect(record.trades).toMatchObject([{ quantity: 7, grossPnl: 0.7, returnRatio: expect.closeTo(0.1, 12) as number }]);
  });

  it("averages its entries, and a part that is closed leaves at the average", async () => {
    const data = bars("1h", [flat(100), flat(100), flat(130), flat(120), flat(120)]);
    const { record } = await play(data, {
      0: (expert) => expert.buy({ quantity: 2 }),
      1: (expert) => expert.buy({ quantity: 1 }),
      2: (expert) => expert.sell({ quantity: 2 }),
    });
    // Average of 100, 100 and 130.
    expect(record.trades).toMatchObject([{ quantity: 2, entryPrice: 110, exitPrice: 120, grossPnl: 20 }]);
    expect(record.openPositions).toMatchObject([{ quantity: 1, entryPrice: 110, realizedPnl: 20, unrealizedPnl: 10 }]);
  });

  it("is turned by an order larger than itself: one trade ends and another begins", async () => {
    const data = bars("1h", [flat(100), flat(100), flat(105), flat(95), flat(95)]);
    const { record } = await play(
      data,
      { 0: (expert) => expert.buy({ quantity: 2 }), 1: (expert) => expert.sell({ quantity: 5 }) },
      { run: { takerFeePct: 1, makerFeePct: 1 } },
    );
    // The sale's fee of 5.25 is split by size: 2.1 end the long trade beside its entry's 2, and 3.15 open the short one.
    expect(record.trades).toMatchObject([{ direction: "long", quantity: 2, grossPnl: 10, fees: 4.1, exitReason: "reversal" }]);
    expect(record.openPositions).toMatchObject([{ quantity: -3, entryPrice: 105, unrealizedPnl: 30 }]);
  });

  it("binds margin: the value at entry divided by the leverage", async () => {
    const seen: number[] = [];
    await play(
      bars("1h", [flat(100), flat(100), flat(110)]),
      {
        0: (expert) => expert.buy({ quantity: 30 }),
        2: ({ account }) => void seen.push(account.balance, account.equity, account.usedMargin, account.freeMargin),
      },
      { risk: { leverage: 5 } },
    );
    expect(seen).toEqual([10_000, 10_300, 600, 9_700]);
  });

  it("beyond its margin is cancelled, at it is filled", async () => {
    const at = (quantity: number) =>
      play(bars("1h", [flat(100), flat(100)]), { 0: (expert) => expert.buy({ quantity }) }, { risk: { leverage: 5 } });
    expect((await at(500)).fills).toEqual(["1 buy 500 @ 100"]);
    expect((await at(500.001)).orders).toEqual(["cancelled: the balance does not cover the order"]);
  });

  it("that is turned with everything finds the margin that its closing sets free", async () => {
    const data = bars("1h", [flat(100), flat(100), flat(100), flat(100)]);
    const risk = { leverage: 2, sizing: { type: "percentEquity", percent: 100 } } as const;
    const { fills } = await play(
      data,
      {
        0: (expert) => expert.buy(),
        1: (expert) => {
          expert.closePosition();
          return expert.sell();
        },
      },
      { risk },
    );
    expect(fills).toEqual(["1 buy 200 @ 100", "2 sell 200 @ 100", "2 sell 200 @ 100"]);
  });
});

describe("an inverse position", () => {
  it("settles in the base asset: contracts × size × (1/entry − 1/exit)", async () => {
    const data = bars("1h", [flat(40_000), flat(40_000), flat(50_000), flat(50_000)]);
    const { record } = await play(
      data,
      { 0: (expert) => expert.buy({ quantity: 10 }), 1: (expert) => expert.closePosition() },
      { instruments: [INVERSE], run: { initialCapital: 1, takerFeePct: 0.1, makerFeePct: 0.1 } },
    );
    // 1000 USD: 0.025 BTC at the entry, 0.02 at the exit; fees of a thousandth of each.
    expect(record.currency).toBe("BTC");
    expect(record.trades).toMatchObject([{ grossPnl: 0.005, fees: 0.000045, netPnl: 0.004955 }]);
    expect(record.equity.endEquity).toBe(1.004955);
  });

  it("averages by value, not by price", async () => {
    const data = bars("1h", [flat(40_000), flat(40_000), flat(50_000), flat(50_000)]);
    const { record } = await play(
      data,
      { 0: (expert) => expert.sell({ quantity: 10 }), 1: (expert) => expert.sell({ quantity: 10 }) },
      { instruments: [INVERSE], run: { initialCapital: 1 } },
    );
    // 2000 USD over 0.025 + 0.02 BTC.
    expect(record.openPositions[0]?.entryPrice).toBeCloseTo(2_000 / 0.045, 8);
    // Short at 40000 has lost 0.005 at 50000, the other nothing.
    expect(record.openPositions[0]?.unrealizedPnl).toBeCloseTo(-0.005, 12);
  });
});

describe("hedge mode", () => {
  const hedge = { run: { positionMode: "hedge" } } as const;

  it("keeps a long and a short position beside each other", async () => {
    const data = bars("1h", [flat(100), flat(100), flat(110), flat(110)]);
    const { record } = await play(
      data,
      {
        0: (expert) => {
          expert.buy({ quantity: 2 });
          expert.sell({ quantity: 3 });
        },
        1: (expert) => expert.closePosition({ side: "long" }),
      },
      hedge,
    );
    expect(record.trades).toMatchObject([{ direction: "long", quantity: 2, grossPnl: 20 }]);
    expect(record.openPositions).toMatchObject([{ side: "short", quantity: -3, entryPrice: 100, unrealizedPnl: -30 }]);
  });

  it("reduces the short side by a buy that says so", async () => {
    const { fills, record } = await play(
      bars("1h", [flat(100), flat(100), flat(100)]),
      { 0: (expert) => expert.sell({ quantity: 3 }), 1: (expert) => expert.buy({ quantity: 1, positionSide: "short", reduceOnly: true }) },
      hedge,
    );
    expect(fills).toEqual(["1 sell 3 @ 100", "2 buy 1 @ 100"]);
    expect(record.openPositions).toMatchObject([{ side: "short", quantity: -2 }]);
  });

  it("protects each side on its own", async () => {
    const { fills } = await play(
      bars("1h", [flat(100), flat(100), [100, 106, 94, 100]]),
      {
        0: (expert) => {
          expert.buy({ stopLoss: 95 });
          expert.sell({ stopLoss: 105 });
        },
      },
      hedge,
    );
    expect(fills.slice(2).toSorted()).toEqual(["2 buy 1 @ 105 stopLoss", "2 sell 1 @ 95 stopLoss"]);
  });
});

describe("other instruments", () => {
  it("a dated future is traded as a perpetual is", async () => {
    const { symbol, exchange, baseAsset, quoteAsset, settleAsset, priceStep, quantityStep, contractSize } = PERPETUAL;
    const future: DatedFutureInstrument = {
      kind: "future",
      contractType: "linear",
      expiryTime: Date.UTC(2024, 2, 29),
      symbol,
      exchange,
      baseAsset,
      quoteAsset,
      settleAsset,
      priceStep,
      quantityStep,
      contractSize,
    };
    const { record } = await play(
      bars("1h", [flat(100), flat(100), flat(90)]),
      { 0: (expert) => expert.sell() },
      { instruments: [future] },
    );
    expect(record.openPositions).toMatchObject([{ quantity: -1, unrealizedPnl: 10 }]);
  });

  it("an option is described and priced as data", async () => {
    const { symbol, exchange, baseAsset, quoteAsset, settleAsset, priceStep, quantityStep } = PERPETUAL;
    const option: OptionInstrument = {
      kind: "option",
      right: "call",
      strike: "60000",
      contractSize: "0.1",
      expiryTime: Date.UTC(2024, 5, 28),
      symbol,
      exchange,
      baseAsset,
      quoteAsset,
      settleAsset,
      priceStep,
      quantityStep,
    };
    const seen: string[] = [];
    const { record } = await run(
      bars("1h", [flat(500), flat(500), flat(600), flat(600)]),
      (expert) => {
        expert.onBar("1h", () => {
          const instrument = expert.instrument();
          if (instrument.kind === "option" && seen.length === 0) seen.push(`${instrument.right} ${instrument.strike}`);
          if (expert.position.isFlat) expert.buy({ quantity: 2 });
        });
      },
      { instruments: [option] },
    );
    expect(seen).toEqual(["call 60000"]);
    // Two contracts of a tenth: the premium rose by 100.
    expect(record.openPositions).toMatchObject([{ quantity: 2, unrealizedPnl: 20 }]);
  });
});
