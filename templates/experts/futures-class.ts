import { int, type Expert, type Indicator } from "metaexpert";
import { expert, onBar } from "metaexpert/decorators";
import { ema } from "metaexpert/indicators";

/** Long when the fast average crosses above the slow one, short when it crosses below, with a stop and a target on each trade. */
@expert({
  name: "{{title}}",
  symbol: "BTCUSDT",
  timeframe: "4h",
  params: { fast: int(20, { min: 3, max: 100 }), slow: int(50, { min: 10, max: 400 }) },
  risk: { sizing: { type: "riskBased", riskPct: 1 }, leverage: 2, stopLossPct: 2, takeProfitPct: 6, maxDrawdownPct: 40 },
})
export default class EmaCross {
  readonly #expert: Expert;
  readonly #fast: Indicator;
  readonly #slow: Indicator;
  #wasAbove: boolean | undefined;

  constructor(self: Expert, params: { readonly fast: number; readonly slow: number }) {
    this.#expert = self;
    this.#fast = self.track("4h", ema(params.fast));
    this.#slow = self.track("4h", ema(params.slow));
  }

  @onBar("4h")
  trade(): void {
    if (Number.isNaN(this.#slow.value)) return;
    const isAbove = this.#fast.value > this.#slow.value;
    if (this.#wasAbove !== undefined && isAbove !== this.#wasAbove) {
      this.#expert.closePosition({ tag: "cross" });
      if (isAbove) this.#expert.buy({ tag: "cross up" });
      else this.#expert.sell({ tag: "cross down" });
    }
    this.#wasAbove = isAbove;
  }
}
