/**
 * Properties, over random requests, limits and pauses:
 * - In no window of a limit's length, wherever it begins, is more spent than the limit; without cancels and exits, never more than the limit less
 *   its reserve.
 * - Every request is answered by its deadline: granted or refused. Within a priority they are granted in the order in which they came.
 * - A cancel whose reserve is free never waits, however many others do.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ConfigurationError, RateLimitedError } from "../../base/errors.ts";
import { VirtualScheduler } from "../../base/scheduler.ts";
import type { Priority, RateLimit, RequestCost } from "./rate-limiter.ts";
import { PRIORITIES, RateLimiter } from "./rate-limiter.ts";

/** As Binance spot tells them in `exchangeInfo`, shortened. */
const WEIGHT: RateLimit = { name: "weight", limit: 100, windowMs: 60_000, marginMs: 0 };
const ORDERS: RateLimit = { name: "orders10s", limit: 10, windowMs: 10_000, marginMs: 0, reserveShare: 0 };
const ORDER: RequestCost = { weight: 1, orders10s: 1 };
const QUERY: RequestCost = { weight: 10 };

function limiterOf(limits: readonly RateLimit[], more: { requestsPerSecond?: number; queueLengthMax?: number; waitMsMax?: number } = {}) {
  const scheduler = new VirtualScheduler(1_000_000);
  return { scheduler, limiter: new RateLimiter({ exchange: "Binance", scheduler, limits, ...more }) };
}

/** Runs everything that is due until a moment, promises included. */
async function pass(scheduler: VirtualScheduler, until: number): Promise<void> {
  await settle();
  while (scheduler.nextDue <= until) {
    scheduler.step();
    await settle();
  }
  scheduler.advanceTo(until);
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
}

/** What became of a request: when it was let go, or that it was refused. */
function watch(scheduler: VirtualScheduler, answer: Promise<void> | undefined) {
  const seen: { at?: number; error?: unknown } = {};
  if (answer === undefined) seen.at = scheduler.now();
  answer?.then(
    () => (seen.at = scheduler.now()),
    (error: unknown) => (seen.error = error),
  );
  return seen;
}

describe("a limit", () => {
  test("lets requests go at once, without a promise, until it is used up but for the reserve", () => {
    const { limiter } = limiterOf([WEIGHT]);
    for (let request = 0; request < 9; request += 1) expect(limiter.acquire(QUERY)).toBeUndefined();
    expect(limiter.tryAcquire(QUERY)).toBe(false);
    expect(limiter.tryAcquire(QUERY, "background")).toBe(false);
    expect(limiter.tryAcquire(QUERY, "cancel")).toBe(true);
    expect(limiter.tryAcquire({ weight: 1 }, "exit")).toBe(false);
    expect(limiter.usage()).toEqual([{ name: "weight", limit: 100, used: 100 }]);
  });

  test("is kept beside every other one that a request takes from", () => {
    const { limiter } = limiterOf([WEIGHT, ORDERS]);
    for (let request = 0; request < 10; request += 1) expect(limiter.tryAcquire(ORDER)).toBe(true);
    expect(limiter.tryAcquire(ORDER)).toBe(false);
    expect(limiter.tryAcquire(QUERY)).toBe(true);
  });

  test("frees what was spent a window ago, and at most a sixtieth of the window later", async () => {
    const { scheduler, limiter } = limiterOf([ORDERS]);
    for (let request = 0; request < 10; request += 1) limiter.tryAcquire(ORDER);
    const waiting = watch(scheduler, limiter.acquire(ORDER, "normal", 20_000));
    await pass(scheduler, 1_009_999);
    expect(waiting.at).toBeUndefined();
    await pass(scheduler, 1_010_168);
    expect(waiting.at).toBeGreaterThan(1_010_000);
  });

  test("that the user sets counts every request", async () => {
    const { scheduler, limiter } = limiterOf([], { requestsPerSecond: 0.5 });
    expect(limiter.acquire({})).toBeUndefined();
    const second = watch(scheduler, limiter.acquire(ORDER));
    await pass(scheduler, 1_004_000);
    expect((second.at as number) - 1_000_000).toBeGreaterThanOrEqual(2000);
    expect(() => limiterOf([], { requestsPerSecond: 0 })).toThrow(ConfigurationError);
  });

  test("learned later keeps what is already spent of it", () => {
    const { limiter } = limiterOf([ORDERS]);
    for (let request = 0; request < 4; request += 1) limiter.tryAcquire(ORDER);
    limiter.setLimits([{ ...ORDERS, limit: 5 }, WEIGHT]);
    expect(limiter.tryAcquire(ORDER)).toBe(true);
    expect(limiter.tryAcquire(ORDER)).toBe(false);
  });

  test("follows the exchange's own count upwards and never down", () => {
    const { limiter } = limiterOf([WEIGHT]);
    limiter.tryAcquire(QUERY);
    limiter.observe("weight", 85);
    limiter.observe("weight", 3);
    limiter.observe("elsewhere", 1000);
    limiter.observe("weight", NaN);
    expect(limiter.usage()[0]?.used).toBe(85);
    expect(limiter.tryAcquire(QUERY)).toBe(false);
    expect(limiter.tryAcquire({ weight: 5 })).toBe(true);
  });

  test("that is smaller than a request refuses it for good", async () => {
    const { limiter } = limiterOf([WEIGHT]);
    await expect(limiter.acquire({ weight: 91 })).rejects.toThrow(
      'a request to Binance takes 91 of the limit "weight", which allows 90; ask for less at once',
    );
  });
});

