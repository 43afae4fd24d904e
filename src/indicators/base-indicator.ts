import type { Bar, BarColumns } from "../domain/bar.ts";
import type { LineColumns, Study } from "./indicator.ts";

/**
 * The first instance of every class. V8 fixes the layout of a class's objects when the seventh is made, from those that are still
 * alive; if all were garbage by then, as with an indicator that is made once per run, it leaves no room for fields, puts
 * objects with a dozen private fields into dictionaries, and each update becomes twenty times slower. One living object
 * prevents it.
 */
const firstInstances = new WeakMap<object, object>();

/**
 * What all indicators share: their lines, the current value of each, and the warm-up.
 *
 * Subclasses keep their state in number fields that start as NaN (V8 then stores them as doubles in place and a write
 * allocates nothing) and set their start in `reset`, which the constructor calls last.
 */
export abstract class BaseIndicator<Line extends string> implements Study<Line> {
  readonly lines: readonly Line[];
  /** Current values in the order of `lines`. */
  protected readonly current: Float64Array;
  #warmup: number;

  protected constructor(lines: readonly Line[], warmup: number) {
    this.lines = lines;
    this.current = new Float64Array(lines.length).fill(NaN);
    this.#warmup = warmup;
    if (!firstInstances.has(new.target)) firstInstances.set(new.target, this);
  }

  get warmup(): number {
    return this.#warmup;
  }

  get value(): number {
    return this.current[0] as number;
  }

  abstract update(bar: Bar): void;

  abstract over(columns: BarColumns): LineColumns<Line>;

  reset(): void {
    this.current.fill(NaN);
  }

  /** One of the lines as an indicator of its own, for use as a source: `sma(5).of(macd().line("signal"))`. */
  line(name: Line): Study<"value"> {
    return new LineView(this, name);
  }

  /** Raises the warm-up by the bars that the source needs before its first number. */
  protected delay(bars: number): void {
    this.#warmup += bars;
  }

  /** Empty columns, one per line, NaN up to row `from`. */
  protected allocate(length: number, from: number): Float64Array[] {
    return this.lines.map(() => new Float64Array(length).fill(NaN, 0, from));
  }

  /** The columns under the names of their lines. */
  protected named(outputs: readonly Float64Array[]): LineColumns<Line> {
    return Object.fromEntries(this.lines.map((line, index) => [line, outputs[index]])) as LineColumns<Line>;
  }
}

/** One line of an indicator with several; whoever holds it shows the bars to it instead of to the whole. */
class LineView<Line extends string> implements Study<"value"> {
  readonly lines = ["value"] as const;
  readonly #whole: Study<Line>;
  readonly #name: Line;

  constructor(whole: Study<Line>, name: Line) {
    this.#whole = whole;
    this.#name = name;
  }

  get warmup(): number {
    return this.#whole.warmup;
  }

  get value(): number {
    return (this.#whole as unknown as Readonly<Record<Line, number>>)[this.#name];
  }

  update(bar: Bar): void {
    this.#whole.update(bar);
  }

  reset(): void {
    this.#whole.reset();
  }

  over(columns: BarColumns): LineColumns<"value"> {
    return { value: this.#whole.over(columns)[this.#name] };
  }
}
