import { DataError } from "../../base/errors.ts";
import { reasonOf } from "../../base/system-error.ts";
import { isPossible, parseDate, toMilliseconds, unitOfTime, UTC } from "./csv/time.ts";
import type { ImportKind } from "./hints.ts";
import type { Outcome } from "./outcome.ts";
import { type PartContext, toPart } from "./parts.ts";
import { type RawRows, recogniseHeader, type Role } from "./roles.ts";

/** V8 has no longer texts. */
const JSON_BYTES_MAX = 500_000_000;

/**
 * Reads JSON as freqtrade and exchanges write it: bars `[[time, open, high, low, close, volume], …]` (longer rows are
 * Binance's klines), trades `[[time, id, type, side, price, amount, cost], …]` or `[{timestamp, id, side, price, amount}, …]`.
 */
export function readJson(bytes: Buffer, context: PartContext): Outcome {
  const { title } = context;
  if (bytes.length > JSON_BYTES_MAX) throw new DataError(`${title} is larger than 500 MB; export it as csv or feather`);
  const value = parse(bytes, title);
  if (!Array.isArray(value)) return describeObject(value);
  const rows = value as readonly unknown[];
  if (rows.length === 0) throw new DataError(`${title} has no rows`);
  const first = rows[0];
  if (Array.isArray(first)) return readArrays(rows, first.length, context);
  return isRecord(first) ? readObjects(rows, Object.keys(first), context) : { status: "unrecognised", why: "its JSON is no list of rows" };
}

function readObjects(rows: readonly unknown[], names: readonly string[], context: PartContext): Outcome {
  const layout = recogniseHeader(names, context.options.kind ?? context.hints.kind);
  if (layout === undefined || layout.kind === "instruments")
    return { status: "unrecognised", why: "its JSON rows are no bars and no trades" };
  if (layout.kind === "skip") return { status: "skipped", what: layout.what };
  const nameOf = new Map([...layout.roles].map(([role, place]) => [role, names[place] ?? ""] as const));
  return { status: "read", parts: [toPart(layout.kind, rowsOfObjects(rows, nameOf, context), context)] };
}

function parse(bytes: Buffer, title: string): unknown {
  try {
    return JSON.parse(bytes.toString("utf8")) as unknown;
  } catch (cause) {
    throw new DataError(`${title} is not complete JSON (${reasonOf(cause)}); fetch it again`, { cause });
  }
}

/** Objects are descriptions of something, never rows. */
function describeObject(value: unknown): Outcome {
  const inner = isRecord(value) ? Object.values(value)[0] : undefined;
  const sample: unknown = Array.isArray(inner) ? inner[0] : inner;
  if (isRecord(sample) && ("maintenanceMarginRate" in sample || "maxLeverage" in sample))
    return { status: "skipped", what: "leverage tiers" };
  if (isRecord(value) && ("bids" in value || "asks" in value)) return { status: "skipped", what: "an order-book snapshot" };
  if (isRecord(value) && ("topic" in value || "stream" in value)) return { status: "skipped", what: "a recording of a stream" };
  return { status: "unrecognised", why: "its JSON is no list of bars or trades" };
}

function readArrays(rows: readonly unknown[], width: number, context: PartContext): Outcome {
  const kind: ImportKind | undefined = context.options.kind ?? context.hints.kind;
  const isTrades = width === 7 && kind !== "bars" && kind !== "funding";
  if (!isTrades && width < 6)
    return { status: "unrecognised", why: `its JSON rows have ${width} values, bars have 6 or more and trades 7` };
  if (isTrades) return { status: "read", parts: [toPart("trades", tradesOfArrays(rows, context.title), context)] };
  const roles: readonly Role[] = kind === "funding" ? ["rate"] : ["open", "high", "low", "close", "volume"];
  return { status: "read", parts: [toPart(kind === "funding" ? "funding" : "bars", columnsOfArrays(rows, roles, context), context)] };
}

function columnsOfArrays(rows: readonly unknown[], roles: readonly Role[], { title, hints }: PartContext): RawRows {
  const reader = new Values(title);
  const numbers = new Map(roles.map((role) => [role, new Float64Array(rows.length)] as const));
  const isVolumeOptional = hints.priceType === "mark" || hints.priceType === "index";
  const time = Float64Array.from(rows, (row, place) => {
    const values = reader.list(row, place);
    roles.forEach((role, index) => {
      const value = values[index + 1];
      const isLeftOut = role === "volume" && isVolumeOptional && (value === null || value === undefined);
      (numbers.get(role) as Float64Array)[place] = isLeftOut ? 0 : reader.number(value, place, role);
    });
    return reader.time(values[0], place);
  });
  return { rows: rows.length, time, numbers, place: (row) => `row ${row + 1}` };
}

