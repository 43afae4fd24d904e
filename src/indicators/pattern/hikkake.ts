import { CandlePattern } from "./candle-pattern.ts";

/** Bars within which a hikkake can be confirmed. */
const PATIENCE = 3;

/**
 * Hikkake: an inside bar, then a bar that leaves its range on one side only. Those who follow that breakout are trapped.
 *
 * 100 where a bar has broken out below (the rise is expected), −100 where it has broken out above; 200 or −200 where one of
 * the next three bars confirms it by a close beyond the inside bar on the other side. A new hikkake on the confirming bar
 * hides the confirmation.
 *
 * Source: Daniel L. Chesler, Trading False Moves with the Hikkake Pattern, Active Trader (April 2004).
 */
export function hikkake(): CandlePattern {
  return new Hikkake({ name: "hikkake", candles: 6, ahead: 3 });
}

/** A pattern that traps and is confirmed later; a subclass may ask for more than an inside bar. */
export class Hikkake extends CandlePattern {
  #direction: 1 | -1 = 1;
  /** Bars since the trap, up to `PATIENCE`, after which nothing can confirm it. */
  #age = PATIENCE;
  /** Range of the inside bar. */
  #high = NaN;
  #low = NaN;

  override reset(): void {
    super.reset();
    this.#age = PATIENCE;
  }

  protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
    for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
  }

  protected recognise(row: number): number {
    const { candles } = this;
    const direction = this.isInside(row - 1) ? this.breakout(row) : 0;
    if (direction !== 0) {
      this.#direction = direction;
      this.#age = 0;
      this.#high = candles.high(row - 1);
      this.#low = candles.low(row - 1);
      return 100 * direction;
    }
    if (this.#age === PATIENCE) return 0;
    this.#age += 1;
    const isConfirmed = this.#direction === 1 ? candles.close(row) > this.#high : candles.close(row) < this.#low;
    if (!isConfirmed) return 0;
    this.#age = PATIENCE;
    return 200 * this.#direction;
  }

  /** Whether the bar lies within the range of the one before. */
  protected isInside(row: number): boolean {
    const { candles } = this;
    return candles.high(row) < candles.high(row - 1) && candles.low(row) > candles.low(row - 1);
  }

  /** What a bar that leaves the range of the one before on one side promises: 1 a rise, −1 a fall, 0 nothing. */
  protected breakout(row: number): 1 | -1 | 0 {
    const { candles } = this;
    if (candles.high(row) < candles.high(row - 1) && candles.low(row) < candles.low(row - 1)) return 1;
    return candles.high(row) > candles.high(row - 1) && candles.low(row) > candles.low(row - 1) ? -1 : 0;
  }
}
