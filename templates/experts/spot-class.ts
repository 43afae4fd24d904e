import { int, type Expert, type Indicator } from "metaexpert";
import { expert, onBar } from "metaexpert/decorators";
import { ema } from "metaexpert/indicators";

/** Buys when the fast average crosses above the slow one and sells when it crosses back, with a stop and a target on each trade. */
@expert({
  name: "{{title}}",
  symbol: "BTCUSDT",
  timeframe: "4h",
  params: { fast: int(20, { min: 3, max: 100 }), slow: int(50, { min: 10, max: 400 }) },
  risk: { sizing: { type: "riskBased", riskPct: 1 }, stopLossPct: 2, takeProfitPct: 6, maxDrawdownPct: 40 },
})
export default class EmaCross {
  readonly #expert: Expert;
  readonly #fast: Indicator;
  readonly #slow: Indicator;
  #wasAbove = true;

  constructor(self: Expert, params: { readonly fast: number; readonly slow: number }) {
    this.#expert = self;
    this.#fast = self.track("4h", ema(params.fast));
    this.#slow = self.track("4h", ema(params.slow));
  }

  @onBar("4h")
  trade(): void {
    const { position } = this.#expert;
    const isAbove = this.#fast.value > this.#slow.value;
    if (isAbove && !this.#wasAbove && position.isFlat) this.#expert.buy({ tag: "cross up" });
    if (!isAbove && position.isLong) this.#expert.closePosition({ tag: "cross down" });
    this.#wasAbove = isAbove;
  }
}
