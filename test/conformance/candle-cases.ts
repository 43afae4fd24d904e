import type { OrderOptions, TrailingStep } from "../../src/expert/expert.ts";
import { defineExpert } from "../../src/expert/define.ts";
import { resolveRunOptions } from "../../src/expert/resolve.ts";
import { columnsOf } from "../../src/domain/bar.ts";
import type { PerpetualInstrument } from "../../src/domain/instrument.ts";
import { HOUR_MS } from "../../src/domain/timeframe.ts";
import { MergedFeed } from "../../src/engine/merged-feed.ts";
import { Backtest } from "../../src/run/backtest.ts";

/** One hand-checked case: candles with signals, the strategy's settings, and the trades that must come out. */
export interface CandleCase {
  readonly id: string;
  /** [tick, open, high, low, close, volume, enterLong, exitLong, enterShort?, exitShort?, enterTag?] */
  readonly data: readonly (readonly (number | string | null)[])[];
  readonly stop_loss: number;
  readonly roi: Readonly<Record<string, number>>;
  readonly profit_perc?: number | null;
  readonly trailing_stop?: boolean;
  readonly trailing_only_offset_is_reached?: boolean;
  readonly trailing_stop_positive?: number | null;
  readonly trailing_stop_positive_offset?: number;
  readonly use_exit_signal?: boolean;
  readonly use_custom_stoploss?: boolean;
  readonly custom_entry_price?: number | null;
  readonly custom_exit_price?: number | null;
  readonly leverage?: number;
  readonly timeout?: number | null;
  readonly adjust_entry_price?: number | null;
  readonly trades: readonly CandleTrade[];
}

export interface CandleTrade {
  readonly exit_reason: string;
  readonly open_tick: number;
  readonly close_tick: number;
  readonly enter_tag: string | null;
  readonly is_short: boolean;
}

/** What our engine made of a case. */
export interface CandleResult {
  readonly trades: readonly (CandleTrade & { readonly entryPrice: number; readonly exitPrice: number })[];
  /** Sum of the trades' profit ratios on margin. */
  readonly profit: number;
}

const START = Date.UTC(2018, 9, 3);
const EXIT_REASONS: Readonly<Record<string, string>> = {
  stopLoss: "stop_loss",
  trailingStop: "trailing_stop_loss",
  takeProfit: "roi",
  exit: "exit_signal",
};
/** A return target has to be exceeded, not only touched. */
const PRICE_STEP = 0.01;
/** freqtrade's defaults in these cases: minutes after which an unfilled order is cancelled. */
const ENTRY_TIMEOUT = 10;
const EXIT_TIMEOUT = 30;
const CANDLE_MINUTES = 60;

const instrument: PerpetualInstrument = {
  kind: "perpetual",
  contractType: "linear",
  symbol: "UNITTEST",
  exchange: "binance",
  baseAsset: "UNITTEST",
  quoteAsset: "BTC",
  settleAsset: "BTC",
  priceStep: "0.01",
  quantityStep: "0.001",
  contractSize: "1",
};

