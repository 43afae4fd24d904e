import type { ExpertLog } from "../expert/expert.ts";
import type { ExpertDefinition } from "../expert/define.ts";
import type { ResolvedRunOptions } from "../expert/resolved.ts";
import { silentLogger } from "../base/logger.ts";
import { ConfigurationError } from "../base/errors.ts";
import { createRandom } from "../base/random.ts";
import type { RunRecord } from "../analytics/run-record.ts";
import type { Instrument } from "../domain/instrument.ts";
import { timeframeMs } from "../domain/timeframe.ts";
import { MemoryJournal } from "../engine/memory-journal.ts";
import { ExpertHandle } from "../engine/expert-handle.ts";
import type { Feed, StreamInfo } from "../engine/feed.ts";
import type { Journal } from "../engine/journal.ts";
import { LivePositionView } from "../engine/position-view.ts";
import { Session } from "../engine/session.ts";
import type { PositionBook } from "../engine/portfolio/position-book.ts";
import { SimulatedExchange } from "../exchanges/simulated/exchange.ts";
import { baseFees } from "../exchanges/simulated/fees.ts";

/** What a backtest needs besides its market data. */
export interface BacktestSetup {
  readonly definition: ExpertDefinition;
  readonly run: ResolvedRunOptions;
  /** In the order of `run.symbols`. */
  readonly instruments: readonly Instrument[];
  /** What the feed will give, in the order of `run.symbols`. */
  readonly streams: readonly StreamInfo[];
  /** First moment of trading; earlier bars only warm indicators up. @default the feed's first bar */
  readonly tradesFrom?: number;
  readonly log?: ExpertLog;
  /** @default a journal that keeps its hash only */
  readonly journal?: Journal;
}

/** What is known of a run beside what it measures. */
export interface RunFacts {
  readonly file?: string;
  readonly sourceHash?: string;
  readonly dataHash?: string;
  readonly dataSource?: string;
  readonly versions?: Readonly<Record<string, string>>;
  readonly timings?: Readonly<Record<string, number>>;
  readonly warnings?: readonly string[];
  readonly chart?: RunRecord["chart"];
  readonly from?: number;
  readonly to?: number;
}

/** A backtest set up and ready to run once: the expert's setup function has been called. */
export class Backtest {
  readonly #setup: BacktestSetup;
  readonly #session: Session;
  readonly #journal: Journal;

