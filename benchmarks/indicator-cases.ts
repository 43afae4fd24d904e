import { SeriesIndicator, adx, atr, bbands, ema, macd, rsi, sma, stoch } from "../src/indicators/index.ts";
import { compileFunction } from "node:vm";
import type { Bar, BarColumns } from "../src/domain/bar.ts";
import type { Study } from "../src/indicators/indicator.ts";
import { RowBar } from "../src/indicators/row-bar.ts";

/** The same bars in every form a library wants. */
export interface Market {
  readonly columns: BarColumns;
  readonly high: number[];
  readonly low: number[];
  readonly close: number[];
  readonly candles: readonly Bar[];
}

/** One cell of the table: `prepare` makes everything that is not to be timed and gives what is. */
export interface Case {
  readonly indicator: string;
  readonly library: string;
  readonly prepare: (market: Market) => () => unknown;
}

const OURS: Readonly<Record<string, () => Study>> = {
  SMA: () => sma(20),
  EMA: () => ema(20),
  RSI: () => rsi(14),
  MACD: () => macd(),
  Bollinger: () => bbands(20),
  ATR: () => atr(14),
  ADX: () => adx(14),
  Stochastic: () => stoch({ fastK: 14, slowK: 3, slowD: 3 }),
};

/** Every library that runs over a whole column. */
export async function batchCases(): Promise<Case[]> {
  const { IndicatorsSync } = await import("@ixjb94/indicators");
  const indicatorts = await import("indicatorts");
  const technical = await import("technicalindicators");
  const signals = await signalIndicators();
  const ix = new IndicatorsSync();
  const ours = Object.entries(OURS).map(([name, create]): Case => cell(name, "metaexpert", ({ columns }) => create().over(columns)));
  return [
    ...ours,
    cell("SMA", "@ixjb94/indicators", ({ close }) => ix.sma(close, 20)),
    cell("EMA", "@ixjb94/indicators", ({ close }) => ix.ema(close, 20)),
    cell("RSI", "@ixjb94/indicators", ({ close }) => ix.rsi(close, 14)),
    cell("MACD", "@ixjb94/indicators", ({ close }) => ix.macd(close, 12, 26, 9)),
    cell("Bollinger", "@ixjb94/indicators", ({ close }) => ix.bbands(close, 20, 2)),
    cell("ATR", "@ixjb94/indicators", ({ high, low, close }) => ix.atr(high, low, close, 14)),
    cell("ADX", "@ixjb94/indicators", ({ high, low }) => ix.adx(high, low, 14)),
    cell("Stochastic", "@ixjb94/indicators", ({ high, low, close }) => ix.stoch(high, low, close, 14, 3, 3)),
    cell("SMA", "indicatorts", ({ close }) => indicatorts.sma(close, { period: 20 })),
    cell("EMA", "indicatorts", ({ close }) => indicatorts.ema(close, { period: 20 })),
    cell("RSI", "indicatorts", ({ close }) => indicatorts.rsi(close, { period: 14 })),
    cell("MACD", "indicatorts", ({ close }) => indicatorts.macd(close, { fast: 12, slow: 26, signal: 9 })),
    cell("Bollinger", "indicatorts", ({ close }) => indicatorts.bb(close, { period: 20 })),
    cell("ATR", "indicatorts", ({ high, low, close }) => indicatorts.atr(high, low, close, { period: 14 })),
    cell("Stochastic", "indicatorts", ({ high, low, close }) => indicatorts.stoch(high, low, close, { kPeriod: 14, dPeriod: 3 })),
    cell("SMA", "technicalindicators", ({ close: values }) => technical.SMA.calculate({ period: 20, values })),
    cell("EMA", "technicalindicators", ({ close: values }) => technical.EMA.calculate({ period: 20, values })),
    cell("RSI", "technicalindicators", ({ close: values }) => technical.RSI.calculate({ period: 14, values })),
    cell("MACD", "technicalindicators", ({ close: values }) => technical.MACD.calculate({ ...MACD_SETTINGS, values })),
    cell("Bollinger", "technicalindicators", ({ close: values }) => technical.BollingerBands.calculate({ period: 20, stdDev: 2, values })),
    cell("ATR", "technicalindicators", ({ high, low, close }) => technical.ATR.calculate({ period: 14, high, low, close })),
    cell("ADX", "technicalindicators", ({ high, low, close }) => technical.ADX.calculate({ period: 14, high, low, close })),
    cell("Stochastic", "technicalindicators", ({ high, low, close }) =>
      technical.Stochastic.calculate({ period: 14, signalPeriod: 3, high, low, close }),
    ),
    ...signals.map(({ name, create, reads }) =>
      cell(name, "trading-signals", (market) => create().updates(reads === "close" ? market.close : market.candles, false)),
    ),
  ];
}

