import type { Fill } from "../domain/fill.ts";
import type { Order } from "../domain/order.ts";

/** What a record about an order says. `intent` comes before the order leaves, the others report what the exchange told. */
export const ORDER_RECORDS = ["intent", "accepted", "rejected", "amended", "cancelled", "expired"] as const;
export type OrderRecord = (typeof ORDER_RECORDS)[number];

/** Records that are not about one order. */
export const NOTE_RECORDS = ["session", "refusal", "funding", "limit", "error", "stop"] as const;
export type NoteRecord = (typeof NOTE_RECORDS)[number];

/**
 * The run's diary: append-only, each record covered by the hash of all before it. Two runs with the same input have the same
 * `hash`. An append returns when the record is as durable as the journal promises; an order leaves only after that.
 */
export interface Journal {
  order(record: OrderRecord, time: number, order: Order): void;
  fill(fill: Fill): void;
  note(record: NoteRecord, time: number, text: string, amount: number): void;
  /** Number of records so far. */
  readonly length: number;
  /** SHA-256 over all records so far, hexadecimal. */
  readonly hash: string;
}
