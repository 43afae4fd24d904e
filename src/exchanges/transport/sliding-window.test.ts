/**
 * Properties, against a list of everything that was spent:
 * - What counts is at least what the window holds and at most what a window one sixtieth longer holds.
 * - At the moment that `lowAt` names, no more than the target counts, and a slice earlier more did.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SlidingWindow } from "./sliding-window.ts";

describe("a sliding window", () => {
  const WINDOW_MS = 6000;
  const SLICE_MS = 100;
  const steps = fc.array(
    fc.record({
      pauseMs: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 900, noNaN: true }), fc.constantFrom(100, 6000, 50_000)),
      amount: fc.integer({ min: 0, max: 9 }),
    }),
    { maxLength: 100 },
  );

  test("counts everything for its length, and for no more than a slice longer", () => {
    fc.assert(
      fc.property(steps, fc.double({ min: 0, max: 2e12, noNaN: true }), (all, start) => {
        const window = new SlidingWindow(WINDOW_MS);
        const spent: { readonly at: number; readonly amount: number }[] = [];
        let now = start;
        for (const { pauseMs, amount } of all) {
          now += pauseMs;
          window.spend(now, amount);
          spent.push({ at: now, amount });
          const since = (from: number): number => spent.filter(({ at }) => at > from).reduce((sum, one) => sum + one.amount, 0);
          expect(window.used(now)).toBeGreaterThanOrEqual(since(now - WINDOW_MS));
          // Moments near 2e12 are told apart to a quarter of a microsecond.
          expect(window.used(now)).toBeLessThanOrEqual(since(now - WINDOW_MS - SLICE_MS - 0.001));
        }
      }),
    );
  });

  test("names the moment at which enough has passed", () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 50 }), (all, target) => {
        const window = new SlidingWindow(WINDOW_MS);
        let now = 0;
        for (const { pauseMs, amount } of all) {
          now += pauseMs;
          window.spend(now, amount);
        }
        const lowAt = window.lowAt(now, target);
        if (lowAt > now) {
          expect(window.used(Math.max(now, lowAt - SLICE_MS / 2))).toBeGreaterThan(target);
          expect(window.used(lowAt + 0.001)).toBeLessThanOrEqual(target);
        } else expect(window.used(now)).toBeLessThanOrEqual(target);
      }),
    );
  });

  test("is never low enough for less than nothing, and takes a moment of the past for the present", () => {
    const window = new SlidingWindow(WINDOW_MS);
    window.spend(1000, 1);
    expect(window.lowAt(1000, -1)).toBe(Infinity);
    expect(window.used(500)).toBe(1);
    expect(window.lowAt(1000, 1)).toBe(1000);
  });
});
