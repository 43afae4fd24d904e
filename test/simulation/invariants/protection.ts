import type { PositionSide } from "../../../src/domain/order.ts";
import { isInverse } from "../../../src/domain/instrument.ts";
import type { VenueOrderRecord } from "../../../src/sandbox/venue.ts";
import type { InvariantMaker } from "../invariant.ts";
import type { View } from "../view.ts";

/** How long a position may lack its full stop while process and network are up, milliseconds: an unknown outcome takes 16 s to prove. */
const UNPROTECTED_MS_MAX = 40_000;

const STOPS = new Set(["stop", "stopLimit", "trailingStop"]);

/** A position that came with a stop has a working one of its full size, or is being closed. */
export const protectedPositions: InvariantMaker = (view, fail) => {
  const bare = new Map<PositionSide, Lack>();
  let isDirty = true;
  return {
    onVenue(event) {
      if (event.kind === "order" || event.kind === "fill" || event.kind === "account" || event.kind === "status") isDirty = true;
    },
    onStep() {
      if (view.isPaper || view.hasForeign) return;
      for (const side of view.sides) {
        // On spot what the process holds decides which part of the balance is a position, and that changes later than the venue.
        if (isDirty || (bare.has(side) && view.instrument.kind === "spot")) {
          const what = lackOf(view, side);
          const known = bare.get(side);
          if (what !== undefined) bare.set(side, { since: known?.since ?? view.now, upSince: known?.upSince ?? view.now, what });
          else if (known !== undefined) {
            noteEnd(view, known);
            bare.delete(side);
          }
        }
        const entry = bare.get(side);
        if (entry === undefined) continue;
        if (!isRunning(view)) entry.upSince = view.now;
        const since = Math.max(entry.since, view.healthySince);
        if (!isUp(view)) entry.since = view.now;
        else if (view.now - since > UNPROTECTED_MS_MAX) fail(`${entry.what}, for ${view.now - since} ms of good weather`);
      }
      isDirty = false;
    },
  };
};

/** A position without its full stop. */
interface Lack {
  /** Since when, in good weather. */
  since: number;
  /** Since when, in any weather. */
  upSince: number;
  readonly what: string;
}

function noteEnd(view: View, { upSince }: Lack): void {
  if (isRunning(view)) view.bareTimes.push({ ms: view.now - upSince, isTold: view.alarmedAt >= upSince });
}

/** What a position lacks, in words; undefined when it is protected, flat or too small to be sold. */
function lackOf(view: View, side: PositionSide): string | undefined {
  const { venue, quantity, symbol } = view.world;
  const steps = view.instrument.kind === "spot" ? spotSteps(view) : view.ownSteps(side);
  if (steps === 0) return undefined;
  const closing = steps > 0 ? "sell" : "buy";
  let covered = 0;
  for (const order of venue.openOrders(symbol)) {
    if (order.side !== closing || order.positionSide !== side) continue;
    if (order.type === "market") return undefined;
    if (STOPS.has(order.type)) covered += left(view, order);
  }
  const bare = Math.abs(steps) - covered;
  // A step ten times as long, taken over at a start, may hide nine of the short ones.
  if (bare <= (view.hasNewRules ? 9 : 0) || isTooSmall(view, bare)) return undefined;
  return `a position ${side} of ${quantity.toNumber(steps)} has stops for ${quantity.toNumber(covered)}`;
}

function left({ world }: View, { quantity, filledQuantity }: VenueOrderRecord): number {
  return world.quantity.toSteps(quantity - filledQuantity);
}

function spotSteps(view: View): number {
  const held = view.process?.handle?.status().positions[0]?.quantity ?? 0;
  const there = view.world.venue.balances().find(({ asset }) => asset === view.instrument.baseAsset)?.total ?? 0;
  // Crumbs that fees have left belong to no position.
  return Math.min(view.world.quantity.toSteps(held), view.world.quantity.toSteps(there, "floor"));
}

/** On spot nothing worth less than the smallest order can be sold, so nothing can protect it either. */
function isTooSmall(view: View, steps: number): boolean {
  const { instrument } = view;
  if (instrument.kind !== "spot" || isInverse(instrument)) return false;
  return view.world.quantity.toNumber(steps) * view.world.venue.lastPrice(view.symbol) < 1.05 * Number(instrument.notionalMin ?? 0);
}

function isUp(view: View): boolean {
  return isRunning(view) && view.now >= view.healthySince;
}

/** Whether the process runs and the symbol trades, whatever the network does. */
function isRunning({ process, world, symbol }: View): boolean {
  return (
    process?.isOver === false &&
    process.handle?.status().phase === "running" &&
    Number.isNaN(process.stoppedAt) &&
    world.venue.statusOf(symbol) === "trading"
  );
}
