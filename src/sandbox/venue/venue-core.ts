import type { Cancel, Scheduler } from "../../base/scheduler.ts";
import { assert } from "../../base/assert.ts";
import { MINUTE_MS, SECOND_MS } from "../../domain/timeframe.ts";
import type { Side, Trade } from "../../domain/trade.ts";
import type { VenueTransfer } from "../../engine/venue-facts.ts";
import type { FillPart } from "../../exchanges/simulated/part-matching.ts";
import type { VenueEvent } from "../venue.ts";
import { VenueAccount, type VenueAccountOptions } from "./account.ts";
import { OrderDesk, type DeskMarket } from "./desk.ts";
import type { DepthMarket } from "./depth.ts";
import { Funds } from "./funds.ts";
import { OrderBooks, type KeptOrder } from "./order-book.ts";
import { IdCounter, type VenueOptions } from "./options.ts";
import { Pool, poolAssetOf } from "./pool.ts";
import { SymbolState } from "./symbol-state.ts";

/** The parts of a venue put together, and the time that moves them: trades, bars, funding, the end of orders, all in one order. */
export class VenueCore implements DeskMarket {
  readonly options: VenueOptions;
  readonly account: VenueAccount;
  readonly orders = new OrderBooks();
  readonly funds: Funds;
  readonly symbols = new Map<string, SymbolState>();
  readonly orderIds: IdCounter;
  readonly transferIds: IdCounter;
  readonly transfers: VenueTransfer[] = [];
  readonly #desks = new Map<string, OrderDesk>();
  readonly #pools = new Map<string, Pool>();
  readonly #listeners = new Set<(event: VenueEvent) => void>();
  readonly #scheduler: Scheduler;
  /** How often bars are looked at for their end. */
  readonly #beatMs: number;
  /** What resting orders meet at the moment; undefined while the operator moves the price, which fills all of them. */
  readonly #passing = new Map<string, Trade>();
  #time: number;
  #nextBeat: number;
  #isRunning = false;
  #cancelAlarm: Cancel | undefined;
  #cancelMarkAlarm: Cancel | undefined;

