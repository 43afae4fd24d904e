import type { Fill } from "../../domain/fill.ts";
import type { Order } from "../../domain/order.ts";
import { lastMomentOf } from "../../engine/event-time.ts";
import type { SessionEvent } from "../../engine/feed.ts";
import type { Journal, NoteRecord, OrderRecord } from "../../engine/journal.ts";
import { encodeEvent, encodeFill, encodeNote, encodeOrder, encodeState, type NoteEntry, type OrderEntry } from "./journal-record.ts";
import { LatestRecords, type UnbookedFill } from "./latest-records.ts";
import { openRecordLog, type RecordLog, type RecordLogOptions } from "./record-log.ts";

/** Records that no order waits for reach the disk itself at least this often, in the time of the events. */
const SYNC_EVERY_MS = 1_000;

/** What a run begins with that goes on where another ended. */
export interface RecoveredJournal {
  /** The last value of every state by its name. */
  readonly states: ReadonlyMap<string, unknown>;
  /** The last record of every order that is not finished, and of the finished ones that are not long past, in order of first appearance. */
  readonly orders: readonly OrderEntry[];
  /** The last fills, oldest first: their trade ids are not booked again. */
  readonly fills: readonly Fill[];
  /** Those of them that the recorded state of the books does not count yet, oldest first. */
  readonly unbooked: readonly UnbookedFill[];
  /** The last note of each kind. */
  readonly notes: ReadonlyMap<NoteRecord, NoteEntry>;
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
  return { journal: new FileJournal(log, latest), recovered: recoveredFrom(log, latest) };
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

function recoveredFrom(log: RecordLog, latest: LatestRecords): RecoveredJournal {
  return {
    states: latest.states(),
    orders: latest.orders(),
    fills: latest.fills(),
    unbooked: latest.unbooked(),
    notes: latest.notes(),
    recordCount: log.length,
    hash: log.hash,
    dropped: log.dropped,
  };
}
