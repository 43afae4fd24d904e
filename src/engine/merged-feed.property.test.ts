/**
 * Properties of a feed that joins recorded bars and funding of several symbols:
 *
 * - However the bars are cut into chunks, the same rows come in the same order.
 * - Events come in time order: bars count at their close, funding at its own time, bars first where both fall together.
 * - At one moment symbols come in the order of their list, and all but the last say that more is to come.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnsOf, sliceBars, type Bar, type BarColumns } from "../domain/bar.ts";
import type { Funding } from "../domain/funding.ts";
import { MINUTE_MS } from "../domain/timeframe.ts";
import type { MarketEvent } from "./feed.ts";
import { MergedFeed, type BarSource } from "./merged-feed.ts";

const START = Date.UTC(2024, 0, 1);

interface Occurrence {
  readonly time: number;
  readonly what: string;
}

const minutesArbitrary = fc
  .uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 25 })
  .map((minutes) => minutes.toSorted((left, right) => left - right));
const sourceArbitrary = fc.record({
  minutes: minutesArbitrary,
  fundings: fc
    .uniqueArray(fc.integer({ min: 0, max: 90 }), { maxLength: 4 })
    .map((halves) => halves.toSorted((left, right) => left - right)),
  cuts: fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 6 }),
  isAsync: fc.boolean(),
});
const sourcesArbitrary = fc.array(sourceArbitrary, { minLength: 1, maxLength: 4 });

function sourceOf(
  draw: { minutes: readonly number[]; fundings: readonly number[]; cuts: readonly number[]; isAsync: boolean },
  stream: number,
): BarSource {
  const columns = columnsOf(
    draw.minutes.map((minute): Bar => ({ openTime: START + minute * MINUTE_MS, open: 1, high: 1, low: 1, close: minute, volume: 0 })),
  );
  const chunks = cut(columns, draw.cuts);
  const funding = draw.fundings.map((half): Funding => ({ time: START + (half * MINUTE_MS) / 2, rate: half }));
  return { symbol: `S${stream}`, timeframe: "1m", chunks: draw.isAsync ? later(chunks) : chunks, funding };
}

function cut(columns: BarColumns, sizes: readonly number[]): BarColumns[] {
  const chunks: BarColumns[] = [];
  let from = 0;
  for (const size of sizes) {
    const to = Math.min(columns.length, from + size);
    chunks.push(sliceBars(columns, from, to));
    from = to;
  }
  return [...chunks, sliceBars(columns, from, columns.length)];
}

async function* later(chunks: readonly BarColumns[]): AsyncGenerator<BarColumns> {
  for (const chunk of chunks) {
    await Promise.resolve();
    yield chunk;
  }
}

async function eventsOf(sources: readonly BarSource[]): Promise<MarketEvent[]> {
  await using feed = new MergedFeed(sources);
  const events: MarketEvent[] = [];
  for (;;) {
    const event = await feed.next();
    if (event === undefined) return events;
    events.push(event);
  }
}

const occurrencesOf = (events: readonly MarketEvent[]): Occurrence[] =>
  events.flatMap((event): Occurrence[] => {
    if (event.kind === "funding") return [{ time: event.funding.time, what: `${event.stream} funding ${event.funding.rate}` }];
    if (event.kind !== "bars") return [];
    return Array.from({ length: event.to - event.from }, (_, index) => {
      const row = event.from + index;
      return {
        time: (event.columns.openTime[row] as number) + MINUTE_MS,
        what: `${event.stream} bar ${event.columns.close[row] as number}`,
      };
    });
  });

describe("a merged feed", () => {
  it("gives the same however its bars are cut", async () => {
    await fc.assert(
      fc.asyncProperty(sourcesArbitrary, async (draws) => {
        const whole = await eventsOf(draws.map((draw, stream) => sourceOf({ ...draw, cuts: [], isAsync: false }, stream)));
        const inPieces = await eventsOf(draws.map(sourceOf));
        expect(occurrencesOf(inPieces)).toEqual(occurrencesOf(whole));
      }),
    );
  });

  it("gives everything, in time order, bars before funding and symbols in the order of the list", async () => {
    await fc.assert(
      fc.asyncProperty(sourcesArbitrary, async (draws) => {
        const expected = draws.flatMap(({ minutes, fundings }, stream) => [
          ...minutes.map((minute) => ({ time: START + (minute + 1) * MINUTE_MS, rank: stream, what: `${stream} bar ${minute}` })),
          ...fundings.map((half) => ({ time: START + (half * MINUTE_MS) / 2, rank: 100 + stream, what: `${stream} funding ${half}` })),
        ]);
        const given = occurrencesOf(await eventsOf(draws.map(sourceOf)));
        const order = expected.toSorted((left, right) => left.time - right.time || left.rank - right.rank);
        expect(given).toEqual(order.map(({ time, what }) => ({ time, what })));
      }),
    );
  });

  it("says that more of a moment is to come with every bar but its last", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(minutesArbitrary, { minLength: 1, maxLength: 4 }), async (lists) => {
        const events = await eventsOf(
          lists.map((minutes, stream) => sourceOf({ minutes, fundings: [], cuts: [], isAsync: false }, stream)),
        );
        const ends = events.flatMap((event) =>
          event.kind === "bars" ? [{ time: (event.columns.openTime[event.to - 1] as number) + MINUTE_MS, more: event.more === true }] : [],
        );
        ends.forEach(({ time, more }, index) => expect(more).toBe(ends[index + 1] !== undefined && startOf(events[index + 1]) === time));
      }),
    );
  });

  it("closes what it reads from", async () => {
    let isClosed = false;
    async function* chunks(): AsyncGenerator<BarColumns> {
      try {
        yield columnsOf([{ openTime: START, open: 1, high: 1, low: 1, close: 1, volume: 1 }]);
        yield columnsOf([]);
      } finally {
        isClosed = true;
      }
    }
    await using feed = new MergedFeed([{ symbol: "S", timeframe: "1m", chunks: chunks() }]);
    await feed.next();
    await feed[Symbol.asyncDispose]();
    expect(isClosed).toBe(true);
  });
});

function startOf(event: MarketEvent | undefined): number {
  return event?.kind === "bars" ? (event.columns.openTime[event.from] as number) + MINUTE_MS : NaN;
}
