import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";

/** Intraday momentum index (Chande): the share of rising bodies in all bodies of the last `period` bars, 0 to 100; 50 without any body. */
export function intradayMomentum(period = 14): IntradayMomentum {
  return new IntradayMomentum(period);
}

/** See `intradayMomentum`. */
export class IntradayMomentum extends BarIndicator {
  readonly #bodies: RollingWindow;

  constructor(period: number) {
    super(["value"], wholeNumber("intradayMomentum", "period", period));
    this.#bodies = new RollingWindow(period);
  }

  update({ open, close }: Bar): void {
    if (!this.#bodies.push(close - open)) return;
    const { values, start, end } = this.#bodies;
    let rises = 0;
    let sizes = 0;
    for (let slot = start; slot < end; slot += 1) {
      const body = values[slot] as number;
      rises += Math.max(body, 0);
      sizes += Math.abs(body);
    }
    this.current[0] = sizes === 0 ? 50 : (100 * rises) / sizes;
  }

  override reset(): void {
    super.reset();
    this.#bodies.reset();
  }
}
