import type { Bar } from "../../domain/bar.ts";
import { WilderMoves } from "../momentum/wilder-moves.ts";
import { oneOf, wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { SeriesIndicator } from "../series-indicator.ts";

/** How the momentum oscillator gathers moves: by plain sums, as Chande does, or smoothed by Wilder's rule, as TA-Lib's CMO. */
export const MOMENTUM_KINDS = ["sum", "wilder"] as const;
export type MomentumKind = (typeof MOMENTUM_KINDS)[number];

export interface VidyaOptions {
  /** Period of the exponential average whose weight is scaled; `period` where not given. */
  readonly average?: number;
  /** "sum" is Chande's and TradingView's way, "wilder" LEAN's. @default "sum" */
  readonly momentum?: MomentumKind;
}

/**
 * Variable index dynamic average (Chande): an exponential average whose weight is scaled by the size of the Chande momentum
 * oscillator over `period` bars, so that it rests where moves cancel out. It starts from the number before its first value, as
 * LEAN's does.
 */
export function vidya(period = 9, options: VidyaOptions = {}): Vidya {
  return new Vidya(period, options);
}

/** See `vidya`. */
export class Vidya extends SeriesIndicator {
  readonly #weight: number;
  readonly #moves: RollingWindow;
  readonly #smoothed: WilderMoves | undefined;
  #previous = NaN;
  #average = NaN;
  #hasBegun = false;

  constructor(period: number, { average = period, momentum = "sum" }: VidyaOptions = {}) {
    super(["value"], wholeNumber("vidya", "period", period) + 1);
    this.#weight = 2 / (wholeNumber("vidya", "average", average) + 1);
    this.#moves = new RollingWindow(period);
    const kind = oneOf("vidya", "momentum", momentum, MOMENTUM_KINDS);
    this.#smoothed = kind === "wilder" ? new WilderMoves(period) : undefined;
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    const previous = this.#previous;
    this.#previous = value;
    this.#smoothed?.next(value);
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      return;
    }
    const wasFull = this.#moves.isFull;
    if (!this.#moves.push(value - previous)) return;
    const start = wasFull ? this.#average : previous;
    this.#average = start + this.#weight * this.#directedness() * (value - start);
    this.current[0] = this.#average;
  }

  override reset(): void {
    super.reset();
    this.#moves.reset();
    this.#smoothed?.reset();
    this.#previous = NaN;
    this.#average = NaN;
    this.#hasBegun = false;
  }

  /** How much of the way led somewhere, 0 to 1: the size of the momentum oscillator. */
  #directedness(): number {
    if (this.#smoothed !== undefined) return share(this.#smoothed.gain - this.#smoothed.loss, this.#smoothed.gain + this.#smoothed.loss);
    const { values, start, end } = this.#moves;
    let net = 0;
    let way = 0;
    for (let slot = start; slot < end; slot += 1) {
      const move = values[slot] as number;
      net += move;
      way += Math.abs(move);
    }
    return share(net, way);
  }
}

function share(net: number, way: number): number {
  return way === 0 ? 0 : Math.abs(net) / way;
}
