import { describe, expect, test } from "vitest";
import { ConfigurationError } from "../base/errors.ts";
import { int } from "./params.ts";
import { checkExpertOptions, checkPeriod, checkRunOptions } from "./validate.ts";

const base = { name: "EMA cross", symbol: "BTCUSDT", timeframe: "1h" };

/** The message an expert's options are refused with. */
function refusal(options: unknown, check: (options: unknown) => void = checkExpertOptions): string {
  try {
    check(options);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  return "accepted";
}

describe("an expert's options", () => {
  test.each([
    [{ ...base }, "accepted"],
    [{ name: "EMA cross", symbols: ["BTCUSDT", "ETHUSDT"], timeframe: "1M" }, "accepted"],
    [{ name: "EMA cross", timeframe: "1h" }, "accepted"],
    [{ ...base, symbol: undefined, symbols: ["BTC-USDT-SWAP", ".BXBT", "1000SATSUSDT"] }, "accepted"],
    [{ symbol: "BTCUSDT", timeframe: "1h" }, 'name is missing; write name: "EMA cross"'],
    [{ name: "EMA cross" }, 'timeframe is missing; write timeframe: "1h"'],
    [{ ...base, name: " " }, 'name: " " is not 1 to 100 characters on one line; write name: "EMA cross"'],
    [
      { ...base, timeframe: "60m" },
      'timeframe: "60m" is not one of 1s, 1m, 3m, 5m, 10m, 15m, 30m, 1h, 2h, 4h, 6h, 8h, 12h, 1d, 3d, 1w, 1M; write timeframe: "1h"',
    ],
    [{ ...base, symbol: "BTC/USDT" }, 'symbol: "BTC/USDT" is not a symbol as the exchange writes it, without "/"; write symbol: "BTCUSDT"'],
    [
      { ...base, symbol: "../../etc" },
      'symbol: "../../etc" is not a symbol as the exchange writes it, without "/"; write symbol: "BTCUSDT"',
    ],
    [{ ...base, symbols: ["ETHUSDT"] }, 'symbols: write either symbol: "BTCUSDT" or symbols: ["BTCUSDT", "ETHUSDT"], not both'],
    [{ name: "a", timeframe: "1h", symbols: [] }, 'symbols: the list is empty; write symbols: ["BTCUSDT"], or leave it out'],
    [{ name: "a", timeframe: "1h", symbols: ["A", "B", "A"] }, 'symbols: "A" stands twice; write it once'],
    [{ name: "a", timeframe: "1h", symbols: "BTCUSDT" }, 'symbols: "BTCUSDT" is not a list; write symbols: ["BTCUSDT"]'],
    [
      { ...base, strategyId: "ema cross" },
      'strategyId: "ema cross" is not up to 32 letters, digits, "-" and "_"; write strategyId: "ema-cross"',
    ],
    [{ ...base, lookbackBars: 1.5 }, "lookbackBars: 1.5 is not a whole number from 1 to 1000000; write lookbackBars: 500"],
    [{ ...base, warmupBars: "200" }, 'warmupBars: "200" is not a whole number from 0 to 1000000; write warmupBars: 200'],
    [{ ...base, params: { fast: 12 } }, "params.fast: this is not a parameter; declare it with int(12, { min: …, max: … })"],
    [
      { ...base, params: { "fast-period": int(1, { min: 1, max: 2 }) } },
      'params: "fast-period" is not a name for a parameter; use letters, digits and "_", a letter first',
    ],
    [{ ...base, risk: [] }, "risk: a list is not an object; write risk: { stopLossPct: 2, takeProfitPct: 4 }"],
    [[], 'defineExpert: the options are an object such as { timeframe: "1h" }, not a list'],
    [undefined, 'defineExpert: the options are an object such as { timeframe: "1h" }, not undefined'],
  ])("%j: %s", (options, message) => {
    expect(refusal(options)).toBe(message);
  });
});

describe("risk", () => {
  test.each([
    [{ sizing: { type: "fixedQuote", amount: 100 }, leverage: 3 }, "accepted"],
    [
      { sizing: { type: "riskBased", riskPct: 1.5 }, stopLossPct: 2, breakevenPct: 1, trailingStopPct: 1, trailingActivationPct: 2 },
      "accepted",
    ],
    [{ stopLossPct: undefined, takeProfitPct: 4 }, "accepted"],
    [{ stopLossPct: 100 }, "risk.stopLossPct: 100 is not a percent above 0 and below 100; write risk.stopLossPct: 2"],
    [{ stopLossPct: 0 }, "risk.stopLossPct: 0 is not a percent above 0 and below 100; write risk.stopLossPct: 2"],
    [{ maxDrawdownPct: NaN }, "risk.maxDrawdownPct: NaN is not a percent above 0 and up to 100; write risk.maxDrawdownPct: 20"],
    [{ maxDrawdownPct: null }, "risk.maxDrawdownPct: null is not a percent above 0 and up to 100; write risk.maxDrawdownPct: 20"],
    [{ maxOrderSizeQuote: 500, priceCollarPct: 5, maxOrdersPerMinute: 30, duplicateWindowMs: 0, maxRepeatedOrders: 3 }, "accepted"],
    [{ maxOpenOrders: 0 }, "risk.maxOpenOrders: 0 is not a whole number from 1 to 10000; write risk.maxOpenOrders: 20"],
    [
      { duplicateWindowMs: 0.5 },
      "risk.duplicateWindowMs: 0.5 is not a whole number from 0 to 86400000; write risk.duplicateWindowMs: 1000",
    ],
    [{ leverage: 0.5 }, "risk.leverage: 0.5 is not a number from 1 to 200; write risk.leverage: 3"],
    [{ sizing: "fixedBase" }, 'risk.sizing: "fixedBase" is not an object; write risk.sizing: { type: "riskBased", riskPct: 1 }'],
    [
      { sizing: { type: "fixedbase", quantity: 1 } },
      'risk.sizing.type: "fixedbase" is not one of fixedBase, fixedQuote, percentEquity, riskBased; did you mean "fixedBase"?',
    ],
    [{ sizing: { type: "fixedBase" } }, "risk.sizing.quantity is missing; write quantity: 0.01"],
    [{ sizing: { type: "fixedBase", amount: 1 } }, "risk.sizing.amount: there is no such option"],
    [
      { sizing: { type: "percentEquity", percent: 150 } },
      "risk.sizing.percent: 150 is not a percent above 0 and up to 100; write risk.sizing.percent: 10",
    ],
    [
      { sizing: { type: "riskBased", riskPct: 1 } },
      "risk.sizing: riskBased divides the risk by the distance of the stop-loss; add risk.stopLossPct (an order's own stopLoss wins over it)",
    ],
    [{ trailingActivationPct: 1 }, "risk.trailingActivationPct: there is no trailing stop to switch on; add risk.trailingStopPct"],
    [{ breakevenPct: 1 }, "risk.breakevenPct: there is no stop-loss to move; add risk.stopLossPct"],
  ])("%j: %s", (risk, message) => {
    expect(refusal({ ...base, risk })).toBe(message);
  });
});

describe("filters", () => {
  test.each([
    [{ tradeHours: "08:00-16:30, 22:00-02:00", allowedDays: ["mon", "sun"], minVolume: 0 }, "accepted"],
    [{ tradeHours: "8-16" }, 'filters.tradeHours: "8-16" is not a range of hours; write "08:00-16:30"'],
    [{ tradeHours: 8 }, 'filters.tradeHours: 8 is not text; write filters.tradeHours: "08:00-16:30"'],
    [{ allowedDays: ["monday"] }, 'filters.allowedDays[0]: "monday" is not one of mon, tue, wed, thu, fri, sat, sun; did you mean "mon"?'],
    [{ minVolume: -1 }, "filters.minVolume: -1 is not a number from 0 up; write filters.minVolume: 10"],
    [{ trendFilter: { timeframe: "4h" } }, "filters.trendFilter.period is missing; write period: 200"],
  ])("%j: %s", (filters, message) => {
    expect(refusal({ ...base, filters })).toBe(message);
  });
});

describe("a run's options", () => {
  test.each([
    [{}, "accepted"],
    [
      { exchange: "bitfinex", marketType: "futures", contractType: "inverse", positionMode: "hedge", marginMode: "isolated", seed: 7 },
      "accepted",
    ],
    [{ from: "2022-01-01", to: 1_672_531_200_000 }, "accepted"],
    [{ testnet: false, logToFile: false, jsonLogging: false, persistState: false, mode: "backtest", logLevel: "trade" }, "accepted"],
    [{ mode: "live", proxy: "socks5://127.0.0.1:1080", testnet: true, duration: "20s", onError: "close", onExit: "leave" }, "accepted"],
    [{ mode: "Live" }, 'mode: "Live" is not one of backtest, paper, live, sandbox; did you mean "live"?'],
    [
      { mode: "paper", duration: "20" },
      'duration: "20" is not a length of time; write "20s", "5m", "2h", "1d" or several joined, such as "1h30m"',
    ],
    [{ mode: "paper", onError: "stop" }, 'onError: "stop" is not one of continue, halt, close; write onError: "halt"'],
    [{ mode: "paper", onExit: "stay" }, 'onExit: "stay" is not one of leave, cancel, close; write onExit: "cancel"'],
    [
      { mode: "live", baseUrl: "api.example.com" },
      'baseUrl: the text is not an http or https address; write baseUrl: "https://api.example.com"',
    ],
    [
      { mode: "live", proxy: "ftp://127.0.0.1" },
      'proxy: the text is not an http, https, socks4 or socks5 address; write proxy: "socks5://127.0.0.1:1080"',
    ],
    [{ mode: "live", rateLimit: 0 }, "rateLimit: 0 is not a number above 0 and up to 10000; write rateLimit: 10"],
    [{ mode: "live", logToFile: false, logFile: "a.log" }, "logFile: logToFile: false writes no files; leave one of the two out"],
    [{ mode: "backtest", testnet: true }, 'testnet: mode "backtest" has no use for it; leave it out: a backtest connects to no exchange'],
    [{ exchange: "Binance" }, 'exchange: "Binance" is not the lower-case name of an exchange; write exchange: "binance"'],
    [{ marketType: "future" }, 'marketType: "future" is not one of spot, futures, options; did you mean "futures"?'],
    [{ contractType: "linear" }, 'contractType: spot has no contracts; write marketType: "futures" beside it, or leave it out'],
    [{ marginMode: "cross", marketType: "spot" }, 'marginMode: spot has no margin; write marketType: "futures" beside it, or leave it out'],
    [
      { positionMode: "hedge" },
      'positionMode: spot cannot hold a long and a short position; write marketType: "futures" beside it, or leave it out',
    ],
    [{ positionMode: "oneWay" }, "accepted"],
    [
      { from: "2025-02-30" },
      'from: "2025-02-30" is not a moment that exists; write "2022-01-31", "2022-01-31T08:00" (UTC) or milliseconds since the epoch',
    ],
    [{ from: 1_640_995_200 }, "from: 1640995200 looks like seconds; write milliseconds since the epoch: 1640995200000"],
    [{ from: new Date(0) }, 'from: an instance of a class is not ISO date or milliseconds; write from: "2022-01-01"'],
    [{ initialCapital: 0 }, "initialCapital: 0 is not a number above 0 and up to 1000000000000; write initialCapital: 10000"],
    [{ makerFeePct: -0.01, takerFeePct: 0.05 }, "accepted"],
    [{ seed: 1.5 }, "seed: 1.5 is not a whole number; write seed: 42"],
    [
      { intrabar: "worst" },
      'intrabar: "worst" is not one of pessimistic, optimistic, openHighLowClose, openLowHighClose; write intrabar: "pessimistic"',
    ],
    [{ logToConsole: "yes" }, 'logToConsole: "yes" is neither true nor false; write logToConsole: true'],
    [{ params: { fast: [1] } }, "params.fast: a list is not a number, a text, true or false"],
  ])("%j: %s", (run, message) => {
    expect(refusal(run, checkRunOptions)).toBe(message);
  });

  test("a private address is not repeated in the message", () => {
    expect(refusal({ proxy: "user:hunter2@host" }, checkRunOptions)).not.toContain("hunter2");
  });
});

describe("an unknown name", () => {
  test.each([
    [{ ...base, timeFrame: "1h" }, 'timeFrame: there is no such option here; did you mean "timeframe"?'],
    [{ ...base, lookback_bars: 5 }, 'lookback_bars: there is no such option here; did you mean "lookbackBars"?'],
    [{ ...base, colour: "red" }, "colour: there is no such option here"],
    [{ ...base, stopLossPct: 2 }, "stopLossPct: there is no such option here; it belongs in risk: write risk: { stopLossPct: … }"],
    [
      { ...base, risk: { tradeHours: "" } },
      "risk.tradeHours: there is no such option here; it belongs in filters: write filters: { tradeHours: … }",
    ],
    [{ ...base, risk: { stoploss: 2 } }, 'risk.stoploss: there is no such option here; did you mean "stopLossPct"?'],
    [
      { ...base, exchange: "okx" },
      "exchange: there is no such option here; it belongs to the run, not to the expert: put it in metaexpert.config.ts, in new MetaExpert(expert, { … }) or on the command line",
    ],
  ])("in a definition, %j: %s", (options, message) => {
    expect(refusal(options)).toBe(message);
  });

  test("in a run may be the expert's", () => {
    expect(refusal({ lookbackBars: 5 }, checkRunOptions)).toBe(
      "lookbackBars: there is no such option here; it belongs to the expert: put it in defineExpert({ … })",
    );
  });
});

describe("a credential", () => {
  const secret = "k3y-that-must-not-be-seen";
  const names = ["apiKey", "apiSecret", "apiPassphrase", "api_key", "API_SECRET", "secret", "password", "binanceApiKey", "privateKey"];

  test.each(names)("%s is refused wherever it stands, without its value", (name) => {
    const places: unknown[] = [
      { ...base, [name]: secret },
      { ...base, risk: { [name]: secret } },
      { ...base, filters: { [name]: secret } },
      { ...base, params: { [name]: secret } },
      { ...base, risk: { sizing: { type: "fixedBase", quantity: 1, [name]: secret } } },
    ];
    for (const place of places) {
      const message = refusal(place);
      expect(message).toContain("credentials are read from the environment only");
      expect(message).toContain("BINANCE_API_KEY");
      expect(message).not.toContain(secret);
    }
    for (const place of [{ [name]: secret }, { risk: { [name]: secret } }, { params: { [name]: secret } }]) {
      const message = refusal(place, checkRunOptions);
      expect(message).toContain("credentials are read from the environment only");
      expect(message).not.toContain(secret);
    }
  });
});

test("a period has its end after its start", () => {
  expect(() => checkPeriod(1_640_995_200_000, 1_640_995_200_000)).toThrow("from: 2022-01-01T00:00Z is not before to: 2022-01-01T00:00Z");
  expect(() => checkPeriod(undefined, 1)).not.toThrow();
  expect(() => checkPeriod(1, 2)).not.toThrow();
});
