import type { Fill } from "../../domain/fill.ts";
import type { Order } from "../../domain/order.ts";
import { lastMomentOf } from "../../engine/event-time.ts";
import type { SessionEvent } from "../../engine/feed.ts";
import type { Journal, NoteRecord, OrderRecord } from "../../engine/journal.ts";
import type { VenueTransfer } from "../../engine/venue-facts.ts";
import { encodeEvent, encodeFill, encodeNote, encodeOrder, encodeState, encodeTransfer } from "./journal-record.ts";
import { LatestRecords, type KeptRecords } from "./latest-records.ts";
import { openRecordLog, type RecordLog, type RecordLogOptions } from "./record-log.ts";

/** Records that no order waits for reach the disk itself at least this often, in the time of the events. */
const SYNC_EVERY_MS = 1_000;

/** The records that an opened journal holds, as far as a restart needs them. */
export interface RecoveredJournal extends KeptRecords {
  /** 0 for a journal that has just been begun. */
  readonly recordCount: number;
  readonly hash: string;
  /** What an earlier end in the middle of a write has left and opening has cut off, as a sentence. */
  readonly dropped: string | undefined;
}

/** Opens a folder's journal, or begins it, and reads what a restart needs. The caller holds the folder's lock. */
export function openFileJournal(options: RecordLogOptions): { readonly journal: FileJournal; readonly recovered: RecoveredJournal } {
  const log = openRecordLog(options);
  const latest = new LatestRecords();
  for (const record of log.records()) latest.take(record);
  const recovered = { ...latest.kept(), recordCount: log.length, hash: log.hash, dropped: log.dropped };
  return { journal: new FileJournal(log, latest), recovered };
}

/**
 * The journal of a paper or live run. A new order, or a change of one, is on the disk itself when `order` returns; everything else of an
 * event has reached the operating system when the event is settled, and the disk within a second of event time. Whatever cannot be
 * written throws, then and ever after.
 */
export class FileJournal implements Journal {
  readonly keepsEvents = true;
  readonly #log: RecordLog;
  readonly #latest: LatestRecords;
  #now = -Infinity;
  #syncedAt = -Infinity;

  constructor(log: RecordLog, latest: LatestRecords) {
    this.#log = log;
    this.#latest = latest;
  }

  get length(): number {
    return this.#log.length;
  }

  get hash(): string {
    return this.#log.hash;
  }

  event(event: SessionEvent): void {
    this.#now = Math.max(this.#now, lastMomentOf(event));
    this.#log.append(encodeEvent(event));
  }

  order(record: OrderRecord, time: number, order: Order): void {
    const json = encodeOrder(record, time, order);
    this.#log.append(json);
    this.#latest.order(order.clientOrderId, order.status, json);
    // A cancel only takes risk away: it does not wait for the disk.
    if (record === "intent" || record === "amendIntent") this.sync();
    else if (record === "cancelIntent") this.#log.flush();
  }

  fill(fill: Fill): void {
    const json = encodeFill(fill);
    this.#log.append(json);
    this.#latest.fill(json);
  }

  transfer(transfer: VenueTransfer): void {
    const json = encodeTransfer(transfer);
    this.#log.append(json);
    this.#latest.transfer(json);
  }

  note(record: NoteRecord, time: number, text: string, amount: number): void {
    const json = encodeNote(record, time, text, amount);
    this.#log.append(json);
    this.#latest.note(record, json);
  }

  state(name: string, value: unknown): void {
    const json = encodeState(name, value);
    this.#log.append(json);
    this.#latest.state(name, json);
  }

  settled(): void {
    this.#log.flush();
    if (this.#now - this.#syncedAt >= SYNC_EVERY_MS) this.sync();
    if (this.#log.isFull) this.#log.rotate(this.#latest.repeats());
  }

  /** Returns when everything recorded survives a power cut. */
  sync(): void {
    this.#log.sync();
    this.#syncedAt = this.#now;
  }

  /** Begins a new segment now, so that the next start reads little. */
  rotate(): void {
    this.#log.rotate(this.#latest.repeats());
  }

  close(): void {
    this.#log.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
