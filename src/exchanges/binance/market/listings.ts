import { ConfigurationError, ExchangeError } from "../../../base/errors.ts";
import type { Logger } from "../../../base/logger.ts";
import type { Instrument } from "../../../domain/instrument.ts";
import { didYouMean } from "../../../expert/suggest.ts";
import type { BinanceMarket } from "../endpoints.ts";
import { toExchangeInfo, type ExchangeInfo } from "./exchange-info.ts";
import type { PublicRest } from "./rest.ts";

const MARKET_NAMES = { spot: "spot", linear: "USDⓈ-M futures", inverse: "COIN-M futures" } as const;

/** "Invalid symbol." (errors.md) */
const INVALID_SYMBOL = "-1121";

/** The symbols of a market and their rules. */
export class Listings {
  readonly #rest: PublicRest;
  readonly #market: BinanceMarket;
  readonly #log: Logger;

  constructor(rest: PublicRest, market: BinanceMarket, log: Logger) {
    this.#rest = rest;
    this.#market = market;
    this.#log = log;
  }

  /** The rules of symbols, in their order; a `ConfigurationError` names what is not listed and what is similar. */
  async find(symbols: readonly string[]): Promise<readonly Instrument[]> {
    const info = await this.#load(symbols);
    const found = new Map(info.listings.map((listing) => [listing.instrument.symbol, listing]));
    return symbols.map((symbol) => {
      const listing = found.get(symbol);
      if (listing === undefined) throw unlisted(symbol, info, this.#market);
      if (listing.status !== "trading") this.#log.warn(`binance ${symbol} does not trade now: its status is ${listing.statusText}`);
      return listing.instrument;
    });
  }

  /** Why a symbol cannot be traded now, undefined where it can. */
  async troubles(symbols: readonly string[]): Promise<ReadonlyMap<string, string | undefined>> {
    const { listings } = await this.#load(symbols);
    const found = new Map(listings.map((listing) => [listing.instrument.symbol, listing]));
    return new Map(
      symbols.map((symbol) => {
        const listing = found.get(symbol);
        if (listing === undefined) return [symbol, `${symbol} is not listed any more`];
        return [symbol, listing.status === "trading" ? undefined : `${symbol} does not trade now: its status is ${listing.statusText}`];
      }),
    );
  }

  async #load(symbols: readonly string[]): Promise<ExchangeInfo> {
    if (this.#market !== "spot") return this.#ask(undefined);
    try {
      // All of spot is ten megabytes and more.
      return await this.#ask(symbols);
    } catch (error) {
      if (!(error instanceof ExchangeError) || error.exchangeCode !== INVALID_SYMBOL) throw error;
      return this.#ask(undefined);
    }
  }

  async #ask(symbols: readonly string[] | undefined): Promise<ExchangeInfo> {
    const parameters = symbols === undefined ? {} : { symbols: JSON.stringify([...new Set(symbols)]) };
    const sentAt = this.#rest.localTime;
    const answer = await this.#rest.get({ path: "exchangeInfo", parameters, weight: this.#market === "spot" ? 20 : 1, waitMs: 60_000 });
    const info = toExchangeInfo(answer, this.#market);
    this.#rest.clock.addSample({ sentAt, receivedAt: this.#rest.localTime, serverTime: info.serverTime });
    return info;
  }
}

function unlisted(symbol: string, { listings, unreadable }: ExchangeInfo, market: BinanceMarket): ConfigurationError {
  const reason = unreadable.get(symbol);
  if (reason !== undefined) return new ConfigurationError(`symbol: the rules of ${symbol} cannot be read: ${reason}`);
  const names = listings.map(({ instrument }) => instrument.symbol);
  return new ConfigurationError(`symbol: Binance ${MARKET_NAMES[market]} do not list ${symbol}${didYouMean(symbol, names)}`);
}
