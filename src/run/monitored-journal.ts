import type { Fill } from "../domain/fill.ts";
import type { Order } from "../domain/order.ts";
import type { SessionEvent } from "../engine/feed.ts";
import type { Journal, NoteRecord, OrderRecord } from "../engine/journal.ts";
import type { VenueTransfer } from "../engine/venue-facts.ts";
import type { RunMonitor } from "./run-monitor.ts";

/** A journal that tells the monitor what it is given. */
export class MonitoredJournal implements Journal {
  readonly keepsEvents = true;
  readonly #journal: Journal;
  readonly #monitor: RunMonitor;

  constructor(journal: Journal, monitor: RunMonitor) {
    this.#journal = journal;
    this.#monitor = monitor;
  }

  get length(): number {
    return this.#journal.length;
  }

  get hash(): string {
    return this.#journal.hash;
  }

  event(event: SessionEvent): void {
    this.#journal.event(event);
    const { counters } = this.#monitor;
    if (event.kind === "bars") counters.bars += event.to - event.from;
    if (event.kind !== "time" && event.kind !== "report") counters.marketEvents += 1;
  }

  order(record: OrderRecord, time: number, order: Order): void {
    this.#journal.order(record, time, order);
    const text = orderText(record, order);
    if (record === "intent") this.#monitor.counters.ordersSent += 1;
    if (record === "rejected") this.#monitor.counters.rejections += 1;
    const level = record === "rejected" || record === "unknown" ? "warn" : "trade";
    if (text !== undefined) this.#monitor.note({ kind: "order", level, text, symbol: order.symbol, clientOrderId: order.clientOrderId });
  }

  fill(fill: Fill): void {
    this.#journal.fill(fill);
    this.#monitor.counters.fills += 1;
    const { side, quantity, symbol, price, fee, feeAsset, purpose, clientOrderId } = fill;
    const done = side === "buy" ? "bought" : "sold";
    const text = `${done} ${quantity} ${symbol} at ${price} (${purpose}, fee ${fee} ${feeAsset})`;
    this.#monitor.note({ kind: "fill", level: "trade", text, symbol, clientOrderId });
  }

  transfer(transfer: VenueTransfer): void {
    this.#journal.transfer(transfer);
    const { kind, id, asset, amount } = transfer;
    this.#monitor.note({ kind: "account", level: "trade", text: `${kind} of ${amount} ${asset} (${id})` });
  }

  note(record: NoteRecord, time: number, text: string, amount: number): void {
    this.#journal.note(record, time, text, amount);
    const { counters } = this.#monitor;
    switch (record) {
      case "refusal":
        counters.refusals += 1;
        return this.#monitor.note({ kind: "refusal", level: "info", text: `refused: ${text}` });
      case "funding":
        return this.#monitor.note({ kind: "account", level: "trade", text: `${record} ${amount} (${text})` });
      case "limit":
      case "drift":
      case "restriction":
      case "lateFill":
      case "guard":
        return this.#monitor.note({ kind: "note", level: "warn", text: `${record}: ${text}` });
      case "error":
        return this.#monitor.note({ kind: "error", level: "error", text });
      case "session":
      case "stop":
        return this.#monitor.note({ kind: "note", level: "info", text: `${record}: ${text}` });
    }
  }

  state(name: string, value: unknown): void {
    this.#journal.state(name, value);
  }

  settled(): void {
    this.#journal.settled();
    this.#monitor.counters.journalRecords = this.#journal.length;
    this.#monitor.changed();
  }
}

function orderText(record: OrderRecord, order: Order): string | undefined {
  const { side, quantity, symbol, type, price, triggerPrice, purpose, reason } = order;
  const at = price !== undefined ? ` at ${price}` : triggerPrice !== undefined ? ` at ${triggerPrice}` : "";
  const what = `${side} ${quantity} ${symbol} ${type}${at} (${purpose})`;
  switch (record) {
    case "intent":
      return `sent ${what}`;
    case "accepted":
      return `working ${what}`;
    case "rejected":
    case "cancelled":
    case "expired":
    case "unknown":
      return `${record} ${what}: ${reason ?? ""}`;
    case "amended":
      return `changed ${what}`;
    case "cancelIntent":
    case "amendIntent":
    case "filled":
      return undefined;
  }
}
