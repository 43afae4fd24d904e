/** Events that went through a journal are as good as the first ones: a session that is fed them makes the same journal, to the bit. */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { BarColumns } from "../../src/domain/bar.ts";
import type { Feed, SessionEvent } from "../../src/engine/feed.ts";
import { MemoryJournal } from "../../src/engine/memory-journal.ts";
import { MergedFeed } from "../../src/engine/merged-feed.ts";
import { defineExpert } from "../../src/expert/define.ts";
import { resolveRunOptions } from "../../src/expert/resolve.ts";
import { ema } from "../../src/indicators/index.ts";
import { decodeRecord, encodeEvent } from "../../src/operations/journal/journal-record.ts";
import { Backtest } from "../../src/run/backtest.ts";
import { act, programArbitrary, walkArbitrary, type Step } from "../engine/random-expert.ts";
import { PERPETUAL, START } from "../engine/rig.ts";

const INSTRUMENTS = [PERPETUAL, { ...PERPETUAL, symbol: "ETHUSDT", baseAsset: "ETH" }];
const STREAMS = INSTRUMENTS.map(({ symbol }) => ({ symbol, timeframe: "5m" as const }));
const FUNDING = Array.from({ length: 12 }, (_, index) => ({ time: START + index * 3_600_000, rate: (index - 6) / 10_000 }));

async function hashOf(program: readonly Step[], feed: Feed): Promise<string> {
  const symbols = STREAMS.map(({ symbol }) => symbol);
  const definition = defineExpert({ name: "Recorded", symbols, timeframe: "5m" }, (expert) => {
    const line = expert.track("5m", ema(3));
    let turn = 0;
    expert.onBar("30m", (bar, symbol) => {
      turn += 1;
      if (bar.close !== line.value) act(expert, program[turn % program.length] as Step, symbol);
    });
  });
  const run = resolveRunOptions(definition.options, { marketType: "futures" });
  const journal = new MemoryJournal();
  await new Backtest({ definition, run, instruments: INSTRUMENTS, streams: STREAMS, journal }).run(feed);
  return `${journal.length} ${journal.hash}`;
}

function feedOf(markets: readonly BarColumns[]): Feed {
  return new MergedFeed(
    STREAMS.map((stream, index) => ({ ...stream, chunks: [markets[index] as BarColumns], funding: index === 0 ? FUNDING : [] })),
  );
}

/** The same events, each written down and read back. */
function recorded(feed: Feed): Feed {
  const throughJournal = (event: SessionEvent | undefined): SessionEvent | undefined => {
    if (event === undefined) return undefined;
    const entry = decodeRecord(encodeEvent(event));
    return entry.kind === "event" ? entry.event : undefined;
  };
  return {
    streams: feed.streams,
    next: async () => throughJournal(await feed.next()),
    [Symbol.asyncDispose]: () => feed[Symbol.asyncDispose](),
  };
}

it("a session that is fed recorded events does the same as it did with the first ones", async () => {
  const walk = walkArbitrary("5m", { minLength: 30, maxLength: 150 });
  await fc.assert(
    fc.asyncProperty(fc.tuple(walk, walk), programArbitrary, async (markets, program) => {
      expect(await hashOf(program, recorded(feedOf(markets)))).toBe(await hashOf(program, feedOf(markets)));
    }),
    { numRuns: 100 },
  );
});