/** Runs a case through the public API: freqtrade's rules are written as an expert, the engine does the rest. */
export async function runCandleCase(candles: CandleCase): Promise<CandleResult> {
  const bars = columnsOf(
    candles.data.map(([tick, open, high, low, close, volume]) => ({
      openTime: START + Number(tick) * HOUR_MS,
      open: Number(open),
      high: Number(high),
      low: Number(low),
      close: Number(close),
      volume: Number(volume),
    })),
  );
  const leverage = candles.leverage ?? 1;
  const entryTicks: number[] = [];
  const definition = expertOf(candles, entryTicks);
  const run = resolveRunOptions(definition.options, {
    marketType: "futures",
    initialCapital: 1_000_000,
    makerFeePct: 0,
    takerFeePct: 0,
    risk: { leverage, sizing: { type: "fixedBase", quantity: 1 } },
  });
  const backtest = new Backtest({ definition, run, instruments: [instrument], streams: [{ symbol: "UNITTEST", timeframe: "1h" }] });
  const record = await backtest.run(new MergedFeed([{ symbol: "UNITTEST", timeframe: "1h", chunks: [bars] }]));

  const tick = (time: number): number => (time - START) / HOUR_MS;
  const trades = record.trades.map((trade, index) => ({
    exit_reason: trade.exitTag === "roi" ? "roi" : (EXIT_REASONS[trade.exitReason] ?? trade.exitReason),
    open_tick: entryTicks[index] ?? NaN,
    close_tick: tick(trade.exitTime),
    enter_tag: trade.entryTag ?? null,
    is_short: trade.direction === "short",
    entryPrice: trade.entryPrice,
    exitPrice: trade.exitPrice,
  }));
  // freqtrade closes what is left at the open of the last candle; our engine leaves it open and says so.
  for (const left of record.openPositions) {
    const lastRow = bars.length - 1;
    trades.push({
      exit_reason: "force_exit",
      open_tick: entryTicks.at(-1) ?? NaN,
      close_tick: tick(bars.openTime[lastRow] as number),
      enter_tag: null,
      is_short: left.quantity < 0,
      entryPrice: left.entryPrice,
      exitPrice: bars.open[lastRow] as number,
    });
  }
  const profitOf = ({ is_short, entryPrice, exitPrice }: (typeof trades)[number]): number =>
    (leverage * (is_short ? entryPrice - exitPrice : exitPrice - entryPrice)) / entryPrice;
  return { trades, profit: trades.reduce((sum, trade) => sum + profitOf(trade), 0) };
}

