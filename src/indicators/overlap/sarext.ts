import { realNumber } from "../parameters.ts";
import { ParabolicStop } from "./parabolic-stop.ts";

/** Everything about the parabolic stop that TA-Lib lets one set. */
export interface SarExtOptions {
  /** First stop: above 0 the series starts long, below 0 short at its absolute value, 0 lets the first bars decide. @default 0 */
  readonly startValue?: number;
  /** Share of the price by which the stop is set further off when it turns. @default 0 */
  readonly offsetOnReverse?: number;
  /** @default 0.02 */
  readonly accelerationInitLong?: number;
  /** @default 0.02 */
  readonly accelerationLong?: number;
  /** @default 0.2 */
  readonly accelerationMaxLong?: number;
  /** @default 0.02 */
  readonly accelerationInitShort?: number;
  /** @default 0.02 */
  readonly accelerationShort?: number;
  /** @default 0.2 */
  readonly accelerationMaxShort?: number;
}

const LIMITS = { min: 0, max: 3e37 };

/** Parabolic stop and reverse with settings for each side; its value is negative while it is short. */
export function sarExt(options: SarExtOptions = {}): ParabolicStop {
  const read = (name: keyof SarExtOptions, byDefault: number, limits = LIMITS): number =>
    realNumber("sarExt", name, options[name] ?? byDefault, limits);
  return new ParabolicStop({
    long: {
      start: read("accelerationInitLong", 0.02),
      step: read("accelerationLong", 0.02),
      max: read("accelerationMaxLong", 0.2),
    },
    short: {
      start: read("accelerationInitShort", 0.02),
      step: read("accelerationShort", 0.02),
      max: read("accelerationMaxShort", 0.2),
    },
    startValue: read("startValue", 0, { min: -3e37, max: 3e37 }),
    offsetOnReverse: read("offsetOnReverse", 0),
    isSigned: true,
  });
}
