/**
 * Properties of the books, for random markets, funding and experts, on spot, linear, hedged and inverse accounts:
 *
 * - Double entry: over all accounts of an asset the sum is exactly zero, after every event.
 * - The engine's books are the simulated exchange's own, to the last minor unit, after every event.
 * - Equity is what an independent recomputation from the fills with whole-number fractions says.
 * - What trades and open positions say adds up to what the account has won or lost.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimalFromNumber, tenTo } from "../../src/base/decimal.ts";
import { contractSizeOf, isInverse, type Instrument } from "../../src/domain/instrument.ts";
import type { Funding } from "../../src/domain/funding.ts";
import { LEDGER_SCALE } from "../../src/engine/portfolio/ledger.ts";
import type { Portfolio } from "../../src/engine/portfolio/portfolio.ts";
import type { Expert } from "../../src/expert/expert.ts";
import { runWithBooks, type Movement, type OpenBooks, type OpenBooksOptions } from "./open-books.ts";
import { act, programArbitrary, walkArbitrary, type Step } from "./random-expert.ts";
import { INVERSE, PERPETUAL, SPOT, START } from "./rig.ts";

const ETH = { ...PERPETUAL, symbol: "ETHUSDT", baseAsset: "ETH" };
const walk = walkArbitrary("5m", { minLength: 30, maxLength: 80 });
const fundingArbitrary: fc.Arbitrary<readonly Funding[]> = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 200 }), fc.integer({ min: -20, max: 20 })), { maxLength: 6 })
  .map((draws) =>
    draws
      .map(([minutes, rate]) => ({ time: START + minutes * 120_000, rate: rate / 10_000 }))
      .toSorted((left, right) => left.time - right.time),
  );

const ACCOUNTS: Readonly<
  Record<string, Pick<OpenBooksOptions, "instruments" | "initialCapital" | "leverage" | "hedge"> & { readonly unit: number }>
> = {
  "a spot account": {
    instruments: [SPOT, { ...SPOT, symbol: "ETHUSDT", baseAsset: "ETH" }],
    initialCapital: 1_000,
    leverage: 1,
    unit: 0.1,
  },
  "a futures account": { instruments: [PERPETUAL, ETH], initialCapital: 1_000, leverage: 5, unit: 0.1 },
  "a hedged account": { instruments: [PERPETUAL], initialCapital: 1_000, leverage: 5, hedge: true, unit: 0.1 },
  "an inverse account": { instruments: [INVERSE], initialCapital: 50, leverage: 5, unit: 1 },
};

/** Runs random programs over an account and looks at its books after every event. */
async function forAll(
  account: string,
  check: (books: OpenBooks, options: OpenBooksOptions) => void,
  when: "always" | "atTheEnd" = "always",
): Promise<void> {
  const { unit, ...fixed } = ACCOUNTS[account] as (typeof ACCOUNTS)[string];
  await fc.assert(
    fc.asyncProperty(fc.tuple(walk, walk), programArbitrary, fundingArbitrary, async (walks, program, funding) => {
      const isSpot = fixed.instruments[0]?.kind === "spot";
      const options = { ...fixed, markets: walks, makerFeePct: -0.01, takerFeePct: 0.05, funding: isSpot ? [] : funding };
      const look = (books: OpenBooks): void => void (when === "always" && check(books, options));
      check(await runWithBooks(options, (expert) => trade(expert, program, unit), look), options);
    }),
    { numRuns: 25 },
  );
}

function trade(expert: Expert, program: readonly Step[], unit: number): void {
  let at = 0;
  expert.onBar("5m", (_bar, symbol) => {
    act(expert, program[at % program.length] as Step, symbol, unit);
    at += 1;
  });
}

const numbersOf = (portfolio: Portfolio): unknown => ({
  money: portfolio.ledger.assets.map((ledger) => [
    ledger.asset,
    ledger.balance("wallet"),
    ledger.balance("fees"),
    ledger.balance("funding"),
    ledger.balance("venue"),
  ]),
  positions: portfolio.books.map((book) => [
    book.symbol,
    book.side,
    book.quantitySteps,
    book.cost,
    book.openFees,
    book.openFunding,
    book.realized,
  ]),
  wallet: portfolio.wallet,
});

