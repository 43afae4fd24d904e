import type { Funding } from "../../../domain/funding.ts";
import { fieldsOf, fieldsOfEach, numberOf, type Fields } from "../../transport/wire-fields.ts";
import { expectEvent, priceOf, timeOf } from "./wire.ts";

/** A mark price and the funding that is coming. */
export interface MarkPrice {
  readonly symbol: string;
  readonly eventTime: number;
  readonly price: number;
  /** Estimate of the coming rate; undefined on dated futures, which have none. */
  readonly fundingRate: number | undefined;
  /** Milliseconds; undefined on dated futures. */
  readonly nextFundingTime: number | undefined;
}

/**
 * Stream `<symbol>@markPrice@1s` of futures; on dated ones `r` is "" and `T` is 0.
 * {"e":"markPriceUpdate","E":1562305380000,"s":"BTCUSDT","p":"11794.15000000","i":"11784.62659091","P":"11784.25641265","r":"0.00038167","T":1562306400000}
 */
export function toMarkPrice(value: unknown): MarkPrice {
  const fields = fieldsOf(value, "stream markPrice");
  expectEvent(fields, "markPriceUpdate");
  return {
    symbol: fields.text("s"),
    eventTime: timeOf(fields.raw("E"), `${fields.where} E`),
    price: priceOf(fields.raw("p"), `${fields.where} p`),
    ...coming(fields, "r", "T"),
  };
}

/**
 * GET /fapi/v1/premiumIndex, a list on /dapi/v1/premiumIndex:
 * {"symbol":"BTCUSDT","markPrice":"11793.63104562","indexPrice":"11781.80495970","estimatedSettlePrice":"11781.16138815",
 *  "lastFundingRate":"0.00038246","interestRate":"0.00010000","nextFundingTime":1597392000000,"time":1597370495002}
 */
export function toPremiumIndex(value: unknown): readonly MarkPrice[] {
  return fieldsOfEach(Array.isArray(value) ? value : [value], "premiumIndex").map((fields) => ({
    symbol: fields.text("symbol"),
    eventTime: timeOf(fields.raw("time"), `${fields.where} time`),
    price: priceOf(fields.raw("markPrice"), `${fields.where} markPrice`),
    ...coming(fields, "lastFundingRate", "nextFundingTime"),
  }));
}

/** A funding that has been settled. */
export interface SettledFunding {
  readonly funding: Funding;
  /** `Regular`, or `Special` where a stock's dividend is passed on beside it. */
  readonly rateType: string;
}

/**
 * GET /fapi/v1/fundingRate, /dapi/v1/fundingRate, oldest first; the mark price is "" where it was not recorded.
 * [{"symbol":"BTCUSDT","fundingRate":"-0.03750000","fundingTime":1570608000000,"markPrice":"34287.54619963","rateType":"Regular"}]
 */
export function toFundingRates(value: unknown): readonly SettledFunding[] {
  return fieldsOfEach(value, "fundingRate").map((fields) => {
    const funding = {
      time: timeOf(fields.raw("fundingTime"), `${fields.where} fundingTime`),
      rate: numberOf(fields.raw("fundingRate"), `${fields.where} fundingRate`),
    };
    const hasPrice = fields.has("markPrice") && fields.raw("markPrice") !== "";
    return {
      funding: hasPrice ? { ...funding, markPrice: priceOf(fields.raw("markPrice"), `${fields.where} markPrice`) } : funding,
      rateType: fields.maybeText("rateType") ?? "Regular",
    };
  });
}

function coming(fields: Fields, rateField: string, timeField: string): Pick<MarkPrice, "fundingRate" | "nextFundingTime"> {
  const rate = fields.raw(rateField);
  const time = fields.has(timeField) ? timeOf(fields.raw(timeField), `${fields.where} ${timeField}`) : 0;
  if (rate === undefined || rate === null || rate === "" || time === 0) return { fundingRate: undefined, nextFundingTime: undefined };
  return { fundingRate: numberOf(rate, `${fields.where} ${rateField}`), nextFundingTime: time };
}
