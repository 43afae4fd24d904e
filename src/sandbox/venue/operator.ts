import { assert } from "../../base/assert.ts";
import { ConfigurationError } from "../../base/errors.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { VenueOperator, VenueOrderId, VenueOrderRecord, VenueOrderRequest, VenueResult, VenueStatus } from "../venue.ts";
import type { KeptOrder } from "./order-book.ts";
import type { OrderDoor } from "./order-door.ts";
import type { VenueCore } from "./venue-core.ts";

/** Even steps in which the operator's move crosses a distance, besides the orders on its way. */
const MOVE_STEPS = 8;

/** The hand of fate over a venue. */
export class SimulatedVenueOperator implements VenueOperator {
  readonly #core: VenueCore;
  readonly #door: OrderDoor;

  constructor(core: VenueCore, door: OrderDoor) {
    this.#core = core;
    this.#door = door;
  }

  fill(id: VenueOrderId, share: number, price?: number): void {
    this.#core.catchUp();
    const order = this.#open(id);
    if (order === undefined || !(share > 0)) return;
    const { symbol } = order.request;
    const wanted = this.#fillPrice(order, price);
    const steps = Math.min(order.remainingSteps, Math.max(1, Math.round(order.remainingSteps * share)));
    const affordable = this.#core.funds.purchasable(order, wanted, steps);
    if (affordable === 0) return;
    this.#core.deskOf(symbol).matching.fillPart(order.orderId, { price: wanted, steps: affordable }, this.#core.now);
    this.#core.settle(symbol);
  }

  movePrice(symbol: string, price: number): void {
    this.#core.catchUp();
    const state = this.#core.state(symbol);
    assert(price > 0 && price < Infinity, "the market moves to a price above zero");
    const { market } = state;
    const grid = market.price;
    const target = Math.max(1, grid.toSteps(price));
    const start = grid.toSteps(market.lastPrice);
    const stops = new Set<number>([target]);
    for (let step = 1; step < MOVE_STEPS; step += 1) stops.add(Math.round(start + ((target - start) * step) / MOVE_STEPS));
    for (const order of this.#core.orders.open(symbol)) {
      for (const level of [order.price, order.triggerPrice]) if (level !== undefined) stops.add(grid.toSteps(level));
    }
    const up = target > start;
    const onTheWay = [...stops].filter((stop) => stop === target || (up ? stop > start && stop < target : stop < start && stop > target));
    for (const stop of onTheWay.toSorted((a, b) => (up ? a - b : b - a))) {
      this.#core.showTrade(state, market.moveTo(stop, this.#core.now), true);
    }
    this.#core.settle(symbol);
  }

  cancel(id: VenueOrderId, reason: string): void {
    this.#core.catchUp();
    const order = this.#open(id);
    if (order === undefined) return;
    this.#core.cancelWithGroup(order, reason);
    this.#core.settle(order.request.symbol);
  }

  placeExternal(request: VenueOrderRequest): VenueResult<VenueOrderRecord> {
    return this.#door.submit(request, "external");
  }

  liquidate(symbol: string): void {
    this.#core.catchUp();
    const { market } = this.#core.state(symbol);
    for (const position of this.#core.account.booksOf(symbol)) {
      if (position.quantitySteps === 0) continue;
      this.#core.deskOf(symbol).matching.liquidate(position, market.lastPrice, this.#core.now);
    }
    this.#core.settle(symbol);
  }

  deleverage(symbol: string, share: number): void {
    this.#core.catchUp();
    const price = this.#core.state(symbol).markPrice;
    for (const position of this.#core.account.booksOf(symbol)) {
      const held = Math.abs(position.quantitySteps);
      if (held === 0 || !(share > 0)) continue;
      const steps = Math.min(held, Math.max(1, Math.round(held * share)));
      this.#core.deskOf(symbol).matching.deleverage(position, { price, steps }, this.#core.now);
    }
    this.#core.settle(symbol);
  }

  fund(symbol: string, rate: number): void {
    this.#core.catchUp();
    this.#core.payFunding(this.#core.state(symbol), rate);
    this.#core.settle(symbol);
  }

  /** Takes out at most what is free. */
  transfer(asset: string, amount: number): void {
    this.#core.catchUp();
    const isSpot = this.#core.options.market === "spot";
    const moved = amount < 0 ? Math.max(amount, -this.#core.funds.free(asset, isSpot)) : amount;
    if (moved === 0) return;
    this.#core.account.transfer(asset, moved);
    this.#core.noteTransfer({ kind: "transfer", asset, amount: moved });
    this.#core.watchMargin();
  }

  setStatus(symbol: string, status: VenueStatus): void {
    this.#core.catchUp();
    this.#core.state(symbol).market.status = status;
    this.#core.emit({ kind: "status", symbol, status, time: this.#core.now });
  }

  /** The new grids must be multiples of those that the venue opened with: positions and the market stay on them. */
  setInstrument(instrument: Instrument): void {
    this.#core.catchUp();
    const state = this.#core.state(instrument.symbol);
    const { price, quantity } = state.math;
    if (!price.contains(instrument.priceStep) || !quantity.contains(instrument.quantityStep)) {
      throw new ConfigurationError(
        `The steps of ${instrument.symbol} can become multiples of ${price.step} and ${quantity.step}, not ${instrument.priceStep} and ${instrument.quantityStep}`,
      );
    }
    state.instrument = instrument;
  }

  forget(olderThanMs: number): void {
    this.#core.catchUp();
    this.#core.orders.forget(this.#core.now - olderThanMs);
  }

  #open(id: VenueOrderId): KeptOrder | undefined {
    const order = this.#core.orders.findAnywhere(id);
    return order?.isOpen === true ? order : undefined;
  }

  /** The price asked for, on the grid and never worse than the order's limit. */
  #fillPrice(order: KeptOrder, price: number | undefined): number {
    const grid = order.math.price;
    const wanted = grid.round(price ?? order.price ?? this.#core.state(order.request.symbol).market.lastPrice);
    if (order.price === undefined) return wanted;
    return order.request.side === "buy" ? Math.min(wanted, order.price) : Math.max(wanted, order.price);
  }
}
