/**
 * Holds for every message:
 * - a message as Binance spells it is read by the scanner, and reads as the general parser reads it;
 * - whatever is done to its bytes, the scanner gives up or agrees with the general parser, which has then found nothing to refuse.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Grid } from "../../../base/grid.ts";
import { parseJson } from "../../transport/lossless-json.ts";
import { toQuote } from "./book-ticker.ts";
import { DepthColumns, readDepthUpdate } from "./depth.ts";
import { aggTradeShape, FrameScanner, QuoteFrame, scalesOf, TradeFrame, tradeShape } from "./frame-scanner.ts";
import { toAggTrade, toTrade, type StreamTrade } from "./trades.ts";

const SYMBOL = "BTCUSDT";
const symbolBytes = new TextEncoder().encode(SYMBOL);
const scanner = new FrameScanner();
const grids = { price: new Grid("0.05"), quantity: new Grid("0.001") };

const time = fc.integer({ min: 0, max: 4_102_444_800_000 });
const id = fc.integer({ min: 0, max: 999_999_999_999_999 });
/** Above zero, at most 15 digits, with the zeros that exchanges add or without. */
const decimal = fc
  .tuple(fc.integer({ min: 1, max: 999_999_999_999 }), fc.integer({ min: 0, max: 8 }), fc.boolean())
  .map(([units, scale, isPadded]) => {
    const text = (units / 10 ** scale).toFixed(scale);
    return isPadded && scale > 0 ? text.padEnd(text.length + 3, "0") : text;
  });

const trade = fc
  .record({ E: time, id, p: decimal, q: decimal, T: time, m: fc.boolean(), isAggregate: fc.boolean(), extra: fc.boolean() })
  .map(({ E, id: tradeId, p, q, T, m, isAggregate, extra }) => {
    const key = isAggregate ? "a" : "t";
    const more = extra ? ',"nq":"1.5","M":true' : "";
    return `{"e":"${isAggregate ? "aggTrade" : "trade"}","E":${E},"s":"${SYMBOL}","${key}":${tradeId},"p":"${p}","q":"${q}","f":1,"l":2,"T":${T},"m":${m}${more}}`;
  });

const quote = fc
  .record({ b: decimal, B: decimal, a: decimal, A: decimal, E: time, T: time, isSpot: fc.boolean() })
  .filter(({ b, a }) => Number(b) !== Number(a))
  .map(({ b, B, a, A, E, T, isSpot }) => {
    const [bid, ask] = Number(b) < Number(a) ? [b, a] : [a, b];
    const sides = `"s":"${SYMBOL}","b":"${bid}","B":"${B}","a":"${ask}","A":"${A}"`;
    return isSpot ? `{"u":400900217,${sides}}` : `{"e":"bookTicker","u":4,${sides},"T":${T},"E":${E}}`;
  });

const level = fc
  .tuple(fc.integer({ min: 1, max: 2_000_000_000 }), fc.integer({ min: 0, max: 2_000_000_000 }), fc.boolean())
  .map(([price, quantity, isPadded]) => {
    const zeros = isPadded ? "000000" : "";
    return `["${grids.price.toText(price)}${zeros}","${quantity === 0 ? "0" : grids.quantity.toText(quantity) + zeros}"]`;
  });
const depth = fc
  .record({
    E: time,
    T: time,
    U: fc.integer({ min: 0, max: 1e14 }),
    span: fc.integer({ min: 0, max: 500 }),
    b: fc.array(level, { maxLength: 300, size: "max" }),
    a: fc.array(level, { maxLength: 40 }),
    kind: fc.constantFrom("spot", "linear", "inverse"),
  })
  .map(({ E, T, U, span, b, a, kind }) => {
    const times = kind === "spot" ? `"E":${E}` : `"E":${E},"T":${T}`;
    const pair = kind === "inverse" ? '"ps":"BTCUSD",' : "";
    const previous = kind === "spot" ? "" : `"pu":${U},`;
    return `{"e":"depthUpdate",${times},"s":"${SYMBOL}",${pair}"U":${U},"u":${U + span},${previous}"b":[${b.join()}],"a":[${a.join()}]}`;
  });

type Scan = (bytes: Uint8Array, from: number, to: number) => unknown;
type Parse = (value: unknown) => unknown;

const tradeFrame = new TradeFrame();
const quoteFrame = new QuoteFrame();
const columns = new DepthColumns();

