import { fail } from "../../base/assert.ts";
import type { Quote } from "../../domain/quote.ts";
import type { Side } from "../../domain/trade.ts";
import type { ResolvedFilterOptions, ResolvedRiskOptions } from "../../expert/resolved.ts";
import type { Portfolio } from "../portfolio/portfolio.ts";
import type { PositionBook } from "../portfolio/position-book.ts";
import type { RiskOrder } from "./risk-order.ts";
import type { OrderThrottle } from "./throttle.ts";

/** A check's answer. A refusal is a value: it is journalled and handed to the expert. */
export type Verdict = { readonly approved: true } | { readonly approved: false; readonly code: string; readonly reason: string };

export const APPROVED: Verdict = { approved: true };

/** Orders that have been sent and have not ended: they count, or two orders of one moment would break a limit together. */
export interface OpenOrders {
  /** Entries into a position of that side of the market that have not filled. */
  pendingEntries(book: PositionBook, side: Side): number;
  /** Everything that can still fill, orders of unknown outcome included. */
  open(): readonly RiskOrder[];
}

/** A symbol's market beyond its last price. */
export interface MarketView {
  /** Undefined before the first one. */
  readonly quote: Quote | undefined;
  /** Why its data cannot be trusted right now, if so. */
  readonly staleReason: string | undefined;
}

/** What checks look at: the order that would go out and the state it would go out in. */
export interface RiskContext {
  readonly time: number;
  /** The price the order is measured at: its own, or the last one. */
  readonly price: number;
  readonly book: PositionBook;
  /** What the book will hold once the market orders on their way have filled. */
  readonly heldSteps: number;
  readonly orders: OpenOrders;
  readonly portfolio: Portfolio;
  readonly risk: ResolvedRiskOptions;
  readonly filters: ResolvedFilterOptions;
  /** Volume of the last closed bar of the order's symbol. */
  readonly lastVolume: number;
  /** Why no entries are allowed at all right now, if so. */
  readonly entryBlock: string | undefined;
  /** Undefined where a market is always current and has no quotes, as in stored data. */
  readonly market?: MarketView | undefined;
  /** Needed by `maxOrdersPerMinute`, `duplicateWindowMs` and `maxRepeatedOrders`; it hears of every order that is sent. */
  readonly throttle?: OrderThrottle | undefined;
}

/** One question about an entry. */
export type RiskCheck = (order: RiskOrder, context: RiskContext) => Verdict;

/** One rule about entries. Exits are never checked: nothing may keep a position from being closed. */
export interface RiskRule {
  /** Whether the options ask for it; a rule that is off is not asked at all. */
  isActive(risk: ResolvedRiskOptions, filters: ResolvedFilterOptions): boolean;
  readonly check: RiskCheck;
  /** Whether it is asked again when an entry that waits is changed. @default false */
  readonly coversChanges?: boolean;
}

export function refuse(code: string, reason: string): Verdict {
  return { approved: false, code, reason };
}

/** The throttle of a run whose limits need one. */
export function throttleOf({ throttle }: RiskContext): OrderThrottle {
  return throttle ?? fail("a run with maxOrdersPerMinute, duplicateWindowMs or maxRepeatedOrders has an order throttle");
}
