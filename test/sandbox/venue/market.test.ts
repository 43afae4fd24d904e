import { describe, expect, it } from "vitest";
import type { Scheduler } from "../../../src/base/scheduler.ts";
import type { Bar } from "../../../src/domain/bar.ts";
import {
  barCloseTime,
  barOpenTime,
  DAY_MS,
  HOUR_MS,
  MINUTE_MS,
  TIMEFRAMES,
  timeframeMs,
  type Timeframe,
} from "../../../src/domain/timeframe.ts";
import type { Trade } from "../../../src/domain/trade.ts";
import type { VenueEvent } from "../../../src/sandbox/venue.ts";
import { createVenue } from "../../../src/sandbox/venue/create-venue.ts";
import { btc, open, refusal, START } from "./rig.ts";

const tradesOf = (events: readonly VenueEvent[]): Trade[] => events.flatMap((event) => (event.kind === "trade" ? [event.trade] : []));

/** Bars put together the plain way. */
function barsOf(trades: readonly Trade[], timeframe: Timeframe): Map<number, Bar> {
  const bars = new Map<number, Bar>();
  for (const { time, price, quantity } of trades) {
    const openTime = barOpenTime(timeframe, time);
    const bar = bars.get(openTime) ?? { openTime, open: price, high: price, low: price, close: price, volume: 0 };
    const volume = Number((bar.volume + quantity).toFixed(5));
    bars.set(openTime, { ...bar, high: Math.max(bar.high, price), low: Math.min(bar.low, price), close: price, volume });
  }
  return bars;
}

describe("bars", () => {
  it.each(["1s", "1m", "5m", "1h"] as const)(
    "of %s that have closed are those of the trades that were told, our own among them",
    (timeframe) => {
      const { venue, symbol, pass, take, events } = open({ tradesPerSecond: 0.1 });
      pass(1.5 * HOUR_MS);
      take({ quantity: 1.5 });
      pass(1.5 * HOUR_MS);
      const expected = barsOf(tradesOf(events), timeframe);
      const first = barOpenTime(timeframe, START + HOUR_MS);
      const bars = venue.bars(symbol, timeframe, { from: first, limit: 5_000 }).slice(0, -1);
      expect(bars.length).toBeGreaterThan(1);
      for (const bar of bars) {
        const wanted = expected.get(bar.openTime);
        if (wanted === undefined) expect(bar).toMatchObject({ volume: 0, open: bar.close, high: bar.close, low: bar.close });
        else expect(bar).toEqual(wanted);
      }
    },
  );

  it("are told when they close, with and without a trade in them, and while they form", () => {
    const { venue, symbol, pass, events } = open({ tradesPerSecond: 0.005, timeframes: ["1m", "3m"] });
    pass(30 * MINUTE_MS);
    const told = events.flatMap((event) => (event.kind === "bar" && event.isClosed && event.timeframe === "1m" ? [event.bar] : []));
    expect(told).toHaveLength(30);
    expect(venue.bars(symbol, "1m", { from: told[0]?.openTime ?? 0, limit: 30 })).toEqual(told);
    expect(told.some(({ volume }) => volume === 0)).toBe(true);
    expect(events.some((event) => event.kind === "bar" && !event.isClosed)).toBe(true);
  });

  it.each(TIMEFRAMES)("of %s reach back before the venue opened, without a gap, up to the forming one", (timeframe) => {
    const { venue, symbol } = open({ historyDays: 400 });
    const bars = venue.bars(symbol, timeframe, { limit: 500 });
    const days = Math.min(500, Math.floor((390 * DAY_MS) / timeframeMs(timeframe)));
    expect(bars.length).toBeGreaterThanOrEqual(days);
    expect(bars.at(-1)?.openTime).toBe(barOpenTime(timeframe, START));
    for (const [index, bar] of bars.entries()) {
      expect(bar.low).toBeLessThanOrEqual(Math.min(bar.open, bar.close));
      expect(bar.high).toBeGreaterThanOrEqual(Math.max(bar.open, bar.close));
      const before = bars[index - 1];
      if (before === undefined) continue;
      if (index > 1) expect(bar.openTime).toBe(barCloseTime(timeframe, before.openTime));
      expect(Math.abs(bar.open / before.close - 1)).toBeLessThan(0.02);
    }
  });

  it("of the past are the same whatever was asked before, and fit each other", () => {
    const one = open();
    const other = open();
    const from = START - 100 * DAY_MS;
    one.venue.bars(one.symbol, "1m", { limit: 10 });
    const minutes = other.venue.bars(other.symbol, "1m", { from: barOpenTime("1h", from), limit: 60 });
    expect(one.venue.bars(one.symbol, "1m", { from: barOpenTime("1h", from), limit: 60 })).toEqual(minutes);
    const [hour] = one.venue.bars(one.symbol, "1h", { from: barOpenTime("1h", from), limit: 1 });
    expect(hour).toMatchObject({
      high: Math.max(...minutes.map(({ high }) => high)),
      low: Math.min(...minutes.map(({ low }) => low)),
      close: minutes.at(-1)?.close,
    });
    const seconds = one.venue.bars(one.symbol, "1s", { from: barOpenTime("1h", from), limit: 60 });
    expect(seconds).toHaveLength(60);
    expect(seconds.at(-1)?.close).toBe(minutes[0]?.close);
    expect(Math.max(...seconds.filter(({ volume }) => volume > 0).map(({ high }) => high))).toBe(minutes[0]?.high);
  });

  it("of the hour in which the venue opened hold the time before and after", () => {
    const told = open({ timeframes: ["1h"] });
    const untold = open({ timeframes: [] });
    for (const { pass } of [told, untold]) pass(2 * HOUR_MS);
    const hour = barOpenTime("1h", START);
    const minutes = untold.venue.bars(untold.symbol, "1m", { from: hour, limit: 60 });
    for (const { venue, symbol } of [told, untold]) {
      const [bar] = venue.bars(symbol, "1h", { from: hour, limit: 1 });
      expect(bar?.volume).toBeCloseTo(
        minutes.reduce((sum, { volume }) => sum + volume, 0),
        5,
      );
      expect(bar?.open).toBe(minutes.find(({ volume }) => volume > 0)?.open);
      expect(bar?.close).toBe(minutes.at(-1)?.close);
    }
  });

  it("begin and end where they are asked to", () => {
    const { venue, symbol } = open();
    const from = barOpenTime("5m", START) - HOUR_MS;
    expect(venue.bars(symbol, "5m", { from, to: from + 10 * MINUTE_MS, limit: 100 }).map(({ openTime }) => openTime - from)).toEqual([
      0,
      5 * MINUTE_MS,
      10 * MINUTE_MS,
    ]);
    expect(venue.bars(symbol, "5m", { to: from, limit: 3 }).map(({ openTime }) => openTime - from)).toEqual([
      -10 * MINUTE_MS,
      -5 * MINUTE_MS,
      0,
    ]);
    expect(venue.bars(symbol, "5m", { from: from + 1, limit: 1 })[0]?.openTime).toBe(from + 5 * MINUTE_MS);
    expect(venue.bars(symbol, "5m", { from: START + DAY_MS, limit: 5 })).toEqual([]);
  });
});

