import type { StopReason } from "../expert/expert.ts";
import type { RejectClass } from "../engine/venue-facts.ts";
import type { OrderPurpose, OrderStatus, OrderType, PositionSide } from "../domain/order.ts";
import type { Side } from "../domain/trade.ts";

/** Whether orders are simulated on live data or go to an exchange, be it a real one or the built-in one. */
export type RunMode = "paper" | "live";

/**
 * Where a run is in its life. `recovering`: the journal is read and compared with the exchange. `warmingUp`: indicators are shown
 * history. `halted`: it goes on watching and places nothing that adds risk. `stopping`: no new entries, what is in flight is settled.
 */
export const RUN_PHASES = ["starting", "recovering", "warmingUp", "running", "halted", "stopping", "stopped"] as const;
export type RunPhase = (typeof RUN_PHASES)[number];

/** What the run knows of its connection to the exchange. */
export interface ConnectionStatus {
  readonly status: "connecting" | "connected" | "reconnecting" | "disconnected";
  /** From event at the exchange to arrival here, milliseconds, smoothed; NaN before it is known. */
  readonly latencyMs: number;
  /** Since the last market data of any symbol arrived, milliseconds; NaN before the first. */
  readonly dataAgeMs: number;
  /** Whether some symbol's data cannot be trusted now: no risk is added, and prices and profits shown are old. */
  readonly isStale: boolean;
  /** Why it is not connected, in words. */
  readonly reason?: string | undefined;
  /** How many times it has been lost and found again. */
  readonly reconnects: number;
}

/** Money of the run, in the currency it is valued in. */
export interface AccountStatus {
  readonly currency: string;
  readonly balance: number;
  readonly equity: number;
  /** Equity when the run first began, which restarts keep. */
  readonly startEquity: number;
  /** Equity at the beginning of the UTC day, or of the run when that was later. */
  readonly dayStartEquity: number;
}

/** An open position. */
export interface PositionStatus {
  readonly symbol: string;
  readonly side: PositionSide;
  /** Above zero long, below zero short. */
  readonly quantity: number;
  readonly entryPrice: number;
  /** Last price it is valued at; NaN before there is one. */
  readonly markPrice: number;
  readonly unrealizedPnl: number;
  readonly currency: string;
}

/** An order that is not finished. */
export interface OrderLine {
  readonly clientOrderId: string;
  readonly symbol: string;
  readonly side: Side;
  readonly type: OrderType;
  readonly purpose: OrderPurpose;
  readonly status: OrderStatus;
  readonly quantity: number;
  readonly filledQuantity: number;
  readonly price?: number | undefined;
  readonly triggerPrice?: number | undefined;
  readonly createdAt: number;
}

/** Something worth telling: one line for people, with the facts beside it for programs. */
export interface RunEvent {
  /** Counts up from 1 within a run, so that a reader can tell which ones it has seen. */
  readonly sequence: number;
  readonly time: number;
  readonly kind: "order" | "fill" | "refusal" | "connection" | "account" | "error" | "note";
  readonly level: "info" | "trade" | "warn" | "error";
  /** One sentence without line ends, such as "bought 0.010 BTCUSDT at 64,000.10". */
  readonly text: string;
  readonly symbol?: string | undefined;
  readonly clientOrderId?: string | undefined;
  readonly rejectClass?: RejectClass | undefined;
}

/** How many of each there have been. */
export interface RunCounters {
  readonly bars: number;
  readonly marketEvents: number;
  readonly ordersSent: number;
  readonly fills: number;
  readonly refusals: number;
  readonly rejections: number;
  readonly errors: number;
  readonly journalRecords: number;
}

