import { defineExpert, int } from "metaexpert";
import { ema } from "metaexpert/indicators";

/** Long while the fast average of the hour is above the slow one, with a stop and a target on each trade. */
export default defineExpert(
  {
    name: "Binance EMA",
    symbol: "BTCUSDT",
    timeframe: "1h",
    params: { fast: int(50, { min: 3, max: 100 }), slow: int(200, { min: 10, max: 400 }) },
    risk: { sizing: { type: "riskBased", riskPct: 1 }, stopLossPct: 3, takeProfitPct: 9, maxDrawdownPct: 30 },
  },
  (expert, params) => {
    const fast = expert.track("1h", ema(params.fast));
    const slow = expert.track("1h", ema(params.slow));

    expert.onBar("1h", () => {
      if (fast.value > slow.value && expert.position.isFlat) expert.buy();
      if (fast.value < slow.value && expert.position.isLong) expert.closePosition({ tag: "cross" });
    });
  },
);
