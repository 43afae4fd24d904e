import type { OrderRequest } from "../../domain/order.ts";
import type { OrderReference } from "../gateway.ts";
import type { RejectClass } from "../venue-facts.ts";

/** How an order ended at the exchange; told to the engine once all its fills are in. */
export interface Ending {
  readonly kind: "filled" | "cancelled" | "expired" | "rejected";
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
  /** When it was made. */
  bornAt: number;
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
  /** When it ended; NaN before. */
  doneAt: number;
  /** Sum of the fills told to the engine, in quantity steps. */
  filledSteps: number;
  ending: Ending | undefined;
  /** Changes that have left and have not been answered, and the largest quantity among them; 0 without. */
  changes: number;
  quantityMax: number;
  /** When the exchange last said how the order stands, by its clock; what it says of an earlier moment is old. */
  termsAt: number;
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
    bornAt: sentAt,
    sentAt,
    isInFlight: true,
    isAccepted: false,
    isUnknown: false,
    isDone: false,
    doneAt: NaN,
    filledSteps: 0,
    ending: undefined,
    changes: 0,
    quantityMax: 0,
    termsAt: -Infinity,
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
