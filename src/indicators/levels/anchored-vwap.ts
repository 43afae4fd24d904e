import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { realNumber } from "../parameters.ts";
import type { VwapLine } from "./vwap.ts";
import { WeightedPrice } from "./weighted-price.ts";

export interface AnchoredVwapOptions {
  /** The first bar counted is the first that opens at this time or later, in milliseconds since the epoch, UTC. @default 0 */
  readonly anchor?: number;
  /** Volume-weighted standard deviations from the price to either line. @default 2 */
  readonly deviations?: number;
}

/** Volume-weighted average price since an event, by the bars' typical prices, with lines some standard deviations away; NaN before it. */
export function anchoredVwap(options: AnchoredVwapOptions = {}): AnchoredVwap {
  return new AnchoredVwap(options);
}

/** See `anchoredVwap`. */
export class AnchoredVwap extends BarIndicator<VwapLine> {
  readonly #anchor: number;
  readonly #deviations: number;
  readonly #price = new WeightedPrice();

  constructor({ anchor = 0, deviations = 2 }: AnchoredVwapOptions = {}) {
    super(["value", "upper", "lower"], 1);
    this.#anchor = realNumber("anchoredVwap", "anchor", anchor, { min: 0, max: 8.64e15 });
    this.#deviations = realNumber("anchoredVwap", "deviations", deviations, { min: 0, max: 1_000 });
  }

  get upper(): number {
    return this.current[1] as number;
  }

  get lower(): number {
    return this.current[2] as number;
  }

  update({ openTime, high, low, close, volume }: Bar): void {
    if (openTime < this.#anchor) return;
    this.#price.push((high + low + close) / 3, volume);
    const { mean } = this.#price;
    const width = this.#deviations * this.#price.deviation;
    this.current[0] = mean;
    this.current[1] = mean + width;
    this.current[2] = mean - width;
  }

  override reset(): void {
    super.reset();
    this.#price.reset();
  }
}
