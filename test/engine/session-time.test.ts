import { describe, expect, it } from "vitest";
import { concatBars, sliceBars, type BarColumns } from "../../src/domain/bar.ts";
import { HOUR_MS, MINUTE_MS } from "../../src/domain/timeframe.ts";
import { sma } from "../../src/indicators/index.ts";
import { bars } from "../../src/testing/bars.ts";
import { PERPETUAL, run, START } from "./rig.ts";

const ETH = { ...PERPETUAL, symbol: "ETHUSDT", baseAsset: "ETH" };
const minutes = (from: number, count: number, first = 100): BarColumns =>
  bars(
    "1m",
    Array.from({ length: count }, (_, index) => first + index),
    { from: START + from * MINUTE_MS },
  );
const clock = (now: number): string => new Date(now).toISOString().slice(11, 19);

describe("a coarser bar", () => {
  it("is shown when it has closed, made of the finer ones", async () => {
    const seen: unknown[] = [];
    await run(minutes(0, 121), (expert) => expert.onBar("1h", (bar) => void seen.push([clock(expert.now), bar])), { timeframe: "1m" });
    expect(seen).toEqual([
      ["01:00:00", { openTime: START, open: 100, high: 159.01, low: 99.99, close: 159, volume: 60 }],
      ["02:00:00", { openTime: START + HOUR_MS, open: 159, high: 219.01, low: 158.99, close: 219, volume: 60 }],
    ]);
  });

  it("that is forming cannot be seen by any door", async () => {
    const seen: number[][] = [];
    await run(
      minutes(0, 90),
      (expert) => {
        const average = expert.track("1h", sma(1));
        const history = expert.bars("1h");
        expert.onBar("1m", () => void seen.push([average.value, history.close(0), history.length]));
      },
      { timeframe: "1m" },
    );
    expect(seen[58]).toEqual([NaN, NaN, 0]);
    // The hour has closed with its last minute, and stays as it was for the next half hour.
    expect(seen[59]).toEqual([159, 159, 1]);
    expect(seen[89]).toEqual([159, 159, 1]);
  });

  it("whose last minutes are missing is shown at its end, before what comes after the gap", async () => {
    const data = concatBars([minutes(0, 40), minutes(100, 30, 500)]);
    const seen: unknown[] = [];
    await run(
      data,
      (expert) =>
        expert.onBar("1h", ({ close }) => {
          seen.push([clock(expert.now), close, expert.price()]);
        }),
      { timeframe: "1m" },
    );
    expect(seen).toEqual([
      ["01:00:00", 139, 139],
      ["02:00:00", 519, 519],
    ]);
  });

  it("an order sent at that end fills on the first price after the gap", async () => {
    const data = concatBars([minutes(0, 40), minutes(100, 30, 500)]);
    const { fills } = await run(data, (expert) => expert.onBar("1h", () => void (expert.position.isFlat && expert.buy())), {
      timeframe: "1m",
    });
    expect(fills).toEqual([`${100 / 60} buy 1 @ 500`]);
  });

  it("of another symbol is in as well, though that symbol's last minute is missing", async () => {
    const btc = minutes(0, 61);
    const eth = concatBars([minutes(0, 59, 10), minutes(60, 1, 10)]);
    const seen: string[] = [];
    await run(
      [btc, eth],
      (expert) => {
        const history = expert.bars("1h", { symbol: "ETHUSDT" });
        expert.onBar("1h", (_bar, symbol) => void seen.push(`${symbol} ${clock(expert.now)}: ${history.close(0)}`));
      },
      { timeframe: "1m", instruments: [PERPETUAL, ETH] },
    );
    expect(seen).toEqual(["BTCUSDT 01:00:00: 68", "ETHUSDT 01:00:00: 68"]);
  });

  it("of a day, a week and a month ends where the calendar says", async () => {
    const hours = Array.from({ length: 32 * 24 }, (_, hour) => 100 + hour);
    const seen: string[] = [];
    await run(bars("1h", hours), (expert) => {
      for (const timeframe of ["1w", "1M"] as const)
        expert.onBar(timeframe, () => void seen.push(`${timeframe} ${new Date(expert.now).toISOString().slice(0, 10)}`));
    });
    // 1 January 2024 is a Monday.
    expect(seen).toEqual(["1w 2024-01-08", "1w 2024-01-15", "1w 2024-01-22", "1w 2024-01-29", "1M 2024-02-01"]);
  });
});

