import { ConfigurationError } from "../base/errors.ts";
import type { Bar, BarColumns } from "../domain/bar.ts";
import { BaseIndicator } from "./base-indicator.ts";
import type { LineColumns, Source } from "./indicator.ts";
import { leadingNaN } from "./series-indicator.ts";
import { readerOf, type SourceReader } from "./source.ts";

/**
 * An indicator of two series read side by side, such as a correlation. A subclass writes `next` (one number of each),
 * `reset`, and `update` as this line (see `SeriesIndicator` for why it stands in every class):
 *
 * ```ts
 * update(bar: Bar): void {
 *   if (this.read(bar)) this.next(this.first, this.second);
 * }
 * ```
 */
export abstract class PairIndicator<Line extends string = "value"> extends BaseIndicator<Line> {
  /** The numbers that `read` has taken from the bar. */
  protected first = NaN;
  protected second = NaN;
  #firstReader: SourceReader;
  #secondReader: SourceReader;
  #isChosen = false;
  #hasStarted = false;

  protected constructor(lines: readonly Line[], warmup: number, first: Source, second: Source) {
    super(lines, warmup);
    this.#firstReader = readerOf(first, new.target.name);
    this.#secondReader = readerOf(second, new.target.name);
  }

  /**
   * Makes the indicator read two other series: prices, indicators or functions of the bar. Rows before both have a number
   * are skipped and the longer warm-up added. To be called before the first bar, once.
   */
  of(first: Source, second: Source): this {
    if (this.#isChosen) throw new ConfigurationError(`${this.constructor.name}: of() was called already`);
    this.#isChosen = true;
    this.#firstReader = readerOf(first, this.constructor.name);
    this.#secondReader = readerOf(second, this.constructor.name);
    this.delay(Math.max(this.#firstReader.warmup, this.#secondReader.warmup) - 1);
    return this;
  }

  /** Takes the next number of each series. */
  abstract next(first: number, second: number): void;

  override reset(): void {
    super.reset();
    this.#hasStarted = false;
    this.#firstReader.reset();
    this.#secondReader.reset();
  }

  over(columns: BarColumns): LineColumns<Line> {
    this.reset();
    const { length } = columns;
    const first = this.#firstReader.column(columns);
    const second = this.#secondReader.column(columns);
    let from = Math.max(leadingNaN(first, length), leadingNaN(second, length));
    while (from < length && (Number.isNaN(first[from]) || Number.isNaN(second[from]))) from += 1;
    this.#hasStarted = from < length;
    const outputs = this.allocate(length, from);
    this.run(first, second, outputs, from, length);
    return this.named(outputs);
  }

  /** Puts the bar's numbers into `first` and `second`; false while one of the sources has none yet. */
  protected read(bar: Bar): boolean {
    const first = this.#firstReader.read(bar);
    const second = this.#secondReader.read(bar);
    this.first = first;
    this.second = second;
    if (!this.#hasStarted) {
      if (Number.isNaN(first) || Number.isNaN(second)) return false;
      this.#hasStarted = true;
    }
    return true;
  }

  /** Takes the numbers of rows `from` to `to` (excluded) and writes the lines into `outputs`. */
  protected run(first: Float64Array, second: Float64Array, outputs: readonly Float64Array[], from: number, to: number): void {
    const { current } = this;
    const single = outputs[0] as Float64Array;
    for (let row = from; row < to; row += 1) {
      this.next(first[row] as number, second[row] as number);
      single[row] = current[0] as number;
      for (let line = 1; line < current.length; line += 1) (outputs[line] as Float64Array)[row] = current[line] as number;
    }
  }
}
