import type { PortfolioState } from "../../src/engine/portfolio/portfolio.ts";

/** What the accounts of each asset add up to in a journal's state of the portfolio, in minor units. */
export function decodeLedger(portfolio: unknown): Map<string, bigint> {
  const { ledger } = portfolio as PortfolioState;
  const totals = new Map<string, bigint>();
  for (const [asset, balances] of Object.entries(ledger)) {
    totals.set(
      asset,
      Object.values(balances).reduce((sum, balance) => sum + BigInt(balance), 0n),
    );
  }
  return totals;
}
