import { silentLogger } from "../../src/base/logger.ts";
import { createRandom } from "../../src/base/random.ts";
import type { BarColumns } from "../../src/domain/bar.ts";
import type { Fill } from "../../src/domain/fill.ts";
import type { Funding } from "../../src/domain/funding.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import { ExpertHandle } from "../../src/engine/expert-handle.ts";
import type { Journal } from "../../src/engine/journal.ts";
import { MergedFeed } from "../../src/engine/merged-feed.ts";
import { Session } from "../../src/engine/session.ts";
import type { Portfolio } from "../../src/engine/portfolio/portfolio.ts";
import { SimulatedExchange } from "../../src/exchanges/simulated/exchange.ts";
import { defineExpert } from "../../src/expert/define.ts";
import type { Expert } from "../../src/expert/expert.ts";
import { resolveRunOptions } from "../../src/expert/resolve.ts";

export interface OpenBooksOptions {
  readonly instruments: readonly Instrument[];
  readonly markets: readonly BarColumns[];
  readonly initialCapital: number;
  readonly leverage: number;
  readonly hedge?: boolean;
  readonly makerFeePct: number;
  readonly takerFeePct: number;
  readonly funding?: readonly Funding[];
}

/** Everything that moved money, in the order in which it did. */
export type Movement = { readonly fill: Fill } | { readonly funding: { readonly symbol: string; readonly paid: number } };

export interface OpenBooks {
  /** The engine's books and the venue's own. */
  readonly engine: Portfolio;
  readonly venue: Portfolio;
  readonly movements: readonly Movement[];
}

/** Runs an expert with the books of the engine and of the simulated exchange in reach. `look` is called after each of its handlers. */
export async function runWithBooks(
  options: OpenBooksOptions,
  setup: (expert: Expert) => void,
  look: (books: OpenBooks) => void,
): Promise<OpenBooks> {
  const { instruments, markets, initialCapital, leverage, hedge = false, makerFeePct, takerFeePct, funding = [] } = options;
  const isSpot = instruments[0]?.kind === "spot";
  const symbols = instruments.map(({ symbol }) => symbol);
  const definition = defineExpert({ name: "Books", symbols, timeframe: "5m" }, setup);
  const run = resolveRunOptions(definition.options, {
    ...(isSpot ? {} : { marketType: "futures", positionMode: hedge ? "hedge" : "oneWay" }),
    initialCapital,
    risk: { leverage: isSpot ? 1 : leverage },
  });
  const exchange = new SimulatedExchange({ name: "binance", instruments, initialCapital, hedge, leverage, makerFeePct, takerFeePct });
  const movements: Movement[] = [];
  let count = 0;
  const session = new Session({
    exchange,
    observer: exchange,
    journal: journalOf(movements),
    run,
    initialCapital,
    streams: symbols.map((symbol) => ({ symbol, timeframe: "5m" })),
    random: createRandom(1),
    log: silentLogger,
    costRate: takerFeePct / 100,
    nextId: () => `order-${(count += 1)}`,
  });
  const books: OpenBooks = { engine: session.core.portfolio, venue: exchange.account, movements };
  const expert = new ExpertHandle("Books", session.core);
  definition.setup(expert, {});
  expert.onBar("5m", () => look(books));
  expert.onPosition(() => look(books));
  expert.onFunding(() => look(books));
  const sources = symbols.map((symbol, index) => ({
    symbol,
    timeframe: "5m" as const,
    chunks: [markets[index] as BarColumns],
    funding: index === 0 ? funding : [],
  }));
  await session.run(new MergedFeed(sources));
  return books;
}

function journalOf(movements: Movement[]): Journal {
  return {
    length: 0,
    hash: "",
    keepsEvents: false,
    event: () => undefined,
    state: () => undefined,
    settled: () => undefined,
    order: () => undefined,
    transfer: () => undefined,
    fill: (fill) => void movements.push({ fill }),
    note: (record, _time, symbol, paid) => void (record === "funding" && movements.push({ funding: { symbol, paid } })),
  };
}
