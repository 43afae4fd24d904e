import { expect, test } from "vitest";
import { qstick } from "./qstick.ts";

test("it gives the numbers of Achelis' book", () => {
  const opens = [62.5625, 64.625, 63.5625, 63.9375, 64.5, 65.1875, 60.5625, 62.25];
  const closes = [64.5625, 64.125, 64.3125, 64.875, 65.1875, 62, 62.1875, 63.875];
  const line = qstick(4);
  const values = opens.map((open, row) => {
    const close = closes[row] as number;
    line.update({ openTime: 0, open, high: Math.max(open, close), low: Math.min(open, close), close, volume: 1 });
    return line.value;
  });
  const expected = [0.7969, 0.4688, -0.2031, 0.0156, 0.1875];
  values.slice(3).forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 3));
});
