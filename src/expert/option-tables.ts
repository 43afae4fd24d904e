import { LOG_LEVELS } from "../base/logger.ts";
import { TIMEFRAMES } from "../domain/timeframe.ts";
import { parseDuration } from "./duration.ts";
import { parseMoment } from "./moment.ts";
import {
  groupOf,
  listOf,
  numberOf,
  oneOf,
  percent,
  readBy,
  text,
  variantsOf,
  wholeNumber,
  yesOrNo,
  type OptionRow,
  type OptionTable,
  type ValueKind,
} from "./option-kinds.ts";
import {
  ERROR_POLICIES,
  EXIT_POLICIES,
  INTRABAR_PATHS,
  RUN_MODES,
  WEEKDAYS,
  type ExpertOptions,
  type FilterOptions,
  type RiskOptions,
  type RunOptions,
} from "./options.ts";
import { paramSpecs, paramValues } from "./param-kinds.ts";
import { parseTradeHours } from "./trade-hours.ts";

/** The one table of options: what checks them, and what `docs/reference/options.md` is made of. */

const noDefault = "";
const off = "off";
const unlimited = "no limit";

const timeframe: ValueKind = { ...oneOf(TIMEFRAMES, "1h"), type: "timeframe" };
const symbol = text({
  example: "BTCUSDT",
  form: 'a symbol as the exchange writes it, without "/"',
  pattern: /^[\p{L}\p{N}.][\p{L}\p{N}._-]{0,63}$/u,
});
const line = (example: string, length: number): ValueKind =>
  text({ example, form: `1 to ${length} characters on one line`, pattern: new RegExp(`^(?=.*\\S)[^\\p{Cc}]{1,${length}}$`, "u") });
const file = text({ example: "logs/run.log", form: "the path of a file", pattern: /^(?=.*\S)[^\p{Cc}]{1,1000}$/u });

function row(kind: ValueKind, defaultText: string, description: string): OptionRow {
  return { kind, default: defaultText, description };
}

const sizing = variantsOf(
  {
    fixedBase: {
      quantity: row(
        numberOf("number", { above: 0, example: 0.01 }),
        noDefault,
        "Base units, or contracts where the instrument counts in contracts.",
      ),
    },
    fixedQuote: {
      amount: row(numberOf("number", { above: 0, example: 100 }), noDefault, "As much as this amount of the quote asset buys."),
    },
    percentEquity: {
      percent: row(
        percent({ above: 0, max: 100, example: 10 }),
        noDefault,
        "A position worth this part of the equity, times the leverage for futures.",
      ),
    },
    riskBased: {
      riskPct: row(percent({ above: 0, max: 100, example: 1 }), noDefault, "So much that the stop-loss costs this part of the equity."),
    },
  },
  { type: "riskBased", riskPct: 1 },
);

