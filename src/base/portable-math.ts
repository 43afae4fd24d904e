/**
 * `Math.log` and `Math.exp` may differ in the last digit from one engine or processor to the next. These two use only +, −, × and ÷,
 * which the language defines to the bit, so what a seed starts ends the same everywhere. Both stay within one unit in the last place.
 *
 * Source: fdlibm 5.3, e_log.c and e_exp.c (Sun Microsystems, 1993).
 */

const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;
const TWO_54 = 18014398509481984;

const bits = new Float64Array(1);
const words = new Int32Array(bits.buffer);
/** Where a double's sign and exponent lie; the other order is found on big-endian machines only. */
const HIGH = new Uint8Array(new Float64Array([1]).buffer)[7] === 0x3f ? 1 : 0;

const POWERS_OF_TWO = powersOfTwo();

/** Natural logarithm; −∞ at 0, NaN below. */
export function portableLog(value: number): number {
  if (!(value > 0)) return value === 0 ? -Infinity : NaN;
  if (value === Infinity) return Infinity;
  const isTiny = value < 2.2250738585072014e-308;
  bits[0] = isTiny ? value * TWO_54 : value;
  const high = words[HIGH] as number;
  // The mantissa is moved to [√½, √2), so that the series below is short.
  const mantissa = high & 0xfffff;
  const carry = (mantissa + 0x95f64) & 0x100000;
  words[HIGH] = mantissa | (carry ^ 0x3ff00000);
  const exponent = (high >> 20) - 1023 + (carry >> 20) - (isTiny ? 54 : 0);

  const f = bits[0] - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const odd = z * (6.66666666666673513e-1 + w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  const half = 0.5 * f * f;
  return exponent * LN2_HIGH - (half - (s * (half + even + odd) + exponent * LN2_LOW) - f);
}

/** e to the power of `value`. */
export function portableExp(value: number): number {
  if (!(value > -745.2)) return Number.isNaN(value) ? NaN : 0;
  if (value > 709.79) return Infinity;
  const exponent = Math.floor(value * Math.LOG2E + 0.5);
  const high = value - exponent * LN2_HIGH;
  const low = exponent * LN2_LOW;
  const x = high - low;
  const t = x * x;
  const c =
    x -
    t *
      (1.66666666666666019037e-1 +
        t *
          (-2.77777777770155933842e-3 + t * (6.61375632143793436117e-5 + t * (-1.6533902205465251539e-6 + t * 4.13813679705723846039e-8))));
  const result = 1 - (low - (x * c) / (2 - c) - high);
  if (exponent >= -1022 && exponent <= 1023) return result * (POWERS_OF_TWO[exponent + 1022] as number);
  // Beyond what one normal double holds, in two exact steps and a last one that rounds.
  const half = exponent >> 1;
  return result * (POWERS_OF_TWO[half + 1022] as number) * (POWERS_OF_TWO[exponent - half + 1022] as number);
}

/** 2^-1022 to 2^1023, by exact doubling. */
function powersOfTwo(): Float64Array {
  const powers = new Float64Array(2046);
  let power = 2.2250738585072014e-308;
  for (let index = 0; index < powers.length; index += 1) {
    powers[index] = power;
    power *= 2;
  }
  return powers;
}