/** What is known about a run at one moment: plain data, never changed after it was handed out. */
export interface RunStatus {
  readonly expertName: string;
  readonly strategyId: string;
  readonly mode: RunMode;
  readonly exchange: string;
  /** `spot`, `linear` or `inverse`. */
  readonly market: string;
  /** Whether the exchange is the built-in one. */
  readonly isSandbox: boolean;
  readonly isTestnet: boolean;
  readonly symbols: readonly string[];
  readonly timeframe: string;
  readonly phase: RunPhase;
  readonly startedAt: number;
  readonly now: number;
  /** When the run ends by itself; undefined when it does not. */
  readonly endsAt?: number | undefined;
  readonly connection: ConnectionStatus;
  readonly account: AccountStatus;
  readonly positions: readonly PositionStatus[];
  /** Those that are not finished, oldest first. */
  readonly orders: readonly OrderLine[];
  /** The last ones, oldest first; at most `RUN_EVENTS_MAX`. */
  readonly events: readonly RunEvent[];
  readonly counters: RunCounters;
  /** Why it is halted, in words. */
  readonly haltReason?: string | undefined;
}

/** Most events a status keeps. */
export const RUN_EVENTS_MAX = 200;

/** What is said before a live run begins, for the person who has to agree to it. */
export interface RunSummary {
  readonly expertName: string;
  readonly strategyId: string;
  readonly mode: RunMode;
  readonly exchange: string;
  readonly market: string;
  readonly isSandbox: boolean;
  readonly isTestnet: boolean;
  /** What the exchange calls the account; never a secret. */
  readonly accountLabel: string;
  readonly symbols: readonly string[];
  readonly timeframe: string;
  /** 1 on spot. */
  readonly leverage: number;
  readonly marginMode?: "isolated" | "cross" | undefined;
  readonly positionMode?: "hedge" | "oneWay" | undefined;
  readonly equity: number;
  readonly currency: string;
  /** Every limit that is set, in words, such as ["maximum drawdown", "20 %"]. */
  readonly limits: ReadonlyArray<readonly [name: string, value: string]>;
  /** What happens to orders and positions when the run ends. */
  readonly onExit: string;
  /** Orders and positions that are there already. */
  readonly openOrders: number;
  readonly openPositions: number;
  /** What deserves a second look, in sentences. */
  readonly warnings: readonly string[];
}

/** How a run ended. */
export interface RunOutcome {
  /** `signal`, `duration`, `requested`, `drawdownLimit`, `error` and so on, as the session calls it. */
  readonly reason: string;
  /** Why it failed, in one sentence; undefined when it ended as it should. */
  readonly failure?: string | undefined;
  readonly status: RunStatus;
  /** Folder of the journal; what `metaexpert replay` takes. Undefined when state is not kept. */
  readonly journal?: string | undefined;
  readonly journalRecords: number;
  /** SHA-256 over all records, hexadecimal. */
  readonly journalHash: string;
  /** What is left at the exchange. */
  readonly openOrders: number;
  readonly openPositions: number;
}

/** A run under way. */
export interface RunHandle {
  /** The state now; cheap enough to be asked several times a second. */
  status(): RunStatus;
  /** Calls back after something has changed, as often as it does; returns how to stop. A listener does not throw. */
  onChange(listener: () => void): () => void;
  /** Asks for a graceful end: no new entries, orders in flight settled, the expert's `onExit` policy applied, everything flushed. */
  stop(reason: StopReason): void;
  /** Settles when everything is closed. */
  readonly done: Promise<RunOutcome>;
}

/** One record of a journal, for people. */
export interface ReplayedRecord {
  /** From 1. */
  readonly index: number;
  readonly kind: string;
  readonly text: string;
}

/** What a repetition of a recorded session came to. */
export interface ReplayResult {
  /** Records in the journal. */
  readonly records: number;
  readonly events: number;
  /** SHA-256 over the recorded and over the repeated records, hexadecimal. */
  readonly recordedHash: string;
  readonly replayedHash: string;
  readonly isIdentical: boolean;
  /** Where the two part; undefined when they are identical. A side that has ended has no record. */
  readonly difference?: { readonly recorded?: ReplayedRecord | undefined; readonly replayed?: ReplayedRecord | undefined } | undefined;
  readonly expertName: string;
  readonly mode: string;
  /** First and last moment recorded. */
  readonly from: number;
  readonly to: number;
  /** What the reader should know, such as that the expert's source has changed since. */
  readonly notes: readonly string[];
}