/** How much may be risked. */
export const RISK_TABLE: OptionTable<RiskOptions> = {
  sizing: row(sizing, "percentEquity: 100 for spot, 10 for futures", "How much to trade when an order does not say."),
  leverage: row(
    numberOf("number", { min: 1, max: 200, example: 3 }),
    "1",
    "How many times its margin a position may be worth. Futures only; the instrument may allow less.",
  ),
  maxDrawdownPct: row(
    percent({ above: 0, max: 100, example: 20 }),
    off,
    "The run closes everything and stops when equity has fallen this far from its high.",
  ),
  dailyLossLimit: row(
    percent({ above: 0, max: 100, example: 5 }),
    off,
    "No new entries for the rest of the UTC day after this loss, measured from the day's first equity.",
  ),
  maxPositionSizeQuote: row(
    numberOf("number", { above: 0, example: 5000 }),
    unlimited,
    "Largest value of one position in the quote asset.",
  ),
  stopLossPct: row(percent({ above: 0, below: 100, example: 2 }), off, "Distance of the protective stop from the entry price."),
  takeProfitPct: row(percent({ above: 0, max: 100_000, example: 4 }), off, "Distance of the profit target from the entry price."),
  trailingStopPct: row(
    percent({ above: 0, below: 100, example: 1.5 }),
    off,
    "Distance of a trailing stop from the best price since entry.",
  ),
  trailingActivationPct: row(
    percent({ above: 0, max: 100_000, example: 1 }),
    "on at once",
    "Profit that switches the trailing stop on. Needs `trailingStopPct`.",
  ),
  breakevenPct: row(
    percent({ above: 0, max: 100_000, example: 1 }),
    off,
    "Profit at which the stop-loss moves to the entry price. Needs `stopLossPct`.",
  ),
  slippagePct: row(
    percent({ min: 0, below: 50, example: 0.05 }),
    "0",
    "Market orders are refused when the expected slippage is larger; a backtest fills them that much worse.",
  ),
  maxSpreadPct: row(
    percent({ above: 0, below: 100, example: 0.1 }),
    off,
    "No entries while the spread is wider. A backtest has the same spread throughout, the run's `spreadPct`.",
  ),
  maxOpenPositions: row(
    wholeNumber({ min: 1, max: 10_000, example: 3 }),
    unlimited,
    "Positions that may be open at one time, over all symbols.",
  ),
  maxPositionsPerSymbol: row(wholeNumber({ min: 1, max: 10_000, example: 1 }), unlimited, "Entries into one position, the first included."),
  maxOpenOrders: row(
    wholeNumber({ min: 1, max: 10_000, example: 20 }),
    unlimited,
    "Orders that may be open at one time, over all symbols, stops and targets included.",
  ),
  maxOrderSizeQuote: row(numberOf("number", { above: 0, example: 1000 }), unlimited, "Largest value of one entry in the quote asset."),
  priceCollarPct: row(
    percent({ above: 0, max: 1000, example: 5 }),
    `10; ${off} in a backtest`,
    "An entry is refused whose prices, or the quote that a market order would meet, lie further than this from the last price.",
  ),
  maxOrdersPerMinute: row(
    wholeNumber({ min: 1, max: 100_000, example: 30 }),
    `60; ${unlimited} in a backtest`,
    "No entries once so many orders of any kind went out within a minute. Exits are counted and never held back.",
  ),
  duplicateWindowMs: row(
    wholeNumber({ min: 0, max: 86_400_000, example: 1000 }),
    "1000; 0 in a backtest",
    "The same entry again, with the same side, type, quantity and prices, is refused within so many milliseconds. 0 switches it off.",
  ),
  maxRepeatedOrders: row(
    wholeNumber({ min: 1, max: 1_000_000, example: 10 }),
    `10; ${unlimited} in a backtest`,
    "The same entry so many times in a row without a change of the position switches entries off until a run with `rearm`.",
  ),
};

const volatilityFilter = groupOf(
  {
    minPct: row(percent({ min: 0, max: 100_000, example: 20 }), "0", "Calmer markets are left alone."),
    maxPct: row(percent({ above: 0, max: 100_000, example: 150 }), unlimited, "Wilder markets are left alone."),
    period: row(wholeNumber({ min: 2, max: 100_000, example: 20 }), "20", "Number of bars it is measured over."),
  },
  { minPct: 20, maxPct: 150 },
);

const trendFilter = groupOf(
  {
    timeframe: row(timeframe, noDefault, "Bars of the moving average."),
    period: row(wholeNumber({ min: 1, max: 100_000, example: 200 }), noDefault, "Number of bars of the moving average."),
  },
  { timeframe: "4h", period: 200 },
  ["timeframe", "period"],
);

/** When entries are allowed; exits always are. */
export const FILTER_TABLE: OptionTable<FilterOptions> = {
  tradeHours: row(
    readBy(parseTradeHours, {
      type: "text",
      range: 'UTC hours such as "08:00-16:30", several joined by commas',
      example: "08:00-16:30",
      accepts: ["string"],
    }),
    "all day",
    "Entries only in these UTC hours; an end before the start spans midnight.",
  ),
  allowedDays: row(listOf(oneOf(WEEKDAYS)), "all", "Entries only on these UTC days."),
  minVolume: row(numberOf("number", { min: 0, example: 10 }), "0", "Smallest volume of the last closed bar, in base units."),
  volatilityFilter: row(
    volatilityFilter,
    off,
    "Entries only while the realised volatility of the last bars lies within these percents a year.",
  ),
  trendFilter: row(trendFilter, off, "Entries only with the trend: price above (long) or below (short) its moving average."),
};

