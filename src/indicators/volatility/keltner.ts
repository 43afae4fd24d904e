import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { Ema } from "../overlap/ema.ts";
import { realNumber, wholeNumber } from "../parameters.ts";
import { Atr } from "./atr.ts";

export type KeltnerLine = "upper" | "middle" | "lower";

/** Width of the channel. */
export interface KeltnerOptions {
  /** Average true ranges from the middle to either line. @default 2 */
  readonly multiplier?: number;
  /** Period of the average true range. @default 10 */
  readonly atrPeriod?: number;
}

/** Keltner channel in Raschke's form: an exponential average of the close with lines some average true ranges away. */
export function keltner(period = 20, options: KeltnerOptions = {}): Keltner {
  return new Keltner(period, options);
}

/** See `keltner`. */
export class Keltner extends BarIndicator<KeltnerLine> {
  readonly #multiplier: number;
  readonly #average: Ema;
  readonly #range: Atr;
  #wait = 0;

  constructor(period: number, { multiplier = 2, atrPeriod = 10 }: KeltnerOptions = {}) {
    super(
      ["upper", "middle", "lower"],
      Math.max(wholeNumber("keltner", "period", period), wholeNumber("keltner", "atrPeriod", atrPeriod) + 1),
    );
    this.#multiplier = realNumber("keltner", "multiplier", multiplier, { min: 0.01, max: 1_000 });
    this.#average = new Ema(period);
    this.#range = new Atr(atrPeriod);
    this.reset();
  }

  get upper(): number {
    return this.current[0] as number;
  }

  get middle(): number {
    return this.current[1] as number;
  }

  get lower(): number {
    return this.current[2] as number;
  }

  update(bar: Bar): void {
    this.#average.next(bar.close);
    this.#range.update(bar);
    if (this.#wait > 0) {
      this.#wait -= 1;
      return;
    }
    const middle = this.#average.value;
    const width = this.#multiplier * this.#range.value;
    this.current[0] = middle + width;
    this.current[1] = middle;
    this.current[2] = middle - width;
  }

  override reset(): void {
    super.reset();
    this.#average.reset();
    this.#range.reset();
    this.#wait = this.warmup - 1;
  }
}
