import { defineExpert, int } from "metaexpert";
import { ema } from "metaexpert/indicators";

/** Buys when the fast average crosses above the slow one and sells when it crosses back, with a stop and a target on each trade. */
export default defineExpert(
  {
    name: "{{title}}",
    symbol: "BTCUSDT",
    timeframe: "4h",
    params: { fast: int(20, { min: 3, max: 100 }), slow: int(50, { min: 10, max: 400 }) },
    risk: { sizing: { type: "riskBased", riskPct: 1 }, stopLossPct: 2, takeProfitPct: 6, maxDrawdownPct: 40 },
  },
  (expert, params) => {
    const fast = expert.track("4h", ema(params.fast));
    const slow = expert.track("4h", ema(params.slow));
    let wasAbove = true;

    expert.onBar("4h", () => {
      const isAbove = fast.value > slow.value;
      if (isAbove && !wasAbove && expert.position.isFlat) expert.buy({ tag: "cross up" });
      if (!isAbove && expert.position.isLong) expert.closePosition({ tag: "cross down" });
      wasAbove = isAbove;
    });
  },
);