  constructor(setup: BacktestSetup) {
    const { run, instruments, definition } = setup;
    checkInstruments(instruments, run.risk.leverage);
    const fees = baseFees(run.exchange, run.market);
    const takerFeePct = run.takerFeePct ?? fees.takerPct;
    const exchange = new SimulatedExchange({
      name: run.exchange,
      instruments,
      initialCapital: run.initialCapital,
      hedge: run.positionMode === "hedge",
      leverage: run.risk.leverage,
      marginMode: run.marginMode,
      makerFeePct: run.makerFeePct ?? fees.makerPct,
      takerFeePct,
      slippagePct: run.risk.slippagePct,
      spreadPct: run.spreadPct,
      intrabar: run.intrabar,
    });
    this.#setup = setup;
    this.#journal = setup.journal ?? new MemoryJournal();
    let count = 0;
    this.#session = new Session({
      exchange,
      observer: exchange,
      journal: this.#journal,
      run,
      initialCapital: run.initialCapital,
      streams: setup.streams,
      random: createRandom(run.seed),
      log: setup.log ?? silentLogger,
      costRate: takerFeePct / 100 + run.risk.slippagePct / 100 + run.spreadPct / 200,
      nextId: () => `${run.strategyId}-${(count += 1)}`,
      ...(setup.tradesFrom === undefined ? {} : { tradesFrom: setup.tradesFrom }),
    });
    definition.setup(new ExpertHandle(definition.options.name, this.#session.core), run.params);
  }

  /** Length of the history that indicators and `warmupBars` ask for before the first moment of trading, milliseconds. */
  get warmupMs(): number {
    const { run } = this.#setup;
    if (run.warmupBars !== undefined) return run.warmupBars * timeframeMs(run.timeframe);
    let longest = 0;
    for (const { base, coarser } of this.#session.core.streams) {
      for (const series of [base, ...coarser]) longest = Math.max(longest, series.warmup * series.lengthMs);
    }
    return longest;
  }

  /** Where the clock stands, for progress: milliseconds since the epoch. */
  get now(): number {
    return this.#session.core.now;
  }

  /** Sets the first moment of trading, before the run. */
  tradeFrom(time: number): void {
    this.#session.core.tradesFrom = time;
  }

  /** Ends the run after the current event. */
  stop(): void {
    this.#session.core.requestStop("requested");
  }

  /** Runs the feed to its end. */
  async run(feed: Feed, facts: RunFacts = {}): Promise<RunRecord> {
    const reason = await this.#session.run(feed);
    const record = this.#record(facts);
    if (reason === "endOfData") return record;
    const at = new Date(this.now).toISOString();
    const why = reason === "drawdownLimit" ? "maxDrawdownPct was reached" : "the expert or the user asked for it";
    return { ...record, warnings: [...record.warnings, `the run stopped at ${at}: ${why}`] };
  }

  /** The fitness that `onBacktest` handlers gave, the last one's; undefined without one. */
  fitness(record: RunRecord): number | undefined {
    let fitness: number | undefined;
    for (const handler of this.#session.core.handlers.backtest) {
      const { startEquity, endEquity, maxDrawdown } = record.equity;
      fitness = handler({ startEquity, endEquity, maxDrawdownRatio: maxDrawdown?.ratio ?? 0, trades: record.trades });
    }
    return fitness;
  }

  #record(facts: RunFacts): RunRecord {
    const { run, definition, streams } = this.#setup;
    const { core, equity } = this.#session;
    const { portfolio } = core;
    const first = streams[0] as StreamInfo;
    return {
      expert: {
        name: definition.options.name,
        ...(facts.file === undefined ? {} : { file: facts.file }),
        sourceHash: facts.sourceHash ?? "",
        params: run.params,
      },
      exchange: run.exchange,
      market: run.market,
      symbols: run.symbols,
      timeframe: first.timeframe,
      from: facts.from ?? run.from ?? equity.firstTime,
      to: facts.to ?? run.to ?? equity.lastTime + timeframeMs(first.timeframe),
      currency: portfolio.currency,
      initialCapital: run.initialCapital,
      seed: run.seed,
      settings: settingsOf(run),
      equity,
      trades: portfolio.trades.toArray(),
      openPositions: portfolio.books
        .filter((book) => book.quantitySteps !== 0)
        .map((book: PositionBook) => new LivePositionView(book).snapshot()),
      orders: core.orders.counts(),
      fees: portfolio.fees,
      funding: portfolio.funding,
      tradedValue: portfolio.tradedValue,
      journalHash: this.#journal.hash,
      dataHash: facts.dataHash ?? "",
      dataSource: facts.dataSource ?? "memory",
      versions: facts.versions ?? {},
      timings: facts.timings ?? {},
      warnings: facts.warnings ?? [],
      ...(facts.chart === undefined ? {} : { chart: facts.chart }),
      plots: [...core.plots].map(([name, { time, value }]) => ({ name, time: Float64Array.from(time), value: Float64Array.from(value) })),
    };
  }
}

/** What an exchange allows where an instrument does not say. */
const LEVERAGE_MAX = 125;

function checkInstruments(instruments: readonly Instrument[], leverage: number): void {
  const settles = new Set(instruments.map(({ settleAsset }) => settleAsset));
  if (settles.size > 1) {
    throw new ConfigurationError(`the symbols settle in ${[...settles].join(" and ")}; choose symbols that settle in one asset`);
  }
  for (const instrument of instruments) {
    if (instrument.kind !== "perpetual" && instrument.kind !== "future") continue;
    const { symbol, leverageMax = LEVERAGE_MAX } = instrument;
    if (leverage > leverageMax)
      throw new ConfigurationError(`risk.leverage: ${symbol} allows at most ${leverageMax}; write that or less instead of ${leverage}`);
  }
}

/** Every setting that changes the outcome, flat, for the report. */
function settingsOf(run: ResolvedRunOptions): Record<string, string | number | boolean> {
  const settings: Record<string, string | number | boolean> = {};
  const {
    market,
    positionMode,
    marginMode,
    initialCapital,
    makerFeePct,
    takerFeePct,
    spreadPct,
    intrabar,
    seed,
    timeframe,
    risk,
    filters,
  } = run;
  const flat = {
    market,
    positionMode,
    marginMode,
    initialCapital,
    makerFeePct,
    takerFeePct,
    spreadPct,
    intrabar,
    seed,
    timeframe,
    ...risk,
  };
  for (const [name, value] of Object.entries(flat)) {
    if (value === undefined || value === Infinity) continue;
    settings[name] = typeof value === "object" ? JSON.stringify(value) : value;
  }
  if (filters.minVolume > 0) settings["minVolume"] = filters.minVolume;
  if (filters.allowedDays.length < 7) settings["allowedDays"] = filters.allowedDays.join(" ");
  return settings;
}
