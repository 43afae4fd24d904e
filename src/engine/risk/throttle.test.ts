import { describe, expect, test } from "vitest";
import { DataError } from "../../base/errors.ts";
import { LiveOrder } from "../orders/live-order.ts";
import { OrderThrottle } from "./throttle.ts";

const START = Date.UTC(2024, 0, 1);
const throttle = () => new OrderThrottle({ duplicateWindowMs: 1_000 });
const order = (changes: Partial<LiveOrder> = {}) => Object.assign(new LiveOrder("a", "BTCUSDT", "buy", "market", 1, START), changes);

test("every order of the last minute is counted, exits and stops included", () => {
  const memory = throttle();
  memory.onSent(order(), START);
  memory.onSent(order({ purpose: "exit" }), START + 1_000);
  memory.onSent(order({ purpose: "stopLoss" }), START + 2_000);
  expect(memory.sentWithinMinute(START + 59_999)).toBe(3);
  expect(memory.sentWithinMinute(START + 60_000)).toBe(2);
  expect(memory.sentWithinMinute(START + 62_000)).toBe(0);
});

test("a clock that is set back a little forgets nothing, one that is set back a day blocks nothing", () => {
  const memory = throttle();
  memory.onSent(order(), START);
  expect(memory.sentWithinMinute(START - 2_000)).toBe(1);
  expect(memory.sentWithinMinute(START - 86_400_000)).toBe(0);
});

describe("an entry is the same entry", () => {
  const isDuplicate = (next: Partial<LiveOrder>, afterMs = 999): boolean => {
    const memory = throttle();
    memory.onSent(order({ price: 100 }), START);
    return memory.isDuplicate(order({ price: 100, ...next }), START + afterMs);
  };

  test.each<[Partial<LiveOrder>, boolean]>([
    [{}, true],
    [{ clientOrderId: "b", tag: "other" }, true],
    [{ quantity: 2 }, false],
    [{ price: 101 }, false],
    [{ triggerPrice: 100 }, false],
    [{ side: "sell" }, false],
    [{ symbol: "ETHUSDT" }, false],
    [{ positionSide: "short" }, false],
  ])("with %j: %s", (next, expected) => {
    expect(isDuplicate(next)).toBe(expected);
  });

  test("until its window is over", () => {
    expect(isDuplicate({}, 1_000)).toBe(false);
  });

  test("whatever the size that was computed for it", () => {
    const memory = throttle();
    memory.onSent(order({ shrinkToFit: true }), START);
    expect(memory.isDuplicate(order({ shrinkToFit: true, quantity: 0.97 }), START + 100)).toBe(true);
  });
});

describe("signals in a row", () => {
  test("are counted by position until it changes", () => {
    const memory = throttle();
    for (const quantity of [1, 2, 3]) memory.onSent(order({ quantity }), START);
    memory.onSent(order({ symbol: "ETHUSDT" }), START);
    expect(memory.repeatsOf(order())).toBe(3);
    memory.onPositionChanged(order());
    expect(memory.repeatsOf(order())).toBe(0);
  });

  test("begin anew with another signal; exits do not interrupt them", () => {
    const memory = throttle();
    memory.onSent(order(), START);
    memory.onSent(order({ purpose: "exit" }), START);
    expect(memory.repeatsOf(order())).toBe(1);
    memory.onSent(order({ price: 100 }), START);
    expect(memory.repeatsOf(order())).toBe(0);
  });
});

test("a trip survives restarts, keeps its first reason, and ends when somebody rearms it", () => {
  const memory = throttle();
  memory.trip("too often");
  memory.trip("again");
  const restarted = throttle();
  restarted.restore(JSON.parse(JSON.stringify(memory.state())));
  expect(restarted.tripped).toBe("too often");
  restarted.rearm();
  expect(restarted.tripped).toBeUndefined();
});

test("its version tells when there is something new to keep", () => {
  const memory = throttle();
  const versions = [memory.version];
  memory.onSent(order(), START);
  versions.push(memory.version);
  memory.onPositionChanged(order());
  versions.push(memory.version);
  memory.onPositionChanged(order());
  expect(new Set(versions).size).toBe(3);
  expect(memory.version).toBe(versions[2]);
});

test.each([undefined, null, "", [], { sent: [] }, { sent: ["1"], recent: [], repeats: [] }, { sent: [], recent: [["a"]], repeats: [] }])(
  "a state that is none is refused: %j",
  (state) => {
    expect(() => throttle().restore(state)).toThrow(DataError);
  },
);
