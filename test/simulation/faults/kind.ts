import type { Random } from "../../../src/base/random.ts";
import type { Venue } from "../../../src/sandbox/venue.ts";
import type { Fault } from "../../../src/sandbox/faults.ts";
import type { MarketAct, VenueAct } from "../../../src/sandbox/acts.ts";
import type { View } from "../view.ts";

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** What a kind of trouble may reach. */
export interface Hand {
  readonly view: View;
  readonly random: Random;
  /** Highest share that is struck. */
  readonly shareMax: number;
  /** Puts a fault in force for a while; a share is drawn where the fault has none. */
  weather(fault: DistributiveOmit<Fault, never>, durationMs?: number): void;
  /** Lets something happen at the venue's market. */
  market(act: MarketAct): void;
  act(act: VenueAct): void;
  /** Calls later; dropped when faults are over by then. */
  later(delayMs: number, run: () => void): void;
  /** Something that is put right at the end of a while, or at the latest when faults are over. */
  until(durationMs: number, undo: () => void): void;
  /** The process ends, as if killed; with `power` the machine goes down with it. */
  kill(power: boolean): void;
}

/** One kind of trouble. */
export interface Kind {
  /** Where it can happen. @default everywhere */
  readonly markets?: readonly Venue["market"][];
  /** Not in paper runs. */
  readonly needsAccount?: boolean;
  strike(hand: Hand): void;
}

/** A number between two, drawn evenly. */
export function between(random: Random, low: number, high: number): number {
  return low + random.next() * (high - low);
}

export function pick<T>(random: Random, items: readonly T[]): T {
  return items[random.integer(0, items.length - 1)] as T;
}