describe("a request that has to wait", () => {
  test("is refused at once when it cannot be in time, with the time to wait", async () => {
    const { limiter } = limiterOf([ORDERS]);
    for (let request = 0; request < 10; request += 1) limiter.tryAcquire(ORDER);
    await expect(limiter.acquire(ORDER, "normal", 5000)).rejects.toThrow(RateLimitedError);
    const error = await Promise.resolve(limiter.acquire(ORDER, "normal", 5000)).catch((refusal: unknown) => refusal);
    expect((error as RateLimitedError).retryAfterMs).toBeGreaterThanOrEqual(10_000);
    expect(limiter.waiting).toBe(0);
  });

  test("is refused at its deadline when those before it took its place", async () => {
    const { scheduler, limiter } = limiterOf([{ ...ORDERS, limit: 1 }]);
    limiter.tryAcquire(ORDER);
    const first = watch(scheduler, limiter.acquire(ORDER, "normal", 15_000));
    const second = watch(scheduler, limiter.acquire(ORDER, "normal", 15_000));
    await pass(scheduler, 1_015_000);
    expect(first.at).toBeDefined();
    expect(second.error).toBeInstanceOf(RateLimitedError);
    expect(limiter.waiting).toBe(0);
  });

  test("gives way to one that is more urgent, and holds back one that is less", async () => {
    const { scheduler, limiter } = limiterOf([{ ...ORDERS, limit: 1 }]);
    limiter.tryAcquire(ORDER);
    const order: string[] = [];
    for (const priority of ["background", "normal", "exit", "cancel"] as const) {
      void limiter.acquire(ORDER, priority, 60_000)?.then(() => order.push(priority));
    }
    await pass(scheduler, 1_060_000);
    expect(order).toEqual(["cancel", "exit", "normal", "background"]);
  });

  test("does not hold back what takes from other limits", () => {
    const { limiter } = limiterOf([WEIGHT, { ...ORDERS, limit: 1 }]);
    limiter.tryAcquire(ORDER);
    void limiter.acquire(ORDER, "exit", 60_000);
    expect(limiter.acquire(QUERY, "normal")).toBeUndefined();
  });

  test("is not put off for ever by smaller ones of less urgency that would always fit", async () => {
    const { scheduler, limiter } = limiterOf([{ ...WEIGHT, reserveShare: 0 }]);
    for (let request = 0; request < 100; request += 1) {
      limiter.tryAcquire({ weight: 1 });
      await pass(scheduler, scheduler.now() + 600);
    }
    const large = watch(scheduler, limiter.acquire({ weight: 90 }, "normal", 70_000));
    const small = [];
    for (let request = 0; request < 130 && large.at === undefined; request += 1) {
      small.push(watch(scheduler, limiter.acquire({ weight: 1 }, "background", 1000)));
      await pass(scheduler, scheduler.now() + 500);
    }
    expect(large.at).toBeDefined();
    expect(small.filter(({ at }) => at !== undefined && at < (large.at as number))).toEqual([]);
  });

  test("finds a full queue closed, except that a cancel takes the place of the least urgent", async () => {
    const { scheduler, limiter } = limiterOf([{ ...ORDERS, limit: 1 }], { queueLengthMax: 2, waitMsMax: 60_000 });
    limiter.tryAcquire(ORDER);
    const normal = watch(scheduler, limiter.acquire(ORDER, "normal"));
    const background = watch(scheduler, limiter.acquire(ORDER, "background"));
    await expect(limiter.acquire(ORDER, "background")).rejects.toThrow(RateLimitedError);
    const cancel = watch(scheduler, limiter.acquire(ORDER, "cancel"));
    await pass(scheduler, 1_040_000);
    expect(background.error).toBeInstanceOf(RateLimitedError);
    expect(cancel.at).toBeLessThan(normal.at as number);
  });

  test("is refused when the limiter is disposed of", async () => {
    const { scheduler, limiter } = limiterOf([{ ...ORDERS, limit: 1 }]);
    limiter.tryAcquire(ORDER);
    const waiting = watch(scheduler, limiter.acquire(ORDER, "normal", 60_000));
    limiter[Symbol.dispose]();
    await settle();
    expect(waiting.error).toBeInstanceOf(RateLimitedError);
    expect(limiter.tryAcquire(QUERY)).toBe(false);
    await expect(limiter.acquire(QUERY)).rejects.toThrow(RateLimitedError);
    expect(scheduler.nextDue).toBe(Infinity);
  });
});

