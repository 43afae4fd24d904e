import type { CandlePattern } from "./candle-pattern.ts";
import type { CandleSettings } from "./candle-settings.ts";
import { Hikkake } from "./hikkake.ts";

/**
 * Modified hikkake: a hikkake after two inside bars in a row, the first of which closed near the end of its range: near its
 * low where a rise is expected, near its high where a fall is. It counts as a reversal only, a hikkake also as a pause.
 *
 * 100 and −100 where the trap springs, 200 and −200 where it is confirmed; see `hikkake`.
 *
 * Source: Daniel L. Chesler, Trading False Moves with the Hikkake Pattern, Active Trader (April 2004).
 */
export function modifiedHikkake(settings: CandleSettings = {}): CandlePattern {
  return new ModifiedHikkake(settings);
}

class ModifiedHikkake extends Hikkake {
  readonly #near = this.limit("near", 2);

  constructor(settings: CandleSettings) {
    super({ name: "modifiedHikkake", candles: 6, ahead: 3, settings });
    // TA-Lib leaves out at least one bar for the average, also when it is over none.
    if (settings.near?.period === 0) this.delay(1);
  }

  protected override isInside(row: number): boolean {
    return super.isInside(row) && super.isInside(row - 1);
  }

  protected override breakout(row: number): 1 | -1 | 0 {
    const { candles } = this;
    const context = row - 2;
    const direction = super.breakout(row);
    const near = this.#near.at(row);
    if (direction === 1) return candles.close(context) <= candles.low(context) + near ? 1 : 0;
    if (direction === -1) return candles.close(context) >= candles.high(context) - near ? -1 : 0;
    return 0;
  }
}
