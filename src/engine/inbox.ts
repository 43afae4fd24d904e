import type { Scheduler } from "../base/scheduler.ts";
import type { Trade } from "../domain/trade.ts";
import type { Feed, SessionEvent, StreamInfo } from "./feed.ts";

/** Rows that one event of trades can grow to while it waits. */
const TRADES_MAX = 256;
/** Rows that an event of trades has room for at first. */
const TRADES_FIRST = 4;
/** Trades that wait; beyond, the process is too slow for the market and says so. */
const WAITING_MAX = 100_000;
const TICK_MS = 1_000;
/** A second that arrives later than this has been slept through. */
const LATE_MS = 2_000;

interface GrowingTrades {
  length: number;
  readonly time: Float64Array;
  readonly price: Float64Array;
  readonly quantity: Float64Array;
  readonly takerSide: Int8Array;
  readonly id: string[];
}

/**
 * The one queue into a session that lives: market, exchange, time and wishes, in the order in which they arrive. Reports and wishes are
 * never dropped; of books and quotes only the latest of a symbol waits, and of moments that follow each other only the last; trades that
 * wait are handed out together.
 */
export class Inbox implements Feed {
  readonly streams: readonly StreamInfo[];
  readonly #scheduler: Scheduler;
  readonly #queue: SessionEvent[] = [];
  #head = 0;
  #waiting = 0;
  #wake: ((event: SessionEvent | undefined) => void) | undefined;
  #isClosed = false;
  #cancelTick: (() => void) | undefined;
  #tickedAt = Infinity;
  #onLate: (lateMs: number) => void = () => {};
  /** Market events taken in. */
  received = 0;
  /** Trades dropped because too many waited. */
  dropped = 0;

  constructor(streams: readonly StreamInfo[], scheduler: Scheduler) {
    this.streams = streams;
    this.#scheduler = scheduler;
  }

  /**
   * Lets time arrive by itself, once a second, from now on. When it comes so late that the process must have stood still, `onLate` is told
   * before anything else is taken in: all that follows may be old.
   */
  startClock(onLate: (lateMs: number) => void = () => {}): void {
    this.#onLate = onLate;
    const tick = (): void => {
      if (this.#isClosed) return;
      this.#lookAtClock();
      this.#tickedAt = this.#scheduler.now();
      this.push({ kind: "time", time: this.#scheduler.now() });
      this.#cancelTick = this.#scheduler.after(TICK_MS, tick);
    };
    this.#tickedAt = this.#scheduler.now();
    this.#cancelTick = this.#scheduler.after(TICK_MS, tick);
  }

  /** Events that wait to be handled; trades that wait together are one. */
  get length(): number {
    return this.#queue.length - this.#head;
  }

  /** Whether nothing waits to be handled. */
  get isEmpty(): boolean {
    return this.length === 0;
  }

  push(event: SessionEvent): void {
    if (this.#isClosed) return;
    this.#lookAtClock();
    if (event.kind === "book" || event.kind === "quote") this.#forgetOlder(event.kind, event.stream);
    if (event.kind === "time" && this.#last()?.kind === "time") this.#queue.pop();
    if (event.kind !== "time" && event.kind !== "report") this.received += 1;
    this.#hand(event);
  }

  pushTrade(stream: number, trade: Trade): void {
    if (this.#isClosed) return;
    this.#lookAtClock();
    this.received += 1;
    if (this.#waiting >= WAITING_MAX) {
      this.dropped += 1;
      return;
    }
    this.#waiting += 1;
    const last = this.#last();
    if (last?.kind === "trades" && last.stream === stream && last.columns.length < TRADES_MAX) {
      const columns = roomIn(last.columns as GrowingTrades);
      write(columns, trade);
      Object.assign(last, { columns, to: columns.length });
      return;
    }
    const columns = growing(this.#wake === undefined ? TRADES_FIRST : 1);
    write(columns, trade);
    this.#hand({ kind: "trades", stream, columns, from: 0, to: 1 });
  }

  next(): SessionEvent | undefined | Promise<SessionEvent | undefined> {
    const event = this.#shift();
    if (event !== undefined || this.#isClosed) return event;
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** No more events are taken in, and a session that waits is let go. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    this.#cancelTick?.();
    this.#wake?.(undefined);
    this.#wake = undefined;
  }

  /** The newest event that waits. */
  #last(): SessionEvent | undefined {
    return this.isEmpty ? undefined : this.#queue.at(-1);
  }

  #lookAtClock(): void {
    const now = this.#scheduler.now();
    const lateMs = now - this.#tickedAt - TICK_MS;
    if (!(lateMs > LATE_MS)) return;
    this.#tickedAt = now;
    this.#onLate(lateMs);
  }

  #hand(event: SessionEvent): void {
    const wake = this.#wake;
    if (wake === undefined) {
      this.#queue.push(event);
      return;
    }
    this.#wake = undefined;
    if (event.kind === "trades") this.#waiting -= event.to - event.from;
    wake(event);
  }

  #shift(): SessionEvent | undefined {
    const event = this.#queue[this.#head];
    if (event === undefined) return undefined;
    this.#head += 1;
    if (event.kind === "trades") this.#waiting -= event.to - event.from;
    if (this.#head === this.#queue.length) {
      this.#queue.length = 0;
      this.#head = 0;
    } else if (this.#head > 1_024) {
      this.#queue.splice(0, this.#head);
      this.#head = 0;
    }
    return event;
  }

  #forgetOlder(kind: "book" | "quote", stream: number): void {
    for (let index = this.#queue.length - 1; index >= this.#head; index -= 1) {
      const waiting = this.#queue[index] as SessionEvent;
      if (waiting.kind !== kind || waiting.stream !== stream) continue;
      this.#queue.splice(index, 1);
      return;
    }
  }
}

function growing(capacity: number): GrowingTrades {
  return {
    length: 0,
    time: new Float64Array(capacity),
    price: new Float64Array(capacity),
    quantity: new Float64Array(capacity),
    takerSide: new Int8Array(capacity),
    id: [],
  };
}

/** The same trades with room for one more. */
function roomIn(columns: GrowingTrades): GrowingTrades {
  const { length, time, price, quantity, takerSide, id } = columns;
  if (length < time.length) return columns;
  const larger = growing(Math.min(TRADES_MAX, 2 * length));
  larger.time.set(time);
  larger.price.set(price);
  larger.quantity.set(quantity);
  larger.takerSide.set(takerSide);
  larger.id.push(...id);
  larger.length = length;
  return larger;
}

function write(columns: GrowingTrades, { id, time, price, quantity, takerSide }: Trade): void {
  const row = columns.length;
  columns.time[row] = time;
  columns.price[row] = price;
  columns.quantity[row] = quantity;
  columns.takerSide[row] = takerSide === "buy" ? 1 : -1;
  columns.id.push(id);
  columns.length = row + 1;
}
