import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { SeriesIndicator } from "../series-indicator.ts";

/**
 * Shannon entropy, in bits, of the last `period` numbers taken as shares of their sum: log₂(period) when all are equal, 0 when
 * one makes up the whole. Of volumes it tells how evenly trade is spread: `entropy(20).of("volume")`.
 */
export function entropy(period = 10): Entropy {
  return new Entropy(period);
}

/** See `entropy`. Numbers below zero are no shares: NaN until they have left the window; so is a window of zeros alone. */
export class Entropy extends SeriesIndicator {
  readonly #window: RollingWindow;

  constructor(period: number) {
    super(["value"], wholeNumber("entropy", "period", period));
    this.#window = new RollingWindow(period);
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

  #measure(): void {
    const { values, start, end } = this.#window;
    const sum = this.#window.sum();
    let bits = 0;
    for (let slot = start; slot < end; slot += 1) {
      const share = (values[slot] as number) / sum;
      if (share !== 0) bits -= share * Math.log2(share);
    }
    this.current[0] = bits;
  }
}
