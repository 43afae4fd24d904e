import type { Random } from "../../base/random.ts";
import { GaussianChain } from "./gaussian-chain.ts";

/** Rounds after which a fit stops even if it still improves. */
const ROUNDS_MAX = 100;
/** Gain in log-likelihood per number below which a fit has settled. */
const SETTLED = 1e-7;
/** Random beginnings, of which the likeliest end wins: the method climbs to the nearest summit only. */
const BEGINNINGS = 4;
/** No state may be narrower than this share of the whole spread, or it would close in on a single number. */
const NARROWEST = 0.05;

/** Fits Gaussian hidden Markov models by Baum and Welch's method (Rabiner 1989, with scaled forward and backward passes). */
export class BaumWelch {
  readonly #length: number;
  readonly #states: number;
  readonly #trial: GaussianChain;
  readonly #forward: Float64Array;
  readonly #backward: Float64Array;
  readonly #densities: Float64Array;
  readonly #scales: Float64Array;
  readonly #moves: Float64Array;
  readonly #weights: Float64Array;

  constructor(states: number, length: number) {
    this.#length = length;
    this.#states = states;
    this.#trial = new GaussianChain(states);
    this.#forward = new Float64Array(length * states);
    this.#backward = new Float64Array(length * states);
    this.#densities = new Float64Array(length * states);
    this.#scales = new Float64Array(length);
    this.#moves = new Float64Array(states * states);
    this.#weights = new Float64Array(states);
  }

  /** Fits `model` to the numbers at `values[start]` and after; the same stream of chance gives the same model. */
  fit(model: GaussianChain, values: Float64Array, start: number, random: Random): void {
    const numbers = values.subarray(start, start + this.#length);
    const mean = numbers.reduce((sum, number) => sum + number, 0) / this.#length;
    const spread = Math.sqrt(numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0) / this.#length);
    // Numbers that do not spread at all fit any width.
    const width = spread > 0 ? spread : 1e-12;
    let best = -Infinity;
    for (let beginning = 0; beginning < BEGINNINGS; beginning += 1) {
      this.#begin(mean, width, random.fork(`beginning ${beginning}`));
      const likelihood = this.#climb(numbers, width * NARROWEST);
      if (!(likelihood > best)) continue;
      best = likelihood;
      model.adopt(this.#trial);
    }
  }

  /** States that last, with the common mean and spreads around the common one. */
  #begin(mean: number, width: number, random: Random): void {
    const { means, deviations, transitions, starts } = this.#trial;
    const states = this.#states;
    const stay = 0.8 + 0.19 * random.next();
    for (let state = 0; state < states; state += 1) {
      const place = states === 1 ? 0 : (2 * state) / (states - 1) - 1;
      means[state] = mean + 0.1 * width * random.normal();
      deviations[state] = width * Math.exp(place * (0.4 + 0.6 * random.next()));
      starts[state] = 1 / states;
      for (let to = 0; to < states; to += 1) transitions[state * states + to] = to === state ? stay : (1 - stay) / (states - 1);
    }
  }

  /** Repeats both passes and the new estimate until it settles; gives the log-likelihood reached. */
  #climb(numbers: Float64Array, narrowest: number): number {
    let likelihood = -Infinity;
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      const reached = this.#passForward(numbers);
      if (reached - likelihood < SETTLED * this.#length) return reached;
      likelihood = reached;
      this.#passBackward();
      this.#estimate(numbers, narrowest);
    }
    return likelihood;
  }

  #passForward(numbers: Float64Array): number {
    const states = this.#states;
    const forward = this.#forward;
    const densities = this.#densities;
    const trial = this.#trial;
    let likelihood = 0;
    for (let row = 0; row < this.#length; row += 1) {
      let highest = -Infinity;
      for (let state = 0; state < states; state += 1) {
        const density = trial.logDensity(state, numbers[row] as number);
        densities[row * states + state] = density;
        highest = Math.max(highest, density);
      }
      let scale = 0;
      for (let to = 0; to < states; to += 1) {
        const place = row * states + to;
        const density = Math.exp((densities[place] as number) - highest);
        const joint = this.#prior(row, to) * density;
        densities[place] = density;
        forward[place] = joint;
        scale += joint;
      }
      for (let to = 0; to < states; to += 1) forward[row * states + to] = (forward[row * states + to] as number) / scale;
      this.#scales[row] = scale;
      likelihood += Math.log(scale) + highest;
    }
    return likelihood;
  }

  /** Chance of a state at a row, given the numbers before it. */
  #prior(row: number, to: number): number {
    const states = this.#states;
    if (row === 0) return this.#trial.starts[to] as number;
    let prior = 0;
    for (let from = 0; from < states; from += 1) {
      prior += (this.#forward[(row - 1) * states + from] as number) * (this.#trial.transitions[from * states + to] as number);
    }
    return prior;
  }

  #passBackward(): void {
    const states = this.#states;
    const backward = this.#backward;
    const { transitions } = this.#trial;
    backward.fill(1, (this.#length - 1) * states);
    for (let row = this.#length - 2; row >= 0; row -= 1) {
      for (let from = 0; from < states; from += 1) {
        let sum = 0;
        for (let to = 0; to < states; to += 1) {
          const place = (row + 1) * states + to;
          sum += (transitions[from * states + to] as number) * (this.#densities[place] as number) * (backward[place] as number);
        }
        backward[row * states + from] = sum / (this.#scales[row + 1] as number);
      }
    }
  }

  /** Sets the model to what the numbers say, each counted for a state as far as it belongs to it. */
  #estimate(numbers: Float64Array, narrowest: number): void {
    const states = this.#states;
    const { means, deviations, starts } = this.#trial;
    this.#estimateMoves();
    for (let state = 0; state < states; state += 1) {
      let weight = 0;
      let sum = 0;
      for (let row = 0; row < this.#length; row += 1) {
        const share = this.#share(row, state);
        weight += share;
        sum += share * (numbers[row] as number);
      }
      starts[state] = this.#share(0, state);
      if (!(weight > 1e-9)) continue;
      const mean = sum / weight;
      let squares = 0;
      for (let row = 0; row < this.#length; row += 1) squares += this.#share(row, state) * ((numbers[row] as number) - mean) ** 2;
      means[state] = mean;
      deviations[state] = Math.max(narrowest, Math.sqrt(squares / weight));
    }
  }

  #estimateMoves(): void {
    const states = this.#states;
    const { transitions } = this.#trial;
    const moves = this.#moves.fill(0);
    const weights = this.#weights.fill(0);
    for (let row = 0; row < this.#length - 1; row += 1) {
      for (let from = 0; from < states; from += 1) {
        weights[from] = (weights[from] as number) + this.#share(row, from);
        const leaving = (this.#forward[row * states + from] as number) / (this.#scales[row + 1] as number);
        for (let to = 0; to < states; to += 1) {
          const place = (row + 1) * states + to;
          const arriving = (this.#densities[place] as number) * (this.#backward[place] as number);
          const move = leaving * (transitions[from * states + to] as number) * arriving;
          moves[from * states + to] = (moves[from * states + to] as number) + move;
        }
      }
    }
    for (let from = 0; from < states; from += 1) {
      if (!((weights[from] as number) > 1e-9)) continue;
      for (let to = 0; to < states; to += 1)
        transitions[from * states + to] = (moves[from * states + to] as number) / (weights[from] as number);
    }
  }

  /** How far the number at a row belongs to a state, by all numbers. */
  #share(row: number, state: number): number {
    const place = row * this.#states + state;
    return (this.#forward[place] as number) * (this.#backward[place] as number);
  }
}
