import { createHash } from "node:crypto";
import type { Fill } from "../domain/fill.ts";
import { ORDER_TYPES, type Order } from "../domain/order.ts";
import { NOTE_RECORDS, ORDER_RECORDS, type Journal, type NoteRecord, type OrderRecord } from "./journal.ts";
import type { VenueTransfer } from "./venue-facts.ts";

/** Numbers that are collected before they are hashed. */
const BUFFERED = 16_384;
/** Most numbers in one record. */
const LONGEST = 12;
const FILL_RECORD = 100;
const TRANSFER_RECORD = 101;
const NOTE_RECORD = 200;

/** A journal that keeps its hash and nothing else, for runs that can be repeated at will. */
export class MemoryJournal implements Journal {
  readonly #hash = createHash("sha256");
  readonly #buffer = new Float64Array(BUFFERED);
  #used = 0;
  #length = 0;
  readonly keepsEvents = false;

  get length(): number {
    return this.#length;
  }

  get hash(): string {
    this.#flush();
    return this.#hash.copy().digest("hex");
  }

  order(record: OrderRecord, time: number, order: Order): void {
    this.#begin();
    this.#write(ORDER_RECORDS.indexOf(record));
    this.#write(time);
    this.#write(digestText(order.clientOrderId));
    this.#write(order.filledQuantity);
    if (record === "intent" || record === "amended") this.#describe(order);
    else if (order.reason !== undefined) this.#write(digestText(order.reason));
  }

  fill(fill: Fill): void {
    this.#begin();
    this.#write(FILL_RECORD);
    this.#write(fill.time);
    this.#write(digestText(fill.clientOrderId));
    this.#write(digestText(fill.tradeId));
    this.#write(fill.side === "buy" ? fill.quantity : -fill.quantity);
    this.#write(fill.price);
    this.#write(fill.liquidity === "maker" ? -fill.fee : fill.fee);
  }

  transfer({ kind, id, asset, amount, time }: VenueTransfer): void {
    this.#begin();
    this.#write(TRANSFER_RECORD);
    this.#write(time);
    this.#write(digestText(`${kind} ${id} ${asset}`));
    this.#write(amount);
  }

  note(record: NoteRecord, time: number, text: string, amount: number): void {
    this.#begin();
    this.#write(NOTE_RECORD + NOTE_RECORDS.indexOf(record));
    this.#write(time);
    this.#write(digestText(text));
    this.#write(amount);
  }

  event(): void {}

  state(): void {}

  settled(): void {}

  #describe(order: Order): void {
    this.#write(digestText(order.symbol));
    this.#write(ORDER_TYPES.indexOf(order.type));
    this.#write(order.side === "buy" ? order.quantity : -order.quantity);
    this.#write(order.price ?? -1);
    this.#write(order.triggerPrice ?? -1);
    this.#write(order.trailingPct ?? -1);
    this.#write(order.tag === undefined ? 0 : digestText(order.tag));
  }

  #begin(): void {
    if (this.#used + LONGEST > BUFFERED) this.#flush();
    this.#length += 1;
  }

  #write(value: number): void {
    this.#buffer[this.#used] = value;
    this.#used += 1;
  }

  #flush(): void {
    if (this.#used === 0) return;
    this.#hash.update(new Uint8Array(this.#buffer.buffer, 0, this.#used * 8));
    this.#used = 0;
  }
}

/** 32-bit FNV-1a, enough to tell two ids of one run apart in the record that is hashed. */
function digestText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
