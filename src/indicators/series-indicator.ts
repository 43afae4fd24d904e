import { ConfigurationError } from "../base/errors.ts";
import type { Bar, BarColumns } from "../domain/bar.ts";
import { BaseIndicator } from "./base-indicator.ts";
import type { LineColumns, Source } from "./indicator.ts";
import { readerOf, type SourceReader } from "./source.ts";

/**
 * An indicator of one series of numbers: the close unless `of` says otherwise.
 *
 * A subclass writes `next` (one number), `reset`, and `update` as the line below. The line stands in every class, not here,
 * so that a loop over many kinds of indicators finds the class's own code and no number is boxed on its way to `next`:
 *
 * ```ts
 * update(bar: Bar): void {
 *   if (this.read(bar)) this.next(this.input);
 * }
 * ```
 */
export abstract class SeriesIndicator<Line extends string = "value"> extends BaseIndicator<Line> {
  /** The number that `read` has taken from the bar. */
  protected input = NaN;
  #reader: SourceReader | undefined = undefined;
  #hasStarted = false;

  /**
   * Makes the indicator read something else than the close: a price such as "hl2", another indicator or a function of the
   * bar. NaN at the source's beginning is skipped and its warm-up added. To be called before the first bar, once.
   */
  of(source: Source): this {
    if (this.#reader !== undefined) throw new ConfigurationError(`${this.constructor.name}: of() was called already`);
    this.#reader = readerOf(source, this.constructor.name);
    this.delay(this.#reader.warmup - 1);
    return this;
  }

  /** Takes the next number of the series. */
  abstract next(value: number): void;

  override reset(): void {
    super.reset();
    this.#hasStarted = false;
    this.#reader?.reset();
  }

  over(columns: BarColumns): LineColumns<Line> {
    this.reset();
    const input = this.#reader === undefined ? columns.close : this.#reader.column(columns);
    const from = this.#reader === undefined ? 0 : leadingNaN(input, columns.length);
    this.#hasStarted = from < columns.length;
    const outputs = this.allocate(columns.length, from);
    this.run(input, outputs, from, columns.length);
    return this.named(outputs);
  }

  /** Starts again and runs over plain numbers from row `from` on, giving the first line; for indicators built of others. */
  overNumbers(input: Float64Array, from = 0): Float64Array {
    this.reset();
    const outputs = this.allocate(input.length, from);
    this.run(input, outputs, from, input.length);
    return outputs[0] as Float64Array;
  }

  /** Puts the bar's number into `input`; false while the source has none yet. */
  protected read(bar: Bar): boolean {
    if (this.#reader === undefined) {
      this.input = bar.close;
      return true;
    }
    return this.#readSource(this.#reader, bar);
  }

  /**
   * Takes the numbers of rows `from` to `to` (excluded) and writes the lines into `outputs`. Subclasses that run often
   * replace it by a loop over local variables with the same operations in the same order as `next`.
   */
  protected run(input: Float64Array, outputs: readonly Float64Array[], from: number, to: number): void {
    const { current } = this;
    const single = outputs[0] as Float64Array;
    for (let row = from; row < to; row += 1) {
      this.next(input[row] as number);
      single[row] = current[0] as number;
      for (let line = 1; line < current.length; line += 1) (outputs[line] as Float64Array)[row] = current[line] as number;
    }
  }

  #readSource(reader: SourceReader, bar: Bar): boolean {
    const value = reader.read(bar);
    this.input = value;
    if (!this.#hasStarted) {
      if (Number.isNaN(value)) return false;
      this.#hasStarted = true;
    }
    return true;
  }
}

/** Number of rows before the first that is a number. */
export function leadingNaN(column: Float64Array, length: number): number {
  let row = 0;
  while (row < length && Number.isNaN(column[row])) row += 1;
  return row;
}
