import type { Bar } from "../../domain/bar.ts";
import { PairIndicator } from "../pair-indicator.ts";
import { oneOf, wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { isRounding, productsOf, squaresOf } from "./deviations.ts";
import { METHODS, TALIB_ZERO, type Method, type MethodOptions } from "./method.ts";

/**
 * Pearson's correlation of two series over `period` numbers, −1 to 1; of high and low unless `of` says otherwise.
 * A series that does not move correlates with nothing: 0.
 */
export function correl(period = 30, options: MethodOptions = {}): Correl {
  return new Correl(period, options);
}

/** See `correl`. */
export class Correl extends PairIndicator {
  readonly #method: Method;
  readonly #window1: RollingWindow;
  readonly #window2: RollingWindow;
  #sum1 = NaN;
  #sum2 = NaN;
  #squares1 = NaN;
  #squares2 = NaN;
  #products = NaN;

  constructor(period: number, { method = "exact" }: MethodOptions = {}) {
    super(["value"], wholeNumber("correl", "period", period), "high", "low");
    this.#method = oneOf("correl", "method", method, METHODS);
    this.#window1 = new RollingWindow(period);
    this.#window2 = new RollingWindow(period);
    this.reset();
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.first, this.second);
  }

  next(first: number, second: number): void {
    this.first = first;
    this.second = second;
    if (this.#method === "talib") this.#run();
    else this.#measure();
  }

  override reset(): void {
    super.reset();
    this.#window1.reset();
    this.#window2.reset();
    this.#sum1 = 0;
    this.#sum2 = 0;
    this.#squares1 = 0;
    this.#squares2 = 0;
    this.#products = 0;
  }

  #measure(): void {
    this.#window1.push(this.first);
    if (!this.#window2.push(this.second)) return;
    const { values, start, end, period } = this.#window1;
    const others = this.#window2.values;
    const squares1 = squaresOf(values, start, end);
    const squares2 = squaresOf(others, start, end);
    if (isRounding(squares1, period, values[start] as number) || isRounding(squares2, period, others[start] as number)) {
      this.current[0] = 0;
      return;
    }
    const ratio = productsOf(values, others, start, end) / Math.sqrt(squares1) / Math.sqrt(squares2);
    this.current[0] = ratio > 1 ? 1 : ratio < -1 ? -1 : ratio;
  }

  /** TA-Lib's order: what leaves is taken off first. */
  #run(): void {
    const { first, second } = this;
    if (this.#window1.isFull) {
      const leaving1 = this.#window1.oldest;
      const leaving2 = this.#window2.oldest;
      this.#sum1 -= leaving1;
      this.#squares1 -= leaving1 * leaving1;
      this.#products -= leaving1 * leaving2;
      this.#sum2 -= leaving2;
      this.#squares2 -= leaving2 * leaving2;
    }
    this.#sum1 += first;
    this.#squares1 += first * first;
    this.#products += first * second;
    this.#sum2 += second;
    this.#squares2 += second * second;
    this.#window1.push(first);
    if (!this.#window2.push(second)) return;
    const { period } = this.#window1;
    const spread1 = this.#squares1 - (this.#sum1 * this.#sum1) / period;
    const spread2 = this.#squares2 - (this.#sum2 * this.#sum2) / period;
    const spreads = spread1 * spread2;
    this.current[0] = spreads < TALIB_ZERO ? 0 : (this.#products - (this.#sum1 * this.#sum2) / period) / Math.sqrt(spreads);
  }
}