/** Every library that takes bar after bar: numbers where the indicator reads only closes, otherwise objects. */
export async function streamCases(): Promise<Case[]> {
  const technical = await import("technicalindicators");
  const signals = await signalIndicators();
  const ours = Object.entries(OURS).flatMap(([indicator, create]): Case[] => [
    { indicator, library: "metaexpert", prepare: (market) => streamAlone(create(), market) },
    { indicator, library: "metaexpert, columns", prepare: (market) => streamColumns(create(), market.columns) },
  ]);
  const none: number[] = [];
  const bars = { high: none, low: none, close: none };
  const theirs: readonly [string, () => Streaming, "close" | "candle"][] = [
    ["SMA", () => new technical.SMA({ period: 20, values: none }), "close"],
    ["EMA", () => new technical.EMA({ period: 20, values: none }), "close"],
    ["RSI", () => new technical.RSI({ period: 14, values: none }), "close"],
    ["MACD", () => new technical.MACD({ ...MACD_SETTINGS, values: none }), "close"],
    ["Bollinger", () => new technical.BollingerBands({ period: 20, stdDev: 2, values: none }), "close"],
    ["ATR", () => new technical.ATR({ period: 14, ...bars }), "candle"],
    ["ADX", () => new technical.ADX({ period: 14, ...bars }), "candle"],
    ["Stochastic", () => new technical.Stochastic({ period: 14, signalPeriod: 3, ...bars }), "candle"],
  ];
  return [
    ...ours,
    ...theirs.map(
      ([indicator, create, reads]): Case => ({
        indicator,
        library: "technicalindicators",
        prepare: (market) => streamNext(create(), inputs(market, reads)),
      }),
    ),
    ...signals.map(
      ({ name, create, reads }): Case => ({
        indicator: name,
        library: "trading-signals",
        prepare: (market) => streamAdd(create(), inputs(market, reads)),
      }),
    ),
  ];
}

const MACD_SETTINGS = { fastPeriod: 12, slowPeriod: 26, signalPeriod: 9, SimpleMAOscillator: false, SimpleMASignal: false };

/** What the libraries' classes have in common; their declarations differ in the input they take. */
interface Streaming {
  nextValue(input: never): unknown;
}

interface Signal {
  add(input: unknown): unknown;
  updates(inputs: readonly unknown[], replace: boolean): unknown;
}

async function signalIndicators(): Promise<{ name: string; create: () => Signal; reads: "close" | "candle" }[]> {
  const signals = await import("trading-signals");
  const make = (name: string, reads: "close" | "candle", create: () => unknown) => ({ name, reads, create: create as () => Signal });
  return [
    make("SMA", "close", () => new signals.SMA(20)),
    make("EMA", "close", () => new signals.EMA(20)),
    make("RSI", "close", () => new signals.RSI(14, signals.WSMA)),
    make("MACD", "close", () => new signals.MACD(new signals.EMA(12), new signals.EMA(26), new signals.EMA(9))),
    make("Bollinger", "close", () => new signals.BollingerBands(20, 2)),
    make("ATR", "candle", () => new signals.ATR(14, signals.WSMA)),
    make("ADX", "candle", () => new signals.ADX(14, signals.WSMA)),
    make("Stochastic", "candle", () => new signals.StochasticOscillator({ kPeriod: 14, kSlowingPeriod: 3, dPeriod: 3 })),
  ];
}

function cell(indicator: string, library: string, work: (market: Market) => unknown): Case {
  return { indicator, library, prepare: (market) => () => work(market) };
}

function inputs(market: Market, reads: "close" | "candle"): readonly unknown[] {
  return reads === "close" ? market.close : market.candles;
}

/** The way other libraries are fed. */
function streamAlone(study: Study, market: Market): () => unknown {
  const isSeries = study instanceof SeriesIndicator;
  const loop = ownLoop(
    `for (let row = 0; row < length; row += 1) { indicator.${isSeries ? "next" : "update"}(inputs[row]); last[0] = indicator.value; } return last;`,
  );
  const values = isSeries ? market.close : market.candles;
  return () => loop(study, values, values.length, undefined, new Float64Array(1));
}

/** The way the engine feeds them: one bar object that shows the rows of columns. */
function streamColumns(study: Study, columns: BarColumns): () => unknown {
  const bar = new RowBar();
  const loop = ownLoop(
    "for (let row = 0; row < length; row += 1) { indicator.update(bar.at(inputs, row)); last[0] = indicator.value; } return last;",
  );
  return () => loop(study, columns, columns.length, bar, new Float64Array(1));
}

function streamNext(indicator: Streaming, values: readonly unknown[]): () => unknown {
  const loop = ownLoop("for (let row = 0; row < length; row += 1) last.result = indicator.nextValue(inputs[row]); return last;");
  return () => loop(indicator, values, values.length, undefined, { result: undefined });
}

function streamAdd(indicator: Signal, values: readonly unknown[]): () => unknown {
  const loop = ownLoop("for (let row = 0; row < length; row += 1) last.result = indicator.add(inputs[row]); return last;");
  return () => loop(indicator, values, values.length, undefined, { result: undefined });
}

type Loop = (indicator: unknown, inputs: unknown, length: number, bar?: unknown, last?: unknown) => unknown;

/** Compiles a loop anew for each indicator, as in a user's program, where one call site sees one kind of indicator. */
function ownLoop(body: string): Loop {
  return compileFunction(body, ["indicator", "inputs", "length", "bar", "last"]) as Loop;
}
