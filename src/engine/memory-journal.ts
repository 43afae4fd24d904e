import { createHash } from "node:crypto";
import type { Fill } from "../domain/fill.ts";
import { ORDER_STATUSES, ORDER_TYPES, type Order } from "../domain/order.ts";
import { NOTE_RECORDS, ORDER_RECORDS, type Journal, type NoteRecord, type OrderRecord } from "./journal.ts";

/** Numbers in one record. */
const WIDTH = 12;
const RECORDS_BUFFERED = 1024;
const FILL_RECORD = 100;
const NOTE_RECORD = 200;

const ORDER_RECORD_CODES = codesOf(ORDER_RECORDS);
const TYPE_CODES = codesOf(ORDER_TYPES);
const STATUS_CODES = codesOf(ORDER_STATUSES);

/** A journal that keeps its hash and nothing else, for runs that can be repeated at will. */
export class MemoryJournal implements Journal {
  readonly #hash = createHash("sha256");
  readonly #buffer = new Float64Array(WIDTH * RECORDS_BUFFERED);
  #used = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  get hash(): string {
    this.#flush();
    return this.#hash.copy().digest("hex");
  }

  order(record: OrderRecord, time: number, order: Order): void {
    const at = this.#next();
    const buffer = this.#buffer;
    buffer[at] = ORDER_RECORD_CODES[record];
    buffer[at + 1] = time;
    buffer[at + 2] = digestText(order.clientOrderId);
    buffer[at + 3] = digestText(order.symbol);
    buffer[at + 4] = TYPE_CODES[order.type] * 2 + (order.side === "buy" ? 1 : 0);
    buffer[at + 5] = order.quantity;
    buffer[at + 6] = order.price ?? -1;
    buffer[at + 7] = order.triggerPrice ?? -1;
    buffer[at + 8] = order.trailingPct ?? -1;
    buffer[at + 9] = STATUS_CODES[order.status];
    buffer[at + 10] = order.filledQuantity;
    buffer[at + 11] = order.tag === undefined ? 0 : digestText(order.tag);
  }

  fill(fill: Fill): void {
    const at = this.#next();
    const buffer = this.#buffer;
    buffer[at] = FILL_RECORD;
    buffer[at + 1] = fill.time;
    buffer[at + 2] = digestText(fill.clientOrderId);
    buffer[at + 3] = digestText(fill.tradeId);
    buffer[at + 4] = fill.side === "buy" ? 1 : 0;
    buffer[at + 5] = fill.quantity;
    buffer[at + 6] = fill.price;
    buffer[at + 7] = fill.fee;
    buffer[at + 8] = fill.liquidity === "maker" ? 1 : 0;
  }

  note(record: NoteRecord, time: number, text: string, amount: number): void {
    const at = this.#next();
    const buffer = this.#buffer;
    buffer[at] = NOTE_RECORD + NOTE_RECORDS.indexOf(record);
    buffer[at + 1] = time;
    buffer[at + 2] = digestText(text);
    buffer[at + 3] = amount;
  }

  #next(): number {
    if (this.#used === RECORDS_BUFFERED) this.#flush();
    const at = this.#used * WIDTH;
    this.#used += 1;
    this.#length += 1;
    return at;
  }

  #flush(): void {
    if (this.#used === 0) return;
    this.#hash.update(new Uint8Array(this.#buffer.buffer, 0, this.#used * WIDTH * 8));
    this.#buffer.fill(0);
    this.#used = 0;
  }
}

/** The place of each word in its list. */
function codesOf<Word extends string>(words: readonly Word[]): Readonly<Record<Word, number>> {
  return Object.fromEntries(words.map((word, code) => [word, code])) as Record<Word, number>;
}

/** 32-bit FNV-1a, enough to tell two ids of one run apart in the record that is hashed. */
function digestText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