describe("a penalty", () => {
  test("holds everything back until it is over, cancels too", async () => {
    const { scheduler, limiter } = limiterOf([WEIGHT]);
    limiter.penalty(1_008_000);
    limiter.penalty(1_002_000);
    expect(limiter.silentUntil).toBe(1_008_000);
    const normal = watch(scheduler, limiter.acquire(QUERY));
    const cancel = watch(scheduler, limiter.acquire(QUERY, "cancel"));
    await expect(limiter.acquire(QUERY, "exit", 7999)).rejects.toThrow("Binance asks to wait 8000 ms before the next request");
    await pass(scheduler, 1_009_000);
    expect([normal.at, cancel.at]).toEqual([1_008_000, 1_008_000]);
    expect(limiter.silentUntil).toBeUndefined();
  });

  test("of one limit leaves alone what does not take from it", () => {
    const { limiter } = limiterOf([WEIGHT, ORDERS]);
    limiter.penalty(1_008_000, "orders10s");
    expect(limiter.tryAcquire(ORDER, "exit")).toBe(false);
    expect(limiter.tryAcquire({ weight: 1 }, "cancel")).toBe(true);
  });
});

describe("whatever is asked for", () => {
  interface Step {
    readonly pauseMs: number;
    readonly priority: Priority;
    readonly weight: number;
    readonly isOrder: boolean;
    readonly waitMs: number;
  }
  const step: fc.Arbitrary<Step> = fc.record({
    pauseMs: fc.oneof(
      { weight: 3, arbitrary: fc.constant(0) },
      { weight: 2, arbitrary: fc.integer({ min: 0, max: 500 }) },
      fc.double({ min: 0, max: 4000, noNaN: true }),
    ),
    priority: fc.constantFrom(...PRIORITIES),
    weight: fc.integer({ min: 1, max: 10 }),
    isOrder: fc.boolean(),
    waitMs: fc.constantFrom(0, 100, 3000, 20_000),
  });
  const limitsOf = (weight: number, orders: number, marginMs: number): readonly RateLimit[] => [
    { name: "weight", limit: weight, windowMs: 5000, reserveShare: 0.2, marginMs },
    { name: "orders", limit: orders, windowMs: 1000, reserveShare: 0.5, marginMs },
    { name: "requests", limit: 3 * orders, windowMs: 3333, countsRequests: true, marginMs },
  ];

  /** Plays the steps and lists what was granted, in order. */
  async function play(limits: readonly RateLimit[], steps: readonly Step[]) {
    const { scheduler, limiter } = limiterOf(limits);
    const all: { readonly step: Step; readonly askedAt: number; readonly seen: ReturnType<typeof watch> }[] = [];
    for (const one of steps) {
      await pass(scheduler, scheduler.now() + one.pauseMs);
      const cost: RequestCost = one.isOrder ? { weight: one.weight, orders: 1 } : { weight: one.weight };
      const seen = watch(scheduler, limiter.acquire(cost, one.priority, one.waitMs));
      all.push({ step: one, askedAt: scheduler.now(), seen });
    }
    await pass(scheduler, scheduler.now() + 30_000);
    return { all, limiter };
  }

  function mostInAnyWindow(spent: readonly { readonly at: number; readonly amount: number }[], windowMs: number): number {
    const ordered = spent.toSorted((left, right) => left.at - right.at);
    return Math.max(
      0,
      ...ordered.map(({ at: start }) =>
        ordered.filter(({ at }) => at >= start && at < start + windowMs).reduce((sum, { amount }) => sum + amount, 0),
      ),
    );
  }

  const scenario = fc.tuple(
    fc.integer({ min: 13, max: 60 }),
    fc.integer({ min: 2, max: 8 }),
    fc.constantFrom(0, 50),
    fc.array(step, { minLength: 1, maxLength: 60 }),
  );

  test("no window of any limit holds more than it allows, and what is in reserve is kept for cancels and exits", async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ([weight, orders, marginMs, steps]) => {
        const limits = limitsOf(weight, orders, marginMs);
        const { all } = await play(limits, steps);
        for (const { name, limit, windowMs, reserveShare = 0.1 } of limits) {
          const spent = all.flatMap(({ step: { weight: amount, isOrder, priority }, seen }) => {
            if (seen.at === undefined) return [];
            return [{ at: seen.at, amount: name === "weight" ? amount : name === "orders" && !isOrder ? 0 : 1, priority }];
          });
          expect(mostInAnyWindow(spent, windowMs + marginMs)).toBeLessThanOrEqual(limit);
          const ordinary = spent.filter(({ priority }) => priority === "normal" || priority === "background");
          expect(mostInAnyWindow(ordinary, windowMs + marginMs)).toBeLessThanOrEqual(limit - Math.floor(limit * reserveShare));
        }
      }),
      { numRuns: 150 },
    );
  });

  test("every request is answered by its deadline, and within a priority in the order in which they came", async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ([weight, orders, marginMs, steps]) => {
        const { all, limiter } = await play(limitsOf(weight, orders, marginMs), steps);
        expect(limiter.waiting).toBe(0);
        for (const priority of PRIORITIES) {
          const granted = all.filter(({ step: one, seen }) => one.priority === priority && seen.at !== undefined);
          const times = granted.map(({ seen }) => seen.at as number);
          expect(times).toEqual(times.toSorted((left, right) => left - right));
          for (const { step: one, askedAt, seen } of granted) expect(seen.at).toBeLessThanOrEqual(askedAt + one.waitMs);
        }
        for (const { seen } of all) expect(seen.at === undefined).toBe(seen.error !== undefined);
      }),
      { numRuns: 150 },
    );
  });

  test("a cancel whose reserve is free goes at once, whoever else waits", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), fc.integer({ min: 0, max: 3000 }), async (steps, pauseMs) => {
        const { scheduler, limiter } = limiterOf(limitsOf(50, 8, 0));
        for (const { isOrder, weight, priority } of steps) {
          if (priority === "cancel" || priority === "exit") continue;
          void limiter.acquire(isOrder ? { weight, orders: 1 } : { weight }, priority, 20_000)?.catch(() => undefined);
        }
        await pass(scheduler, scheduler.now() + pauseMs);
        // A fifth of 50 is kept for cancels.
        for (let cancel = 0; cancel < 2; cancel += 1) expect(limiter.acquire({ weight: 5 }, "cancel")).toBeUndefined();
      }),
    );
  });
});
