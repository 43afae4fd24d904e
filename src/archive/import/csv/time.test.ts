import { describe, expect, it } from "vitest";
import { midnightOf, parseDate, timeZone, toMilliseconds, unitOfTime, UTC } from "./time.ts";

describe("times in files", () => {
  it.each([
    ["2022-01-31", "2022-01-31T00:00:00.000Z"],
    ["20220131", "2022-01-31T00:00:00.000Z"],
    ["2022/01/31 09:30", "2022-01-31T09:30:00.000Z"],
    ["20220131 09:30:15", "2022-01-31T09:30:15.000Z"],
    ["2022-01-31T09:30:15.250Z", "2022-01-31T09:30:15.250Z"],
    ["2022-01-31 09:30:15+02:00", "2022-01-31T07:30:15.000Z"],
    ["2022-01-31 09:30:15-0530", "2022-01-31T15:00:15.000Z"],
    ["2022-01-31 09:30 UTC", "2022-01-31T09:30:00.000Z"],
  ])("%s is %s", (text, iso) => {
    expect(new Date(parseDate(text, UTC)).toISOString()).toBe(iso);
  });

  it("keep their microseconds", () => {
    expect(parseDate("2022-01-31 00:00:00.123456", UTC)).toBe(Date.UTC(2022, 0, 31) + 123.456);
    expect(toMilliseconds(1_643_587_200_123_456, "us")).toBe(1_643_587_200_123.456);
  });

  it.each(["2022-02-30", "2022-13-01", "2022-01-31 25:00", "31.01.2022", "01/31/2022", "yesterday", ""])("%s is no date", (text) => {
    expect(parseDate(text, UTC)).toBeNaN();
  });

  it.each([
    [1_643_587_200, "s"],
    [1_643_587_200_000, "ms"],
    [1_643_587_200_000_000, "us"],
    [1_643_587_200_000_000_000, "ns"],
    [20_220_131, "date"],
    [42, undefined],
  ])("%d counts %s", (value, unit) => {
    expect(unitOfTime(value)).toBe(unit);
  });

  it("of a zone follow its summer time", () => {
    const zone = timeZone("America/New_York") ?? UTC;
    expect(new Date(parseDate("2022-01-31 09:30", zone)).toISOString()).toBe("2022-01-31T14:30:00.000Z");
    expect(new Date(parseDate("2022-07-01 09:30", zone)).toISOString()).toBe("2022-07-01T13:30:00.000Z");
    expect(timeZone("Mars/Olympus")).toBeUndefined();
  });

  it("of LEAN count from the midnight in the name", () => {
    expect(midnightOf("20220131")).toBe(Date.UTC(2022, 0, 31));
    expect(midnightOf("20220231")).toBeNaN();
  });
});
