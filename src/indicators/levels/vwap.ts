import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { oneOf, realNumber } from "../parameters.ts";
import { SESSIONS, SessionCalendar, type SessionName } from "./session.ts";
import { WeightedPrice } from "./weighted-price.ts";

export type VwapLine = "value" | "upper" | "lower";

export interface VwapOptions {
  /** Where it starts again: each UTC day, week (from Monday) or month. @default "day" */
  readonly session?: SessionName;
  /** Volume-weighted standard deviations from the price to either line. @default 2 */
  readonly deviations?: number;
}

/**
 * Volume-weighted average price of the session so far, by the bars' typical prices (high + low + close) / 3, with lines some
 * standard deviations away. While the session has had no volume it is the last typical price.
 */
export function vwap(options: VwapOptions = {}): Vwap {
  return new Vwap(options);
}

/** See `vwap`. A series that begins inside a session starts there. */
export class Vwap extends BarIndicator<VwapLine> {
  readonly #calendar: SessionCalendar;
  readonly #deviations: number;
  readonly #price = new WeightedPrice();

  constructor({ session = "day", deviations = 2 }: VwapOptions = {}) {
    super(["value", "upper", "lower"], 1);
    this.#calendar = new SessionCalendar(oneOf("vwap", "session", session, SESSIONS));
    this.#deviations = realNumber("vwap", "deviations", deviations, { min: 0, max: 1_000 });
  }

  get upper(): number {
    return this.current[1] as number;
  }

  get lower(): number {
    return this.current[2] as number;
  }

  update({ openTime, high, low, close, volume }: Bar): void {
    if (this.#calendar.begins(openTime)) this.#price.reset();
    this.#price.push((high + low + close) / 3, volume);
    const { mean } = this.#price;
    const width = this.#deviations * this.#price.deviation;
    this.current[0] = mean;
    this.current[1] = mean + width;
    this.current[2] = mean - width;
  }

  override reset(): void {
    super.reset();
    this.#calendar.reset();
    this.#price.reset();
  }
}
