import type { Fill } from "../../src/domain/fill.ts";
import type { Order } from "../../src/domain/order.ts";
import type { SessionEvent } from "../../src/engine/feed.ts";
import type { Journal, NoteRecord, OrderRecord } from "../../src/engine/journal.ts";
import type { VenueTransfer } from "../../src/engine/venue-facts.ts";
import {
  encodeEvent,
  encodeFill,
  encodeNote,
  encodeOrder,
  encodeState,
  encodeTransfer,
} from "../../src/operations/journal/journal-record.ts";
import { LatestRecords } from "../../src/operations/journal/latest-records.ts";

/** A journal that keeps everything as text, as the one on disk does. */
export class TextJournal implements Journal {
  readonly keepsEvents = true;
  readonly lines: string[] = [];
  readonly fills: Fill[] = [];
  readonly transfers: VenueTransfer[] = [];
  readonly hash = "";
  readonly latest = new LatestRecords();
  readonly #next: Journal | undefined;

  /** `next`: takes the same records, for a test that wants them on a disk. */
  constructor(next?: Journal) {
    this.#next = next;
  }

  get length(): number {
    return this.lines.length;
  }

  event(event: SessionEvent): void {
    this.lines.push(encodeEvent(event));
    this.#next?.event(event);
  }

  order(record: OrderRecord, time: number, order: Order): void {
    const json = encodeOrder(record, time, order);
    this.lines.push(json);
    this.latest.order(order.clientOrderId, order.status, json);
    this.#next?.order(record, time, order);
  }

  fill(fill: Fill): void {
    this.fills.push(fill);
    const json = encodeFill(fill);
    this.lines.push(json);
    this.latest.fill(json);
    this.#next?.fill(fill);
  }

  transfer(transfer: VenueTransfer): void {
    this.transfers.push(transfer);
    const json = encodeTransfer(transfer);
    this.lines.push(json);
    this.latest.transfer(json);
    this.#next?.transfer(transfer);
  }

  note(record: NoteRecord, time: number, text: string, amount: number): void {
    this.lines.push(encodeNote(record, time, text, amount));
    this.#next?.note(record, time, text, amount);
  }

  state(name: string, value: unknown): void {
    const json = encodeState(name, value);
    this.lines.push(json);
    this.latest.state(name, json);
    this.#next?.state(name, value);
  }

  settled(): void {
    this.#next?.settled();
  }

  /** Texts of the notes of a kind. */
  notes(record: NoteRecord): string[] {
    return this.lines
      .filter((line) => line.startsWith(`{"k":"note","r":"${record}"`))
      .map((line) => (JSON.parse(line) as { readonly x: string }).x);
  }
}
