import { assert } from "../../../base/assert.ts";
import type { Grid } from "../../../base/grid.ts";
import { BRACE_CLOSE, BRACE_OPEN, BRACKET_CLOSE, BRACKET_OPEN, ByteCursor, COMMA, POWERS } from "./byte-cursor.ts";
import type { BookGrids, DepthColumns } from "./depth.ts";

/** A trade, reused from message to message. */
export class TradeFrame {
  eventTime = 0;
  /** Exact: longer ids are left to the general parser. */
  id = 0;
  time = 0;
  price = 0;
  quantity = 0;
  isBuyerMaker = false;
}

/** Best prices, reused from message to message. */
export class QuoteFrame {
  /** 0 on spot, which does not say. */
  eventTime = 0;
  /** 0 on spot, which does not say. */
  time = 0;
  bidPrice = 0;
  bidQuantity = 0;
  askPrice = 0;
  askQuantity = 0;
}

/** How decimals of a book become whole steps: `10^-decimals` is the unit in which they are read, and a step is `units` of it. */
export interface StepScale {
  readonly decimals: number;
  readonly units: number;
}

/** Scales of a book's grids. */
export interface BookScales {
  readonly price: StepScale;
  readonly quantity: StepScale;
}

export function scalesOf({ price, quantity }: BookGrids): BookScales {
  return { price: scaleOf(price), quantity: scaleOf(quantity) };
}

function scaleOf(grid: Grid): StepScale {
  const { units, scale } = grid.toDecimal(1);
  assert(scale < POWERS.length && Number.isSafeInteger(Number(units)), `the step ${grid.step} is out of reach`);
  return { decimals: scale, units: Number(units) };
}

/**
 * Reads the messages that come by the thousand straight from the socket's bytes, with no text and no object in between. It knows one
 * spelling: the one Binance writes. Whatever is spelled otherwise, doubtful or out of range makes it give up (false), and the general
 * parser decides; what was written into the target by then means nothing. Where it succeeds, it gives what the general parser gives.
 */
export class FrameScanner {
  readonly #cursor = new ByteCursor();

  /**
   * A message of `aggTrade` or `trade` between two places of the bytes; see `trades.ts`. `event` is the kind in bytes, `idKey` the field of
   * the id.
   */
  trade(bytes: Uint8Array, from: number, to: number, { symbol, event, idKey }: TradeShape, into: TradeFrame): boolean {
    const cursor = this.#cursor;
    cursor.bytes = bytes;
    cursor.at = from;
    if (!cursor.byte(BRACE_OPEN)) return false;
    let seen = 0;
    for (;;) {
      const key = cursor.key();
      if (key === idKey) {
        into.id = cursor.whole();
        if (into.id < 0 || (seen & 1) !== 0) return false;
        seen |= 1;
      } else if (key === KEY_p) {
        into.price = cursor.decimal();
        if (!(into.price > 0) || (seen & 2) !== 0) return false;
        seen |= 2;
      } else if (key === KEY_q) {
        into.quantity = cursor.decimal();
        if (!(into.quantity > 0) || (seen & 4) !== 0) return false;
        seen |= 4;
      } else if (key === KEY_T) {
        into.time = cursor.whole();
        if (into.time < 0 || (seen & 8) !== 0) return false;
        seen |= 8;
      } else if (key === KEY_m) {
        const flag = cursor.flag();
        if (flag < 0 || (seen & 16) !== 0) return false;
        into.isBuyerMaker = flag === 1;
        seen |= 16;
      } else if (key === KEY_E) {
        into.eventTime = cursor.whole();
        if (into.eventTime < 0 || (seen & 32) !== 0) return false;
        seen |= 32;
      } else if (key === KEY_s) {
        if (!cursor.quoted(symbol) || (seen & 64) !== 0) return false;
        seen |= 64;
      } else if (key === KEY_e) {
        if (!cursor.quoted(event) || (seen & 128) !== 0) return false;
        seen |= 128;
      } else if (key < 0 || key === KEY_X || !cursor.skip()) return false;
      const end = cursor.separator();
      if (end === BRACE_CLOSE) return seen === 255 && cursor.at === to;
      if (end !== COMMA) return false;
    }
  }

  /** A message of `bookTicker` between two places of the bytes; see `book-ticker.ts`. */
  quote(bytes: Uint8Array, from: number, to: number, symbol: Uint8Array, into: QuoteFrame): boolean {
    const cursor = this.#cursor;
    cursor.bytes = bytes;
    cursor.at = from;
    into.eventTime = 0;
    into.time = 0;
    if (!cursor.byte(BRACE_OPEN)) return false;
    let seen = 0;
    for (;;) {
      const key = cursor.key();
      if (key === KEY_b) {
        into.bidPrice = cursor.decimal();
        if (!(into.bidPrice > 0) || (seen & 1) !== 0) return false;
        seen |= 1;
      } else if (key === KEY_B) {
        into.bidQuantity = cursor.decimal();
        if (into.bidQuantity < 0 || (seen & 2) !== 0) return false;
        seen |= 2;
      } else if (key === KEY_a) {
        into.askPrice = cursor.decimal();
        if (!(into.askPrice > 0) || (seen & 4) !== 0) return false;
        seen |= 4;
      } else if (key === KEY_A) {
        into.askQuantity = cursor.decimal();
        if (into.askQuantity < 0 || (seen & 8) !== 0) return false;
        seen |= 8;
      } else if (key === KEY_s) {
        if (!cursor.quoted(symbol) || (seen & 16) !== 0) return false;
        seen |= 16;
      } else if (key === KEY_T) {
        into.time = cursor.whole();
        if (into.time < 0 || (seen & 32) !== 0) return false;
        seen |= 32;
      } else if (key === KEY_E) {
        into.eventTime = cursor.whole();
        if (into.eventTime < 0 || (seen & 64) !== 0) return false;
        seen |= 64;
      } else if (key === KEY_e) {
        if (!cursor.quoted(BOOK_TICKER) || (seen & 128) !== 0) return false;
        seen |= 128;
      } else if (key < 0 || !cursor.skip()) return false;
      const end = cursor.separator();
      // All eight fields, or the five of spot, which has no times.
      if (end === BRACE_CLOSE) return (seen === 255 || seen === 31) && into.bidPrice < into.askPrice && cursor.at === to;
      if (end !== COMMA) return false;
    }
  }

