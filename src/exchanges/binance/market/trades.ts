import { DataError } from "../../../base/errors.ts";
import type { Trade } from "../../../domain/trade.ts";
import { fieldsOf, fieldsOfEach, type Fields } from "../../transport/wire-fields.ts";
import { expectEvent, idOf, priceOf, quantityOf, timeOf } from "./wire.ts";

/** A public trade as it came from a stream. */
export interface StreamTrade {
  readonly symbol: string;
  /** When the exchange sent it, milliseconds. */
  readonly eventTime: number;
  readonly trade: Trade;
}

/**
 * Stream `<symbol>@aggTrade` of all markets: fills of one taker order at one price, added up.
 * {"e":"aggTrade","E":1672515782136,"s":"BNBBTC","a":12345,"p":"0.001","q":"100","f":100,"l":105,"T":1672515782136,"m":true,"M":true}
 */
export function toAggTrade(value: unknown): StreamTrade {
  return toStreamTrade(value, "aggTrade", "a");
}

/**
 * Stream `<symbol>@trade` of spot; USDⓈ-M futures serve it too and add the kind `X`, of which only `MARKET` is a trade of the book.
 * {"e":"trade","E":1672515782136,"s":"BNBBTC","t":12345,"p":"0.001","q":"100","T":1672515782136,"m":true,"M":true}
 */
export function toTrade(value: unknown): StreamTrade {
  const kind = fieldsOf(value, "stream trade").maybeText("X");
  if (kind !== undefined && kind !== "MARKET") throw new DataError("stream trade: not a trade of the book");
  return toStreamTrade(value, "trade", "t");
}

/**
 * GET /api/v3/aggTrades, /fapi/v1/aggTrades, /dapi/v1/aggTrades, oldest first:
 * [{"a":26129,"p":"0.01633102","q":"4.70443515","f":27781,"l":27781,"T":1498793709153,"m":true,"M":true}]
 */
export function toAggTrades(value: unknown): readonly Trade[] {
  return fieldsOfEach(value, "aggTrades").map((fields) => tradeOf(fields, "a"));
}

function toStreamTrade(value: unknown, event: string, idField: string): StreamTrade {
  const fields = fieldsOf(value, `stream ${event}`);
  expectEvent(fields, event);
  return { symbol: fields.text("s"), eventTime: timeOf(fields.raw("E"), `${fields.where} E`), trade: tradeOf(fields, idField) };
}

function tradeOf(fields: Fields, idField: string): Trade {
  const quantity = quantityOf(fields.raw("q"), `${fields.where} q`);
  if (quantity === 0) throw new DataError(`${fields.where}: a trade of nothing`);
  return {
    id: idOf(fields, idField),
    time: timeOf(fields.raw("T"), `${fields.where} T`),
    price: priceOf(fields.raw("p"), `${fields.where} p`),
    quantity,
    // The maker bought, so the taker sold.
    takerSide: fields.flag("m") ? "sell" : "buy",
  };
}
