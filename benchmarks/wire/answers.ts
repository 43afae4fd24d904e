import { ConfigurationError } from "../../src/base/errors.ts";
import type { HttpRequest, HttpResponse, HttpTransport } from "../../src/exchanges/transport/http.ts";
import type { Tape } from "./frames.ts";

/** What Binance would answer to the questions that come before a tape's frames, from memory. */
export class TapeAnswers implements HttpTransport {
  readonly #tape: Tape;

  constructor(tape: Tape) {
    this.#tape = tape;
  }

  send({ url }: HttpRequest): Promise<HttpResponse> {
    const path = new URL(url).pathname.replace(/^.*\/api\/v3\//, "");
    return Promise.resolve({ status: 200, headers: {}, body: this.#body(path) });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }

  #body(path: string): string {
    const { symbol, snapshot, lastTradeId, priceStep, quantityStep } = this.#tape;
    const [bid, ask] = bestOf(snapshot);
    switch (path) {
      case "depth":
        return snapshot;
      case "time":
        return JSON.stringify({ serverTime: serverTime() });
      case "aggTrades":
        return JSON.stringify([{ a: lastTradeId, p: bid, q: "1", f: 1, l: 1, T: 1, m: true, M: true }]);
      case "ticker/bookTicker":
        return JSON.stringify({ symbol, bidPrice: bid, bidQty: "1", askPrice: ask, askQty: "1" });
      case "klines":
        return "[]";
      case "exchangeInfo": {
        const filters = [
          { filterType: "PRICE_FILTER", tickSize: priceStep },
          { filterType: "LOT_SIZE", stepSize: quantityStep, minQty: quantityStep, maxQty: "9000" },
        ];
        const quoteAsset = "USDT";
        const baseAsset = symbol.slice(0, -quoteAsset.length);
        return JSON.stringify({
          serverTime: serverTime(),
          rateLimits: [],
          symbols: [{ symbol, status: "TRADING", baseAsset, quoteAsset, filters }],
        });
      }
      default:
        throw new ConfigurationError(`the tape has no answer to ${path}`);
    }
  }
}

function serverTime(): number {
  return Math.floor(performance.timeOrigin + performance.now());
}

/** Best bid and ask of a snapshot as text. */
export function bestOf(snapshot: string): readonly [bid: string, ask: string] {
  const best = (side: string): string => new RegExp(`"${side}":\\[\\["([^"]+)"`).exec(snapshot)?.[1] ?? "1";
  return [best("bids"), best("asks")];
}
