import { createRandom } from "../../src/base/random.ts";
import { systemScheduler } from "../../src/base/scheduler.ts";
import { Grid } from "../../src/base/grid.ts";
import { BookLadder } from "../../src/engine/book-ladder.ts";
import { endpointsOf } from "../../src/exchanges/binance/endpoints.ts";
import { createBinanceMarket, type BinanceMarketSource } from "../../src/exchanges/binance/market/market-source.ts";
import type { SocketHandlers, SocketTransport } from "../../src/exchanges/transport/socket.ts";
import { TapeAnswers } from "./answers.ts";
import { openCcxt } from "./ccxt-client.ts";
import type { Tape } from "./frames.ts";
import { Tally } from "./tally.ts";

/** A way from a frame's bytes to the handler, inside one process. */
export interface Path extends AsyncDisposable {
  readonly tally: Tally;
  /** One frame; a promise where the handler is called later. */
  feed(bytes: Buffer): void | Promise<void>;
}

export const PATHS: Readonly<Record<string, (tape: Tape) => Promise<Path>>> = {
  ours: openOurs,
  json: openJson,
  ccxt: openCcxtPath,
};

/** Sockets that are open at once and say what the tape says. */
export class TapeSockets implements SocketTransport {
  #handlers: SocketHandlers | undefined;

  open(_url: string, handlers: SocketHandlers): ReturnType<SocketTransport["open"]> {
    this.#handlers = handlers;
    queueMicrotask(() => handlers.onOpen());
    return { send: () => {}, close: () => {}, terminate: () => {}, bufferedBytes: 0 };
  }

  say(bytes: Uint8Array): void {
    this.#handlers?.onMessage(bytes);
  }
}

/** The source of market data as a run opens it, on a network that is the tape. */
export function openSource(tape: Tape, sockets: SocketTransport, baseUrl?: string): BinanceMarketSource {
  return createBinanceMarket({
    market: "spot",
    endpoints: endpointsOf({ market: "spot", ...(baseUrl === undefined ? {} : { baseUrl }) }),
    http: new TapeAnswers(tape),
    sockets,
    scheduler: systemScheduler,
    random: createRandom(1),
  });
}

/** Subscribes a tally; resolves once the book is proven and trades are joined. What was shown before is not counted. */
export async function follow(source: BinanceMarketSource, { symbol }: Tape, onHandled: () => void = () => {}): Promise<Tally> {
  const tally = new Tally();
  let hasBook = false;
  await new Promise<void>((resolve) => {
    source.subscribe([{ symbol, timeframe: "1h", trades: true, book: true, funding: false }], {
      onBar: () => {},
      onTrade: (_symbol, trade) => {
        tally.trade(trade);
        onHandled();
      },
      onQuote: (_symbol, quote) => {
        tally.quote(quote);
        onHandled();
      },
      onBook: (_symbol, book) => {
        tally.book(book);
        onHandled();
        if (hasBook) return;
        hasBook = true;
        setImmediate(resolve);
      },
      onFunding: () => {},
      onUp: () => {},
      onDown: () => {},
    });
  });
  tally.digest = 0;
  tally.handled = 0;
  return tally;
}

async function openOurs(tape: Tape): Promise<Path> {
  const sockets = new TapeSockets();
  const source = openSource(tape, sockets);
  const tally = await follow(source, tape);
  return { tally, feed: (bytes) => sockets.say(bytes), [Symbol.asyncDispose]: () => source[Symbol.asyncDispose]() };
}

interface WireMessage {
  readonly stream: string;
  readonly data: {
    readonly U: number;
    readonly u: number;
    readonly b: readonly (readonly [string, string])[];
    readonly a: readonly (readonly [string, string])[];
    readonly p: string;
    readonly q: string;
  };
}

/** What one would write first: text, `JSON.parse`, numbers, and the same book. */
function openJson(tape: Tape): Promise<Path> {
  const tally = new Tally();
  const priceGrid = new Grid(tape.priceStep);
  const quantityGrid = new Grid(tape.quantityStep);
  const ladder = new BookLadder({ symbol: tape.symbol, priceGrid, quantityGrid });
  const priceSteps = Math.round(1 / Number(tape.priceStep));
  const quantitySteps = Math.round(1 / Number(tape.quantityStep));
  const apply = (bids: WireMessage["data"]["b"], asks: WireMessage["data"]["a"]): void => {
    for (const [price, quantity] of bids)
      ladder.setBid(Math.round(Number(price) * priceSteps), Math.round(Number(quantity) * quantitySteps));
    for (const [price, quantity] of asks)
      ladder.setAsk(Math.round(Number(price) * priceSteps), Math.round(Number(quantity) * quantitySteps));
  };
  const snapshot = JSON.parse(tape.snapshot) as {
    readonly lastUpdateId: number;
    readonly bids: WireMessage["data"]["b"];
    readonly asks: WireMessage["data"]["a"];
  };
  apply(snapshot.bids, snapshot.asks);
  let last = snapshot.lastUpdateId;
  const feed = (bytes: Buffer): void => {
    const { stream, data } = JSON.parse(bytes.toString()) as WireMessage;
    if (stream.endsWith("@aggTrade")) tally.trade({ price: Number(data.p), quantity: Number(data.q) });
    else if (stream.endsWith("@bookTicker")) tally.quote({ bidPrice: Number(data.b), askPrice: Number(data.a) });
    else if (data.u > last) {
      if (data.U > last + 1) throw new Error("updates are missing");
      last = data.u;
      apply(data.b, data.a);
      tally.book(ladder.view);
    }
  };
  return Promise.resolve({ tally, feed, [Symbol.asyncDispose]: () => Promise.resolve() });
}

/** ccxt's own handling of a message; the handler is called where its promise would be resolved, which spares it that way. */
async function openCcxtPath(tape: Tape): Promise<Path> {
  const { client, tally } = await openCcxt(tape);
  // As its own delivery does with text.
  return { tally, feed: (bytes) => client.onMessage({ data: bytes.toString() }), [Symbol.asyncDispose]: () => Promise.resolve() };
}
