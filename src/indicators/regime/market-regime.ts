import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { Adx } from "../momentum/adx.ts";
import { DirectionalMovement } from "../momentum/directional-movement.ts";
import { realNumber, wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { Choppiness } from "../volatility/choppiness.ts";
import { HistoricalVolatility } from "../volatility/historical-volatility.ts";

export type MarketRegimeLine = "regime" | "direction";

/** What `regime` may be. */
export const MARKET_REGIMES = { range: 0, trend: 1, volatile: 2 } as const;

/** Where the regimes part. */
export interface MarketRegimeOptions {
  /** Average directional index from which a trend counts as one. @default 25 */
  readonly trendAt?: number;
  /** Choppiness up to which a trend counts as one. @default 50 */
  readonly choppyAt?: number;
  /** Bars over which volatility is realised. @default 20 */
  readonly volatility?: number;
  /** How many earlier volatilities the newest is ranked among. @default 250 */
  readonly rank?: number;
  /** Percent of them it must exceed to count as volatile. @default 90 */
  readonly volatileAt?: number;
}

/**
 * Market regime by rules. `regime` is 2, volatile, when the realised volatility exceeds `volatileAt` percent of its last values;
 * otherwise 1, a trend, when the average directional index reaches `trendAt` and choppiness does not exceed `choppyAt`;
 * otherwise 0, a range. `direction` is 1 or −1 in a trend, by the larger directional movement, and 0 elsewhere.
 */
export function marketRegime(period = 14, options: MarketRegimeOptions = {}): MarketRegime {
  return new MarketRegime(period, options);
}

/** See `marketRegime`. */
export class MarketRegime extends BarIndicator<MarketRegimeLine> {
  readonly #trendAt: number;
  readonly #choppyAt: number;
  readonly #volatileAt: number;
  readonly #strength: Adx;
  readonly #movement: DirectionalMovement;
  readonly #choppiness: Choppiness;
  readonly #volatility: HistoricalVolatility;
  readonly #past: RollingWindow;
  #volatilityWait = 0;
  #wait = 0;

  constructor(period: number, { trendAt = 25, choppyAt = 50, volatility = 20, rank = 250, volatileAt = 90 }: MarketRegimeOptions = {}) {
    wholeNumber("marketRegime", "period", period, { min: 2 });
    wholeNumber("marketRegime", "volatility", volatility, { min: 2 });
    super(["regime", "direction"], Math.max(2 * period, volatility + 1 + wholeNumber("marketRegime", "rank", rank)));
    const percent = { min: 0, max: 100 };
    this.#trendAt = realNumber("marketRegime", "trendAt", trendAt, percent);
    this.#choppyAt = realNumber("marketRegime", "choppyAt", choppyAt, percent);
    this.#volatileAt = realNumber("marketRegime", "volatileAt", volatileAt, percent);
    this.#strength = new Adx(period);
    this.#movement = new DirectionalMovement(period);
    this.#choppiness = new Choppiness(period);
    this.#volatility = new HistoricalVolatility(volatility);
    this.#past = new RollingWindow(rank);
    this.reset();
  }

  get regime(): number {
    return this.current[0] as number;
  }

  get direction(): number {
    return this.current[1] as number;
  }

  update(bar: Bar): void {
    this.#strength.update(bar);
    this.#movement.next(bar);
    this.#choppiness.update(bar);
    this.#volatility.update(bar);
    const volatility = this.#volatility.value;
    const share = this.#past.isFull ? this.#share(volatility) : NaN;
    if (this.#volatilityWait > 0) this.#volatilityWait -= 1;
    else this.#past.push(volatility);
    if (this.#wait > 0) {
      this.#wait -= 1;
      return;
    }
    this.#judge(share);
  }

  override reset(): void {
    super.reset();
    this.#strength.reset();
    this.#movement.reset();
    this.#choppiness.reset();
    this.#volatility.reset();
    this.#past.reset();
    this.#volatilityWait = this.#volatility.warmup - 1;
    this.#wait = this.warmup - 1;
  }

  #judge(share: number): void {
    const strength = this.#strength.value;
    const choppiness = this.#choppiness.value;
    const isKnown = !Number.isNaN(share + strength + choppiness);
    const isVolatile = share > this.#volatileAt;
    const isTrend = !isVolatile && strength >= this.#trendAt && choppiness <= this.#choppyAt;
    this.current[0] = !isKnown ? NaN : isVolatile ? MARKET_REGIMES.volatile : isTrend ? MARKET_REGIMES.trend : MARKET_REGIMES.range;
    this.current[1] = !isKnown ? NaN : !isTrend ? 0 : this.#movement.plus >= this.#movement.minus ? 1 : -1;
  }

  /** Percent of the earlier volatilities below the given one. */
  #share(volatility: number): number {
    const { values, start, end, period } = this.#past;
    let below = 0;
    let unknown = 0;
    for (let slot = start; slot < end; slot += 1) {
      const past = values[slot] as number;
      if (past < volatility) below += 1;
      unknown += past - past;
    }
    return (100 * below) / period + unknown + (volatility - volatility);
  }
}
