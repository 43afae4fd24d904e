import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decode, encode } from "../../operations/journal/encode.ts";
import type { Fill } from "../../domain/fill.ts";
import type { Instrument } from "../../domain/instrument.ts";
import { defaultInstruments } from "../../sandbox/default-instruments.ts";
import { toMinor } from "./ledger.ts";
import { Portfolio } from "./portfolio.ts";

/**
 * Whatever fills, funding and transfers happen, in whichever order:
 * 1. the books of every asset sum to exactly zero;
 * 2. a portfolio that is made from the state of another, through a journal's text, is the same: state, account, and all that happens
 *    to both afterwards;
 * 3. on spot never more can be sold than the account holds, and less than one step of it, dust, is left out;
 * 4. the position is the sum of the fills.
 */

type Act =
  | {
      readonly kind: "fill";
      readonly symbol: number;
      readonly side: "buy" | "sell";
      readonly steps: number;
      readonly price: number;
      readonly fee: "none" | "settle" | "base" | "BNB" | "rebate";
      readonly positionSide: "long" | "short";
    }
  | { readonly kind: "transfer" | "funding"; readonly symbol: number; readonly amount: number }
  | { readonly kind: "paid"; readonly symbol: number; readonly rate: number }
  | { readonly kind: "mark"; readonly symbol: number; readonly price: number };

const price = fc.integer({ min: 400_000, max: 600_000 }).map((tenths) => tenths / 10);
const symbol = fc.nat(1);
const amount = fc.integer({ min: -1e9, max: 1e9 }).map((units) => units / 1e8);
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("fill" as const),
      symbol,
      side: fc.constantFrom("buy" as const, "sell" as const),
      steps: fc.integer({ min: 1, max: 5_000 }),
      price,
      fee: fc.constantFrom("none" as const, "settle" as const, "base" as const, "BNB" as const, "rebate" as const),
      positionSide: fc.constantFrom("long" as const, "short" as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("transfer" as const, "funding" as const), symbol, amount }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("paid" as const), symbol, rate: fc.double({ min: -0.003, max: 0.003, noNaN: true }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("mark" as const), symbol, price }) },
);

interface Kind {
  readonly instruments: readonly Instrument[];
  readonly hedge: boolean;
}

const KINDS: Readonly<Record<string, Kind>> = {
  spot: { instruments: defaultInstruments("spot"), hedge: false },
  linear: { instruments: defaultInstruments("linear"), hedge: false },
  "linear, hedged": { instruments: defaultInstruments("linear"), hedge: true },
  inverse: { instruments: defaultInstruments("inverse"), hedge: false },
};

const create = ({ instruments, hedge }: Kind): Portfolio => new Portfolio({ instruments, initialCapital: 1_000, hedge, leverage: 3 });

/** Does an act to a portfolio; on spot nothing is sold that is not held. */
function apply(portfolio: Portfolio, { instruments, hedge }: Kind, act: Act, count: number): void {
  const instrument = instruments[act.symbol % instruments.length] as Instrument;
  const { baseAsset, settleAsset } = instrument;
  const book = portfolio.book(instrument.symbol, act.kind === "fill" && hedge ? act.positionSide : "net");
  switch (act.kind) {
    case "transfer":
    case "funding": {
      const transfer = { id: String(count), asset: settleAsset, amount: act.amount, symbol: instrument.symbol, time: count };
      portfolio.applyTransfer({ kind: act.kind === "funding" ? "funding" : "transfer", ...transfer });
      return;
    }
    case "paid":
      portfolio.applyFunding(instrument.symbol, act.rate, 50_000);
      return;
    case "mark":
      portfolio.mark(book, act.price + 1, act.price - 1, act.price);
      return;
    case "fill": {
      const steps = book.math.isSpot && act.side === "sell" ? Math.min(act.steps, book.quantitySteps) : act.steps;
      if (steps <= 0) return;
      const quantity = book.math.quantity.toNumber(steps);
      const fill = filled(act, { instrument, count, quantity, price: book.math.price.round(act.price) });
      const owed = { none: 0, settle: 0.123_45, base: quantity * 0.001, BNB: 0.000_123_4, rebate: -0.01 }[act.fee];
      // Spot takes its fee out of what is received.
      const asset = act.fee === "base" && (act.side === "buy" || !book.math.isSpot) ? baseAsset : act.fee === "BNB" ? "BNB" : settleAsset;
      portfolio.applyFill(book, { ...fill, fee: owed, feeAsset: asset, positionSide: book.side }, toMinor(owed));
    }
  }
}

function filled(
  act: Extract<Act, { kind: "fill" }>,
  {
    instrument,
    count,
    quantity,
    price: at,
  }: { readonly instrument: Instrument; readonly count: number; readonly quantity: number; readonly price: number },
): Omit<Fill, "fee" | "feeAsset" | "positionSide"> {
  const names = { tradeId: String(count), orderId: "1", clientOrderId: "me-1", symbol: instrument.symbol };
  return { ...names, side: act.side, price: at, quantity, liquidity: "taker", time: count, purpose: "entry" };
}

const stateOf = (portfolio: Portfolio): unknown => ({ state: portfolio.state(), account: portfolio.account(), open: portfolio.openCount });

describe.each(Object.entries(KINDS))("the books of a %s account", (_name, kind) => {
  it("sum to zero and come back the same from what a journal has kept, whatever has happened", () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), fc.nat(60), (acts, at) => {
        const portfolio = create(kind);
        let restored: Portfolio | undefined;
        acts.forEach((one, count) => {
          if (count === at) {
            restored = create({ ...kind });
            restored.restore(decode(encode(portfolio.state())) as ReturnType<Portfolio["state"]>);
            expect(stateOf(restored)).toEqual(stateOf(portfolio));
          }
          apply(portfolio, kind, one, count);
          if (restored !== undefined) apply(restored, kind, one, count);
          for (const ledger of portfolio.ledger.assets) expect(ledger.total).toBe(0n);
        });
        if (restored !== undefined) expect(stateOf(restored)).toEqual(stateOf(portfolio));
      }),
      { numRuns: 150 },
    );
  });

  it("hold what the fills add up to, less what fees have taken of it", () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        const portfolio = create(kind);
        acts.forEach((one, count) => apply(portfolio, kind, one, count));
        for (const book of portfolio.books) {
          if (!book.math.isSpot) continue;
          const held = portfolio.ledger.of(book.math.instrument.baseAsset).balance("wallet");
          const booked = toMinor(book.quantity);
          expect(booked).toBeLessThanOrEqual(held);
          expect(book.dust).toBeLessThan(toMinor(Number(book.math.instrument.quantityStep)));
        }
      }),
      { numRuns: 150 },
    );
  });
});
