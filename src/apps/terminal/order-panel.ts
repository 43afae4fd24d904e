import type { ReactElement } from "react";
import type { OrderType } from "../../domain/order.ts";
import type { OrderLine, RunStatus } from "../../run/run-status.ts";
import { hiddenRows } from "./account-panel.ts";
import { ageText, priceText, quantityText } from "./figures.ts";
import { column, line, rule, table, type Cell, type Frame, type TableColumn } from "./paint.ts";

const TYPE_WORDS: Readonly<Record<OrderType, string>> = {
  market: "market",
  limit: "limit",
  stop: "stop",
  stopLimit: "stop limit",
  takeProfit: "target",
  takeProfitLimit: "target limit",
  trailingStop: "trailing",
};

const NARROW: readonly TableColumn[] = [
  { title: "Symbol", width: 12 },
  { title: "Side", width: 4 },
  { title: "Type", width: 12 },
  { title: "Quantity", width: 11, isNumber: true },
  { title: "Price", width: 12, isNumber: true },
  { title: "Status", width: 9 },
];
const EXTRA: readonly TableColumn[] = [
  { title: "Filled", width: 11, isNumber: true },
  { title: "Purpose", width: 13 },
  { title: "Age", width: 7, isNumber: true },
];
const WIDE_FROM = 120;

/** Orders that are not finished; those whose outcome nobody knows come first, for they need eyes. */
export function orderPanel(status: RunStatus, frame: Frame, rowsMax: number): ReactElement {
  const { orders } = status;
  const title = `Open orders ${orders.length === 0 ? "" : orders.length}`.trimEnd();
  if (orders.length === 0) return column(rule(title, frame), line([["  none", "faint"]], frame));
  const isWide = frame.width >= WIDE_FROM;
  const sorted = [...orders.filter(isUnknown), ...orders.filter((order) => !isUnknown(order))];
  const rows = sorted.slice(0, rowsMax).map((order) => orderRow(order, status.now, isWide));
  return column(rule(`${title}${hiddenRows(orders.length, rowsMax)}`, frame), table(isWide ? [...NARROW, ...EXTRA] : NARROW, rows, frame));
}

function isUnknown({ status }: OrderLine): boolean {
  return status === "unknown";
}

function orderRow(order: OrderLine, now: number, isWide: boolean): readonly Cell[] {
  const { symbol, side, type, quantity, filledQuantity, price, triggerPrice, purpose, createdAt } = order;
  const cells: readonly Cell[] = [
    { text: symbol, tone: "strong" },
    { text: side, tone: side === "buy" ? "good" : "bad" },
    { text: TYPE_WORDS[type] },
    { text: quantityText(quantity) },
    { text: priceText(triggerPrice ?? price) },
    statusCell(order),
  ];
  if (!isWide) return cells;
  return [
    ...cells,
    { text: filledQuantity === 0 ? "" : quantityText(filledQuantity) },
    { text: wordsOf(purpose) },
    { text: ageText(now - createdAt) },
  ];
}

function statusCell({ status, filledQuantity, quantity }: OrderLine): Cell {
  if (status === "unknown") return { text: " UNKNOWN ", tone: "alarm" };
  if (status === "partiallyFilled") return { text: `${Math.floor((100 * filledQuantity) / quantity)} % done`, tone: "warning" };
  return { text: status, tone: status === "open" ? "plain" : "faint" };
}

/** `takeProfit` → `take profit` */
function wordsOf(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
