/** More digits than any exchange uses: what seems to need them is no decimal that somebody wrote down. */
export const DECIMALS_MAX = 12;
/** Doubles that differ by less than this share are one decimal, once read and once computed. */
const NOISE = 4 * Number.EPSILON;

/** Beyond it a scaled value is no longer near one whole number only: its own rounding is as large as the units counted. */
export const UNITS_MAX = 2 ** 50;

/** Digits after the point that all values need, at least `from`. Values that seem to need more than twelve are passed over. */
export function decimalsNeeded(values: Float64Array, from = 0): number {
  let decimals = from;
  let factor = 10 ** decimals;
  for (const value of values) {
    if (isWhole(value * factor)) continue;
    let more = decimals;
    while (more <= DECIMALS_MAX && !isWhole(value * 10 ** more)) more += 1;
    if (more > DECIMALS_MAX) continue;
    decimals = more;
    factor = 10 ** decimals;
  }
  return decimals;
}

/**
 * The doubles that the values mean: 0.0016200000000000001, which a program computed, becomes the double of 0.00162.
 * Values that were read from decimals come back as they are; an archive holds nothing else, so that prices compare with `===`.
 */
export function withoutNoise(values: Float64Array): Float64Array {
  const factor = 10 ** decimalsNeeded(values);
  return values.map((value) => {
    const whole = Math.round(value * factor);
    return Math.abs(whole) < UNITS_MAX && Math.abs(value * factor - whole) <= NOISE * Math.abs(whole) ? whole / factor : value;
  });
}

/** Whether the value is a whole number but for the noise of a computation. */
export function isWhole(value: number): boolean {
  if (Math.abs(value) >= UNITS_MAX) return Number.isInteger(value);
  return Math.abs(value - Math.round(value)) <= NOISE * Math.abs(value);
}
