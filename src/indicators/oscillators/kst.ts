import type { Bar } from "../../domain/bar.ts";
import { Roc } from "../momentum/roc.ts";
import { Sma } from "../overlap/sma.ts";
import { wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import type { SignalledLine } from "./tsi.ts";

/** Periods of the four rates of change, of their averages and of the signal. */
export interface KstOptions {
  /** @default 10 */
  readonly roc1?: number;
  /** @default 15 */
  readonly roc2?: number;
  /** @default 20 */
  readonly roc3?: number;
  /** @default 30 */
  readonly roc4?: number;
  /** @default 10 */
  readonly average1?: number;
  /** @default 10 */
  readonly average2?: number;
  /** @default 10 */
  readonly average3?: number;
  /** @default 15 */
  readonly average4?: number;
  /** @default 9 */
  readonly signal?: number;
}

/** Know sure thing (Pring): four averaged rates of change of growing length, added with weights 1 to 4. */
export function kst(options: KstOptions = {}): Kst {
  return new Kst(options);
}

/** See `kst`. */
export class Kst extends SeriesIndicator<SignalledLine> {
  readonly #parts: readonly AveragedChange[];
  readonly #signal: Sma;
  #wait = 0;
  #signalWait = 0;

  constructor(options: KstOptions = {}) {
    const { roc1 = 10, roc2 = 15, roc3 = 20, roc4 = 30, average1 = 10, average2 = 10, average3 = 10, average4 = 15, signal = 9 } = options;
    const rocs = [roc1, roc2, roc3, roc4].map((period, index) => wholeNumber("kst", `roc${index + 1}`, period));
    const averages = [average1, average2, average3, average4].map((period, index) => wholeNumber("kst", `average${index + 1}`, period));
    const parts = rocs.map((period, index) => new AveragedChange(period, averages[index] as number));
    const longest = Math.max(...parts.map(({ warmup }) => warmup));
    super(["value", "signal"], longest + wholeNumber("kst", "signal", signal) - 1);
    this.#parts = parts;
    this.#signal = new Sma(signal);
    this.reset();
  }

  get signal(): number {
    return this.current[1] as number;
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    let sum = 0;
    for (let index = 0; index < this.#parts.length; index += 1) sum += (index + 1) * (this.#parts[index] as AveragedChange).next(value);
    if (this.#wait > 0) {
      this.#wait -= 1;
      return;
    }
    this.#signal.next(sum);
    if (this.#signalWait > 0) {
      this.#signalWait -= 1;
      return;
    }
    this.current[0] = sum;
    this.current[1] = this.#signal.value;
  }

  override reset(): void {
    super.reset();
    for (const part of this.#parts) part.reset();
    this.#signal.reset();
    this.#wait = Math.max(...this.#parts.map(({ warmup }) => warmup)) - 1;
    this.#signalWait = this.#signal.warmup - 1;
  }
}

/** A rate of change and its simple average. */
class AveragedChange {
  readonly warmup: number;
  readonly #roc: Roc;
  readonly #average: Sma;
  #wait = 0;

  constructor(period: number, average: number) {
    this.#roc = new Roc(period);
    this.#average = new Sma(average);
    this.warmup = period + average;
    this.reset();
  }

  /** Takes the next number and gives the averaged change, NaN while there is none. */
  next(value: number): number {
    this.#roc.next(value);
    if (this.#wait > 0) {
      this.#wait -= 1;
      return NaN;
    }
    this.#average.next(this.#roc.value);
    return this.#average.value;
  }

  reset(): void {
    this.#roc.reset();
    this.#average.reset();
    this.#wait = this.#roc.warmup - 1;
  }
}