describe("the market", () => {
  it("moves with the time that passes, and stands still when it is stopped", () => {
    const { venue, events, pass } = open();
    pass(HOUR_MS);
    const trades = tradesOf(events);
    expect(trades.length).toBeGreaterThan(20);
    venue.stop();
    pass(HOUR_MS);
    expect(tradesOf(events)).toHaveLength(trades.length);
    venue.start();
    pass(HOUR_MS);
    expect(tradesOf(events).length).toBeGreaterThan(trades.length);
  });

  it("is the same when timers come late", () => {
    const onTime = open();
    onTime.pass(HOUR_MS);
    let now = START;
    let due: (() => void) | undefined;
    const late: Scheduler = {
      now: () => now,
      after: (_delayMs, run) => {
        due = run;
        return () => undefined;
      },
    };
    const venue = createVenue({
      market: "spot",
      instruments: [btc],
      balances: {},
      seed: 7,
      scheduler: late,
      tradesPerSecond: 0.02,
      timeframes: [],
    });
    const events: VenueEvent[] = [];
    venue.listen((event) => events.push(event));
    venue.start();
    for (const minutes of [0, 25, 25, 60]) {
      now = START + minutes * MINUTE_MS;
      due?.();
    }
    expect(tradesOf(events)).toEqual(tradesOf(onTime.events));
  });

  it("brings everything up to the present before an order is taken", () => {
    const { venue, order, scheduler, events } = open();
    scheduler.advanceTo(START + HOUR_MS);
    venue.submit(order({ type: "limit", price: 30_000 }));
    const [trades, orders] = [events.findLastIndex(({ kind }) => kind === "trade"), events.findIndex(({ kind }) => kind === "order")];
    expect(trades).toBeGreaterThan(10);
    expect(orders).toBeGreaterThan(trades);
  });

  it("gives its trades by their ids", () => {
    const { venue, symbol, pass } = open();
    pass(HOUR_MS);
    const newest = venue.tradesFrom(symbol, undefined, 5);
    expect(newest).toHaveLength(5);
    const first = Number(newest[0]?.id);
    expect(venue.tradesFrom(symbol, first, 3)).toEqual(newest.slice(0, 3));
    expect(venue.tradesFrom(symbol, 1, 1)[0]?.id).toBe("1");
    expect(venue.tradesFrom(symbol, first + 100, 3)).toEqual([]);
  });

  it("is moved by the operator through every order on the way, nearest first", () => {
    const { venue, symbol, take } = open();
    const far = take({ type: "limit", price: 39_000 });
    const near = take({ type: "limit", price: 39_500 });
    venue.operator.movePrice(symbol, 38_000);
    expect(venue.fills(symbol).map(({ orderId, price }) => [orderId, price])).toEqual([
      [near.orderId, 39_500],
      [far.orderId, 39_000],
    ]);
    expect(venue.lastPrice(symbol)).toBe(38_000);
    expect(venue.bars(symbol, "1m", { limit: 1 })[0]).toMatchObject({ low: 38_000, close: 38_000 });
  });

  it("takes the mark price along when it is moved, which otherwise follows with inertia", () => {
    const { venue, symbol, pass, events } = open({ market: "linear", tradesPerSecond: 1 });
    venue.operator.movePrice(symbol, 30_000);
    expect(venue.markPrice(symbol)).toBe(30_000);
    pass(10 * MINUTE_MS);
    const marks = events.flatMap((event) => (event.kind === "markPrice" ? [event.price] : []));
    const trades = tradesOf(events).slice(20);
    const range = (prices: readonly number[]): number => Math.max(...prices) - Math.min(...prices);
    expect(marks.length).toBeGreaterThan(50);
    expect(range(marks.slice(20))).toBeLessThan(range(trades.map(({ price }) => price)));
    expect(range(marks.slice(20))).toBeGreaterThan(0);
  });

  it("goes on from where the operator has moved it", () => {
    const { venue, symbol, pass } = open({ character: { annualVolatility: 0.01, jumpsPerDay: 0 } });
    venue.operator.movePrice(symbol, 20_000);
    pass(HOUR_MS);
    expect(venue.lastPrice(symbol)).toBeGreaterThan(19_900);
    expect(venue.lastPrice(symbol)).toBeLessThan(20_100);
  });

  it("does not trade while it is halted, lets orders be cancelled, and goes on after that", () => {
    const { venue, symbol, pass, take, submit, events } = open();
    const order = take({ type: "limit", price: 39_000 });
    venue.operator.setStatus(symbol, "halted");
    expect(events.at(-1)).toMatchObject({ kind: "status", status: "halted" });
    const before = tradesOf(events).length;
    pass(HOUR_MS);
    expect(tradesOf(events)).toHaveLength(before);
    expect(refusal(submit())).toBe("notTrading");
    expect(refusal(venue.cancel(symbol, { orderId: order.orderId }))).toBe("taken");
    venue.operator.setStatus(symbol, "trading");
    pass(HOUR_MS);
    expect(tradesOf(events).length).toBeGreaterThan(before);
  });

  it("has another past and future with another seed", () => {
    const prices = [1, 2].map((seed) => {
      const { venue, symbol, pass } = open({ seed });
      pass(HOUR_MS);
      return [venue.lastPrice(symbol), venue.bars(symbol, "1h", { limit: 10 })[0]?.close];
    });
    expect(prices[0]?.[0]).not.toBe(prices[1]?.[0]);
    expect(prices[0]?.[1]).not.toBe(prices[1]?.[1]);
  });
});

describe("the book", () => {
  it("has the levels asked for on both sides, best first, on the grid", () => {
    const { venue, symbol } = open({ depthLevels: 30 });
    const { bids, asks } = venue.depth(symbol, 25);
    expect([bids.length, asks.length]).toEqual([25, 25]);
    expect(bids.map(({ price }) => price)).toEqual(bids.map(({ price }) => price).toSorted((a, b) => b - a));
    expect(asks.map(({ price }) => price)).toEqual(asks.map(({ price }) => price).toSorted((a, b) => a - b));
    expect([...bids, ...asks].every(({ price, quantity }) => Number(price.toFixed(2)) === price && quantity > 0)).toBe(true);
    expect(venue.quote(symbol)).toMatchObject({ bidPrice: bids[0]?.price, askQuantity: asks[0]?.quantity });
  });
});
