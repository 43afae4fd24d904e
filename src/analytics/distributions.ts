/** Probability that a standard normal value is at or below `value`. */
export function normalCdf(value: number): number {
  return 0.5 * complementaryError(-value / Math.SQRT2);
}

/** Probability that Student's t with `freedom` degrees lies further from zero than `value`, on both sides. */
export function studentTwoSided(value: number, freedom: number): number {
  if (Number.isNaN(value) || freedom <= 0) return NaN;
  return incompleteBeta(freedom / (freedom + value * value), freedom / 2, 0.5);
}

/** erfc by its power series near zero and by its continued fraction further out; about 1e-15 relative. */
function complementaryError(value: number): number {
  const size = Math.abs(value);
  const result = size < 2 ? 1 - errorSeries(size) : errorFraction(size);
  return value < 0 ? 2 - result : result;
}

function errorSeries(value: number): number {
  const square = value * value;
  let term = value;
  let total = value;
  for (let index = 1; Math.abs(term) > 1e-17 * Math.abs(total); index += 1) {
    term *= -square / index;
    total += term / (2 * index + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * total;
}

function errorFraction(value: number): number {
  let fraction = value;
  for (let index = 60; index > 0; index -= 1) fraction = value + index / 2 / fraction;
  return Math.exp(-value * value) / Math.sqrt(Math.PI) / fraction;
}

/** Regularised incomplete beta function I_x(a, b) by Lentz's continued fraction. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  if (x < (a + 1) / (a + b + 2)) return (front * betaFraction(x, a, b)) / a;
  return 1 - (front * betaFraction(1 - x, b, a)) / b;
}

function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const away = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let upper = 1;
  let lower = 1 / away(1 - ((a + b) * x) / (a + 1));
  let result = lower;
  for (let step = 1; step <= 500; step += 1) {
    const even = (step * (b - step) * x) / ((a + 2 * step - 1) * (a + 2 * step));
    lower = 1 / away(1 + even * lower);
    upper = away(1 + even / upper);
    result *= lower * upper;
    const odd = (-(a + step) * (a + b + step) * x) / ((a + 2 * step) * (a + 2 * step + 1));
    lower = 1 / away(1 + odd * lower);
    upper = away(1 + odd / upper);
    const change = lower * upper;
    result *= change;
    if (Math.abs(change - 1) < 1e-15) break;
  }
  return result;
}

const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156];

/** ln Γ by Stirling's series, after shifting the argument above 10. */
function logGamma(value: number): number {
  let shifted = value;
  let product = 1;
  while (shifted < 10) {
    product *= shifted;
    shifted += 1;
  }
  let series = 0;
  let power = shifted;
  for (const coefficient of STIRLING) {
    series += coefficient / power;
    power *= shifted * shifted;
  }
  return (shifted - 0.5) * Math.log(shifted) - shifted + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product);
}
