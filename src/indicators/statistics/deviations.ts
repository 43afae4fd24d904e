/**
 * Sums over numbers that lie in `values` from `from` to `to` (excluded), in two passes. They are taken around the first of them,
 * which leaves nothing of a price's height but its spread: numbers that are equal have a spread of exactly zero, and an offset
 * of a million costs no digits.
 */

/** The mean. */
export function meanOf(values: Float64Array, from: number, to: number): number {
  const origin = values[from] as number;
  let sum = 0;
  for (let index = from; index < to; index += 1) sum += (values[index] as number) - origin;
  return origin + sum / (to - from);
}

/** The sum of the squared distances from the mean. */
export function squaresOf(values: Float64Array, from: number, to: number): number {
  const origin = values[from] as number;
  let sum = 0;
  for (let index = from; index < to; index += 1) sum += (values[index] as number) - origin;
  const offset = sum / (to - from);
  let squares = 0;
  for (let index = from; index < to; index += 1) {
    const distance = (values[index] as number) - origin - offset;
    squares += distance * distance;
  }
  return squares;
}

/** The sum of the products of two series' distances from their means; both lie at the same places. */
export function productsOf(first: Float64Array, second: Float64Array, from: number, to: number): number {
  const firstMean = meanOf(first, from, to);
  const secondMean = meanOf(second, from, to);
  let products = 0;
  for (let index = from; index < to; index += 1) {
    products += ((first[index] as number) - firstMean) * ((second[index] as number) - secondMean);
  }
  return products;
}

/**
 * Whether `count` squared distances add up to no more than the rounding of numbers of the given size. Dividing by such a sum
 * would give a number made of rounding alone, so the series counts as one that does not move.
 */
export function isRounding(squares: number, count: number, size: number): boolean {
  const rounding = 4 * Number.EPSILON * size;
  return squares <= count * rounding * rounding;
}
