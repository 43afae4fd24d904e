import type { OrderPurpose, OrderRequest, OrderType, PositionSide, TimeInForce } from "../../domain/order.ts";
import type { InstrumentMath } from "../../engine/portfolio/instrument-math.ts";

/** An order as the simulated venue keeps it: what fires it, in which direction of the price, and what is left of it. */
export class WorkingOrder {
  readonly clientOrderId: string;
  readonly orderId: string;
  readonly sequence: number;
  readonly math: InstrumentMath;
  readonly isBuy: boolean;
  readonly positionSide: PositionSide;
  readonly purpose: OrderPurpose;
  readonly tag: string | undefined;
  readonly reduceOnly: boolean;
  readonly postOnly: boolean;
  readonly shrinkToFit: boolean;
  readonly timeInForce: TimeInForce;
  readonly expiresAt: number;
  readonly createdAt: number;
  readonly isProtective: boolean;
  /** What it is now: a stop-limit turns into a limit order when it is triggered. */
  type: OrderType;
  remainingSteps: number;
  limitPrice: number;
  triggerPrice: number;
  trailingPct: number;
  /** Best price since a trailing stop is on; NaN before. */
  watermark = NaN;
  /** The price that does something with the order, and whether a rising price reaches it. */
  level = NaN;
  firesUp = false;
  isDone = false;
  /** A stop-limit that was triggered and did not fill at once. */
  isResting = false;

  constructor(request: OrderRequest, { sequence, math, time }: { sequence: number; math: InstrumentMath; time: number }) {
    this.clientOrderId = request.clientOrderId;
    this.orderId = String(sequence);
    this.sequence = sequence;
    this.math = math;
    this.isBuy = request.side === "buy";
    this.positionSide = request.positionSide;
    this.purpose = request.purpose;
    this.tag = request.tag;
    this.reduceOnly = request.reduceOnly;
    this.postOnly = request.postOnly;
    this.shrinkToFit = request.shrinkToFit;
    this.timeInForce = request.timeInForce;
    this.expiresAt = request.timeInForce === "GTD" ? (request.expiresAt ?? Infinity) : Infinity;
    this.createdAt = time;
    this.isProtective = request.purpose === "stopLoss" || request.purpose === "takeProfit" || request.purpose === "trailingStop";
    this.type = request.type;
    this.remainingSteps = math.quantity.toSteps(request.quantity);
    this.limitPrice = request.price ?? NaN;
    this.triggerPrice = request.type === "trailingStop" ? (request.activationPrice ?? NaN) : (request.triggerPrice ?? NaN);
    this.trailingPct = request.trailingPct ?? NaN;
    this.aim();
  }

  /** Whether the order has come into being with the row that opened at `rowTime`, or in it. */
  isFresh(rowTime: number): boolean {
    return !this.isResting && this.createdAt >= rowTime;
  }

  /** Whether the very next row does something with the order, whatever its prices. */
  get isUrgent(): boolean {
    return this.type === "market" || this.expiresAt !== Infinity || this.isImmediate;
  }

  /** Fills when it meets the market or not at all. */
  get isImmediate(): boolean {
    return this.timeInForce === "IOC" || this.timeInForce === "FOK";
  }

  /** A stop that reduces loss: it fires when the price goes against the position it closes. */
  get isStop(): boolean {
    return this.type === "stop" || this.type === "stopLimit" || (this.type === "trailingStop" && !Number.isNaN(this.watermark));
  }

  /** Works out level and direction from type and prices. */
  aim(): void {
    switch (this.type) {
      case "market":
        this.level = NaN;
        return;
      case "limit":
        this.level = this.limitPrice;
        this.firesUp = !this.isBuy;
        return;
      case "stop":
      case "stopLimit":
        this.level = this.triggerPrice;
        this.firesUp = this.isBuy;
        return;
      case "takeProfit":
      case "takeProfitLimit":
        this.level = this.triggerPrice;
        this.firesUp = !this.isBuy;
        return;
      case "trailingStop":
        this.#aimTrailing();
    }
  }

  /** Shows a trailing stop a price; its level follows when the price is a new best one. */
  trail(price: number): void {
    if (this.type !== "trailingStop" || Number.isNaN(this.watermark)) return;
    if (this.isBuy ? price >= this.watermark : price <= this.watermark) return;
    this.watermark = price;
    this.#aimTrailing();
  }

  /** Switches a trailing stop on at a price. */
  activate(price: number): void {
    this.watermark = price;
    this.#aimTrailing();
  }

  /** Where a trailing stop would stand after a best price; NaN while that would not switch it on. */
  levelAfter(best: number): number {
    const isOn = !Number.isNaN(this.watermark);
    if (!isOn && (this.isBuy ? best > this.level : best < this.level)) return NaN;
    const watermark = !isOn ? best : this.isBuy ? Math.min(best, this.watermark) : Math.max(best, this.watermark);
    return this.math.price.round(watermark * (1 + (this.isBuy ? this.trailingPct : -this.trailingPct) / 100));
  }

  /** Whether the order does something at this price. */
  firesAt(price: number): boolean {
    return this.firesUp ? price >= this.level : price <= this.level;
  }

  #aimTrailing(): void {
    if (Number.isNaN(this.watermark)) {
      this.level = this.triggerPrice;
      this.firesUp = !this.isBuy;
      return;
    }
    this.level = this.math.price.round(this.watermark * (1 + (this.isBuy ? this.trailingPct : -this.trailingPct) / 100));
    this.firesUp = this.isBuy;
  }
}
