import { DataError, MetaExpertError, RateLimitedError } from "../../../base/errors.ts";
import { Grid } from "../../../base/grid.ts";
import type { Random } from "../../../base/random.ts";
import type { Cancel, Scheduler } from "../../../base/scheduler.ts";
import type { OrderBook } from "../../../domain/order-book.ts";
import { BookLadder } from "../../../engine/book-ladder.ts";
import { createBackoff, type Backoff } from "./backoff.ts";
import { DepthColumns, OffGridError, readDepthSnapshot, type BookGrids } from "./depth.ts";
import { DepthSequence } from "./depth-sequence.ts";
import { scalesOf, type BookScales } from "./frame-scanner.ts";

export interface BookSyncOptions {
  readonly symbol: string;
  readonly isFutures: boolean;
  readonly priceStep: string;
  readonly quantityStep: string;
  /** Levels of each side that are shown. @default 20 */
  readonly depth?: number;
  readonly scheduler: Scheduler;
  readonly random: Random;
  /** Asks for the book as it is now: the parsed answer to `depth`. */
  fetchSnapshot(): Promise<unknown>;
  /** A proven state; the object is reused. */
  onBook(book: OrderBook): void;
  /** The book has become worth something, or nothing and why. Told once per change. */
  onProven(reason: string | undefined): void;
}

/** Updates kept while a snapshot is on its way; more means that it takes too long. */
const BUFFER_MAX = 2_000;

/** A book that has held so long may be fetched again at once. */
const CALM_MS = 30_000;

/** No exchange writes finer than this. */
const DECIMALS_MAX = 12;

/**
 * A book that is proven at every moment or not shown: snapshot and updates are joined by the published rules, any gap, contradiction or new
 * connection throws the whole book away, levels nobody has heard of since included, and fetches another.
 */
export class BookSync {
  readonly #options: BookSyncOptions;
  readonly #sequence: DepthSequence;
  readonly #backoff: Backoff;
  readonly #snapshot = new DepthColumns();
  #grids: BookGrids;
  #scales: BookScales;
  #ladder: BookLadder;
  /** Updates that wait for the snapshot; undefined while there is nothing to wait for. */
  #buffer: DepthColumns[] | undefined;
  #isConnected = false;
  #reason: string | undefined = "not connected";
  #provenSince = 0;
  /** Counts attempts, so that an answer that comes too late is not taken for the present one. */
  #attempt = 0;
  #cancelRetry: Cancel | undefined;
  /** The last update id heard of on this connection. */
  #heardUntil = -1;
  /** What was heard of before the present attempt began: a snapshot has to be as new as that. */
  #newerThan = -1;

  constructor(options: BookSyncOptions) {
    this.#options = options;
    this.#sequence = new DepthSequence(options.isFutures);
    this.#backoff = createBackoff({ firstMs: 250, mostMs: 30_000, random: options.random });
    this.#grids = { price: new Grid(options.priceStep), quantity: new Grid(options.quantityStep) };
    this.#scales = scalesOf(this.#grids);
    this.#ladder = this.#createLadder();
  }

  /** The grids on which updates are to be read. */
  get grids(): BookGrids {
    return this.#grids;
  }

  get scales(): BookScales {
    return this.#scales;
  }

  /** The book; only while `isProven`. */
  get ladder(): BookLadder {
    return this.#ladder;
  }

  get isProven(): boolean {
    return this.#reason === undefined;
  }

  /** Update id of the state. */
  get lastUpdateId(): number {
    return this.#sequence.last;
  }

  /** Updates begin to come, from nothing. */
  connected(): void {
    this.#isConnected = true;
    this.#heardUntil = -1;
    this.#backoff.reset();
    this.#restart("the book is being fetched", 0);
  }

  /** Updates now come over another connection, with no moment in between. */
  moved(): void {
    this.#sequence.bridge();
  }

  /** No updates come any more. */
  disconnected(reason: string): void {
    this.#isConnected = false;
    this.#abandon();
    this.#setReason(reason);
  }

  /** An update as it was read on `grids`. */
  update(columns: DepthColumns): void {
    this.#heardUntil = Math.max(this.#heardUntil, columns.last);
    if (this.#buffer !== undefined) {
      this.#keep(columns);
      return;
    }
    if (this.#isConnected && this.#take(columns)) this.#show();
  }

  /** An update could not be read: the state is behind the exchange from now on. */
  unreadable(error: DataError): void {
    if (!this.#isConnected) return;
    if (error instanceof OffGridError) this.#refine(error);
    this.#restart(error.message, this.#delay());
  }

  /** Whether the state has survived the update. */
  #take(columns: DepthColumns): boolean {
    const verdict = this.#sequence.judge(columns.first, columns.last, columns.previous);
    if (verdict === "old") return true;
    if (verdict === "gap") {
      this.#restart(`updates of the book are missing between ${this.#sequence.last} and ${columns.first}`, this.#delay());
      return false;
    }
    this.#apply(columns);
    this.#ladder.time = columns.time;
    if (!this.#ladder.isCrossed) return true;
    this.#restart("the book is crossed", this.#delay());
    return false;
  }

  /** None after a long time without trouble; else each attempt waits longer, since snapshots are dear. */
  #delay(): number {
    const isCalm = this.#reason === undefined && this.#options.scheduler.now() - this.#provenSince >= CALM_MS;
    if (!isCalm) return this.#backoff.next();
    this.#backoff.reset();
    return 0;
  }

  #apply(columns: DepthColumns): void {
    const { price, quantity, bids, length } = columns;
    const ladder = this.#ladder;
    for (let row = 0; row < bids; row += 1) ladder.setBid(price[row] as number, quantity[row] as number);
    for (let row = bids; row < length; row += 1) ladder.setAsk(price[row] as number, quantity[row] as number);
  }

