import { decimalFromNumber, decimalToNumber, rescaleDecimal } from "../base/decimal.ts";
import { DECIMALS_MAX, isWhole, UNITS_MAX } from "./decimals.ts";

const POWERS = Float64Array.from({ length: DECIMALS_MAX + 1 }, (_, exponent) => Number(`1e${exponent}`));

/**
 * The sum of decimals, as the double of the exact decimal sum: 0.1 + 0.2 is 0.3. It counts whole units of the finest
 * decimal place seen, as doubles while they fit into 2^53 and as big integers beyond. Values that are no decimals of twelve
 * places or fewer are added as doubles, with compensation (Neumaier).
 */
export class ExactSum {
  #units = 0;
  /** Units that did not fit into the double. */
  #overflow = 0n;
  #decimals = 0;
  #sum = 0;
  #lost = 0;

  clear(): void {
    this.#units = 0;
    this.#overflow = 0n;
    this.#decimals = 0;
    this.#sum = 0;
    this.#lost = 0;
  }

  add(value: number): void {
    const sum = this.#sum + value;
    this.#lost += Math.abs(this.#sum) >= Math.abs(value) ? this.#sum - sum + value : value - sum + this.#sum;
    this.#sum = sum;
    while (this.#decimals <= DECIMALS_MAX && !isWhole(value * (POWERS[this.#decimals] as number))) this.#addDecimal();
    if (this.#decimals > DECIMALS_MAX) return;
    const units = Math.round(value * (POWERS[this.#decimals] as number));
    if (Math.abs(units) < UNITS_MAX) this.#units += units;
    else this.#overflow += rescaleDecimal(decimalFromNumber(value), this.#decimals, "halfEven").units;
    if (Math.abs(this.#units) > Number.MAX_SAFE_INTEGER / 2) this.#spill();
  }

  value(): number {
    if (this.#decimals > DECIMALS_MAX) return this.#sum + this.#lost;
    if (this.#overflow === 0n) return this.#units / (POWERS[this.#decimals] as number);
    return decimalToNumber({ units: this.#overflow + BigInt(this.#units), scale: this.#decimals });
  }

  #addDecimal(): void {
    if (Math.abs(this.#units) > Number.MAX_SAFE_INTEGER / 20) this.#spill();
    this.#units *= 10;
    this.#overflow *= 10n;
    this.#decimals += 1;
  }

  #spill(): void {
    this.#overflow += BigInt(this.#units);
    this.#units = 0;
  }
}
