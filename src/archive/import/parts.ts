import { ConfigurationError, DataError } from "../../base/errors.ts";
import type { BarColumns } from "../../domain/bar.ts";
import type { Market } from "../../domain/instrument.ts";
import type { Timeframe } from "../../domain/timeframe.ts";
import type { InstrumentAddress } from "../archive.ts";
import { checkBars, checkTimes, checkValues, type Located } from "./check.ts";
import { withoutNoise } from "../decimals.ts";
import { type Hints, type ImportKind, readSymbol } from "./hints.ts";
import { inferTimeframe } from "./infer.ts";
import { derivativeMarket, exchangeNamed, marketNamed, type Pair } from "./names.ts";
import type { ImportOptions } from "./options.ts";
import type { Part } from "./outcome.ts";
import type { RawRows, Role } from "./roles.ts";

/** What stands behind a part's key: the user's word, then the content's, then the path's. */
export interface PartContext {
  readonly title: string;
  readonly hints: Hints;
  readonly options: ImportOptions;
}

/** Checks rows and gives them the name of their series. Rows that run from the newest to the oldest are turned round. */
export function toPart(kind: ImportKind, raw: RawRows, context: PartContext): Part {
  const { title, hints, options } = context;
  if (raw.rows === 0) throw new DataError(`${title} has no rows`);
  const rows = isNewestFirst(raw) ? reversed(raw) : raw;
  const where: Located = { title, place: rows.place };
  const { pair, ...address } = addressOf(rows, context);
  const column = (role: Role): Float64Array => withoutNoise(rows.numbers.get(role) ?? new Float64Array(rows.rows));

  if (kind === "bars") {
    const names = ["open", "high", "low", "close", "volume"] as const;
    const values = Object.fromEntries(names.map((name) => [name, column(name)])) as unknown as Omit<BarColumns, "length" | "openTime">;
    const bars = { length: rows.rows, openTime: rows.time, ...values };
    checkBars(bars, where);
    const timeframe = options.timeframe ?? hints.timeframe ?? inferTimeframe(rows.time) ?? noTimeframe(title);
    const priceType = options.priceType ?? hints.priceType ?? "trade";
    return { kind, key: { ...address, kind, timeframe, priceType }, columns: bars, pair };
  }
  if (kind === "trades") {
    const trades = { length: rows.rows, time: rows.time, price: column("price"), quantity: column("quantity") };
    checkTimes(trades.time, trades.length, where, "notFalling");
    checkValues(trades.price, trades.length, where, { column: "price", above: 0 });
    checkValues(trades.quantity, trades.length, where, { column: "quantity", above: -Number.MIN_VALUE });
    checkIds(rows, where);
    return {
      kind,
      key: { ...address, kind },
      columns: { ...trades, takerSide: rows.side ?? new Int8Array(rows.rows), id: rows.id ?? [] },
      pair,
    };
  }
  const role = kind === "funding" ? "rate" : "openInterest";
  const points = { length: rows.rows, time: rows.time, value: column(role) };
  checkTimes(points.time, points.length, where, "rising");
  checkValues(points.value, points.length, where, { column: role, above: kind === "funding" ? -Infinity : -Number.MIN_VALUE });
  return { kind: "points", key: { ...address, kind }, columns: points, pair };
}

/** Exchange, market and symbol of rows. */
export function addressOf(
  raw: { readonly exchange?: string; readonly symbol?: string },
  context: PartContext,
): InstrumentAddress & { pair?: Pair } {
  const { title, hints, options } = context;
  const words = (raw.exchange ?? "").split(/[^A-Za-z0-9]+/);
  const exchange = options.exchange ?? words.map(exchangeNamed).find(Boolean) ?? hints.exchange ?? "local";
  const named =
    raw.symbol === undefined ? undefined : (readSymbol(raw.symbol) ?? { symbol: raw.symbol.replaceAll(/[^A-Za-z0-9]/g, "").toUpperCase() });
  const symbol = options.symbol ?? named?.symbol ?? hints.symbol;
  if (symbol === undefined || symbol === "") throw new DataError(`${title} does not say which symbol it holds; use --symbol BTCUSDT`);
  const pair = options.symbol === undefined ? (named?.pair ?? hints.pair) : readSymbol(options.symbol)?.pair;
  const word =
    words.map(marketNamed).find(Boolean) ??
    (named !== undefined && "settle" in named && named.settle !== undefined ? "derivative" : undefined);
  const ofContent: Market | undefined = word === "derivative" ? derivativeMarket(exchange, pair?.quote) : word;
  const market =
    options.market ??
    ofContent ??
    hints.market ??
    (exchange === "bitmex" || exchange === "deribit" ? derivativeMarket(exchange, pair?.quote) : "spot");
  return { exchange, market, symbol, ...(pair === undefined ? {} : { pair }) };
}

function noTimeframe(title: string): Timeframe {
  throw new ConfigurationError(`${title} does not say how long its bars are; use --timeframe 1m`);
}

function isNewestFirst({ time, rows }: RawRows): boolean {
  if (rows < 2) return false;
  for (let row = 1; row < rows; row += 1) {
    if ((time[row] as number) >= (time[row - 1] as number)) return false;
  }
  return true;
}

function reversed(raw: RawRows): RawRows {
  const numbers = new Map([...raw.numbers].map(([role, values]) => [role, values.toReversed()] as const));
  return {
    ...raw,
    time: raw.time.toReversed(),
    numbers,
    ...(raw.side === undefined ? {} : { side: raw.side.toReversed() }),
    ...(raw.id === undefined ? {} : { id: raw.id.toReversed() }),
    place: (row) => raw.place(raw.rows - 1 - row),
  };
}

/** One id twice at one moment is one trade written twice. */
function checkIds({ id, time, rows }: RawRows, where: Located): void {
  if (id === undefined) return;
  let moment: Set<string> | undefined;
  for (let row = 1; row < rows; row += 1) {
    if (time[row] !== time[row - 1]) {
      moment = undefined;
      continue;
    }
    moment ??= new Set([id[row - 1] as string]);
    const name = id[row] as string;
    if (name !== "" && moment.has(name)) {
      throw new DataError(`${where.title}, ${where.place(row)}: column id repeats the trade ${name}; keep one of the two`);
    }
    moment.add(name);
  }
}