  #show(): void {
    const { bestBid, bestAsk, view } = this.#ladder;
    if (Number.isNaN(bestBid) || Number.isNaN(bestAsk)) {
      this.#setReason("one side of the book is empty");
      return;
    }
    this.#setReason(undefined);
    this.#options.onBook(view);
  }

  #restart(reason: string, delayMs: number): void {
    this.#abandon();
    this.#newerThan = this.#heardUntil;
    this.#buffer = [];
    this.#setReason(reason);
    this.#ask(delayMs);
  }

  /** Forgets the state and whatever is on its way. */
  #abandon(): void {
    this.#attempt += 1;
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    this.#buffer = undefined;
    this.#ladder.reset();
  }

  #ask(delayMs: number): void {
    const attempt = this.#attempt;
    if (delayMs > 0) {
      this.#cancelRetry = this.#options.scheduler.after(delayMs, () => this.#ask(0));
      return;
    }
    this.#options.fetchSnapshot().then(
      (answer) => {
        if (attempt === this.#attempt) this.#begin(answer);
      },
      (error: unknown) => {
        if (attempt === this.#attempt) this.#retry(error);
      },
    );
  }

  #retry(error: unknown): void {
    const reason = error instanceof MetaExpertError ? error.message : "the snapshot of the book failed";
    const delayMs = this.#backoff.next();
    this.#restart(reason, error instanceof RateLimitedError ? Math.max(delayMs, error.retryAfterMs) : delayMs);
  }

  /** Joins the snapshot and what has come meanwhile. */
  #begin(answer: unknown): void {
    const snapshot = this.#snapshot;
    try {
      readDepthSnapshot(answer, this.#grids, snapshot);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      this.unreadable(error);
      return;
    }
    const waiting = this.#buffer ?? [];
    const earliest = waiting[0];
    if (snapshot.last < this.#newerThan || (earliest !== undefined && isStale(snapshot, earliest))) {
      // What came in between is kept: the next snapshot has to fit it.
      this.#ask(this.#backoff.next());
      return;
    }
    this.#buffer = undefined;
    this.#sequence.start(snapshot.last);
    this.#apply(snapshot);
    this.#ladder.time = snapshot.time === 0 ? this.#options.scheduler.now() : snapshot.time;
    if (this.#ladder.isCrossed) {
      this.#restart("the snapshot of the book is crossed", this.#delay());
      return;
    }
    for (const columns of waiting) if (!this.#take(columns)) return;
    this.#show();
  }

  #keep(columns: DepthColumns): void {
    const buffer = this.#buffer as DepthColumns[];
    if (buffer.length >= BUFFER_MAX) {
      this.#restart("the snapshot of the book takes too long", this.#backoff.next());
      return;
    }
    buffer.push(copyOf(columns));
  }

  /** The exchange writes finer than its rules say, as old orders do after a change of steps: keeps the book on a finer grid. */
  #refine({ kind, decimals }: OffGridError): void {
    if (decimals > DECIMALS_MAX) return;
    const grid = new Grid(`0.${"1".padStart(Math.max(decimals, this.#grids[kind].decimals), "0")}`);
    this.#grids = { ...this.#grids, [kind]: grid };
    this.#scales = scalesOf(this.#grids);
    this.#ladder = this.#createLadder();
  }

  #createLadder(): BookLadder {
    const { symbol, depth } = this.#options;
    return new BookLadder({
      symbol,
      priceGrid: this.#grids.price,
      quantityGrid: this.#grids.quantity,
      ...(depth === undefined ? {} : { depth }),
    });
  }

  #setReason(reason: string | undefined): void {
    const isNews = (reason === undefined) !== (this.#reason === undefined);
    if (isNews && reason === undefined) this.#provenSince = this.#options.scheduler.now();
    this.#reason = reason;
    if (isNews) this.#options.onProven(reason);
  }
}

/** Whether the snapshot is older than what we began with, so that something between the two is missing. */
function isStale(snapshot: DepthColumns, earliest: DepthColumns): boolean {
  return earliest.previous >= 0 ? snapshot.last < earliest.previous : snapshot.last < earliest.first - 1;
}

function copyOf(columns: DepthColumns): DepthColumns {
  const copy = new DepthColumns();
  copy.first = columns.first;
  copy.last = columns.last;
  copy.previous = columns.previous;
  copy.eventTime = columns.eventTime;
  copy.time = columns.time;
  copy.bids = columns.bids;
  copy.asks = columns.asks;
  copy.price = columns.price.slice(0, columns.length);
  copy.quantity = columns.quantity.slice(0, columns.length);
  return copy;
}
