import { describe, expect, test } from "vitest";
import type { PerpetualInstrument } from "../../domain/instrument.ts";
import type { Quote } from "../../domain/quote.ts";
import type { RiskOptions, RunMode } from "../../expert/options.ts";
import { resolveExpertOptions, resolveRunOptions } from "../../expert/resolve.ts";
import { LiveOrder } from "../orders/live-order.ts";
import { Portfolio } from "../portfolio/portfolio.ts";
import type { MarketView } from "./check.ts";
import { activeEntryChecks, checkChange, checkEntry } from "./checks.ts";
import type { RiskOrder } from "./risk-order.ts";
import { OrderThrottle } from "./throttle.ts";

const LAST = 100;
const TIME = Date.UTC(2024, 0, 1);
const LINEAR: PerpetualInstrument = {
  kind: "perpetual",
  contractType: "linear",
  symbol: "BTCUSDT",
  exchange: "binance",
  baseAsset: "BTC",
  quoteAsset: "USDT",
  settleAsset: "USDT",
  priceStep: "0.01",
  quantityStep: "0.001",
  quantityMax: "500",
  contractSize: "1",
};
/** One contract is worth 100 USD. */
const INVERSE: PerpetualInstrument = {
  ...LINEAR,
  contractType: "inverse",
  quoteAsset: "USD",
  settleAsset: "BTC",
  quantityStep: "1",
  contractSize: "100",
};

const order = (changes: Partial<RiskOrder> = {}): LiveOrder =>
  Object.assign(new LiveOrder("new", "BTCUSDT", changes.side ?? "buy", changes.type ?? "market", 1, TIME), changes);
const waiting = (changes: Partial<RiskOrder> = {}): LiveOrder => order({ clientOrderId: "old", status: "open", ...changes });

interface Situation {
  readonly open?: readonly RiskOrder[];
  readonly held?: number;
  readonly market?: MarketView;
  readonly mode?: RunMode;
  readonly instrument?: PerpetualInstrument;
}

function contextOf(risk: RiskOptions, { open = [], held = 0, market, mode, instrument = LINEAR }: Situation) {
  const run = resolveRunOptions(resolveExpertOptions({ name: "a", symbol: "BTCUSDT", timeframe: "1h" }), {
    ...(mode === undefined ? {} : { mode }),
    marketType: "futures",
    risk,
  });
  const portfolio = new Portfolio({ instruments: [instrument], initialCapital: 1e6, hedge: false, leverage: 1 });
  const book = portfolio.book("BTCUSDT");
  book.price = LAST;
  book.quantitySteps = book.math.quantity.toSteps(held);
  const throttle = new OrderThrottle(run.risk);
  const orders = { open: () => open, pendingEntries: () => open.filter(({ purpose }) => purpose === "entry").length };
  const shared = { time: TIME, book, portfolio, orders, market, throttle, lastVolume: 1, entryBlock: undefined };
  return { ...shared, heldSteps: book.quantitySteps, risk: run.risk, filters: run.filters };
}

/** "approved", or the refusal's code and reason. */
function verdict(entry: RiskOrder, risk: RiskOptions, situation: Situation = {}): string {
  const answer = checkEntry(entry, { ...contextOf(risk, situation), price: entry.price ?? entry.triggerPrice ?? LAST });
  return answer.approved ? "approved" : `${answer.code}: ${answer.reason}`;
}

const quote = (bidPrice: number, askPrice: number): MarketView => {
  const both: Quote = { time: TIME, bidPrice, askPrice, bidQuantity: 1, askQuantity: 1 };
  return { quote: both, staleReason: undefined };
};

test("a backtest without limits asks only what costs nothing", () => {
  const { risk, filters } = contextOf({}, {});
  expect(activeEntryChecks(risk, filters)).toHaveLength(3);
  const live = contextOf({}, { mode: "live" });
  expect(activeEntryChecks(live.risk, live.filters)).toHaveLength(7);
});

