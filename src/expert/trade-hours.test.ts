import { describe, expect, test } from "vitest";
import { ALL_HOURS, isWithinHours, parseTradeHours, weekdayOf } from "./trade-hours.ts";

const at = (iso: string): number => new Date(iso).getTime();

describe("hours", () => {
  test.each([
    ["08:00-16:30", [[480, 990]]],
    ["00:00-24:00", [[0, 1440]]],
    [" 08:00 - 16:30 ", [[480, 990]]],
    [
      "13:00-14:00,08:00-09:00",
      [
        [480, 540],
        [780, 840],
      ],
    ],
    ["08:00-12:00,11:00-13:00", [[480, 780]]],
    ["08:00-12:00,12:00-13:00", [[480, 780]]],
    ["08:00-18:00,09:00-10:00", [[480, 1080]]],
    [
      "22:00-02:00",
      [
        [0, 120],
        [1320, 1440],
      ],
    ],
    ["22:00-00:00", [[1320, 1440]]],
    [
      "22:00-02:00,01:00-03:00",
      [
        [0, 180],
        [1320, 1440],
      ],
    ],
  ])("%j are %j in minutes, sorted and joined", (text, ranges) => {
    expect(parseTradeHours(text).map(({ fromMinute, toMinute }) => [fromMinute, toMinute])).toEqual(ranges);
  });

  test.each([
    ["", "is not a range of hours"],
    ["8:00-16:00", "is not a range of hours"],
    ["08:00-16:00,", "is not a range of hours"],
    ["08:00", "is not a range of hours"],
    ["25:00-26:00", "a time that does not exist"],
    ["08:00-24:01", "a time that does not exist"],
    ["08:60-09:00", "a time that does not exist"],
    ["08:00-08:00", 'is empty; for the whole day write "00:00-24:00"'],
    ["24:00-08:00", "starts at the end of the day"],
  ])("%j are refused: %s", (text, reason) => {
    expect(() => parseTradeHours(text)).toThrow(reason);
  });

  test("a range has its first minute and not its last", () => {
    const hours = parseTradeHours("08:00-16:30");
    const allowed = ["07:59:59.999", "08:00:00.000", "16:29:59.999", "16:30:00.000"].map((time) =>
      isWithinHours(hours, at(`2024-05-06T${time}Z`)),
    );
    expect(allowed).toEqual([false, true, true, false]);
  });

  test("every moment lies within the whole day", () => {
    expect(isWithinHours(ALL_HOURS, at("2024-05-06T00:00Z"))).toBe(true);
    expect(isWithinHours(ALL_HOURS, at("2024-05-06T23:59:59.999Z"))).toBe(true);
  });
});

test.each([
  ["1970-01-01T00:00Z", "thu"],
  ["1969-12-31T23:59Z", "wed"],
  ["2024-01-01T00:00Z", "mon"],
  ["2024-02-29T12:00Z", "thu"],
  ["2024-03-03T23:59:59.999Z", "sun"],
])("%s is a %s", (iso, day) => {
  expect(weekdayOf(at(iso))).toBe(day);
});
