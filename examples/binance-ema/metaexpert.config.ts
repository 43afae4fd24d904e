import type { RunOptions } from "metaexpert";

/** Where and with what the expert runs. A flag of the command line wins over a line here. */
export default {
  exchange: "binance",
  marketType: "spot",
  initialCapital: 10_000,
  risk: { slippagePct: 0.02 },
} satisfies RunOptions;
