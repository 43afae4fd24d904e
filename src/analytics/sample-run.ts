import { createRandom } from "../base/random.ts";
import type { Random } from "../base/random.ts";
import { allocateBars } from "../domain/bar.ts";
import type { BarColumns } from "../domain/bar.ts";
import type { ClosedTrade } from "../domain/position.ts";
import { barCloseTime, timeframeMs } from "../domain/timeframe.ts";
import type { Timeframe } from "../domain/timeframe.ts";
import { EquityRecorder } from "./equity-recorder.ts";
import type { RunRecord } from "./run-record.ts";

/** What a made-up run looks like. */
export interface SampleRunOptions {
  /** @default 1 */
  readonly seed?: number;
  /** @default 365 */
  readonly days?: number;
  /** @default "1h" */
  readonly timeframe?: Timeframe;
  /** Wanted number of trades, met roughly. @default 250 */
  readonly trades?: number;
  /** @default 10,000 */
  readonly initialCapital?: number;
  /** Names that end up in the report, to try what a report does with odd ones. */
  readonly symbol?: string;
  readonly expertName?: string;
  readonly entryTags?: readonly string[];
}

const START = Date.UTC(2023, 0, 1);
const FEE_RATE = 0.0004;

/**
 * A made-up run, for tests and for looking at reports without a backtest: a seeded random walk with changing volatility, traded long
 * and short with stops and targets. Money adds up as in a real one: equity is marked on every bar from the trades themselves.
 */
export function sampleRun(options: SampleRunOptions = {}): RunRecord {
  const { seed = 1, days = 365, timeframe = "1h", initialCapital = 10_000, symbol = "BTCUSDT" } = options;
  const random = createRandom(seed);
  const bars = randomWalk({ random: random.fork("market"), days, timeframe });
  const recorder = new EquityRecorder({ startEquity: initialCapital, barMs: timeframeMs(timeframe) });
  const trades = trade({ random: random.fork("trades"), bars, recorder, options });
  const fees = trades.reduce((total, closed) => total + closed.fees, 0);

  return {
    expert: {
      name: options.expertName ?? "Sample cross",
      file: "examples/sample.ts",
      sourceHash: "9f2c1a7d0b5e4c3f8a6d1e2b7c4f5a0d9e8b3c6f1a2d7e4b5c0f9a8d3e6b1c2f",
      params: { fast: 12, slow: 26, useFilter: true, entry: "market" },
    },
    exchange: "binance",
    market: "linear",
    symbols: [symbol],
    timeframe,
    from: START,
    to: barCloseTime(timeframe, bars.openTime[bars.length - 1] as number),
    currency: "USDT",
    initialCapital,
    seed,
    settings: { leverage: 1, maxOpenPositions: 1, takerFeeRate: FEE_RATE, slippagePct: 0.01, stopLossPct: 2, takeProfitPct: 4 },
    equity: recorder.finish(),
    trades,
    openPositions: [],
    orders: {
      submitted: trades.length * 3,
      filled: trades.length * 2,
      partiallyFilled: 0,
      cancelled: trades.length,
      rejected: 1,
      expired: 0,
      refused: 3,
    },
    fees,
    funding: 0,
    tradedValue: fees / FEE_RATE,
    journalHash: "4d1f0c2e6b8a9d7c5e3f1a0b2c4d6e8f0a1b3c5d7e9f2a4c6e8b0d1f3a5c7e9b",
    dataHash: "a7c3e5f19b2d4068c1e3a5b7d9f0214365879badcfe01325476a98bcedf0213c",
    dataSource: "simulated",
    versions: { metaexpert: "0.1.0", node: "24.21.0" },
    timings: { load: 41, run: 118, report: 63 },
    warnings: [],
    chart: coarse(bars, timeframe),
  };
}

/** Bars whose logarithmic returns have clustering volatility and fat tails. */
function randomWalk({ random, days, timeframe }: { random: Random; days: number; timeframe: Timeframe }): BarColumns {
  const barMs = timeframeMs(timeframe);
  const bars = allocateBars(Math.max(2, Math.floor((days * 86_400_000) / barMs)));
  const usual = 0.02 * Math.sqrt(barMs / 86_400_000);
  let price = 20_000;
  let volatility = usual;
  for (let row = 0; row < bars.length; row += 1) {
    const shock = random.normal() * (random.next() < 0.01 ? 3 : 1);
    volatility = Math.sqrt(0.02 * usual ** 2 + 0.93 * volatility ** 2 + 0.05 * (shock * volatility) ** 2);
    const close = price * Math.exp(shock * volatility + 0.0006 * (barMs / 86_400_000));
    bars.openTime[row] = START + row * barMs;
    bars.open[row] = price;
    bars.close[row] = close;
    bars.high[row] = Math.max(price, close) * (1 + volatility * random.next());
    bars.low[row] = Math.min(price, close) * (1 - volatility * random.next());
    bars.volume[row] = random.exponential(400) * (volatility / usual);
    price = close;
  }
  return bars;
}

