import { describe, expect, it } from "vitest";
import type { Sizing } from "../../src/expert/expert.ts";
import { concatBars } from "../../src/domain/bar.ts";
import { HOUR_MS } from "../../src/domain/timeframe.ts";
import { bars } from "../../src/testing/bars.ts";
import { INVERSE, PERPETUAL, play, run, SPOT, START, type RigOptions } from "./rig.ts";

const flat = (price: number) => [price, price, price, price] as const;
const ETH = { ...PERPETUAL, symbol: "ETHUSDT", baseAsset: "ETH" };

describe("sizing", () => {
  const bought = async (sizing: Sizing, options: RigOptions = {}): Promise<string> => {
    const { fills, refusals } = await play(
      bars("1h", [flat(100), flat(100)]),
      { 0: (expert) => expert.buy() },
      { ...options, risk: { ...options.risk, sizing } },
    );
    return fills[0]?.split(" ")[2] ?? refusals.join();
  };

  it("fixedBase is that many units", async () => {
    expect(await bought({ type: "fixedBase", quantity: 1.5 })).toBe("1.5");
  });

  it("fixedQuote is as much as the amount buys, in contracts of a hundred dollars as well", async () => {
    expect(await bought({ type: "fixedQuote", amount: 250 })).toBe("2.5");
    expect(await bought({ type: "fixedQuote", amount: 250 }, { instruments: [INVERSE] })).toBe("2");
  });

  it("percentEquity is that share of the equity, times the leverage of futures", async () => {
    expect(await bought({ type: "percentEquity", percent: 20 })).toBe("20");
    expect(await bought({ type: "percentEquity", percent: 20 }, { risk: { leverage: 3 } })).toBe("60");
    expect(await bought({ type: "percentEquity", percent: 20 }, { instruments: [SPOT] })).toBe("20");
  });

  it("percentEquity of everything leaves the fee of it", async () => {
    // 10000 / (100 × 1.001) on spot; with leverage 3 the fee is three times as much of the money: 30000 / (100 × 1.003).
    const run = { takerFeePct: 0.1, makerFeePct: 0.1 };
    expect(await bought({ type: "percentEquity", percent: 100 }, { instruments: [SPOT], run })).toBe("99.9");
    expect(await bought({ type: "percentEquity", percent: 100 }, { run, risk: { leverage: 3 } })).toBe("299.102");
  });

  it("riskBased loses that share of the equity at the stop", async () => {
    // 1 % of 10000 over a distance of 4 %: worth 2500.
    expect(await bought({ type: "riskBased", riskPct: 1 }, { risk: { stopLossPct: 4 } })).toBe("25");
  });

  it("riskBased takes the distance of the order's own stop, and never more than the margin carries", async () => {
    const at = (stopLoss: number) =>
      play(bars("1h", [flat(100), flat(100)]), { 0: (expert) => expert.buy({ stopLoss, sizing: { type: "riskBased", riskPct: 2 } }) });
    expect((await at(95)).fills).toEqual(["1 buy 40 @ 100"]);
    expect((await at(99.9)).fills).toEqual(["1 buy 100 @ 100"]);
  });

  it("riskBased without a stop is refused", async () => {
    const { refusals } = await play(bars("1h", [flat(100), flat(100)]), {
      0: (expert) => expert.buy({ sizing: { type: "riskBased", riskPct: 1 } }),
    });
    expect(refusals).toEqual(["size: riskBased sizing needs a stop-loss; set stopLossPct in risk or give the order a stopLoss"]);
  });

  it("of a resting order counts its own price", async () => {
    const order = { price: 50, sizing: { type: "fixedQuote", amount: 250 } } as const;
    const { fills } = await play(bars("1h", [flat(100), flat(50)]), { 0: (expert) => expert.buy(order) });
    expect(fills).toEqual(["1 buy 5 @ 50"]);
  });

  it("below the smallest value of an order is refused", async () => {
    const instruments = [{ ...PERPETUAL, notionalMin: "100" }];
    const { refusals } = await play(
      bars("1h", [flat(100), flat(100)]),
      { 0: (expert) => expert.buy({ quantity: 0.999 }) },
      { instruments },
    );
    expect(refusals).toEqual(["size: an order worth 99.9 is below the smallest of 100 USDT"]);
  });
});