/** `entryTicks` receives, for each entry that fills, the candle it was first ordered for: freqtrade dates trades by that. */
function expertOf(candles: CandleCase, entryTicks: number[]) {
  const { data, custom_entry_price: customEntry, custom_exit_price: customExit } = candles;
  const leverage = candles.leverage ?? 1;
  const roi = Object.entries(candles.roi).map(([minutes, ratio]) => ({ minutes: Number(minutes), ratio }));
  roi.sort((left, right) => left.minutes - right.minutes);
  const roiAt = (minutes: number): number | undefined => roi.filter((entry) => entry.minutes <= minutes).at(-1)?.ratio;

  return defineExpert({ name: "Candle case", symbol: "UNITTEST", timeframe: "1h" }, (expert) => {
    let row = -1;
    let pending: { id: string; tick: number; isShort: boolean } | undefined;
    let exitOrder: { id: string; tick: number } | undefined;
    const orderedFor = new Map<string, number>();
    const flag = (column: number): boolean => data[row]?.[column] === 1;

    expert.onTransaction(({ clientOrderId }, { status }) => {
      const tick = orderedFor.get(clientOrderId);
      if (status === "filled" && tick !== undefined) entryTicks.push(tick);
    });

    expert.onBar("1h", () => {
      row += 1;
      const nextTick = row + 1;
      if (pending !== undefined && !expert.orders.some(({ clientOrderId }) => clientOrderId === pending?.id)) pending = undefined;
      if (nextTick >= data.length) return;
      if (pending !== undefined) return manageEntry(nextTick);
      if (expert.position.isFlat) {
        exitOrder = undefined;
        return enter(nextTick);
      }
      manageExit(nextTick);
    });

    /** An entry that has not filled: cancelled when it is too old, moved when a new price is given. */
    function manageEntry(nextTick: number): void {
      if (pending === undefined) return;
      const age = (nextTick - pending.tick) * CANDLE_MINUTES;
      const price = candles.adjust_entry_price ?? undefined;
      const isTooOld = age > (candles.timeout ?? ENTRY_TIMEOUT);
      expert.cancel(pending.id);
      if (isTooOld || price === undefined) {
        pending = undefined;
        return enter(nextTick);
      }
      place(pending.isShort, price, pending.tick);
    }

    function enter(nextTick: number): void {
      // No entry on the last candle.
      if (nextTick >= data.length - 1) return;
      const [long, exitLong, short, exitShort] = [flag(6), flag(7), flag(8), flag(9)];
      if (long && !exitLong && !short) place(false, customEntry ?? undefined, nextTick);
      else if (short && !exitShort && !long) place(true, customEntry ?? undefined, nextTick);
    }

    function place(isShort: boolean, price: number | undefined, tick: number): void {
      const tag = data[row]?.[10];
      const options: OrderOptions = {
        ...(price === undefined ? {} : { price }),
        ...(typeof tag === "string" ? { tag } : {}),
        ...protectionOf(candles, roiAt(0)),
      };
      const outcome = isShort ? expert.sell(options) : expert.buy(options);
      if (!outcome.accepted) throw new Error(outcome.reason);
      orderedFor.set(outcome.order.clientOrderId, tick);
      if (price !== undefined) pending = { id: outcome.order.clientOrderId, tick, isShort };
    }

    function manageExit(nextTick: number): void {
      const { isShort, openedAt, entryPrice } = expert.position;
      if (exitOrder !== undefined) {
        if ((nextTick - exitOrder.tick) * CANDLE_MINUTES <= (candles.timeout ?? EXIT_TIMEOUT)) return;
        expert.cancel(exitOrder.id);
        exitOrder = undefined;
      }
      const wantsExit = candles.use_exit_signal === true && flag(isShort ? 9 : 7) && !flag(isShort ? 8 : 6);
      if (wantsExit) {
        const hasPrice = typeof customExit === "number";
        const exit = { reduceOnly: true, ...(hasPrice ? { price: customExit } : {}) };
        const outcome = !hasPrice ? expert.closePosition() : isShort ? expert.buy(exit) : expert.sell(exit);
        if (outcome.accepted && hasPrice) exitOrder = { id: outcome.order.clientOrderId, tick: nextTick };
        return;
      }
      const minutes = nextTick * CANDLE_MINUTES - (openedAt - START) / 60_000;
      const ratio = roiAt(minutes);
      if (ratio === undefined) return;
      if (ratio === -1) {
        expert.closePosition({ tag: "roi" });
        return;
      }
      const price = entryPrice * (1 + ((isShort ? -1 : 1) * ratio) / leverage) + (isShort ? -1 : 1) * PRICE_STEP;
      const target = expert.orders.find(({ purpose }) => purpose === "takeProfit");
      if (target !== undefined && price > 0) expert.amend(target.clientOrderId, { triggerPrice: price });
    }
  });
}

/** freqtrade's stop-loss, trailing stops and return target as the legs of a bracket; its ratios are on margin. */
function protectionOf(candles: CandleCase, roi: number | undefined): OrderOptions {
  const leverage = candles.leverage ?? 1;
  const pct = (ratio: number): number => (Math.abs(ratio) * 100) / leverage;
  const trailing: TrailingStep[] = [];
  const offset = candles.trailing_stop_positive_offset ?? 0;
  const positive = candles.trailing_stop_positive ?? undefined;
  const onlyOffset = candles.trailing_only_offset_is_reached === true;
  // A custom stop-loss that returns the plain one trails at its distance from the first moment.
  if (candles.use_custom_stoploss === true || (candles.trailing_stop === true && !onlyOffset))
    trailing.push({ pct: pct(candles.stop_loss) });
  // "Profit above the offset" means at least one price step above it.
  if (candles.trailing_stop === true && positive !== undefined)
    trailing.push({ pct: pct(positive), activationPct: Math.max(pct(offset), 1e-3) });
  if (candles.trailing_stop === true && positive === undefined && onlyOffset)
    trailing.push({ pct: pct(candles.stop_loss), activationPct: pct(offset) });
  return {
    stopLossPct: pct(candles.stop_loss),
    ...(roi === undefined ? {} : { takeProfitPct: pct(roi) + 0.0002 }),
    ...(trailing.length === 0 ? {} : { trailingStops: trailing }),
  };
}
