import type { OrderRequest } from "../../domain/order.ts";
import type { OrderReference } from "../gateway.ts";
import type { RejectClass } from "../venue-facts.ts";

/** How an order ended at the exchange; told to the engine once all its fills are in. */
export interface Ending {
  readonly kind: "cancelled" | "expired" | "rejected";
  readonly reason: string;
  /** What the exchange says had been filled by then. */
  readonly filledQuantity: number;
  readonly time: number;
  readonly rejectClass?: RejectClass;
}

/** One order between the engine and the exchange. */
export interface TrackedOrder {
  /** As it stands after changes. */
  request: OrderRequest;
  orderId: string;
  /** No copy of a request about it has left after this moment. */
  sentAt: number;
  /** The answer to the submission has not come yet. */
  isInFlight: boolean;
  /** The engine has been told that it works. */
  isAccepted: boolean;
  /** Nobody knows whether it exists. */
  isUnknown: boolean;
  /** The engine has been told how it ended. */
  isDone: boolean;
  /** Sum of the fills told to the engine, in quantity steps. */
  filledSteps: number;
  ending: Ending | undefined;
  /** It shall be cancelled, and the request is repeated until it has ended: our ids are unique, so that is safe. */
  cancelWanted: boolean;
  cancelInFlight: boolean;
  /** Rounds in which every source has answered that it does not know the order. */
  absences: number;
  /** Somebody is asking the exchange about it. */
  isPursued: boolean;
}

/** A tracked order at its beginning; the request is copied, because the engine changes its own. */
export function trackedOrder(request: OrderRequest, sentAt: number): TrackedOrder {
  return {
    request: copyOf(request),
    orderId: "",
    sentAt,
    isInFlight: true,
    isAccepted: false,
    isUnknown: false,
    isDone: false,
    filledSteps: 0,
    ending: undefined,
    cancelWanted: false,
    cancelInFlight: false,
    absences: 0,
    isPursued: false,
  };
}

export function referenceOf({ request, orderId }: TrackedOrder): OrderReference {
  return { clientOrderId: request.clientOrderId, orderId, symbol: request.symbol, type: request.type };
}

function copyOf(request: OrderRequest): OrderRequest {
  const { clientOrderId, symbol, side, type, quantity, price, triggerPrice, trailingPct, activationPrice } = request;
  const { timeInForce, expiresAt, reduceOnly, postOnly, positionSide, purpose, ocoGroup, parentId, shrinkToFit, tag } = request;
  const what = { clientOrderId, symbol, side, type, quantity, price, triggerPrice, trailingPct, activationPrice };
  return { ...what, timeInForce, expiresAt, reduceOnly, postOnly, positionSide, purpose, ocoGroup, parentId, shrinkToFit, tag };
}
