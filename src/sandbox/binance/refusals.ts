import type { Market, Instrument } from "../../domain/instrument.ts";
import type { VenueRefusal } from "../venue.ts";
import type { JsonObject } from "./json.ts";

/** An answer that is an error, as `{"code":-1121,"msg":"Invalid symbol."}` with its HTTP status. Thrown by handlers, caught by the server. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: number;
  readonly status: number;
  /** What cancel-replace tells beside code and message. */
  readonly data: JsonObject | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: number,
    message: string,
    options: { readonly status?: number; readonly data?: JsonObject; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message);
    this.code = code;
    this.status = options.status ?? 400;
    this.data = options.data;
    this.headers = options.headers ?? {};
  }

  get body(): JsonObject {
    return { code: this.code, msg: this.message, data: this.data };
  }
}

/** Code -1102: a parameter that has to be there is not. */
export function missing(name: string): Refusal {
  return new Refusal(-1102, `Mandatory parameter '${name}' was not sent, was empty/null, or malformed.`);
}

/** Code -1106: a parameter that must not be there. */
export function notRequired(name: string): Refusal {
  return new Refusal(-1106, `Parameter '${name}' sent when not required.`);
}

export const INVALID_SYMBOL = { code: -1121, text: "Invalid symbol." } as const;

/** What the asked-for order looks like, as far as the code of a refusal depends on it. */
export interface RefusedOrder {
  readonly instrument: Instrument | undefined;
  readonly price?: string | undefined;
  readonly quantity?: string | undefined;
  readonly quantityNumber?: number | undefined;
}

type CodeAndText = readonly [code: number, text: string];

/**
 * The code and words with which a refused order is answered.
 *
 * Sources: spot errors.md (binance-spot-api-docs), "Error Codes" of USDⓈ-M and COIN-M futures (developers.binance.com).
 */
export function orderRefusal(market: Market, refusal: VenueRefusal, text: string, order: RefusedOrder): Refusal {
  const [code, words] = market === "spot" ? spotOrder(refusal, text) : futuresOrder(refusal, text, order);
  return new Refusal(code, words);
}

function spotOrder(refusal: VenueRefusal, text: string): CodeAndText {
  switch (refusal) {
    case "unknownSymbol":
      return [INVALID_SYMBOL.code, INVALID_SYMBOL.text];
    case "notTrading":
      return [-1013, "Market is closed."];
    case "quantity":
    case "quantityStep":
      return [-1013, "Filter failure: LOT_SIZE"];
    case "notional":
      return [-1013, "Filter failure: NOTIONAL"];
    case "priceStep":
      return [-1013, "Filter failure: PRICE_FILTER"];
    case "priceBand":
      return [-1013, "Filter failure: PERCENT_PRICE_BY_SIDE"];
    case "funds":
      return [-2010, "Account has insufficient balance for requested action."];
    case "postOnly":
      return [-2010, "Order would immediately match and take."];
    case "wouldTrigger":
      return [-2010, "Order would trigger immediately."];
    case "duplicateId":
      return [-2010, "Duplicate order sent."];
    case "orderLimit":
      return [-1013, "Filter failure: MAX_NUM_ORDERS"];
    case "unknownOrder":
      return [-2011, "Unknown order sent."];
    case "reduceOnly":
    case "positionSide":
    case "liquidating":
      return [-2010, "This action is disabled on this account."];
    case "parameter":
      return [-1130, text === "" ? "Invalid data sent for a parameter." : text];
  }
}

function futuresOrder(refusal: VenueRefusal, text: string, order: RefusedOrder): CodeAndText {
  switch (refusal) {
    case "unknownSymbol":
      return [INVALID_SYMBOL.code, INVALID_SYMBOL.text];
    case "notTrading":
      return [-4108, "Symbol is in delivering or delivered or settling or closed or pre-trading."];
    case "quantity":
      return quantityRefusal(order);
    case "quantityStep":
      return hasTooManyDigits(order.quantity, order.instrument?.quantityStep)
        ? [-1111, "Precision is over the maximum defined for this asset."]
        : [-4023, "Qty not increased by step size."];
    case "notional":
      return [-4164, `Order's notional must be no smaller than ${order.instrument?.notionalMin ?? "5"} (unless you choose reduce only).`];
    case "priceStep":
      return hasTooManyDigits(order.price, order.instrument?.priceStep)
        ? [-1111, "Precision is over the maximum defined for this asset."]
        : [-4014, "Price not increased by tick size."];
    case "priceBand":
      return [-4131, "The counterparty's best price does not meet the PERCENT_PRICE filter limit."];
    case "funds":
      return [-2019, "Margin is insufficient."];
    case "reduceOnly":
      return [-2022, "ReduceOnly Order is rejected."];
    case "postOnly":
      return [
        -5022,
        "Due to the order could not be executed as maker, the Post Only order will be rejected. The order will not be recorded in the order history",
      ];
    case "wouldTrigger":
      return [-2021, "Order would immediately trigger."];
    case "positionSide":
      return [-4061, "Order's position side does not match user's setting."];
    case "duplicateId":
      return [-4116, "ClientOrderId is duplicated."];
    case "orderLimit":
      return [-2025, "Reach max open order limit."];
    case "liquidating":
      return [-2023, "User in liquidation mode now."];
    case "unknownOrder":
      return [-2011, "Unknown order sent."];
    case "parameter":
      return [-1130, text === "" ? "Invalid data sent for a parameter." : text];
  }
}

function quantityRefusal({ instrument, quantityNumber = 0 }: RefusedOrder): CodeAndText {
  if (quantityNumber <= 0) return [-4003, "Quantity less than or equal to zero."];
  const isTooMuch = instrument?.quantityMax !== undefined && quantityNumber > Number(instrument.quantityMax);
  return isTooMuch ? [-4005, "Quantity greater than max quantity."] : [-4004, "Quantity less than min quantity."];
}

function hasTooManyDigits(text: string | undefined, step: string | undefined): boolean {
  if (text === undefined || step === undefined) return false;
  return digitsOf(text) > digitsOf(step);
}

function digitsOf(text: string): number {
  return (text.split(".")[1] ?? "").replace(/0+$/, "").length;
}
