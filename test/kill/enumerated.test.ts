/**
 * A run is killed at its disk operations and at everything it hands to the network, found by living once undisturbed: as the death of the
 * process and as a power cut, with fills and falling prices while it is down. The venue knows the truth: one order for an intent, each
 * trade booked once, money and position to the last unit, a stop for every position within ten seconds of a recovery, nothing lost that
 * was acknowledged, nothing invented, and a journal that replays. Here a sample is died; `npm run kills -- --enumerate` dies them all.
 */
import { expect, test } from "vitest";
import { enumerateDeaths } from "./enumerate.ts";
import { play } from "./play.ts";

test.each([
  ["spot", 61],
  ["linear", 61],
] as const)("a run on %s that is killed anywhere goes on as if nothing had happened", async (market, every) => {
  const { violations, deaths, points } = await enumerateDeaths({ market, seed: 1, every, recoveryEvery: 8 });
  expect(violations).toEqual([]);
  expect(deaths).toBeGreaterThan(50);
  for (const kind of ["append", "sync", "rename", "syncFolder", "send", "order"] as const) expect(points[kind]).toBeGreaterThan(0);
});

// Each was a loss once.
test.each([
  ["the fill of an exit, torn from the books", "linear", 141, "before", "fill"],
  ["a stop that was written down and not sent", "linear", 169, "before", "drop"],
  ["a stop group that was not answered", "spot", 56, "after", "drop"],
  ["a part of a fill, with the stops of another", "spot", 85, "before", "drop"],
  ["the second half of changing a stop", "linear", 97, "before", "fill"],
] as const)("%s is taken up by the next start", async (_name, market, point, moment, mishap) => {
  for (const isPowerCut of [false, true]) {
    for (const near of [point - 1, point, point + 1]) {
      const { violations } = await play({ market, seed: 1, deaths: [{ point: near, moment }], isPowerCut, mishap });
      expect(violations).toEqual([]);
    }
  }
});
