import { describe, expect, it } from "vitest";
import { Timers } from "./timers.ts";

describe("timers", () => {
  it("are due on whole multiples of their interval since the epoch, after the start", () => {
    const timers = new Timers();
    timers.add(60, () => undefined);
    expect(timers.nextDue).toBe(Infinity);
    timers.start(90_000);
    expect(timers.nextDue).toBe(120_000);
    timers.start(120_000);
    expect(timers.nextDue).toBe(180_000);
  });

  it("that are due at one moment are taken together, in the order in which they were set", () => {
    const timers = new Timers();
    for (const seconds of [3, 1, 2]) timers.add(seconds, () => undefined);
    timers.start(0);
    const taken: string[] = [];
    for (let step = 0; step < 6; step += 1) {
      const moment = timers.nextDue;
      taken.push(
        `${moment}: ${timers
          .takeDue()
          .map(({ seconds }) => seconds)
          .join(" ")}`,
      );
    }
    expect(taken).toEqual(["1000: 1", "2000: 1 2", "3000: 3 1", "4000: 1 2", "5000: 1", "6000: 3 1 2"]);
  });
});
