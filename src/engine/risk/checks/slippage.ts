import { APPROVED, refuse, type RiskRule } from "../check.ts";

/** Market entries only while what they would meet is close to the middle of bid and ask; where neither is known nothing can be expected. */
export const slippage: RiskRule = {
  isActive: ({ slippagePct }) => slippagePct > 0,
  check({ type, side }, { market, risk }) {
    const quote = market?.quote;
    if (type !== "market" || quote === undefined) return APPROVED;
    const middle = (quote.askPrice + quote.bidPrice) / 2;
    const expectedPct = (Math.abs((side === "buy" ? quote.askPrice : quote.bidPrice) - middle) / middle) * 100;
    if (expectedPct <= risk.slippagePct * (1 + 1e-9)) return APPROVED;
    return refuse("slippagePct", `a market order would slip by ${expectedPct.toFixed(3)} %, above slippagePct ${risk.slippagePct}`);
  },
};