const risk = groupOf(RISK_TABLE, { stopLossPct: 2, takeProfitPct: 4 });
const filters = groupOf(FILTER_TABLE, { tradeHours: "08:00-16:30" });

/** What `defineExpert` takes. */
export const EXPERT_TABLE: OptionTable<ExpertOptions> = {
  name: row(line("EMA cross", 100), noDefault, "Name of the expert in reports and logs. Required."),
  strategyId: row(
    text({ example: "ema-cross", form: 'up to 32 letters, digits, "-" and "_"', pattern: /^[A-Za-z0-9_-]{1,32}$/ }),
    "made from the name",
    "Stable id for logs, client order ids and stored state.",
  ),
  strategyName: row(line("EMA cross on hourly bars", 200), "the name", "Longer name for people."),
  comment: row(line("Trend following", 500), noDefault, "Free text, kept with the results."),
  symbol: row(symbol, "from the run", "What it trades. One of `symbol` and `symbols`; a run may replace them."),
  symbols: row(listOf(symbol), "from the run", "What it trades, the first one being the default of every call."),
  timeframe: row(timeframe, noDefault, "Length of the bars it steps through. Required."),
  params: row(paramSpecs, "none", "Adjustable values, declared with `int`, `float`, `choice` and `bool`."),
  lookbackBars: row(wholeNumber({ min: 1, max: 1_000_000, example: 500 }), "500", "Bars that `expert.bars` can look back."),
  warmupBars: row(
    wholeNumber({ min: 0, max: 1_000_000, example: 200 }),
    "the longest warm-up among the tracked indicators",
    "Bars of the definition's timeframe shown to indicators before the first handler runs.",
  ),
  risk: row(risk, noDefault, "How much may be risked: see Risk."),
  filters: row(filters, noDefault, "When entries are allowed: see Filters."),
};

