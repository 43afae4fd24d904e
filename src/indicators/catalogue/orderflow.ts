import { choice, integer, type IndicatorSpecification } from "../specification.ts";
import { CVD_SESSIONS, cvd } from "../orderflow/cvd.ts";
import { delta } from "../orderflow/delta.ts";
import { imbalance } from "../orderflow/imbalance.ts";

/** Who traded: buyers against sellers. Those fed with trades, `tradeDelta`, `tradeCvd` and `tradeImbalance`, are not bar indicators and not in the list. */
export const orderflow: readonly IndicatorSpecification[] = [
  {
    name: "cvd",
    title: "Cumulative volume delta, estimated from bars",
    group: "orderflow",
    parameters: [choice("session", "none", CVD_SESSIONS)],
    lines: ["value"],
    inputs: ["openTime", "high", "low", "close", "volume"],
    reads: "bars",
    create: (options = {}) => cvd(options),
    formula: "Σ delta since the session began",
    source: "Close-location estimate after Marc Chaikin",
    scaling: "none",
  },
  {
    name: "delta",
    title: "Delta, estimated from bars",
    group: "orderflow",
    parameters: [],
    lines: ["value", "buys", "sells"],
    inputs: ["high", "low", "close", "volume"],
    reads: "bars",
    create: () => delta(),
    formula: "value = volume · ((close − low) − (high − close)) / (high − low); buys and sells = (volume ± value) / 2",
    source: "Close-location estimate after Marc Chaikin",
    scaling: "none",
  },
  {
    name: "imbalance",
    title: "Order-flow imbalance, estimated from bars",
    group: "orderflow",
    parameters: [integer("period", 20)],
    lines: ["value", "streak"],
    inputs: ["high", "low", "close", "volume"],
    reads: "bars",
    create: ({ period } = {}) => imbalance(period as number | undefined),
    formula: "value = Σ delta / Σ |delta|, over the last period bars; streak = bars in a row whose delta has the same sign",
    source: "Close-location estimate after Marc Chaikin",
    scaling: "none",
  },
];
