import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HistoryRing } from "./history.ts";

const barAt = (time: number) => ({
  openTime: time,
  open: time + 0.1,
  high: time + 0.2,
  low: time + 0.3,
  close: time + 0.4,
  volume: time + 0.5,
});

describe("a history", () => {
  it("looks back from the newest bar and is NaN beyond what it holds", () => {
    const ring = new HistoryRing(3);
    for (const time of [1, 2, 3, 4, 5]) ring.push(barAt(time));
    expect([0, 1, 2, 3, -1].map((back) => ring.close(back))).toEqual([5.4, 4.4, 3.4, NaN, NaN]);
    expect([ring.openTime(2), ring.open(2), ring.high(2), ring.low(2), ring.volume(2)]).toEqual([3, 3.1, 3.2, 3.3, 3.5]);
    expect([ring.length, ring.at(0), ring.at(3)]).toEqual([3, barAt(5), undefined]);
  });

  it("is empty before the first bar", () => {
    const ring = new HistoryRing(3);
    expect([ring.length, ring.close(0), ring.at(0)]).toEqual([0, NaN, undefined]);
  });

  it("always holds the last bars of what it was given", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 40 }), (capacity, count) => {
        const ring = new HistoryRing(capacity);
        for (let time = 0; time < count; time += 1) ring.push(barAt(time));
        const held = Array.from({ length: ring.length }, (_, back) => ring.openTime(back));
        expect(held).toEqual(Array.from({ length: Math.min(capacity, count) }, (_, back) => count - 1 - back));
      }),
    );
  });
});
