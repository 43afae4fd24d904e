import { expect, test } from "vitest";
import { int } from "./params.ts";
import { resolveExpertOptions, resolveRunOptions } from "./resolve.ts";
import type { ResolvedRunOptions } from "./resolved.ts";
import type { ExpertOptions, RunOptions } from "./options.ts";

const base: ExpertOptions = { name: "EMA cross", symbol: "BTCUSDT", timeframe: "1h", params: { fast: int(12, { min: 3, max: 50 }) } };

function resolve(run: RunOptions = {}, expert: Partial<ExpertOptions> = {}): ResolvedRunOptions {
  return resolveRunOptions(resolveExpertOptions({ ...base, ...expert }), run);
}

test("a run without options has every default", () => {
  expect(resolve()).toEqual({
    mode: "backtest",
    strategyId: "ema-cross",
    strategyName: "EMA cross",
    comment: "",
    exchange: "binance",
    marketType: "spot",
    contractType: "linear",
    market: "spot",
    marginMode: "cross",
    positionMode: "oneWay",
    symbols: ["BTCUSDT"],
    timeframe: "1h",
    params: { fast: 12 },
    lookbackBars: 500,
    warmupBars: undefined,
    from: undefined,
    to: undefined,
    durationMs: undefined,
    initialCapital: 10_000,
    makerFeePct: undefined,
    takerFeePct: undefined,
    spreadPct: 0,
    intrabar: "pessimistic",
    seed: 1,
    logLevel: "info",
    logToConsole: true,
    logToFile: false,
    logFile: undefined,
    logTradeFile: undefined,
    logErrorFile: undefined,
    jsonLogging: false,
    subaccount: undefined,
    testnet: false,
    baseUrl: undefined,
    proxy: undefined,
    rateLimit: undefined,
    persistState: false,
    onError: "halt",
    onExit: "cancel",
    rearm: false,
    risk: {
      sizing: { type: "percentEquity", percent: 100 },
      leverage: 1,
      maxDrawdownPct: Infinity,
      dailyLossLimit: Infinity,
      maxPositionSizeQuote: Infinity,
      stopLossPct: undefined,
      takeProfitPct: undefined,
      trailingStopPct: undefined,
      trailingActivationPct: 0,
      breakevenPct: undefined,
      slippagePct: 0,
      maxOpenPositions: Infinity,
      maxPositionsPerSymbol: Infinity,
      maxSpreadPct: Infinity,
      maxOpenOrders: Infinity,
      maxOrderSizeQuote: Infinity,
      priceCollarPct: Infinity,
      maxOrdersPerMinute: Infinity,
      duplicateWindowMs: 0,
      maxRepeatedOrders: Infinity,
    },
    filters: {
      tradeHours: [{ fromMinute: 0, toMinute: 1440 }],
      allowedDays: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
      minVolume: 0,
    },
  });
});

test.each(["paper", "live", "sandbox"] as const)("a %s run keeps its state and has limits against mistakes", (mode) => {
  const { persistState, risk } = resolve({ mode });
  expect(persistState).toBe(true);
  expect(risk).toMatchObject({ priceCollarPct: 10, maxOrdersPerMinute: 60, duplicateWindowMs: 1_000, maxRepeatedOrders: 10 });
});

test("limits against mistakes are changed one by one", () => {
  const { risk } = resolve({ mode: "live", risk: { duplicateWindowMs: 0, priceCollarPct: 2 } }, { risk: { maxOrdersPerMinute: 5 } });
  expect(risk).toMatchObject({ priceCollarPct: 2, maxOrdersPerMinute: 5, duplicateWindowMs: 0, maxRepeatedOrders: 10 });
});

test("every option of a connection arrives", () => {
  const given = {
    mode: "live",
    subaccount: "trend",
    testnet: true,
    baseUrl: "http://127.0.0.1:8443",
    proxy: "socks5://user:word@127.0.0.1:1080",
    rateLimit: 5,
    persistState: false,
    onError: "continue",
    onExit: "close",
    rearm: true,
    jsonLogging: true,
  } as const;
  expect(resolve(given)).toMatchObject(given);
});

