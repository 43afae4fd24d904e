const CYCLE_MAX = 50;
const TURN = 8 * Math.atan(1);
const FRACTION_BITS = 160n;
const ONE = 1n << FRACTION_BITS;

/** One turn of a sine and a cosine in as many steps as a cycle has bars. */
export interface CycleWave {
  readonly sines: Float64Array;
  readonly cosines: Float64Array;
}

const waves: (CycleWave | undefined)[] = Array.from({ length: CYCLE_MAX + 1 });

/**
 * The wave for a cycle of 0 to 50 bars, each value the double nearest to the true one. `Math.sin` is off by a last bit here and
 * there, and where the price stands still the phase is made of nothing but those bits; TA-Lib's numbers have none of it.
 */
export function cycleWave(length: number): CycleWave {
  const known = waves[length];
  if (known !== undefined) return known;
  const angles = Array.from({ length }, (_, step) => (step * TURN) / length);
  const wave = {
    sines: Float64Array.from(angles, (angle) => series(fixed(angle), fixed(angle), 1n)),
    cosines: Float64Array.from(angles, (angle) => series(ONE, fixed(angle), 0n)),
  };
  waves[length] = wave;
  return wave;
}

/** Taylor's series of the sine (from the angle, power 1) or the cosine (from one, power 0) in whole numbers. */
function series(first: bigint, angle: bigint, power: bigint): number {
  const square = (angle * angle) >> FRACTION_BITS;
  let term = first;
  let sum = first;
  for (let next = power + 1n; term !== 0n && term !== -1n; next += 2n) {
    term = -((term * square) >> FRACTION_BITS) / (next * (next + 1n));
    sum += term;
  }
  return Number(sum) / 2 ** Number(FRACTION_BITS);
}

/** An angle of 0 or between 0.1 and 7 as a whole number of 2^-160; exact. */
function fixed(angle: number): bigint {
  return BigInt(angle * 2 ** 60) << (FRACTION_BITS - 60n);
}
