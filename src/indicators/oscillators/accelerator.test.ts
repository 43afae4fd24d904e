import { expect, test } from "vitest";
import { accelerator } from "./accelerator.ts";

test("it is the awesome oscillator less its average", () => {
  const line = accelerator({ fast: 1, slow: 2, smooth: 2 });
  const values = [10, 12, 13, 17].map((price) => {
    line.update({ openTime: 0, open: price, high: price, low: price, close: price, volume: 1 });
    return line.value;
  });
  // The awesome oscillator is 1, 0.5 and 2 from the second bar on; its average of two 0.75 and 1.25.
  expect(values).toEqual([NaN, NaN, -0.25, 0.75]);
});
