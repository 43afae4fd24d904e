import { DataError } from "../../base/errors.ts";
import { reasonOf } from "../system-error.ts";
import { isPossible, toMilliseconds, unitOfTime } from "./csv/time.ts";
import type { ImportKind } from "./hints.ts";
import type { Outcome } from "./outcome.ts";
import { type PartContext, toPart } from "./parts.ts";
import type { RawRows, Role } from "./roles.ts";

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
  if (isRecord(first) && "price" in first && ("amount" in first || "qty" in first)) {
    return { status: "read", parts: [toPart("trades", tradesOfObjects(rows, title), context)] };
  }
  return { status: "unrecognised", why: "its JSON rows are no bars and no trades" };
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

function tradesOfObjects(rows: readonly unknown[], title: string): RawRows {
  const reader = new Values(title);
  const symbol = isRecord(rows[0]) ? rows[0]["symbol"] : undefined;
  const raw = trades(rows.length, (row) => {
    const trade = rows[row];
    if (!isRecord(trade)) throw reader.error(row, "is no trade");
    if (trade["symbol"] !== symbol) throw reader.error(row, "has another symbol than the row before; split the file by symbol");
    const price = reader.number(trade["price"], row, "price");
    const amount = reader.number(trade["amount"] ?? trade["qty"], row, "amount");
    return { time: reader.time(trade["timestamp"] ?? trade["time"], row), id: trade["id"], side: sideOf(trade), price, amount };
  });
  return typeof symbol === "string" ? { ...raw, symbol } : raw;
}

function sideOf(trade: Record<string, unknown>): unknown {
  if (typeof trade["isBuyerMaker"] === "boolean") return trade["isBuyerMaker"] ? "sell" : "buy";
  return trade["side"];
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
    side[row] = trade.side === "buy" ? 1 : trade.side === "sell" ? -1 : 0;
    id.push(typeof trade.id === "string" || typeof trade.id === "number" ? String(trade.id) : "");
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
