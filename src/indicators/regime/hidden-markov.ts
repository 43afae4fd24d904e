import { createRandom } from "../../base/random.ts";
import type { Bar } from "../../domain/bar.ts";
import { wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { BaumWelch } from "./baum-welch.ts";
import { GaussianChain } from "./gaussian-chain.ts";

export type HiddenMarkovLine = "state" | "probability" | "volatility";

export interface HiddenMarkovOptions {
  /** How many returns the model is fitted to before its first value. @default 500 */
  readonly training?: number;
  /** After how many bars it is fitted anew to the last `training` returns; 0 keeps the first fit. @default 0 */
  readonly refit?: number;
  /** Decides the beginnings of the fit. @default 1 */
  readonly seed?: number;
}

/**
 * Regime by a Gaussian hidden Markov model of logarithmic returns. The model is fitted by Baum and Welch's method to the first
 * `training` returns and then only filtered: each value rests on returns up to its bar, never on later ones.
 *
 * `state` is the likeliest state, 0 for the calmest up to `states` − 1 for the most volatile; `probability` is its chance;
 * `volatility` is the standard deviation of its returns.
 */
export function hiddenMarkov(states = 2, options: HiddenMarkovOptions = {}): HiddenMarkov {
  return new HiddenMarkov(states, options);
}

/** See `hiddenMarkov`. A price that is not positive has no return: its bar and the next give NaN and are passed over. */
export class HiddenMarkov extends SeriesIndicator<HiddenMarkovLine> {
  readonly #model: GaussianChain;
  readonly #fitter: BaumWelch;
  readonly #returns: RollingWindow;
  readonly #refit: number;
  readonly #seed: number;
  #previous = NaN;
  #hasBegun = false;
  #isFitted = false;
  /** Returns since the last fit. */
  #age = 0;

  constructor(states: number, { training = 500, refit = 0, seed = 1 }: HiddenMarkovOptions = {}) {
    wholeNumber("hiddenMarkov", "states", states, { min: 2, max: 4 });
    super(["state", "probability", "volatility"], wholeNumber("hiddenMarkov", "training", training, { min: 30, max: 50_000 }) + 1);
    this.#refit = wholeNumber("hiddenMarkov", "refit", refit, { min: 0 });
    this.#seed = wholeNumber("hiddenMarkov", "seed", seed, { min: 0, max: Number.MAX_SAFE_INTEGER });
    this.#model = new GaussianChain(states);
    this.#fitter = new BaumWelch(states, training);
    this.#returns = new RollingWindow(training);
  }

  get state(): number {
    return this.current[0] as number;
  }

  get probability(): number {
    return this.current[1] as number;
  }

  get volatility(): number {
    return this.current[2] as number;
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    const previous = this.#previous;
    this.#previous = value;
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      return;
    }
    if (!(value > 0 && previous > 0 && value < Infinity && previous < Infinity)) {
      this.current.fill(NaN);
      return;
    }
    const change = Math.log(value / previous);
    if (!this.#returns.push(change)) return;
    this.#age += 1;
    const isDue = !this.#isFitted || (this.#refit > 0 && this.#age >= this.#refit);
    if (isDue) this.#fit();
    else this.#model.filter(change);
    const state = this.#model.likeliest;
    this.current[0] = state;
    this.current[1] = this.#model.belief[state] as number;
    this.current[2] = this.#model.deviations[state] as number;
  }

  override reset(): void {
    super.reset();
    this.#returns.reset();
    this.#previous = NaN;
    this.#hasBegun = false;
    this.#isFitted = false;
    this.#age = 0;
  }

  /** Fits the model to the window and filters the window's returns. */
  #fit(): void {
    const { values, start, end } = this.#returns;
    this.#fitter.fit(this.#model, values, start, createRandom(this.#seed));
    this.#model.restart();
    for (let slot = start; slot < end; slot += 1) this.#model.filter(values[slot] as number);
    this.#isFitted = true;
    this.#age = 0;
  }
}
