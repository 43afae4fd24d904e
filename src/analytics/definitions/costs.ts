import type { RunFacts } from "../run-facts.ts";
import { defineStatistics } from "../statistic.ts";
import { portfolioTurnover } from "../turnover.ts";

const define = defineStatistics<RunFacts>();
const NEEDS_RUN = "needs a run";

/** What trading cost. */
export const COSTS = define({
  fees: {
    label: "Fees",
    unit: "currency",
    section: "costs",
    description: "Commissions paid for all fills, rebates taken off.",
    formula: "Σ fees",
    source: "LEAN (Total Fees), backtesting.py (Commissions), Jesse",
    needs: NEEDS_RUN,
    compute: ({ record }) => record.fees,
  },
  funding: {
    label: "Funding",
    unit: "currency",
    section: "costs",
    description: "Funding of perpetuals: above zero paid, below zero received.",
    formula: "Σ funding payments",
    source: "MetaExpert",
    needs: NEEDS_RUN,
    compute: ({ record }) => record.funding,
  },
  tradedValue: {
    label: "Traded value",
    unit: "currency",
    section: "costs",
    description: "Value of everything bought and sold.",
    formula: "Σ price × quantity of all fills",
    source: "freqtrade (Total trade volume)",
    needs: NEEDS_RUN,
    compute: ({ record }) => record.tradedValue,
  },
  turnoverPct: {
    label: "Turnover per day",
    unit: "percent",
    section: "costs",
    description: "How much of the account is traded on a day, on average.",
    formula: "mean over days of (value traded / equity at the day's end) × 100",
    source: "LEAN (Portfolio Turnover)",
    needs: "needs a day with equity",
    compute: ({ record }) => portfolioTurnover(record) * 100,
  },
  feeShareOfGrossPct: {
    label: "Costs of gross profit",
    unit: "percent",
    section: "costs",
    description: "Share of the profit before costs that fees and funding took. Above 100: costs turned a gain into a loss.",
    formula: "(fees + funding) / (net profit + fees + funding) × 100",
    source: "MetaExpert",
    needs: "needs a profit before costs",
    compute: ({ record: { equity, fees, funding } }) => {
      const before = equity.endEquity - equity.startEquity + fees + funding;
      return before > 0 ? ((fees + funding) / before) * 100 : NaN;
    },
  },
});

/** What became of orders. */
export const ORDERS = define({
  ordersSubmitted: {
    label: "Orders submitted",
    unit: "count",
    section: "orders",
    description: "Orders sent to the exchange.",
    formula: "number of orders",
    source: "LEAN (Total Orders)",
    needs: NEEDS_RUN,
    compute: ({ record }) => record.orders.submitted,
  },
  ordersFilled: {
    label: "Orders filled",
    unit: "count",
    section: "orders",
    description: "Orders filled completely.",
    formula: "number of filled orders",
    source: "MetaExpert",
    needs: NEEDS_RUN,
    compute: ({ record }) => record.orders.filled,
  },
  ordersCancelled: {
    label: "Orders cancelled",
    unit: "count",
    section: "orders",
    description: "Orders taken back by the expert, by its partner in a bracket or at the end.",
    formula: "number of cancelled orders",
    source: "freqtrade (Canceled Entry Orders)",
    needs: NEEDS_RUN,
    compute: ({ record }) => record.orders.cancelled,
  },
  ordersRejected: {
    label: "Orders rejected",
    unit: "count",
    section: "orders",
    description: "Orders the exchange did not take.",
    formula: "number of rejected orders",
    source: "MetaExpert",
    needs: NEEDS_RUN,
    compute: ({ record }) => record.orders.rejected,
  },
  ordersExpired: {
    label: "Orders expired",
    unit: "count",
    section: "orders",
    description: "Orders whose time ran out.",
    formula: "number of expired orders",
    source: "freqtrade (Entry/Exit Timeouts)",
    needs: NEEDS_RUN,
    compute: ({ record }) => record.orders.expired,
  },
  ordersRefused: {
    label: "Intents refused",
    unit: "count",
    section: "orders",
    description: "Intents that risk limits or validation stopped before they became orders.",
    formula: "number of refusals",
    source: "freqtrade (Rejected Entry signals)",
    needs: NEEDS_RUN,
    compute: ({ record }) => record.orders.refused,
  },
});
