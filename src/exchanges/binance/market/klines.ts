import { DataError } from "../../../base/errors.ts";
import type { Bar } from "../../../domain/bar.ts";
import { isTimeframe, type Timeframe } from "../../../domain/timeframe.ts";
import { fieldsOf, listOf } from "../../transport/wire-fields.ts";
import { expectEvent, priceOf, quantityOf, timeOf } from "./wire.ts";

/** A candle as it came from a stream, finished or not. */
export interface StreamKline {
  readonly symbol: string;
  readonly eventTime: number;
  readonly timeframe: Timeframe;
  readonly isClosed: boolean;
  readonly bar: Bar;
}

/**
 * Stream `<symbol>@kline_<interval>`; `x` tells that it has closed, `v` counts contracts on COIN-M.
 * {"e":"kline","E":1672515782136,"s":"BNBBTC","k":{"t":1672515780000,"T":1672515839999,"s":"BNBBTC","i":"1m","f":100,"L":200,"o":"0.0010",
 *  "c":"0.0020","h":"0.0025","l":"0.0010","v":"1000","n":100,"x":false,"q":"1.0000","V":"500","Q":"0.500","B":"123456"}}
 */
export function toKline(value: unknown): StreamKline {
  const fields = fieldsOf(value, "stream kline");
  expectEvent(fields, "kline");
  const kline = fields.fields("k");
  const interval = kline.text("i");
  if (!isTimeframe(interval)) throw new DataError(`${fields.where}: field "i" is not a timeframe that we know`);
  return {
    symbol: fields.text("s"),
    eventTime: timeOf(fields.raw("E"), `${fields.where} E`),
    timeframe: interval,
    isClosed: kline.flag("x"),
    bar: toBar(timeOf(kline.raw("t"), `${fields.where} t`), [
      kline.raw("o"),
      kline.raw("h"),
      kline.raw("l"),
      kline.raw("c"),
      kline.raw("v"),
    ]),
  };
}

/** One row of an answer, and when its bar ends: the last millisecond of it, as the exchange counts. */
export interface RestKline {
  readonly bar: Bar;
  readonly lastTime: number;
}

/**
 * GET /api/v3/klines, /fapi/v1/klines, /dapi/v1/klines, oldest first: open time, open, high, low, close, volume, close time, quote volume,
 * trades, taker buy volume, taker buy quote volume, unused. The last row may still be open.
 * [[1499040000000,"0.01634790","0.80000000","0.01575800","0.01577100","148976.11427815",1499644799999,"2434.19055334",308,"1756.87402397","28.46694368","0"]]
 */
export function toKlines(value: unknown): readonly RestKline[] {
  return listOf(value, "klines").map((entry) => {
    const row = listOf(entry, "klines row");
    return { bar: toBar(timeOf(row[0], "klines open time"), row.slice(1, 6)), lastTime: timeOf(row[6], "klines close time") };
  });
}

/** Prices of a bar in the order open, high, low, close, volume. A bar whose prices contradict each other is refused. */
function toBar(openTime: number, [o, h, l, c, v]: readonly unknown[]): Bar {
  const open = priceOf(o, "bar open");
  const high = priceOf(h, "bar high");
  const low = priceOf(l, "bar low");
  const close = priceOf(c, "bar close");
  const volume = quantityOf(v, "bar volume");
  if (low > Math.min(open, close) || high < Math.max(open, close)) {
    throw new DataError(`the bar contradicts itself: open ${open}, high ${high}, low ${low}, close ${close}`);
  }
  return { openTime, open, high, low, close, volume };
}
