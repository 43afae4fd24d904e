import type { PositionSide } from "./order.ts";

/** What is held of one symbol (and side, in hedge mode). */
export interface Position {
  readonly symbol: string;
  readonly side: PositionSide;
  /** Above zero long, below zero short, in the instrument's quantity units. */
  readonly quantity: number;
  /** Average price of what is held; NaN when flat. */
  readonly entryPrice: number;
  /** Profit of the open part at the last price, in the settle asset. */
  readonly unrealizedPnl: number;
  /** Profit booked since the position left zero, before fees. */
  readonly realizedPnl: number;
  /** When the position left zero; NaN when flat. */
  readonly openedAt: number;
}

/** A position from leaving zero to coming back to it (or one exit's part of it), as the trade list shows it. */
export interface ClosedTrade {
  readonly symbol: string;
  readonly direction: "long" | "short";
  readonly quantity: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  readonly entryTime: number;
  readonly exitTime: number;
  /** In the settle asset, before fees and funding. */
  readonly grossPnl: number;
  /** Entry and exit fees of this quantity, above zero when paid. */
  readonly fees: number;
  /** Funding paid (above zero) or received (below zero) while it was held. */
  readonly funding: number;
  /** `grossPnl - fees - funding`. */
  readonly netPnl: number;
  /** `netPnl` as a share of the entry value. */
  readonly returnRatio: number;
  /** Furthest the price went against and for the trade, as shares of the entry price, both at or above zero. */
  readonly maxAdverseExcursion: number;
  readonly maxFavorableExcursion: number;
  readonly barsHeld: number;
  readonly entryTag?: string | undefined;
  readonly exitTag?: string | undefined;
  /** What closed it: the exit order's purpose in the field's words, such as `stopLoss`, `takeProfit`, `exit`, `endOfData`. */
  readonly exitReason: string;
}
