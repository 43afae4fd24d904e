/**
 * Properties: the same seed gives the same stream; every safe integer and every label gives its own; draws stay in range.
 * The moments are those of the distributions, with bounds of five standard errors.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Random } from "./random.ts";
import { createRandom } from "./random.ts";

function take(random: Random, length = 4): number[] {
  return Array.from({ length }, () => random.next());
}

describe("createRandom", () => {
  test("repeats itself for a seed", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (seed) => {
        expect(take(createRandom(seed))).toEqual(take(createRandom(seed)));
      }),
    );
  });

  test("gives the same bits on every machine", () => {
    expect(take(createRandom(1), 3)).toEqual(EXPECTED_UNIFORM);
    const random = createRandom(42);
    expect([random.normal(), random.exponential(2), random.integer(1, 6), random.normal()]).toEqual(EXPECTED_MIX);
    expect(take(createRandom(7).fork("trades"), 2)).toEqual(EXPECTED_FORK);
  });

  test("has a stream of its own for every whole number, negative and beyond 32 bits too", () => {
    const seeds = [0, 1, -1, -2, 2 ** 32, 2 ** 32 + 1, 2 ** 33, -(2 ** 32), Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];
    expect(new Set(seeds.map((seed) => take(createRandom(seed), 1)[0])).size).toBe(seeds.length);
    fc.assert(
      fc.property(
        fc.maxSafeInteger(),
        fc.maxSafeInteger(),
        (left, right) => left === right || take(createRandom(left))[0] !== take(createRandom(right))[0],
      ),
    );
  });

  test("refuses a seed that is no whole number", () => {
    expect(() => createRandom(0.5)).toThrow("a seed is a whole number");
    expect(() => createRandom(NaN)).toThrow("a seed is a whole number");
  });
});

describe("fork", () => {
  test("does not depend on how much the parent was used", () => {
    const parent = createRandom(3);
    const before = take(parent.fork("a"));
    take(parent, 100);
    expect(take(parent.fork("a"))).toEqual(before);
  });

  test("gives no two of many labels and seeds the same stream", () => {
    const seen = new Set<number>();
    const labels = ["a", "b", "x", "y", "ab", "ba", "aa", "trial-1", "trial-2", "", "0", "1"];
    for (let seed = -50; seed < 50; seed += 1) {
      const parent = createRandom(seed);
      seen.add(parent.next());
      for (const label of labels) {
        seen.add(parent.fork(label).next());
        seen.add(parent.fork(label).fork(label).next());
      }
    }
    expect(seen.size).toBe(100 * (1 + 2 * labels.length));
    expect(createRandom(1).fork("a").next()).not.toBe(
      createRandom(2 ** 32 + 1)
        .fork("a")
        .next(),
    );
  });

  test("is not correlated with its parent", () => {
    const parent = createRandom(5);
    const child = parent.fork("child");
    let sum = 0;
    for (let index = 0; index < 20_000; index += 1) sum += (parent.next() - 0.5) * (child.next() - 0.5);
    expect(Math.abs(sum / 20_000) * 12).toBeLessThan(5 / Math.sqrt(20_000));
  });
});

describe("draws", () => {
  test("stay in their range", () => {
    fc.assert(
      fc.property(fc.integer(), fc.maxSafeInteger(), fc.nat(1_000_000), (seed, min, span) => {
        const random = createRandom(seed);
        const max = Math.min(min + span, Number.MAX_SAFE_INTEGER);
        for (let draw = 0; draw < 20; draw += 1) {
          const whole = random.integer(min, max);
          expect(Number.isSafeInteger(whole) && whole >= min && whole <= max).toBe(true);
          const uniform = random.next();
          expect(uniform >= 0 && uniform < 1).toBe(true);
          expect(random.exponential(3)).toBeGreaterThanOrEqual(0);
          expect(Number.isFinite(random.normal())).toBe(true);
        }
      }),
    );
  });

  test("reach both ends of a range of whole numbers equally often", () => {
    const random = createRandom(9);
    const counts = [0, 0, 0, 0, 0, 0];
    for (let draw = 0; draw < 60_000; draw += 1) {
      const face = random.integer(1, 6) - 1;
      counts[face] = (counts[face] ?? 0) + 1;
    }
    for (const times of counts) expect(Math.abs(times - 10_000)).toBeLessThan(5 * Math.sqrt(60_000 * (1 / 6) * (5 / 6)));
  });

  test("refuse an empty or endless range", () => {
    expect(() => createRandom(1).integer(2, 1)).toThrow("no whole number to draw");
    expect(() => createRandom(1).integer(0.5, 3)).toThrow("no whole number to draw");
    expect(() => createRandom(1).integer(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)).toThrow("no whole number to draw");
  });

  test("are normal: moments, and the share beyond each of several distances", () => {
    const random = createRandom(11);
    const length = 1_000_000;
    const moments = [0, 0, 0, 0];
    const beyond = { 1: 0, 2: 0, 3: 0, 3.5: 0, 4: 0 };
    const distances = [1, 2, 3, 3.5, 4] as const;
    for (let draw = 0; draw < length; draw += 1) {
      const value = random.normal();
      for (let power = 0; power < 4; power += 1) moments[power] = (moments[power] ?? 0) + value ** (power + 1) / length;
      for (const distance of distances) if (value > distance) beyond[distance] += 1;
    }
    // Variances of the powers of a normal: 1, 2, 15, 96.
    [0, 1, 0, 3].forEach((expected, index) =>
      expect(Math.abs((moments[index] ?? NaN) - expected)).toBeLessThan(5 * Math.sqrt(([1, 2, 15, 96][index] ?? NaN) / length)),
    );
    // Upper tail of the standard normal, from tables.
    const shares = { 1: 0.15865525, 2: 0.02275013, 3: 0.001349898, 3.5: 0.000232629, 4: 0.0000316712 };
    for (const distance of distances)
      expect(Math.abs(beyond[distance] - length * shares[distance])).toBeLessThan(5 * Math.sqrt(length * shares[distance]));
  });

  test("are exponential: mean and share beyond three means", () => {
    const random = createRandom(13);
    let sum = 0;
    let beyond = 0;
    for (let draw = 0; draw < 200_000; draw += 1) {
      const value = random.exponential(2);
      sum += value;
      if (value > 6) beyond += 1;
    }
    expect(Math.abs(sum / 200_000 - 2)).toBeLessThan((5 * 2) / Math.sqrt(200_000));
    expect(Math.abs(beyond - 200_000 * 0.049787)).toBeLessThan(5 * Math.sqrt(200_000 * 0.049787));
  });
});

const EXPECTED_UNIFORM = [0.5636717720710586, 0.8959073941886353, 0.2723428182814803];
const EXPECTED_MIX = [-0.10566775515449131, 1.7084059984507898, 5, -0.21819175225796947];
const EXPECTED_FORK = [0.265671893371606, 0.5099134709479186];