  /** A message of `depthUpdate` between two places of the bytes; see `depth.ts`. */
  depth(bytes: Uint8Array, from: number, to: number, symbol: Uint8Array, scales: BookScales, into: DepthColumns): boolean {
    const cursor = this.#cursor;
    cursor.bytes = bytes;
    cursor.at = from;
    into.previous = -1;
    into.bids = 0;
    into.asks = 0;
    let time = -1;
    if (!cursor.byte(BRACE_OPEN)) return false;
    let seen = 0;
    for (;;) {
      const key = cursor.key();
      if (key === KEY_b) {
        // Bids lie first in the columns.
        if ((seen & 3) !== 0) return false;
        into.bids = this.#levels(0, scales, into);
        if (into.bids < 0) return false;
        seen |= 1;
      } else if (key === KEY_a) {
        if ((seen & 3) !== 1) return false;
        into.asks = this.#levels(into.bids, scales, into);
        if (into.asks < 0) return false;
        seen |= 2;
      } else if (key === KEY_u) {
        into.last = cursor.whole();
        if (into.last < 0 || (seen & 4) !== 0) return false;
        seen |= 4;
      } else if (key === KEY_U) {
        into.first = cursor.whole();
        if (into.first < 0 || (seen & 8) !== 0) return false;
        seen |= 8;
      } else if (key === KEY_E) {
        into.eventTime = cursor.whole();
        if (into.eventTime < 0 || (seen & 16) !== 0) return false;
        seen |= 16;
      } else if (key === KEY_s) {
        if (!cursor.quoted(symbol) || (seen & 32) !== 0) return false;
        seen |= 32;
      } else if (key === KEY_e) {
        if (!cursor.quoted(DEPTH_UPDATE) || (seen & 64) !== 0) return false;
        seen |= 64;
      } else if (key === KEY_pu) {
        into.previous = cursor.whole();
        if (into.previous < 0 || (seen & 128) !== 0) return false;
        seen |= 128;
      } else if (key === KEY_T) {
        time = cursor.whole();
        if (time < 0 || (seen & 256) !== 0) return false;
        seen |= 256;
      } else if (key < 0 || !cursor.skip()) return false;
      const end = cursor.separator();
      if (end === COMMA) continue;
      into.time = time < 0 ? into.eventTime : time;
      return end === BRACE_CLOSE && (seen & 127) === 127 && into.first <= into.last && cursor.at === to;
    }
  }

  /** `[["64000.10","0.5"],…]` into the columns from a row on; returns how many, -1 to give up. */
  #levels(row: number, { price, quantity }: BookScales, into: DepthColumns): number {
    const cursor = this.#cursor;
    if (!cursor.byte(BRACKET_OPEN)) return -1;
    if (cursor.byte(BRACKET_CLOSE)) return 0;
    let at = row;
    for (;;) {
      if (at === into.price.length) into.reserve(at + 1);
      if (!cursor.byte(BRACKET_OPEN)) return -1;
      const priceSteps = cursor.steps(price.decimals, price.units);
      if (!(priceSteps > 0) || !cursor.byte(COMMA)) return -1;
      const quantitySteps = cursor.steps(quantity.decimals, quantity.units);
      if (quantitySteps < 0 || !cursor.byte(BRACKET_CLOSE)) return -1;
      into.price[at] = priceSteps;
      into.quantity[at] = quantitySteps;
      at += 1;
      const end = cursor.separator();
      if (end === BRACKET_CLOSE) return at - row;
      if (end !== COMMA) return -1;
    }
  }
}

/** What a message of trades looks like. */
export interface TradeShape {
  /** The symbol in bytes. */
  readonly symbol: Uint8Array;
  readonly event: Uint8Array;
  readonly idKey: number;
}

const encoder = new TextEncoder();

export function aggTradeShape(symbol: string): TradeShape {
  return { symbol: encoder.encode(symbol), event: AGG_TRADE, idKey: KEY_a };
}

export function tradeShape(symbol: string): TradeShape {
  return { symbol: encoder.encode(symbol), event: TRADE, idKey: KEY_t };
}

const AGG_TRADE = encoder.encode("aggTrade");
const TRADE = encoder.encode("trade");
const BOOK_TICKER = encoder.encode("bookTicker");
const DEPTH_UPDATE = encoder.encode("depthUpdate");

const KEY_A = 65;
const KEY_B = 66;
const KEY_E = 69;
const KEY_T = 84;
const KEY_U = 85;
const KEY_X = 88;
const KEY_a = 97;
const KEY_b = 98;
const KEY_e = 101;
const KEY_m = 109;
const KEY_p = 112;
const KEY_q = 113;
const KEY_s = 115;
const KEY_t = 116;
const KEY_u = 117;
/** Two characters: the first is the high byte. */
const KEY_pu = (112 << 8) | 117;