describe("limits on positions", () => {
  const buyBoth = (risk: RigOptions["risk"]) =>
    run(
      [bars("1h", [flat(100), flat(100), flat(100)]), bars("1h", [flat(50), flat(50), flat(50)])],
      (expert) => {
        expert.onBar("1h", (_bar, symbol) => void expert.buy({ symbol }));
      },
      { instruments: [PERPETUAL, ETH], risk: risk ?? {} },
    );

  it("maxOpenPositions counts what has been ordered at the same moment", async () => {
    const { fills, record } = await buyBoth({ maxOpenPositions: 1 });
    expect(record.openPositions.map(({ symbol }) => symbol)).toEqual(["BTCUSDT"]);
    // Adding to the open position is no new one.
    expect(fills).toEqual(["1 buy 1 @ 100", "2 buy 1 @ 100"]);
  });

  it("maxPositionsPerSymbol counts entries into one position, waiting ones included", async () => {
    const { fills } = await buyBoth({ maxPositionsPerSymbol: 1 });
    expect(fills).toEqual(["1 buy 1 @ 100", "1 buy 1 @ 50"]);
    const twice = await play(
      bars("1h", [flat(100), flat(100)]),
      {
        0: (expert) => {
          expert.buy();
          return expert.buy();
        },
      },
      { risk: { maxPositionsPerSymbol: 1 } },
    );
    expect(twice.refusals).toEqual(["maxPositionsPerSymbol: the position has 1 entries, as many as maxPositionsPerSymbol allows"]);
  });

  it("maxPositionsPerSymbol lets a position be turned: that is the first entry of a new one", async () => {
    const data = bars("1h", [flat(100), flat(100), flat(100), flat(100)]);
    const { fills } = await play(
      data,
      {
        0: (expert) => expert.buy(),
        1: (expert) => {
          expert.closePosition();
          return expert.sell();
        },
        2: (expert) => expert.buy({ quantity: 3 }),
      },
      { risk: { maxPositionsPerSymbol: 1 } },
    );
    expect(fills).toEqual(["1 buy 1 @ 100", "2 sell 1 @ 100", "2 sell 1 @ 100", "3 buy 3 @ 100"]);
  });

  it("maxPositionSizeQuote cuts what sizing would take and refuses what an expert names", async () => {
    const options = { risk: { maxPositionSizeQuote: 250, sizing: { type: "percentEquity", percent: 50 } } } as const;
    const { fills, refusals } = await play(
      bars("1h", [flat(100), flat(100), flat(100)]),
      { 0: (expert) => expert.buy(), 1: (expert) => expert.buy({ quantity: 0.1 }) },
      options,
    );
    expect(fills).toEqual(["1 buy 2.5 @ 100"]);
    expect(refusals).toEqual(["maxPositionSizeQuote: the position would be worth 260.00, above maxPositionSizeQuote 250"]);
  });

  it("maxPositionSizeQuote counts entries that wait: all of them may fill", async () => {
    const { fills, refusals } = await play(
      bars("1h", [flat(100), flat(100), flat(80)]),
      {
        0: (expert) => {
          expert.buy({ price: 90, quantity: 1 });
          return expert.buy({ price: 85, quantity: 2 });
        },
        1: (expert) => expert.buy({ price: 95, quantity: 2 }),
      },
      { risk: { maxPositionSizeQuote: 280 } },
    );
    // The third bar opens below both.
    expect(fills).toEqual(["2 buy 1 @ 80 maker", "2 buy 2 @ 80 maker"]);
    expect(refusals).toEqual(["maxPositionSizeQuote: the position would be worth 475.00, above maxPositionSizeQuote 280"]);
  });

  it("maxPositionSizeQuote lets a position be closed and opened anew at one moment", async () => {
    const { fills } = await play(
      bars("1h", [flat(100), flat(100), flat(100)]),
      {
        0: (expert) => expert.buy({ quantity: 2 }),
        1: (expert) => {
          expert.closePosition();
          return expert.buy({ quantity: 2 });
        },
      },
      { risk: { maxPositionSizeQuote: 200 } },
    );
    expect(fills).toEqual(["1 buy 2 @ 100", "2 sell 2 @ 100", "2 buy 2 @ 100"]);
  });

  it("maxOrderSizeQuote, maxOpenOrders and priceCollarPct hold back what a slip of the hand would send", async () => {
    const { refusals } = await play(
      bars("1h", [flat(100), flat(100), flat(100), flat(100)]),
      {
        0: (expert) => expert.buy({ quantity: 100 }),
        1: (expert) => expert.buy({ price: 9 }),
        2: (expert) => {
          expert.buy({ price: 95 });
          expert.buy({ price: 94 });
          return expert.buy({ price: 93 });
        },
      },
      { risk: { maxOrderSizeQuote: 1_000, maxOpenOrders: 2, priceCollarPct: 10 } },
    );
    expect(refusals.map((refusal) => refusal.split(":")[0])).toEqual(["maxOrderSizeQuote", "priceCollarPct", "maxOpenOrders"]);
  });

  it("never keep a position from being closed", async () => {
    const options = {
      risk: { maxOpenPositions: 1, maxPositionsPerSymbol: 1, maxPositionSizeQuote: 100 },
      expert: { filters: { tradeHours: "01:00-02:00" } },
    };
    const { record } = await play(
      bars("1h", [flat(100), flat(100), flat(100), flat(100)]),
      { 0: (expert) => expert.buy(), 2: (expert) => expert.closePosition() },
      options,
    );
    expect(record.trades).toHaveLength(1);
  });
});

