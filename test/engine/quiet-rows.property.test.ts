/**
 * Rows on which nothing can happen are walked in a loop of their own. A loss limit that nothing reaches keeps a run out of it,
 * so that the two ways can be compared: fills, trades, equity, what handlers saw, and the journal are the same to the last bit.
 */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { BarColumns } from "../../src/domain/bar.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import type { Expert } from "../../src/expert/expert.ts";
import { ema } from "../../src/indicators/index.ts";
import { act, programArbitrary, walkArbitrary, type Step } from "./random-expert.ts";
import { INVERSE, PERPETUAL, run, SPOT, type RigOptions } from "./rig.ts";

const ETH = { ...PERPETUAL, symbol: "ETHUSDT", baseAsset: "ETH" };
const MARKETS: readonly { readonly instruments: readonly Instrument[]; readonly unit: number; readonly run: RigOptions["run"] }[] = [
  { instruments: [PERPETUAL], unit: 0.1, run: {} },
  { instruments: [PERPETUAL, ETH], unit: 0.1, run: {} },
  { instruments: [SPOT], unit: 0.1, run: {} },
  { instruments: [INVERSE], unit: 1, run: { initialCapital: 50 } },
];

/** What an expert looks at decides which of the loops can be used. */
interface Habits {
  readonly readsBars: boolean;
  readonly looksEachBar: boolean;
  readonly hasCoarser: boolean;
  readonly hasTimer: boolean;
  readonly every: number;
}

const habitsArbitrary: fc.Arbitrary<Habits> = fc.record({
  readsBars: fc.boolean(),
  looksEachBar: fc.boolean(),
  hasCoarser: fc.boolean(),
  hasTimer: fc.boolean(),
  every: fc.integer({ min: 1, max: 12 }),
});

function setUp(expert: Expert, program: readonly Step[], habits: Habits, { unit, seen }: { unit: number; seen: unknown[] }): void {
  const line = habits.readsBars ? expert.track("5m", ema(3)) : undefined;
  let at = 0;
  const turn = (): void => {
    const { account, position } = expert;
    seen.push([expert.now, expert.price(), line?.value, account.equity, account.freeMargin, position.quantity, position.unrealizedPnl]);
    if (at % habits.every === 0) act(expert, program[(at / habits.every) % program.length] as Step, expert.symbol, unit);
    at += 1;
  };
  if (habits.looksEachBar) expert.onBar("5m", () => turn());
  if (habits.hasCoarser) expert.onBar("30m", () => turn());
  if (habits.hasTimer || !(habits.looksEachBar || habits.hasCoarser)) expert.onTimer(1_500, () => turn());
}

it("a run comes out the same whether quiet rows are walked quickly or one by one", async () => {
  const walk = walkArbitrary("5m", { minLength: 30, maxLength: 120 });
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(walk, walk),
      programArbitrary,
      habitsArbitrary,
      fc.integer({ min: 0, max: MARKETS.length - 1 }),
      async (walks, program, habits, choice) => {
        const { instruments, unit, run: more } = MARKETS[choice] as (typeof MARKETS)[number];
        const data: BarColumns[] = walks.slice(0, instruments.length);
        const runOnce = async (risk: RigOptions["risk"]) => {
          const seen: unknown[] = [];
          const options = {
            timeframe: "5m",
            instruments,
            run: { takerFeePct: 0.05, makerFeePct: 0.02, ...more },
            risk: { leverage: instruments[0]?.kind === "spot" ? 1 : 2, ...risk },
          } as const;
          const result = await run(data, (expert) => setUp(expert, program, habits, { unit, seen }), options);
          return { seen, result };
        };
        const quick = await runOnce({});
        const slow = await runOnce({ dailyLossLimit: 100 });
        expect(quick.seen).toEqual(slow.seen);
        expect(quick.result.fills).toEqual(slow.result.fills);
        const { settings: _quick, ...quickRecord } = quick.result.record;
        const { settings: _slow, ...slowRecord } = slow.result.record;
        expect(quickRecord).toEqual(slowRecord);
      },
    ),
    { numRuns: 80 },
  );
});