  constructor(options: VenueOptions, accountOptions: VenueAccountOptions) {
    this.options = options;
    this.#scheduler = options.scheduler;
    this.#time = options.scheduler.now();
    const prefix = options.idPrefix ?? "910000000";
    this.orderIds = new IdCounter(prefix);
    this.transferIds = new IdCounter(prefix);
    this.account = new VenueAccount(accountOptions);
    this.funds = new Funds({
      account: this.account,
      orders: this.orders,
      poolOf: (symbol) => this.#poolOf(symbol),
      priceOf: (symbol) => this.state(symbol).market.lastPrice,
    });
    const told = options.timeframes;
    this.#beatMs = told === undefined || told.includes("1s") ? SECOND_MS : MINUTE_MS;
    for (const math of this.account.maths) {
      const state = new SymbolState(math, options, { now: this.#time, emit: (event) => this.emit(event) });
      this.symbols.set(state.symbol, state);
      this.#openDesk(poolAssetOf(math));
    }
    for (const state of this.symbols.values()) {
      this.#warmUp(state);
      state.refreshDepth(this.#time, [], true);
    }
    this.#nextBeat = (Math.floor(this.#time / this.#beatMs) + 1) * this.#beatMs;
  }

  get now(): number {
    return this.#time;
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  state(symbol: string): SymbolState {
    const state = this.symbols.get(symbol);
    assert(state !== undefined, `the venue does not list ${symbol}`);
    return state;
  }

  deskOf(symbol: string): OrderDesk {
    return this.#desks.get(poolAssetOf(this.state(symbol).math)) as OrderDesk;
  }

  /** Whether the margin that positions and orders bind is there. */
  canCarry(symbol: string): boolean {
    return this.funds.isCarried(this.#poolOf(symbol));
  }

  /** Margin looks at every position again: call it after money has moved. */
  watchMargin(): void {
    for (const desk of this.#desks.values()) desk.matching.watch(this.#time);
  }

  listen(listener: (event: VenueEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  emit(event: VenueEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#arm();
    this.#tellMarkPrices();
  }

  stop(): void {
    this.#isRunning = false;
    this.#cancelAlarm?.();
    this.#cancelMarkAlarm?.();
  }

  /** Mark prices are told at regular times, whether or not anybody trades. */
  #tellMarkPrices(): void {
    const marked = [...this.symbols.values()].filter((state) => state.hasMarkPrice);
    if (marked.length === 0) return;
    const intervalMs = this.options.markPriceIntervalMs ?? SECOND_MS;
    const tick = (): void => {
      this.catchUp();
      for (const state of marked) state.tellMarkPrice(this.#time);
      this.#cancelMarkAlarm = this.#scheduler.after(intervalMs, tick);
    };
    this.#cancelMarkAlarm = this.#scheduler.after(intervalMs, tick);
  }

  /** Brings everything up to the present: call it before anything is done at the venue. */
  catchUp(): void {
    const now = this.#scheduler.now();
    if (this.#isRunning) this.#liveUntil(now);
    this.#time = Math.max(this.#time, now);
  }

  /** Brings books up to date after something was done, and looks when to wake next. */
  settle(symbol: string): void {
    this.refreshDepth(symbol, true);
    if (this.#isRunning) this.#arm();
  }

  /** Orders of a spot group are one order list: they come and go together, as at Binance. */
  cancelWithGroup(order: KeptOrder, reason: string): void {
    const { symbol, ocoGroup } = order.request;
    const { matching } = this.deskOf(symbol);
    matching.end(order.orderId, "cancelled", reason, this.now);
    if (ocoGroup === undefined || !order.math.isSpot) return;
    for (const other of this.orders.open(symbol)) {
      if (other.request.ocoGroup === ocoGroup) matching.end(other.orderId, "cancelled", "cancelled with its group", this.now);
    }
  }

  refreshDepth(symbol: string, isUrgent: boolean): void {
    this.state(symbol).refreshDepth(this.#time, this.orders.open(symbol), isUrgent);
  }

  /** Lets a trade of the market happen to everybody. `isMove`: by the operator, it fills whatever it meets. */
  showTrade(state: SymbolState, trade: Trade, isMove: boolean): void {
    const { symbol } = state;
    state.bars.add(trade);
    this.emit({ kind: "trade", symbol, trade, time: trade.time });
    if (isMove) this.#passing.delete(symbol);
    else this.#passing.set(symbol, trade);
    this.deskOf(symbol).matching.trade(symbol, trade.price, trade.time);
    this.refreshDepth(symbol, false);
    state.tellMarkPrice(trade.time);
  }

  payFunding(state: SymbolState, rate: number): void {
    const { symbol, markPrice } = state;
    const time = this.#time;
    state.funding?.note({ time, rate, markPrice });
    const amount = this.account.fund(symbol, rate, markPrice);
    if (amount === undefined) return;
    this.noteTransfer({ kind: "funding", asset: state.instrument.settleAsset, amount, symbol });
    this.watchMargin();
  }

  /** Keeps and tells of money that moved without a trade. */
  noteTransfer({ symbol, ...facts }: Omit<VenueTransfer, "id" | "time">): void {
    const transfer: VenueTransfer = { ...facts, symbol, id: this.transferIds.next(), time: this.#time };
    this.transfers.push(transfer);
    const cause = facts.kind === "funding" ? "funding" : "transfer";
    this.#deskFor(facts.asset).tellAccount(cause, symbol ?? "", [facts.asset], transfer);
  }

  print(symbol: string, { price, quantity, takerSide }: { price: number; quantity: number; takerSide: Side }): Trade {
    const state = this.state(symbol);
    const trade = state.market.record({ time: this.#time, steps: state.math.price.toSteps(price), quantity, takerSide });
    state.bars.add(trade);
    this.emit({ kind: "trade", symbol, trade, time: trade.time });
    return trade;
  }

  partsFor(symbol: string, taker: Side, want: { readonly steps: number; readonly limit: number }): readonly FillPart[] {
    const state = this.state(symbol);
    return state.depth.partsFor(taker, this.viewOf(symbol), want);
  }

  meetingPrice(symbol: string, taker: Side): number {
    const { askSteps, bidSteps } = this.viewOf(symbol);
    return this.state(symbol).math.price.toNumber(taker === "buy" ? askSteps : bidSteps);
  }

  /** The market as its book shows it. */
  viewOf(symbol: string): DepthMarket {
    return this.state(symbol).view(this.orders.open(symbol));
  }

  lastTrade(symbol: string): Trade | undefined {
    return this.#passing.get(symbol);
  }

  #poolOf(symbol: string): Pool {
    return this.#pools.get(poolAssetOf(this.state(symbol).math)) as Pool;
  }

  #deskFor(asset: string): OrderDesk {
    const [first] = this.#desks.values();
    return this.#desks.get(asset) ?? (first as OrderDesk);
  }

  #openDesk(asset: string): void {
    if (this.#desks.has(asset)) return;
    const pool = new Pool(this.account, asset);
    this.#pools.set(asset, pool);
    const { account, orders, funds, orderIds } = this;
    const onCovered = (covered: string, amount: number): void => this.noteTransfer({ kind: "other", asset: covered, amount });
    this.#desks.set(asset, new OrderDesk({ account, orders, funds, pool, market: this, orderIds, onCovered }));
  }

  /** Lives the minutes before the venue opens, when nobody listens. */
  #warmUp(state: SymbolState): void {
    const { market, bars } = state;
    while (market.nextTime <= this.#time) {
      const trade = market.next();
      if (trade !== undefined) bars.add(trade);
    }
    bars.closeUntil(this.#time);
    this.deskOf(state.symbol).matching.trade(state.symbol, market.lastPrice, this.#time);
  }

  #liveUntil(until: number): void {
    for (;;) {
      const due = this.#nextDue();
      if (due > until) return;
      this.#time = Math.max(this.#time, due);
      this.#liveMoment(due);
    }
  }

  /** Of what is due at one moment: bars end first, then orders, then funding is paid, then the market trades. */
  #liveMoment(due: number): void {
    if (due >= this.#nextBeat) {
      this.#nextBeat += this.#beatMs;
      for (const { bars } of this.symbols.values()) bars.closeUntil(due);
      return;
    }
    for (const order of this.orders.open()) {
      if ((order.request.expiresAt ?? Infinity) > due) continue;
      this.deskOf(order.request.symbol).matching.end(order.orderId, "expired", "its time in force has ended", this.#time);
      return this.refreshDepth(order.request.symbol, true);
    }
    for (const state of this.symbols.values()) {
      if (state.nextFundingTime > due || state.funding === undefined) continue;
      const rate = state.funding.rateAt(state.nextFundingTime);
      state.nextFundingTime = state.funding.nextTime(due);
      return this.payFunding(state, rate);
    }
    for (const state of this.symbols.values()) {
      if (state.market.nextTime > due) continue;
      const trade = state.market.next();
      if (trade !== undefined) this.showTrade(state, trade, false);
      return;
    }
  }

  #nextDue(): number {
    let due = this.#nextBeat;
    for (const { market, nextFundingTime } of this.symbols.values()) due = Math.min(due, market.nextTime, nextFundingTime);
    for (const { request } of this.orders.open()) due = Math.min(due, request.expiresAt ?? Infinity);
    return due;
  }

  #arm(): void {
    this.#cancelAlarm?.();
    this.#cancelAlarm = this.#scheduler.after(Math.max(0, this.#nextDue() - this.#scheduler.now()), () => {
      if (!this.#isRunning) return;
      this.catchUp();
      this.#arm();
    });
  }
}
