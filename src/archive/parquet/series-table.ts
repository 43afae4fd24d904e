import { assert } from "../../base/assert.ts";
import type { BarColumns } from "../../domain/bar.ts";
import type { PointColumns } from "../../domain/funding.ts";
import type { TradeColumns } from "../../domain/trade.ts";
import { numbersOf, type Table, type TableColumn } from "./columns.ts";

/** Bars as the columns of a Parquet file. */
export function tableOfBars(bars: BarColumns): Table {
  const { length } = bars;
  return {
    rows: length,
    columns: [
      { name: "open_time", type: "time", values: wholeMicros(bars.openTime, length) },
      { name: "open", type: "double", values: bars.open.subarray(0, length) },
      { name: "high", type: "double", values: bars.high.subarray(0, length) },
      { name: "low", type: "double", values: bars.low.subarray(0, length) },
      { name: "close", type: "double", values: bars.close.subarray(0, length) },
      { name: "volume", type: "double", values: bars.volume.subarray(0, length) },
    ],
  };
}

export function barsOfTable(table: Table): BarColumns {
  return {
    length: table.rows,
    openTime: numbersOf(table, "open_time"),
    open: numbersOf(table, "open"),
    high: numbersOf(table, "high"),
    low: numbersOf(table, "low"),
    close: numbersOf(table, "close"),
    volume: numbersOf(table, "volume"),
  };
}

export function tableOfTrades(trades: TradeColumns): Table {
  const { length } = trades;
  assert(trades.id.length === 0 || trades.id.length >= length, "trades have either no ids or one each");
  const columns: TableColumn[] = [
    { name: "time", type: "time", values: wholeMicros(trades.time, length) },
    { name: "price", type: "double", values: trades.price.subarray(0, length) },
    { name: "quantity", type: "double", values: trades.quantity.subarray(0, length) },
    { name: "taker_side", type: "side", values: trades.takerSide.subarray(0, length) },
  ];
  if (trades.id.length > 0) columns.push({ name: "id", type: "text", values: trades.id.slice(0, length) });
  return { rows: length, columns };
}

export function tradesOfTable(table: Table): TradeColumns {
  const side = table.columns.find(({ name }) => name === "taker_side")?.values;
  const id = table.columns.find(({ name }) => name === "id")?.values;
  return {
    length: table.rows,
    time: numbersOf(table, "time"),
    price: numbersOf(table, "price"),
    quantity: numbersOf(table, "quantity"),
    takerSide: side instanceof Int8Array ? side : new Int8Array(table.rows),
    id: Array.isArray(id) ? (id as readonly string[]) : [],
  };
}

export function tableOfPoints(points: PointColumns): Table {
  const { length } = points;
  return {
    rows: length,
    columns: [
      { name: "time", type: "time", values: wholeMicros(points.time, length) },
      { name: "value", type: "double", values: points.value.subarray(0, length) },
    ],
  };
}

export function pointsOfTable(table: Table): PointColumns {
  return { length: table.rows, time: numbersOf(table, "time"), value: numbersOf(table, "value") };
}

/** Files hold whole microseconds; a time is the double that reading it back gives. */
function wholeMicros(times: Float64Array, length: number): Float64Array {
  return times.subarray(0, length).map((time) => Math.round(time * 1_000) / 1_000);
}
