import { isTerminal } from "../../domain/order.ts";
import type { ExchangeCapabilities, OrderAmendment } from "../exchange.ts";
import type { PositionBook } from "../portfolio/position-book.ts";
import type { RejectClass } from "../venue-facts.ts";
import { legsOf } from "./bracket-legs.ts";
import type { LiveOrder } from "./live-order.ts";
import { heal, isDoubted, Shield, surplusOf, type Healing } from "./shield.ts";

/** The road that the legs of a bracket take, the same as every order's. */
export interface OrderRoad {
  send(order: LiveOrder): void;
  sendGroup(orders: readonly LiveOrder[]): void;
  amend(order: LiveOrder, amendment: OrderAmendment): void;
  cancel(order: LiveOrder): void;
  /** Orders that can still fill. */
  open(): readonly LiveOrder[];
}

export interface BracketsOptions {
  readonly orders: OrderRoad;
  readonly nextId: () => string;
  readonly capabilities: ExchangeCapabilities;
}

/** Places the stops and targets of an entry when it fills, keeps them the entry's size, and takes them away with the position. */
export class Brackets {
  readonly #orders: OrderRoad;
  readonly #nextId: () => string;
  readonly #capabilities: ExchangeCapabilities;
  readonly #shields = new Map<PositionBook, Shield[]>();
  #breakevenCount = 0;
  /** Closes a position at market because it cannot be protected; set by whoever can. */
  exit: (book: PositionBook, reason: string) => void = () => {};

  constructor({ orders, nextId, capabilities }: BracketsOptions) {
    this.#orders = orders;
    this.#nextId = nextId;
    this.#capabilities = capabilities;
  }

  /** Whether any stop waits to be moved to its entry price. */
  get hasBreakevens(): boolean {
    return this.#breakevenCount > 0;
  }