test("nothing is entered on data that are not current", () => {
  const market = { quote: undefined, staleReason: "the stream is down since 12 s" };
  expect(verdict(order(), {}, { market })).toBe("staleMarket: the data of BTCUSDT are not current: the stream is down since 12 s");
});

test("maxOrderSizeQuote measures an order at its own price, contracts at what they are worth", () => {
  const risk = { maxOrderSizeQuote: 500 };
  expect(verdict(order({ quantity: 5 }), risk)).toBe("approved");
  expect(verdict(order({ quantity: 5.001 }), risk)).toBe("maxOrderSizeQuote: the order is worth 500.10, above maxOrderSizeQuote 500");
  expect(verdict(order({ type: "limit", price: 50, quantity: 10 }), risk)).toBe("approved");
  // A sell limit below the market fills at the market.
  expect(verdict(order({ type: "limit", side: "sell", price: 50, quantity: 10 }), risk)).toMatch(/^maxOrderSizeQuote/);
  expect(verdict(order({ quantity: 5 }), risk, { instrument: INVERSE })).toBe("approved");
  expect(verdict(order({ quantity: 6 }), risk, { instrument: INVERSE })).toMatch(/^maxOrderSizeQuote/);
});

test("the exchange's largest quantity is not exceeded", () => {
  expect(verdict(order({ quantity: 500 }), {})).toBe("approved");
  expect(verdict(order({ quantity: 501 }), {})).toBe("quantityMax: a quantity of 501 is above the exchange's largest of 500");
});

describe("priceCollarPct", () => {
  const risk = { priceCollarPct: 5 };

  test.each<[Partial<RiskOrder>, string]>([
    [{ type: "limit", price: 95 }, "approved"],
    [{ type: "limit", price: 105 }, "approved"],
    [{ type: "limit", price: 10 }, "priceCollarPct: the price 10 is 90.0 % away from the last price 100, more than priceCollarPct 5"],
    [
      { type: "stop", triggerPrice: 106 },
      "priceCollarPct: the trigger price 106 is 6.0 % away from the last price 100, more than priceCollarPct 5",
    ],
    [
      { type: "stopLimit", triggerPrice: 101, price: 1010 },
      "priceCollarPct: the price 1010 is 910.0 % away from the last price 100, more than priceCollarPct 5",
    ],
  ])("%j: %s", (changes, expected) => {
    expect(verdict(order(changes), risk)).toBe(expected);
  });

  test("looks at the quote that a market order would meet", () => {
    expect(verdict(order(), risk, { market: quote(99, 101) })).toBe("approved");
    expect(verdict(order(), risk, { market: quote(99, 120) })).toMatch(/^priceCollarPct: the ask 120 is 20.0 % away/);
    expect(verdict(order({ side: "sell" }), risk, { market: quote(99, 120) })).toBe("approved");
    expect(verdict(order({ side: "sell" }), risk, { market: quote(0, 101) })).toMatch(/^priceCollarPct: the bid 0/);
  });

  test.each([NaN, 0, -1, Infinity])("without a price to compare with (%d) nothing is entered", (last) => {
    const context = { ...contextOf(risk, {}), price: 100 };
    context.book.price = last;
    expect(checkEntry(order({ type: "limit", price: 100 }), context)).toMatchObject({ approved: false, code: "priceCollarPct" });
  });
});

describe("slippagePct", () => {
  const risk = { slippagePct: 0.1 };

  test("refuses market orders that would meet a price too far from the middle, on the side they take from", () => {
    expect(verdict(order(), risk, { market: quote(99.95, 100.05) })).toBe("approved");
    expect(verdict(order(), risk, { market: quote(99.5, 100.5) })).toBe(
      "slippagePct: a market order would slip by 0.500 %, above slippagePct 0.1",
    );
    expect(verdict(order({ side: "sell" }), risk, { market: quote(99.5, 100.5) })).toMatch(/^slippagePct/);
  });

  test("leaves limit orders alone, and markets without quotes, such as stored ones", () => {
    expect(verdict(order({ type: "limit", price: 99.5 }), risk, { market: quote(99.5, 100.5) })).toBe("approved");
    expect(verdict(order(), risk)).toBe("approved");
  });
});

