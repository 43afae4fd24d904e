import { createRandom } from "../../base/random.ts";
import { HOUR_MS } from "../../domain/timeframe.ts";

/** A funding payment as the venue publishes it. */
export interface FundingRate {
  readonly time: number;
  readonly rate: number;
  readonly markPrice: number;
}

/** Binance's interest of 0.01 % in eight hours, which the rate stays near to. */
const USUAL_RATE = 0.0001;
const DEVIATION = 0.00008;
const RATE_MAX = 0.003;

/** When a perpetual pays funding and how much: for any moment, past or future, the seed says it; what was paid in fact is kept beside it. */
export class FundingSchedule {
  readonly #seed: number;
  readonly #intervalMs: number;
  readonly #paid = new Map<number, FundingRate>();

  constructor({ seed, intervalHours }: { readonly seed: number; readonly intervalHours: number }) {
    this.#seed = seed;
    this.#intervalMs = intervalHours * HOUR_MS;
  }

  /** The first regular payment after a moment. */
  nextTime(after: number): number {
    return (Math.floor(after / this.#intervalMs) + 1) * this.#intervalMs;
  }

  rateAt(time: number): number {
    const drawn = createRandom(this.#seed).fork(`funding ${time}`).normal();
    const rate = Math.max(-RATE_MAX, Math.min(RATE_MAX, USUAL_RATE + DEVIATION * drawn));
    return Math.round(rate * 1e8) / 1e8;
  }

  /** Notes what was paid. */
  note(paid: FundingRate): void {
    this.#paid.set(paid.time, paid);
  }

  /** Payments of a range, both ends included, oldest first; without a start the newest. */
  list(
    { from, to, limit }: { readonly from?: number; readonly to: number; readonly limit: number },
    { listedAt, markPriceAt }: { readonly listedAt: number; readonly markPriceAt: (time: number) => number },
  ): readonly FundingRate[] {
    if (limit <= 0) return [];
    const first = Math.max(listedAt, from ?? to - limit * this.#intervalMs);
    const times = new Set<number>();
    let last = first;
    for (let time = this.nextTime(first - 1); time <= to; time = this.nextTime(time)) {
      if (from !== undefined && times.size === limit) break;
      times.add(time);
      last = time;
    }
    for (const time of this.#paid.keys())
      if (time >= first && time <= (from !== undefined && times.size === limit ? last : to)) times.add(time);
    const sorted = [...times].toSorted((a, b) => a - b);
    const chosen = from === undefined ? sorted.slice(-limit) : sorted.slice(0, limit);
    return chosen.map((time) => this.#paid.get(time) ?? { time, rate: this.rateAt(time), markPrice: markPriceAt(time) });
  }
}
