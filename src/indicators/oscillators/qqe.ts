import type { Bar } from "../../domain/bar.ts";
import { Rsi } from "../momentum/rsi.ts";
import { Ema } from "../overlap/ema.ts";
import { realNumber, wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { EmaChain } from "./ema-chain.ts";

export type QqeLine = "value" | "stop";

export interface QqeOptions {
  /** Period that smooths the relative strength. @default 5 */
  readonly smooth?: number;
  /** Mean moves of the line from it to its stop. @default 4.236 */
  readonly factor?: number;
}

/**
 * Quantitative qualitative estimation (Igor Livshin): a smoothed relative strength index, and a stop that trails it at some of
 * its own mean moves, themselves averaged twice over 2 · period − 1 bars.
 */
export function qqe(period = 14, options: QqeOptions = {}): Qqe {
  return new Qqe(period, options);
}

/** See `qqe`. It begins on the rising side, as the common TradingView script does. */
export class Qqe extends SeriesIndicator<QqeLine> {
  readonly #factor: number;
  readonly #rsi: Rsi;
  readonly #smooth: Ema;
  readonly #moves: EmaChain;
  #wait = 0;
  #smoothWait = 0;
  #previous = NaN;
  #long = NaN;
  #short = NaN;
  #isRising = true;

  constructor(period: number, { smooth = 5, factor = 4.236 }: QqeOptions = {}) {
    wholeNumber("qqe", "period", period, { min: 2, max: 50_000 });
    super(["value", "stop"], period + wholeNumber("qqe", "smooth", smooth) + 1 + 2 * (2 * period - 2));
    this.#factor = realNumber("qqe", "factor", factor, { min: 0.01, max: 1_000 });
    this.#rsi = new Rsi(period);
    this.#smooth = new Ema(smooth);
    this.#moves = new EmaChain([new Ema(2 * period - 1), new Ema(2 * period - 1)]);
    this.reset();
  }

  get stop(): number {
    return this.current[1] as number;
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.#rsi.next(value);
    if (this.#wait > 0) {
      this.#wait -= 1;
      return;
    }
    this.#smooth.next(this.#rsi.value);
    if (this.#smoothWait > 0) {
      this.#smoothWait -= 1;
      return;
    }
    const line = this.#smooth.value;
    const previous = this.#previous;
    this.#previous = line;
    if (Number.isNaN(previous)) return;
    if (!this.#moves.next(Math.abs(line - previous))) return;
    this.#trail(line, previous, this.#factor * this.#moves.value);
    this.current[0] = line;
    this.current[1] = this.#isRising ? this.#long : this.#short;
  }

  override reset(): void {
    super.reset();
    this.#rsi.reset();
    this.#smooth.reset();
    this.#moves.reset();
    this.#wait = this.#rsi.warmup - 1;
    this.#smoothWait = this.#smooth.warmup - 1;
    this.#previous = NaN;
    this.#long = NaN;
    this.#short = NaN;
    this.#isRising = true;
  }

  #trail(line: number, previous: number, distance: number): void {
    const long = this.#long;
    const short = this.#short;
    if (line > short && previous <= short) this.#isRising = true;
    else if (line < long && previous >= long) this.#isRising = false;
    this.#long = previous > long && line > long ? Math.max(long, line - distance) : line - distance;
    this.#short = previous < short && line < short ? Math.min(short, line + distance) : line + distance;
  }
}
