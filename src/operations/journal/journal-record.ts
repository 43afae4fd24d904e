import type { Fill } from "../../domain/fill.ts";
import type { Order } from "../../domain/order.ts";
import type { SessionEvent } from "../../engine/feed.ts";
import type { NoteRecord, OrderRecord } from "../../engine/journal.ts";
import type { VenueTransfer } from "../../engine/venue-facts.ts";
import { JournalError } from "../../base/errors.ts";
import { decode, encode, encodePresent } from "./encode.ts";
import { fromPlainEvent, toPlainEvent, type PlainEvent } from "./encode-event.ts";

/** An order as its record tells it. */
export interface OrderEntry {
  readonly kind: "order";
  readonly record: OrderRecord;
  readonly time: number;
  readonly order: Order;
}

export interface NoteEntry {
  readonly kind: "note";
  readonly record: NoteRecord;
  readonly time: number;
  readonly text: string;
  readonly amount: number;
}

/** A record of the journal, as a session made it. */
export type JournalEntry =
  | { readonly kind: "event"; readonly event: SessionEvent }
  | OrderEntry
  | { readonly kind: "fill"; readonly fill: Fill }
  | { readonly kind: "transfer"; readonly transfer: VenueTransfer }
  | NoteEntry
  | { readonly kind: "state"; readonly name: string; readonly value: unknown };

/** {"k":"event","e":{"kind":"trades","stream":0,"rows":[[1712000000000,64000.1,0.002,1,"123"]]}} */
export function encodeEvent(event: SessionEvent): string {
  return `{"k":"event","e":${encode(toPlainEvent(event))}}`;
}

/** {"k":"order","id":"me-1","r":"intent","t":1712000000000,"o":{…}}, the order's absent fields left out */
export function encodeOrder(record: OrderRecord, time: number, order: Order): string {
  return `{"k":"order","id":${encode(order.clientOrderId)},"r":"${record}","t":${encode(time)},"o":${encodePresent(order)}}`;
}

/** {"k":"fill","f":{…}}, its absent fields left out */
export function encodeFill(fill: Fill): string {
  return `{"k":"fill","f":${encodePresent(fill)}}`;
}

/** {"k":"transfer","v":{"kind":"funding","id":"FUNDING_FEE:9689322392","asset":"USDT","amount":-0.375,"symbol":"BTCUSDT","time":1712000000000}} */
export function encodeTransfer(transfer: VenueTransfer): string {
  return `{"k":"transfer","v":${encodePresent(transfer)}}`;
}

/** {"k":"note","r":"refusal","t":1712000000000,"x":"buy BTCUSDT: …","a":0} */
export function encodeNote(record: NoteRecord, time: number, text: string, amount: number): string {
  return `{"k":"note","r":"${record}","t":${encode(time)},"x":${encode(text)},"a":${encode(amount)}}`;
}

/** {"k":"state","n":"ledger","v":{…}} */
export function encodeState(name: string, value: unknown): string {
  return `{"k":"state","n":${encode(name)},"v":${encode(value)}}`;
}

/** What is in a line, as far as its first words tell. */
export type RecordKind = JournalEntry["kind"];

/** The kind of a record, and for orders, states and notes what tells one from another, without reading the rest. */
export function labelOf(json: string): { readonly kind: RecordKind; readonly key: string } {
  if (json.startsWith('{"k":"event"')) return { kind: "event", key: "" };
  if (json.startsWith('{"k":"order","id":"')) return { kind: "order", key: textAt(json, 18) };
  if (json.startsWith('{"k":"fill"')) return { kind: "fill", key: "" };
  if (json.startsWith('{"k":"transfer"')) return { kind: "transfer", key: "" };
  if (json.startsWith('{"k":"state","n":"')) return { kind: "state", key: textAt(json, 17) };
  if (json.startsWith('{"k":"note","r":"')) return { kind: "note", key: textAt(json, 16) };
  throw unknownRecord(json);
}

export function decodeRecord(json: string): JournalEntry {
  const record = decode(json) as Readonly<Record<string, unknown>>;
  // What follows was written by the functions above, which the hash of its line vouches for.
  switch (record["k"]) {
    case "event":
      return { kind: "event", event: fromPlainEvent(record["e"] as PlainEvent) };
    case "order":
      return { kind: "order", record: record["r"] as OrderRecord, time: record["t"] as number, order: record["o"] as Order };
    case "fill":
      return { kind: "fill", fill: record["f"] as Fill };
    case "transfer":
      return { kind: "transfer", transfer: record["v"] as VenueTransfer };
    case "note": {
      const { r, t, x, a } = record;
      return { kind: "note", record: r as NoteRecord, time: t as number, text: x as string, amount: a as number };
    }
    case "state":
      return { kind: "state", name: record["n"] as string, value: record["v"] };
    default:
      throw unknownRecord(json);
  }
}

function unknownRecord(json: string): JournalError {
  return new JournalError(`the journal holds a record that this version does not know, ${json.slice(0, 40)}…: update MetaExpert`);
}

/** The JSON text that begins at a quotation mark. */
function textAt(json: string, start: number): string {
  let end = json.indexOf('"', start + 1);
  while (json.charCodeAt(end - 1) === 92 && isEscaped(json, end)) end = json.indexOf('"', end + 1);
  return decode(json.slice(start, end + 1)) as string;
}

/** Whether an odd number of backslashes stands before a place. */
function isEscaped(json: string, place: number): boolean {
  let first = place;
  while (json.charCodeAt(first - 1) === 92) first -= 1;
  return (place - first) % 2 === 1;
}
