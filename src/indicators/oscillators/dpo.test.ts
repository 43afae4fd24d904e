import { expect, test } from "vitest";
import { dpo } from "./dpo.ts";

test("it gives the numbers of Achelis' book", () => {
  const line = dpo(6);
  const closes = [21.6562, 21.625, 21.5312, 22, 21.5, 21.9375, 22.8438, 23.0625, 22.8125, 23.4375, 19.9375, 20.4688, 20.0625, 19.75];
  const values = closes.map((close) => {
    line.next(close);
    return line.value;
  });
  const expected = [-0.0833, -0.3751, -0.1458, -0.8594, -0.6615, 0.5053, 0.9687, 1.1823, 2.3594];
  expect(values.slice(0, 5)).toEqual(Array<number>(5).fill(NaN));
  values.slice(5).forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 3));
});
