import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { Ema, type EmaOptions } from "../overlap/ema.ts";
import { wholeNumber } from "../parameters.ts";

export type ElderRayLine = "bull" | "bear";

/** Elder ray: how far the bulls lift the high above an exponential average of the close, and the bears push the low below it. */
export function elderRay(period = 13, options: EmaOptions = {}): ElderRay {
  return new ElderRay(period, options);
}

/** See `elderRay`. */
export class ElderRay extends BarIndicator<ElderRayLine> {
  readonly #average: Ema;

  constructor(period: number, options: EmaOptions = {}) {
    super(["bull", "bear"], wholeNumber("elderRay", "period", period));
    this.#average = new Ema(period, options);
  }

  get bull(): number {
    return this.current[0] as number;
  }

  get bear(): number {
    return this.current[1] as number;
  }

  update({ high, low, close }: Bar): void {
    this.#average.next(close);
    const average = this.#average.value;
    this.current[0] = high - average;
    this.current[1] = low - average;
  }

  override reset(): void {
    super.reset();
    this.#average.reset();
  }
}
