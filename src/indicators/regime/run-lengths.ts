/** Strength of what is believed beforehand, in numbers: a regime's mean is near 0 and its variance near 1. */
const PRIOR_MEAN_WEIGHT = 1;
const PRIOR_SHAPE = 1;
const PRIOR_SCALE = 1;

/** A run length less likely than this is given up, which spares most of the work and changes no chance by more. */
const NO_CHANCE = 1e-12;

/**
 * The chances of how long the present regime has lasted, for normal numbers of unknown mean and variance (Adams and MacKay 2007;
 * Murphy 2007 for the predictive Student distribution). Runs longer than the limit are kept as one.
 */
export class RunLengths {
  readonly #limit: number;
  readonly #hazard: number;
  /** Chance of each run length, and mean and squared distances of the numbers in the run. */
  #chances: Float64Array;
  #means: Float64Array;
  #scales: Float64Array;
  #nextChances: Float64Array;
  #nextMeans: Float64Array;
  #nextScales: Float64Array;
  /** Logarithm of the constant of the predictive distribution for each run length. */
  readonly #constants: Float64Array;
  #count = 0;

  constructor(limit: number, hazard: number) {
    const room = (): Float64Array => new Float64Array(limit + 1);
    this.#limit = limit;
    this.#hazard = hazard;
    this.#chances = room();
    this.#means = room();
    this.#scales = room();
    this.#nextChances = room();
    this.#nextMeans = room();
    this.#nextScales = room();
    this.#constants = room().map((_, run) => {
      const shape = PRIOR_SHAPE + run / 2;
      return logGamma(shape + 0.5) - logGamma(shape) - 0.5 * Math.log(2 * Math.PI);
    });
    this.reset();
  }

  /** The run length with the highest chance. */
  get likeliest(): number {
    let best = 0;
    for (let run = 1; run <= this.#count; run += 1) if ((this.#chances[run] as number) > (this.#chances[best] as number)) best = run;
    return best;
  }

  /** The chance that the run is no longer than the given length. */
  shareWithin(length: number): number {
    let sum = 0;
    const last = Math.min(length, this.#count);
    for (let run = 0; run <= last; run += 1) sum += this.#chances[run] as number;
    return Math.min(1, sum);
  }

  /** Takes the next number of the series. */
  push(number: number): void {
    const limit = this.#limit;
    const next = this.#nextChances;
    const grown = Math.min(this.#count + 1, limit);
    next.fill(0, 0, grown + 1);
    let total = 0;
    for (let run = this.#count; run >= 0; run -= 1) {
      const chance = this.#chances[run] as number;
      const weighted = chance < NO_CHANCE ? 0 : chance * this.#density(run, number);
      total += weighted;
      next[0] = (next[0] as number) + weighted * this.#hazard;
      const to = Math.min(run + 1, limit);
      // At the limit two run lengths meet: the longer one's numbers are kept.
      if (next[to] === 0) this.#grow(run, to, number);
      next[to] = (next[to] as number) + weighted * (1 - this.#hazard);
    }
    if (total > 0) for (let run = 0; run <= grown; run += 1) next[run] = (next[run] as number) / total;
    // A number so far off that no run explains it begins a new one.
    else next.fill(0, 1, grown + 1)[0] = 1;
    this.#nextMeans[0] = 0;
    this.#nextScales[0] = PRIOR_SCALE;
    this.#count = grown;
    this.#swap();
  }

  reset(): void {
    this.#count = 0;
    this.#chances.fill(0);
    this.#chances[0] = 1;
    this.#means[0] = 0;
    this.#scales[0] = PRIOR_SCALE;
  }

  /** Density of the next number after a run: Student's distribution. */
  #density(run: number, number: number): number {
    const shape = PRIOR_SHAPE + run / 2;
    const weight = PRIOR_MEAN_WEIGHT + run;
    const width = ((this.#scales[run] as number) * (weight + 1)) / weight;
    const distance = number - (this.#means[run] as number);
    return Math.exp(
      (this.#constants[run] as number) - 0.5 * Math.log(width) - (shape + 0.5) * Math.log1p((distance * distance) / (2 * width)),
    );
  }

  /** Adds the number to the run's mean and squares. */
  #grow(run: number, to: number, number: number): void {
    const weight = PRIOR_MEAN_WEIGHT + run;
    const distance = number - (this.#means[run] as number);
    this.#nextMeans[to] = (this.#means[run] as number) + distance / (weight + 1);
    this.#nextScales[to] = (this.#scales[run] as number) + (weight * distance * distance) / (2 * (weight + 1));
  }

  #swap(): void {
    const chances = this.#chances;
    const means = this.#means;
    const scales = this.#scales;
    this.#chances = this.#nextChances;
    this.#means = this.#nextMeans;
    this.#scales = this.#nextScales;
    this.#nextChances = chances;
    this.#nextMeans = means;
    this.#nextScales = scales;
  }
}

/** Logarithm of the gamma function of a positive number, by Stirling's series after steps up the recurrence; 1e-13 at worst. */
function logGamma(number: number): number {
  let shift = 0;
  let x = number;
  while (x < 10) {
    shift -= Math.log(x);
    x += 1;
  }
  const inverse = 1 / (x * x);
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse / 1188)))) / x;
  return shift + (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series;
}
