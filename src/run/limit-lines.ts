import type { ResolvedRunOptions } from "../expert/resolved.ts";

/** Every limit of a run that is set, in words, for the person who has to agree to it. */
export function limitLines({ risk }: Pick<ResolvedRunOptions, "risk">): ReadonlyArray<readonly [string, string]> {
  const percent = (value: number): string => `${value} %`;
  const rows: ReadonlyArray<readonly [string, number | undefined, (value: number) => string]> = [
    ["Maximum drawdown", risk.maxDrawdownPct, percent],
    ["Daily loss", risk.dailyLossLimit, percent],
    ["Position value", risk.maxPositionSizeQuote, String],
    ["Order value", risk.maxOrderSizeQuote, String],
    ["Open positions", risk.maxOpenPositions, String],
    ["Open orders", risk.maxOpenOrders, String],
    ["Orders a minute", risk.maxOrdersPerMinute, String],
    ["Price collar", risk.priceCollarPct, percent],
    ["Spread", risk.maxSpreadPct, percent],
    ["Stop-loss", risk.stopLossPct, percent],
    ["Take-profit", risk.takeProfitPct, percent],
    ["Trailing stop", risk.trailingStopPct, percent],
  ];
  return rows.flatMap(([name, value, text]) => (value === undefined || value === Infinity ? [] : [[name, text(value)] as const]));
}
