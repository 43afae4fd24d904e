import type { VenueOrder } from "../../../../engine/venue-facts.ts";
import type { Fields } from "../../../transport/wire-fields.ts";
import { algoStatusOf } from "../rest/futures-orders.ts";
import { idOf, positiveOf, timeOf, wordOf } from "../wire.ts";
import { futuresTypeOf, positionSideOf, sideOf, timeInForceOf } from "../wire-values.ts";
import type { UserFact } from "./user-fact.ts";

/**
 * Futures, a conditional order has changed: {"e":"ALGO_UPDATE","T":1765431097030,"E":1765431097037,"o":{"caid":"O-20251211-1","aid":
 * 1000000033225453,"at":"CONDITIONAL","o":"STOP_MARKET","s":"DOGEUSDT","S":"BUY","ps":"BOTH","f":"GTC","q":"38","X":"TRIGGERED",
 * "ai":"88937381063","ap":"0","aq":"0","act":"MARKET","tp":"0.13855","p":"0","V":"EXPIRE_MAKER","wt":"CONTRACT_PRICE","pm":"NONE",
 * "cp":false,"pP":false,"R":false,"tt":1765431097019,"gtd":0,"rm":"Reduce Only reject"}}. `ai` is the id of the regular order that it has
 * become; `FINISHED` means that this one has ended, which it tells itself.
 */
export function decodeAlgoUpdate(event: Fields): readonly UserFact[] {
  const details = event.fields("o");
  const price = positiveOf(details, "p");
  const quantity = positiveOf(details, "q") ?? 0;
  const filledQuantity = positiveOf(details, "aq") ?? 0;
  const actualOrderId = idOf(details, "ai");
  const order: VenueOrder = {
    clientOrderId: details.maybeText("caid") ?? "",
    orderId: actualOrderId === "" ? idOf(details, "aid") : actualOrderId,
    symbol: details.text("s"),
    side: sideOf(details.text("S"), details.where),
    positionSide: positionSideOf(details.maybeText("ps") ?? ""),
    type: futuresTypeOf(details.text("o"), price !== undefined),
    quantity,
    price,
    triggerPrice: positiveOf(details, "tp"),
    timeInForce: timeInForceOf(details.maybeText("f") ?? ""),
    reduceOnly: details.maybeFlag("R") ?? false,
    status: algoStatusOf(details.text("X"), filledQuantity, quantity),
    filledQuantity,
    averagePrice: filledQuantity > 0 ? (positiveOf(details, "ap") ?? NaN) : NaN,
    updatedAt: timeOf(event, "T", "E"),
    reason: wordOf(details, "rm"),
  };
  const triggered: readonly UserFact[] = actualOrderId === "" ? [] : [{ kind: "triggered", order, actualOrderId }];
  // Ended after the trigger: filled or cancelled, which the regular order's own report says.
  if (details.text("X") === "FINISHED" && order.status !== "filled") return triggered;
  return [...triggered, { kind: "order", order }];
}
