import type { Trade, TradeColumns } from "../../domain/trade.ts";
import type { LineColumns } from "../indicator.ts";

/**
 * An indicator that is shown single trades, in order, instead of closed bars: in a strategy from `onTick`, over stored ticks by
 * `overTrades`. Everything else is as with `Study`.
 */
export interface TradeStudy<Line extends string = string> {
  /** Names of the lines in their order; each is also a property that holds the line's current value. */
  readonly lines: readonly Line[];
  /** Number of trades until the first value, which is NaN before. */
  readonly warmup: number;
  /** The current value of the first line. */
  readonly value: number;
  /** Shows the next trade. The trade is only valid during the call. */
  updateTrade(trade: Trade): void;
  /** Forgets all trades. */
  reset(): void;
  /** Starts again and shows all rows at once; the same numbers, to the last bit, as `updateTrade` gives row by row. */
  overTrades(columns: TradeColumns): LineColumns<Line>;
}

/**
 * What trade-fed indicators share. A subclass writes `take` and `reset`. `side` is 1 for a buyer who took liquidity, −1 for a
 * seller and 0 where the source of the trades does not say; such a trade counts as volume but for neither side.
 */
export abstract class TradeIndicator<Line extends string = "value"> implements TradeStudy<Line> {
  readonly lines: readonly Line[];
  readonly warmup: number;
  /** Current values in the order of `lines`. */
  protected readonly current: Float64Array;

  protected constructor(lines: readonly Line[], warmup: number) {
    this.lines = lines;
    this.warmup = warmup;
    this.current = new Float64Array(lines.length).fill(NaN);
  }

  get value(): number {
    return this.current[0] as number;
  }

  updateTrade({ time, price, quantity, takerSide }: Trade): void {
    this.take(time, price, quantity, takerSide === "buy" ? 1 : -1);
  }

  overTrades({ length, time, price, quantity, takerSide }: TradeColumns): LineColumns<Line> {
    this.reset();
    const outputs = this.lines.map(() => new Float64Array(length));
    for (let row = 0; row < length; row += 1) {
      this.take(time[row] as number, price[row] as number, quantity[row] as number, takerSide[row] as number);
      for (let line = 0; line < outputs.length; line += 1) (outputs[line] as Float64Array)[row] = this.current[line] as number;
    }
    return Object.fromEntries(this.lines.map((line, index) => [line, outputs[index]])) as LineColumns<Line>;
  }

  reset(): void {
    this.current.fill(NaN);
  }

  protected abstract take(time: number, price: number, quantity: number, side: number): void;
}
