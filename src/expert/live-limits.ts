import { ConfigurationError } from "../base/errors.ts";
import type { ResolvedRunOptions } from "./resolved.ts";

/** Refuses to trade real money without a limit on what a run may lose and on what it may hold or order at once. */
export function requireLiveLimits({ risk }: Pick<ResolvedRunOptions, "risk">): void {
  const missing: string[] = [];
  if (risk.maxDrawdownPct === Infinity && risk.dailyLossLimit === Infinity) {
    missing.push("how much it may lose (maxDrawdownPct or dailyLossLimit, such as maxDrawdownPct: 20)");
  }
  if (risk.maxPositionSizeQuote === Infinity && risk.maxOrderSizeQuote === Infinity) {
    missing.push("how much it may hold (maxPositionSizeQuote or maxOrderSizeQuote, such as maxPositionSizeQuote: 1000)");
  }
  if (missing.length === 0) return;
  throw new ConfigurationError(`risk: a live run does not start without limits; say in risk ${missing.join(" and ")}`);
}
