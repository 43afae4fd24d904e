import { expect, test } from "vitest";
import { exampleBars, lastOf } from "../example-bars.ts";
import { entropy } from "./entropy.ts";

test("it gives the numbers of pandas-ta", () => {
  const expected = [2.3219239508156035, 2.3219214330060503, 2.321920394499289];
  lastOf(entropy(5).over(exampleBars).value, 3).forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 10));
});

test("equal numbers have the most bits, a single one that makes up the whole has none", () => {
  const even = entropy(8);
  for (let step = 0; step < 8; step += 1) even.next(3);
  expect(even.value).toBe(3);
  const single = entropy(4);
  for (const number of [0, 0, 7, 0]) single.next(number);
  expect(single.value).toBe(0);
});

test("negative numbers and zeros alone have none", () => {
  const line = entropy(2);
  line.next(-1);
  line.next(3);
  expect(line.value).toBeNaN();
  line.next(0);
  line.next(0);
  expect(line.value).toBeNaN();
});
