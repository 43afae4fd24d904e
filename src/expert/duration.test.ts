import { expect, test } from "vitest";
import { parseDuration } from "./duration.ts";

test.each([
  ["20s", 20_000],
  ["5m", 300_000],
  ["2h", 7_200_000],
  ["1d", 86_400_000],
  ["1h30m", 5_400_000],
  [" 90m ", 5_400_000],
])("%j is %d milliseconds", (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

test.each([
  ["20", "is not a length of time"],
  ["", "is not a length of time"],
  ["-5m", "is not a length of time"],
  ["1.5h", "is not a length of time"],
  ["5 m", "is not a length of time"],
  ["5min", "is not a length of time"],
  ["0s", "is no time at all"],
  ["999999999d", "is longer than ten years"],
])("%j is refused: it %s", (text, reason) => {
  expect(() => parseDuration(text)).toThrow(reason);
});
