import { wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { TradeIndicator } from "./trade-study.ts";

/**
 * Trade imbalance: what buyers took less what sellers took, over all that was traded, in the last `trades` trades; −1 to 1, and
 * 0 where nothing was traded.
 */
export function tradeImbalance(trades = 100): TradeImbalance {
  return new TradeImbalance(trades);
}

/** See `tradeImbalance`. The sums are kept exactly by adding the window anew, so a step costs as much as the window is long. */
export class TradeImbalance extends TradeIndicator {
  readonly #deltas: RollingWindow;
  readonly #volumes: RollingWindow;

  constructor(trades: number) {
    super(["value"], wholeNumber("tradeImbalance", "trades", trades));
    this.#deltas = new RollingWindow(trades);
    this.#volumes = new RollingWindow(trades);
  }

  override reset(): void {
    super.reset();
    this.#deltas.reset();
    this.#volumes.reset();
  }

  protected take(_time: number, _price: number, quantity: number, side: number): void {
    this.#deltas.push(side * quantity);
    if (!this.#volumes.push(quantity)) return;
    const volume = this.#volumes.sum();
    this.current[0] = volume === 0 ? 0 : this.#deltas.sum() / volume;
  }
}
