import { assert, fail } from "../../base/assert.ts";
import type { Account } from "../../domain/account.ts";
import type { Fill } from "../../domain/fill.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { PositionSide } from "../../domain/order.ts";
import type { ClosedTrade } from "../../domain/position.ts";
import { divideRounded } from "../../base/decimal.ts";
import { rulesAsTold } from "./order-rules.ts";
import { InstrumentMath } from "./instrument-math.ts";
import type { VenueTransfer } from "../venue-facts.ts";
import { fromMinor, Ledger, toMinor, type AssetLedger, type LedgerState } from "./ledger.ts";
import { PositionBook, type BookState } from "./position-book.ts";
import { TradeLog } from "./trade-log.ts";

export interface PortfolioOptions {
  readonly instruments: readonly Instrument[];
  /** In the settle asset, which all instruments share. */
  readonly initialCapital: number;
  readonly hedge: boolean;
  /** Divides the notional to give the margin of a futures position. */
  readonly leverage: number;
  /** Whether finished trades are kept; a venue's books do without. @default true */
  readonly keepsTrades?: boolean;
}

/** Everything a portfolio keeps across restarts. */
export interface PortfolioState {
  readonly ledger: LedgerState;
  readonly books: readonly (BookState & { readonly symbol: string; readonly side: PositionSide })[];
  readonly fees: string;
  readonly funding: string;
  readonly tradedValue: number;
}

/** What applying a fill did to the books. */
export interface FillResult {
  readonly book: PositionBook;
  /** The part of a position that the fill closed, if any. */
  readonly closed: ClosedTrade | undefined;
  readonly opened: boolean;
}

/** Positions, money and finished trades, derived from fills and funding alone. */
export class Portfolio {
  readonly currency: string;
  readonly ledger = new Ledger();
  readonly trades = new TradeLog();
  readonly maths: readonly InstrumentMath[];
  readonly books: readonly PositionBook[];
  readonly #bySymbol = new Map<string, PositionBook[]>();
  readonly #leverage: number;
  readonly #keepsTrades: boolean;
  /** The books of the settle asset. */
  readonly #cash: AssetLedger;
  /** Wallet balance of the settle asset as a double. */
  wallet: number;
  /** Wallet plus what positions are worth at their last prices. */
  equity: number;
  /** Number of positions that are not flat. */
  openCount = 0;
  /** Values of all fills, in the settle asset. */
  tradedValue = 0;
  #fees = 0n;
  #funding = 0n;

  constructor({ instruments, initialCapital, hedge, leverage, keepsTrades = true }: PortfolioOptions) {
    const first = instruments[0];
    assert(first !== undefined, "a portfolio needs an instrument");
    this.currency = first.settleAsset;
    this.#leverage = leverage;
    this.#keepsTrades = keepsTrades;
    this.maths = instruments.map((instrument) => new InstrumentMath(instrument));
    const books: PositionBook[] = [];
    for (const math of this.maths) {
      assert(math.instrument.settleAsset === this.currency, "all instruments of a portfolio settle in one asset");
      const sides: readonly PositionSide[] = hedge ? ["long", "short"] : ["net"];
      const own = sides.map((side) => new PositionBook(math, side));
      this.#bySymbol.set(math.instrument.symbol, own);
      books.push(...own);
    }
    this.books = books;
    this.#cash = this.ledger.of(this.currency);
    this.#cash.transfer("capital", "wallet", toMinor(initialCapital));
    this.wallet = initialCapital;
    this.equity = initialCapital;
  }

  /** The book of a symbol; in hedge mode of its side. */
  book(symbol: string, side: PositionSide = "net"): PositionBook {
    const own = this.#bySymbol.get(symbol);
    if (own === undefined) fail(`unknown symbol ${symbol}`);
    return own.length === 1 ? (own[0] as PositionBook) : (own[side === "short" ? 1 : 0] as PositionBook);
  }

  booksOf(symbol: string): readonly PositionBook[] {
    return this.#bySymbol.get(symbol) ?? [];
  }

