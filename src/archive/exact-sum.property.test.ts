import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDecimals, decimalFromNumber, decimalToNumber } from "../base/decimal.ts";
import { withoutNoise } from "./decimals.ts";
import { ExactSum } from "./exact-sum.ts";

/** Volumes as exchanges write them: up to 9 digits before and 8 after the point. */
const volume = fc
  .tuple(fc.integer({ min: 0, max: 999_999_999 }), fc.integer({ min: 0, max: 8 }))
  .map(([units, decimals]) => Number((units / 10 ** decimals).toFixed(decimals)));

describe("the sum of volumes", () => {
  it("is the double of the exact decimal sum", () => {
    fc.assert(
      fc.property(fc.array(volume, { maxLength: 200 }), (volumes) => {
        const sum = new ExactSum();
        for (const value of volumes) sum.add(value);
        const exact = volumes.reduce((total, value) => addDecimals(total, decimalFromNumber(value)), { units: 0n, scale: 0 });
        expect(sum.value()).toBe(decimalToNumber(exact));
      }),
    );
  });

  it("begins again after clear", () => {
    const sum = new ExactSum();
    sum.add(0.123);
    sum.clear();
    for (const value of [0.1, 0.2]) sum.add(value);
    expect(sum.value()).toBe(0.3);
  });
});

describe("taking the noise of a computation out of decimals", () => {
  it("leaves decimals as they were read", () => {
    fc.assert(
      fc.property(fc.array(volume, { minLength: 1 }), (values) => {
        expect(withoutNoise(Float64Array.from(values))).toEqual(Float64Array.from(values));
      }),
    );
  });

  it("gives 0.3 for 0.1 + 0.2", () => {
    expect([...withoutNoise(Float64Array.of(0.1 + 0.2, 0.0016200000000000001, 1 / 3))]).toEqual([0.3, 0.00162, 1 / 3]);
  });
});
