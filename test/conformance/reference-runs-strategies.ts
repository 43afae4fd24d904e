import type { Bar } from "../../src/domain/bar.ts";
import type { Indicator } from "../../src/indicators/indicator.ts";

/** A market order in backtesting.py's words. */
export interface Wish {
  /** Above zero to buy. */
  readonly direction: number;
  /** Units, or below 1 a share of what is available. @default everything */
  readonly size?: number | undefined;
  readonly sl?: number | undefined;
  readonly tp?: number | undefined;
}

/** What a strategy of backtesting.py does, and how many bars its indicators need before that. */
export interface Strategy {
  readonly warmup: number;
  /** Called on every bar. */
  see?(): void;
  /** Called after it on each bar once the indicators have values. */
  next(close: number): Wish | undefined;
}

export interface StrategyInput {
  /** Keeps an indicator up to date with every bar. */
  readonly track: (indicator: Indicator) => Indicator;
  /** Number of all bars. */
  readonly bars: number;
  readonly params: Readonly<Record<string, number>>;
}

interface Known {
  readonly params: readonly string[];
  create(input: StrategyInput): Strategy;
}

/** The strategies this test knows. `sl` and `tp` are distances from the close as shares of it. */
const STRATEGIES: Readonly<Record<string, Known>> = {
  SmaCross: { params: ["n1", "n2", "size", "sl", "tp"], create: smaCross },
  BuyAndHold: { params: [], create: buyAndHold },
};

/** The strategy of a name; an unknown one, or one with parameters it does not have, is refused. */
export function strategyOf(name: string, input: StrategyInput): Strategy {
  const known = Object.hasOwn(STRATEGIES, name) ? STRATEGIES[name] : undefined;
  if (known === undefined) throw new Error(`unknown strategy ${name}; this test knows ${Object.keys(STRATEGIES).join(", ")}`);
  const strange = Object.keys(input.params).filter((param) => !known.params.includes(param));
  if (strange.length > 0)
    throw new Error(`strategy ${name} has no parameter ${strange.join(", ")}; it has ${known.params.join(", ") || "none"}`);
  return known.create(input);
}

/** Buys when the fast average crosses above the slow one, sells when it crosses below. */
function smaCross({ track, bars, params }: StrategyInput): Strategy {
  const { n1 = 10, n2 = 20, size, sl, tp } = params;
  const fast = track(rollingMean(n1));
  const slow = track(rollingMean(n2));
  let before = NaN;
  let now = NaN;
  return {
    // An average longer than the data never has a value, and is not waited for.
    warmup: Math.max(...[n1, n2].map((n) => (n > bars ? 0 : n - 1))),
    see() {
      before = now;
      now = fast.value - slow.value;
    },
    next(close) {
      const direction = before < 0 && now > 0 ? 1 : before > 0 && now < 0 ? -1 : 0;
      if (direction === 0) return undefined;
      return {
        direction,
        size,
        sl: sl === undefined ? undefined : close * (1 - direction * sl),
        tp: tp === undefined ? undefined : close * (1 + direction * tp),
      };
    },
  };
}

/** Buys on the first bar a strategy sees, which is the second of the data. */
function buyAndHold(): Strategy {
  let isIn = false;
  return {
    warmup: 0,
    next() {
      if (isIn) return undefined;
      isIn = true;
      return { direction: 1 };
    },
  };
}

/**
 * The mean of the last closes as pandas computes it: a running sum with Kahan's compensation, the oldest number leaving
 * first. Two averages that are equal on paper differ in the last bit, and that bit decides whether they cross.
 */
function rollingMean(period: number): Indicator {
  const window: number[] = [];
  let sum = 0;
  let added = 0;
  let removed = 0;
  let same = 0;
  let value = NaN;
  return {
    warmup: period,
    get value() {
      return value;
    },
    update({ close }: Bar) {
      if (window.length === period) {
        const leaving = -(window.shift() as number) - removed;
        const total = sum + leaving;
        removed = total - sum - leaving;
        sum = total;
      }
      same = close === window.at(-1) ? same + 1 : 1;
      window.push(close);
      const coming = close - added;
      const total = sum + coming;
      added = total - sum - coming;
      sum = total;
      if (window.length === period) value = same >= period ? close : sum / period;
    },
  };
}
