import type { OrderType } from "../../domain/order.ts";
import type { Side } from "../../domain/trade.ts";
import type { OrderChanges, OrderOptions } from "../../expert/expert.ts";
import type { InstrumentMath } from "../portfolio/instrument-math.ts";

/** The type an order has by its prices when it does not name one. */
export function orderTypeOf(options: OrderOptions): OrderType {
  if (options.type !== undefined) return options.type;
  if (options.trailingPct !== undefined) return "trailingStop";
  if (options.triggerPrice !== undefined) return options.price === undefined ? "stop" : "stopLimit";
  return options.price === undefined ? "market" : "limit";
}

/** What each order type must be given. */
const NEEDED: Readonly<Record<OrderType, readonly ("price" | "triggerPrice" | "trailingPct")[]>> = {
  market: [],
  limit: ["price"],
  stop: ["triggerPrice"],
  stopLimit: ["price", "triggerPrice"],
  takeProfit: ["triggerPrice"],
  takeProfitLimit: ["price", "triggerPrice"],
  trailingStop: ["trailingPct"],
};

/** What is wrong with a change of an order of a type, if anything, as a sentence. */
export function checkOrderChanges(type: OrderType, changes: OrderChanges, math: InstrumentMath): string | undefined {
  for (const [name, value] of Object.entries<number>({ ...changes })) {
    if (!(Number.isFinite(value) && value > 0)) return `${name} ${value} is not a number above zero`;
    if (!isWithin(name, value, math)) return beyond(name, value);
    if (name !== "quantity" && !NEEDED[type].some((needed) => needed === name)) return `a ${type} order has no ${name} to change`;
  }
  return undefined;
}

const POSITIVE_NUMBERS = [
  "quantity",
  "price",
  "triggerPrice",
  "trailingPct",
  "activationPrice",
  "stopLoss",
  "stopLossPct",
  "takeProfit",
  "takeProfitPct",
  "trailingStopPct",
] as const;

/** What is wrong with an expert's order, if anything, as a sentence. */
export function checkOrderOptions(
  side: Side,
  type: OrderType,
  options: OrderOptions,
  { price, math, now }: { readonly price: number; readonly math: InstrumentMath; readonly now: number },
): string | undefined {
  for (const name of POSITIVE_NUMBERS) {
    const value = options[name];
    if (value === undefined) continue;
    if (!(Number.isFinite(value) && value > 0)) return `${name} ${value} is not a number above zero`;
    if (!isWithin(name, value, math)) return beyond(name, value);
  }
  for (const name of NEEDED[type]) if (options[name] === undefined) return `a ${type} order needs a ${name}`;
  if (options.postOnly === true && type !== "limit") return `only limit orders can be postOnly, not ${type}`;
  if (options.timeInForce === "GTD" && options.expiresAt === undefined) return "a GTD order needs expiresAt";
  if (options.expiresAt !== undefined && (options.timeInForce ?? "GTD") !== "GTD") return "expiresAt belongs to GTD orders";
  if (options.expiresAt !== undefined && !(options.expiresAt > now)) return `expiresAt ${moment(options.expiresAt)} is not after now`;
  for (const { pct, activationPct = 0 } of options.trailingStops ?? []) {
    if (!(pct > 0 && pct < 100 && activationPct >= 0 && Number.isFinite(activationPct)))
      return "trailingStops: pct lies between 0 and 100, activationPct at or above 0";
  }
  if ((options.trailingPct ?? 0) >= 100 || (options.trailingStopPct ?? 0) >= 100) return "a trailing distance is below 100 percent";
  const isBuy = side === "buy";
  const { stopLoss, takeProfit } = options;
  if (options.reduceOnly === true) return undefined;
  if (stopLoss !== undefined && (isBuy ? stopLoss >= price : stopLoss <= price)) {
    return `the stop-loss ${stopLoss} is on the wrong side of the price ${price} for a ${side}`;
  }
  if (takeProfit !== undefined && (isBuy ? takeProfit <= price : takeProfit >= price)) {
    return `the take-profit ${takeProfit} is on the wrong side of the price ${price} for a ${side}`;
  }
  if (stopLoss !== undefined && math.price.toSteps(stopLoss) < 1) return `the stop-loss ${stopLoss} is below one price step`;
  return undefined;
}

function moment(time: number): string {
  return Number.isFinite(time) && Math.abs(time) < 8.64e15 ? new Date(time).toISOString() : String(time);
}

/** Steps up to which doubles are told apart on a grid. */
const STEPS_MAX = 2 ** 50;

/** Whether a price or quantity is one that the instrument's grid can hold; percents always are. */
function isWithin(name: string, value: number, { price, quantity }: InstrumentMath): boolean {
  if (name.endsWith("Pct")) return true;
  return value / Number((name === "quantity" ? quantity : price).step) <= STEPS_MAX;
}

function beyond(name: string, value: number): string {
  return `${name} ${value} is beyond anything that can be traded`;
}
