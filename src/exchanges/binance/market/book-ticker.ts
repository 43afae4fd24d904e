import { DataError } from "../../../base/errors.ts";
import type { Quote } from "../../../domain/quote.ts";
import { fieldsOf } from "../../transport/wire-fields.ts";
import { expectEvent, priceOf, quantityOf, timeOf } from "./wire.ts";

/** The best prices as they came from a stream. */
export interface StreamQuote {
  readonly symbol: string;
  /** When the exchange sent it; 0 on spot, which does not say. */
  readonly eventTime: number;
  readonly quote: Quote;
}

/**
 * Stream `<symbol>@bookTicker`. Spot says no time, `arrivalTime` takes its place:
 * {"u":400900217,"s":"BNBUSDT","b":"25.35190000","B":"31.21000000","a":"25.36520000","A":"40.66000000"}
 * Futures, COIN-M with the pair `ps`:
 * {"e":"bookTicker","u":400900217,"E":1568014460893,"T":1568014460891,"s":"BNBUSDT","b":"25.35190000","B":"31.21","a":"25.36","A":"40.66"}
 */
export function toQuote(value: unknown, arrivalTime: number): StreamQuote {
  const fields = fieldsOf(value, "stream bookTicker");
  const isSpot = !fields.has("e");
  if (!isSpot) expectEvent(fields, "bookTicker");
  const bidPrice = priceOf(fields.raw("b"), `${fields.where} b`);
  const askPrice = priceOf(fields.raw("a"), `${fields.where} a`);
  if (bidPrice >= askPrice) throw new DataError(`${fields.where}: the quote is crossed`);
  return {
    symbol: fields.text("s"),
    eventTime: isSpot ? 0 : timeOf(fields.raw("E"), `${fields.where} E`),
    quote: {
      time: isSpot ? arrivalTime : timeOf(fields.raw("T"), `${fields.where} T`),
      bidPrice,
      bidQuantity: quantityOf(fields.raw("B"), `${fields.where} B`),
      askPrice,
      askQuantity: quantityOf(fields.raw("A"), `${fields.where} A`),
    },
  };
}
