import type { OrderLine, RunEvent, RunStatus } from "../../src/run/run-status.ts";

const NOW = Date.UTC(2026, 10, 25, 12, 34, 56);

/** A paper run without anything open. */
export const flat: RunStatus = {
  expertName: "EMA cross",
  strategyId: "ema-cross",
  mode: "paper",
  exchange: "binance",
  market: "spot",
  isSandbox: false,
  isTestnet: false,
  symbols: ["BTCUSDT"],
  timeframe: "1h",
  phase: "running",
  startedAt: NOW - 754_000,
  now: NOW,
  connection: { status: "connected", latencyMs: 11.7, dataAgeMs: 340, isStale: false, reconnects: 0 },
  account: { currency: "USDT", balance: 10_000, equity: 10_000, startEquity: 10_000, dayStartEquity: 10_000 },
  positions: [],
  orders: [],
  events: [],
  counters: { bars: 12, marketEvents: 4_012, ordersSent: 0, fills: 0, refusals: 0, rejections: 0, errors: 0, journalRecords: 40 },
};

function order(changes: Partial<OrderLine>): OrderLine {
  return {
    clientOrderId: "me-1",
    symbol: "BTCUSDT",
    side: "sell",
    type: "stop",
    purpose: "stopLoss",
    status: "open",
    quantity: 0.012,
    filledQuantity: 0,
    triggerPrice: 62_720.1,
    createdAt: NOW - 65_000,
    ...changes,
  };
}

let sequence = 0;
function event(secondsAgo: number, kind: RunEvent["kind"], text: string, level: RunEvent["level"] = "info"): RunEvent {
  sequence += 1;
  return { sequence, time: NOW - 1000 * secondsAgo, kind, level, text };
}

/** A live run with everything in it: positions on both sides, an order that nobody knows the outcome of, a refusal and an error. */
export const busy: RunStatus = {
  ...flat,
  mode: "live",
  market: "linear",
  symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT", "1000PEPEUSDT", "币安人生USDT"],
  endsAt: NOW + 3_600_000,
  connection: { ...flat.connection, reconnects: 2 },
  account: { currency: "USDT", balance: 10_100.5, equity: 10_123.45, startEquity: 10_000, dayStartEquity: 10_140.2 },
  positions: [
    { symbol: "BTCUSDT", side: "net", quantity: 0.012, entryPrice: 64_000.1, markPrice: 64_512.3, unrealizedPnl: 6.15, currency: "USDT" },
    {
      symbol: "1000PEPEUSDT",
      side: "net",
      quantity: -120_000,
      entryPrice: 0.0123456,
      markPrice: 0.0123,
      unrealizedPnl: 5.47,
      currency: "USDT",
    },
    { symbol: "币安人生USDT", side: "net", quantity: 50, entryPrice: 0.1, markPrice: 0.09, unrealizedPnl: -0.5, currency: "USDT" },
  ],
  orders: [
    order({ clientOrderId: "me-1" }),
    order({ clientOrderId: "me-2", type: "takeProfit", purpose: "takeProfit", triggerPrice: 66_560 }),
    order({
      clientOrderId: "me-3",
      symbol: "ETHUSDT",
      side: "buy",
      type: "limit",
      purpose: "entry",
      price: 3_100.5,
      triggerPrice: undefined,
      quantity: 1.5,
      filledQuantity: 0.6,
      status: "partiallyFilled",
    }),
    order({
      clientOrderId: "me-4",
      symbol: "SOLUSDT",
      side: "buy",
      type: "market",
      purpose: "entry",
      triggerPrice: undefined,
      quantity: 12,
      status: "unknown",
      createdAt: NOW - 4_000,
    }),
    order({
      clientOrderId: "me-5",
      symbol: "SOLUSDT",
      type: "trailingStop",
      purpose: "trailingStop",
      triggerPrice: undefined,
      quantity: 12,
      status: "pending",
      createdAt: NOW - 2_000,
    }),
  ],
  events: [
    event(754, "note", "the journal is new; nothing to recover"),
    event(300, "connection", "connected to binance linear after 1.2 s", "info"),
    event(120, "order", "stop loss of 0.012 BTCUSDT rests at 62,720.10"),
    event(119, "fill", "bought 0.012 BTCUSDT at 64,000.10, fee 0.38 USDT", "trade"),
    event(60, "refusal", "buy 2 ETHUSDT: its value of 6,201.00 is above maxPositionSizeQuote 5,000", "warn"),
    event(30, "fill", "bought 0.6 of 1.5 ETHUSDT at 3,100.50", "trade"),
    event(12, "error", "onBar(1h) threw: Cannot read properties of undefined (expert.ts:12:5)", "error"),
    event(4, "order", "buy 12 SOLUSDT: no answer after 5 s; asking the exchange what became of it", "warn"),
  ],
  counters: { bars: 120, marketEvents: 90_412, ordersSent: 9, fills: 5, refusals: 1, rejections: 0, errors: 1, journalRecords: 812 },
};

/** The connection is gone: every price is old. */
export const stale: RunStatus = {
  ...busy,
  phase: "halted",
  haltReason: "daily loss limit of 2 % reached",
  connection: {
    status: "reconnecting",
    latencyMs: 11.7,
    dataAgeMs: 42_000,
    isStale: true,
    reason: "the exchange closed the stream (1006)",
    reconnects: 2,
  },
};

/** A sandbox run that is being stopped. */
export const stopping: RunStatus = { ...flat, isSandbox: true, phase: "stopping", events: [event(1, "note", "stopping: Ctrl-C")] };
