import type { OrderRequest } from "../../../domain/order.ts";
import type { Outcome } from "../../../engine/gateway.ts";
import { parseJson } from "../../transport/lossless-json.ts";
import { fieldsOf, type Fields } from "../../transport/wire-fields.ts";
import type { OrderNames } from "./order-names.ts";
import { outcomeOf, type OrderAnswer } from "./outcome.ts";
import { toSpotOrder } from "./rest/spot-orders.ts";
import { idOf } from "./wire.ts";

/**
 * What the answer to an order list proves about each of its orders, in their order. It is placed as a whole or not at all:
 * {"orderListId":1,"contingencyType":"OCO","orders":[{"symbol":"LTCBTC","orderId":10,"clientOrderId":"44nZvq…"}],"orderReports":[{"symbol":
 * "LTCBTC","orderId":10,"orderListId":1,"clientOrderId":"44nZvq…","transactTime":1710485608839,"price":"1.0","origQty":"5.0",
 * "executedQty":"0.0","status":"NEW","timeInForce":"GTC","type":"STOP_LOSS_LIMIT","side":"SELL","stopPrice":"1.0"}]}
 */
export function groupOutcomes(requests: readonly OrderRequest[], answer: OrderAnswer["answer"], names: OrderNames): readonly Outcome[] {
  const reports = reportsIn(answer);
  if (reports === undefined) {
    const outcome = outcomeOf({ market: "spot", kind: "submit", answer });
    return requests.map(() => outcome);
  }
  return requests.map(({ clientOrderId }) => {
    const report = reports.find((candidate) => candidate.maybeText("clientOrderId") === clientOrderId);
    const orderId = report === undefined ? "" : idOf(report, "orderId");
    if (report === undefined || orderId === "")
      return { kind: "unknown", reason: "Binance has taken the pair and does not name this order" };
    try {
      const order = toSpotOrder(report);
      names.remember(order);
      return { kind: "acknowledged", orderId, order };
    } catch {
      return { kind: "acknowledged", orderId };
    }
  });
}

/** The reports of a list that was placed; undefined for any other answer. */
function reportsIn(answer: OrderAnswer["answer"]): readonly Fields[] | undefined {
  if ("error" in answer || answer.status < 200 || answer.status > 299) return undefined;
  try {
    return fieldsOf(parseJson(answer.body, { where: "an order list" }), "an order list").fieldsOfEach("orderReports");
  } catch {
    return undefined;
  }
}
