import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";

/**
 * Williams' accumulation/distribution: on a bar that closes higher, the way up from its true low; on one that closes lower,
 * the way down from its true high; added up over all bars. It uses no volume.
 */
export function wad(): Wad {
  return new Wad();
}

/** See `wad`. It starts from 0; only its course counts. */
export class Wad extends BarIndicator {
  #previousClose = NaN;
  #line = NaN;

  constructor() {
    super(["value"], 1);
    this.reset();
  }

  update({ high, low, close }: Bar): void {
    const previous = this.#previousClose;
    this.#previousClose = close;
    if (close > previous) this.#line += close - Math.min(previous, low);
    else if (close < previous) this.#line += close - Math.max(previous, high);
    else if (Number.isNaN(close)) this.#line = NaN;
    this.current[0] = this.#line;
  }

  override reset(): void {
    super.reset();
    this.#previousClose = NaN;
    this.#line = 0;
  }
}