  get fees(): number {
    return fromMinor(this.#fees);
  }

  /** Paid above zero, received below. */
  get funding(): number {
    return fromMinor(this.#funding);
  }

  /** Margin bound by open futures positions. */
  get usedMargin(): number {
    let margin = 0;
    for (const book of this.books) {
      if (book.quantitySteps === 0 || book.math.isSpot) continue;
      margin += book.math.notional(book.entryPrice, book.quantity) / this.#leverage;
    }
    return margin;
  }

  /** What a new order may use: for spot the cash, for futures equity less the margin in use. */
  get freeMargin(): number {
    return (this.maths[0] as InstrumentMath).isSpot ? this.wallet : this.equity - this.usedMargin;
  }

  /** Books an execution on a position. `feeMinor` is in minor units of the settle asset. */
  applyFill(book: PositionBook, fill: Fill, feeMinor: bigint): FillResult {
    const { math } = book;
    const priceSteps = math.price.toSteps(fill.price);
    const quantitySteps = math.quantity.toSteps(fill.quantity) * (fill.side === "buy" ? 1 : -1);
    const held = book.quantitySteps;
    const closing = held !== 0 && Math.sign(held) !== Math.sign(quantitySteps) ? Math.min(Math.abs(held), Math.abs(quantitySteps)) : 0;
    const size = Math.abs(quantitySteps);
    const isForeignFee = fill.feeAsset !== this.currency && fill.feeAsset !== "";
    if (isForeignFee) this.ledger.of(fill.feeAsset).transfer("wallet", "fees", feeMinor);
    const settleFee = isForeignFee ? 0n : feeMinor;
    const closingFee = closing === size ? settleFee : divideRounded(settleFee * BigInt(closing), BigInt(size), "halfEven");

    let closed: ClosedTrade | undefined;
    if (closing > 0) closed = this.#close(book, { fill, priceSteps, closing, fee: closingFee });
    const opening = size - closing;
    if (opening > 0) this.#open(book, { fill, priceSteps, opening: opening * Math.sign(quantitySteps), fee: settleFee - closingFee });
    // A fee in an asset that is held leaves less of it to sell.
    if (isForeignFee) this.#payFeeOf(fill.feeAsset, feeMinor);

    this.#fees += settleFee;
    this.#cash.transfer("wallet", "fees", settleFee);
    this.tradedValue += fromMinor(math.toMinor(math.value(priceSteps, size)));
    book.price = fill.price;
    book.refresh();
    this.#revalue();
    return { book, closed, opened: opening > 0 };
  }

  /** Books a funding payment on what is held. Returns what was paid (above zero) or received, in the settle asset. */
  applyFunding(symbol: string, rate: number, price: number): number {
    let paid = 0n;
    for (const book of this.booksOf(symbol)) {
      if (book.quantitySteps === 0) continue;
      const amount = toMinor(Math.sign(book.quantitySteps) * book.math.notional(price, book.quantity) * rate);
      book.openFunding += amount;
      paid += amount;
    }
    this.#funding += paid;
    this.#cash.transfer("wallet", "funding", paid);
    this.#revalue();
    return fromMinor(paid);
  }

  /**
   * Books money that moved without a trade. Funding belongs to the symbol's positions, everything else is capital that came or went and
   * neither profit nor loss. Returns by how much the capital has changed, in the settle asset.
   */
  applyTransfer({ kind, asset, amount, symbol }: VenueTransfer): number {
    const minor = toMinor(amount);
    const ledger = this.ledger.of(asset);
    if (kind !== "funding") ledger.transfer("capital", "wallet", minor);
    else {
      ledger.transfer("wallet", "funding", -minor);
      const book = this.booksOf(symbol ?? "").find(({ quantitySteps }) => quantitySteps !== 0);
      if (asset === this.currency) {
        this.#funding -= minor;
        if (book !== undefined) book.openFunding -= minor;
      }
    }
    this.#revalue();
    return capitalOf({ kind, asset, amount }, this.currency);
  }

  /** Takes over the rules for orders that the exchange tells now. */
  setRules(told: Instrument): void {
    for (const math of this.maths) if (math.instrument.symbol === told.symbol) math.rules = rulesAsTold(told, math);
  }

  /** Money, positions and sums as plain data. */
  state(): PortfolioState {
    const books = this.books.map((book) => ({ symbol: book.symbol, side: book.side, ...book.state() }));
    return { ledger: this.ledger.state(), books, fees: String(this.#fees), funding: String(this.#funding), tradedValue: this.tradedValue };
  }

  /** Takes over what was kept, instead of the initial capital. Positions of symbols that the run no longer has must be flat. */
  restore(state: PortfolioState): void {
    this.ledger.restore(state.ledger);
    for (const { symbol, side, ...kept } of state.books) {
      const book = this.booksOf(symbol).find((candidate) => candidate.side === side);
      if (book !== undefined) book.restore(kept);
      else assert(kept.quantitySteps === 0, `the kept position of ${symbol} ${side} has no place in this run`);
    }
    this.openCount = this.books.filter(({ quantitySteps }) => quantitySteps !== 0).length;
    this.#fees = BigInt(state.fees);
    this.#funding = BigInt(state.funding);
    this.tradedValue = state.tradedValue;
    this.#revalue();
  }

  /** Takes over a symbol's latest prices. On the hot path. */
  mark(book: PositionBook, high: number, low: number, close: number): void {
    book.price = close;
    if (book.quantitySteps === 0) return;
    if (high > book.highest) book.highest = high;
    if (low < book.lowest) book.lowest = low;
    book.bars += 1;
    this.revalueOpen();
  }

  /** Recomputes equity from the wallet and the last prices, adding up in the order in which a quiet run does, to the same bit. */
  revalueOpen(): void {
    let equity = this.wallet;
    const { books } = this;
    for (let index = 0; index < books.length; index += 1) {
      const book = books[index] as PositionBook;
      if (book.quantitySteps === 0) continue;
      equity = equity + book.offset + (book.math.isInverse ? book.slope / book.price : book.slope * book.price);
    }
    this.equity = equity;
  }

  account(): Account {
    const balances = this.ledger.assets.map((ledger) => {
      const { asset } = ledger;
      const total = fromMinor(ledger.balance("wallet"));
      return { asset, total, free: asset === this.currency ? Math.min(total, Math.max(0, this.freeMargin)) : total };
    });
    return {
      currency: this.currency,
      balance: this.wallet,
      equity: this.equity,
      usedMargin: this.usedMargin,
      freeMargin: this.freeMargin,
      balances,
    };
  }

  #open(book: PositionBook, { fill, priceSteps, opening, fee }: { fill: Fill; priceSteps: number; opening: number; fee: bigint }): void {
    const { math } = book;
    const cost = math.value(priceSteps, opening);
    if (book.quantitySteps === 0) {
      book.openedAt = fill.time;
      book.entryTag = fill.tag;
      book.highest = fill.price;
      book.lowest = fill.price;
      book.bars = 0;
      book.realized = 0n;
      book.entries = 0;
      this.openCount += 1;
    }
    book.entries += 1;
    book.quantitySteps += opening;
    book.cost += cost;
    book.openFees += fee;
    if (math.isSpot) this.#exchangeSpot(book, opening, math.toMinor(cost));
  }

  #close(
    book: PositionBook,
    { fill, priceSteps, closing, fee }: { fill: Fill; priceSteps: number; closing: number; fee: bigint },
  ): ClosedTrade | undefined {
    const { math } = book;
    const held = Math.abs(book.quantitySteps);
    const direction = Math.sign(book.quantitySteps);
    const entryPrice = book.entryPrice;
    const cost = shareOf(book.cost, closing, held);
    const proceeds = math.value(priceSteps, closing * direction);
    const gross = math.toMinor(math.isInverse ? cost - proceeds : proceeds - cost);
    const entryFees = shareOf(book.openFees, closing, held);
    const funding = shareOf(book.openFunding, closing, held);
    const entryValue = fromMinor(math.toMinor(direction > 0 ? cost : -cost));

    book.cost -= cost;
    book.openFees -= entryFees;
    book.openFunding -= funding;
    book.quantitySteps -= closing * direction;
    book.realized += gross;
    if (math.isSpot) this.#exchangeSpot(book, -closing * direction, -math.toMinor(proceeds));
    else this.#cash.transfer("venue", "wallet", gross);

    if (book.quantitySteps === 0) {
      this.openCount -= 1;
      book.dust = 0n;
    }
    if (!this.#keepsTrades) return undefined;
    const fees = entryFees + fee;
    const net = fromMinor(gross - fees - funding);
    const rise = Math.max(0, Math.max(book.highest, fill.price) - entryPrice) / entryPrice;
    const fall = Math.max(0, entryPrice - Math.min(book.lowest, fill.price)) / entryPrice;
    const trade: ClosedTrade = {
      symbol: book.symbol,
      direction: direction > 0 ? "long" : "short",
      quantity: math.quantity.toNumber(closing),
      entryPrice,
      exitPrice: fill.price,
      entryTime: book.openedAt,
      exitTime: fill.time,
      grossPnl: fromMinor(gross),
      fees: fromMinor(fees),
      funding: fromMinor(funding),
      netPnl: net,
      returnRatio: net / entryValue,
      maxAdverseExcursion: direction > 0 ? fall : rise,
      maxFavorableExcursion: direction > 0 ? rise : fall,
      barsHeld: book.bars,
      entryTag: book.entryTag,
      exitTag: fill.tag,
      exitReason: fill.purpose === "entry" ? "reversal" : fill.purpose,
    };
    this.trades.push(trade);
    return trade;
  }

  /** Takes a fee out of what is held: as many steps as it reaches into. What it leaves of the last one pays the next. */
  #payFeeOf(asset: string, feeMinor: bigint): void {
    const book = this.books.find(({ math, quantitySteps }) => math.isSpot && math.instrument.baseAsset === asset && quantitySteps > 0);
    if (book === undefined || feeMinor <= 0n) return;
    const step = toMinor(book.math.quantity.toNumber(1));
    const owed = feeMinor - book.dust;
    const steps = owed <= 0n ? 0 : Math.min(book.quantitySteps, Number((owed + step - 1n) / step));
    const left = BigInt(steps) * step - owed;
    book.quantitySteps -= steps;
    // It is still there when the fee has reached into the only step.
    book.dust = left > 0n ? left : 0n;
    if (steps > 0 && book.quantitySteps === 0) {
      book.cost = 0n;
      this.openCount -= 1;
    }
    book.refresh();
  }

  /** Base asset against quote asset: `steps` above zero are bought for `costMinor`. */
  #exchangeSpot(book: PositionBook, steps: number, costMinor: bigint): void {
    const { baseAsset } = book.math.instrument;
    const base = toMinor(book.math.quantity.toNumber(steps));
    this.#cash.transfer("wallet", "venue", costMinor);
    this.ledger.of(baseAsset).transfer("venue", "wallet", base);
  }

  #revalue(): void {
    this.wallet = fromMinor(this.#cash.balance("wallet"));
    this.revalueOpen();
  }
}

/** By how much a transfer changes the capital of an account in `currency`; funding is a cost and not capital. */
export function capitalOf({ kind, asset, amount }: Pick<VenueTransfer, "kind" | "asset" | "amount">, currency: string): number {
  return kind !== "funding" && asset === currency ? amount : 0;
}

/** The part of an amount that belongs to `part` of `whole` steps. */
function shareOf(amount: bigint, part: number, whole: number): bigint {
  return part === whole ? amount : divideRounded(amount * BigInt(part), BigInt(whole), "halfEven");
}