describe("several symbols", () => {
  it("are handed out in time order, and at one moment in the order of the list with every bar of it in", async () => {
    const btc = minutes(0, 3);
    const eth = sliceBars(minutes(0, 3, 10), 1, 3);
    const seen: string[] = [];
    await run(
      [btc, eth],
      (expert) =>
        expert.onBar(
          "1m",
          (_bar, symbol) => void seen.push(`${symbol} ${clock(expert.now)} ${expert.price("BTCUSDT")} ${expert.price("ETHUSDT")}`),
        ),
      { timeframe: "1m", instruments: [PERPETUAL, ETH] },
    );
    expect(seen).toEqual([
      "BTCUSDT 00:01:00 100 NaN",
      "BTCUSDT 00:02:00 101 11",
      "ETHUSDT 00:02:00 101 11",
      "BTCUSDT 00:03:00 102 12",
      "ETHUSDT 00:03:00 102 12",
    ]);
  });

  it("are tracked and looked back at by name, and an unknown one is refused in setup", async () => {
    const values: number[] = [];
    await run(
      [minutes(0, 3), minutes(0, 3, 10)],
      (expert) => {
        const average = expert.track("1m", sma(2), { symbol: "ETHUSDT" });
        expert.onBar("1m", (_bar, symbol) => void (symbol === "BTCUSDT" && values.push(average.value)));
      },
      { timeframe: "1m", instruments: [PERPETUAL, ETH] },
    );
    expect(values).toEqual([NaN, 10.5, 11.5]);
    await expect(
      run(minutes(0, 3), (expert) => void expert.track("1m", sma(2), { symbol: "SOLUSDT" }), { timeframe: "1m" }),
    ).rejects.toThrow('track: "SOLUSDT" is not one of the run\'s symbols: BTCUSDT');
  });

  it("trade each on its own prices", async () => {
    const { fills, record } = await run(
      [minutes(0, 3), minutes(0, 3, 10)],
      (expert) =>
        expert.onBar("1m", (_bar, symbol) => {
          if (expert.positionOf(symbol).isFlat && expert.orders.every((order) => order.symbol !== symbol)) expert.buy({ symbol });
        }),
      { timeframe: "1m", instruments: [PERPETUAL, ETH] },
    );
    expect(fills.map((fill) => fill.slice(fill.indexOf("buy")))).toEqual(["buy 1 @ 100", "buy 1 @ 10"]);
    expect(record.openPositions.map(({ symbol, unrealizedPnl }) => [symbol, unrealizedPnl])).toEqual([
      ["BTCUSDT", 2],
      ["ETHUSDT", 2],
    ]);
  });
});

describe("a timer", () => {
  it("fires on whole multiples of the run's time, inside bars and after the bars of its moment", async () => {
    const seen: string[] = [];
    await run(bars("1h", [100, 101]), (expert) => {
      expert.onTimer(1_200, () => void seen.push(`timer ${clock(expert.now)} ${expert.price()}`));
      expert.onBar("1h", () => void seen.push(`bar ${clock(expert.now)}`));
    });
    expect(seen).toEqual([
      "timer 00:20:00 NaN",
      "timer 00:40:00 NaN",
      "bar 01:00:00",
      "timer 01:00:00 100",
      "timer 01:20:00 100",
      "timer 01:40:00 100",
      "bar 02:00:00",
      "timer 02:00:00 101",
    ]);
  });

  it("fires in a gap of the data too", async () => {
    const seen: string[] = [];
    await run(concatBars([minutes(0, 10), minutes(60, 1)]), (expert) => expert.onTimer(900, () => void seen.push(clock(expert.now))), {
      timeframe: "1m",
    });
    expect(seen).toEqual(["00:15:00", "00:30:00", "00:45:00", "01:00:00"]);
  });

  it("does not fire before the first moment of trading", async () => {
    const seen: string[] = [];
    await run(minutes(0, 61), (expert) => expert.onTimer(900, () => void seen.push(clock(expert.now))), {
      timeframe: "1m",
      tradesFrom: START + 30 * MINUTE_MS,
    });
    expect(seen).toEqual(["00:45:00", "01:00:00"]);
  });

  it("needs a number of seconds", async () => {
    await expect(run(minutes(0, 1), (expert) => expert.onTimer(0, () => undefined), { timeframe: "1m" })).rejects.toThrow(
      "onTimer: 0 is not a number of seconds above zero",
    );
  });
});

describe("the warm-up", () => {
  it("shows bars to indicators and histories before the first moment of trading, and to nobody else", async () => {
    const seen: unknown[] = [];
    const { record } = await run(
      bars("1h", [100, 101, 102, 103, 104]),
      (expert) => {
        const average = expert.track("1h", sma(3));
        const history = expert.bars("1h");
        expert.onInit(() => void seen.push("init"));
        expert.onBar("1h", () => void seen.push([clock(expert.now), average.value, history.length]));
      },
      { tradesFrom: START + 3 * HOUR_MS },
    );
    expect(seen).toEqual(["init", ["04:00:00", 102, 4], ["05:00:00", 103, 5]]);
    // Equity is measured from there on.
    expect(record.equity.bars).toBe(2);
  });

  it("feeds coarser bars that began in it", async () => {
    const seen: unknown[] = [];
    await run(minutes(0, 60), (expert) => expert.onBar("1h", ({ open, volume }) => void seen.push([open, volume])), {
      timeframe: "1m",
      tradesFrom: START + 30 * MINUTE_MS,
    });
    expect(seen).toEqual([[100, 60]]);
  });
});
