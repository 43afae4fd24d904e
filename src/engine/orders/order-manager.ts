import type { OrderCounts } from "../../analytics/run-record.ts";
import type { Fill } from "../../domain/fill.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { Side } from "../../domain/trade.ts";
import { isTerminal } from "../../domain/order.ts";
import { changesIn, type Exchange, type ExchangeListener, type OrderAmendment } from "../exchange.ts";
import type { Journal, OrderRecord } from "../journal.ts";
import type { Restriction } from "../restrictions.ts";
import type { RejectClass, SeenUntil, VenuePosition, VenueTransfer } from "../venue-facts.ts";
import { toMinor } from "../portfolio/ledger.ts";
import type { Portfolio } from "../portfolio/portfolio.ts";
import type { PositionBook } from "../portfolio/position-book.ts";
import { Brackets } from "./brackets.ts";
import { whyNot } from "./capabilities.ts";
import type { Healing } from "./shield.ts";
import type { LiveOrder } from "./live-order.ts";
import { BookedTransfers } from "./booked-transfers.ts";
import type { OrderObserver } from "./order-observer.ts";
import type { OrderEnding } from "./life-cycle.ts";
import { OrderTable } from "./order-table.ts";
import { OverdueOrders } from "./overdue-orders.ts";
import { SecondTries } from "./second-tries.ts";
import { WaitingOrders } from "./waiting-orders.ts";

export interface OrderManagerOptions {
  readonly exchange: Exchange;
  readonly portfolio: Portfolio;
  readonly journal: Journal;
  readonly observer: OrderObserver;
  /** Makes client order ids, unique across runs. */
  readonly nextId: () => string;
}

/** The one road to the exchange, and the books of what came back on it. */
export class OrderManager implements ExchangeListener {
  readonly table: OrderTable;
  readonly brackets: Brackets;
  readonly transfers = new BookedTransfers();
  readonly #waiting = new WaitingOrders();
  readonly #overdue = new OverdueOrders();
  readonly #secondTries: SecondTries;
  readonly #exchange: Exchange;
  readonly #portfolio: Portfolio;
  readonly #journal: Journal;
  readonly #observer: OrderObserver;
  readonly #nextId: () => string;
  readonly #tally = { submitted: 0, filled: 0, partiallyFilled: 0, cancelled: 0, rejected: 0, expired: 0 };
  /** Intents that never became orders; counted by whoever refuses. */
  refused = 0;

  constructor({ exchange, portfolio, journal, observer, nextId }: OrderManagerOptions) {
    this.#exchange = exchange;
    this.#portfolio = portfolio;
    this.#journal = journal;
    this.#observer = observer;
    this.#nextId = nextId;
    this.#secondTries = new SecondTries(nextId);
    this.table = new OrderTable(journal.keepsEvents);
    this.brackets = new Brackets({ orders: this, nextId, capabilities: exchange.capabilities });
    exchange.connect(this);
  }

