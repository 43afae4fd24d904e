import { DataError } from "../../../base/errors.ts";
import { formatDecimal, tryParseDecimal } from "../../../base/decimal.ts";
import type { Instrument } from "../../../domain/instrument.ts";
import { fieldsOf, type Fields } from "../../transport/wire-fields.ts";
import type { BinanceMarket } from "../endpoints.ts";
import { timeOf } from "./wire.ts";

/**
 * Whether a symbol can be traded. `TRADING` can; in `CANCEL_ONLY` (spot, since July 2026) working orders can only be taken back; every other
 * word of the exchange, known to us or not, means that nothing can be done.
 */
export type ListingStatus = "trading" | "cancelOnly" | "halted";

/** A symbol of the exchange. */
export interface Listing {
  readonly instrument: Instrument;
  readonly status: ListingStatus;
  /** The exchange's own word for the status. */
  readonly statusText: string;
}

/** A weight or order limit that the exchange tells. */
export interface ToldLimit {
  /** `REQUEST_WEIGHT`, `ORDERS`, `RAW_REQUESTS`, or a word yet to come. */
  readonly kind: string;
  readonly limit: number;
  readonly windowMs: number;
}

export interface ExchangeInfo {
  /** Milliseconds. */
  readonly serverTime: number;
  readonly limits: readonly ToldLimit[];
  readonly listings: readonly Listing[];
  /** Symbols that are listed and whose rules cannot be read, with the reason. */
  readonly unreadable: ReadonlyMap<string, string>;
}

/**
 * GET /api/v3/exchangeInfo, /fapi/v1/exchangeInfo, /dapi/v1/exchangeInfo:
 * {"serverTime":1565246363776,"rateLimits":[{"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":6000}],
 *  "symbols":[{"symbol":"ETHBTC","status":"TRADING","baseAsset":"ETH","quoteAsset":"BTC","filters":[
 *   {"filterType":"PRICE_FILTER","minPrice":"0.00000100","maxPrice":"100000.00000000","tickSize":"0.00000100"},
 *   {"filterType":"LOT_SIZE","minQty":"0.00100000","maxQty":"100000.00000000","stepSize":"0.00100000"},
 *   {"filterType":"NOTIONAL","minNotional":"0.00010000","applyMinToMarket":true}]}]}
 * Futures add "contractType":"PERPETUAL","deliveryDate":4133404800000,"marginAsset":"USDT"; COIN-M calls the
 * status "contractStatus" and adds "contractSize":100.
 */
export function toExchangeInfo(value: unknown, market: BinanceMarket): ExchangeInfo {
  const fields = fieldsOf(value, "exchangeInfo");
  const listings: Listing[] = [];
  const unreadable = new Map<string, string>();
  for (const symbol of fields.fieldsOfEach("symbols")) {
    const name = symbol.text("symbol");
    try {
      const listing = toListing(symbol, market);
      if (listing !== undefined) listings.push(listing);
    } catch (error) {
      // One symbol that nobody asked for must not hide all the others.
      if (!(error instanceof DataError)) throw error;
      unreadable.set(name, error.message);
    }
  }
  return {
    serverTime: timeOf(fields.raw("serverTime"), `${fields.where} serverTime`),
    limits: (fields.maybeList("rateLimits") ?? []).flatMap(toLimit),
    listings,
    unreadable,
  };
}

const PERPETUAL_DELIVERY_MS = Date.UTC(2100, 0, 1);

function toListing(fields: Fields, market: BinanceMarket): Listing | undefined {
  const statusText = fields.maybeText("contractStatus") ?? fields.text("status");
  const status = statusText === "TRADING" ? "trading" : statusText === "CANCEL_ONLY" ? "cancelOnly" : "halted";
  const instrument = market === "spot" ? toSpot(fields) : toFuture(fields, market);
  return { instrument, status, statusText };
}

function toSpot(fields: Fields): Instrument {
  const quoteAsset = fields.text("quoteAsset");
  return { kind: "spot", exchange: "binance", settleAsset: quoteAsset, ...common(fields, quoteAsset) };
}