  /** Called at each fill of an entry that brings protection along. */
  place(entry: LiveOrder, book: PositionBook, time: number): void {
    const { protection } = entry;
    if (protection === undefined) return;
    const known = this.#shields.get(book)?.find((candidate) => candidate.entry === entry);
    const shield = known ?? this.#shieldFor(entry, book);
    if (entry.legs !== undefined) return this.#resize([...entry.legs], shield.quantity);
    const legs = legsOf(entry, { book, quantity: shield.quantity, time, nextId: this.#nextId });
    // A first fill may be so small that its fee leaves nothing whole; the next one brings the legs along.
    if (legs.length === 0 || shield.quantity === 0) return;
    const own = this.#shields.get(book);
    if (own === undefined) this.#shields.set(book, [shield]);
    else own.push(shield);
    if (shield.breakeven !== undefined) this.#breakevenCount += 1;
    this.#send(shield, legs);
  }

  /** Cancels what still protects a position that is no longer there. */
  release(book: PositionBook): void {
    const own = this.#shields.get(book);
    if (own === undefined || own.length === 0) return;
    this.#shields.set(book, []);
    for (const shield of own) {
      // What still fills of the entry opens a new position, which needs legs of its own.
      shield.entry.legs = undefined;
      if (shield.breakeven !== undefined) this.#breakevenCount -= 1;
      for (const leg of shield.everyLeg()) this.#orders.cancel(leg);
    }
  }

  /** Moves a symbol's stops to their entry price where the bar's range has reached the profit for it. */
  moveToBreakeven(symbol: string, high: number, low: number): void {
    for (const [book, shields] of this.#shields) {
      if (book.symbol !== symbol) continue;
      for (const shield of shields) {
        const { breakeven } = shield;
        if (breakeven === undefined || !(breakeven.direction > 0 ? high >= breakeven.level : low <= breakeven.level)) continue;
        shield.breakeven = undefined;
        this.#breakevenCount -= 1;
        const stop = shield.legs.find((leg) => leg.purpose === "stopLoss");
        if (stop !== undefined) this.#orders.amend(stop, { triggerPrice: book.math.rules.price.round(shield.entry.averagePrice) });
      }
    }
  }

  /** A leg has ended without a fill. When it was not our wish and the price has passed its trigger, the position is closed at once. */
  onLegLost(leg: LiveOrder, rejectClass: RejectClass | undefined): void {
    if (leg.parentId === undefined) return;
    const shield = this.#shieldOf(leg);
    if (shield === undefined) return;
    if (shield.isRebuilding) return this.#finishRebuilding(shield);
    if (rejectClass === "rate") shield.onHeldBack(leg.updatedAt);
    if (leg.status === "rejected" && rejectClass === "wouldTrigger") this.exit(shield.book, "wouldTrigger");
  }

  /** Takes the legs of an entry away and places them anew, for exchanges that neither change orders nor let two bind one balance. */
  rebuild(leg: LiveOrder): void {
    const shield = this.#shieldOf(leg);
    if (shield !== undefined) this.#clear(shield);
  }

  #clear(shield: Shield, now?: number): void {
    shield.isRebuilding = true;
    for (const each of shield.legs) this.#orders.cancel(each);
    this.#finishRebuilding(shield, now);
  }

  /** Another order has taken a leg's place. */
  swap(old: LiveOrder, next: LiveOrder): void {
    const shield = this.#shieldOf(old);
    if (shield === undefined) return;
    for (const list of [shield.legs, next.alternatives ?? []]) {
      const at = list.indexOf(old);
      if (at >= 0) list[at] = next;
    }
  }

  /** The expert has taken a leg away on purpose: it stays away. */
  forget(leg: LiveOrder): void {
    leg.isUnwanted = true;
    this.#shieldOf(leg)?.unwanted.add(leg.purpose);
  }

  /** A leg is being moved: one that has to be placed again goes where it was moved to. */
  noteChange(leg: LiveOrder, amendment: OrderAmendment): void {
    if (leg.parentId !== undefined) this.#shieldOf(leg)?.change(leg, amendment);
  }

  /** Takes the legs of a position away, because they bind what is about to be sold at once; returns those that are still there, as far as is known. */
  makeWay(book: PositionBook, now: number): readonly LiveOrder[] {
    const legs: LiveOrder[] = [];
    for (const shield of this.#shields.get(book) ?? []) {
      shield.isRebuilding = false;
      for (const leg of shield.everyLeg()) {
        this.#orders.cancel(leg);
        if (!isTerminal(leg.status) && !isDoubted(leg, now)) legs.push(leg);
      }
    }
    return legs;
  }

  /** Sees to it that every position that came with a stop has one, or is being closed. Called once a second while trading on real time. */
  heal(now: number): readonly Healing[] {
    const healed: Healing[] = [];
    const placesSingly = !this.#capabilities.bindsBalance;
    for (const [book, shields] of this.#shields) {
      if (book.quantitySteps === 0) continue;
      for (const shield of shields) {
        for (const leg of surplusOf(shield, now)) this.#orders.cancel(leg);
        if (shield.isRebuilding) this.#finishRebuilding(shield, now);
        const coveredByOthers = shields.reduce((sum, other) => sum + (other === shield ? 0 : other.covered(now)), 0);
        const isAlone = shields.length === 1;
        const healing = heal(shield, { now, isAlone, coveredByOthers, placesSingly, open: this.#orders.open() });
        if (healing === undefined) continue;
        healed.push(healing);
        if (healing.kind === "exit") this.exit(book, healing.reason);
        else if (healing.kind === "resize") this.#resize(shield.working(), healing.quantity);
        else this.#placeAgain(shield, healing.quantity, now);
      }
    }
    return healed;
  }

  /** Takes over what a journal has kept: entries that came with protection and whose position is open, and their legs. */
  restore(book: PositionBook, entries: readonly LiveOrder[], orders: readonly LiveOrder[]): void {
    const isOpen = (id: string | undefined): boolean =>
      id !== undefined && orders.some((order) => order.clientOrderId === id && !isTerminal(order.status));
    for (const entry of entries) {
      const legs = orders.filter((order) => order.parentId === entry.clientOrderId);
      const shield = this.#shieldFor(entry, book);
      entry.legs = shield.legs;
      // What is on its way to replace a leg that works belongs to that leg.
      const alive = legs.filter((leg) => !isTerminal(leg.status));
      shield.replaceLegs(alive.filter((leg) => !isOpen(leg.replaces)));
      shield.used = legs.reduce((sum, leg) => sum + (isTerminal(leg.status) ? leg.filledQuantity : 0), 0);
      for (const leg of legs) {
        if (leg.isUnwanted === true) shield.unwanted.add(leg.purpose);
        shield.change(leg, leg);
      }
      this.#shields.set(book, [...(this.#shields.get(book) ?? []), shield]);
      if (shield.breakeven !== undefined) this.#breakevenCount += 1;
    }
  }

  #shieldFor(entry: LiveOrder, book: PositionBook): Shield {
    if (!this.#capabilities.bindsBalance) return new Shield(entry, book);
    // What one entry's legs bind cannot be bound again by another's: fees leave a little less than was bought.
    const others = (own: Shield): number =>
      (this.#shields.get(book) ?? []).reduce((sum, shield) => sum + (shield === own ? 0 : shield.bound), 0);
    return new Shield(entry, book, others);
  }

  /** Takes back the legs among an earlier run's orders that protect nothing any more: it has ended in the midst of doing so. */
  takeBackRest(orders: readonly LiveOrder[]): void {
    const needed = new Set([...this.#shields.values()].flat().flatMap((shield) => (shield.isUsedUp ? [] : shield.everyLeg())));
    for (const order of orders) if (order.parentId !== undefined && !needed.has(order)) this.#orders.cancel(order);
  }

  #send(shield: Shield, legs: readonly LiveOrder[]): void {
    const { bindsBalance, groupSizeMax } = this.#capabilities;
    // Where only so many fit together, the first (a stop) and the last (a target) matter most.
    const kept = legs.length <= groupSizeMax ? legs : [...legs.slice(0, groupSizeMax - 1), legs.at(-1) as LiveOrder];
    // One that is in doubt may still turn out to be there.
    shield.replaceLegs([...shield.legs.filter((leg) => !isTerminal(leg.status)), ...kept]);
    shield.entry.legs = shield.legs;
    if (bindsBalance && kept.length > 1) this.#orders.sendGroup(kept);
    else for (const leg of kept) this.#orders.send(leg);
  }

  /** The quantity of an order counts what it has filled already. */
  #resize(legs: readonly LiveOrder[], quantity: number): void {
    for (const leg of legs) if (!isTerminal(leg.status)) this.#orders.amend(leg, { quantity: quantity + leg.filledQuantity });
  }

  #placeAgain(shield: Shield, quantity: number, now: number): void {
    const all = legsOf(shield.entry, { book: shield.book, quantity, time: now, nextId: this.#nextId, changed: shield.changed });
    const wanted = all.filter((leg) => !shield.unwanted.has(leg.purpose));
    if (this.#capabilities.bindsBalance) {
      // A leg that still works binds what the new ones would sell.
      if (shield.working().some((leg) => !isDoubted(leg, now))) return this.#clear(shield, now);
      return this.#send(shield, wanted);
    }
    // What still works stays; only what is missing is placed.
    const alive = shield.alive();
    const missing = wanted.filter((leg) => !alive.some((other) => other.purpose === leg.purpose && !isDoubted(other, now)));
    shield.replaceLegs([...alive, ...missing]);
    for (const leg of missing) this.#orders.send(leg);
  }

  /** Legs that are gone, or that nobody has heard of for long, make room for others. */
  #finishRebuilding(shield: Shield, now = -Infinity): void {
    if (!shield.isRebuilding || shield.legs.some((leg) => !isTerminal(leg.status) && !isDoubted(leg, now))) return;
    shield.isRebuilding = false;
    if (!(shield.quantity > 0) || shield.isUsedUp) return;
    this.#placeAgain(shield, shield.quantity, Math.max(now, shield.legs[0]?.updatedAt ?? shield.entry.updatedAt));
  }

  #shieldOf(leg: LiveOrder): Shield | undefined {
    for (const shields of this.#shields.values()) {
      for (const shield of shields) if (shield.entry.clientOrderId === leg.parentId) return shield;
    }
    return undefined;
  }
}
