import { defineExpert, int } from "metaexpert";
import { ema } from "metaexpert/indicators";

/** Long when the fast average crosses above the slow one, short when it crosses below, with a stop and a target on each trade. */
export default defineExpert(
  {
    name: "{{title}}",
    symbol: "BTCUSDT",
    timeframe: "4h",
    params: { fast: int(20, { min: 3, max: 100 }), slow: int(50, { min: 10, max: 400 }) },
    risk: { sizing: { type: "riskBased", riskPct: 1 }, leverage: 2, stopLossPct: 2, takeProfitPct: 6, maxDrawdownPct: 40 },
  },
  (expert, params) => {
    const fast = expert.track("4h", ema(params.fast));
    const slow = expert.track("4h", ema(params.slow));
    let wasAbove: boolean | undefined;

    expert.onBar("4h", () => {
      if (Number.isNaN(slow.value)) return;
      const isAbove = fast.value > slow.value;
      if (wasAbove !== undefined && isAbove !== wasAbove) {
        expert.closePosition({ tag: "cross" });
        if (isAbove) expert.buy({ tag: "cross up" });
        else expert.sell({ tag: "cross down" });
      }
      wasAbove = isAbove;
    });
  },
);
