import { isTerminal, type OrderPurpose } from "../../domain/order.ts";
import type { OrderAmendment } from "../exchange.ts";
import type { PositionBook } from "../portfolio/position-book.ts";
import type { LiveOrder } from "./live-order.ts";

/** How often a missing stop is placed again before the position is closed instead, and the wait before the second attempt. */
const ATTEMPTS_MAX = 3;
const RETRY_MS = 1_000;
/** A stop that has worked so long was placed for good. */
const PROVEN_MS = 10_000;

/** A stop-loss waiting to be moved to the entry price. */
interface BreakevenPlan {
  readonly direction: number;
  readonly level: number;
}

/** What protects the position that one entry has opened. */
export class Shield {
  readonly entry: LiveOrder;
  readonly book: PositionBook;
  readonly legs: LiveOrder[] = [];
  /** What the expert has taken away on purpose. */
  readonly unwanted = new Set<OrderPurpose>();
  /** Prices that were moved, for legs that are placed again. */
  readonly changed = new Map<OrderPurpose, OrderAmendment>();
  breakeven: BreakevenPlan | undefined;
  /** The legs are being taken away to be placed anew. */
  isRebuilding = false;
  attempts = 0;
  nextAttempt = -Infinity;
  /** The same of a missing target. */
  targetAttempts = 0;
  nextTargetAttempt = -Infinity;

  /** What legs of other entries bind of the same position; nothing where orders bind nothing. */
  readonly #boundByOthers: (shield: Shield) => number;

  constructor(entry: LiveOrder, book: PositionBook, boundByOthers: (shield: Shield) => number = () => 0) {
    this.entry = entry;
    this.book = book;
    this.#boundByOthers = boundByOthers;
    const { protection, averagePrice, side } = entry;
    if (protection?.breakevenPct === undefined || (protection.stopLoss === undefined && protection.stopLossPct === undefined)) return;
    const direction = side === "buy" ? 1 : -1;
    this.breakeven = { direction, level: averagePrice * (1 + (direction * protection.breakevenPct) / 100) };
  }

