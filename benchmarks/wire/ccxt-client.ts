import ccxt, { type binance } from "ccxt";
import { Tally } from "./tally.ts";
import type { Tape } from "./frames.ts";

/** What the benchmark touches of ccxt's connection; its own declarations leave these open. */
export interface CcxtConnection {
  onMessage(event: { readonly data: string }): void;
  resolve(result: unknown, hash: string): unknown;
}

export interface CcxtBook {
  readonly nonce: number;
  readonly bids: readonly (readonly number[])[];
  readonly asks: readonly (readonly number[])[];
  limit(): unknown;
}

export interface CcxtTrade {
  readonly id: string;
  readonly price: number;
  readonly amount: number;
}

export interface CcxtQuote {
  readonly bid: number;
  readonly ask: number;
  readonly info: { readonly u: number };
}

/** ccxt as its user would make it, without compression; books come from the tape's snapshot, markets are known without asking. */
export async function createCcxt(tape: Tape, host: string): Promise<binance> {
  const exchange = new ccxt.pro.binance({
    enableRateLimit: false,
    newUpdates: true,
    // One connection carries all streams, as ours does.
    options: { defaultType: "spot", streamLimits: { spot: 1 }, ws: { options: { perMessageDeflate: false } } },
  });
  const api = exchange.urls["api"] as { readonly ws: Record<string, string> };
  // The word "stream" is how it tells spot from futures.
  api.ws["spot"] = `ws://${host}/stream`;
  await exchange.loadHttpProxyAgent();
  const id = tape.symbol;
  const base = id.slice(0, -4);
  const market = exchange.safeMarketStructure({
    id,
    lowercaseId: id.toLowerCase(),
    symbol: symbolOf(tape),
    base,
    quote: "USDT",
    baseId: base,
    quoteId: "USDT",
    type: "spot",
    spot: true,
    active: true,
    precision: { price: Number(tape.priceStep), amount: Number(tape.quantityStep) },
    info: { orderTypes: [] },
  });
  exchange.setMarkets([market]);
  exchange.fetchOrderBook = (symbol) => {
    const answer = JSON.parse(tape.snapshot) as { readonly lastUpdateId: number };
    return Promise.resolve({ ...exchange.parseOrderBook(answer, symbol), nonce: answer.lastUpdateId });
  };
  return exchange;
}

export function symbolOf({ symbol }: Tape): string {
  return `${symbol.slice(0, -4)}/USDT`;
}

/** A connection of ccxt that is fed by hand and hands what it would resolve to a tally. */
export async function openCcxt(tape: Tape): Promise<{ readonly client: CcxtConnection; readonly tally: Tally }> {
  const exchange = await createCcxt(tape, "127.0.0.1");
  const symbol = symbolOf(tape);
  const tally = new Tally();
  const client = exchange.client("ws://127.0.0.1/stream/0") as unknown as CcxtConnection;
  client.resolve = (result, hash) => {
    if (hash.startsWith("orderbook")) {
      const { bids, asks } = result as CcxtBook;
      // As its `watchOrderBook` does before it hands a book out.
      (result as CcxtBook).limit();
      tally.pair(bids[0]?.[0] ?? NaN, asks[0]?.[0] ?? NaN);
    } else if (hash.startsWith("trade")) {
      const { price, amount } = (result as readonly CcxtTrade[]).at(-1) as CcxtTrade;
      tally.trade({ price, quantity: amount });
    } else if (hash.startsWith("bidask:")) {
      const { bid, ask } = result as CcxtQuote;
      tally.pair(bid, ask);
    }
    return result;
  };
  const book = exchange.orderBook(await exchange.fetchOrderBook(symbol), 1_000);
  (exchange.orderbooks as Record<string, unknown>)[symbol] = book;
  return { client, tally };
}
