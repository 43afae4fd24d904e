import { expect, test } from "vitest";
import { pivotLevels } from "./pivot-levels.ts";

const session = { open: 100, high: 110, low: 90, close: 106, nextOpen: 104 };

test.each([
  // Pivot (110 + 90 + 106) / 3 = 102.
  ["classic", [102, 114, 122, 134, NaN, 94, 82, 74, NaN]],
  ["fibonacci", [102, 109.64, 114.36, 122, NaN, 94.36, 89.64, 82, NaN]],
  // A range of 20, times 1.1, over 12, 6, 4 and 2, from the close.
  ["camarilla", [106, 107.8333, 109.6667, 111.5, 117, 104.1667, 102.3333, 100.5, 95]],
  // (110 + 90 + 2 · 104) / 4 = 102.
  ["woodie", [102, 114, 122, 134, NaN, 94, 82, 74, NaN]],
  // After a rise 2 · 110 + 90 + 106 = 416.
  ["demark", [104, 118, NaN, NaN, NaN, 98, NaN, NaN, NaN]],
] as const)("%s levels follow their formula", (kind, expected) => {
  const levels = new Float64Array(9);
  pivotLevels(kind, session, levels);
  expect([...levels].map((level) => Math.round(level * 10_000) / 10_000)).toEqual(expected);
});

test("DeMark's levels weigh the low after a fall and the close when nothing changed", () => {
  const levels = new Float64Array(9);
  pivotLevels("demark", { ...session, close: 94 }, levels);
  expect(levels[0]).toBe((110 + 180 + 94) / 4);
  pivotLevels("demark", { ...session, close: 100 }, levels);
  expect(levels[0]).toBe((110 + 90 + 200) / 4);
});