test("a duration becomes milliseconds", () => {
  expect(resolve({ mode: "paper", duration: "1h30m" }).durationMs).toBe(5_400_000);
});

test("naming a log file is asking for log files", () => {
  expect(resolve({ mode: "paper", logErrorFile: "errors.log" })).toMatchObject({ logToFile: true, logErrorFile: "errors.log" });
  expect(resolve({ mode: "paper", logToFile: true })).toMatchObject({ logToFile: true, logFile: undefined });
});

test("a backtest's spread is looked at once, before it begins", () => {
  expect(resolve({ spreadPct: 0.1, risk: { maxSpreadPct: 0.1 } }).risk.maxSpreadPct).toBe(Infinity);
  expect(() => resolve({ spreadPct: 0.2 }, { risk: { maxSpreadPct: 0.1 } })).toThrow(
    "risk.maxSpreadPct: 0.1 is below the backtest's spreadPct of 0.2, so nothing would be entered; change one of them",
  );
  expect(resolve({ mode: "live", risk: { maxSpreadPct: 0.1 } }).risk.maxSpreadPct).toBe(0.1);
});

test("a run's symbols, timeframe and parameters replace the expert's", () => {
  const resolved = resolve({ symbols: ["ETHUSDT", "SOLUSDT"], timeframe: "4h", params: { fast: 5 } });
  expect(resolved).toMatchObject({ symbols: ["ETHUSDT", "SOLUSDT"], timeframe: "4h", params: { fast: 5 } });
});

test("a run's risk replaces the expert's value by value, and undefined replaces nothing", () => {
  const run = { risk: { stopLossPct: 3, takeProfitPct: undefined } } as unknown as RunOptions;
  const { risk } = resolve(run, { risk: { stopLossPct: 2, takeProfitPct: 4, maxDrawdownPct: 20 } });
  expect(risk).toMatchObject({ stopLossPct: 3, takeProfitPct: 4, maxDrawdownPct: 20 });
});

test("a tenth of the equity is the default size for futures", () => {
  expect(resolve({ marketType: "futures" }).risk.sizing).toEqual({ type: "percentEquity", percent: 10 });
});

test("the market is named as the archive names it", () => {
  expect(resolve({ marketType: "futures" }).market).toBe("linear");
  expect(resolve({ marketType: "futures", contractType: "inverse" }).market).toBe("inverse");
});

test("dates become milliseconds", () => {
  expect(resolve({ from: "2022-01-01", to: "2023-01-01" })).toMatchObject({ from: 1_640_995_200_000, to: 1_672_531_200_000 });
});

test.each<[RunOptions, Partial<ExpertOptions>, string]>([
  [
    { from: "2023-01-01", to: "2022-01-01" },
    {},
    "from: 2023-01-01T00:00Z is not before to: 2022-01-01T00:00Z; write the earlier moment as from",
  ],
  [{ params: { fats: 3 } }, {}, 'unknown parameter "fats"; did you mean "fast"?'],
  [{ risk: { breakevenPct: 1 } }, {}, "risk.breakevenPct: there is no stop-loss to move"],
  [{ risk: { leverage: 5 } }, {}, "risk.leverage: 5 needs borrowed money, which spot does not have"],
  [{}, { risk: { leverage: 5 } }, "risk.leverage: 5 needs borrowed money, which spot does not have"],
])("what contradicts itself only when both are joined is refused: %j", (run, expert, message) => {
  expect(() => resolve(run, expert)).toThrow(message);
});

test("a contradiction of the run is solved by the expert's other half", () => {
  expect(resolve({ risk: { breakevenPct: 1 } }, { risk: { stopLossPct: 2 } }).risk.breakevenPct).toBe(1);
  expect(resolve({ marketType: "futures" }, { risk: { leverage: 5 } }).risk.leverage).toBe(5);
});

test("somebody has to name a symbol", () => {
  const expert = resolveExpertOptions({ name: "Any market", timeframe: "1h" });
  expect(() => resolveRunOptions(expert)).toThrow('symbol: neither the expert "Any market" nor the run names one; write symbol: "BTCUSDT"');
  expect(resolveRunOptions(expert, { symbol: "ETHUSDT" }).symbols).toEqual(["ETHUSDT"]);
});
