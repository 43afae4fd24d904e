import type { LossLimitsState } from "./loss-limits.ts";
import type { OrderSnapshot } from "./orders/live-order.ts";
import type { PortfolioState } from "./portfolio/portfolio.ts";
import type { VenueTransfer } from "./venue-facts.ts";

/** What a run takes over from the one before it: the last of everything that its journal has kept. */
export interface RestoredSession {
  readonly portfolio: PortfolioState | undefined;
  /** The last record of each order, in the order in which they were made. */
  readonly orders: readonly OrderSnapshot[];
  readonly memory: object | undefined;
  readonly limits: LossLimitsState | undefined;
  /** The last movements of money without a trade that have been booked, oldest first. */
  readonly transfers: readonly VenueTransfer[];
  /**
   * Orders that count fills which their own records do not count, because a write was cut short: they and the books are written down anew.
   * Undefined where nothing was cut short.
   */
  readonly mended?: readonly string[] | undefined;
  /** State of the order throttle. */
  readonly throttle?: unknown;
}