interface OpenTrade {
  readonly row: number;
  readonly direction: 1 | -1;
  readonly price: number;
  readonly quantity: number;
  readonly entryTag?: string;
  readonly holdRows: number;
  worst: number;
  best: number;
}

/** Enters now and then, holds until a stop, a target or a time limit, and marks equity on every bar. */
function trade(input: {
  readonly random: Random;
  readonly bars: BarColumns;
  readonly recorder: EquityRecorder;
  readonly options: SampleRunOptions;
}): ClosedTrade[] {
  const { random, bars, recorder, options } = input;
  const { trades: wanted = 250, initialCapital = 10_000, symbol = "BTCUSDT", entryTags = ["cross", "breakout"] } = options;
  const cycle = bars.length / wanted;
  const trades: ClosedTrade[] = [];
  let balance = initialCapital;
  let open: OpenTrade | undefined;

  for (let row = 0; row < bars.length; row += 1) {
    const price = bars.close[row] as number;
    if (open === undefined && random.next() < 2 / cycle && row > 0 && row < bars.length - 1) {
      const ahead = bars.close[Math.min(bars.length - 1, row + Math.ceil(cycle / 2))] as number;
      const direction = random.next() < 0.53 === ahead > price ? 1 : -1;
      const entryTag = entryTags[random.integer(0, entryTags.length)];
      open = {
        row,
        direction,
        price,
        quantity: (balance * 0.9) / price,
        ...(entryTag === undefined ? {} : { entryTag }),
        holdRows: Math.max(1, Math.ceil(random.exponential(cycle / 2))),
        worst: 0,
        best: 0,
      };
      balance -= price * open.quantity * FEE_RATE;
    } else if (open !== undefined) {
      const move = open.direction * (price / open.price - 1);
      open.worst = Math.max(open.worst, -move);
      open.best = Math.max(open.best, move);
      const isLast = row === bars.length - 1;
      if (move < -0.02 || move > 0.04 || row - open.row >= open.holdRows || isLast) {
        const exitReason = isLast ? "endOfData" : move < -0.02 ? "stopLoss" : move > 0.04 ? "takeProfit" : "exit";
        const closed = close(open, { bars, row, symbol, exitReason });
        balance += closed.netPnl + closed.entryFee;
        trades.push(closed.trade);
        open = undefined;
      }
    }
    const unrealized = open === undefined ? 0 : open.direction * open.quantity * (price - open.price);
    recorder.mark(bars.openTime[row] as number, balance + unrealized, price, open !== undefined);
  }
  return trades;
}

function close(
  open: OpenTrade,
  { bars, row, symbol, exitReason }: { bars: BarColumns; row: number; symbol: string; exitReason: string },
): { readonly trade: ClosedTrade; readonly netPnl: number; readonly entryFee: number } {
  const exitPrice = bars.close[row] as number;
  const entryFee = open.price * open.quantity * FEE_RATE;
  const fees = entryFee + exitPrice * open.quantity * FEE_RATE;
  const grossPnl = open.direction * open.quantity * (exitPrice - open.price);
  const netPnl = grossPnl - fees;
  const trade: ClosedTrade = {
    symbol,
    direction: open.direction === 1 ? "long" : "short",
    quantity: open.quantity,
    entryPrice: open.price,
    exitPrice,
    entryTime: bars.openTime[open.row] as number,
    exitTime: bars.openTime[row] as number,
    grossPnl,
    fees,
    funding: 0,
    netPnl,
    returnRatio: netPnl / (open.price * open.quantity),
    maxAdverseExcursion: open.worst,
    maxFavorableExcursion: open.best,
    barsHeld: row - open.row,
    ...(open.entryTag === undefined ? {} : { entryTag: open.entryTag }),
    exitReason,
  };
  return { trade, netPnl, entryFee };
}

/** Bars for the chart: as they are up to 10,000 or from an hour on, otherwise joined to hours. */
function coarse(bars: BarColumns, timeframe: Timeframe): NonNullable<RunRecord["chart"]> {
  if (bars.length <= 10_000 || timeframeMs(timeframe) >= timeframeMs("1h")) return { timeframe, bars };
  const size = Math.round(timeframeMs("1h") / timeframeMs(timeframe));
  const hours = allocateBars(Math.ceil(bars.length / size));
  for (let row = 0; row < bars.length; row += 1) {
    const hour = Math.floor(row / size);
    if (row % size === 0) {
      hours.openTime[hour] = bars.openTime[row] as number;
      hours.open[hour] = bars.open[row] as number;
      hours.high[hour] = -Infinity;
      hours.low[hour] = Infinity;
    }
    hours.high[hour] = Math.max(hours.high[hour] as number, bars.high[row] as number);
    hours.low[hour] = Math.min(hours.low[hour] as number, bars.low[row] as number);
    hours.close[hour] = bars.close[row] as number;
    hours.volume[hour] = (hours.volume[hour] as number) + (bars.volume[row] as number);
  }
  return { timeframe: "1h", bars: hours };
}
