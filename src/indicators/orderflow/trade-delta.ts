import { barCloseTime, barOpenTime, parseTimeframe, type Timeframe } from "../../domain/timeframe.ts";
import { TradeIndicator } from "./trade-study.ts";

export type TradeDeltaLine = "value" | "buys" | "sells" | "volume";

export interface TradeDeltaOptions {
  /** Bars whose trades are added up, cut as the exchange cuts them in UTC. @default "1m" */
  readonly timeframe?: Timeframe;
}

/**
 * Delta by trades: what buyers took less what sellers took since the running bar of the timeframe began; `buys`, `sells` and
 * `volume` are its parts. Read on the bar's close it is the delta of that bar.
 */
export function tradeDelta(options: TradeDeltaOptions = {}): TradeDelta {
  return new TradeDelta(options);
}

/** See `tradeDelta`. */
export class TradeDelta extends TradeIndicator<TradeDeltaLine> {
  readonly #timeframe: Timeframe;
  #end = NaN;

  constructor({ timeframe = "1m" }: TradeDeltaOptions = {}) {
    super(["value", "buys", "sells", "volume"], 1);
    this.#timeframe = parseTimeframe(timeframe);
    this.reset();
  }

  get buys(): number {
    return this.current[1] as number;
  }

  get sells(): number {
    return this.current[2] as number;
  }

  get volume(): number {
    return this.current[3] as number;
  }

  override reset(): void {
    super.reset();
    this.#end = -Infinity;
  }

  protected take(time: number, _price: number, quantity: number, side: number): void {
    const { current } = this;
    if (time >= this.#end) {
      this.#end = barCloseTime(this.#timeframe, barOpenTime(this.#timeframe, time));
      current.fill(0);
    }
    if (side > 0) current[1] = (current[1] as number) + quantity;
    if (side < 0) current[2] = (current[2] as number) + quantity;
    current[3] = (current[3] as number) + quantity;
    current[0] = (current[1] as number) - (current[2] as number);
  }
}
