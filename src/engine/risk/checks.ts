import { DAY_MS } from "../../domain/timeframe.ts";
import { WEEKDAYS } from "../../expert/options.ts";
import { isWithinHours } from "../../expert/trade-hours.ts";
import type { LiveOrder } from "../orders/live-order.ts";
import type { PositionBook } from "../portfolio/position-book.ts";
import { APPROVED, refuse, type PendingEntries, type RiskCheck, type RiskContext, type Verdict } from "./check.ts";

/** No entries while a limit of the run has tripped. */
const entriesAllowed: RiskCheck = (_order, { entryBlock }) => (entryBlock === undefined ? APPROVED : refuse("entriesBlocked", entryBlock));

/** Entries only at the hours and on the days the filters name (UTC). */
const tradingTime: RiskCheck = (_order, { time, filters }) => {
  if (!isWithinHours(filters.tradeHours, time)) return refuse("tradeHours", "outside tradeHours");
  // The epoch was a Thursday; WEEKDAYS starts on Monday.
  const day = WEEKDAYS[(Math.floor(time / DAY_MS) + 3) % 7];
  if (day !== undefined && !filters.allowedDays.includes(day)) return refuse("allowedDays", `${day} is not one of allowedDays`);
  return APPROVED;
};

/** Entries only after a bar with enough volume. */
const volume: RiskCheck = (_order, { filters, lastVolume }) =>
  lastVolume >= filters.minVolume
    ? APPROVED
    : refuse("minVolume", `the last bar's volume of ${lastVolume} is below minVolume ${filters.minVolume}`);

/** At most so many positions at a time, those counted that an entry on its way may open. */
const openPositions: RiskCheck = (_order, { book, orders, portfolio, risk }) => {
  if (risk.maxOpenPositions === Infinity || isTaken(book, orders)) return APPROVED;
  let count = 0;
  for (const other of portfolio.books) if (isTaken(other, orders)) count += 1;
  if (count < risk.maxOpenPositions) return APPROVED;
  return refuse("maxOpenPositions", `${count} positions are open or ordered, as many as maxOpenPositions allows`);
};

function isTaken(book: PositionBook, orders: PendingEntries): boolean {
  return book.quantitySteps !== 0 || orders.pendingEntries(book, "buy") + orders.pendingEntries(book, "sell") > 0;
}

/** At most so many entries into one position. An order that turns a position is the first entry of the new one. */
const entriesPerPosition: RiskCheck = (order, { book, heldSteps, orders, risk }) => {
  if (risk.maxPositionsPerSymbol === Infinity) return APPROVED;
  const sign = order.side === "buy" ? 1 : -1;
  const continues = Math.sign(heldSteps) === sign && Math.sign(book.quantitySteps) === sign;
  const entries = (continues ? book.entries : 0) + orders.pendingEntries(book, order.side);
  if (entries < risk.maxPositionsPerSymbol) return APPROVED;
  return refuse("maxPositionsPerSymbol", `the position has ${entries} entries, as many as maxPositionsPerSymbol allows`);
};

/** A position's value stays below its limit. */
const positionSize: RiskCheck = (order, { book, heldSteps, price, risk }) => {
  if (risk.maxPositionSizeQuote === Infinity) return APPROVED;
  const { math } = book;
  const after = Math.abs(math.quantity.toNumber(heldSteps) + (order.side === "buy" ? order.quantity : -order.quantity));
  const value = math.isInverse ? after * math.multiplier : math.notional(price, after);
  if (value <= risk.maxPositionSizeQuote * (1 + 1e-9)) return APPROVED;
  return refuse(
    "maxPositionSizeQuote",
    `the position would be worth ${value.toFixed(2)}, above maxPositionSizeQuote ${risk.maxPositionSizeQuote}`,
  );
};

/** In the order in which they are asked; the first refusal counts. */
export const ENTRY_CHECKS: readonly RiskCheck[] = [entriesAllowed, tradingTime, volume, openPositions, entriesPerPosition, positionSize];

/** Asks every check about an entry. */
export function checkEntry(order: LiveOrder, context: RiskContext): Verdict {
  for (const check of ENTRY_CHECKS) {
    const verdict = check(order, context);
    if (!verdict.approved) return verdict;
  }
  return APPROVED;
}