const families: ReadonlyArray<{
  readonly name: string;
  readonly message: fc.Arbitrary<string>;
  readonly scan: Scan;
  readonly parse: Parse;
}> = [
  {
    name: "trades",
    message: trade,
    scan: (bytes, from, to) =>
      (scanner.trade(bytes, from, to, aggTradeShape(SYMBOL), tradeFrame) ||
        scanner.trade(bytes, from, to, tradeShape(SYMBOL), tradeFrame)) &&
      values(tradeFrame),
    parse: (value) => framed(isAggregate(value) ? toAggTrade(value) : toTrade(value)),
  },
  {
    name: "best prices",
    message: quote,
    scan: (bytes, from, to) => scanner.quote(bytes, from, to, symbolBytes, quoteFrame) && { symbol: SYMBOL, ...values(quoteFrame) },
    parse: (value) => {
      const { symbol, eventTime, quote: prices } = toQuote(value, 0);
      return { symbol, eventTime, ...prices };
    },
  },
  {
    name: "changes of the book",
    message: depth,
    scan: (bytes, from, to) => scanner.depth(bytes, from, to, symbolBytes, scalesOf(grids), columns) && told(columns, SYMBOL),
    parse: (value) => {
      const general = new DepthColumns();
      return told(general, readDepthUpdate(value, grids, general));
    },
  },
];

describe.each(families)("the scanner of $name", ({ message, scan, parse }) => {
  it("reads what Binance writes as the general parser does", () => {
    fc.assert(
      fc.property(message, fc.nat(20), (text, offset) => {
        // Somewhere inside a larger frame.
        const bytes = new TextEncoder().encode(" ".repeat(offset) + text);
        const scanned = scan(bytes, offset, bytes.length);
        expect(scanned).not.toBe(false);
        expect(scanned).toEqual(parse(parseJson(text)));
      }),
      { numRuns: 1000 },
    );
  });

  it("agrees with the general parser or gives up, whatever happens to the bytes", () => {
    fc.assert(
      fc.property(message, fc.array(mutation, { minLength: 1, maxLength: 3 }), (text, mutations) => {
        let bytes = new TextEncoder().encode(text);
        for (const mutate of mutations) bytes = mutate(bytes);
        const scanned = scan(bytes, 0, bytes.length);
        if (scanned !== false) expect(scanned).toEqual(parse(parseJson(new TextDecoder().decode(bytes))));
      }),
      { numRuns: 4000 },
    );
  });
});

function isAggregate(value: unknown): boolean {
  return (value as { readonly e?: unknown }).e === "aggTrade";
}

function framed({ eventTime, trade: { id: tradeId, takerSide, ...rest } }: StreamTrade): unknown {
  return { eventTime, id: Number(tradeId), ...rest, isBuyerMaker: takerSide === "sell" };
}

function told({ first, last, previous, eventTime, time: at, bids, asks, price, quantity }: DepthColumns, symbol: string): unknown {
  const rows = [...price.subarray(0, bids + asks)].map((steps, row) => [steps, quantity[row]]);
  return { symbol, first, last, previous, eventTime, time: at, bids, asks, rows };
}

function values(frame: TradeFrame | QuoteFrame): object {
  return Object.fromEntries(Object.entries(frame));
}

type Mutation = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;

/** A share of the message's length; doubles would lie near 0 nearly always. */
const place = fc.nat({ max: 9_999 }).map((part) => part / 10_000);
const interesting = fc.oneof(
  fc.constantFrom(...new TextEncoder().encode('{}[]",:.0123456789eE-+tfn\\ abABuUpqmTs')),
  fc.integer({ min: 0, max: 255 }),
);
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(place, interesting).map(
    ([share, byte]): Mutation =>
      (bytes) =>
        bytes.with(Math.floor(share * bytes.length), byte),
  ),
  fc.tuple(place, interesting).map(
    ([share, byte]): Mutation =>
      (bytes) => {
        const at = Math.floor(share * bytes.length);
        return Uint8Array.of(...bytes.subarray(0, at), byte, ...bytes.subarray(at));
      },
  ),
  fc.tuple(place, fc.integer({ min: 1, max: 30 })).map(
    ([share, length]): Mutation =>
      (bytes) => {
        const at = Math.floor(share * bytes.length);
        return Uint8Array.of(...bytes.subarray(0, at), ...bytes.subarray(at + length));
      },
  ),
  fc.tuple(place, place, fc.integer({ min: 1, max: 40 })).map(
    ([share, other, length]): Mutation =>
      (bytes) => {
        const at = Math.floor(share * bytes.length);
        const from = Math.floor(other * bytes.length);
        return Uint8Array.of(...bytes.subarray(0, at), ...bytes.subarray(from, from + length), ...bytes.subarray(at));
      },
  ),
);
