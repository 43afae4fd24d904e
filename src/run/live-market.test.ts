import { describe, expect, it } from "vitest";
import { silentLogger } from "../base/logger.ts";
import { VirtualScheduler } from "../base/scheduler.ts";
import { bars } from "../testing/bars.ts";
import { columnsOf, type Bar, type BarColumns } from "../domain/bar.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { SessionEvent } from "../engine/feed.ts";
import { Inbox } from "../engine/inbox.ts";
import type { MarketListener, MarketSource, MarketSubscription } from "../engine/market-source.ts";
import { resolveExpertOptions, resolveRunOptions } from "../expert/resolve.ts";
import { LiveMarket } from "./live-market.ts";
import { RunMonitor } from "./run-monitor.ts";
import { Trust } from "./trust.ts";

const START = Date.UTC(2026, 0, 5, 12);
const MINUTE = 60_000;

/** A market whose history is given and whose stream a test tells. */
class ToldMarket implements MarketSource {
  readonly name = "told";
  readonly #history: Readonly<Record<string, BarColumns>>;
  subscriptions: readonly MarketSubscription[] = [];

  constructor(history: Readonly<Record<string, BarColumns>> = {}) {
    this.#history = history;
  }

  async instruments(): Promise<readonly Instrument[]> {
    return [];
  }

  async history(symbol: string, _timeframe: string, { from, to }: { readonly from: number; readonly to: number }): Promise<BarColumns> {
    const columns = this.#history[symbol] ?? columnsOf([]);
    const rows = Array.from({ length: columns.length }, (_, row) => barAt(columns, row));
    return columnsOf(rows.filter(({ openTime }) => openTime >= from && openTime < to));
  }

