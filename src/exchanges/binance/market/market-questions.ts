import { DataError } from "../../../base/errors.ts";
import type { Bar } from "../../../domain/bar.ts";
import type { Quote } from "../../../domain/quote.ts";
import type { Trade } from "../../../domain/trade.ts";
import { barCloseTime, DAY_MS, timeframeMs, type Timeframe } from "../../../domain/timeframe.ts";
import { fieldsOf } from "../../transport/wire-fields.ts";
import type { BinanceMarket } from "../endpoints.ts";
import { toKlines } from "./klines.ts";
import { toFundingRates, type SettledFunding } from "./mark-price.ts";
import type { PublicRest, RestQuestion } from "./rest.ts";
import { toAggTrades } from "./trades.ts";
import { TRADES_PER_PAGE } from "./trade-sync.ts";
import { priceOf, quantityOf } from "./wire.ts";

/** What a market's questions cost: rest-api.md of spot; developers.binance.com for USDⓈ-M and COIN-M, whose tables are alike. */
const COSTS = {
  spot: { klineRows: 1_000, trades: 4, depth: 50, bookTicker: 2 },
  futures: { klineRows: 1_500, trades: 20, depth: 20, bookTicker: 2 },
} as const;

/** COIN-M answers no longer span of bars (Kline/Candlestick Data: less than 200 days between start and end). */
const INVERSE_SPAN_MS = 199 * DAY_MS;

/** How long a question may wait whose answer nobody waits for within the minute. */
const PATIENT_MS = 120_000;

/** Asks one market for what its streams do not tell. */
export class MarketQuestions {
  readonly #rest: PublicRest;
  readonly #market: BinanceMarket;
  readonly #costs: (typeof COSTS)["spot" | "futures"];

  constructor(rest: PublicRest, market: BinanceMarket) {
    this.#rest = rest;
    this.#market = market;
    this.#costs = market === "spot" ? COSTS.spot : COSTS.futures;
  }

  /** Bars that have ended before `closedBy` and open in `from` (included) to `to` (excluded), oldest first, page after page. */
  async *bars(symbol: string, timeframe: Timeframe, from: number, to: number, closedBy: number): AsyncGenerator<readonly Bar[]> {
    let start = from;
    while (start < to) {
      const end = this.#market === "inverse" ? Math.min(to, start + this.#span(timeframe)) : to;
      // One more than fits, so that an answer that is not full is known to be whole.
      const limit = Math.min(this.#costs.klineRows, Math.ceil((end - start) / timeframeMs(timeframe)) + 1);
      // Clocks tell fractions of milliseconds, which Binance refuses (-1100).
      const parameters = { symbol, interval: timeframe, startTime: Math.ceil(start), endTime: Math.floor(end - 1), limit };
      // oxlint-disable-next-line no-await-in-loop -- where the next page begins is told by this one
      const answer = await this.#ask({ path: "klines", parameters, weight: this.#klinesWeight(limit) });
      const rows = toKlines(answer);
      const closed = rows
        .filter(({ bar, lastTime }) => lastTime < closedBy && bar.openTime >= start && bar.openTime < end)
        .map(({ bar }) => bar);
      checkOrder(closed);
      if (closed.length > 0) yield closed;
      const last = closed.at(-1);
      const isWhole = rows.length < limit || last === undefined;
      if (isWhole && end === to) return;
      start = isWhole ? end : barCloseTime(timeframe, last.openTime);
    }
  }

  /** Up to a page of trades from an id on; without one the newest. */
  async trades(symbol: string, fromId: string | undefined): Promise<readonly Trade[]> {
    const parameters = fromId === undefined ? { symbol, limit: 1 } : { symbol, fromId, limit: TRADES_PER_PAGE };
    return toAggTrades(await this.#ask({ path: "aggTrades", parameters, weight: this.#costs.trades }));
  }

  /** The book as it is, unread. */
  depth(symbol: string): Promise<unknown> {
    return this.#rest.get({ path: "depth", parameters: { symbol, limit: 1_000 }, weight: this.#costs.depth });
  }

  /** Settled fundings since a moment (included), oldest first. */
  async fundingRates(symbol: string, since: number): Promise<readonly SettledFunding[]> {
    const parameters = { symbol, startTime: Math.floor(since), limit: 1_000 };
    return toFundingRates(await this.#ask({ path: "fundingRate", parameters, weight: 1 }));
  }

  /**
   * The best prices now; `time` is 0. GET /api/v3/ticker/bookTicker, /fapi/v1/ticker/bookTicker, a list on /dapi/v1/ticker/bookTicker:
   * {"symbol":"LTCBTC","bidPrice":"4.00000000","bidQty":"431.00000000","askPrice":"4.00000200","askQty":"9.00000000"}
   */
  async quote(symbol: string): Promise<Quote> {
    const answer = await this.#rest.get({ path: "ticker/bookTicker", parameters: { symbol }, weight: this.#costs.bookTicker });
    const fields = fieldsOf(Array.isArray(answer) ? (answer as readonly unknown[])[0] : answer, "bookTicker");
    return {
      time: 0,
      bidPrice: priceOf(fields.raw("bidPrice"), "bookTicker bidPrice"),
      bidQuantity: quantityOf(fields.raw("bidQty"), "bookTicker bidQty"),
      askPrice: priceOf(fields.raw("askPrice"), "bookTicker askPrice"),
      askQuantity: quantityOf(fields.raw("askQty"), "bookTicker askQty"),
    };
  }

  #ask(question: RestQuestion): Promise<unknown> {
    return this.#rest.get({ waitMs: PATIENT_MS, ...question });
  }

  /** Spot: 2. Futures by the rows asked for: below 100, below 500, up to 1,000, more. */
  #klinesWeight(limit: number): number {
    if (this.#market === "spot") return 2;
    return limit < 100 ? 1 : limit < 500 ? 2 : limit <= 1_000 ? 5 : 10;
  }

  /** What one answer of COIN-M covers: it gives the newest rows of a longer span and would leave out the others. */
  #span(timeframe: Timeframe): number {
    return Math.min(INVERSE_SPAN_MS, timeframeMs(timeframe) * this.#costs.klineRows);
  }
}

function checkOrder(bars: readonly Bar[]): void {
  for (let row = 1; row < bars.length; row += 1) {
    if ((bars[row] as Bar).openTime <= (bars[row - 1] as Bar).openTime) throw new DataError("klines: the bars are not in order");
  }
}
