import type { Instrument } from "../../src/domain/instrument.ts";
import type { PositionSide } from "../../src/domain/order.ts";
import type { VenueFill } from "../../src/engine/venue-facts.ts";
import type { VenueOrderRecord } from "../../src/sandbox/venue.ts";
import type { JournalWatch } from "./journal-watch.ts";
import type { SimProcess, World } from "./world.ts";

/** A time during which a position lacked its full stop while the process ran and the symbol traded. */
export interface BareTime {
  readonly ms: number;
  /** The process has warned of something meanwhile. */
  readonly isTold: boolean;
}

/** What somebody who stands outside knows of a simulation: the truth, and what the processes show of themselves. */
export class View {
  readonly world: World;
  readonly isPaper: boolean;
  /** The life that goes on, or the last one. */
  process: SimProcess | undefined;
  /** From this moment on nothing was wrong that a fault has made wrong; Infinity while something is. */
  healthySince = -Infinity;
  /** Faults are over for good, and the trader has stopped trading. */
  isCalm = false;
  /** Power cuts so far: a second of what was not synced may be gone after each. */
  powerCuts = 0;
  /** When the first of all runs began; NaN before. */
  begunAt = NaN;
  readonly bareTimes: BareTime[] = [];
  /** When the log was last told a warning or worse. */
  alarmedAt = -Infinity;
  /** Trades that somebody else has made. */
  readonly foreignFills = new Set<string>();

  constructor(world: World, isPaper: boolean) {
    this.world = world;
    this.isPaper = isPaper;
  }

  get now(): number {
    return this.world.scheduler.now();
  }

  get journal(): JournalWatch {
    return this.world.journal;
  }

  get symbol(): string {
    return this.world.symbol;
  }

  get instrument(): Instrument {
    return this.world.instrument;
  }

  /** Somebody else has traded on the account. */
  get hasForeign(): boolean {
    return this.foreignFills.size > 0 || this.world.venue.orders(this.symbol).some(({ origin }) => origin === "external");
  }

  /** The symbol's steps have been others for a while. */
  hasNewRules = false;
  /** The process has told that positions differ, and has not taken it back. */
  isDriftTold = false;

  /** Executions that are of the strategy or were forced on it. */
  ownFills(): readonly VenueFill[] {
    return this.world.venue.fills(this.symbol).filter(({ tradeId }) => !this.foreignFills.has(tradeId));
  }

  /** The venue's orders of the strategy that can still fill. */
  ownOpen(): readonly VenueOrderRecord[] {
    return this.world.venue.openOrders(this.symbol).filter(({ origin }) => origin === "api");
  }

  /** What the strategy's executions at the venue add up to, in quantity steps; on spot after fees that were taken in the base asset. */
  ownSteps(side: PositionSide): number {
    const { quantity } = this.world;
    let steps = 0;
    for (const fill of this.ownFills())
      if (fill.positionSide === side) steps += (fill.side === "buy" ? 1 : -1) * quantity.toSteps(fill.quantity);
    return steps;
  }

  get sides(): readonly PositionSide[] {
    return this.world.venue.positionMode === "hedge" && this.instrument.kind !== "spot" ? ["long", "short"] : ["net"];
  }
}
