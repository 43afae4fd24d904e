import fc from "fast-check";
import { barAt, columnsOf, type Bar, type BarColumns } from "../../src/domain/bar.ts";
import { timeframeMs, type Timeframe } from "../../src/domain/timeframe.ts";
import type { Expert, OrderOptions } from "../../src/expert/expert.ts";
import { START } from "./rig.ts";

/** A random walk on a grid of cents: bars whose prices are whole numbers of them, some missing. */
export function walkArbitrary(
  timeframe: Timeframe,
  options: { readonly minLength: number; readonly maxLength: number; readonly hasGaps?: boolean },
) {
  const { minLength, maxLength, hasGaps = true } = options;
  const step = fc.record({
    gap: fc.integer({ min: -60, max: 60 }),
    body: fc.integer({ min: -150, max: 150 }),
    above: fc.integer({ min: 0, max: 120 }),
    below: fc.integer({ min: 0, max: 120 }),
    volume: fc.integer({ min: 0, max: 9 }),
    isMissing: hasGaps ? fc.integer({ min: 0, max: 9 }).map((draw) => draw === 0) : fc.constant(false),
  });
  return fc.array(step, { minLength, maxLength }).map((steps) => {
    let close = 10_000;
    const made: Bar[] = [];
    steps.forEach(({ gap, body, above, below, volume, isMissing }, index) => {
      if (isMissing && made.length > 0) return;
      const open = Math.max(500, close + gap);
      close = Math.max(500, open + body);
      const [high, low] = [Math.max(open, close) + above, Math.max(100, Math.min(open, close) - below)];
      made.push({
        openTime: START + index * timeframeMs(timeframe),
        open: open / 100,
        high: high / 100,
        low: low / 100,
        close: close / 100,
        volume,
      });
    });
    return columnsOf(made);
  });
}

/** What an expert does when its turn comes: a kind of action and two numbers that shape it. */
export interface Step {
  readonly kind: number;
  readonly size: number;
  readonly distance: number;
}

export const programArbitrary: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({ kind: fc.integer({ min: 0, max: 13 }), size: fc.integer({ min: 1, max: 40 }), distance: fc.integer({ min: 1, max: 30 }) }),
  { minLength: 1, maxLength: 25 },
);

/** Does one step. Distances are tenths of a percent of the price that the expert knows. */
export function act(expert: Expert, { kind, size, distance }: Step, symbol: string, unit = 0.1): void {
  const price = expert.price(symbol);
  if (!(price > 0)) return;
  const up = price * (1 + distance / 1_000);
  const down = price * (1 - distance / 1_000);
  const order = { symbol, quantity: size * unit };
  const held = expert.positionOf(symbol);
  const reduce = (options: OrderOptions): unknown =>
    held.isLong ? expert.sell({ ...order, ...options, reduceOnly: true }) : expert.buy({ ...order, ...options, reduceOnly: true });
  switch (kind) {
    case 0:
      return void expert.buy({ ...order, stopLoss: down, takeProfitPct: size / 10 });
    case 1:
      return void expert.sell({ ...order, stopLossPct: distance / 10, takeProfit: price * 0.97 });
    case 2:
      return void expert.buy({ ...order, price: down, takeProfitPct: 1 });
    case 3:
      return void expert.sell({ ...order, price: up, postOnly: true });
    case 4:
      return void expert.buy({ ...order, triggerPrice: up, stopLossPct: 1 });
    case 5:
      return void expert.sell({ ...order, triggerPrice: down, price: down * 1.0005, expiresAt: expert.now + size * 1_800_000 });
    case 6:
      return void expert.buy({ ...order, trailingStopPct: distance / 10, trailingActivationPct: size / 40 });
    case 7:
      return void expert.sell({ ...order, price: up * 0.999, timeInForce: size % 2 === 0 ? "IOC" : "FOK" });
    case 8:
      return void (held.isFlat || reduce({ trailingPct: distance / 10 }));
    case 9:
      return void (
        held.isFlat || reduce({ type: "takeProfitLimit", triggerPrice: held.isLong ? up : down, price: held.isLong ? up : down })
      );
    case 10:
      return void expert.closePosition({ symbol });
    case 11:
      return void expert.cancelAll(symbol);
    case 12: {
      const open = expert.orders.find((candidate) => candidate.symbol === symbol && candidate.price !== undefined);
      return void (
        open !== undefined && expert.amend(open.clientOrderId, { price: (open.price ?? price) * 0.999, quantity: order.quantity })
      );
    }
    default: {
      const open = expert.orders.find((candidate) => candidate.symbol === symbol);
      return void (open !== undefined && expert.cancel(open.clientOrderId));
    }
  }
}

/** The columns up to a row, and after it every `keep`-th time with prices of another walk; none at all where that is 0. */
export function withOtherFuture(columns: BarColumns, row: number, other: BarColumns, keep: number): BarColumns {
  const made: Bar[] = [];
  for (let index = 0; index < columns.length; index += 1) {
    if (index >= row && (keep === 0 || index % keep !== 0)) continue;
    const bar = index < row ? barAt(columns, index) : barAt(other, index % other.length);
    made.push({ ...bar, openTime: columns.openTime[index] as number });
  }
  return columnsOf(made);
}
