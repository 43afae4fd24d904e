import { DataError } from "../../base/errors.ts";
import { isTimeframe, type Timeframe } from "../../domain/timeframe.ts";
import { reasonOf } from "../../base/system-error.ts";
import { unitOfTime, toMilliseconds } from "./csv/time.ts";
import type { Outcome, Part } from "./outcome.ts";
import { type PartContext, toPart } from "./parts.ts";
import type { RawRows, Role } from "./roles.ts";

interface CandleRow {
  readonly candle: string;
}

interface SeriesRow {
  readonly exchange_name: string;
  readonly symbol: string;
  readonly time_frame: string;
}

/** Reads the SQLite file of OctoBot's data collector: table ohlcv with a candle `[open time, open, high, low, close, volume]` a row. */
export async function readOctobot(file: string, context: PartContext): Promise<Outcome> {
  const { DatabaseSync } = await import("node:sqlite");
  const { title } = context;
  try {
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as { name: string }[];
      if (!tables.some(({ name }) => name === "ohlcv")) {
        return { status: "unrecognised", why: `its tables ${tables.map(({ name }) => name).join(", ")} are not those of OctoBot` };
      }
      const series = database
        .prepare("SELECT DISTINCT exchange_name, symbol, time_frame FROM ohlcv ORDER BY 1, 2, 3")
        .all() as unknown as SeriesRow[];
      const select = database.prepare(
        "SELECT candle FROM ohlcv WHERE exchange_name = ? AND symbol = ? AND time_frame = ? ORDER BY timestamp",
      );
      const parts = series.map(({ exchange_name: exchange, symbol, time_frame: timeframe }): Part => {
        if (!isTimeframe(timeframe)) throw new DataError(`${title} has bars of "${timeframe}", which is not a timeframe`);
        const rows = select.all(exchange, symbol, timeframe) as unknown as CandleRow[];
        return toPart("bars", toRows(rows, { exchange, symbol, timeframe, title }), withTimeframe(context, timeframe));
      });
      return { status: "read", parts };
    } finally {
      database.close();
    }
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    throw new DataError(`${title} cannot be read as SQLite: ${reasonOf(cause)}`, { cause });
  }
}

function withTimeframe(context: PartContext, timeframe: Timeframe): PartContext {
  return { ...context, hints: { ...context.hints, timeframe, priceType: "trade" } };
}

function toRows(rows: readonly CandleRow[], about: { exchange: string; symbol: string; timeframe: string; title: string }): RawRows {
  const names: readonly Role[] = ["open", "high", "low", "close", "volume"];
  const place = (row: number): string => `${about.symbol} ${about.timeframe}, row ${row + 1}`;
  const columns = names.map(() => new Float64Array(rows.length));
  const time = Float64Array.from(rows, ({ candle }, row) => {
    const values = JSON.parse(candle) as unknown;
    if (!Array.isArray(values) || values.length < 6 || !values.every((value) => typeof value === "number")) {
      throw new DataError(`${about.title}, ${place(row)}: the candle is not six numbers: ${candle}`);
    }
    const [openTime = NaN, ...prices] = values;
    columns.forEach((column, index) => {
      column[row] = prices[index] ?? NaN;
    });
    return toMilliseconds(openTime, unitOfTime(openTime) ?? "s");
  });
  const numbers = new Map(names.map((name, index) => [name, columns[index] as Float64Array] as const));
  return { rows: rows.length, time, numbers, exchange: about.exchange, symbol: about.symbol, place };
}