describe("maxSpreadPct", () => {
  const entered = (market?: MarketView): string =>
    verdict(order(), { maxSpreadPct: 1 }, { mode: "live", ...(market === undefined ? {} : { market }) });

  test("holds entries back while bid and ask are further apart", () => {
    expect(entered(quote(99.5, 100.5))).toBe("approved");
    expect(entered(quote(99, 101))).toBe("maxSpreadPct: the spread of 2.000 % is above maxSpreadPct 1");
  });

  test("holds entries back while the quote is missing or cannot be true", () => {
    expect(entered()).toBe("maxSpreadPct: no bid and ask of BTCUSDT are known, so its spread may be any");
    expect(entered(quote(101, 99))).toBe("maxSpreadPct: bid 101 and ask 99 of BTCUSDT cannot be true");
    expect(entered(quote(100, NaN))).toMatch(/cannot be true$|^priceCollarPct/);
  });
});

describe("maxPositionSizeQuote expects the worst", () => {
  const risk = { maxPositionSizeQuote: 300 };

  test.each<[string, Situation, string]>([
    ["two are held", { held: 2 }, "approved"],
    ["three are held", { held: 3 }, "refused"],
    ["two are held and an order of one is unknown", { held: 2, open: [waiting({ status: "unknown" })] }, "refused"],
    ["two limits of one wait", { open: [waiting({ type: "limit", price: 99 }), waiting({ type: "limit", price: 98 })] }, "approved"],
    ["a limit of three waits", { open: [waiting({ type: "limit", price: 90, quantity: 3 })] }, "refused"],
    [
      "a limit of three has filled but for one",
      { held: 2, open: [waiting({ type: "limit", price: 90, quantity: 3, filledQuantity: 2 })] },
      "refused",
    ],
    ["a limit waits at a higher price", { open: [waiting({ type: "stop", triggerPrice: 160 })] }, "refused"],
    [
      "a limit of one is being changed to three",
      { open: [waiting({ type: "limit", price: 90, pendingChange: { quantity: 3 } })] },
      "refused",
    ],
    ["a limit of one is being moved far up", { open: [waiting({ type: "limit", price: 90, pendingChange: { price: 170 } })] }, "refused"],
    [
      "three are held, and an exit is on its way",
      { held: 3, open: [waiting({ side: "sell", quantity: 3, reduceOnly: true, status: "pending" })] },
      "refused",
    ],
    [
      "three are held, and the exchange has taken an exit",
      { held: 3, open: [waiting({ side: "sell", quantity: 3, reduceOnly: true })] },
      "approved",
    ],
    [
      "three are held, and a stop would sell them",
      { held: 3, open: [waiting({ side: "sell", type: "stop", triggerPrice: 90, quantity: 3, reduceOnly: true })] },
      "refused",
    ],
    ["three of the other side are held", { held: -3 }, "approved"],
    [
      "a short one of three is being closed and a limit of three waits",
      { held: -3, open: [waiting({ quantity: 3, reduceOnly: true, purpose: "exit" }), waiting({ type: "limit", price: 90, quantity: 3 })] },
      "refused",
    ],
    [
      "three of the other side are held and a limit of three waits",
      { held: -3, open: [waiting({ type: "limit", price: 90, quantity: 3 })] },
      "approved",
    ],
    ["orders of the other side wait", { held: 2, open: [waiting({ side: "sell", quantity: 9 })] }, "approved"],
    [
      "three of the other side are held and a limit of four waits",
      { held: -3, open: [waiting({ type: "limit", price: 90, quantity: 4 })] },
      "refused",
    ],
  ])("a buy of one while %s", (_name, situation, expected) => {
    expect(verdict(order(), risk, situation).split(":")[0]).toBe(expected === "refused" ? "maxPositionSizeQuote" : expected);
  });
});

