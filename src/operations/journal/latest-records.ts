import type { Fill } from "../../domain/fill.ts";
import { isTerminal, type OrderStatus } from "../../domain/order.ts";
import type { NoteRecord } from "../../engine/journal.ts";
import { decodeRecord, labelOf, type NoteEntry, type OrderEntry } from "./journal-record.ts";
import type { StoredRecord } from "./segment.ts";

/** Finished orders and fills that stay known: what an exchange may tell again after a reconnection or a restart. */
export const KEPT_MAX = 2_000;

/** The state that says what has been booked, and the one that goes with it. */
const BOOKS = "portfolio";
const TRANSFERS = "transfers";

/** A fill whose booking was not recorded any more. */
export interface UnbookedFill {
  readonly fill: Fill;
  /** Whether the last record of its order counts it. */
  readonly isInOrder: boolean;
}

interface LatestOrder {
  json: string;
  /** Undefined until somebody has to know. */
  isFinished: boolean | undefined;
}

/** What a restart needs of all records so far: the last word on every state, order and kind of note, and the last fills. */
export class LatestRecords {
  readonly #states = new Map<string, string>();
  /** In order of first appearance. */
  readonly #orders = new Map<string, LatestOrder>();
  readonly #notes = new Map<string, string>();
  /** Trimmed to the last ones now and then. */
  #fills: string[] = [];
  /** Fills since the last record of the books, and how many of them the orders recorded since count. */
  #unbooked: string[] = [];
  readonly #countedBy = new Map<string, number>();
  /** The transfers that the last record of the books counts. */
  #bookedTransfers: string | undefined;

  /** Takes a record that is read back. */
  take({ json, isRepeat }: StoredRecord): void {
    const { kind, key } = labelOf(json);
    switch (kind) {
      case "event":
        return;
      case "order":
        return this.order(key, undefined, json);
      case "fill":
        return isRepeat ? this.#keepFill(json) : this.fill(json);
      case "state":
        return this.state(key, json);
      case "note":
        return this.note(key as NoteRecord, json);
    }
  }

  order(id: string, status: OrderStatus | undefined, json: string): void {
    const isFinished = status === undefined ? undefined : isTerminal(status);
    const known = this.#orders.get(id);
    if (known === undefined) this.#orders.set(id, { json, isFinished });
    else Object.assign(known, { json, isFinished });
    if (this.#unbooked.length > 0) this.#countedBy.set(id, this.#unbooked.length);
  }

  fill(json: string): void {
    this.#unbooked.push(json);
    this.#keepFill(json);
  }

  #keepFill(json: string): void {
    this.#fills.push(json);
    if (this.#fills.length > 2 * KEPT_MAX) this.#fills = this.#fills.slice(-KEPT_MAX);
  }

  state(name: string, json: string): void {
    this.#states.set(name, json);
    if (name !== BOOKS) return;
    this.#unbooked = [];
    this.#countedBy.clear();
    this.#bookedTransfers = this.#states.get(TRANSFERS);
  }

  note(record: NoteRecord, json: string): void {
    this.#notes.set(record, json);
  }

  /** The records that a new segment begins with; what is too old to matter is forgotten here as well. */
  repeats(): string[] {
    this.#fills = this.#fills.slice(-KEPT_MAX);
    this.#forgetOrders();
    const orders = Array.from(this.#orders.values(), ({ json }) => json);
    return [...this.#states.values(), ...this.#notes.values(), ...orders, ...this.#fills];
  }

  states(): ReadonlyMap<string, unknown> {
    const valueOf = (json: string): unknown => {
      const entry = decodeRecord(json);
      return entry.kind === "state" ? entry.value : undefined;
    };
    const states = new Map(Array.from(this.#states, ([name, json]) => [name, valueOf(json)]));
    if (this.#states.get(TRANSFERS) === this.#bookedTransfers) return states;
    // The money of the latest has not reached the books: it is taken for not told yet.
    states.delete(TRANSFERS);
    if (this.#bookedTransfers !== undefined) states.set(TRANSFERS, valueOf(this.#bookedTransfers));
    return states;
  }

  /** Fills that were recorded when the journal broke off before the books were: the end of a write that was cut short. */
  unbooked(): UnbookedFill[] {
    return this.#unbooked.map((json, index) => {
      const { fill } = decodeRecord(json) as { readonly fill: Fill };
      return { fill, isInOrder: (this.#countedBy.get(fill.clientOrderId) ?? 0) > index };
    });
  }

  /** In order of first appearance. */
  orders(): OrderEntry[] {
    return Array.from(this.#orders.values(), ({ json }) => decodeRecord(json) as OrderEntry);
  }

  notes(): ReadonlyMap<NoteRecord, NoteEntry> {
    return new Map(Array.from(this.#notes, ([record, json]) => [record as NoteRecord, decodeRecord(json) as NoteEntry]));
  }

  /** Oldest first. */
  fills(): Fill[] {
    return this.#fills.slice(-KEPT_MAX).map((json) => (decodeRecord(json) as { readonly fill: Fill }).fill);
  }

  /** Finished orders but the last ones, and but those whose protective orders still work: a restart needs the entry to know what they protect. */
  #forgetOrders(): void {
    const finished: string[] = [];
    const parents = new Set<string>();
    for (const [id, latest] of this.#orders) {
      const order = latest.isFinished === true ? undefined : (decodeRecord(latest.json) as OrderEntry).order;
      latest.isFinished ??= order !== undefined && isTerminal(order.status);
      if (latest.isFinished) finished.push(id);
      else if (order?.parentId !== undefined) parents.add(order.parentId);
    }
    for (const id of finished.slice(0, -KEPT_MAX)) if (!parents.has(id)) this.#orders.delete(id);
  }
}
