import type { Bar } from "../../domain/bar.ts";
import { Rsi } from "../momentum/rsi.ts";
import { wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { SeriesIndicator } from "../series-indicator.ts";

/** Periods of the other two parts. */
export interface ConnorsRsiOptions {
  /** Period of the relative strength of the streak. @default 2 */
  readonly streak?: number;
  /** How many earlier changes the newest is ranked among. @default 100 */
  readonly rank?: number;
}

/**
 * Connors RSI: the mean of three numbers from 0 to 100, the relative strength of the price, that of the streak (how many bars in
 * a row it has risen or, negative, fallen), and the share of the last `rank` percentage changes that were smaller than the newest.
 */
export function connorsRsi(period = 3, options: ConnorsRsiOptions = {}): ConnorsRsi {
  return new ConnorsRsi(period, options);
}

/** See `connorsRsi`. */
export class ConnorsRsi extends SeriesIndicator {
  readonly #price: Rsi;
  readonly #streaks: Rsi;
  readonly #changes: RollingWindow;
  #streak = 0;
  #previous = NaN;
  #count = 0;

  constructor(period: number, { streak = 2, rank = 100 }: ConnorsRsiOptions = {}) {
    super(
      ["value"],
      Math.max(
        wholeNumber("connorsRsi", "period", period, { min: 2 }) + 1,
        wholeNumber("connorsRsi", "streak", streak, { min: 2 }) + 1,
        wholeNumber("connorsRsi", "rank", rank) + 2,
      ),
    );
    this.#price = new Rsi(period);
    this.#streaks = new Rsi(streak);
    this.#changes = new RollingWindow(rank);
    this.reset();
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    const previous = this.#previous;
    this.#previous = value;
    if (this.#count < this.#price.warmup || this.#count < this.#streaks.warmup || this.#count < this.#changes.period + 2) this.#count += 1;
    if (this.#count > 1) {
      if (value > previous) this.#streak = Math.max(this.#streak, 0) + 1;
      else if (value < previous) this.#streak = Math.min(this.#streak, 0) - 1;
      else this.#streak = 0;
    }
    this.#price.next(value);
    this.#streaks.next(this.#streak);
    if (this.#count === 1) return;
    const change = previous === 0 ? 0 : (value - previous) / previous;
    const share = this.#changes.isFull ? this.#share(change) : NaN;
    this.#changes.push(change);
    this.current[0] = (this.#price.value + this.#streaks.value + 100 * share) / 3;
  }

  override reset(): void {
    super.reset();
    this.#price.reset();
    this.#streaks.reset();
    this.#changes.reset();
    this.#streak = 0;
    this.#previous = NaN;
    this.#count = 0;
  }

  /** The share of the window's changes below the given one. */
  #share(change: number): number {
    const { values, start, end, period } = this.#changes;
    let smaller = 0;
    for (let slot = start; slot < end; slot += 1) if ((values[slot] as number) < change) smaller += 1;
    return smaller / period;
  }
}
