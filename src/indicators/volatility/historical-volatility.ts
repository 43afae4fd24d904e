import type { Bar } from "../../domain/bar.ts";
import { oneOf, wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { squaresOf } from "../statistics/deviations.ts";
import { annualFactor, type AnnualOptions } from "./annual.ts";

/** What returns are measured from: their mean in the window, or zero, as for realised volatility. */
export const RETURN_CENTERS = ["mean", "zero"] as const;
export type ReturnCenter = (typeof RETURN_CENTERS)[number];

export interface HistoricalVolatilityOptions extends AnnualOptions {
  /** "mean" divides by `period` − 1, "zero" by `period`. @default "mean" */
  readonly center?: ReturnCenter;
}

/** Historical volatility: the standard deviation of the last `period` logarithmic returns, per bar unless `barsPerYear` is set. */
export function historicalVolatility(period = 20, options: HistoricalVolatilityOptions = {}): HistoricalVolatility {
  return new HistoricalVolatility(period, options);
}

/** See `historicalVolatility`. A price that is not positive has no return: NaN until it has left the window. */
export class HistoricalVolatility extends SeriesIndicator {
  readonly #factor: number;
  readonly #center: ReturnCenter;
  readonly #returns: RollingWindow;
  #previous = NaN;
  #hasBegun = false;

  constructor(period: number, { center = "mean", ...annual }: HistoricalVolatilityOptions = {}) {
    super(["value"], wholeNumber("historicalVolatility", "period", period, { min: 2 }) + 1);
    this.#center = oneOf("historicalVolatility", "center", center, RETURN_CENTERS);
    this.#factor = annualFactor("historicalVolatility", annual);
    this.#returns = new RollingWindow(period);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    const previous = this.#previous;
    this.#previous = value;
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      return;
    }
    if (this.#returns.push(value > 0 && previous > 0 ? Math.log(value / previous) : Number.NaN)) {
      this.current[0] = Math.sqrt(this.#variance()) * this.#factor;
    }
  }

  override reset(): void {
    super.reset();
    this.#returns.reset();
    this.#previous = NaN;
    this.#hasBegun = false;
  }

  #variance(): number {
    const { values, start, end, period } = this.#returns;
    if (this.#center === "mean") return squaresOf(values, start, end) / (period - 1);
    let squares = 0;
    for (let slot = start; slot < end; slot += 1) squares += (values[slot] as number) ** 2;
    return squares / period;
  }
}
