/** Ways to derive pivot levels from a session. */
export const PIVOT_KINDS = ["classic", "fibonacci", "camarilla", "woodie", "demark"] as const;
export type PivotKind = (typeof PIVOT_KINDS)[number];

/** Levels in the order in which they are given. */
export const PIVOT_LINES = ["pivot", "r1", "r2", "r3", "r4", "s1", "s2", "s3", "s4"] as const;
export type PivotLine = (typeof PIVOT_LINES)[number];

/** What levels are derived from: a finished session, and the open of what follows it, which only Woodie's need. */
export interface PivotSession {
  open: number;
  high: number;
  low: number;
  close: number;
  nextOpen: number;
}

/** Why some levels are not numbers. */
export const PIVOT_GAPS = "levels that a kind does not have (r4 and s4 except for camarilla; r2, r3, s2 and s3 of demark) are NaN";

/**
 * Writes the levels into `target`, NaN for those the kind has not:
 *
 * - classic: pivot p = (h + l + c) / 3; r1 = 2p − l, r2 = p + (h − l), r3 = h + 2 (p − l), and mirrored below.
 * - fibonacci: the same pivot ± 0.382, 0.618 and 1 of the range.
 * - camarilla: the close ± 1.1 / 12, 1.1 / 6, 1.1 / 4 and 1.1 / 2 of the range.
 * - woodie: p = (h + l + 2 · open of the new session) / 4, levels as classic.
 * - demark: x = h + 2l + c after a fall, 2h + l + c after a rise, else h + l + 2c; p = x / 4, r1 = x / 2 − l, s1 = x / 2 − h.
 */
export function pivotLevels(kind: PivotKind, session: PivotSession, target: Float64Array): void {
  const { high, low, close, nextOpen } = session;
  const typical = (high + low + close) / 3;
  target.fill(NaN);
  switch (kind) {
    case "classic":
      return symmetric(typical, session, target);
    case "woodie":
      return symmetric((high + low + 2 * nextOpen) / 4, session, target);
    case "fibonacci":
      return around(typical, (high - low) * 0.382, (high - low) * 0.618, high - low, NaN, target);
    case "camarilla": {
      const reach = 1.1 * (high - low);
      return around(close, reach / 12, reach / 6, reach / 4, reach / 2, target);
    }
    case "demark":
      return demark(session, target);
  }
}

function symmetric(pivot: number, { high, low }: PivotSession, target: Float64Array): void {
  target[0] = pivot;
  target[1] = 2 * pivot - low;
  target[2] = pivot + (high - low);
  target[3] = high + 2 * (pivot - low);
  target[5] = 2 * pivot - high;
  target[6] = pivot - (high - low);
  target[7] = low - 2 * (high - pivot);
}

function around(pivot: number, first: number, second: number, third: number, fourth: number, target: Float64Array): void {
  target[0] = pivot;
  target[1] = pivot + first;
  target[2] = pivot + second;
  target[3] = pivot + third;
  target[4] = pivot + fourth;
  target[5] = pivot - first;
  target[6] = pivot - second;
  target[7] = pivot - third;
  target[8] = pivot - fourth;
}

function demark({ open, high, low, close }: PivotSession, target: Float64Array): void {
  const sum = close < open ? high + 2 * low + close : close > open ? 2 * high + low + close : high + low + 2 * close;
  target[0] = sum / 4;
  target[1] = sum / 2 - low;
  target[5] = sum / 2 - high;
}
