/** Properties: a virtual clock shows the latest moment it was told, in whatever order. */
import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { VirtualClock, sleep, systemClock } from "./clock.ts";

describe("VirtualClock", () => {
  test("shows the latest moment it was told", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: 0 })), (moments) => {
        const clock = new VirtualClock();
        for (const moment of moments) clock.advanceTo(moment);
        expect(clock.now()).toBe(Math.max(0, ...moments));
      }),
    );
  });

  test("ignores a moment that is none", () => {
    const clock = new VirtualClock(5);
    clock.advanceTo(NaN);
    expect(clock.now()).toBe(5);
  });
});

describe("systemClock", () => {
  test("tells milliseconds since the epoch", () => {
    expect(systemClock.now()).toBeGreaterThan(Date.UTC(2025, 0, 1));
    expect(systemClock.now()).toBeLessThan(Date.UTC(2200, 0, 1));
  });
});

describe("sleep", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test("lasts as long as asked, also beyond what one timer can hold", async () => {
    vi.useFakeTimers();
    for (const durationMs of [0, 10, 2 ** 31 - 1, 2 ** 31 + 5, 90 * 86_400_000]) {
      let isOver = false;
      const waiting = sleep(durationMs).then(() => {
        isOver = true;
      });
      if (durationMs > 0) {
        await vi.advanceTimersByTimeAsync(durationMs - 1);
        expect(isOver).toBe(false);
      }
      await vi.advanceTimersByTimeAsync(1);
      expect(isOver).toBe(true);
      await waiting;
    }
  });

  test("ends at once when its signal is aborted, before or during the wait, and leaves no timer", async () => {
    vi.useFakeTimers();
    await sleep(1_000, AbortSignal.abort());
    const controller = new AbortController();
    const waiting = sleep(1_000, controller.signal);
    controller.abort();
    await waiting;
    expect(vi.getTimerCount()).toBe(0);
  });
});
