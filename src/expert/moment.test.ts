import { expect, test } from "vitest";
import { parseMoment } from "./moment.ts";

test.each([
  ["2022-01-01", "2022-01-01T00:00:00.000Z"],
  [" 2022-01-01 ", "2022-01-01T00:00:00.000Z"],
  ["2024-02-29", "2024-02-29T00:00:00.000Z"],
  ["2022-01-01T08:30", "2022-01-01T08:30:00.000Z"],
  ["2022-01-01 08:30:15", "2022-01-01T08:30:15.000Z"],
  ["2022-01-01T08:30:15.5Z", "2022-01-01T08:30:15.500Z"],
  ["2022-01-01T08:30:00+02:00", "2022-01-01T06:30:00.000Z"],
  ["2022-01-01T00:00-05:30", "2022-01-01T05:30:00.000Z"],
  [1_640_995_200_000, "2022-01-01T00:00:00.000Z"],
])("%j is %s, whatever the machine's time zone", (value, iso) => {
  expect(new Date(parseMoment(value)).toISOString()).toBe(iso);
});

test.each([
  ["2025-02-30", "is not a moment that exists"],
  ["2023-02-29", "is not a moment that exists"],
  ["2022-13-01", "is not a moment that exists"],
  ["2022-00-10", "is not a moment that exists"],
  ["2022-01-01T24:00", "is not a moment that exists"],
  ["2022-01-01T08:60", "is not a moment that exists"],
  ["2022-01-01T08:00+15:00", "a time zone that does not exist"],
  ["01/02/2022", "is not a date"],
  ["2022", "is not a date"],
  ["yesterday", "is not a date"],
  ["", "is not a date"],
  ["1640995200000", "is not a date"],
  [1_640_995_200, "looks like seconds; write milliseconds since the epoch: 1640995200000"],
  [1_640_995_200_000_000, "looks like microseconds; write milliseconds since the epoch: 1640995200000"],
  [0, "does not lie between the years 2000 and 2100"],
  [-1, "does not lie between the years 2000 and 2100"],
  [NaN, "is not a moment"],
  ["1999-12-31", "does not lie between"],
])("%j is refused: it %s", (value, reason) => {
  expect(() => parseMoment(value)).toThrow(reason);
});
