import { Box } from "ink";
import { createElement, type ReactElement } from "react";
import type { PositionStatus, RunStatus } from "../../run/run-status.ts";
import { ageText, moneyText, priceText, quantityText, signedMoney, signedPercent } from "./figures.ts";
import { column, line, rule, table, text, type Cell, type Frame, type TableColumn, type Tone } from "./paint.ts";

/** Money: what there is and what it has become. */
export function accountPanel(status: RunStatus, frame: Frame): ReactElement {
  const { currency, balance, equity, startEquity, dayStartEquity } = status.account;
  const change = (from: number): Cell => ({
    text: `${signedMoney(equity - from, currency)}  ${signedPercent((equity - from) / from)}`,
    tone: toneOf(equity - from),
  });
  const { ordersSent, fills, refusals, rejections, errors } = status.counters;
  const figures: ReadonlyArray<readonly [name: string, cell: Cell, width: number]> = [
    ["Equity", { text: `${moneyText(equity, currency)} ${currency}`, tone: "strong" }, 20],
    ["Today", change(dayStartEquity), 20],
    ["Since start", change(startEquity), 20],
    ["Balance", { text: moneyText(balance, currency) }, 18],
    ["Orders", { text: String(ordersSent) }, 9],
    ["Fills", { text: String(fills) }, 9],
    ["Refused", { text: String(refusals + rejections), tone: refusals + rejections > 0 ? "warning" : "plain" }, 9],
    ["Errors", { text: String(errors), tone: errors > 0 ? "bad" : "plain" }, 7],
  ];
  let left = frame.width - 2;
  const shown = figures.filter(([, , width]) => {
    left -= width;
    return left >= 0;
  });
  const cells = shown.map(([name, cell, width]) =>
    createElement(
      Box,
      { key: name, flexDirection: "column", width, flexShrink: 0 },
      text(name, "faint", frame),
      text(cell.text, cell.tone ?? "plain", frame),
    ),
  );
  return column(rule(`Account${oldness(status)}`, frame), createElement(Box, { paddingLeft: 2, height: 2, flexShrink: 0 }, ...cells));
}

const POSITION_COLUMNS: readonly TableColumn[] = [
  { title: "Symbol", width: 12 },
  { title: "Side", width: 5 },
  { title: "Quantity", width: 11, isNumber: true },
  { title: "Entry", width: 12, isNumber: true },
  { title: "Mark", width: 12, isNumber: true },
  { title: "Unrealised", width: 14, isNumber: true },
];

/** What is held, at most `rowsMax` lines of it. */
export function positionPanel(status: RunStatus, frame: Frame, rowsMax: number): ReactElement {
  const { positions } = status;
  const title = positions.length > 1 ? `Positions ${positions.length}` : "Position";
  if (positions.length === 0) return column(rule(title, frame), line([["  flat", "faint"]], frame));
  const rows = positions.slice(0, rowsMax).map((position) => positionRow(position, status.connection.isStale));
  return column(rule(`${title}${oldness(status)}${hiddenRows(positions.length, rowsMax)}`, frame), table(POSITION_COLUMNS, rows, frame));
}

function positionRow(position: PositionStatus, isStale: boolean): readonly Cell[] {
  const { symbol, quantity, entryPrice, markPrice, unrealizedPnl, currency } = position;
  return [
    { text: symbol, tone: "strong" },
    { text: quantity < 0 ? "short" : "long", tone: quantity < 0 ? "bad" : "good" },
    { text: quantityText(Math.abs(quantity)) },
    { text: priceText(entryPrice) },
    { text: priceText(markPrice), tone: isStale ? "faint" : "plain" },
    { text: signedMoney(unrealizedPnl, currency), tone: isStale ? "faint" : toneOf(unrealizedPnl) },
  ];
}

/** Prices that are not those of now are said to be of then. */
function oldness({ connection }: RunStatus): string {
  return connection.isStale && Number.isFinite(connection.dataAgeMs) ? `, at prices of ${ageText(connection.dataAgeMs)} ago` : "";
}

/** How many rows of a table there was no room for. */
export function hiddenRows(count: number, rowsMax: number): string {
  return count > rowsMax ? ` (${count - rowsMax} not shown)` : "";
}

function toneOf(profit: number): Tone {
  if (Math.abs(profit) < 1e-9 || Number.isNaN(profit)) return "plain";
  return profit < 0 ? "bad" : "good";
}
