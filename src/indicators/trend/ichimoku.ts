import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { SlidingRange } from "../sliding-range.ts";

export type IchimokuLine = "conversion" | "base" | "spanA" | "spanB" | "leadA" | "leadB" | "past";

/** Windows of the lines, in bars. */
export interface IchimokuOptions {
  /** Tenkan-sen. @default 9 */
  readonly conversion?: number;
  /** Kijun-sen. @default 26 */
  readonly base?: number;
  /** Senkou span B. @default 52 */
  readonly span?: number;
  /** How far the cloud is drawn ahead and the lagging span behind; `base` where not given. */
  readonly displacement?: number;
}

/**
 * Ichimoku Kinkō Hyō (Hosoda), with its displaced lines as a trader at this bar knows them; nothing looks ahead.
 *
 * - `conversion` (tenkan-sen) and `base` (kijun-sen): middles of the highest high and lowest low of their windows.
 * - `spanA`, `spanB`: the cloud that a chart shows at this bar; it was computed `displacement` bars ago.
 * - `leadA`, `leadB`: the cloud computed from this bar, which the chart will show `displacement` bars ahead.
 * - `past`: the close `displacement` bars ago. The lagging span (chikou) is this bar's close drawn back there, so
 *   `bar.close > past` says that the lagging span is above the price.
 */
export function ichimoku(options: IchimokuOptions = {}): Ichimoku {
  return new Ichimoku(options);
}

/** See `ichimoku`. */
export class Ichimoku extends BarIndicator<IchimokuLine> {
  readonly #conversion: SlidingRange;
  readonly #base: SlidingRange;
  readonly #span: SlidingRange;
  readonly #spanA: RollingWindow;
  readonly #spanB: RollingWindow;
  readonly #closes: RollingWindow;
  #wait = 0;

  constructor({ conversion = 9, base = 26, span = 52, displacement = base }: IchimokuOptions = {}) {
    const longest = Math.max(
      wholeNumber("ichimoku", "conversion", conversion),
      wholeNumber("ichimoku", "base", base),
      wholeNumber("ichimoku", "span", span),
    );
    super(
      ["conversion", "base", "spanA", "spanB", "leadA", "leadB", "past"],
      longest + wholeNumber("ichimoku", "displacement", displacement, { min: 0 }),
    );
    this.#conversion = new SlidingRange(conversion);
    this.#base = new SlidingRange(base);
    this.#span = new SlidingRange(span);
    this.#spanA = new RollingWindow(displacement + 1);
    this.#spanB = new RollingWindow(displacement + 1);
    this.#closes = new RollingWindow(displacement + 1);
    this.reset();
  }

  get conversion(): number {
    return this.current[0] as number;
  }

  get base(): number {
    return this.current[1] as number;
  }

  get spanA(): number {
    return this.current[2] as number;
  }

  get spanB(): number {
    return this.current[3] as number;
  }

  get leadA(): number {
    return this.current[4] as number;
  }

  get leadB(): number {
    return this.current[5] as number;
  }

  get past(): number {
    return this.current[6] as number;
  }

  update(bar: Bar): void {
    this.#conversion.take(bar);
    this.#base.take(bar);
    this.#span.take(bar);
    const conversion = middleOf(this.#conversion);
    const base = middleOf(this.#base);
    const leadA = (conversion + base) / 2;
    const leadB = middleOf(this.#span);
    this.#spanA.push(leadA);
    this.#spanB.push(leadB);
    this.#closes.push(bar.close);
    if (this.#wait > 0) {
      this.#wait -= 1;
      return;
    }
    const { current } = this;
    current[0] = conversion;
    current[1] = base;
    current[2] = this.#spanA.oldest;
    current[3] = this.#spanB.oldest;
    current[4] = leadA;
    current[5] = leadB;
    current[6] = this.#closes.oldest;
  }

  override reset(): void {
    super.reset();
    this.#conversion.reset();
    this.#base.reset();
    this.#span.reset();
    this.#spanA.reset();
    this.#spanB.reset();
    this.#closes.reset();
    this.#wait = this.warmup - 1;
  }
}

function middleOf({ highest, lowest }: SlidingRange): number {
  return (highest + lowest) / 2;
}
