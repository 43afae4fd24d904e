import type { Instrument } from "../../domain/instrument.ts";
import type { InstrumentAddress } from "../archive.ts";
import { decimalsNeeded } from "../decimals.ts";
import { type Pair, splitSymbol } from "./names.ts";
import type { Part } from "./outcome.ts";

interface Seen {
  readonly address: InstrumentAddress;
  readonly pair: Pair;
  priceDecimals: number;
  quantityDecimals: number;
}

/** Learns from prices and volumes how fine an instrument's steps must be. */
export class InstrumentGuesses {
  readonly #seen = new Map<string, Seen>();

  /** Mark and index prices are computed and say nothing about steps. */
  learn(part: Part): void {
    if (part.kind === "instruments" || part.kind === "points") return;
    if (part.kind === "bars" && (part.key.priceType === "mark" || part.key.priceType === "index")) return;
    const { exchange, market, symbol } = part.key;
    const name = `${exchange}/${market}/${symbol}`;
    const pair = part.pair ?? splitSymbol(symbol) ?? { base: symbol, quote: "USD" };
    const seen = this.#seen.get(name) ?? { address: { exchange, market, symbol }, pair, priceDecimals: 0, quantityDecimals: 0 };
    const columns = part.columns;
    const prices = "price" in columns ? [columns.price] : [columns.open, columns.high, columns.low, columns.close];
    for (const values of prices) seen.priceDecimals = decimalsNeeded(values, seen.priceDecimals);
    seen.quantityDecimals = decimalsNeeded("quantity" in columns ? columns.quantity : columns.volume, seen.quantityDecimals);
    this.#seen.set(name, seen);
  }

  /** What is believed of each instrument seen. Options are left out: strike and expiry stand in no price. */
  instruments(): readonly Instrument[] {
    return [...this.#seen.values()].flatMap((seen) => (seen.address.market === "option" ? [] : [toInstrument(seen)]));
  }
}

function toInstrument({ address, pair, priceDecimals, quantityDecimals }: Seen): Instrument {
  const { exchange, market, symbol } = address;
  const common = {
    exchange,
    symbol,
    baseAsset: pair.base,
    quoteAsset: pair.quote,
    priceStep: stepOf(priceDecimals),
    quantityStep: stepOf(quantityDecimals),
  };
  if (market === "inverse") {
    return {
      ...common,
      kind: "perpetual",
      contractType: "inverse",
      contractSize: inverseContractSize(exchange, pair),
      settleAsset: pair.base,
    };
  }
  if (market === "linear") return { ...common, kind: "perpetual", contractType: "linear", contractSize: "1", settleAsset: pair.quote };
  return { ...common, kind: "spot", settleAsset: pair.quote };
}

/** Binance and OKX count contracts of 100 USD on BTC and of 10 USD on everything else; the others count dollars. */
function inverseContractSize(exchange: string, { base }: Pair): string {
  if (exchange !== "binance" && exchange !== "okx") return "1";
  return base === "BTC" ? "100" : "10";
}

function stepOf(decimals: number): string {
  return decimals === 0 ? "1" : `0.${"1".padStart(decimals, "0")}`;
}
