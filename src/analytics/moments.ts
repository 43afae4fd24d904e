/** Numbers in a row, typed or not. */
export type Numbers = ArrayLike<number>;

/** Sum with Neumaier's compensation, so that the order of the terms does not show. */
export function sum(values: Numbers): number {
  let total = 0;
  let lost = 0;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] as number;
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  // An infinite total has lost nothing that could be repaired.
  return Number.isFinite(total) ? total + lost : total;
}

/** Arithmetic mean; NaN of nothing. */
export function mean(values: Numbers): number {
  return sum(values) / values.length;
}

/** Variance with `values.length - freedom` in the denominator: 1 for a sample, 0 for a whole population. */
export function variance(values: Numbers, freedom: 0 | 1 = 1): number {
  if (values.length <= freedom) return NaN;
  return centralSum(values, 2) / (values.length - freedom);
}

/** Square root of `variance`. */
export function standardDeviation(values: Numbers, freedom: 0 | 1 = 1): number {
  return Math.sqrt(variance(values, freedom));
}

/** Sample covariance of two series of one length. */
export function covariance(left: Numbers, right: Numbers): number {
  const count = left.length;
  if (count < 2 || right.length !== count) return NaN;
  const leftMean = mean(left);
  const rightMean = mean(right);
  return sum(Array.from(left, (value, index) => (value - leftMean) * ((right[index] as number) - rightMean))) / (count - 1);
}

/** Skewness of a sample with the bias correction of Fisher and Pearson (G1); NaN with fewer than 3 values or no spread. */
export function skewness(values: Numbers): number {
  const count = values.length;
  if (count < 3) return NaN;
  const second = centralSum(values, 2) / count;
  const third = centralSum(values, 3) / count;
  return (Math.sqrt(count * (count - 1)) / (count - 2)) * (third / second ** 1.5);
}

/** Excess kurtosis of a sample with bias correction (G2), 0 for a normal; NaN with fewer than 4 values or no spread. */
export function excessKurtosis(values: Numbers): number {
  const count = values.length;
  if (count < 4) return NaN;
  const second = centralSum(values, 2) / count;
  const fourth = centralSum(values, 4) / count;
  const biased = fourth / second ** 2 - 3;
  return ((count - 1) / ((count - 2) * (count - 3))) * ((count + 1) * biased + 6);
}

/**
 * The one return that, earned every period, gives the same end: `exp(mean(ln(1 + r))) - 1`.
 * 0 when a period lost everything (backtesting.py's convention), NaN of nothing.
 */
export function geometricMeanReturn(returns: Numbers): number {
  const logarithms: number[] = [];
  for (let index = 0; index < returns.length; index += 1) {
    const growth = 1 + (returns[index] as number);
    if (growth <= 0) return 0;
    logarithms.push(Math.log(growth));
  }
  return Math.exp(mean(logarithms)) - 1;
}

/** The value below which `share` of the values lie, with straight lines between neighbours; NaN of nothing. */
export function quantile(values: Numbers, share: number): number {
  const sorted = Float64Array.from(values).toSorted();
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const lower = sorted[below] ?? NaN;
  const upper = sorted[below + 1] ?? lower;
  return lower + (position - below) * (upper - lower);
}

/** Middle value; NaN of nothing. */
export function median(values: Numbers): number {
  return quantile(values, 0.5);
}

/** Largest value; NaN of nothing. */
export function largest(values: Numbers): number {
  let found = NaN;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] as number;
    if (!(value <= found)) found = value;
  }
  return found;
}

/** Smallest value; NaN of nothing. */
export function smallest(values: Numbers): number {
  let found = NaN;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] as number;
    if (!(value >= found)) found = value;
  }
  return found;
}

function centralSum(values: Numbers, power: number): number {
  const center = mean(values);
  return sum(Array.from(values, (value) => (value - center) ** power));
}