describe.each(Object.keys(ACCOUNTS))("the books of %s", (account) => {
  it("sum to exactly zero in every asset", async () => {
    await forAll(account, ({ engine }) => {
      for (const ledger of engine.ledger.assets) expect(ledger.total).toBe(0n);
    });
  });

  it("are the same at the engine and at the venue", async () => {
    await forAll(account, ({ engine, venue }) => expect(numbersOf(engine)).toEqual(numbersOf(venue)));
  });

  it("come to the equity that the fills and the last prices say", async () => {
    await forAll(
      account,
      ({ engine, movements }, { initialCapital, instruments, makerFeePct, takerFeePct }) => {
        const prices = new Map(engine.books.map((book) => [book.symbol, book.price]));
        const expected = equityOf(movements, { initialCapital, instruments, makerFeePct, takerFeePct, prices });
        expect(engine.equity).toBeCloseTo(expected, 8);
      },
      "atTheEnd",
    );
  });

  it("explain the whole result by trades, open positions and nothing else", async () => {
    await forAll(account, ({ engine }, { initialCapital }) => {
      const closed = engine.trades.toArray().reduce((sum, { netPnl }) => sum + netPnl, 0);
      const open = engine.books.reduce(
        (sum, book) => sum + book.profitAt(book.price) - Number(book.openFees + book.openFunding) / 10 ** LEDGER_SCALE,
        0,
      );
      expect(engine.equity - initialCapital).toBeCloseTo(closed + open, 8);
    });
  });
});

/** A fraction of whole numbers. */
type Rational = readonly [numerator: bigint, denominator: bigint];

const rational = (value: number | string): Rational => {
  const { units, scale } = decimalFromNumber(Number(value));
  return [units, tenTo(scale)];
};
const times = ([a, b]: Rational, [c, d]: Rational): Rational => [a * c, b * d];
const plus = ([a, b]: Rational, [c, d]: Rational): Rational => (b === d ? [a + c, b] : [a * d + c * b, b * d]);
const negated = ([a, b]: Rational): Rational => [-a, b];
const inverted = ([a, b]: Rational): Rational => [b, a];
const toNumber = ([a, b]: Rational): number => Number((a * tenTo(15)) / b) / 1e15;

interface AccountFacts {
  readonly initialCapital: number;
  readonly instruments: readonly Instrument[];
  readonly makerFeePct: number;
  readonly takerFeePct: number;
  readonly prices: ReadonlyMap<string, number>;
}

/** Cash paid and received, fees and funding, and what is held at its last price: no average, no position book. */
function equityOf(movements: readonly Movement[], { initialCapital, instruments, makerFeePct, takerFeePct, prices }: AccountFacts): number {
  let equity = rational(initialCapital);
  const held = new Map<string, Rational>();
  for (const movement of movements) {
    if ("funding" in movement) {
      equity = plus(equity, negated(rational(movement.funding.paid)));
      continue;
    }
    const { fill } = movement;
    const instrument = instruments.find(({ symbol }) => symbol === fill.symbol) as Instrument;
    const value = valueOf(instrument, rational(fill.quantity), fill.price);
    const signed = fill.side === "buy" ? value : negated(value);
    // An inverse contract is sold for the base asset that a linear one is bought with.
    equity = plus(equity, isInverse(instrument) ? signed : negated(signed));
    equity = plus(equity, negated(times(value, rational((fill.liquidity === "maker" ? makerFeePct : takerFeePct) / 100))));
    const before = held.get(fill.symbol) ?? ([0n, 1n] as const);
    held.set(fill.symbol, plus(before, fill.side === "buy" ? rational(fill.quantity) : negated(rational(fill.quantity))));
  }
  for (const instrument of instruments) {
    const quantity = held.get(instrument.symbol);
    if (quantity === undefined || quantity[0] === 0n) continue;
    const value = valueOf(instrument, quantity, prices.get(instrument.symbol) ?? NaN);
    equity = plus(equity, isInverse(instrument) ? negated(value) : value);
  }
  return toNumber(equity);
}

function valueOf(instrument: Instrument, quantity: Rational, price: number): Rational {
  const size = times(quantity, rational(contractSizeOf(instrument)));
  return times(size, isInverse(instrument) ? inverted(rational(price)) : rational(price));
}
