import { divideRounded, decimalFromNumber, tenTo, type Decimal } from "../../base/decimal.ts";
import type { Balance } from "../../domain/account.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { PositionSide } from "../../domain/order.ts";
import { InstrumentMath } from "../../engine/portfolio/instrument-math.ts";
import { Ledger, LEDGER_SCALE, toMinor } from "../../engine/portfolio/ledger.ts";
import { PositionBook } from "../../engine/portfolio/position-book.ts";
import type { VenuePosition } from "../../engine/venue-facts.ts";
import type { Execution } from "../../exchanges/simulated/part-matching.ts";

/** The venue states money to eight digits and books it so, that statements add up. */
const STATEMENT_UNIT = tenTo(LEDGER_SCALE - 8);

export interface VenueAccountOptions {
  readonly instruments: readonly Instrument[];
  readonly balances: Readonly<Record<string, number>>;
  readonly makerFeePct: number;
  readonly takerFeePct: number;
  readonly buyFeeAsset: "base" | "quote";
  readonly leverage: number;
  readonly marginMode: "isolated" | "cross";
  readonly positionMode: "hedge" | "oneWay";
}

/** What an execution was charged. */
export interface Charge {
  readonly fee: number;
  readonly feeAsset: string;
}

/** The venue's own books: money by asset, double entry, and positions by symbol and side. */
export class VenueAccount {
  readonly ledger = new Ledger();
  readonly maths: readonly InstrumentMath[];
  /** Of every symbol the one of one-way mode, the long and the short one. */
  readonly books: readonly PositionBook[];
  positionMode: "hedge" | "oneWay";
  readonly #bySymbol = new Map<string, readonly PositionBook[]>();
  readonly #leverages = new Map<string, number>();
  readonly #marginModes = new Map<string, "isolated" | "cross">();
  readonly #feeRates: { readonly maker: Decimal; readonly taker: Decimal };
  readonly #options: VenueAccountOptions;

  constructor(options: VenueAccountOptions) {
    this.#options = options;
    this.positionMode = options.positionMode;
    this.maths = options.instruments.map((instrument) => new InstrumentMath(instrument));
    this.#feeRates = { maker: rateOf(options.makerFeePct), taker: rateOf(options.takerFeePct) };
    for (const math of this.maths) {
      const own = (["net", "long", "short"] as const).map((side) => new PositionBook(math, side));
      this.#bySymbol.set(math.instrument.symbol, own);
      for (const asset of assetsOf(math.instrument)) this.ledger.of(asset);
    }
    this.books = [...this.#bySymbol.values()].flat();
    for (const [asset, amount] of Object.entries(options.balances)) this.transfer(asset, amount);
  }

  booksOf(symbol: string): readonly PositionBook[] {
    return this.#bySymbol.get(symbol) ?? [];
  }

  book(symbol: string, side: PositionSide): PositionBook {
    const index = side === "net" ? 0 : side === "long" ? 1 : 2;
    return this.booksOf(symbol)[index] as PositionBook;
  }

  total(asset: string): number {
    return statementOf(this.ledger.of(asset).balance("wallet"));
  }

  leverageOf(symbol: string): number {
    return this.#leverages.get(symbol) ?? this.#options.leverage;
  }

  setLeverage(symbol: string, leverage: number): void {
    this.#leverages.set(symbol, leverage);
  }

  marginModeOf(symbol: string): "isolated" | "cross" {
    return this.#marginModes.get(symbol) ?? this.#options.marginMode;
  }

  setMarginMode(symbol: string, mode: "isolated" | "cross"): void {
    this.#marginModes.set(symbol, mode);
  }

  /** What a taker's fee takes of a value. */
  get takerFeeShare(): number {
    return this.#options.takerFeePct / 100;
  }

  /** Whether the fee of a purchase on spot comes on top of what is paid. */
  get paysFeeInQuote(): boolean {
    return this.#options.buyFeeAsset === "quote";
  }

  /** Money in (above zero) or out, from outside the venue. */
  transfer(asset: string, amount: number): void {
    this.ledger.of(asset).transfer("capital", "wallet", toStatement(toMinor(amount)));
  }

  /** Makes good what a position lost beyond the account's money. Returns the amount. */
  coverLoss(asset: string): number {
    const ledger = this.ledger.of(asset);
    const missing = -ledger.balance("wallet");
    if (missing <= 0n) return 0;
    ledger.transfer("venue", "wallet", missing);
    return statementOf(missing);
  }

  /** Books an execution. */
  execute(execution: Execution): Charge {
    return execution.math.isSpot ? this.#exchange(execution) : this.#trade(execution);
  }

  /** Books a funding payment on what is held of a symbol. Returns the amount received (paid below zero), undefined where nothing is held. */
  fund(symbol: string, rate: number, price: number): number | undefined {
    let paid: bigint | undefined;
    for (const book of this.booksOf(symbol)) {
      if (book.quantitySteps === 0) continue;
      paid = (paid ?? 0n) + toStatement(toMinor(Math.sign(book.quantitySteps) * book.math.notional(price, book.quantity) * rate));
    }
    if (paid === undefined) return undefined;
    this.ledger.of((this.booksOf(symbol)[0] as PositionBook).math.instrument.settleAsset).transfer("wallet", "funding", paid);
    return statementOf(-paid);
  }

  /** Positions that are not flat. */
  positions(symbol?: string): readonly VenuePosition[] {
    return this.books.filter((book) => book.quantitySteps !== 0 && (symbol === undefined || book.symbol === symbol)).map(toPosition);
  }

  /** Every position of a symbol in the present mode, flat ones included. */
  positionsOf(symbol: string): readonly VenuePosition[] {
    const sides = this.positionMode === "oneWay" ? (["net"] as const) : (["long", "short"] as const);
    return sides.map((side) => toPosition(this.book(symbol, side)));
  }

  balancesOf(assets: readonly string[], freeOf: (asset: string) => number): readonly Balance[] {
    return assets.map((asset) => ({ asset, total: this.total(asset), free: freeOf(asset) }));
  }

  /** Base against quote, whatever the account holds: what it may do has been checked. */
  #exchange({ math, side, steps, price, liquidity }: Execution): Charge {
    const { baseAsset, quoteAsset } = math.instrument;
    const base = this.ledger.of(baseAsset);
    const quote = this.ledger.of(quoteAsset);
    const value = toStatement(math.toMinor(math.value(math.price.toSteps(price), steps)));
    const quantity = toMinor(math.quantity.toNumber(steps));
    const isBuy = side === "buy";
    quote.transfer(isBuy ? "wallet" : "venue", isBuy ? "venue" : "wallet", value);
    base.transfer(isBuy ? "venue" : "wallet", isBuy ? "wallet" : "venue", quantity);
    const isInBase = isBuy && !this.paysFeeInQuote;
    const fee = this.#feeOf(isInBase ? quantity : value, liquidity);
    (isInBase ? base : quote).transfer("wallet", "fees", fee);
    return { fee: statementOf(fee), feeAsset: isInBase ? baseAsset : quoteAsset };
  }

