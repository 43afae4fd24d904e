import { assert } from "../../base/assert.ts";
import { ConfigurationError, RateLimitedError } from "../../base/errors.ts";
import type { Cancel, Scheduler } from "../../base/scheduler.ts";
import { SlidingWindow } from "./sliding-window.ts";

/** Who goes first. Cancels and exits may also use what is kept in reserve. */
export const PRIORITIES = ["cancel", "exit", "normal", "background"] as const;
export type Priority = (typeof PRIORITIES)[number];

/** One rule of an exchange, or of the user: no more than `limit` within any `windowMs`. */
export interface RateLimit {
  /** Such as "weight" or "orders10s"; costs refer to it. */
  readonly name: string;
  readonly limit: number;
  readonly windowMs: number;
  /** Share of the limit that only cancels and exits may use, 0 to 1. @default 0.1 */
  readonly reserveShare?: number;
  /** Every request costs one of it, whatever its cost says. @default false */
  readonly countsRequests?: boolean;
  /**
   * How much closer together requests may arrive than they left; the window is taken to be that much longer.
   * @default a fortieth of the window, 250 ms at most
   */
  readonly marginMs?: number;
}

/** What a request takes from each limit, by the limit's name. Names without a limit are not limited. */
export type RequestCost = Readonly<Record<string, number>>;

/** How far a limit is used, for views. */
export interface RateUsage {
  readonly name: string;
  readonly used: number;
  readonly limit: number;
}

export interface RateLimiterOptions {
  /** Whose limits they are, for errors: "Binance". */
  readonly exchange: string;
  readonly scheduler: Scheduler;
  readonly limits: readonly RateLimit[];
  /** The user's own bound on top, requests per second. */
  readonly requestsPerSecond?: number | undefined;
  /** Most requests that may wait at once. @default 500 */
  readonly queueLengthMax?: number;
  /** How long a request may wait that does not say so itself, milliseconds. @default 10000 */
  readonly waitMsMax?: number;
}

/**
 * Lets requests go as fast as every limit allows and no faster. One that need not wait goes at once, without a promise; the others wait in
 * a bounded queue, first come first served within a priority, and are refused as soon as it is certain that they would come too late.
 */
export class RateLimiter {
  readonly #exchange: string;
  readonly #scheduler: Scheduler;
  readonly #queueLengthMax: number;
  readonly #waitMsMax: number;
  readonly #userLimit: RateLimit | undefined;
  #buckets: readonly Bucket[] = [];
  readonly #lanes: ReadonlyArray<Waiter[]> = PRIORITIES.map(() => []);
  #waiting = 0;
  /** Nothing leaves before. */
  #silentUntil = -Infinity;
  #wake: Cancel | undefined;
  #isDisposed = false;

  constructor(options: RateLimiterOptions) {
    this.#exchange = options.exchange;
    this.#scheduler = options.scheduler;
    this.#queueLengthMax = options.queueLengthMax ?? 500;
    this.#waitMsMax = options.waitMsMax ?? 10_000;
    const perSecond = options.requestsPerSecond;
    this.#userLimit = perSecond === undefined ? undefined : userLimit(perSecond);
    this.setLimits(options.limits);
  }

