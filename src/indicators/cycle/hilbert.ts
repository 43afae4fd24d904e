/**
 * Ehlers' Hilbert transform of a series: seven points, weights 0.0962 and 0.5769, scaled by the period last measured.
 * J. F. Ehlers, Rocket Science for Traders (2001).
 */
class HilbertTransform {
  #one = NaN;
  #two = NaN;
  #three = NaN;
  #four = NaN;
  #five = NaN;
  #six = NaN;

  constructor() {
    this.reset();
  }

  next(value: number, adjustment: number): number {
    const result = (0.0962 * value - 0.0962 * this.#six - 0.5769 * this.#four + 0.5769 * this.#two) * adjustment;
    this.#six = this.#five;
    this.#five = this.#four;
    this.#four = this.#three;
    this.#three = this.#two;
    this.#two = this.#one;
    this.#one = value;
    return result;
  }

  reset(): void {
    this.#one = 0;
    this.#two = 0;
    this.#three = 0;
    this.#four = 0;
    this.#five = 0;
    this.#six = 0;
  }
}

const DEGREES = 180 / (4 * Math.atan(1));

/**
 * Ehlers' homodyne discriminator: it smooths a price over four bars, splits it into two components a quarter of a cycle
 * apart and measures the length of the cycle from how fast they turn. All Hilbert indicators of TA-Lib stand on it.
 */
export class HomodyneDiscriminator {
  /** The price averaged over four bars with weights 4, 3, 2, 1. */
  smoothed = NaN;
  /** The component in phase with the price, and the one a quarter of a cycle before it. */
  inPhase = NaN;
  quadrature = NaN;
  /** Length of the cycle in bars, 6 to 50; and the same smoothed once more. */
  period = NaN;
  smoothPeriod = NaN;

  readonly #start: number;
  readonly #detrender = new HilbertTransform();
  readonly #quadrature = new HilbertTransform();
  readonly #advancedInPhase = new HilbertTransform();
  readonly #advancedQuadrature = new HilbertTransform();
  #count = 0;
  /** The newest price. As an argument it would be boxed. */
  #price = NaN;
  /** The last four prices and the two running sums of the average. */
  #price1 = NaN;
  #price2 = NaN;
  #price3 = NaN;
  #price4 = NaN;
  #sum = NaN;
  #weightedSum = NaN;
  /** The detrended price of the last three bars. */
  #detrended1 = NaN;
  #detrended2 = NaN;
  #detrended3 = NaN;
  #turnInPhase = NaN;
  #turnQuadrature = NaN;
  #real = NaN;
  #imaginary = NaN;

  /** `start` is the number of prices that are smoothed before the first goes through the transform: 12 or 37 in TA-Lib. */
  constructor(start: number) {
    this.#start = start;
    this.reset();
  }

  /** Takes the next price; false while the transform has not started. */
  next(price: number): boolean {
    this.#price = price;
    this.#smooth();
    if (this.#count < this.#start) {
      this.#count += 1;
      return false;
    }
    this.#turn();
    return true;
  }

  reset(): void {
    for (const transform of [this.#detrender, this.#quadrature, this.#advancedInPhase, this.#advancedQuadrature]) transform.reset();
    this.#count = 0;
    this.smoothed = 0;
    this.inPhase = 0;
    this.quadrature = 0;
    this.period = 0;
    this.smoothPeriod = 0;
    this.#price1 = this.#price2 = this.#price3 = this.#price4 = 0;
    this.#sum = this.#weightedSum = 0;
    this.#detrended1 = this.#detrended2 = this.#detrended3 = 0;
    this.#turnInPhase = this.#turnQuadrature = 0;
    this.#real = this.#imaginary = 0;
  }

  /** The weighted average by running sums. */
  #smooth(): void {
    const price = this.#price;
    const isFilling = this.#count < 3;
    this.#sum += price;
    if (!isFilling) this.#sum -= this.#price4;
    this.#weightedSum += price * (isFilling ? this.#count + 1 : 4);
    this.#price4 = this.#price3;
    this.#price3 = this.#price2;
    this.#price2 = this.#price1;
    this.#price1 = price;
    if (isFilling) return;
    this.smoothed = this.#weightedSum * 0.1;
    this.#weightedSum -= this.#sum;
  }

  /** Splits the smoothed price into its two components. */
  #turn(): void {
    const adjustment = 0.075 * this.period + 0.54;
    const detrended = this.#detrender.next(this.smoothed, adjustment);
    this.inPhase = this.#detrended3;
    this.quadrature = this.#quadrature.next(detrended, adjustment);
    this.#detrended3 = this.#detrended2;
    this.#detrended2 = this.#detrended1;
    this.#detrended1 = detrended;
    this.#measure();
  }

  /** The length of the cycle from the angle the two components turned since the last bar. */
  #measure(): void {
    const adjustment = 0.075 * this.period + 0.54;
    const advancedInPhase = this.#advancedInPhase.next(this.inPhase, adjustment);
    const advancedQuadrature = this.#advancedQuadrature.next(this.quadrature, adjustment);
    const turnQuadrature = 0.2 * (this.quadrature + advancedInPhase) + 0.8 * this.#turnQuadrature;
    const turnInPhase = 0.2 * (this.inPhase - advancedQuadrature) + 0.8 * this.#turnInPhase;
    this.#real = 0.2 * (turnInPhase * this.#turnInPhase + turnQuadrature * this.#turnQuadrature) + 0.8 * this.#real;
    this.#imaginary = 0.2 * (turnInPhase * this.#turnQuadrature - turnQuadrature * this.#turnInPhase) + 0.8 * this.#imaginary;
    this.#turnQuadrature = turnQuadrature;
    this.#turnInPhase = turnInPhase;

    const previous = this.period;
    let period = previous;
    if (this.#imaginary !== 0 && this.#real !== 0) period = 360 / (Math.atan(this.#imaginary / this.#real) * DEGREES);
    period = Math.min(period, 1.5 * previous);
    period = Math.max(period, 0.67 * previous);
    period = Math.min(Math.max(period, 6), 50);
    this.period = 0.2 * period + 0.8 * previous;
    this.smoothPeriod = 0.33 * this.period + 0.67 * this.smoothPeriod;
  }
}
