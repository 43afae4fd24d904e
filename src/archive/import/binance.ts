import type { PriceType } from "../../domain/bar.ts";
import { isTimeframe } from "../../domain/timeframe.ts";
import { detectDialect } from "./csv/dialect.ts";
import { readRows } from "./csv/rows.ts";
import { UTC } from "./csv/time.ts";
import type { ImportKind } from "./hints.ts";
import type { Outcome } from "./outcome.ts";
import { type PartContext, toPart } from "./parts.ts";
import type { Role } from "./roles.ts";
import { DataError } from "../../base/errors.ts";

/** A file of Binance's public archive that may come without a header. */
export interface BinanceFile {
  readonly kind: ImportKind;
  readonly roles: ReadonlyMap<Role, number>;
  readonly priceType?: PriceType;
}

const NAME = /^([A-Z0-9]+(?:_PERP|_\d{6})?)-([A-Za-z0-9]+)-\d{4}-\d{2}(?:-\d{2})?$/;

/** open time, open, high, low, close, volume, close time, quote volume, trades, taker volume, taker quote volume, ignored */
const KLINE = rolesOf("time", "open", "high", "low", "close", "volume");
/** id, price, quantity, quote quantity, time, buyer is maker, best match */
const TRADE = rolesOf("id", "price", "quantity", undefined, "time", "buyerMaker");
/** id, price, quantity, first id, last id, time, buyer is maker, best match */
const AGGREGATE_TRADE = rolesOf("id", "price", "quantity", undefined, undefined, "time", "buyerMaker");

const SKIPPED: Readonly<Record<string, string>> = {
  bookTicker: "quote ticks",
  bookDepth: "order-book depth",
  liquidationSnapshot: "liquidations",
  BVOLIndex: "a volatility index",
  EOHSummary: "option statistics",
};

/** Recognises `BTCUSDT-1m-2022-01.csv`, `BTCUSDT-aggTrades-2022-01-01.csv` and their like by their names. */
export function recogniseBinance(path: string): BinanceFile | { readonly skipped: string } | undefined {
  const name = /([^/\\]+?)(?:\.csv|\.zip)?$/i.exec(path)?.[1] ?? "";
  const content = NAME.exec(name)?.[2];
  if (content === undefined) return undefined;
  const skipped = SKIPPED[content] ?? (/premiumIndexKlines/i.test(path) ? "premium index bars" : undefined);
  if (skipped !== undefined) return { skipped };
  if (content === "trades") return { kind: "trades", roles: TRADE };
  if (content === "aggTrades") return { kind: "trades", roles: AGGREGATE_TRADE };
  if (!isTimeframe(content) && content !== "1mo") return undefined;
  const priceType = /markPriceKlines/i.test(path) ? "mark" : /indexPriceKlines/i.test(path) ? "index" : "trade";
  return { kind: "bars", roles: KLINE, priceType };
}

/** Reads a file of the archive. Columns have one order with and without a header. */
export function readBinance(bytes: Buffer, { kind, roles, priceType }: BinanceFile, context: PartContext): Outcome {
  const dialect = detectDialect(bytes, ",");
  if (dialect === undefined) throw new DataError(`${context.title} is empty`);
  if (dialect.sample.length === 0) throw new DataError(`${context.title} has a header and no rows`);
  const names: string[] = [];
  for (const [role, place] of roles) names[place] = dialect.header?.[place] ?? role;
  const raw = readRows(bytes, {
    title: context.title,
    delimiter: 44,
    start: dialect.start,
    firstLine: dialect.line,
    roles,
    names,
    timeUnit: context.options.timeUnit,
    zone: UTC,
    isVolumeOptional: priceType !== "trade",
  });
  const hints = priceType === undefined ? context.hints : { ...context.hints, priceType };
  return { status: "read", parts: [toPart(kind, raw, { ...context, hints })] };
}

function rolesOf(...columns: readonly (Role | undefined)[]): ReadonlyMap<Role, number> {
  return new Map(columns.flatMap((role, place) => (role === undefined ? [] : [[role, place] as const])));
}