  /** Takes over the limits that the exchange tells; what is already spent of a limit of the same name stays spent. */
  setLimits(limits: readonly RateLimit[]): void {
    const now = this.#scheduler.now();
    const all = this.#userLimit === undefined ? limits : [...limits, this.#userLimit];
    assert(all.length <= 31, "at most 31 limits");
    this.#buckets = all.map((limit, index) => {
      const former = this.#buckets.find((bucket) => bucket.name === limit.name);
      return new Bucket(limit, 1 << index, former, now);
    });
    for (const lane of this.#lanes) for (const waiter of lane) waiter.held = 0;
    this.#pump();
  }

  /**
   * Asks to send one request: undefined when it may go now, else a promise that is kept when it may, or rejected with a
   * `RateLimitedError` when it cannot within `waitMs`. Once granted, the cost is spent.
   */
  acquire(cost: RequestCost, priority: Priority = "normal", waitMs: number = this.#waitMsMax): Promise<void> | undefined {
    const lane = PRIORITIES.indexOf(priority);
    const now = this.#scheduler.now();
    if (this.#waiting === 0 && !this.#isDisposed && this.#readyAt(cost, lane, now) <= now) {
      this.#spend(cost, now);
      return undefined;
    }
    return this.#enqueue(cost, lane, now, waitMs);
  }

  /** Like `acquire`, but never waits: false when the request may not go now. */
  tryAcquire(cost: RequestCost, priority: Priority = "normal"): boolean {
    const lane = PRIORITIES.indexOf(priority);
    const now = this.#scheduler.now();
    for (let above = 0; above <= lane; above += 1) if ((this.#lanes[above]?.length ?? 0) > 0) return false;
    if (this.#isDisposed || this.#readyAt(cost, lane, now) > now) return false;
    this.#spend(cost, now);
    return true;
  }

  /**
   * The exchange's own count of what is used, as its answers tell it. It only ever raises ours: another program may share the limit, and
   * what is on the way is not in it yet.
   */
  observe(name: string, used: number): void {
    const bucket = this.#buckets.find((candidate) => candidate.name === name);
    if (bucket === undefined || !Number.isFinite(used)) return;
    const now = this.#scheduler.now();
    const missing = used - bucket.window.used(now);
    if (missing > 0) bucket.window.spend(now, missing);
  }

  /** Nothing leaves before a moment of the scheduler; with the name of a limit, nothing that takes from it. An earlier moment shortens nothing. */
  penalty(until: number, name?: string): void {
    if (name === undefined) this.#silentUntil = Math.max(this.#silentUntil, until);
    for (const bucket of this.#buckets) if (bucket.name === name) bucket.blockedUntil = Math.max(bucket.blockedUntil, until);
  }

  /** When the penalty ends that holds everything back, a moment of the scheduler; undefined without one. */
  get silentUntil(): number | undefined {
    return this.#silentUntil > this.#scheduler.now() ? this.#silentUntil : undefined;
  }

  /** Requests that wait. */
  get waiting(): number {
    return this.#waiting;
  }

  usage(): readonly RateUsage[] {
    const now = this.#scheduler.now();
    return this.#buckets.map(({ name, limit, window }) => ({ name, limit, used: window.used(now) }));
  }

  /** Refuses everything that waits, and whatever is asked for later. */
  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#wake?.();
    for (const lane of this.#lanes) while (lane.length > 0) this.#refuse(lane[0] as Waiter, 0);
  }

  #enqueue(cost: RequestCost, lane: number, now: number, waitMs: number): Promise<void> | undefined {
    const readyAt = this.#readyAt(cost, lane, now);
    if (readyAt === Infinity) return Promise.reject(new ConfigurationError(this.#tooLarge(cost, lane)));
    if (this.#isDisposed || readyAt > now + waitMs || !this.#makeRoom(lane)) {
      return Promise.reject(new RateLimitedError(this.#exchange, Math.max(0, readyAt - now)));
    }
    const waiter: Waiter = { cost, lane, held: 0, isGranted: false, resolve: nothing, reject: nothing, stopTimer: nothing };
    (this.#lanes[lane] as Waiter[]).push(waiter);
    this.#waiting += 1;
    this.#pump();
    if (waiter.isGranted) return undefined;
    waiter.stopTimer = this.#scheduler.after(waitMs, () => this.#giveUp(waiter));
    return new Promise((resolve, reject) => {
      waiter.resolve = resolve;
      waiter.reject = reject;
    });
  }

  #giveUp(waiter: Waiter): void {
    this.#pump();
    if (waiter.isGranted) return;
    const now = this.#scheduler.now();
    this.#refuse(waiter, this.#readyAt(waiter.cost, waiter.lane, now) - now);
    this.#pump();
  }

  /** Whether one more may wait; the youngest of the least urgent gives way to one that is more urgent. */
  #makeRoom(lane: number): boolean {
    if (this.#waiting < this.#queueLengthMax) return true;
    for (let below = PRIORITIES.length - 1; below > lane; below -= 1) {
      const youngest = this.#lanes[below]?.at(-1);
      if (youngest === undefined) continue;
      this.#refuse(youngest, 0);
      return true;
    }
    return false;
  }

  /** Grants what may go, most urgent first, and sets the alarm for the next. */
  #pump(): void {
    if (this.#waiting === 0) return;
    const now = this.#scheduler.now();
    let next = Infinity;
    let held = 0;
    for (let index = 0; index < this.#lanes.length; index += 1) {
      const lane = this.#lanes[index] as Waiter[];
      for (let head = lane[0]; head !== undefined; head = lane[0]) {
        const readyAt = this.#readyAt(head.cost, index, now);
        if (readyAt > now) {
          // What the head once had to wait for stays closed to those below until it has gone, or they could take it away in turns.
          head.held |= this.#blockers(head.cost, index, now);
          held |= head.held;
          next = Math.min(next, readyAt);
          break;
        }
        if ((this.#mask(head.cost) & held) !== 0) break;
        this.#spend(head.cost, now);
        this.#grant(head);
      }
    }
    this.#wake?.();
    // A slice may end a rounding error later than computed; never ask for the same moment twice.
    this.#wake = next === Infinity ? undefined : this.#scheduler.after(Math.max(1, next - now), () => this.#pump());
  }

  #grant(waiter: Waiter): void {
    this.#remove(waiter);
    waiter.isGranted = true;
    waiter.resolve();
  }

  #refuse(waiter: Waiter, retryAfterMs: number): void {
    this.#remove(waiter);
    waiter.reject(new RateLimitedError(this.#exchange, retryAfterMs));
  }

  #remove(waiter: Waiter): void {
    const lane = this.#lanes[waiter.lane] as Waiter[];
    lane.splice(lane.indexOf(waiter), 1);
    this.#waiting -= 1;
    waiter.stopTimer();
  }

  /** First moment at which the cost could be paid if nobody else spent anything. */
  #readyAt(cost: RequestCost, lane: number, now: number): number {
    let readyAt = Math.max(now, this.#silentUntil);
    for (const bucket of this.#buckets) {
      const amount = bucket.amountOf(cost);
      if (amount > 0) readyAt = Math.max(readyAt, bucket.readyAt(now, amount, lane));
    }
    return readyAt;
  }

  #blockers(cost: RequestCost, lane: number, now: number): number {
    let mask = 0;
    for (const bucket of this.#buckets) {
      const amount = bucket.amountOf(cost);
      if (amount > 0 && bucket.readyAt(now, amount, lane) > now) mask |= bucket.bit;
    }
    return mask;
  }

  #mask(cost: RequestCost): number {
    let mask = 0;
    for (const bucket of this.#buckets) if (bucket.amountOf(cost) > 0) mask |= bucket.bit;
    return mask;
  }

  #spend(cost: RequestCost, now: number): void {
    for (const bucket of this.#buckets) {
      const amount = bucket.amountOf(cost);
      if (amount > 0) bucket.window.spend(now, amount);
    }
  }

  #tooLarge(cost: RequestCost, lane: number): string {
    const bucket = this.#buckets.find((candidate) => candidate.amountOf(cost) > candidate.allowance(lane));
    if (bucket === undefined) return `${this.#exchange} is not to be asked any more`;
    return `a request to ${this.#exchange} takes ${bucket.amountOf(cost)} of the limit "${bucket.name}", which allows ${bucket.allowance(lane)}; ask for less at once`;
  }
}

interface Waiter {
  readonly cost: RequestCost;
  readonly lane: number;
  /** Limits that have held it up, as bits. */
  held: number;
  isGranted: boolean;
  resolve: () => void;
  reject: (error: Error) => void;
  stopTimer: Cancel;
}

class Bucket {
  readonly name: string;
  readonly bit: number;
  readonly limit: number;
  readonly window: SlidingWindow;
  blockedUntil: number;
  readonly #reserve: number;
  readonly #countsRequests: boolean;

  constructor(rule: RateLimit, bit: number, former: Bucket | undefined, now: number) {
    const { name, limit, windowMs, reserveShare = 0.1, countsRequests = false, marginMs = Math.min(windowMs / 40, 250) } = rule;
    assert(limit > 0 && windowMs > 0 && reserveShare >= 0 && reserveShare < 1 && marginMs >= 0, `limit "${name}" is not a limit`);
    this.name = name;
    this.bit = bit;
    this.limit = limit;
    this.#reserve = Math.floor(limit * reserveShare);
    this.#countsRequests = countsRequests;
    this.window = new SlidingWindow(windowMs + marginMs);
    this.blockedUntil = former?.blockedUntil ?? -Infinity;
    const spent = former?.window.used(now) ?? 0;
    if (spent > 0) this.window.spend(now, spent);
  }

  amountOf(cost: RequestCost): number {
    const amount = cost[this.name] ?? 0;
    return this.#countsRequests && amount < 1 ? 1 : amount;
  }

  /** What a priority may bring the count to. */
  allowance(lane: number): number {
    return lane <= LANE_RESERVED_MAX ? this.limit : this.limit - this.#reserve;
  }

  readyAt(now: number, amount: number, lane: number): number {
    return Math.max(this.blockedUntil, this.window.lowAt(now, this.allowance(lane) - amount));
  }
}

const LANE_RESERVED_MAX = PRIORITIES.indexOf("exit");

function userLimit(requestsPerSecond: number): RateLimit {
  if (!(requestsPerSecond > 0 && Number.isFinite(requestsPerSecond))) {
    throw new ConfigurationError(`rateLimit: ${requestsPerSecond} requests per second are not possible; give a number above zero`);
  }
  // 2.5 per second are two in 800 ms, half a request per second is one in two seconds.
  const limit = Math.max(1, Math.floor(requestsPerSecond));
  const windowMs = (limit * 1000) / requestsPerSecond;
  return { name: "rateLimit", limit, windowMs, countsRequests: true, marginMs: 0 };
}

function nothing(): void {}
