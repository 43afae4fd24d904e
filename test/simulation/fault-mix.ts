import type { Random } from "../../src/base/random.ts";
import type { RiskOptions } from "../../src/expert/options.ts";
import type { Venue } from "../../src/sandbox/venue.ts";
import type { Kind } from "./faults/kind.ts";
import { KINDS, type KindName } from "./faults/kinds.ts";

/** Everything that a seed decides about a simulation before it begins. */
export interface FaultMix {
  readonly seed: number;
  readonly market: Venue["market"];
  readonly positionMode: "hedge" | "oneWay";
  readonly isPaper: boolean;
  readonly tradesPerSecond: number;
  readonly eagerness: number;
  readonly isStubborn: boolean;
  readonly watchesBook: boolean;
  readonly risk: RiskOptions;
  readonly onExit: "leave" | "cancel" | "close";
  /** The kinds of trouble of this seed; all others never come. */
  readonly kinds: readonly KindName[];
  /** Mean time between two troubles, milliseconds. */
  readonly everyMs: number;
  /** Highest share of requests or messages that is struck while a trouble lasts, 0 to 1. */
  readonly shareMax: number;
  /** Kills and power cuts an hour. */
  readonly killsPerHour: number;
}

/**
 * Draws the mix of a seed. As in swarm testing, whole kinds of faults are on or off by the seed: faults that are always all there hide
 * what only some of them show (Groce et al., "Swarm Testing", ISSTA 2012).
 */
export function drawMix(seed: number, random: Random): FaultMix {
  const market = (["linear", "linear", "spot", "inverse"] as const)[random.integer(0, 3)] ?? "linear";
  const density = random.next();
  const kinds = (Object.keys(KINDS) as KindName[]).filter(
    (name) => random.next() < 0.25 + 0.5 * density && ((KINDS[name] as Kind).markets?.includes(market) ?? true),
  );
  const chance = (share: number): boolean => random.next() < share;
  return {
    seed,
    market,
    positionMode: market !== "spot" && chance(0.3) ? "hedge" : "oneWay",
    isPaper: chance(0.08),
    tradesPerSecond: chance(0.3) ? 1 : 0.4,
    eagerness: [1, 0.6, 0.3][random.integer(0, 2)] ?? 1,
    isStubborn: chance(0.08),
    watchesBook: chance(0.25),
    risk: drawRisk(random, market),
    onExit: (["leave", "cancel", "cancel", "close"] as const)[random.integer(0, 3)] ?? "cancel",
    kinds,
    everyMs: 8_000 + random.next() * 60_000,
    shareMax: 0.05 + random.next() * 0.25,
    killsPerHour: chance(0.25) ? 0 : random.next() * 3,
  };
}

function drawRisk(random: Random, market: Venue["market"]): RiskOptions {
  const capital = market === "inverse" ? 40_000 : 10_000;
  const chance = (share: number): boolean => random.next() < share;
  return {
    sizing: { type: "percentEquity", percent: 5 + random.next() * 30 },
    leverage: market === "spot" ? 1 : random.integer(1, 5),
    stopLossPct: 0.2 + random.next() * 2,
    ...(chance(0.6) ? { takeProfitPct: 0.2 + random.next() * 2 } : {}),
    ...(market !== "spot" && chance(0.2) ? { trailingStopPct: 0.5 + random.integer(0, 10) / 10 } : {}),
    ...(chance(0.5) ? { maxPositionSizeQuote: capital * (0.2 + random.next()) } : {}),
    ...(chance(0.3) ? { maxOrderSizeQuote: capital * (0.1 + random.next() * 0.5) } : {}),
    ...(chance(0.3) ? { maxOpenOrders: random.integer(4, 12) } : {}),
    ...(chance(0.15) ? { dailyLossLimit: 0.05 + random.next() * 0.5 } : {}),
    ...(chance(0.1) ? { maxDrawdownPct: 0.2 + random.next() } : {}),
    ...(chance(0.2) ? { breakevenPct: 0.1 + random.next() } : {}),
  };
}