describe("limits on losses", () => {
  it("maxDrawdownPct closes everything and ends the run when equity has fallen that far from its high", async () => {
    const reasons: string[] = [];
    const { fills, record } = await run(
      bars("1h", [flat(100), flat(100), flat(120), flat(105), flat(95), flat(90), flat(80)]),
      (expert) => {
        expert.onStop((reason) => void reasons.push(reason));
        let isIn = false;
        expert.onBar("1h", () => {
          if (!isIn) expert.buy({ quantity: 50, takeProfit: 500 });
          isIn = true;
          expert.buy({ price: 60, quantity: 1 });
        });
      },
      { risk: { maxDrawdownPct: 10 } },
    );
    // The high is 11000. At 105 the loss is 6.8 %, at 95 11.4 %: sold at the next open.
    expect(fills).toEqual(["1 buy 50 @ 100", "5 sell 50 @ 90"]);
    expect(reasons).toEqual(["drawdownLimit"]);
    expect(record.openPositions).toEqual([]);
    expect(record.warnings).toEqual(["the run stopped at 2024-01-01T06:00:00.000Z: maxDrawdownPct was reached"]);
  });

  it("dailyLossLimit blocks entries until the next UTC day, and leaves what is open alone", async () => {
    const hours = [...Array<number>(10).fill(100), ...Array<number>(20).fill(90)];
    const refused: number[] = [];
    const { record } = await run(
      bars("1h", hours, { wick: 0 }),
      (expert) => {
        let bar = 0;
        expert.onBar("1h", () => {
          if (bar === 0) expert.buy({ quantity: 60 });
          const outcome = bar > 9 ? expert.buy({ quantity: 0.001 }) : undefined;
          if (outcome?.accepted === false) refused.push(bar);
          bar += 1;
        });
      },
      { risk: { dailyLossLimit: 5 } },
    );
    // The loss of 6 % comes with bar 10; bar 23 closes at midnight, which is the next day.
    expect(refused).toEqual(Array.from({ length: 13 }, (_, index) => index + 10));
    expect(record.openPositions[0]?.quantity).toBeCloseTo(60.006, 9);
  });

  it("dailyLossLimit measures from the equity at midnight, though the data be silent around it", async () => {
    const data = concatBars([
      bars("1h", Array<number>(20).fill(100), { wick: 0 }),
      bars("1h", [90, 90], { wick: 0, from: START + 30 * HOUR_MS }),
    ]);
    const { refusals } = await play(
      data,
      { 0: (expert) => expert.buy({ quantity: 60 }), 20: (expert) => expert.buy() },
      { risk: { dailyLossLimit: 5 } },
    );
    expect(refusals).toEqual(["entriesBlocked: the day's loss has reached dailyLossLimit 5 %"]);
  });
});

describe("filters", () => {
  const hourly = bars("1h", Array<number>(6).fill(100), { wick: 0 });
  const attempts = async (filters: object): Promise<string[]> => {
    const outcomes: string[] = [];
    await run(
      hourly,
      (expert) =>
        expert.onBar("1h", () => {
          const outcome = expert.buy({ price: 50 });
          outcomes.push(`${(expert.now - START) / HOUR_MS} ${outcome.accepted ? "sent" : outcome.code}`);
        }),
      { expert: { filters } },
    );
    return outcomes;
  };

  it("tradeHours lets entries out from its start to before its end", async () => {
    expect(await attempts({ tradeHours: "02:00-04:00" })).toEqual([
      "1 tradeHours",
      "2 sent",
      "3 sent",
      "4 tradeHours",
      "5 tradeHours",
      "6 tradeHours",
    ]);
  });

  it("allowedDays counts UTC days; the first of January 2024 was a Monday", async () => {
    expect(await attempts({ allowedDays: ["tue"] })).toEqual([1, 2, 3, 4, 5, 6].map((hour) => `${hour} allowedDays`));
    expect(await attempts({ allowedDays: ["mon"] })).toEqual([1, 2, 3, 4, 5, 6].map((hour) => `${hour} sent`));
  });

  it("minVolume looks at the last closed bar", async () => {
    const data = bars("1h", [
      [100, 100, 100, 100, 5],
      [100, 100, 100, 100, 4.9],
      [100, 100, 100, 100, 6],
    ]);
    const { refusals } = await play(
      data,
      { 0: (expert) => expert.buy({ price: 50 }), 1: (expert) => expert.buy({ price: 50 }), 2: (expert) => expert.buy({ price: 50 }) },
      { expert: { filters: { minVolume: 5 } } },
    );
    expect(refusals).toEqual(["minVolume: the last bar's volume of 4.9 is below minVolume 5"]);
  });
});

describe("a refusal", () => {
  it("is a value with a code, told to onTransaction, counted and journalled, and throws nothing", async () => {
    const told: string[] = [];
    const { record } = await run(bars("1h", [flat(100), flat(100)]), (expert) => {
      expert.onTransaction((_request, result) => void (result.status === "refused" && told.push(result.reason)));
      expert.onBar("1h", () => void expert.sell({ symbol: "SOLUSDT" }));
    });
    expect(told).toEqual(["SOLUSDT is not one of the run's symbols", "SOLUSDT is not one of the run's symbols"]);
    expect(record.orders).toMatchObject({ refused: 2, submitted: 0 });
  });
});