test("maxPositionSizeQuote lets an order turn a position only where it fills at once", () => {
  const risk = { maxPositionSizeQuote: 300 };
  expect(verdict(order({ quantity: 6 }), risk, { held: -3 })).toBe("approved");
  expect(verdict(order({ quantity: 7 }), risk, { held: -3 })).toMatch(/^maxPositionSizeQuote/);
  // Something else may have closed the short position before a limit fills.
  expect(verdict(order({ type: "limit", price: 100, quantity: 3 }), risk, { held: -3 })).toBe("approved");
  expect(verdict(order({ type: "limit", price: 100, quantity: 4 }), risk, { held: -3 })).toMatch(/^maxPositionSizeQuote/);
});

test("maxOpenOrders reserves a place for each stop and target to come", () => {
  const protection = {
    stopLoss: undefined,
    stopLossPct: 2,
    takeProfit: 120,
    takeProfitPct: undefined,
    trailingStops: [],
    breakevenPct: undefined,
  };
  const risk = { maxOpenOrders: 4 };
  expect(verdict(order({ protection }), risk, { open: [waiting()] })).toBe("approved");
  expect(verdict(order({ protection }), risk, { open: [waiting(), waiting()] })).toBe(
    "maxOpenOrders: 2 orders are open or reserved for stops and targets and the order may bring along 2; maxOpenOrders is 4",
  );
  expect(verdict(order(), risk, { open: [waiting({ protection }), waiting()] })).toMatch(/^maxOpenOrders: 4 orders/);
  expect(verdict(order(), risk, { open: [waiting({ protection, legs: [] }), waiting()] })).toBe("approved");
});

describe("a change of an entry", () => {
  const changed = (entry: RiskOrder, changes: { quantity?: number; price?: number }, situation: Situation = {}): string => {
    const answer = checkChange(
      entry,
      changes,
      contextOf({ maxOrderSizeQuote: 500, maxPositionSizeQuote: 800, priceCollarPct: 5 }, situation),
    );
    return answer.approved ? "approved" : answer.code;
  };
  const limit = waiting({ type: "limit", price: 100, quantity: 4 });

  test("passes the checks of size and price like a new order", () => {
    expect(changed(limit, { quantity: 5 }, { open: [limit] })).toBe("approved");
    expect(changed(limit, { quantity: 6 }, { open: [limit] })).toBe("maxOrderSizeQuote");
    expect(changed(limit, { quantity: 5 }, { open: [limit], held: 4 })).toBe("maxPositionSizeQuote");
    expect(changed(limit, { price: 80 }, { open: [limit] })).toBe("priceCollarPct");
  });

  test("to less at the same price is always allowed, and so is every change of an exit", () => {
    expect(changed(limit, { quantity: 3 }, { open: [limit], held: 100 })).toBe("approved");
    expect(changed(waiting({ type: "stop", purpose: "stopLoss", triggerPrice: 90 }), { quantity: 1_000 })).toBe("approved");
  });
});

test("the same signal over and over switches entries off, changes of entries included", () => {
  const context = { ...contextOf({ maxRepeatedOrders: 2 }, {}), price: LAST };
  for (const _each of [1, 2]) {
    expect(checkEntry(order(), context).approved).toBe(true);
    context.throttle.onSent(order(), TIME);
  }
  const reason =
    "buy market of BTCUSDT was sent 2 times in a row and the position did not change; entries are off until a run with rearm: true";
  expect(checkEntry(order(), context)).toEqual({ approved: false, code: "maxRepeatedOrders", reason });
  context.throttle.onPositionChanged(order());
  expect(checkEntry(order({ side: "sell" }), context)).toMatchObject({ approved: false, code: "maxRepeatedOrders" });
  expect(checkChange(waiting({ type: "limit", price: 99 }), { price: 100 }, context)).toMatchObject({ code: "maxRepeatedOrders" });
  context.throttle.rearm();
  expect(checkEntry(order(), context).approved).toBe(true);
});
