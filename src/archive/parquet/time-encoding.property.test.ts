import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeTimes, encodeTimes } from "./time-encoding.ts";

const micros = fc.integer({ min: 0, max: 4_102_444_800_000_000 });

describe("times of a Parquet page", () => {
  it("read back as they were written, whatever their steps", () => {
    fc.assert(
      fc.property(fc.array(micros, { maxLength: 3_000 }), (values) => {
        const times = Float64Array.from(values);
        expect(decodeTimes(encodeTimes(times), times.length)).toEqual(times.map((value) => value / 1_000));
      }),
    );
  });

  it("take a few bytes per thousand when bars are evenly spaced", () => {
    const minutes = Float64Array.from({ length: 100_000 }, (_, row) => 1_640_995_200_000_000 + row * 60_000_000);
    expect(encodeTimes(minutes).length).toBeLessThan(1_200);
  });

  it("are refused when they are cut short or belong to another number of rows", () => {
    const bytes = encodeTimes(Float64Array.from({ length: 2_000 }, (_, row) => row * row * 1_000));
    for (const length of [0, 1, 5, 100, bytes.length - 1]) expect(() => decodeTimes(bytes.subarray(0, length), 2_000)).toThrow(/broken/);
    expect(() => decodeTimes(bytes, 1_999)).toThrow(/broken/);
  });
});
