import { ConfigurationError, DataError } from "../../../base/errors.ts";
import type { ImportKind } from "../hints.ts";
import { type RawRows, requiredRoles, type Role, ROLES } from "../roles.ts";
import { NUMBER_PATTERN } from "./number.ts";
import { parseDate, UTC } from "./time.ts";

/** Orders of bar columns that sources without a header use, the usual one first. */
const BAR_ORDERS: readonly (readonly [name: string, ...roles: Role[]])[] = [
  ["time, open, high, low, close, volume", "time", "open", "high", "low", "close", "volume"],
  ["time, open, close, high, low, volume (Bitfinex)", "time", "open", "close", "high", "low", "volume"],
  ["time, volume, open, high, low, close (gocryptotrader)", "time", "volume", "open", "high", "low", "close"],
  ["time, low, high, open, close, volume (Coinbase)", "time", "low", "high", "open", "close", "volume"],
];

/** Reads `--columns`: `time=0,open=1` with places from 0, or `time=Date,open=Open` with names of the header. */
export function parseColumns(text: string, header: readonly string[] | undefined): ReadonlyMap<Role, number> {
  const roles = new Map<Role, number>();
  for (const part of text.split(",")) {
    const [role = "", column = ""] = part.split("=").map((word) => word.trim());
    if (!(ROLES as readonly string[]).includes(role)) {
      throw new ConfigurationError(
        `--columns: "${role}" is none of ${ROLES.join(", ")}; write it as time=0,open=1,high=2,low=3,close=4,volume=5`,
      );
    }
    const place = /^\d+$/.test(column) ? Number(column) : (header?.findIndex((name) => name.toLowerCase() === column.toLowerCase()) ?? -1);
    if (place < 0)
      throw new ConfigurationError(
        `--columns: there is no column "${column}"${header === undefined ? ", the file has no header" : ` in ${header.join(", ")}`}`,
      );
    roles.set(role as Role, place);
  }
  return roles;
}

/** The kind that a map of columns describes. */
export function kindOfRoles(roles: ReadonlyMap<Role, number>, wanted: ImportKind | undefined): ImportKind {
  const kinds: readonly ImportKind[] = wanted === undefined ? ["bars", "trades", "funding", "openInterest"] : [wanted];
  const kind = kinds.find((candidate) => requiredRoles(candidate).every((role) => roles.has(role)));
  if (kind !== undefined) return kind;
  throw new ConfigurationError(
    `--columns needs ${requiredRoles(wanted ?? "bars").join(", ")} at least${wanted === undefined ? " (for bars)" : ""}`,
  );
}

/** What rows without a header can be, by how many fields they have and which are texts; undefined when it cannot be told. */
export function recogniseBare(
  sample: readonly string[],
  wanted: ImportKind | undefined,
): { kind: ImportKind; roles: ReadonlyMap<Role, number> } | undefined {
  const isTime = (field: string | undefined): boolean =>
    field !== undefined && (NUMBER_PATTERN.test(field) || !Number.isNaN(parseDate(field, UTC)));
  const numbers = sample.map((field) => NUMBER_PATTERN.test(field));
  if (!isTime(sample[0])) return undefined;
  if (wanted === "funding" || wanted === "openInterest") {
    const value: Role = wanted === "funding" ? "rate" : "openInterest";
    return sample.length === 2 && numbers[1] === true ? { kind: wanted, roles: places(["time", value]) } : undefined;
  }
  const isPriceAndQuantity = numbers[1] === true && numbers[2] === true;
  if (sample.length === 4 && isPriceAndQuantity && numbers[3] === false)
    return { kind: "trades", roles: places(["time", "price", "quantity", "side"]) };
  if (sample.length === 3 && isPriceAndQuantity && wanted === "trades")
    return { kind: "trades", roles: places(["time", "price", "quantity"]) };
  if (wanted === "trades" || !numbers.slice(1, 5).every(Boolean) || sample.length < 5) return undefined;
  if (sample.length === 5) return { kind: "bars", roles: places(["time", "open", "high", "low", "close"]) };
  return numbers[5] === true ? { kind: "bars", roles: places(["time", "open", "high", "low", "close", "volume"]) } : undefined;
}

/**
 * Bars without a header whose columns stand in another order than the usual one: all rows are asked which order makes
 * low the lowest and high the highest. Rows that fit no order, or several but not the usual one, are an error.
 */
export function settleOrder(raw: RawRows, title: string): RawRows {
  const usual = BAR_ORDERS[0] as readonly [string, ...Role[]];
  const columns = usual.slice(1).map((role) => raw.numbers.get(role as Role) ?? new Float64Array(raw.rows));
  const fitting = BAR_ORDERS.filter(([, ...roles]) => firstMisfit(roles, columns, raw.rows) < 0);
  const chosen = fitting[0];
  if (chosen === usual) return raw;
  if (chosen !== undefined && fitting.length === 1) {
    const numbers = new Map(
      chosen.slice(1).flatMap((role, place) => (place === 0 ? [] : [[role as Role, columns[place] as Float64Array] as const])),
    );
    return { ...raw, numbers };
  }
  if (chosen !== undefined) {
    throw new DataError(`${title}: the rows fit the columns ${fitting.map(([name]) => name).join(" as well as ")}; ${SAY_COLUMNS}`);
  }
  const [nearest, ...roles] =
    BAR_ORDERS.toSorted((one, other) => misfits(one, columns, raw.rows) - misfits(other, columns, raw.rows))[0] ?? usual;
  const row = firstMisfit(roles, columns, raw.rows);
  const values = roles.slice(1).map((role, place) => `${role} ${columns[place + 1]?.[row] ?? NaN}`);
  throw new DataError(
    `${title}, ${raw.place(row)}: ${values.join(", ")} cannot be a bar, and no other order of the columns fits all rows ` +
      `(the nearest is ${nearest}); ${SAY_COLUMNS}`,
  );
}

const SAY_COLUMNS = "say what they are with --columns time=0,open=1,high=2,low=3,close=4,volume=5";

function misfits([, ...roles]: readonly [string, ...Role[]], columns: readonly Float64Array[], rows: number): number {
  let count = 0;
  for (let row = firstMisfit(roles, columns, rows); row >= 0; row = firstMisfit(roles, columns, rows, row + 1)) count += 1;
  return count;
}

/** The first row, from `start` on, whose low is not the lowest or whose high is not the highest; -1 when there is none. */
function firstMisfit(roles: readonly Role[], columns: readonly Float64Array[], rows: number, start = 0): number {
  const column = (role: Role): Float64Array => columns[roles.indexOf(role)] as Float64Array;
  const [open, high, low, close] = [column("open"), column("high"), column("low"), column("close")];
  for (let row = start; row < rows; row += 1) {
    const top = high[row] as number;
    const bottom = low[row] as number;
    const isFit =
      top >= (open[row] as number) && top >= (close[row] as number) && bottom <= (open[row] as number) && bottom <= (close[row] as number);
    if (!isFit || bottom > top) return row;
  }
  return -1;
}

function places(roles: readonly Role[]): ReadonlyMap<Role, number> {
  return new Map(roles.map((role, place) => [role, place] as const));
}
