import type { ExitPolicy } from "../../expert/options.ts";
import type { RunOutcome, RunStatus, RunSummary } from "../../run/run-status.ts";
import { durationText, moneyText, quantityText, signedMoney, signedPercent } from "../terminal/figures.ts";

/** What is about to begin, as a list that a person can check at a glance. */
export function summaryText(summary: RunSummary): string {
  const { leverage, marginMode, positionMode, openOrders, openPositions } = summary;
  const isFutures = marginMode !== undefined;
  const margin = isFutures ? [["Leverage", `${leverage}×, ${marginMode}${positionMode === "hedge" ? ", hedge mode" : ""}`] as const] : [];
  const rows: ReadonlyArray<readonly [string, string]> = [
    ["Expert", summary.expertName],
    ["Exchange", `${summary.exchange} ${summary.market}${placeOf(summary)}`],
    ["Account", summary.accountLabel],
    ["Symbols", `${summary.symbols.join(", ")}, ${summary.timeframe}`],
    ["Equity", `${moneyText(summary.equity, summary.currency)} ${summary.currency}`],
    ...margin,
    ...summary.limits.map(([name, value]) => [name, value] as const),
    ["At the end", EXIT_WORDS[summary.onExit] ?? summary.onExit],
    ["Open now", `${counted(openOrders, "order")}, ${counted(openPositions, "position")}`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const warnings = summary.warnings.map((warning) => `\n  ! ${warning}`);
  return `${rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join("\n")}${warnings.join("")}`;
}

const EXIT_WORDS: Readonly<Record<string, string>> = {
  leave: "every order and position stays",
  cancel: "entries that wait are cancelled; protective orders and positions stay",
  close: "all orders are cancelled and positions are closed at market",
} satisfies Record<ExitPolicy, string>;

function placeOf({ isSandbox, isTestnet }: Pick<RunSummary, "isSandbox" | "isTestnet">): string {
  return isSandbox ? " (sandbox on this machine)" : isTestnet ? " (testnet)" : "";
}

/** How a run went and what it has left behind. */
export function outcomeText(outcome: RunOutcome): string {
  const { status, journal } = outcome;
  const { currency, equity, startEquity } = status.account;
  const profit = equity - startEquity;
  const { ordersSent, fills, refusals, rejections, errors } = status.counters;
  const rows: ReadonlyArray<readonly [string, string]> = [
    ["Ended", `${outcome.reason}, after ${durationText(status.now - status.startedAt)}`],
    ["Equity", `${moneyText(equity, currency)} ${currency} (${signedMoney(profit, currency)}, ${signedPercent(profit / startEquity)})`],
    ["Orders", `${counted(ordersSent, "order")} sent, ${counted(fills, "fill")}, ${refusals + rejections} refused`],
    ...(errors > 0 ? [["Errors", String(errors)] as const] : []),
    ["Left", `${counted(outcome.openOrders, "open order")}, ${counted(outcome.openPositions, "position")}`],
    ...(journal === undefined ? [] : [["Journal", `${journal} (${outcome.journalRecords.toLocaleString("en-US")} records)`] as const]),
  ];
  return rows.map(([name, value]) => `${name.padEnd(8)} ${value}`).join("\n");
}

/** The state of a run in one line of a log. */
export function statusLine(status: RunStatus): string {
  const { connection, account, positions, orders, phase } = status;
  const { currency, equity, startEquity } = account;
  const profit = equity - startEquity;
  const held = positions.map(({ symbol, quantity }) => `${quantity < 0 ? "short" : "long"} ${quantityText(Math.abs(quantity))} ${symbol}`);
  const unknown = orders.filter((order) => order.status === "unknown").length;
  return [
    phase,
    connection.isStale ? `${connection.status}, data is STALE` : connection.status,
    `equity ${moneyText(equity, currency)} ${currency} (${signedMoney(profit, currency)}, ${signedPercent(profit / startEquity)})`,
    held.length === 0 ? "flat" : held.join(", "),
    `${counted(orders.length, "open order")}${unknown > 0 ? `, ${unknown} of UNKNOWN outcome` : ""}`,
  ].join("; ");
}

function counted(count: number, name: string): string {
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}
