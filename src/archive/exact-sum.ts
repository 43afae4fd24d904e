import { DECIMALS_MAX, isWhole } from "./decimals.ts";

const POWERS = Float64Array.from({ length: DECIMALS_MAX + 1 }, (_, exponent) => Number(`1e${exponent}`));

/**
 * The sum of decimals, as the double of the exact decimal sum: 0.1 + 0.2 is 0.3.
 * Neumaier's compensated sum, rounded to the digits that the summands have.
 */
export class ExactSum {
  #sum = 0;
  #lost = 0;
  #decimals = 0;

  clear(): void {
    this.#sum = 0;
    this.#lost = 0;
    this.#decimals = 0;
  }

  add(value: number): void {
    const sum = this.#sum + value;
    this.#lost += Math.abs(this.#sum) >= Math.abs(value) ? this.#sum - sum + value : value - sum + this.#sum;
    this.#sum = sum;
    while (this.#decimals <= DECIMALS_MAX && !isWhole(value * (POWERS[this.#decimals] as number))) this.#decimals += 1;
  }

  value(): number {
    const total = this.#sum + this.#lost;
    const power = POWERS[this.#decimals];
    if (power === undefined) return total;
    const whole = Math.round(total * power);
    return Math.abs(whole) < Number.MAX_SAFE_INTEGER ? whole / power : total;
  }
}
