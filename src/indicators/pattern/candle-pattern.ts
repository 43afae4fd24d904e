import type { Bar, BarColumns } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { realNumber } from "../parameters.ts";
import { RowBar } from "../row-bar.ts";
import type { CandleAverage } from "./candle-averages.ts";
import { PENETRATION_MAX, candleSettings, type CandleSetting, type CandleSettingName, type CandleSettings } from "./candle-settings.ts";
import { CHUNK, Candles } from "./candles.ts";

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
 * A subclass writes `recognise`, asks by `limit` for what it compares with, and has `answer` as below. That loop stands in
 * every class, not here, so that a program of many patterns still finds the class's own recogniser in it.
 *
 * ```ts
 * protected answer(from: number, to: number, answers: Float64Array, offset: number): void {
 *   for (let row = from; row < to; row += 1) answers[row + offset] = this.recognise(row);
 * }
 * ```
 *
 * The one recogniser serves the stream and the column on the same rows of numbers, so the two cannot differ.
 */
export abstract class CandlePattern extends BarIndicator {
  /** The candles by row. */
  protected readonly candles: Candles;
  protected readonly penetration: number;
  readonly #settings: Readonly<Record<CandleSettingName, CandleSetting>>;
  #periodMax = 0;

  constructor({ name, candles, ahead = 0, settings = {}, penetration = 0 }: CandlePatternOptions) {
    super(["value"], candles);
    this.#settings = candleSettings(name, settings);
    this.penetration = realNumber(name, "penetration", penetration, { min: 0, max: PENETRATION_MAX });
    const periods = Object.values(this.#settings).map(({ period }) => period);
    this.candles = new Candles({ warmup: candles, ahead, periodMax: Math.max(...periods) });
  }

  update(bar: Bar): void {
    const { candles } = this;
    const row = candles.push(bar);
    if (candles.isWarm) this.answer(row, row + 1, this.current, -row);
    else if (candles.isWatched) this.recognise(row);
  }

  override reset(): void {
    super.reset();
    this.candles.clear();
  }

  /** The answer for the pattern that ends in `row`. */
  protected abstract recognise(row: number): number;

  /** Writes the answers for the rows `from` to `to` (excluded), moved by `offset`, into `answers`. */
  protected abstract answer(from: number, to: number, answers: Float64Array, offset: number): void;

  /** The limit of that name for the candle that stands `shift` candles before the pattern's last. */
  protected limit(name: CandleSettingName, shift: number): CandleAverage {
    const setting = this.#settings[name];
    if (setting.period > this.#periodMax) {
      this.delay(setting.period - this.#periodMax);
      this.#periodMax = setting.period;
    }
    return this.candles.limit(setting, shift);
  }

  protected override delay(bars: number): void {
    super.delay(bars);
    this.candles.delay(bars);
  }

  protected override run(columns: BarColumns, outputs: readonly Float64Array[]): void {
    const output = outputs[0] as Float64Array;
    const { length } = columns;
    const bar = new RowBar();
    const warm = Math.min(this.warmup, length);
    for (let index = 0; index < warm; index += 1) {
      this.update(bar.at(columns, index));
      output[index] = this.current[0] as number;
    }
    for (let from = warm; from < length; from += CHUNK) {
      const count = Math.min(CHUNK, length - from);
      const row = this.candles.take(columns, from, count);
      this.answer(row, row + count, output, from - row);
    }
    if (warm < length) this.current[0] = output[length - 1] as number;
  }
}