  /** Writes the intent down and sends it. Its fate arrives through the listener, perhaps before this returns. */
  send(order: LiveOrder): void {
    const blockers = this.#bindingOrders(order);
    if (blockers.length > 0) order.isWaiting = true;
    if (!this.#intend(order)) return;
    if (blockers.length > 0) this.#waiting.add(order, blockers);
    else this.#submit(order);
  }

  /** Sends alternatives as one, where the exchange needs that. */
  sendGroup(orders: readonly LiveOrder[]): void {
    const taken = orders.filter((order) => this.#intend(order));
    if (taken.length === 0) return;
    this.#observer.beforeRequest();
    this.#exchange.submitGroup(taken);
  }

  /** Changes a working order; where the exchange cannot, a new one takes its place. */
  amend(order: LiveOrder, amendment: OrderAmendment): void {
    if (isTerminal(order.status) || order.cancelRequested) return;
    const { amend, bindsBalance } = this.#exchange.capabilities;
    this.brackets.noteChange(order, amendment);
    if (!amend.includes(order.type)) {
      if (order.parentId !== undefined && bindsBalance) return this.brackets.rebuild(order);
      return this.#replace(order, amendment);
    }
    order.pendingChange = { ...order.pendingChange, ...amendment };
    this.#record("amendIntent", order);
    this.#observer.beforeRequest();
    this.#exchange.amend(order.clientOrderId, amendment);
  }

  /** Asks to take an order back, once; an exchange that is not heard goes on asking by itself. */
  cancel(order: LiveOrder): void {
    if (isTerminal(order.status) || order.cancelRequested) return;
    order.cancelRequested = true;
    this.#record("cancelIntent", order);
    if (this.#waiting.remove(order)) return this.onCancelled(order.clientOrderId, "cancelled before it left", this.#observer.now);
    this.#observer.beforeRequest();
    this.#exchange.cancel(order.clientOrderId);
  }

  /** Writes down what an earlier run could not any more: these orders as they stand now, and the books. */
  recordAnew(clientOrderIds: readonly string[]): void {
    for (const id of clientOrderIds) {
      const order = this.table.find(id);
      if (order !== undefined) this.#journal.order("filled", order.updatedAt, this.#kept(order));
    }
    this.#keepMoney();
  }

  /** Sees to what has waited long enough, and to the protection of all positions. Called once a second while trading on real time. */
  heal(now: number): readonly Healing[] {
    this.#letGo();
    const priceOf = ({ symbol, positionSide }: LiveOrder): number => this.#portfolio.book(symbol, positionSide).price;
    for (const symbol of this.#overdue.look(this.open(), priceOf, now)) this.#exchange.inquire?.(symbol);
    return this.brackets.heal(now);
  }

  /** An order that can still fill. */
  get(clientOrderId: string): LiveOrder | undefined {
    return this.table.get(clientOrderId);
  }

  /** Orders that can still fill, oldest first. */
  open(): LiveOrder[] {
    return this.table.open();
  }

  /** What will be held once the market orders on their way have filled, in steps; stops and limits may never fill and do not count. */
  expectedSteps(book: PositionBook): number {
    return this.table.expectedSteps(book);
  }

  /** Entries into a position of that side of the market that have not filled. */
  pendingEntries(book: PositionBook, side: Side): number {
    return this.table.pendingEntries(book, side);
  }

  get openCount(): number {
    return this.table.size;
  }

  counts(): OrderCounts {
    return { ...this.#tally, refused: this.refused };
  }

  onAccepted(clientOrderId: string, orderId: string, time: number): void {
    const order = this.table.known(clientOrderId);
    order.orderId = orderId;
    order.moveTo(order.filledQuantity > 0 ? "partiallyFilled" : "open", time);
    this.#journal.order("accepted", time, this.#kept(order));
    if (order.replaces !== undefined) this.#retire(order);
    this.#observer.onOrderChanged(order);
  }

  onRejected(clientOrderId: string, reason: string, time: number, rejectClass?: RejectClass): void {
    const order = this.#end(clientOrderId, { status: "rejected", reason, time, rejectClass });
    const next = this.#secondTries.of(order, rejectClass, this.#portfolio.book(order.symbol, order.positionSide).math, this.#observer.now);
    if (next !== undefined) this.send(next);
  }

  onUnknown(clientOrderId: string, reason: string, time: number): void {
    const order = this.table.known(clientOrderId);
    order.reason = reason;
    order.moveTo("unknown", time);
    this.#journal.order("unknown", time, this.#kept(order));
    this.#observer.onOrderChanged(order);
  }

  onCancelled(clientOrderId: string, reason: string, time: number): void {
    this.#end(clientOrderId, { status: "cancelled", reason, time });
  }

  onExpired(clientOrderId: string, reason: string, time: number): void {
    this.#end(clientOrderId, { status: "expired", reason, time });
  }

  onAmended(clientOrderId: string, amendment: OrderAmendment, time: number): void {
    const order = this.table.known(clientOrderId);
    Object.assign(order, changesIn(amendment), { pendingChange: undefined });
    order.updatedAt = time;
    if (order.filledQuantity > 0 && order.filledQuantity >= order.quantity && !isTerminal(order.status)) {
      order.moveTo("filled", time);
      this.#tally.filled += 1;
      this.table.finish(order);
      this.#cancelAlternatives(order);
    }
    this.#journal.order("amended", time, this.#kept(order));
    this.#observer.onOrderChanged(order);
    this.#letGo();
  }

  onRequestRejected(clientOrderId: string, reason: string, time: number): void {
    const order = this.table.get(clientOrderId);
    if (order !== undefined) order.pendingChange = undefined;
    this.#journal.note("refusal", time, `${clientOrderId}: ${reason}`, 0);
  }

  onFundingPaid(symbol: string, rate: number, price: number, time: number): void {
    const paid = this.#portfolio.applyFunding(symbol, rate, price);
    this.#journal.note("funding", time, symbol, paid);
    this.#keepMoney();
    this.#observer.onFundingPaid(symbol, rate, price, time);
  }

  onTransfer(transfer: VenueTransfer): void {
    if (!this.transfers.add(transfer)) return;
    const capital = this.#portfolio.applyTransfer(transfer);
    this.#journal.transfer(transfer);
    this.#keepMoney();
    this.#observer.onTransfer(transfer, capital);
  }

  onRulesChanged(instrument: Instrument): void {
    this.#portfolio.setRules(instrument);
  }

  onCaughtUp(until: SeenUntil): void {
    if (this.#journal.keepsEvents) this.#journal.state("seenUntil", until);
  }

  onDrift(symbol: string, position: VenuePosition | undefined, reason: string, time: number, isClosed = false): void {
    this.#journal.note("drift", time, `${symbol}: ${reason}`, position?.quantity ?? 0);
    if (isClosed && position !== undefined) {
      this.brackets.release(this.#portfolio.book(symbol, position.side));
      for (const order of this.open())
        if (order.symbol === symbol && order.positionSide === position.side && order.reduceOnly) this.cancel(order);
    }
    this.#observer.onDrift(symbol, position, reason);
  }

  onRestricted(restriction: Restriction, time: number): void {
    const { subject, symbol, reason = "as it should be again" } = restriction;
    this.#journal.note("restriction", time, `${subject}${symbol === undefined ? "" : ` of ${symbol}`}: ${reason}`, 0);
    this.#observer.onRestricted(restriction);
  }

  onLiquidated(fill: Fill): void {
    const result = this.#portfolio.applyFill(this.#portfolio.book(fill.symbol, fill.positionSide), fill, toMinor(fill.fee));
    this.#journal.fill(fill);
    this.#keepMoney();
    if (result.book.quantitySteps === 0) this.brackets.release(result.book);
    this.#observer.onLiquidated(fill, result);
  }

  onFill(fill: Fill, isComplete: boolean): void {
    const order = this.table.known(fill.clientOrderId);
    const isLate = isTerminal(order.status);
    if (order.orderId === "") order.orderId = fill.orderId;
    const book = this.#portfolio.book(fill.symbol, fill.positionSide);
    const directionBefore = Math.sign(book.quantitySteps);
    const result = this.#portfolio.applyFill(book, fill, toMinor(fill.fee));
    this.#countFill(order, fill, isComplete, book);
    this.#journal.fill(fill);
    this.#record("filled", order);
    this.#keepMoney();
    if (isComplete) {
      this.table.finish(order);
      this.#cancelAlternatives(order);
    }
    if (order.replaces !== undefined) this.#retire(order);
    // A position that has closed or turned needs none of the stops and targets it had.
    if (directionBefore !== 0 && Math.sign(book.quantitySteps) !== directionBefore) this.brackets.release(book);
    if (order.protection !== undefined && result.opened) this.brackets.place(order, book, fill.time);
    if (isLate) {
      this.#journal.note("lateFill", fill.time, `${fill.clientOrderId}: filled after it was ${order.status}`, fill.quantity);
      this.#observer.onLateFill(order, fill);
    }
    this.#observer.onOrderFilled(order, fill, result);
    this.#letGo();
  }

  /** What has to be gone before an order can leave: where resting orders bind what it would sell, those that protect it. */
  #bindingOrders({ type, side, purpose, symbol, positionSide }: LiveOrder): readonly LiveOrder[] {
    if (!this.#exchange.capabilities.bindsBalance || type !== "market" || side !== "sell" || purpose === "entry") return [];
    return this.brackets.makeWay(this.#portfolio.book(symbol, positionSide), this.#observer.now);
  }

  /** Sends the orders whose way has become free, as large as they may still be. */
  #letGo(): void {
    if (this.#waiting.isEmpty) return;
    for (const { order, filledMeanwhile } of this.#waiting.takeReady(this.#observer.now)) {
      const book = this.#portfolio.book(order.symbol, order.positionSide);
      const isReplacement = order.replaces !== undefined;
      const most = isReplacement ? order.quantity - filledMeanwhile : Math.abs(book.quantity);
      const quantity = book.math.rules.fit(Math.min(order.quantity, most));
      if (quantity > 0) {
        order.quantity = quantity;
        order.isWaiting = undefined;
        // From here on it may be at the exchange: that is on the disk before it leaves.
        this.#record("amendIntent", order);
        this.#submit(order);
      } else this.onCancelled(order.clientOrderId, "nothing was left to do when its way was free", this.#observer.now);
    }
  }

  #submit(order: LiveOrder): void {
    this.#observer.beforeRequest();
    this.#exchange.submit(order);
  }

  /** Notes an order that is about to leave; false when the exchange could not take it, which ends it here. */
  #intend(order: LiveOrder): boolean {
    this.#journal.order("intent", order.createdAt, this.#kept(order));
    this.table.add(order);
    this.#tally.submitted += 1;
    this.#observer.onSent(order);
    const { capabilities, name } = this.#exchange;
    const problem = whyNot(capabilities, order, name);
    if (problem === undefined) return true;
    this.onRejected(order.clientOrderId, problem, order.createdAt, "other");
    return false;
  }

  #countFill(order: LiveOrder, fill: Fill, isComplete: boolean, book: PositionBook): void {
    const before = order.filledQuantity;
    order.count(fill, book.math.quantity);
    if (isTerminal(order.status)) return;
    order.moveTo(isComplete ? "filled" : "partiallyFilled", fill.time);
    if (isComplete) this.#tally.filled += 1;
    else if (before === 0) this.#tally.partiallyFilled += 1;
  }

  #cancelAlternatives(order: LiveOrder): void {
    const { alternatives } = order;
    if (alternatives === undefined) return;
    for (const other of alternatives) {
      if (other === order) continue;
      this.cancel(other);
      if (other.successor !== undefined) this.cancel(other.successor);
    }
  }

  /**
   * A new order with the changes takes the place of the old one. One that protects goes out first, so that there is never none; any
   * other waits until the old one has gone, so that there are never two.
   */
  #replace(order: LiveOrder, amendment: OrderAmendment): void {
    const changes = changesIn(amendment);
    const { successor } = order;
    if (successor !== undefined && !isTerminal(successor.status)) {
      successor.wanted = { ...successor.wanted, ...changes };
      return;
    }
    const isSame = Object.entries(changes).every(([name, value]) => order[name as keyof LiveOrder] === value);
    if (isSame) return;
    const { quantity } = this.#portfolio.book(order.symbol, order.positionSide).math;
    const left = quantity.round((changes.quantity ?? order.quantity) - order.filledQuantity);
    if (!(left > 0)) return this.cancel(order);
    const next = order.replacement(this.#nextId(), { ...changes, quantity: left }, this.#observer.now);
    order.successor = next;
    if (order.reduceOnly && !this.#exchange.capabilities.bindsBalance) return this.send(next);
    next.isWaiting = true;
    if (!this.#intend(next)) return;
    this.#waiting.add(next, [order]);
    this.cancel(order);
  }

  /** The order that another has taken the place of goes. */
  #retire(next: LiveOrder): void {
    const old = this.table.find(next.replaces ?? "");
    next.replaces = undefined;
    if (old !== undefined) {
      this.brackets.swap(old, next);
      this.cancel(old);
    }
    const { wanted } = next;
    next.wanted = undefined;
    if (wanted !== undefined) this.amend(next, wanted);
  }

  #end(clientOrderId: string, { status, reason, time, rejectClass }: OrderEnding): LiveOrder {
    this.#tally[status] += 1;
    const order = this.table.known(clientOrderId);
    order.reason = reason;
    order.moveTo(status, time);
    this.#journal.order(status, time, this.#kept(order));
    this.table.finish(order);
    this.#observer.onOrderChanged(order);
    this.#letGo();
    this.brackets.onLegLost(order, rejectClass);
    return order;
  }

  /** A record that only journals with a memory need. */
  #record(record: OrderRecord, order: LiveOrder): void {
    if (this.#journal.keepsEvents) this.#journal.order(record, this.#observer.now, order.persisted());
  }

  #kept(order: LiveOrder): LiveOrder | ReturnType<LiveOrder["persisted"]> {
    return this.#journal.keepsEvents ? order.persisted() : order;
  }

  #keepMoney(): void {
    if (this.#journal.keepsEvents) this.#journal.state("portfolio", this.#portfolio.state());
  }
}
