import type { Fill } from "../domain/fill.ts";
import type { Order } from "../domain/order.ts";
import type { SessionEvent } from "./feed.ts";
import type { VenueTransfer } from "./venue-facts.ts";

/** What a record about an order says. `intent` comes before the order leaves, the others report what the exchange told. */
export const ORDER_RECORDS = [
  "intent",
  "accepted",
  "rejected",
  "amended",
  "cancelled",
  "expired",
  "unknown",
  "cancelIntent",
  "amendIntent",
  "filled",
] as const;
export type OrderRecord = (typeof ORDER_RECORDS)[number];

/** Records that are not about one order. */
export const NOTE_RECORDS = [
  "session",
  "refusal",
  "funding",
  "limit",
  "error",
  "stop",
  "drift",
  "lateFill",
  "guard",
  "restriction",
] as const;
export type NoteRecord = (typeof NOTE_RECORDS)[number];

/**
 * The run's diary: append-only, each record covered by the hash of all before it. Two runs with the same input have the same
 * `hash`. An append returns when the record is as durable as the journal promises; an order leaves only after that.
 */
export interface Journal {
  /** Whether `event` and `state` are of use; where not, nobody takes the trouble to make them. */
  readonly keepsEvents: boolean;
  /** What the session is about to handle. */
  event(event: SessionEvent): void;
  /** What is known of an order after a record; an `amendIntent` carries what was asked for as its `pendingChange`. */
  order(record: OrderRecord, time: number, order: Order): void;
  fill(fill: Fill): void;
  /** Money that has moved without a trade. */
  transfer(transfer: VenueTransfer): void;
  note(record: NoteRecord, time: number, text: string, amount: number): void;
  /**
   * A part of the session's state as plain data, by name, whenever it has changed (`book BTCUSDT net`, `ledger`, `memory`, …). The last
   * one of each name, and the last record of each order, are what a restart begins with.
   */
  state(name: string, value: unknown): void;
  /** The session has handled an event and all it caused. */
  settled(): void;
  /** Number of records so far. */
  readonly length: number;
  /** SHA-256 over all records so far, hexadecimal. */
  readonly hash: string;
}
