import { DataError } from "../../../base/errors.ts";
import { compareDecimals, divideDecimals, formatDecimal } from "../../../base/decimal.ts";
import { Grid } from "../../../base/grid.ts";
import { fieldsOf, listOf, type Fields } from "../../transport/wire-fields.ts";
import { decimalOf, expectEvent, timeOf, updateIdOf } from "./wire.ts";

/** The grids on which a book is kept. */
export interface BookGrids {
  readonly price: Grid;
  readonly quantity: Grid;
}

/** The grids of an instrument's own rules. */
export function gridsOf({ priceStep, quantityStep }: { readonly priceStep: string; readonly quantityStep: string }): BookGrids {
  return { price: new Grid(priceStep), quantity: new Grid(quantityStep) };
}

/** A price or quantity lies between two steps of the grid on which the book is kept: the exchange's rules have changed. */
export class OffGridError extends DataError {
  override readonly code = "ME_DATA_OFF_GRID";
  readonly kind: "price" | "quantity";
  /** Digits after the point that the value needs. */
  readonly decimals: number;

  constructor(kind: "price" | "quantity", text: string, grid: Grid) {
    super(`the ${kind} ${text} lies between two steps of ${grid.step}`);
    this.kind = kind;
    this.decimals = /\.(\d*?)0*$/.exec(text)?.[1]?.length ?? 0;
  }
}

const MOST_LEVELS = 20_000;

/** Changes of a book, or a whole one, as columns in whole steps; reused from message to message. Bids come first. */
export class DepthColumns {
  /** First and last update id of the changes; in a snapshot both are its own id. */
  first = 0;
  last = 0;
  /** Last id of the message before, on futures; -1 on spot, which does not say. */
  previous = -1;
  /** When the exchange sent it, milliseconds; 0 in a snapshot of spot. */
  eventTime = 0;
  /** When it happened, milliseconds: the transaction time on futures, the event time on spot. */
  time = 0;
  bids = 0;
  asks = 0;
  price = new Float64Array(256);
  quantity = new Float64Array(256);

  /** Number of rows. */
  get length(): number {
    return this.bids + this.asks;
  }

  /** Room for another `count` rows. */
  reserve(count: number): void {
    if (count <= this.price.length) return;
    if (count > MOST_LEVELS) throw new DataError(`a book message of more than ${MOST_LEVELS} levels is refused`);
    const capacity = Math.min(MOST_LEVELS, Math.max(count, 2 * this.price.length));
    const price = new Float64Array(capacity);
    const quantity = new Float64Array(capacity);
    price.set(this.price);
    quantity.set(this.quantity);
    this.price = price;
    this.quantity = quantity;
  }
}

/**
 * Stream `<symbol>@depth@100ms`: quantities that are now at these prices, "0" where nothing is left.
 * Spot: {"e":"depthUpdate","E":1672515782136,"s":"BNBBTC","U":157,"u":160,"b":[["0.0024","10"]],"a":[["0.0026","100"]]}
 * Futures, COIN-M with the pair `ps`:
 * {"e":"depthUpdate","E":123456789,"T":123456788,"s":"BTCUSDT","U":157,"u":160,"pu":149,"b":[["0.0024","10"]],"a":[["0.0026","100"]]}
 */
export function readDepthUpdate(value: unknown, grids: BookGrids, into: DepthColumns): string {
  const fields = fieldsOf(value, "stream depth");
  expectEvent(fields, "depthUpdate");
  const symbol = fields.text("s");
  into.first = updateIdOf(fields, "U");
  into.last = updateIdOf(fields, "u");
  into.previous = fields.has("pu") ? updateIdOf(fields, "pu") : -1;
  into.eventTime = timeOf(fields.raw("E"), `${fields.where} E`);
  into.time = fields.has("T") ? timeOf(fields.raw("T"), `${fields.where} T`) : into.eventTime;
  if (into.first > into.last) throw new DataError(`${fields.where}: the update ids run backwards`);
  readSides(fields, { bids: "b", asks: "a" }, grids, into);
  return symbol;
}

/**
 * GET /api/v3/depth: {"lastUpdateId":1027024,"bids":[["4.00000000","431.00000000"]],"asks":[["4.00000200","12.00000000"]]}
 * Futures add "E" (event time) and "T" (transaction time), COIN-M "symbol" and "pair" too.
 */
export function readDepthSnapshot(value: unknown, grids: BookGrids, into: DepthColumns): void {
  const fields = fieldsOf(value, "depth");
  into.first = updateIdOf(fields, "lastUpdateId");
  into.last = into.first;
  into.previous = -1;
  into.eventTime = fields.has("E") ? timeOf(fields.raw("E"), `${fields.where} E`) : 0;
  into.time = fields.has("T") ? timeOf(fields.raw("T"), `${fields.where} T`) : into.eventTime;
  readSides(fields, { bids: "bids", asks: "asks" }, grids, into);
}

function readSides(fields: Fields, names: { readonly bids: string; readonly asks: string }, grids: BookGrids, into: DepthColumns): void {
  const bids = fields.list(names.bids);
  const asks = fields.list(names.asks);
  into.reserve(bids.length + asks.length);
  into.bids = bids.length;
  into.asks = asks.length;
  let row = 0;
  for (const side of [bids, asks]) {
    for (const level of side) {
      const pair = listOf(level, `${fields.where} level`);
      const price = stepsOf(pair[0], "price", grids.price);
      if (price === 0) throw new DataError(`${fields.where}: a price has to be above zero`);
      into.price[row] = price;
      into.quantity[row] = stepsOf(pair[1], "quantity", grids.quantity);
      row += 1;
    }
  }
}

/** Whole steps of a decimal; what lies between two is refused, never rounded. */
function stepsOf(value: unknown, kind: "price" | "quantity", grid: Grid): number {
  const decimal = decimalOf(value, `book ${kind}`);
  const step = grid.toDecimal(1);
  const { units } = divideDecimals(decimal, step, { scale: 0, rounding: "down" });
  const steps = Number(units);
  if (decimal.units < 0n || !Number.isSafeInteger(steps)) throw new DataError(`book ${kind}: not a number that a book can hold`);
  if (compareDecimals({ units: units * step.units, scale: step.scale }, decimal) !== 0) {
    throw new OffGridError(kind, formatDecimal(decimal), grid);
  }
  return steps === 0 ? 0 : steps;
}
