import { isTerminal, type OrderPurpose } from "../../domain/order.ts";
import type { OrderAmendment } from "../exchange.ts";
import type { PositionBook } from "../portfolio/position-book.ts";
import type { LiveOrder } from "./live-order.ts";

/** How often a missing stop is placed again before the position is closed instead, and the wait before the second attempt. */
const ATTEMPTS_MAX = 3;
const RETRY_MS = 1_000;
/** The longest wait of a leg that was held back is `RETRY_MS` times two to this power: a ban may end at any time. */
const HELD_BACK_POWER_MAX = 2;
/** The longest wait between attempts is `RETRY_MS` times two to this power: a halt may end at any time. */
const RETRY_POWER_MAX = 5;
/** A stop that has worked so long was placed for good. */
const PROVEN_MS = 10_000;

/** A stop, or an exit, that is known to be in doubt for so long is not counted on: what protects is placed beside it. */
const DOUBT_MS = 2_000;
/** The same of one that has left and has not been answered at all; answers take a fraction of it. */
const SILENCE_MS = 3_000;
/** A fee in the bought asset leaves less of it to sell than the entry has bought; it is never more than this share. */
const FEE_SHARE_MAX = 0.005;

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
  /** What legs that are gone have sold of the entry's part. */
  used = 0;
  attempts = 0;
  nextAttempt = -Infinity;
  /** Legs in a row that were not let through. */
  heldBack = 0;
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
    const left = Math.abs(this.book.quantity) - this.#boundByOthers(this);
    return this.book.math.rules.fit(Math.min(this.entry.filledQuantity, Math.max(0, left)));
  }

  /** What the legs bind of the position. */
  get bound(): number {
    const alive = this.legs.filter((leg) => !isTerminal(leg.status));
    return Math.max(0, ...alive.map((leg) => leg.quantity - leg.filledQuantity));
  }

  /** Whether the legs have sold what the entry has bought. An entry that fills on after its stop did has something to protect again. */
  get isUsedUp(): boolean {
    const used = this.legs.reduce((sum, leg) => sum + leg.filledQuantity, this.used);
    return used > 0 && used >= this.entry.filledQuantity * (1 - FEE_SHARE_MAX);
  }

  /** Puts other legs in place of those that are there. */
  replaceLegs(legs: readonly LiveOrder[]): void {
    for (const leg of this.legs) if (!legs.includes(leg)) this.used += leg.filledQuantity;
    this.legs.splice(0, this.legs.length, ...legs);
    const alternatives = legs.length > 1 ? this.legs : undefined;
    for (const leg of legs) leg.alternatives = alternatives;
  }

  /** A leg was not let through because too much was asked of the exchange: no attempt of ours, and tried again before long. */
  onHeldBack(now: number): void {
    this.attempts = Math.max(0, this.attempts - 1);
    this.nextAttempt = now + RETRY_MS * 2 ** Math.min(this.heldBack, HELD_BACK_POWER_MAX);
    this.heldBack += 1;
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

  /** Stops that can be counted on. */
  stops(now: number): LiveOrder[] {
    return this.working().filter((leg) => isStop(leg) && !isDoubted(leg, now));
  }

  /** How much of the position they cover. */
  covered(now: number): number {
    return Math.max(0, ...this.stops(now).map((stop) => stop.quantity - stop.filledQuantity));
  }

  /** Legs that work, and those that were on their way to replace one that is gone. */
  alive(): LiveOrder[] {
    const heirs = this.legs.flatMap(({ status, successor }) => (isTerminal(status) && successor !== undefined ? [successor] : []));
    return [...this.working(), ...heirs.filter((leg) => !isTerminal(leg.status) && !leg.cancelRequested && !this.legs.includes(leg))];
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
  /** What the stops of the position's other entries cover. */
  readonly coveredByOthers: number;
  /** Whether a leg may be placed beside others, because orders bind nothing. */
  readonly placesSingly: boolean;
  readonly open: readonly LiveOrder[];
}

/** Looks at one shield: what is missing is placed again, what has the wrong size is resized, what cannot be protected is closed. */
export function heal(shield: Shield, view: HealingView): Healing | undefined {
  const { book, entry } = shield;
  if (shield.isRebuilding || shield.isUsedUp) return undefined;
  if (!isTerminal(entry.status) && entry.status !== "partiallyFilled") return undefined;
  if (view.open.some((order) => isClosing(order, book) && !isDoubted(order, view.now))) return undefined;
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
  if (legs.some((leg) => leg.purpose === "takeProfit" && isUnsettled(leg, now))) return undefined;
  shield.targetAttempts += 1;
  shield.nextTargetAttempt = now + RETRY_MS * 2 ** shield.targetAttempts;
  return { kind: "place", symbol: book.symbol, quantity: shield.quantity, reason: "the position has no working target" };
}

/** What the stops of a shield should cover: of a position with several entries its own part, as far as nothing else covers it. */
function neededBy(shield: Shield, covered: number, { isAlone, coveredByOthers }: HealingView): number {
  const { book } = shield;
  const whole = Math.abs(book.quantity);
  if (isAlone) return book.math.rules.fit(whole);
  const missing = Math.max(0, whole - coveredByOthers - covered);
  return covered === 0 ? shield.quantity : book.math.rules.fit(Math.max(covered, Math.min(shield.quantity, covered + missing)));
}

function healStop(shield: Shield, view: HealingView): Healing | undefined {
  const { now, open } = view;
  const { book, legs } = shield;
  const { symbol } = book;
  const { rules } = book.math;
  const stops = shield.stops(now);
  const covered = rules.fit(shield.covered(now));
  const needed = neededBy(shield, covered, view);
  const grid = rules.quantity;
  if (grid.toSteps(needed) === 0) return undefined;
  if (stops.length > 0) {
    if (stops.some((stop) => isUnsettled(stop, now))) return undefined;
    if (grid.toSteps(covered) === grid.toSteps(needed)) {
      if (stops.every(({ createdAt }) => now >= createdAt + PROVEN_MS)) shield.attempts = shield.heldBack = 0;
      return undefined;
    }
  } else if (legs.some((leg) => isStop(leg) && !isDoubted(leg, now) && (!isTerminal(leg.status) || isUnsettled(leg, now)))) {
    // A stop that is being cancelled still protects, and so will one on its way; what comes after is decided when it is gone.
    return undefined;
  }
  if (now < shield.nextAttempt) return undefined;
  // All that is left is to close the position, and an order that does it may be there already.
  if (shield.attempts >= ATTEMPTS_MAX && open.some((order) => isClosing(order, book))) return undefined;
  shield.attempts += 1;
  shield.nextAttempt = now + RETRY_MS * 2 ** Math.min(shield.attempts - 1, RETRY_POWER_MAX);
  // While a stop is in doubt, a refusal of the one beside it may mean that it is there.
  const isDoubtful = legs.some((leg) => isDoubted(leg, now));
  if (shield.attempts > ATTEMPTS_MAX && covered < needed && !isDoubtful) {
    const reason =
      stops.length > 0 ? "the stop is too small and could not be resized" : "the position has no stop and none could be placed";
    return { kind: "exit", symbol, reason };
  }
  if (stops.length > 0) return { kind: "resize", symbol, quantity: needed, reason: `the stop covers ${covered} of ${needed}` };
  return { kind: "place", symbol, quantity: needed, reason: "the position has no working stop" };
}

/** Whether nobody knows yet what becomes of the leg or of the order that shall take its place. */
function isUnsettled({ status, successor }: LiveOrder, now: number): boolean {
  if (status === "pending" || status === "unknown") return true;
  return successor !== undefined && !isTerminal(successor.status) && !isDoubted(successor, now);
}

function isStop(leg: LiveOrder): boolean {
  return leg.purpose === "stopLoss" || leg.purpose === "trailingStop";
}

/** Stops and targets beyond one that work at the same time: one that was in doubt has turned out to be there. */
export function surplusOf({ legs }: Shield, now: number): readonly LiveOrder[] {
  return (["stopLoss", "takeProfit"] as const).flatMap((purpose) => {
    const working = legs.filter((leg) => leg.purpose === purpose && leg.status === "open" && !leg.cancelRequested);
    return working.slice(0, -1).filter((leg) => !isUnsettled(leg, now));
  });
}

/** Whether nobody has heard of an order for so long that it may as well not be there. */
export function isDoubted({ status, updatedAt, createdAt, isWaiting }: LiveOrder, now: number): boolean {
  if (status === "pending") return isWaiting !== true && now >= createdAt + SILENCE_MS;
  return status === "unknown" && now >= updatedAt + DOUBT_MS;
}

/** Whether it is a market order that closes the position. */
function isClosing({ type, symbol, positionSide, side }: LiveOrder, book: PositionBook): boolean {
  return type === "market" && symbol === book.symbol && positionSide === book.side && (side === "sell") === book.quantitySteps > 0;
}
