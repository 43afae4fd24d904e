import type { Bar } from "../../domain/bar.ts";
import { PairIndicator } from "../pair-indicator.ts";
import { oneOf, wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { isRounding, productsOf, squaresOf } from "./deviations.ts";
import { METHODS, TALIB_ZERO, type Method, type MethodOptions } from "./method.ts";

/**
 * Beta: the slope of the second series' returns over those of the first, by least squares over `period` returns; of high and
 * low unless `of` says otherwise. As in TA-Lib the market stands first. When its returns do not differ, beta is 0.
 */
export function beta(period = 5, options: MethodOptions = {}): Beta {
  return new Beta(period, options);
}

/** See `beta`. After a price of zero the return counts as 0. */
export class Beta extends PairIndicator {
  readonly #method: Method;
  readonly #zero: number;
  readonly #market: RollingWindow;
  readonly #asset: RollingWindow;
  #hasBegun = false;
  #previousMarket = NaN;
  #previousAsset = NaN;
  #sumMarket = NaN;
  #sumAsset = NaN;
  #squares = NaN;
  #products = NaN;

  constructor(period: number, { method = "exact" }: MethodOptions = {}) {
    super(["value"], wholeNumber("beta", "period", period) + 1, "high", "low");
    this.#method = oneOf("beta", "method", method, METHODS);
    this.#zero = method === "talib" ? TALIB_ZERO : 0;
    this.#market = new RollingWindow(period);
    this.#asset = new RollingWindow(period);
    this.reset();
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.first, this.second);
  }

  next(first: number, second: number): void {
    this.first = first;
    this.second = second;
    this.#step();
  }

  override reset(): void {
    super.reset();
    this.#market.reset();
    this.#asset.reset();
    this.#hasBegun = false;
    this.#previousMarket = NaN;
    this.#previousAsset = NaN;
    this.#sumMarket = 0;
    this.#sumAsset = 0;
    this.#squares = 0;
    this.#products = 0;
  }

  #step(): void {
    const { first, second } = this;
    const market = this.#previousMarket;
    const asset = this.#previousAsset;
    const zero = this.#zero;
    this.#previousMarket = first;
    this.#previousAsset = second;
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      return;
    }
    this.#market.push(market === 0 || Math.abs(market) < zero ? 0 : (first - market) / market);
    this.#asset.push(asset === 0 || Math.abs(asset) < zero ? 0 : (second - asset) / asset);
    if (this.#method === "talib") this.#run();
    else if (this.#market.isFull) this.#measure();
  }

  #measure(): void {
    const { values, start, end, period } = this.#market;
    const squares = squaresOf(values, start, end);
    // Returns are differences of prices, so it is the prices' rounding that counts: that of 1, as shares of the price.
    this.current[0] = isRounding(squares, period, 1) ? 0 : productsOf(values, this.#asset.values, start, end) / squares;
  }

  #run(): void {
    const market = this.#market.values[this.#market.newest] as number;
    const asset = this.#asset.values[this.#asset.newest] as number;
    this.#squares += market * market;
    this.#products += market * asset;
    this.#sumMarket += market;
    this.#sumAsset += asset;
    if (!this.#market.isFull) return;
    const { period, oldest } = this.#market;
    const oldestAsset = this.#asset.oldest;
    const spread = period * this.#squares - this.#sumMarket * this.#sumMarket;
    const isZero = spread > -TALIB_ZERO && spread < TALIB_ZERO;
    this.current[0] = isZero ? 0 : (period * this.#products - this.#sumMarket * this.#sumAsset) / spread;
    this.#squares -= oldest * oldest;
    this.#products -= oldest * oldestAsset;
    this.#sumMarket -= oldest;
    this.#sumAsset -= oldestAsset;
  }
}