const address = text({
  example: "https://api.example.com",
  form: "an http or https address",
  pattern: /^https?:\/\/[^\s/?#]\S{0,1000}$/i,
  isPrivate: true,
});
const proxy = text({
  example: "socks5://127.0.0.1:1080",
  form: "an http, https, socks4 or socks5 address",
  pattern: /^(https?|socks4a?|socks5h?):\/\/[^\s/?#]\S{0,1000}$/i,
  isPrivate: true,
});
const duration = readBy(parseDuration, { type: "text", range: "seconds to days", example: "20s", accepts: ["string"] });
const moment = readBy(parseMoment, {
  type: "ISO date or milliseconds",
  range: "UTC, 2000 to 2100",
  example: "2022-01-01",
  accepts: ["string", "number"],
});
const fee = percent({ min: -1, max: 10, example: 0.1 });
const neverInAFile: ValueKind = { type: "environment only", range: "", example: "", problem: () => undefined };
const environmentOnly = (name: string): OptionRow =>
  row(neverInAFile, noDefault, `Environment variable such as \`${name}\`; refused anywhere else.`);

/** Where and how a run trades. */
export const RUN_TABLE: OptionTable<RunOptions> = {
  mode: row(
    oneOf(RUN_MODES),
    "backtest",
    "Past data, live data with simulated orders, the real thing, or a built-in exchange to rehearse on.",
  ),
  exchange: row(
    text({ example: "binance", form: "the lower-case name of an exchange", pattern: /^[a-z0-9][a-z0-9-]{0,31}$/ }),
    "binance",
    "Where it trades and whose data it reads: binance, bybit, okx, bitget or kucoin; a backtest also takes any other that the archive has data of.",
  ),
  marketType: row(oneOf(["spot", "futures", "options"]), "spot", "Kind of market."),
  contractType: row(oneOf(["linear", "inverse"]), "linear", "Futures that settle in the quote asset, or in the base asset. Futures only."),
  marginMode: row(oneOf(["cross", "isolated"]), "cross", "Whether positions share their margin. Futures only."),
  positionMode: row(
    oneOf(["oneWay", "hedge"]),
    "oneWay",
    "One position per symbol, or a long and a short one beside each other. Hedge is for futures only.",
  ),
  symbol: row(symbol, "the expert's", "Replaces the expert's symbols. One of `symbol` and `symbols`."),
  symbols: row(listOf(symbol), "the expert's", "Replaces the expert's symbols."),
  timeframe: row(timeframe, "the expert's", "Replaces the expert's timeframe."),
  params: row(paramValues, "the expert's defaults", "Values of the expert's parameters by name."),
  from: row(moment, "the first stored bar", "First moment of the run."),
  to: row(moment, "the last stored bar", "End of the run; this moment is not part of it."),
  duration: row(duration, "until it is stopped", "How long the run lasts."),
  initialCapital: row(
    numberOf("number", { above: 0, max: 1e12, example: 10_000 }),
    "10000",
    "Money at the start, in the settle asset of the first symbol.",
  ),
  makerFeePct: row(fee, "the exchange's base tier", "Fee of orders that waited in the book, of the traded value; below 0 is a rebate."),
  takerFeePct: row(fee, "the exchange's base tier", "Fee of orders that filled at once, of the traded value."),
  spreadPct: row(
    percent({ min: 0, below: 50, example: 0.02 }),
    "0",
    "Full spread around the bar's prices, for market orders of a backtest.",
  ),
  intrabar: row(
    oneOf(INTRABAR_PATHS),
    "pessimistic",
    "Which way the price went between a bar's open and close; decides which of stop-loss and take-profit one bar hits first.",
  ),
  seed: row(wholeNumber({ example: 42 }), "1", "Start of everything drawn by chance: the same seed gives the same run."),
  risk: row(risk, noDefault, "Values that replace the expert's, one by one: see Risk."),
  filters: row(filters, noDefault, "Values that replace the expert's, one by one: see Filters."),
  logLevel: row(oneOf(LOG_LEVELS, "info"), "info", "Least serious messages that are written; `trade` is for orders and positions."),
  logToConsole: row(yesOrNo, "true", "Write messages to the terminal."),
  logToFile: row(yesOrNo, "false; true beside a named file", "Write messages to files."),
  logFile: row(file, "`logs/expert.log` in the home folder", "File of all messages."),
  logTradeFile: row(file, "`logs/trades.log` in the home folder", "File of what happened to orders and positions."),
  logErrorFile: row(file, "`logs/errors.log` in the home folder", "File of errors."),
  jsonLogging: row(yesOrNo, "false", "One JSON object a line instead of text."),
  apiKey: environmentOnly("BINANCE_API_KEY"),
  apiSecret: environmentOnly("BINANCE_API_SECRET"),
  apiPassphrase: environmentOnly("OKX_API_PASSPHRASE"),
  subaccount: row(line("trend", 100), "the main account", "Account below the main one."),
  testnet: row(yesOrNo, "false", "The exchange's own test market."),
  baseUrl: row(address, "the exchange's", "Another address of the exchange's API."),
  proxy: row(proxy, "none", "Proxy for all connections. It may carry a password and is never shown."),
  rateLimit: row(numberOf("number", { above: 0, max: 10_000, example: 10 }), "the exchange's", "Most requests a second."),
  persistState: row(yesOrNo, "true; false in a backtest", "Keep `expert.memory`, open orders and tripped limits across restarts."),
  onError: row(
    oneOf(ERROR_POLICIES, "halt"),
    "halt",
    "What happens when the expert throws: it goes on with the next event; it cancels waiting entries and ends; or it cancels all orders, closes positions and ends.",
  ),
  onExit: row(
    oneOf(EXIT_POLICIES, "cancel"),
    "cancel",
    "What an orderly end does: leave everything open; cancel waiting entries, while protective orders and positions stay; or cancel all orders and close positions.",
  ),
  rearm: row(
    yesOrNo,
    "false",
    "Allows entries again that a tripped limit has switched off. Give it once, on the command line, after the cause was found.",
  ),
};
