/**
 * A Gaussian hidden Markov model of up to a few states: numbers whose mean and spread depend on a state that is not seen and
 * changes by chance. States are in the order of their spread.
 */
export class GaussianChain {
  readonly states: number;
  readonly means: Float64Array;
  readonly deviations: Float64Array;
  /** Chance of going from state i to state j at `i * states + j`. */
  readonly transitions: Float64Array;
  /** Chance of each state at the first number. */
  readonly starts: Float64Array;
  /** Chance of each state given all numbers shown so far. */
  readonly belief: Float64Array;
  readonly #scratch: Float64Array;

  constructor(states: number) {
    this.states = states;
    this.means = new Float64Array(states);
    this.deviations = new Float64Array(states);
    this.transitions = new Float64Array(states * states);
    this.starts = new Float64Array(states);
    this.belief = new Float64Array(states);
    this.#scratch = new Float64Array(states);
  }

  /** The likeliest state now. */
  get likeliest(): number {
    let best = 0;
    for (let state = 1; state < this.states; state += 1) {
      if ((this.belief[state] as number) > (this.belief[best] as number)) best = state;
    }
    return best;
  }

  /** Forgets what was shown; the next number is taken for the first. */
  restart(): void {
    this.belief.fill(NaN);
  }

  /** Shows the next number and updates the belief by Bayes' rule: the forward step, which looks at no later number. */
  filter(number: number): void {
    const { states, belief, transitions } = this;
    const next = this.#scratch;
    const isFirst = Number.isNaN(belief[0]);
    let highest = -Infinity;
    for (let to = 0; to < states; to += 1) {
      let prior = isFirst ? (this.starts[to] as number) : 0;
      if (!isFirst)
        for (let from = 0; from < states; from += 1) prior += (belief[from] as number) * (transitions[from * states + to] as number);
      next[to] = Math.log(prior) + this.logDensity(to, number);
      highest = Math.max(highest, next[to] as number);
    }
    let sum = 0;
    for (let state = 0; state < states; state += 1) sum += Math.exp((next[state] as number) - highest);
    for (let state = 0; state < states; state += 1) belief[state] = Math.exp((next[state] as number) - highest) / sum;
  }

  /** Logarithm of the density of a number in a state, without the constant that all states share. */
  logDensity(state: number, number: number): number {
    const deviation = this.deviations[state] as number;
    const distance = (number - (this.means[state] as number)) / deviation;
    return -0.5 * distance * distance - Math.log(deviation);
  }

  /** Takes over the parameters of another model, its states sorted by spread. */
  adopt(other: GaussianChain): void {
    const { states } = this;
    const order = Array.from({ length: states }, (_, state) => state);
    order.sort((a, b) => (other.deviations[a] as number) - (other.deviations[b] as number) || a - b);
    order.forEach((from, state) => {
      this.means[state] = other.means[from] as number;
      this.deviations[state] = other.deviations[from] as number;
      this.starts[state] = other.starts[from] as number;
      order.forEach((to, next) => {
        this.transitions[state * states + next] = other.transitions[from * states + to] as number;
      });
    });
  }
}
