import { expect, test } from "vitest";
import { pvt } from "./pvt.ts";

test("it gives cinar's numbers", () => {
  const closes = [318.600006, 315.839996, 316.149994, 310.570007];
  const volumes = [7919700, 4351600, 3025700, 3835800];
  const line = pvt();
  const values = closes.map((close, row) => {
    line.next(close, volumes[row] as number);
    return line.value.toFixed(2);
  });
  expect(values).toEqual(["0.00", "-37697.61", "-34727.88", "-102429.02"]);
});

test("after a price of zero nothing is added", () => {
  const line = pvt();
  for (const close of [0, 5, 10]) line.next(close, 3);
  expect(line.value).toBe(3);
});
