/**
 * Properties of a run, for random markets with gaps and random experts that use every kind of order:
 *
 * - Whatever bars come later, everything that an expert has seen and done up to now is the same.
 * - The same input gives the same journal, to the last bit; however the bars are cut into chunks.
 * - Another seed gives another run where the expert draws from it, and the same where it does not.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BarColumns } from "../../src/domain/bar.ts";
import { MINUTE_MS } from "../../src/domain/timeframe.ts";
import type { Expert } from "../../src/expert/expert.ts";
import { int } from "../../src/expert/params.ts";
import { ema, rsi } from "../../src/indicators/index.ts";
import { bars } from "../../src/testing/bars.ts";
import { PERPETUAL, run, type RigOptions, type RigResult } from "./rig.ts";
import { act, programArbitrary, walkArbitrary, withOtherFuture, type Step } from "./random-expert.ts";

const ETH = { ...PERPETUAL, symbol: "ETHUSDT", baseAsset: "ETH" };
const RUNS = 25;
const marketArbitrary = fc.tuple(
  walkArbitrary("5m", { minLength: 40, maxLength: 90 }),
  walkArbitrary("5m", { minLength: 40, maxLength: 90 }),
);

/** Runs the program, one step at each call of a handler, and notes what the expert sees and is told, with the moment of it. */
async function observe(
  markets: readonly BarColumns[],
  program: readonly Step[],
  options: RigOptions = {},
): Promise<{ readonly log: readonly (readonly [number, string])[]; readonly result: RigResult }> {
  const log: [number, string][] = [];
  const result = await run(
    markets,
    (expert) => {
      const note = (what: string, detail: unknown): void => void log.push([expert.now, `${what} ${JSON.stringify(detail)}`]);
      listen(expert, note);
      const fast = expert.track("15m", ema(3));
      const slow = expert.track("1h", rsi(2), { symbol: "ETHUSDT" });
      const day = expert.bars("1h");
      let at = 0;
      const turn = (what: string, symbol: string): void => {
        const { account, orders } = expert;
        note(what, [
          symbol,
          expert.price(symbol),
          fast.value,
          slow.value,
          day.close(0),
          account,
          expert.positionOf(symbol).quantity,
          orders.length,
        ]);
        act(expert, program[at % program.length] as Step, symbol);
        at += 1;
      };
      expert.onBar("5m", () => void (at % 3 === 0 ? turn("quiet", "BTCUSDT") : (at += 1)));
      expert.onBar("15m", (bar, symbol) => {
        note("bar", bar);
        turn("15m", symbol);
      });
      expert.onBar("1h", (_bar, symbol) => turn("1h", symbol));
      expert.onTimer(420, () => turn("timer", expert.random.next() < 0.5 ? "BTCUSDT" : "ETHUSDT"));
    },
    {
      timeframe: "5m",
      instruments: [PERPETUAL, ETH],
      risk: { leverage: 3 },
      ...options,
      run: { takerFeePct: 0.05, makerFeePct: 0.02, ...options.run },
    },
  );
  return { log, result };
}

function listen(expert: Expert, note: (what: string, detail: unknown) => void): void {
  expert.onOrder((order) => note("order", order));
  expert.onTransaction((request, result) => note("transaction", [request, result]));
  expert.onPosition((position) => note("position", position));
  expert.onAccount((account) => note("account", account));
}

describe("a run", () => {
  it("cannot see the future: other bars later change nothing that was seen or done before", async () => {
    await fc.assert(
      fc.asyncProperty(
        marketArbitrary,
        marketArbitrary,
        programArbitrary,
        fc.integer({ min: 1, max: 39 }),
        fc.integer({ min: 0, max: 2 }),
        async ([btc, eth], [otherBtc, otherEth], program, minutes, keep) => {
          const cut = (btc.openTime[Math.min(minutes, btc.length - 1)] as number) + 5 * MINUTE_MS;
          const rowsBefore = (columns: BarColumns): number => columns.openTime.filter((time) => time + 5 * MINUTE_MS <= cut).length;
          const first = await observe([btc, eth], program);
          const second = await observe(
            [withOtherFuture(btc, rowsBefore(btc), otherBtc, keep), withOtherFuture(eth, rowsBefore(eth), otherEth, keep)],
            program,
          );
          const upToCut = (log: readonly (readonly [number, string])[]) => log.filter(([time]) => time <= cut);
          expect(upToCut(second.log)).toEqual(upToCut(first.log));
        },
      ),
      { numRuns: RUNS },
    );
  });

  it("is the same twice, and however its bars are cut into chunks", async () => {
    await fc.assert(
      fc.asyncProperty(marketArbitrary, programArbitrary, fc.integer({ min: 1, max: 20 }), async (markets, program, chunkRows) => {
        const first = await observe(markets, program);
        const second = await observe(markets, program, { chunkRows });
        expect(second.result.record.journalHash).toBe(first.result.record.journalHash);
        expect(second.log).toEqual(first.log);
        expect(second.result.record.equity).toEqual(first.result.record.equity);
      }),
      { numRuns: RUNS },
    );
  });

  it("follows its seed where the expert draws from it", async () => {
    const [market] = fc.sample(marketArbitrary, { seed: 7, numRuns: 1 });
    const program = [
      { kind: 0, size: 3, distance: 5 },
      { kind: 10, size: 1, distance: 1 },
    ];
    const hashes = await Promise.all(
      [1, 1, 2].map(async (seed) => (await observe(market ?? [], program, { run: { seed } })).result.record.journalHash),
    );
    expect(hashes[1]).toBe(hashes[0]);
    expect(hashes[2]).not.toBe(hashes[0]);
  });

  it("is another one with another parameter, and the same with the same", async () => {
    const hashWith = async (distance: number): Promise<string> => {
      const { record } = await run(
        bars("1h", [100, 101, 102, 103]),
        (expert, params) => expert.onBar("1h", () => void expert.buy({ price: expert.price() - Number(params["distance"]) })),
        { expert: { params: { distance: int(1, { min: 1, max: 9 }) } }, run: { params: { distance } } },
      );
      return record.journalHash;
    };
    expect(await hashWith(2)).toBe(await hashWith(2));
    expect(await hashWith(3)).not.toBe(await hashWith(2));
  });
});
