import { realNumber } from "../parameters.ts";
import { ParabolicStop } from "./parabolic-stop.ts";

/** How the stop speeds up. */
export interface SarOptions {
  /** Where the acceleration starts and by how much it grows with each new extreme. @default 0.02 */
  readonly acceleration?: number;
  /** @default 0.2 */
  readonly maximum?: number;
}

/** Parabolic stop and reverse (Wilder): a stop that follows the trend ever faster and turns with it when it is touched. */
export function sar({ acceleration = 0.02, maximum = 0.2 }: SarOptions = {}): ParabolicStop {
  realNumber("sar", "acceleration", acceleration, { min: 0, max: 3e37 });
  realNumber("sar", "maximum", maximum, { min: 0, max: 3e37 });
  const side = { start: acceleration, step: acceleration, max: maximum };
  return new ParabolicStop({ long: side, short: side, startValue: 0, offsetOnReverse: 0, isSigned: false });
}
