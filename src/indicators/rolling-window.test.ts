import fc from "fast-check";
import { expect, test } from "vitest";
import { RollingWindow } from "./rolling-window.ts";

test("a full window lies in one stretch, oldest first, whatever has passed through it", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.array(fc.integer({ min: -99, max: 99 })), (period, numbers) => {
      const window = new RollingWindow(period);
      numbers.forEach((number, row) => {
        const isFull = window.push(number);
        expect(window.values[window.newest]).toBe(number);
        expect(isFull).toBe(row + 1 >= period);
        if (!isFull) return;
        const last = numbers.slice(row + 1 - period, row + 1);
        expect([...window.values.subarray(window.start, window.end)]).toEqual(last);
        expect(window.oldest).toBe(last[0]);
        expect(window.sum()).toBe(last.reduce((sum, value) => sum + value, 0));
      });
    }),
  );
});

test("it forgets everything when it starts again", () => {
  const window = new RollingWindow(2);
  window.push(1);
  window.push(2);
  window.reset();
  expect(window.push(3)).toBe(false);
  expect(window.isFull).toBe(false);
});
