import type { View } from "./view.ts";

/** An order, or a change of one, as it stands in a request that leaves. */
export interface SentOrder {
  readonly clientOrderId: string;
  readonly isChange: boolean;
  readonly quantity: string | undefined;
  readonly prices: readonly (string | undefined)[];
}

const PLACES = /\/(order|algoOrder|orderList\/oco)$/;

/** The orders that a request would place or change; none for all other requests. */
export function ordersIn(method: string, url: string, view: View): readonly SentOrder[] {
  if (method !== "POST" && method !== "PUT") return [];
  const { pathname, searchParams } = new URL(url);
  if (!PLACES.test(pathname)) return [];
  const get = (name: string): string | undefined => searchParams.get(name) ?? undefined;
  const prices = ["price", "stopPrice", "triggerPrice", "activatePrice", "activationPrice"].map(get);
  if (method === "PUT") {
    const orderId = get("orderId");
    const clientOrderId = get("origClientOrderId") ?? (orderId === undefined ? "" : nameOf(view, orderId));
    return [{ clientOrderId, isChange: true, quantity: get("quantity"), prices }];
  }
  if (!pathname.endsWith("oco"))
    return [{ clientOrderId: get("newClientOrderId") ?? get("clientAlgoId") ?? "", isChange: false, quantity: get("quantity"), prices }];
  return ["above", "below"].map((place) => ({
    clientOrderId: get(`${place}ClientOrderId`) ?? "",
    isChange: false,
    quantity: get("quantity"),
    prices: [get(`${place}Price`), get(`${place}StopPrice`)],
  }));
}

function nameOf(view: View, orderId: string): string {
  const known = view.world.venue.order(view.symbol, { orderId });
  if (known !== undefined) return known.clientOrderId;
  // The venue has forgotten it; the journal has not.
  for (const [id, { order }] of view.journal.orders) if (order.orderId === orderId) return id;
  return "";
}
