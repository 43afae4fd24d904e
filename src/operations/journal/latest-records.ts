import type { Fill } from "../../domain/fill.ts";
import { isTerminal, type OrderStatus } from "../../domain/order.ts";
import type { NoteRecord } from "../../engine/journal.ts";
import { TRANSFERS_KEPT } from "../../engine/orders/booked-transfers.ts";
import type { VenueTransfer } from "../../engine/venue-facts.ts";
import { decodeRecord, labelOf, type NoteEntry, type OrderEntry } from "./journal-record.ts";
import type { StoredRecord } from "./segment.ts";

/** Finished orders and fills that stay known: what an exchange may tell again after a reconnection or a restart. */
export const KEPT_MAX = 2_000;

/** The states that say what has been booked and measured. */
const BOOKS = "portfolio";
const LIMITS = "limits";

/** A fill whose booking was not recorded any more. */
export interface UnbookedFill {
  readonly fill: Fill;
  /** Whether the last record of its order counts it. */
  readonly isInOrder: boolean;
}

/** What was recorded when the journal broke off before what follows from it was: the end of a write that was cut short. */
export interface Unbooked {
  /** Fills that the last record of the books does not count, oldest first. */
  readonly fills: readonly UnbookedFill[];
  /** Transfers that it does not count. */
  readonly transfers: readonly VenueTransfer[];
  /** Transfers that the last record of the loss limits does not count. */
  readonly unmeasured: readonly VenueTransfer[];
}

/** What a run begins with that goes on where another ended. */
export interface KeptRecords {
  /** The last value of every state by its name. */
  readonly states: ReadonlyMap<string, unknown>;
  /** The last record of every order that is not finished, and of the finished ones that are not long past, in order of first appearance. */
  readonly orders: readonly OrderEntry[];
  /** The last fills, oldest first: their trade ids are not booked again. */
  readonly fills: readonly Fill[];
  /** The last movements of money without a trade, oldest first: they are not booked again either. */
  readonly transfers: readonly VenueTransfer[];
  readonly unbooked: Unbooked;
  /** The last note of each kind. */
  readonly notes: ReadonlyMap<NoteRecord, NoteEntry>;
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
  /** Trimmed to the last ones now and then. */
  #transfers: string[] = [];
  #unbookedTransfers: string[] = [];
  #unmeasured: string[] = [];

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
      case "transfer":
        return isRepeat ? this.#keepTransfer(json) : this.transfer(json);
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

  transfer(json: string): void {
    this.#unbookedTransfers.push(json);
    this.#unmeasured.push(json);
    // Where no limits are kept nothing ever measures them.
    if (this.#unmeasured.length > 2 * TRANSFERS_KEPT) this.#unmeasured = this.#unmeasured.slice(-TRANSFERS_KEPT);
    this.#keepTransfer(json);
  }

  #keepTransfer(json: string): void {
    this.#transfers.push(json);
    if (this.#transfers.length > 2 * TRANSFERS_KEPT) this.#transfers = this.#transfers.slice(-TRANSFERS_KEPT);
  }

  state(name: string, json: string): void {
    this.#states.set(name, json);
    if (name === LIMITS) this.#unmeasured = [];
    if (name !== BOOKS) return;
    this.#unbooked = [];
    this.#countedBy.clear();
    this.#unbookedTransfers = [];
  }

  note(record: NoteRecord, json: string): void {
    this.#notes.set(record, json);
  }

  /** The records that a new segment begins with; what is too old to matter is forgotten here as well. */
  repeats(): string[] {
    this.#fills = this.#fills.slice(-KEPT_MAX);
    this.#transfers = this.#transfers.slice(-TRANSFERS_KEPT);
    this.#forgetOrders();
    const orders = Array.from(this.#orders.values(), ({ json }) => json);
    return [...this.#states.values(), ...this.#notes.values(), ...orders, ...this.#fills, ...this.#transfers];
  }

  kept(): KeptRecords {
    return {
      states: this.#valuesOfStates(),
      orders: Array.from(this.#orders.values(), ({ json }) => decodeRecord(json) as OrderEntry),
      fills: this.#fills.slice(-KEPT_MAX).map(fillIn),
      transfers: this.#transfers.slice(-TRANSFERS_KEPT).map(transferIn),
      unbooked: this.#notBooked(),
      notes: new Map(Array.from(this.#notes, ([record, json]) => [record as NoteRecord, decodeRecord(json) as NoteEntry])),
    };
  }

  #valuesOfStates(): ReadonlyMap<string, unknown> {
    const valueOf = (json: string): unknown => {
      const entry = decodeRecord(json);
      return entry.kind === "state" ? entry.value : undefined;
    };
    return new Map(Array.from(this.#states, ([name, json]) => [name, valueOf(json)]));
  }

  #notBooked(): Unbooked {
    const fills = this.#unbooked.map((json, index) => {
      const fill = fillIn(json);
      return { fill, isInOrder: (this.#countedBy.get(fill.clientOrderId) ?? 0) > index };
    });
    return { fills, transfers: this.#unbookedTransfers.map(transferIn), unmeasured: this.#unmeasured.map(transferIn) };
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

function fillIn(json: string): Fill {
  return (decodeRecord(json) as { readonly fill: Fill }).fill;
}

function transferIn(json: string): VenueTransfer {
  return (decodeRecord(json) as { readonly transfer: VenueTransfer }).transfer;
}
