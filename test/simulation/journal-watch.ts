import type { OrderSnapshot } from "../../src/engine/orders/live-order.ts";
import { isTerminal, type OrderStatus } from "../../src/domain/order.ts";
import type { Fill } from "../../src/domain/fill.ts";
import type { VenueTransfer } from "../../src/engine/venue-facts.ts";
import type { Disk, DiskFile } from "../../src/operations/disk.ts";
import { decodeRecord, type JournalEntry, type OrderEntry } from "../../src/operations/journal/journal-record.ts";
import { HASH_LENGTH } from "../../src/operations/journal/line.ts";
import { readJournalLines } from "../../src/operations/journal/read-journal.ts";
import { SimulatedCrash, type SimDisk } from "../../src/sandbox/sim-disk.ts";

/** An order as the journal tells it. */
export interface JournalledOrder {
  readonly intent: OrderSnapshot;
  status: OrderStatus;
  /** The last record of it. */
  order: OrderSnapshot;
  /** The intent has been synced. */
  isDurable: boolean;
  /** Changes written down, and those of them that have been synced. */
  amendIntents: number;
  durableAmendIntents: number;
}

export interface WatchListener {
  onRecord(entry: JournalEntry): void;
  onText(text: string): void;
  /** The process has ended in the midst of a write. */
  onCrash(): void;
}

/**
 * The disk that processes write on, and at the same time the reader over their shoulder: what they have told it, and what of that they may
 * take for durable. Nothing in it is asked of the process.
 */
export class JournalWatch implements Disk {
  readonly #disk: SimDisk;
  readonly #listener: WatchListener;
  readonly orders = new Map<string, JournalledOrder>();
  /** By `symbol:tradeId`. */
  readonly fills = new Map<string, Fill>();
  /** Money that was booked without a trade. */
  readonly transfers: VenueTransfer[] = [];
  readonly states = new Map<string, unknown>();
  readonly #unsynced = new Set<string>();
  #repeats = 0;
  #isReloading = false;
  #isReloadDue = false;
  /** The disk has refused something since the last start of a process. */
  isTroubled = false;
  /** A sync has failed once: what the file holds after a power cut is no longer known, whatever later syncs say. */
  hasFailedSync = false;

  constructor(disk: SimDisk, listener: WatchListener) {
    this.#disk = disk;
    this.#listener = listener;
  }

  /** A process begins anew. */
  begin(): void {
    this.isTroubled = false;
    this.#repeats = 0;
    this.#unsynced.clear();
  }

  /** What was written may be gone: everything is read again before the next write. */
  doubt(): void {
    this.#isReloadDue = true;
  }

  list(folder: string): readonly string[] {
    return this.#disk.list(folder);
  }

  exists(path: string): boolean {
    return this.#disk.exists(path);
  }

  size(path: string): number {
    return this.#disk.size(path);
  }

  read(path: string, start?: number, end?: number): Uint8Array {
    return this.#disk.read(path, start, end);
  }

  openAppend(path: string): DiskFile {
    const file = this.#guard(() => this.#disk.openAppend(path));
    return {
      get size() {
        return file.size;
      },
      append: (bytes) => {
        if (this.#isReloadDue && !this.#disk.isDown) this.#reload(path.slice(0, path.lastIndexOf("/")));
        this.#guard(() => file.append(bytes));
        if (path.includes("/journal-")) this.#take(Buffer.from(bytes).toString("utf8"));
      },
      sync: () => {
        try {
          this.#guard(() => file.sync());
        } catch (error) {
          this.hasFailedSync ||= !(error instanceof SimulatedCrash);
          throw error;
        }
        this.#onSynced();
      },
      close: () => file.close(),
    };
  }

  truncate(path: string, size: number): void {
    this.#guard(() => this.#disk.truncate(path, size));
  }

  rename(from: string, to: string): void {
    this.#guard(() => this.#disk.rename(from, to));
  }

  remove(path: string): void {
    this.#guard(() => this.#disk.remove(path));
  }

  makeFolder(path: string): void {
    this.#guard(() => this.#disk.makeFolder(path));
  }

  syncFolder(path: string): void {
    this.#guard(() => this.#disk.syncFolder(path));
  }

  #guard<T>(call: () => T): T {
    try {
      return call();
    } catch (error) {
      this.#isReloadDue = true;
      this.isTroubled = true;
      if (error instanceof SimulatedCrash) this.#listener.onCrash();
      throw error;
    }
  }

  #reload(folder: string): void {
    this.#isReloadDue = false;
    this.orders.clear();
    this.fills.clear();
    this.transfers.length = 0;
    this.states.clear();
    if (!this.#disk.list(folder).some((name) => /^journal-\d+\.log$/.test(name))) return;
    this.#isReloading = true;
    for (const { json } of readJournalLines(this.#disk, folder)) this.#takeRecord(json);
    this.#isReloading = false;
    this.#onSynced();
  }

  #take(text: string): void {
    this.#listener.onText(text);
    for (const line of text.split("\n")) {
      if (line === "") continue;
      const json = line.slice(HASH_LENGTH + 1);
      if (json.startsWith('{"k":"segment"')) this.#repeats = (JSON.parse(json) as { repeats: number }).repeats;
      else if (this.#repeats > 0) this.#repeats -= 1;
      else this.#takeRecord(json);
    }
  }

  #takeRecord(json: string): void {
    // Most records are events, which tell of nothing that the process has done.
    if (json.startsWith('{"k":"event"')) return;
    const entry = decodeRecord(json);
    switch (entry.kind) {
      case "order":
        this.#takeOrder(entry);
        break;
      case "state":
        this.states.set(entry.name, entry.value);
        break;
      case "transfer":
        this.transfers.push(entry.transfer);
        break;
      case "note":
      case "fill":
      case "event":
    }
    if (!this.#isReloading) this.#listener.onRecord(entry);
    if (entry.kind === "fill") this.fills.set(`${entry.fill.symbol}:${entry.fill.tradeId}`, entry.fill);
  }

  #takeOrder({ record, order }: OrderEntry): void {
    const known = this.orders.get(order.clientOrderId);
    if (known === undefined) {
      const kept = order as OrderSnapshot;
      const one = { intent: kept, order: kept, status: order.status, isDurable: false, amendIntents: 0, durableAmendIntents: 0 };
      this.orders.set(order.clientOrderId, one);
    } else {
      known.order = order;
      known.status = order.status;
      if (record === "amendIntent") known.amendIntents += 1;
    }
    this.#unsynced.add(order.clientOrderId);
  }

  #onSynced(): void {
    for (const id of this.#unsynced) {
      const order = this.orders.get(id);
      if (order === undefined) continue;
      order.isDurable = true;
      order.durableAmendIntents = order.amendIntents;
    }
    this.#unsynced.clear();
  }
}

/** Whether the process takes the order for finished. */
export function isFinished(order: JournalledOrder | undefined): boolean {
  return order !== undefined && isTerminal(order.status);
}