  /** What the legs have to cover: the entry's part of the position. */
  get quantity(): number {
    const left = this.book.math.quantity.round(Math.abs(this.book.quantity) - this.#boundByOthers(this));
    return Math.min(this.entry.filledQuantity, Math.max(0, left));
  }

  /** What the legs bind of the position. */
  get bound(): number {
    const alive = this.legs.filter((leg) => !isTerminal(leg.status));
    return Math.max(0, ...alive.map((leg) => leg.quantity - leg.filledQuantity));
  }

  get needsStop(): boolean {
    const { protection } = this.entry;
    if (protection === undefined) return false;
    const { stopLoss, stopLossPct, trailingStops } = protection;
    const hasStop = (stopLoss !== undefined || stopLossPct !== undefined) && !this.unwanted.has("stopLoss");
    return hasStop || (trailingStops.length > 0 && !this.unwanted.has("trailingStop"));
  }

  get needsTarget(): boolean {
    const { takeProfit, takeProfitPct } = this.entry.protection ?? {};
    return (takeProfit !== undefined || takeProfitPct !== undefined) && !this.unwanted.has("takeProfit");
  }

  /** Legs that can still fill and shall. */
  working(): LiveOrder[] {
    return this.legs.filter((leg) => !isTerminal(leg.status) && !leg.cancelRequested);
  }

  /** Legs and what is on its way to replace them. */
  everyLeg(): LiveOrder[] {
    return this.legs.flatMap((leg) => (leg.successor === undefined ? [leg] : [leg, leg.successor]));
  }

  /** Notes a change for legs that are placed again. */
  change(leg: LiveOrder, amendment: OrderAmendment): void {
    if (amendment.triggerPrice !== undefined) this.changed.set(leg.purpose, { triggerPrice: amendment.triggerPrice });
  }
}

/** What has to be done about a shield. */
export type Healing =
  | { readonly kind: "place" | "resize"; readonly symbol: string; readonly quantity: number; readonly reason: string }
  | { readonly kind: "exit"; readonly symbol: string; readonly reason: string };

/** What a shield is looked at with. */
export interface HealingView {
  readonly now: number;
  /** Nothing else protects the position. */
  readonly isAlone: boolean;
  /** Whether a leg may be placed beside others, because orders bind nothing. */
  readonly placesSingly: boolean;
  readonly open: readonly LiveOrder[];
}

/** Looks at one shield: what is missing is placed again, what has the wrong size is resized, what cannot be protected is closed. */
export function heal(shield: Shield, view: HealingView): Healing | undefined {
  const { book, legs, entry } = shield;
  if (shield.isRebuilding || legs.some((leg) => leg.status === "filled")) return undefined;
  if (!isTerminal(entry.status) && entry.status !== "partiallyFilled") return undefined;
  if (isBeingClosed(book, view.open)) return undefined;
  const healing = shield.needsStop ? healStop(shield, view) : undefined;
  return healing ?? healTarget(shield, view);
}

/** A target that is missing costs no protection, so after some attempts it is left at that. */
function healTarget(shield: Shield, { now, placesSingly }: HealingView): Healing | undefined {
  const { legs, book } = shield;
  if (!shield.needsTarget || shield.targetAttempts >= ATTEMPTS_MAX || now < shield.nextTargetAttempt) return undefined;
  // Whatever is placed again brings all that is missing along, so the stop comes first.
  if (shield.needsStop && !shield.working().some(isStop)) return undefined;
  if (legs.some((leg) => !isTerminal(leg.status) && (!placesSingly || leg.purpose === "takeProfit"))) return undefined;
  if (legs.some((leg) => leg.purpose === "takeProfit" && isUnsettled(leg))) return undefined;
  shield.targetAttempts += 1;
  shield.nextTargetAttempt = now + RETRY_MS * 2 ** shield.targetAttempts;
  return { kind: "place", symbol: book.symbol, quantity: shield.quantity, reason: "the position has no working target" };
}

function healStop(shield: Shield, { now, isAlone }: HealingView): Healing | undefined {
  const { book, legs } = shield;
  const { symbol } = book;
  const stops = shield.working().filter(isStop);
  const needed = isAlone ? Math.abs(book.quantity) : shield.quantity;
  const covered = Math.max(0, ...stops.map((stop) => stop.quantity - stop.filledQuantity));
  const grid = book.math.quantity;
  if (stops.length > 0) {
    if (stops.some(isUnsettled) || !isAlone) return undefined;
    if (grid.toSteps(covered) === grid.toSteps(needed)) {
      if (stops.every(({ createdAt }) => now >= createdAt + PROVEN_MS)) shield.attempts = 0;
      return undefined;
    }
  } else if (legs.some((leg) => isStop(leg) && (!isTerminal(leg.status) || isUnsettled(leg)))) {
    // A stop that is being cancelled still protects, and so will one on its way; what comes after is decided when it is gone.
    return undefined;
  }
  if (now < shield.nextAttempt) return undefined;
  shield.attempts += 1;
  shield.nextAttempt = now + RETRY_MS * 2 ** Math.min(shield.attempts - 1, 6);
  if (shield.attempts > ATTEMPTS_MAX && covered < needed) {
    const reason =
      stops.length > 0 ? "the stop is too small and could not be resized" : "the position has no stop and none could be placed";
    return { kind: "exit", symbol, reason };
  }
  if (stops.length > 0) return { kind: "resize", symbol, quantity: needed, reason: `the stop covers ${covered} of ${needed}` };
  return { kind: "place", symbol, quantity: needed, reason: "the position has no working stop" };
}

/** Whether nobody knows yet what becomes of the leg or of the order that shall take its place. */
function isUnsettled({ status, successor }: LiveOrder): boolean {
  return status === "pending" || status === "unknown" || (successor !== undefined && !isTerminal(successor.status));
}

function isStop(leg: LiveOrder): boolean {
  return leg.purpose === "stopLoss" || leg.purpose === "trailingStop";
}

/** Whether a market order that closes the position is on its way. */
function isBeingClosed(book: PositionBook, open: readonly LiveOrder[]): boolean {
  return open.some(
    (order) =>
      order.type === "market" &&
      order.symbol === book.symbol &&
      order.positionSide === book.side &&
      (order.side === "sell") === book.quantitySteps > 0,
  );
}
