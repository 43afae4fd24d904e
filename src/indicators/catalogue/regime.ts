import { choice, integer, real, type IndicatorSpecification } from "../specification.ts";
import { changePoint } from "../regime/change-point.ts";
import { CUSUM_TARGETS, cusum } from "../regime/cusum.ts";
import { hiddenMarkov } from "../regime/hidden-markov.ts";
import { marketRegime } from "../regime/market-regime.ts";

const PERCENT = { min: 0, max: 100 };

/** What kind of market it is. */
export const regime: readonly IndicatorSpecification[] = [
  {
    name: "changePoint",
    title: "Bayesian online change points",
    group: "regime",
    parameters: [
      integer("period", 50, { min: 5 }),
      real("expected", 250, { min: 2, max: 1e9 }),
      integer("within", 10),
      integer("longest", 500, { min: 10, max: 10_000 }),
    ],
    lines: ["recent", "length"],
    inputs: ["close"],
    reads: "series",
    create: ({ period, ...options } = {}) => changePoint(period as number | undefined, options),
    formula: "recent = P(run length ≤ within | returns so far), length = argmax P(run length | returns so far), hazard 1 / expected",
    source: "Ryan Adams, David MacKay, Bayesian Online Changepoint Detection (2007)",
    gaps: "a price that is not positive has no return: NaN on its bar and the next",
  },
  {
    name: "cusum",
    title: "Cumulative-sum change points",
    group: "regime",
    parameters: [
      integer("period", 50, { min: 5 }),
      choice("target", "variance", CUSUM_TARGETS),
      real("threshold", 8, { min: 0.1, max: 1_000 }),
      real("slack", 0.5, { min: 0, max: 10 }),
    ],
    lines: ["change", "up", "down"],
    inputs: ["close"],
    reads: "series",
    create: ({ period, ...options } = {}) => cusum(period as number | undefined, options),
    formula:
      "up = max(0, up + s − slack), down = max(0, down − s − slack), s = z or (ln z² + 1.27) / 2.22 within ±2.5, z the return standardised by the first period ones; change = ±1 at the threshold",
    source: "E. S. Page, Continuous Inspection Schemes, Biometrika 41 (1954)",
    gaps: "a price that is not positive has no return: NaN on its bar and the next",
  },
  {
    name: "hiddenMarkov",
    title: "Hidden Markov regime",
    group: "regime",
    parameters: [
      integer("states", 2, { min: 2, max: 4 }),
      integer("training", 500, { min: 30, max: 50_000 }),
      integer("refit", 0, { min: 0 }),
      integer("seed", 1, { min: 0, max: Number.MAX_SAFE_INTEGER }),
    ],
    lines: ["state", "probability", "volatility"],
    inputs: ["close"],
    reads: "series",
    create: ({ states, ...options } = {}) => hiddenMarkov(states as number | undefined, options),
    formula:
      "state = argmax P(state | returns so far), by the forward step of a Gaussian hidden Markov model fitted by Baum–Welch; states in the order of volatility",
    source: "Lawrence Rabiner, A Tutorial on Hidden Markov Models, Proceedings of the IEEE 77:2 (1989)",
    gaps: "a price that is not positive has no return: NaN on its bar and the next",
  },
  {
    name: "marketRegime",
    title: "Market regime",
    group: "regime",
    parameters: [
      integer("period", 14, { min: 2 }),
      real("trendAt", 25, PERCENT),
      real("choppyAt", 50, PERCENT),
      integer("volatility", 20, { min: 2 }),
      integer("rank", 250),
      real("volatileAt", 90, PERCENT),
    ],
    lines: ["regime", "direction"],
    inputs: ["high", "low", "close"],
    reads: "bars",
    create: ({ period, ...options } = {}) => marketRegime(period as number | undefined, options),
    formula:
      "2 where historicalVolatility(volatility) exceeds volatileAt percent of its last rank values; else 1 where adx ≥ trendAt and choppiness ≤ choppyAt; else 0",
    source: "Wilder’s ADX, Dreiss’ choppiness index and realised volatility, combined",
    scaling: "none",
    gaps: "a price that is not positive has no return: NaN on its bar and the next",
  },
];
