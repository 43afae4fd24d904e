import { Ema } from "../overlap/ema.ts";
import { wholeNumber } from "../parameters.ts";
import { Macd } from "./macd.ts";

/** Moving average convergence/divergence with Appel's original weights, 0.15 and 0.075, over 12 and 26 bars. */
export function macdFix(signal = 9): Macd {
  wholeNumber("macdFix", "signal", signal);
  return new Macd(new Ema(12, { weight: 0.15 }), new Ema(26, { weight: 0.075 }), new Ema(signal));
}
