import { join } from "node:path";
import type { Fill } from "../domain/fill.ts";
import type { Instrument } from "../domain/instrument.ts";
import { isTerminal } from "../domain/order.ts";
import type { Position } from "../domain/position.ts";
import { Grid } from "../base/grid.ts";
import type { LossLimitsState } from "../engine/loss-limits.ts";
import type { OrderSnapshot } from "../engine/orders/live-order.ts";
import type { PortfolioState } from "../engine/portfolio/portfolio.ts";
import { OVERLAP_MS } from "../engine/venue/tracker.ts";
import type { RestoredSession } from "../engine/restored.ts";
import type { SeenUntil } from "../engine/venue-facts.ts";
import type { ResolvedRunOptions } from "../expert/resolved.ts";
import type { Disk } from "../operations/disk.ts";
import { openFileJournal, type FileJournal, type RecoveredJournal } from "../operations/journal/file-journal.ts";
import { KEPT_MAX as FILLS_KEPT, type KeptRecords, type Unbooked } from "../operations/journal/latest-records.ts";
import { lockFolder } from "../operations/journal/folder-lock.ts";
import { nodeDisk } from "../operations/node-disk.ts";
import { HEADER_STATE, type SessionHeader } from "./session-header.ts";
import { bookUp, countUp, shiftUp } from "./unbooked.ts";
import { identityOf, stateFolder } from "./state-folder.ts";

/** Segments of 64 MiB that a journal keeps, the newest ones: about 2 GiB. A restart needs the last one. */
const SEGMENTS_KEPT = 32;

/** What an earlier run has left, and what the exchange has to be asked about. */
export interface RestoredRun extends RestoredSession {
  readonly positions: readonly Pick<Position, "symbol" | "side" | "quantity">[];
  /** The rules by which it was kept. */
  readonly instruments: readonly Instrument[];
  /** What had been asked for and answered, by symbol of what the run trades. */
  readonly seenUntil: SeenUntil;
}

/** The state of a run, locked and open for writing. */
export interface OpenState extends Disposable {
  readonly folder: string;
  readonly journal: FileJournal;
  readonly recovered: RecoveredJournal;
  /** Undefined where the run begins anew. */
  readonly restored: RestoredRun | undefined;
  /** Equity when the first of all runs with this state began. */
  readonly startEquity: number | undefined;
  /** When that run began, milliseconds. */
  readonly firstStartedAt: number | undefined;
}

/** Opens the state of a run. A run that keeps none, and one at the built-in exchange, which forgets, gets a folder of its own. */
export function openState(
  home: string,
  run: ResolvedRunOptions,
  { isPaper, isSandbox, startedAt }: { readonly isPaper: boolean; readonly isSandbox: boolean; readonly startedAt: number },
): OpenState {
  return openStateOn(nodeDisk, lockFolder, { home, run, isPaper, isSandbox, startedAt });
}

export interface StateOptions {
  readonly home: string;
  readonly run: ResolvedRunOptions;
  readonly isPaper: boolean;
  readonly isSandbox: boolean;
  readonly startedAt: number;
}

/** The same on a disk and with a lock of the caller's choice. */
export function openStateOn(
  disk: Disk,
  takeLock: (folder: string) => { release(): void },
  { home, run, isPaper, isSandbox, startedAt }: StateOptions,
): OpenState {
  const identity = identityOf(run, { isPaper, isSandbox });
  const base = stateFolder(home, identity);
  const isKept = run.persistState && !isSandbox;
  const folder = isKept ? base : join(base, momentName(startedAt));
  const lock = takeLock(folder);
  try {
    const { journal, recovered } = openFileJournal({ disk, folder, identity: { ...identity }, keepSegments: SEGMENTS_KEPT });
    const restored = restoredFrom(recovered);
    const earlier = recovered.states.get(HEADER_STATE) as SessionHeader | undefined;
    return {
      folder,
      journal,
      recovered,
      restored,
      startEquity: earlier?.startEquity,
      firstStartedAt: earlier?.firstStartedAt,
      [Symbol.dispose]() {
        journal.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** What the records of a journal say about where a run stands; undefined when no run has begun in it. */
export function restoredFrom({ states, orders, fills, transfers, unbooked }: KeptRecords): RestoredRun | undefined {
  const header = states.get(HEADER_STATE) as SessionHeader | undefined;
  if (header === undefined) return undefined;
  const portfolio = bookUp(states.get("portfolio") as PortfolioState | undefined, unbooked, header);
  const kept = orders.map(({ order }) => countUp(order as OrderSnapshot, unbooked, header));
  return {
    portfolio,
    orders: kept,
    memory: states.get("memory") as object | undefined,
    limits: shiftUp(states.get("limits") as LossLimitsState | undefined, unbooked, header),
    throttle: states.get("throttle"),
    transfers,
    mended: mendedBy(unbooked),
    positions: positionsOf(portfolio, header),
    instruments: header.instruments,
    seenUntil: seenUntilOf(states.get("seenUntil") as SeenUntil | undefined, { orders: kept, fills, header }),
  };
}

function mendedBy({ fills, transfers }: Unbooked): readonly string[] | undefined {
  if (fills.length === 0 && transfers.length === 0) return undefined;
  return [...new Set(fills.filter(({ isInOrder }) => !isInOrder).map(({ fill }) => fill.clientOrderId))];
}

function seenUntilOf(
  told: SeenUntil | undefined,
  { orders, fills, header }: { readonly orders: readonly OrderSnapshot[]; readonly fills: readonly Fill[]; readonly header: SessionHeader },
): SeenUntil {
  const beganAt = header.firstStartedAt ?? header.startedAt;
  // Trades from before the remembered ones are not to be asked for: nobody knows any more which of them are booked.
  const firstKnown = fills.length < FILLS_KEPT ? -Infinity : (fills[0]?.time ?? NaN) + OVERLAP_MS;
  const untilOf = (symbol: string): number => {
    // A trade that was asked for is not booked when the name at the exchange of the order that made it was not known yet.
    const unnamed = orders.filter((order) => order.symbol === symbol && order.orderId === "" && !isTerminal(order.status));
    const oldest = Math.min(...unnamed.map(({ createdAt }) => createdAt));
    return Math.max(Math.min(told?.fills[symbol] ?? beganAt, oldest), firstKnown);
  };
  const ofFills = Object.fromEntries(header.instruments.map(({ symbol }) => [symbol, untilOf(symbol)]));
  return { fills: ofFills, transfers: told?.transfers ?? beganAt };
}

function positionsOf(portfolio: PortfolioState | undefined, { instruments }: SessionHeader): RestoredRun["positions"] {
  return (portfolio?.books ?? []).flatMap(({ symbol, side, quantitySteps }) => {
    const instrument = instruments.find((candidate) => candidate.symbol === symbol);
    return instrument === undefined ? [] : [{ symbol, side, quantity: new Grid(instrument.quantityStep).toNumber(quantitySteps) }];
  });
}

/** 2026-11-25T12-30-00-000Z */
function momentName(time: number): string {
  return new Date(time).toISOString().replaceAll(/[:.]/g, "-");
}