  #trade({ math, position, side, steps, price, liquidity }: Execution): Charge {
    const { settleAsset } = math.instrument;
    const ledger = this.ledger.of(settleAsset);
    const priceSteps = math.price.toSteps(price);
    const signed = side === "buy" ? steps : -steps;
    const held = position.quantitySteps;
    const closing = Math.sign(held) === -Math.sign(signed) ? Math.min(Math.abs(held), steps) : 0;
    if (closing > 0) ledger.transfer("venue", "wallet", closePart(position, closing, priceSteps));
    const opening = (steps - closing) * Math.sign(signed);
    position.quantitySteps += opening;
    if (opening !== 0) position.cost += math.value(priceSteps, opening);
    position.price = price;
    position.refresh();
    const fee = this.#feeOf(math.toMinor(math.value(priceSteps, steps)), liquidity);
    ledger.transfer("wallet", "fees", fee);
    return { fee: statementOf(fee), feeAsset: settleAsset };
  }

  #feeOf(value: bigint, liquidity: "maker" | "taker"): bigint {
    const rate = this.#feeRates[liquidity];
    return toStatement(divideRounded(value * rate.units, tenTo(rate.scale), "down"), "down");
  }
}

/** Assets that an execution of an instrument moves. */
export function assetsOf(instrument: Instrument): readonly string[] {
  return instrument.kind === "spot" ? [instrument.baseAsset, instrument.quoteAsset] : [instrument.settleAsset];
}

/** Takes steps out of a position; returns the profit in minor units. */
function closePart(position: PositionBook, closing: number, priceSteps: number): bigint {
  const { math } = position;
  const held = Math.abs(position.quantitySteps);
  const direction = Math.sign(position.quantitySteps);
  const cost = closing === held ? position.cost : divideRounded(position.cost * BigInt(closing), BigInt(held), "halfEven");
  const proceeds = math.value(priceSteps, closing * direction);
  position.cost -= cost;
  position.quantitySteps -= closing * direction;
  return toStatement(math.toMinor(math.isInverse ? cost - proceeds : proceeds - cost));
}

function toPosition(book: PositionBook): VenuePosition {
  return { symbol: book.symbol, side: book.side, quantity: book.quantity, entryPrice: book.entryPrice };
}

/** An amount as a statement shows it: the double nearest to its eight digits. */
function statementOf(minor: bigint): number {
  return Number(minor / STATEMENT_UNIT) / 1e8;
}

function toStatement(minor: bigint, rounding: "halfEven" | "down" = "halfEven"): bigint {
  return divideRounded(minor, STATEMENT_UNIT, rounding) * STATEMENT_UNIT;
}

/** A percentage as an exact share. */
function rateOf(percent: number): Decimal {
  const { units, scale } = decimalFromNumber(percent);
  return { units, scale: scale + 2 };
}
