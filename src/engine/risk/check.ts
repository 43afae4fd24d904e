import type { Side } from "../../domain/trade.ts";
import type { ResolvedFilterOptions, ResolvedRiskOptions } from "../../expert/resolved.ts";
import type { LiveOrder } from "../orders/live-order.ts";
import type { Portfolio } from "../portfolio/portfolio.ts";
import type { PositionBook } from "../portfolio/position-book.ts";

/** A check's answer. A refusal is a value: it is journalled and handed to the expert. */
export type Verdict = { readonly approved: true } | { readonly approved: false; readonly code: string; readonly reason: string };

export const APPROVED: Verdict = { approved: true };

/** Entries that have been sent and have not filled: they count, or two orders of one moment would break a limit together. */
export interface PendingEntries {
  pendingEntries(book: PositionBook, side: Side): number;
}

/** What checks look at: the order that would go out and the state it would go out in. */
export interface RiskContext {
  readonly time: number;
  /** The price the order is measured at: its own, or the last one. */
  readonly price: number;
  readonly book: PositionBook;
  /** What the book will hold once the market orders on their way have filled. */
  readonly heldSteps: number;
  readonly orders: PendingEntries;
  readonly portfolio: Portfolio;
  readonly risk: ResolvedRiskOptions;
  readonly filters: ResolvedFilterOptions;
  /** Volume of the last closed bar of the order's symbol. */
  readonly lastVolume: number;
  /** Why no entries are allowed at all right now, if so. */
  readonly entryBlock: string | undefined;
}

/** One rule about entries. Exits are never checked: nothing may keep a position from being closed. */
export type RiskCheck = (order: LiveOrder, context: RiskContext) => Verdict;

export function refuse(code: string, reason: string): Verdict {
  return { approved: false, code, reason };
}
