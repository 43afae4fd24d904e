import { APPROVED, refuse, type RiskRule } from "../check.ts";

/** Entries only while bid and ask are close together. */
export const spread: RiskRule = {
  isActive: ({ maxSpreadPct }) => maxSpreadPct < Infinity,
  check(order, { market, risk }) {
    const quote = market?.quote;
    if (quote === undefined) return refuse("maxSpreadPct", `no bid and ask of ${order.symbol} are known, so its spread may be any`);
    const { bidPrice, askPrice } = quote;
    const spreadPct = ((askPrice - bidPrice) / ((askPrice + bidPrice) / 2)) * 100;
    if (!(spreadPct >= 0)) return refuse("maxSpreadPct", `bid ${bidPrice} and ask ${askPrice} of ${order.symbol} cannot be true`);
    if (spreadPct <= risk.maxSpreadPct * (1 + 1e-9)) return APPROVED;
    return refuse("maxSpreadPct", `the spread of ${spreadPct.toFixed(3)} % is above maxSpreadPct ${risk.maxSpreadPct}`);
  },
};
