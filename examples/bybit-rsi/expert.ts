import { defineExpert, float, int } from "metaexpert";
import { rsi, sma } from "metaexpert/indicators";

/** Buys weakness in an uptrend and sells strength in a downtrend on a perpetual, both sides, with a trailing stop. */
export default defineExpert(
  {
    name: "Bybit RSI",
    symbol: "ADAUSDT",
    timeframe: "15m",
    params: {
      period: int(14, { min: 2, max: 50 }),
      low: float(30, { min: 5, max: 45 }),
      high: float(70, { min: 55, max: 95 }),
      trend: int(100, { min: 20, max: 400 }),
    },
    risk: {
      sizing: { type: "percentEquity", percent: 20 },
      leverage: 2,
      stopLossPct: 3,
      takeProfitPct: 3,
      trailingStopPct: 1.5,
      trailingActivationPct: 1.5,
      dailyLossLimit: 5,
    },
  },
  (expert, { period, low, high, trend }) => {
    const strength = expert.track("15m", rsi(period));
    const direction = expert.track("4h", sma(trend));
    let previous = NaN;

    expert.onBar("15m", () => {
      const price = expert.price();
      if (expert.position.isFlat) {
        if (previous < low && strength.value >= low && price > direction.value) expert.buy({ tag: "dip" });
        if (previous > high && strength.value <= high && price < direction.value) expert.sell({ tag: "rally" });
      }
      previous = strength.value;
    });
  },
);
