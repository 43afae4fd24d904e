import type { Bar, BarColumns } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { realNumber } from "../parameters.ts";
import { CandleAverage } from "./candle-averages.ts";
import { PENETRATION_MAX, candleSettings, type CandleSetting, type CandleSettingName, type CandleSettings } from "./candle-settings.ts";
import { Candles } from "./candles.ts";

/** How a pattern lies in the series. */
export interface CandlePatternOptions {
  /** The name its errors carry. */
  readonly name: string;
  /** Candles needed for the first answer, beside those that its limits are averaged from. */
  readonly candles: number;
  /** Bars before the first answer in which it already looks, because it remembers what it saw. @default 0 */
  readonly ahead?: number;
  readonly settings?: CandleSettings;
  /** Share of the first body, for patterns that ask how far a later candle goes back into it. @default 0 */
  readonly penetration?: number;
}

/**
 * A candlestick pattern: 100 where a bullish one ends, −100 where a bearish one ends, 0 elsewhere. A few give other sizes.
 *
 * A subclass writes `recognise` and asks by `limit` for what it compares with. The one recogniser serves the stream and the
 * column, on rows of the same numbers, so the two cannot differ.
 */
export abstract class CandlePattern extends BarIndicator {
  /** The candles by row. */
  protected readonly candles: Candles;
  protected readonly penetration: number;
  readonly #settings: Readonly<Record<CandleSettingName, CandleSetting>>;
  readonly #ahead: number;
  readonly #limits: CandleAverage[] = [];
  #periodMax = 0;
  /** Bars seen; no longer counted once there is an answer. */
  #seen = 0;

  constructor({ name, candles, ahead = 0, settings = {}, penetration = 0 }: CandlePatternOptions) {
    super(["value"], candles);
    this.#settings = candleSettings(name, settings);
    this.#ahead = ahead;
    this.penetration = realNumber(name, "penetration", penetration, { min: 0, max: PENETRATION_MAX });
    const periods = Object.values(this.#settings).map(({ period }) => period);
    this.candles = new Candles(candles + Math.max(...periods) + 1);
  }

  update(bar: Bar): void {
    const row = this.candles.push(bar);
    const answered = this.warmup - 1;
    const first = answered - this.#ahead;
    const seen = this.#seen;
    if (seen <= answered) this.#seen = seen + 1;
    if (seen < first) return;
    if (seen === first) this.#start(row);
    else this.#advance(row);
    const answer = this.recognise(row);
    if (seen >= answered) this.current[0] = answer;
  }

  override reset(): void {
    super.reset();
    this.candles.clear();
    this.#seen = 0;
  }

  /** The answer for the pattern that ends in `row`. */
  protected abstract recognise(row: number): number;

  /** The limit of that name for the candle that stands `shift` candles before the pattern's last. */
  protected limit(name: CandleSettingName, shift: number): CandleAverage {
    const setting = this.#settings[name];
    const average = new CandleAverage(this.candles, setting, shift);
    this.#limits.push(average);
    if (setting.period > this.#periodMax) {
      this.delay(setting.period - this.#periodMax);
      this.#periodMax = setting.period;
    }
    return average;
  }

  protected override run(columns: BarColumns, outputs: readonly Float64Array[]): void {
    const output = outputs[0] as Float64Array;
    const { length } = columns;
    const answered = this.warmup - 1;
    const first = answered - this.#ahead;
    this.candles.read(columns);
    if (first < length) {
      this.#start(first);
      output[first] = this.recognise(first);
    }
    for (let row = first + 1; row < length; row += 1) {
      this.#advance(row);
      output[row] = this.recognise(row);
    }
    this.candles.remember(columns);
    output.fill(NaN, 0, Math.min(answered, length));
    this.#seen = Math.min(length, answered + 1);
    if (length > answered) this.current[0] = output[length - 1] as number;
  }

  #start(row: number): void {
    for (const limit of this.#limits) limit.start(row);
  }

  #advance(row: number): void {
    const limits = this.#limits;
    for (let index = 0; index < limits.length; index += 1) (limits[index] as CandleAverage).advance(row);
  }
}