function toFuture(fields: Fields, market: "linear" | "inverse"): Instrument {
  const quoteAsset = fields.text("quoteAsset");
  const contract = {
    exchange: "binance",
    settleAsset: fields.text("marginAsset"),
    ...common(fields, quoteAsset),
    contractType: market,
    // Linear contracts count in base units.
    contractSize: market === "linear" ? "1" : stepText(fields.text("contractSize"), "contractSize"),
  } as const;
  const contractType = fields.text("contractType");
  const deliveryTime = timeOf(fields.raw("deliveryDate"), `${fields.where} deliveryDate`);
  // Perpetuals carry the year 2100 as their date; there are several kinds (`PERPETUAL`, `TRADIFI_PERPETUAL`).
  if (contractType.endsWith("PERPETUAL") || deliveryTime >= PERPETUAL_DELIVERY_MS) return { kind: "perpetual", ...contract };
  return { kind: "future", ...contract, expiryTime: deliveryTime };
}

function common(
  fields: Fields,
  quoteAsset: string,
): Pick<Instrument, "symbol" | "baseAsset" | "quoteAsset" | "priceStep" | "quantityStep" | "quantityMin" | "quantityMax" | "notionalMin"> {
  const filters = filtersOf(fields);
  const symbol = fields.text("symbol");
  const tickSize = filters.get("PRICE_FILTER")?.maybeText("tickSize");
  const lot = filters.get("LOT_SIZE");
  if (tickSize === undefined || lot === undefined) throw new DataError(`${symbol}: exchangeInfo names no price step or no quantity step`);
  // NOTIONAL has taken the place of MIN_NOTIONAL on spot; futures call the value "notional".
  const notional = filters.get("NOTIONAL") ?? filters.get("MIN_NOTIONAL");
  const notionalMin = notional?.maybeText("minNotional") ?? notional?.maybeText("notional");
  return {
    symbol,
    baseAsset: fields.text("baseAsset"),
    quoteAsset,
    priceStep: stepText(tickSize, `${symbol} tickSize`),
    quantityStep: stepText(lot.text("stepSize"), `${symbol} stepSize`),
    ...optional("quantityMin", lot.maybeText("minQty")),
    ...optional("quantityMax", lot.maybeText("maxQty")),
    ...optional("notionalMin", notionalMin),
  };
}

/** Filters by their type; the first of a type counts, unknown types are nobody's concern. */
function filtersOf(fields: Fields): ReadonlyMap<string, Fields> {
  const filters = new Map<string, Fields>();
  for (const filter of fields.fieldsOfEach("filters")) {
    const type = filter.maybeText("filterType");
    if (type !== undefined && !filters.has(type)) filters.set(type, filter);
  }
  return filters;
}

function optional<Name extends string>(name: Name, text: string | undefined): { readonly [key in Name]?: string } {
  const decimal = text === undefined ? undefined : tryParseDecimal(text);
  // "0.00000000" switches a rule off.
  if (decimal === undefined || decimal.units <= 0n) return {};
  return { [name]: trimmed(decimal.units, decimal.scale) } as { readonly [key in Name]?: string };
}

/** A step without the zeros that only fill up the exchange's eight digits: "0.01000000" is "0.01", "10.00000000" is "10". */
function stepText(text: string, where: string): string {
  const decimal = tryParseDecimal(text);
  if (decimal === undefined || decimal.units <= 0n) throw new DataError(`${where}: a step has to be above zero`);
  return trimmed(decimal.units, decimal.scale);
}

function trimmed(units: bigint, scale: number): string {
  const text = formatDecimal({ units, scale });
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

const INTERVAL_MS: ReadonlyMap<string, number> = new Map([
  ["SECOND", 1_000],
  ["MINUTE", 60_000],
  ["HOUR", 3_600_000],
  ["DAY", 86_400_000],
]);

/** {"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":6000}; what cannot be read limits nothing. */
function toLimit(value: unknown): readonly ToldLimit[] {
  const fields = fieldsOf(value, "rateLimits");
  const kind = fields.maybeText("rateLimitType");
  const unitMs = INTERVAL_MS.get(fields.maybeText("interval") ?? "");
  const count = fields.maybeNumber("intervalNum") ?? 1;
  const limit = fields.maybeNumber("limit");
  if (kind === undefined || unitMs === undefined || limit === undefined || !(limit > 0 && count > 0)) return [];
  return [{ kind, limit, windowMs: unitMs * count }];
}
