import { ConfigurationError } from "../../base/errors.ts";
import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { isRounding } from "./deviations.ts";

export interface LagHurstOptions {
  /** Longest lag that is measured; the shortest is 2. @default 20 */
  readonly lag?: number;
}

/**
 * Hurst exponent by lags: how the standard deviation of moves grows with their length over the last `period` numbers; 0.5 for a
 * random walk, above when moves persist, below when they turn back. Of a wide range of prices take the logarithm: `lagHurst().of(ln())`.
 */
export function lagHurst(period = 252, options: LagHurstOptions = {}): LagHurst {
  return new LagHurst(period, options);
}

/** See `lagHurst`. Numbers that stand still, or move by the same step each bar, have no exponent: NaN. */
export class LagHurst extends SeriesIndicator {
  readonly #window: RollingWindow;
  /** For lags from 2 up: what the logarithm of the deviation counts in the slope. */
  readonly #weights: Float64Array;

  constructor(period: number, { lag = 20 }: LagHurstOptions = {}) {
    super(["value"], wholeNumber("lagHurst", "period", period, { min: 5 }));
    wholeNumber("lagHurst", "lag", lag, { min: 3, max: 1_000 });
    if (period < lag + 2) throw new ConfigurationError(`lagHurst: period is at least lag + 2, got ${period} and ${lag}`);
    this.#window = new RollingWindow(period);
    this.#weights = weightsOf(lag);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    if (this.#window.push(value)) this.#measure();
  }

  override reset(): void {
    super.reset();
    this.#window.reset();
  }

  #varianceOfMoves(lag: number): number {
    const { values, start, end } = this.#window;
    const count = end - start - lag;
    let sum = 0;
    for (let slot = start; slot < end - lag; slot += 1) sum += (values[slot + lag] as number) - (values[slot] as number);
    const mean = sum / count;
    let squares = 0;
    for (let slot = start; slot < end - lag; slot += 1) {
      const distance = (values[slot + lag] as number) - (values[slot] as number) - mean;
      squares += distance * distance;
    }
    return isRounding(squares, count, values[start] as number) ? Number.NaN : squares / count;
  }

  #measure(): void {
    let slope = 0;
    for (let index = 0; index < this.#weights.length; index += 1) {
      slope += (this.#weights[index] as number) * 0.5 * Math.log(this.#varianceOfMoves(index + 2));
    }
    this.current[0] = slope;
  }
}

function weightsOf(lag: number): Float64Array {
  const logarithms = Float64Array.from({ length: lag - 1 }, (_, index) => Math.log(index + 2));
  const mean = logarithms.reduce((sum, value) => sum + value, 0) / logarithms.length;
  const squares = logarithms.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return logarithms.map((value) => (value - mean) / squares);
}
