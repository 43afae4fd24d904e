/**
 * Holds for any mix of lost, doubled, late and damaged messages, broken connections and failing answers:
 * - trades come out in the order of their ids, none missing and none twice;
 * - bars come out in order, none missing and none twice, with the exchange's own values;
 * - every book that is shown is one that the exchange has had, level by level, and never an earlier one than before;
 * - minutes after the last fault everything that happened has been told, the book is the exchange's, and the data are up.
 */
import { describe, expect, it } from "vitest";
import { NetworkError } from "../../src/base/errors.ts";
import { createRandom, type Random } from "../../src/base/random.ts";
import { barOpenTime, MINUTE_MS } from "../../src/domain/timeframe.ts";
import { createRig, START, subscription, type Rig } from "./market-rig.ts";

const FIRST = START - 30_000;

/** What goes wrong in a run, each for a while. */
class Weather {
  losesUntil = 0;
  failsUntil = 0;
  isClosedUntil = 0;
}

describe.each(["spot", "linear", "inverse"] as const)("market data of Binance %s in bad weather", (market) => {
  it.each(Array.from({ length: 12 }, (_, index) => index + 1))(
    "are whole and in order, and up again when it is over: seed %d",
    async (seed) => {
      const rig = createRig(market);
      const { exchange, source, recorder } = rig;
      const random = createRandom(seed);
      const weather = new Weather();
      exchange.reply = () => (exchange.now < weather.failsUntil ? new NetworkError("no answer") : undefined);
      source.subscribe([subscription(exchange, { book: true })], recorder);
      await rig.live(2_000);
      for (let step = 0; step < 400; step += 1) await misbehave(rig, random, weather);
      exchange.isLosing = false;
      exchange.isReachable = true;
      exchange.reply = undefined;
      // Ends within a minute, so that there is no doubt which bars have closed.
      await goOn(rig, 4 * MINUTE_MS + 30_000 + (MINUTE_MS - (exchange.now % MINUTE_MS)));

      const first = Number(recorder.trades[0]);
      expect(recorder.trades).toEqual(exchange.trades.filter(({ a }) => a >= first).map(({ a }) => String(a)));
      expect(recorder.trades.length).toBeGreaterThan(300);
      const last = barOpenTime("1m", exchange.now) - MINUTE_MS;
      expect(recorder.bars).toEqual(Array.from({ length: (last - FIRST) / MINUTE_MS + 1 }, (_, index) => FIRST + index * MINUTE_MS));
      expect(recorder.isUp).toBe(true);
      const places = recorder.bookStates.map((state) => exchange.states.get(state));
      expect(places).not.toContain(undefined);
      expect(places).toEqual(places.toSorted((left, right) => Number(left) - Number(right)));
      expect(places.at(-1)).toBe(exchange.states.size - 1);
      expect(source.counts.repairs).toBeGreaterThan(3);
    },
  );
});

/** One step of a bad day: something happens at the exchange, and something happens to what is told of it. */
async function misbehave(rig: Rig, random: Random, weather: Weather): Promise<void> {
  const { exchange } = rig;
  const kind = random.integer(0, 59);
  if (kind === 0) weather.losesUntil = exchange.now + random.integer(500, 12_000);
  else if (kind === 1) weather.failsUntil = exchange.now + random.integer(500, 30_000);
  else if (kind === 2) weather.isClosedUntil = exchange.now + random.integer(1_000, 40_000);
  else if (kind === 3) exchange.hangUp();
  else if (kind === 4) exchange.tellAll('{"stream":"!serverShutdown","data":{"e":"serverShutdown","E":1}}');
  else if (kind === 5) for (const trade of exchange.trades.slice(-5)) exchange.tell("aggTrade", exchange.tradeMessage(trade));
  else if (kind === 6) exchange.tellRaw("aggTrade", '{"e":"aggTrade","E":1,"s":"BTCUSDT","p":"NaN"}');
  else if (kind === 7) exchange.tellRaw("depth@100ms", '{"e":"depthUpdate"}');
  else if (kind === 8) exchange.tellAll("\u0000");
  else if (kind === 9) exchange.kline("1m", barOpenTime("1m", exchange.now) - 2 * MINUTE_MS, true);
  exchange.isReachable = exchange.now >= weather.isClosedUntil;
  if (!exchange.isReachable) exchange.hangUp();
  exchange.isLosing = exchange.now < weather.losesUntil || random.next() < 0.03;
  await happen(rig, random.integer(100, 3_000), random.next() < 0.8);
}

/** A quiet market without faults. */
async function goOn(rig: Rig, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 500) await happen(rig, 500, true);
}

/** Trades, moves the book and closes the bars that end meanwhile; `isTold` says whether the stream tells of a bar's end. */
async function happen({ exchange, run }: Rig, ms: number, isTold: boolean): Promise<void> {
  exchange.trade("100.5");
  exchange.trade("100.4");
  exchange.shift();
  if (exchange.market !== "spot") exchange.tell("markPrice@1s", exchange.markPrice());
  const before = barOpenTime("1m", exchange.now);
  await run(ms);
  if (isTold) for (let open = before; open < barOpenTime("1m", exchange.now); open += MINUTE_MS) exchange.kline("1m", open, true);
}
