import { describe, expect, it } from "vitest";
import { createRandom } from "../base/random.ts";
import { createIds, idPrefix, strategyMark } from "./order-ids.ts";

describe("client order ids", () => {
  it("F23: of a thousand starts of one strategy never meet, not even of starts in one millisecond", () => {
    const random = createRandom(7);
    const ids = new Set<string>();
    for (let start = 0; start < 1_000; start += 1) {
      const next = createIds(idPrefix("ema-cross", 1_767_614_400_000 + Math.floor(start / 2), random));
      for (let order = 0; order < 50; order += 1) ids.add(next());
    }
    expect(ids.size).toBe(50_000);
  });

  it("are letters and digits, at most 32 of them after a billion orders, which every exchange takes", () => {
    const prefix = idPrefix("Überstrategie № 1", Date.UTC(2100, 0, 1), createRandom(1));
    expect(prefix).toMatch(/^[a-z0-9]{21}$/);
    expect((prefix + (1e9).toString(36)).length).toBeLessThanOrEqual(32);
  });

  it("begin with what tells one strategy from another", () => {
    const random = createRandom(1);
    expect(idPrefix("a", 0, random).startsWith(strategyMark("a"))).toBe(true);
    expect(strategyMark("a")).not.toBe(strategyMark("b"));
  });
});
