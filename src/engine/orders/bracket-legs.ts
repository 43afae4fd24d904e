import type { OrderPurpose, OrderType } from "../../domain/order.ts";
import type { Side } from "../../domain/trade.ts";
import type { OrderAmendment } from "../exchange.ts";
import type { PositionBook } from "../portfolio/position-book.ts";
import { LiveOrder } from "./live-order.ts";

export interface LegsOptions {
  readonly book: PositionBook;
  readonly quantity: number;
  readonly time: number;
  readonly nextId: () => string;
  /** Prices that have been moved since the entry, by what they are for. */
  readonly changed?: ReadonlyMap<OrderPurpose, OrderAmendment>;
}

/** The protective orders of an entry at its average price: stop-loss, trailing stops, target, in this order. */
export function legsOf(entry: LiveOrder, { book, quantity, time, nextId, changed }: LegsOptions): LiveOrder[] {
  const { protection } = entry;
  if (protection === undefined) return [];
  const direction = entry.side === "buy" ? 1 : -1;
  const price = entry.averagePrice;
  const grid = book.math.rules.price;
  const away = (pct: number): number => grid.round(price * (1 + (direction * pct) / 100));
  const legs: LiveOrder[] = [];
  const at = (level: number | undefined, pct: number | undefined): number | undefined =>
    level !== undefined ? grid.round(level) : pct === undefined ? undefined : away(pct);
  const leg = (type: OrderType, purpose: OrderPurpose): LiveOrder => legOf(entry, nextId(), { type, purpose, quantity, time });
  const { stopLossPct } = protection;
  const stop = at(protection.stopLoss, stopLossPct === undefined ? undefined : -stopLossPct);
  if (stop !== undefined) {
    const order = leg("stop", "stopLoss");
    order.triggerPrice = changed?.get("stopLoss")?.triggerPrice ?? stop;
    legs.push(order);
  }
  for (const { pct, activationPct = 0 } of protection.trailingStops) {
    const order = leg("trailingStop", "trailingStop");
    order.trailingPct = pct;
    if (activationPct > 0) order.activationPrice = away(activationPct);
    legs.push(order);
  }
  const target = at(protection.takeProfit, protection.takeProfitPct);
  if (target !== undefined) {
    const order = leg("takeProfit", "takeProfit");
    order.triggerPrice = changed?.get("takeProfit")?.triggerPrice ?? target;
    legs.push(order);
  }
  return legs;
}

function legOf(
  entry: LiveOrder,
  id: string,
  { type, purpose, quantity, time }: { type: OrderType; purpose: OrderPurpose; quantity: number; time: number },
): LiveOrder {
  const side: Side = entry.side === "buy" ? "sell" : "buy";
  const leg = new LiveOrder(id, entry.symbol, side, type, quantity, time);
  leg.reduceOnly = true;
  leg.purpose = purpose;
  leg.positionSide = entry.positionSide;
  leg.parentId = entry.clientOrderId;
  leg.ocoGroup = entry.clientOrderId;
  leg.tag = entry.tag;
  return leg;
}
