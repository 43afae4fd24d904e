import { createRandom } from "../base/random.ts";
import { ExpertError, MetaExpertError } from "../base/errors.ts";
import type { Exchange, MarketObserver } from "../engine/exchange.ts";
import { ExpertHandle } from "../engine/expert-handle.ts";
import type { Journal } from "../engine/journal.ts";
import type { PortfolioState } from "../engine/portfolio/portfolio.ts";
import { Session } from "../engine/session.ts";
import { SimulatedExchange } from "../exchanges/simulated/exchange.ts";
import type { ExpertDefinition } from "../expert/define.ts";
import type { ExpertLog } from "../expert/expert.ts";
import { isTerminal } from "../domain/order.ts";
import { createIds } from "./order-ids.ts";
import { regrid } from "./regrid.ts";
import type { SessionHeader } from "./session-header.ts";
import type { RestoredRun } from "./state.ts";

/** How long after its end the last row of a bar is waited for, milliseconds. */
const BAR_LATENESS_MS = 5_000;

export interface TradingSessionParts {
  readonly header: SessionHeader;
  readonly definition: ExpertDefinition;
  readonly exchange: Exchange;
  /** Sees the market first: the simulated exchange. */
  readonly observer?: MarketObserver | undefined;
  readonly journal: Journal;
  readonly restored: RestoredRun | undefined;
  readonly log: ExpertLog;
}

/** A session that lives on real time, or repeats one that did: the expert's setup function has been called. */
export function createTradingSession({ header, definition, exchange, observer, journal, restored, log }: TradingSessionParts): Session {
  const { run } = header;
  const portfolio = restored && portfolioOf(restored, header);
  const session = new Session({
    exchange,
    observer,
    journal,
    run,
    initialCapital: header.initialCapital,
    streams: header.streams,
    random: createRandom(run.seed),
    log,
    costRate: header.costRate,
    nextId: createIds(header.idPrefix),
    tradesFrom: header.tradesFrom,
    startedAt: header.startedAt,
    barLatenessMs: BAR_LATENESS_MS,
    onError: run.onError,
    onExit: run.onExit,
    restored: restored && { ...restored, portfolio },
    bringsEverything: true,
  });
  // The next start reads the steps of this run's header: what is counted otherwise has to be written down before anything else. And
  // where nothing is booked yet, a start before it is must not take the balance that a fill has changed for the capital.
  if (restored?.portfolio === undefined || portfolio !== restored.portfolio) journal.state("portfolio", session.core.portfolio.state());
  try {
    definition.setup(new ExpertHandle(definition.options.name, session.core), run.params);
  } catch (error) {
    if (error instanceof MetaExpertError) throw error;
    throw new ExpertError(`the expert's setup function threw: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  return session;
}

/** The exchange that fills orders on the trades of the market, as a header describes it and an earlier run has left it. */
export function createPaperExchange(header: SessionHeader, restored?: RestoredRun): SimulatedExchange {
  const { run, instruments, initialCapital, exchange } = header;
  const paper = new SimulatedExchange({
    name: exchange.name,
    instruments,
    initialCapital,
    hedge: run.positionMode === "hedge",
    leverage: run.risk.leverage,
    marginMode: run.marginMode,
    makerFeePct: exchange.simulated?.makerFeePct ?? 0,
    takerFeePct: exchange.simulated?.takerFeePct ?? 0,
    slippagePct: run.risk.slippagePct,
    spreadPct: run.spreadPct,
  });
  const portfolio = restored && portfolioOf(restored, header);
  if (restored !== undefined && portfolio !== undefined)
    paper.restore(
      portfolio,
      restored.orders.filter(({ status }) => !isTerminal(status)),
    );
  return paper;
}

function portfolioOf({ portfolio, instruments }: RestoredRun, header: SessionHeader): PortfolioState | undefined {
  return regrid(portfolio, { from: instruments, to: header.instruments });
}
