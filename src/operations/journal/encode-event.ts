import { allocateBars, BAR_COLUMN_NAMES, type BarColumns } from "../../domain/bar.ts";
import type { TradeColumns } from "../../domain/trade.ts";
import type { BarsEvent, SessionEvent, TradesEvent } from "../../engine/feed.ts";

/** Open time, open, high, low, close, volume. */
type BarRow = readonly number[];
/** Time, price, quantity, taker side, and the id where the source has ids. */
type TradeRow = readonly [time: number, price: number, quantity: number, takerSide: number, id?: string];

/** An event with its own rows in place of columns that it may share with others. */
export type PlainEvent =
  | { readonly kind: "bars"; readonly stream: number; readonly rows: readonly BarRow[]; readonly more?: boolean }
  | { readonly kind: "trades"; readonly stream: number; readonly rows: readonly TradeRow[] }
  | Exclude<SessionEvent, BarsEvent | TradesEvent>;

/** The event as plain data: of its columns, the rows that it is about. */
export function toPlainEvent(event: SessionEvent): PlainEvent {
  switch (event.kind) {
    case "bars": {
      const { kind, stream, more } = event;
      return more === undefined ? { kind, stream, rows: barRows(event) } : { kind, stream, rows: barRows(event), more };
    }
    case "trades":
      return { kind: "trades", stream: event.stream, rows: tradeRows(event) };
    default:
      return event;
  }
}

/** The event that a session is given; its rows begin at 0, in columns of their own. */
export function fromPlainEvent(event: PlainEvent): SessionEvent {
  switch (event.kind) {
    case "bars": {
      const { kind, stream, rows, more } = event;
      const rest = { kind, stream, columns: barColumns(rows), from: 0, to: rows.length };
      return more === undefined ? rest : { ...rest, more };
    }
    case "trades":
      return { kind: "trades", stream: event.stream, columns: tradeColumns(event.rows), from: 0, to: event.rows.length };
    default:
      return event;
  }
}

function barRows({ columns, from, to }: BarsEvent): BarRow[] {
  const rows: BarRow[] = [];
  for (let row = from; row < to; row += 1) rows.push(BAR_COLUMN_NAMES.map((name) => columns[name][row] as number));
  return rows;
}

function tradeRows({ columns, from, to }: TradesEvent): TradeRow[] {
  const rows: TradeRow[] = [];
  for (let row = from; row < to; row += 1) {
    const id = columns.id[row];
    const numbers = [columns.time[row] as number, columns.price[row] as number, columns.quantity[row] as number] as const;
    const takerSide = columns.takerSide[row] as number;
    rows.push(id === undefined ? [...numbers, takerSide] : [...numbers, takerSide, id]);
  }
  return rows;
}

function barColumns(rows: readonly BarRow[]): BarColumns {
  const columns = allocateBars(rows.length);
  for (const [index, row] of rows.entries()) {
    for (const [place, name] of BAR_COLUMN_NAMES.entries()) columns[name][index] = row[place] as number;
  }
  return columns;
}

function tradeColumns(rows: readonly TradeRow[]): TradeColumns {
  return {
    length: rows.length,
    time: Float64Array.from(rows, ([time]) => time),
    price: Float64Array.from(rows, ([, price]) => price),
    quantity: Float64Array.from(rows, ([, , quantity]) => quantity),
    takerSide: Int8Array.from(rows, ([, , , takerSide]) => takerSide),
    id: rows.flatMap(([, , , , id]) => id ?? []),
  };
}