function tradesOfArrays(rows: readonly unknown[], title: string): RawRows {
  const reader = new Values(title);
  return trades(rows.length, (row) => {
    const [time, id, , side, price, amount] = reader.list(rows[row], row);
    return {
      time: reader.time(time, row),
      id,
      side,
      price: reader.number(price, row, "price"),
      amount: reader.number(amount, row, "amount"),
    };
  });
}

/** Objects whose fields are called as the roles say. */
function rowsOfObjects(rows: readonly unknown[], nameOf: ReadonlyMap<Role, string>, { title, hints }: PartContext): RawRows {
  const reader = new Values(title);
  const isVolumeOptional = hints.priceType === "mark" || hints.priceType === "index";
  const field = (row: number, role: Role): unknown => {
    const value = rows[row];
    if (!isRecord(value)) throw reader.error(row, "is no object");
    return value[nameOf.get(role) ?? ""];
  };
  const roles = NUMBER_ROLES.filter((role) => nameOf.has(role));
  const numbers = new Map(
    roles.map((role) => [
      role,
      Float64Array.from(rows, (_, row) => {
        const value = field(row, role);
        return role === "volume" && isVolumeOptional && value === null ? 0 : reader.number(value, row, role);
      }),
    ]),
  );
  const time = Float64Array.from(rows, (_, row) => reader.time(field(row, "time"), row));
  const sides = Int8Array.from(rows, (_, row) => sideOf(field(row, "side"), field(row, "buyerMaker")));
  const ids = nameOf.has("id") ? { id: rows.map((_, row) => idOf(field(row, "id"))) } : {};
  const symbol = rows.map((_, row) => field(row, "symbol"));
  const other = symbol.findIndex((name) => name !== symbol[0]);
  if (other >= 0) throw reader.error(other, "has another symbol than the row before; split the file by symbol");
  const named = typeof symbol[0] === "string" ? { symbol: symbol[0] } : {};
  return { rows: rows.length, time, numbers, side: sides, ...ids, ...named, place: (row) => `row ${row + 1}` };
}

const NUMBER_ROLES = ["open", "high", "low", "close", "volume", "price", "quantity", "rate", "openInterest"] as const;

function sideOf(side: unknown, isBuyerMaker: unknown): number {
  if (typeof isBuyerMaker === "boolean") return isBuyerMaker ? -1 : 1;
  return side === "buy" || side === 1 ? 1 : side === "sell" || side === -1 ? -1 : 0;
}

function idOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

interface TradeRow {
  readonly time: number;
  readonly id: unknown;
  readonly side: unknown;
  readonly price: number;
  readonly amount: number;
}

function trades(rows: number, read: (row: number) => TradeRow): RawRows {
  const time = new Float64Array(rows);
  const price = new Float64Array(rows);
  const quantity = new Float64Array(rows);
  const side = new Int8Array(rows);
  const id: string[] = [];
  for (let row = 0; row < rows; row += 1) {
    const trade = read(row);
    time[row] = trade.time;
    price[row] = trade.price;
    quantity[row] = trade.amount;
    side[row] = sideOf(trade.side, undefined);
    id.push(idOf(trade.id));
  }
  const numbers = new Map<Role, Float64Array>([
    ["price", price],
    ["quantity", quantity],
  ]); // prettier-ignore
  return { rows, time, numbers, side, id, place: (row) => `row ${row + 1}` };
}

/** Takes values out of parsed JSON, or says in which row one is not what it should be. */
class Values {
  readonly #title: string;

  constructor(title: string) {
    this.#title = title;
  }

  list(value: unknown, row: number): readonly unknown[] {
    if (Array.isArray(value)) return value as readonly unknown[];
    throw this.error(row, "is no list of values");
  }

  number(value: unknown, row: number, column: string): number {
    const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
    if (typeof number === "number" && Number.isFinite(number)) return number;
    throw this.error(row, `column ${column} is not a number: ${JSON.stringify(value) ?? "nothing"}`);
  }

  time(value: unknown, row: number): number {
    const date = typeof value === "string" ? parseDate(value, UTC) : NaN;
    if (isPossible(date)) return date;
    const number = this.number(value, row, "time");
    const unit = unitOfTime(number);
    const time = unit === undefined ? NaN : toMilliseconds(number, unit);
    if (isPossible(time)) return time;
    throw this.error(row, `column time is no time between 1980 and 2100: ${number}`);
  }

  error(row: number, problem: string): DataError {
    return new DataError(`${this.#title}, row ${row + 1}: ${problem}`);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
