import { defineExpert, int } from "metaexpert";
import { atr, macd } from "metaexpert/indicators";

/** Trades the hour's MACD cross on a perpetual, both sides, with stops and targets a multiple of the average range away. */
export default defineExpert(
  {
    name: "OKX MACD",
    symbol: "LTCUSDT",
    timeframe: "1h",
    params: {
      fast: int(12, { min: 3, max: 30 }),
      slow: int(26, { min: 10, max: 60 }),
      signal: int(9, { min: 2, max: 30 }),
      stopRanges: int(2, { min: 1, max: 6 }),
    },
    risk: { sizing: { type: "fixedQuote", amount: 2_000 }, leverage: 3, maxPositionSizeQuote: 5_000 },
  },
  (expert, { fast, slow, signal, stopRanges }) => {
    const line = expert.track("1h", macd({ fast, slow, signal }));
    const range = expert.track("1h", atr(14));
    let wasAbove: boolean | undefined;

    expert.onBar("1h", () => {
      if (Number.isNaN(line.signal) || Number.isNaN(range.value)) return;
      const isAbove = line.value > line.signal;
      if (wasAbove !== undefined && isAbove !== wasAbove) {
        const price = expert.price();
        const distance = stopRanges * range.value;
        if (!expert.position.isFlat) expert.closePosition({ tag: "cross" });
        if (isAbove) expert.buy({ stopLoss: price - distance, takeProfit: price + 2 * distance });
        else expert.sell({ stopLoss: price + distance, takeProfit: price - 2 * distance });
      }
      wasAbove = isAbove;
    });
  },
);
