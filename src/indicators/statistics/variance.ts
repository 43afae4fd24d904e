import type { Bar } from "../../domain/bar.ts";
import { oneOf, realNumber, wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { squaresOf } from "./deviations.ts";
import { DEVIATION_LIMITS, METHODS, type Method, type MethodOptions } from "./method.ts";

export interface VarianceOptions extends MethodOptions {
  /** Taken because TA-Lib's VAR takes it, and without effect, as there. @default 1 */
  readonly deviations?: number;
}

/** Variance of the last `period` numbers, of the population: the mean squared distance from their mean. */
export function variance(period = 5, options: VarianceOptions = {}): Variance {
  return new Variance(period, options);
}

/** See `variance`. By the "talib" method it can come out a little below zero, as TA-Lib's can. */
export class Variance extends SeriesIndicator {
  readonly #window: RollingWindow;
  readonly #method: Method;
  #sum = NaN;
  #squares = NaN;

  /** `owner` is named when a parameter is wrong. */
  constructor(period: number, { deviations = 1, method = "exact" }: VarianceOptions = {}, owner = "variance") {
    super(["value"], wholeNumber(owner, "period", period));
    realNumber(owner, "deviations", deviations, DEVIATION_LIMITS);
    this.#window = new RollingWindow(period);
    this.#method = oneOf(owner, "method", method, METHODS);
    this.reset();
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.input = value;
    this.#step();
  }

  override reset(): void {
    super.reset();
    this.#window.reset();
    this.#sum = 0;
    this.#squares = 0;
  }

  #step(): void {
    const isFull = this.#window.push(this.input);
    if (this.#method === "talib") this.#run();
    else if (isFull) this.#measure();
  }

  #measure(): void {
    const { values, start, end, period } = this.#window;
    this.current[0] = squaresOf(values, start, end) / period;
  }

  #run(): void {
    const { isFull, newest, oldest, period, values } = this.#window;
    const value = values[newest] as number;
    this.#sum += value;
    this.#squares += value * value;
    if (!isFull) return;
    const mean = this.#sum / period;
    this.current[0] = this.#squares / period - mean * mean;
    this.#sum -= oldest;
    this.#squares -= oldest * oldest;
  }
}
