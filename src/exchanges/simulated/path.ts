import { unreachable } from "../../base/assert.ts";
import type { IntrabarPath } from "../../expert/options.ts";
import type { SymbolBook } from "./symbol-book.ts";
import type { WorkingOrder } from "./working-order.ts";

/** What is known of the row being walked. */
export interface PathState {
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly seenHigh: boolean;
  readonly seenLow: boolean;
}

/**
 * Whether the price goes to the high next (rather than to the low). Called while at least one of them is still ahead.
 *
 * Of a bar only four prices are known. `pessimistic` takes, at each fork, the way that is worse for the account: a stop that
 * the bar reached is hit before the target; an entry that waits for a dip gets the dip last, so that the rise before it earns
 * nothing; a trailing stop that the low did not hit is first pulled up by the high and then measured against the low.
 * `optimistic` takes the better way. The other two are fixed orders.
 */
export function goesUpNext(path: IntrabarPath, book: SymbolBook, state: PathState): boolean {
  if (state.seenHigh) return false;
  if (state.seenLow) return true;
  switch (path) {
    case "openHighLowClose":
      return true;
    case "openLowHighClose":
      return false;
    case "pessimistic":
      return worseIsUp(book, state);
    case "optimistic":
      return !worseIsUp(book, state);
    default:
      return unreachable(path);
  }
}

/**
 * On the row that opened a position, how far the price first goes in its favour so that a trailing stop is hit at the worst
 * price that any way through the row allows: just far enough to switch a stop on, or to pull it to the row's worst price.
 * Undefined when no way through the row hits one that is not hit anyway.
 */
export function worstDetour(
  book: SymbolBook,
  { high, low, time }: { readonly high: number; readonly low: number; readonly time: number },
): number | undefined {
  const direction = directionOf(book);
  const fresh = book.orders.filter(
    (order) => isLive(order) && order.type === "trailingStop" && order.isFresh(time) && order.isBuy === direction < 0,
  );
  if (direction === 0 || fresh.length === 0) return undefined;
  const [best, worst] = direction > 0 ? [high, low] : [low, high];
  if (reachesStop(book, { high, low }, direction < 0)) return undefined;
  const turns = fresh.flatMap((order) => [order.level, worst / (1 - (direction * order.trailingPct) / 100), best]);
  let detour: number | undefined;
  let worstExit = NaN;
  for (const turn of turns) {
    if (direction > 0 ? turn < book.price || turn > best : turn > book.price || turn < best) continue;
    const levels = fresh.map((order) => order.levelAfter(turn)).filter((level) => !Number.isNaN(level));
    if (levels.length === 0) continue;
    // The stop nearest to the turn is hit; it lies inside the row when the worst price reaches it.
    const exit = direction > 0 ? Math.max(...levels) : Math.min(...levels);
    if (direction > 0 ? exit < worst : exit > worst) continue;
    if (!Number.isNaN(worstExit) && (direction > 0 ? exit >= worstExit : exit <= worstExit)) continue;
    worstExit = exit;
    detour = turn;
  }
  return detour;
}

function worseIsUp(book: SymbolBook, state: PathState): boolean {
  const direction = directionOf(book);
  if (direction > 0) return !reachesStop(book, state, false);
  if (direction < 0) return reachesStop(book, state, true);
  return worseIsUpForEntries(book, state);
}

/** Net direction of what is held. */
function directionOf(book: SymbolBook): number {
  let steps = 0;
  for (const position of book.positions) steps += position.quantitySteps;
  return Math.sign(steps);
}

/** Whether moving to that extreme fires an order that cuts a loss. */
function reachesStop(book: SymbolBook, { high, low }: { readonly high: number; readonly low: number }, up: boolean): boolean {
  return book.orders.some((order) => isLive(order) && order.isStop && order.firesUp === up && order.firesAt(up ? high : low));
}

/** Flat, with entries waiting: a breakout is taken at once, a dip comes last. */
function worseIsUpForEntries(book: SymbolBook, { high, low, close }: PathState): boolean {
  const fires = (order: WorkingOrder): boolean => isLive(order) && order.firesAt(order.firesUp ? high : low);
  const firing = book.orders.filter(fires);
  const stop = firing.find((order) => order.isStop);
  if (stop !== undefined) return stop.firesUp;
  const down = firing.some((order) => !order.firesUp);
  const up = firing.some((order) => order.firesUp);
  if (down !== up) return down;
  return close < book.rowOpen;
}

function isLive(order: WorkingOrder): boolean {
  return !order.isDone && order.type !== "market";
}