  subscribe(subscriptions: readonly MarketSubscription[], _listener: MarketListener): void {
    this.subscriptions = subscriptions;
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

function barAt({ openTime, open, high, low, close, volume }: BarColumns, row: number): Bar {
  const at = (column: Float64Array): number => column[row] as number;
  return { openTime: at(openTime), open: at(open), high: at(high), low: at(low), close: at(close), volume: at(volume) };
}

function open(symbols: readonly string[], source = new ToldMarket()) {
  const scheduler = new VirtualScheduler(START);
  const inbox = new Inbox(
    symbols.map((symbol) => ({ symbol, timeframe: "1m" as const })),
    scheduler,
  );
  const trusted: string[] = [];
  const market = new LiveMarket({
    source,
    inbox,
    scheduler,
    symbols,
    timeframe: "1m",
    wants: { book: false, quote: false, funding: true },
    onTrust: (symbol, reason) => void trusted.push(`${symbol} ${reason ?? "trusted"}`),
  });
  return { scheduler, inbox, market, trusted, source };
}

const bar = (minute: number, close = 100): Bar => ({
  openTime: START + minute * MINUTE,
  open: close,
  high: close,
  low: close,
  close,
  volume: 1,
});

/** "0: 5", and "0: 5 …" where more of the moment follows: stream and minute of each bar that waits. */
function waiting(inbox: Inbox): string[] {
  const texts: string[] = [];
  while (!inbox.isEmpty) {
    const event = inbox.next() as SessionEvent;
    if (event.kind !== "bars") texts.push(event.kind);
    else
      texts.push(`${event.stream}: ${((event.columns.openTime[event.from] as number) - START) / MINUTE}${event.more === true ? " …" : ""}`);
  }
  return texts;
}

describe("history before a run", () => {
  it("comes moment by moment, the symbols of one moment together, whatever one of them lacks", async () => {
    const from = START - 3 * MINUTE;
    const history = {
      BTCUSDT: bars("1m", [1, 2, 3], { from }),
      ETHUSDT: columnsOf([barAt(bars("1m", [1, 2, 3], { from }), 0), barAt(bars("1m", [1, 2, 3], { from }), 2)]),
    };
    const { market, inbox } = open(["BTCUSDT", "ETHUSDT"], new ToldMarket(history));
    expect(await market.warmUp(3 * MINUTE)).toBe(START);
    expect(waiting(inbox)).toEqual(["0: -3 …", "1: -3", "0: -2", "0: -1 …", "1: -1"]);
  });

  it("is not told again by the stream", async () => {
    const { market, inbox } = open(["BTCUSDT"], new ToldMarket({ BTCUSDT: bars("1m", [1, 2], { from: START - 2 * MINUTE }) }));
    await market.warmUp(2 * MINUTE);
    market.onBar("BTCUSDT", "1m", bar(-1));
    market.onBar("BTCUSDT", "1m", bar(0));
    expect(waiting(inbox)).toEqual(["0: -2", "0: -1", "0: 0"]);
  });
});

describe("a market as it happens", () => {
  it("F68: hands each bar of a single symbol out at once, and once", () => {
    const { market, inbox } = open(["BTCUSDT"]);
    for (const minute of [0, 0, 1, 0, 2]) market.onBar("BTCUSDT", "1m", bar(minute));
    expect(waiting(inbox)).toEqual(["0: 0", "0: 1", "0: 2"]);
  });

  it("keeps a moment's bars until all symbols have theirs", () => {
    const { market, inbox } = open(["BTCUSDT", "ETHUSDT"]);
    market.onBar("ETHUSDT", "1m", bar(0));
    expect(waiting(inbox)).toEqual([]);
    market.onBar("BTCUSDT", "1m", bar(0));
    expect(waiting(inbox)).toEqual(["0: 0 …", "1: 0"]);
  });

  it("F68: hands out what is there after two seconds, and the late one by itself", () => {
    const { market, inbox, scheduler } = open(["BTCUSDT", "ETHUSDT"]);
    market.onBar("BTCUSDT", "1m", bar(0));
    scheduler.step();
    expect([scheduler.now() - START, waiting(inbox)]).toEqual([2_000, ["0: 0"]]);
    market.onBar("ETHUSDT", "1m", bar(0));
    scheduler.step();
    expect(waiting(inbox)).toEqual(["1: 0"]);
  });

  it("lets an earlier moment go first when the later one is complete", () => {
    const { market, inbox } = open(["BTCUSDT", "ETHUSDT"]);
    market.onBar("BTCUSDT", "1m", bar(0));
    market.onBar("BTCUSDT", "1m", bar(1));
    market.onBar("ETHUSDT", "1m", bar(1));
    expect(waiting(inbox)).toEqual(["0: 0", "0: 1 …", "1: 1"]);
  });

  it("copies books, which the source uses again, and leaves quotes out that nobody wants", () => {
    const { market, inbox } = open(["BTCUSDT"]);
    const book = { symbol: "BTCUSDT", time: START, bids: [{ price: 1, quantity: 1 }], asks: [] };
    market.onBook("BTCUSDT", book);
    market.onQuote("BTCUSDT", { time: START, bidPrice: 1, bidQuantity: 1, askPrice: 2, askQuantity: 1 });
    (book.bids[0] as { price: number }).price = 9;
    const event = inbox.next() as Extract<SessionEvent, { kind: "book" }>;
    expect([event.book.bids[0]?.price, inbox.isEmpty]).toEqual([1, true]);
  });

  it("asks for trades of each symbol, and ignores a symbol that is none of the run's", () => {
    const { market, inbox, source } = open(["BTCUSDT", "ETHUSDT"]);
    market.follow();
    expect(source.subscriptions.map(({ symbol, trades, book, funding }) => [symbol, trades, book, funding])).toEqual([
      ["BTCUSDT", true, false, true],
      ["ETHUSDT", true, false, true],
    ]);
    market.onBar("XRPUSDT", "1m", bar(0));
    expect(inbox.isEmpty).toBe(true);
  });

  it("passes on when a symbol can be trusted and when not", () => {
    const { market, trusted } = open(["BTCUSDT"]);
    market.onUp("BTCUSDT");
    market.onDown("BTCUSDT", "no data for 5 s");
    expect(trusted).toEqual(["BTCUSDT trusted", "BTCUSDT no data for 5 s"]);
  });
});

describe("trust", () => {
  function doubt(symbols: readonly string[], hasAccount: boolean) {
    const { inbox, scheduler } = open(symbols);
    const run = resolveRunOptions(resolveExpertOptions({ name: "a", symbols, timeframe: "1m" }), { mode: "paper" });
    const monitor = new RunMonitor({ expertName: "a", run, isPaper: true, isSandbox: false, clock: scheduler, log: silentLogger });
    const trust = new Trust({ exchange: "binance", symbols, hasAccount, inbox, scheduler, monitor });
    trust.begin();
    const told = (): string[] => {
      const texts: string[] = [];
      while (!inbox.isEmpty) {
        const event = inbox.next() as Extract<SessionEvent, { kind: "connection" }>;
        texts.push(`${event.isStale ? "stale" : "current"} ${event.state.reason ?? ""}`.trim());
      }
      return texts;
    };
    return { trust, told, monitor };
  }

  it("begins with none, and is there when every symbol and the account are seen", () => {
    const { trust, told } = doubt(["BTCUSDT", "ETHUSDT"], true);
    expect(told()).toEqual(["stale waiting for market data"]);
    trust.onSymbol("BTCUSDT", undefined);
    trust.onAccount(undefined);
    expect(told()).toEqual([]);
    trust.onSymbol("ETHUSDT", undefined);
    expect(told()).toEqual(["current"]);
  });

  it("goes with the first that cannot be seen and comes back with the last, told once each", () => {
    const { trust, told, monitor } = doubt(["BTCUSDT"], true);
    trust.onSymbol("BTCUSDT", undefined);
    trust.onAccount(undefined);
    told();
    trust.onAccount("the connection was closed");
    trust.onSymbol("BTCUSDT", "no data for 5 s");
    trust.onAccount(undefined);
    expect(told()).toEqual(["stale account: the connection was closed"]);
    trust.onSymbol("BTCUSDT", undefined);
    expect(told()).toEqual(["current"]);
    expect(monitor.connection).toMatchObject({ status: "connected", isStale: false, reconnects: 1 });
  });
});
