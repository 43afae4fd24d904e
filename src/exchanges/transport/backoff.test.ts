import { describe, expect, test } from "vitest";
import { createRandom } from "../../base/random.ts";
import type { Random } from "../../base/random.ts";
import { Backoff } from "./backoff.ts";

describe("waits between repetitions", () => {
  /** Chance that always says its utmost. */
  const utmost: Random = { ...createRandom(1), next: () => 1 };

  test("have bounds that double up to the cap, and start over after success", () => {
    const backoff = new Backoff(utmost, { baseMs: 100, capMs: 1000 });
    expect([1, 2, 3, 4, 5, 6].map(() => backoff.next())).toEqual([100, 200, 400, 800, 1000, 1000]);
    backoff.reset();
    expect(backoff.next()).toBe(100);
  });

  test("are spread evenly between nothing and the bound", () => {
    const backoff = new Backoff(createRandom(7), { baseMs: 1000, capMs: 1000 });
    const waits = Array.from({ length: 10_000 }, () => backoff.next());
    for (let tenth = 0; tenth < 10; tenth += 1) {
      const share = waits.filter((waitMs) => waitMs >= 100 * tenth && waitMs < 100 * (tenth + 1)).length;
      // A binomial count of mean 1000 and deviation 30.
      expect(Math.abs(share - 1000)).toBeLessThan(120);
    }
  });

  test("need a base above zero and below the cap", () => {
    expect(() => new Backoff(utmost, { baseMs: 0 })).toThrow("backoff");
    expect(() => new Backoff(utmost, { baseMs: 10, capMs: 1 })).toThrow("backoff");
  });
});
