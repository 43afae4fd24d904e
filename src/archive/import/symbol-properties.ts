import { tryParseDecimal } from "../../base/decimal.ts";
import { DataError } from "../../base/errors.ts";
import type { Instrument } from "../../domain/instrument.ts";
import { splitLine } from "./csv/dialect.ts";
import { exchangeNamed } from "./names.ts";

/** Exchanges whose smallest order is given as a value in the quote asset; elsewhere it is a quantity. */
const ORDER_SIZE_IN_QUOTE = new Set(["binance", "binanceus"]);

/**
 * LEAN's symbol-properties-database.csv: `market,symbol,type,description,quote_currency,contract_multiplier,
 * minimum_price_variation,lot_size,market_ticker,minimum_order_size,…`. Instruments of the crypto exchanges.
 */
export function readSymbolProperties(bytes: Buffer, title: string): readonly Instrument[] {
  const lines = bytes.toString("utf8").split("\n");
  const header = splitLine((lines[0] ?? "").trim(), ",");
  const place = (name: string): number => header.indexOf(name);
  const instruments: Instrument[] = [];
  lines.forEach((line, index) => {
    if (index === 0 || line.trim() === "" || line.startsWith("#")) return;
    const fields = splitLine(line.trim(), ",");
    const field = (name: string): string => fields[place(name)] ?? "";
    const exchange = exchangeNamed(field("market"));
    const type = field("type");
    if (exchange === undefined || (type !== "crypto" && type !== "cryptofuture") || field("symbol") === "[*]") return;
    for (const name of ["minimum_price_variation", "lot_size"]) {
      if ((tryParseDecimal(field(name))?.units ?? 0n) > 0n) continue;
      throw new DataError(`${title}, line ${index + 1}: column ${name} is not a number above zero: "${field(name)}"`);
    }
    instruments.push(toInstrument(field, exchange));
  });
  return instruments;
}

function toInstrument(field: (name: string) => string, exchange: string): Instrument {
  const symbol = field("symbol").toUpperCase();
  const quote = field("quote_currency").toUpperCase();
  const base = symbol.endsWith(quote) ? symbol.slice(0, -quote.length) : symbol;
  const minimum = field("minimum_order_size");
  const minimumField = ORDER_SIZE_IN_QUOTE.has(exchange) ? "notionalMin" : "quantityMin";
  const common = {
    exchange,
    symbol,
    baseAsset: base,
    quoteAsset: quote,
    priceStep: field("minimum_price_variation"),
    quantityStep: field("lot_size"),
    ...((tryParseDecimal(minimum)?.units ?? 0n) > 0n ? { [minimumField]: minimum } : {}),
  };
  if (field("type") === "crypto") return { ...common, kind: "spot", settleAsset: quote };
  const contractType = quote === "USD" ? "inverse" : "linear";
  const contractSize = field("contract_multiplier") || "1";
  return { ...common, kind: "perpetual", contractType, contractSize, settleAsset: contractType === "inverse" ? base : quote };
}
