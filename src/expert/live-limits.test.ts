import { expect, test } from "vitest";
import { ConfigurationError } from "../base/errors.ts";
import { requireLiveLimits } from "./live-limits.ts";
import type { RiskOptions } from "./options.ts";
import { resolveExpertOptions, resolveRunOptions } from "./resolve.ts";

const resolved = (risk: RiskOptions) =>
  resolveRunOptions(resolveExpertOptions({ name: "a", symbol: "BTCUSDT", timeframe: "1h" }), { mode: "live", risk });

test.each<RiskOptions>([
  { maxDrawdownPct: 20, maxPositionSizeQuote: 1000 },
  { dailyLossLimit: 3, maxOrderSizeQuote: 100 },
])("%j is enough to trade real money with", (risk) => {
  expect(() => requireLiveLimits(resolved(risk))).not.toThrow();
});

test.each<[RiskOptions, string[]]>([
  [{}, ["maxDrawdownPct or dailyLossLimit", "maxPositionSizeQuote or maxOrderSizeQuote"]],
  [{ maxDrawdownPct: 20 }, ["maxPositionSizeQuote or maxOrderSizeQuote"]],
  [{ maxOrderSizeQuote: 500, maxOpenPositions: 1 }, ["maxDrawdownPct or dailyLossLimit"]],
])("%j is refused by the names of what is missing", (risk, missing) => {
  const named = refusal(risk);
  for (const name of ["maxDrawdownPct or dailyLossLimit", "maxPositionSizeQuote or maxOrderSizeQuote"]) {
    expect(named.includes(name), name).toBe(missing.includes(name));
  }
});

function refusal(risk: RiskOptions): string {
  try {
    requireLiveLimits(resolved(risk));
    return "accepted";
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as ConfigurationError).message;
  }
}
