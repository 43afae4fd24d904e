import { expect, test } from "vitest";
import { decycler } from "./decycler.ts";

test("short swings are taken out and the trend is kept", () => {
  const line = decycler(60);
  let worst = 0;
  for (let row = 0; row < 600; row += 1) {
    line.next(100 + row + 5 * Math.sin((2 * Math.PI * row) / 10));
    if (row > 300) worst = Math.max(worst, Math.abs(line.value - (100 + row)));
  }
  // Less than a quarter of the swing is left.
  expect(worst).toBeLessThan(1.25);
});
