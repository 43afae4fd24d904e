/** What a market source has met with so far; every message that was no use is in one of these. */
export interface MarketCounts {
  /** Frames that have come. */
  frames: number;
  /** Messages of a symbol that could not be used: unreadable, contradictory, out of all proportion. */
  refused: number;
  /** Frames that nobody had asked for, or that were no JSON. */
  unknown: number;
  /** Bars and trades that came again or too late. */
  duplicates: number;
  /** Times that something was missing and had to be fetched. */
  repairs: number;
  /** Connections that came up. */
  connections: number;
}

export function createCounts(): MarketCounts {
  return { frames: 0, refused: 0, unknown: 0, duplicates: 0, repairs: 0, connections: 0 };
}
