import type { Random } from "../base/random.ts";
import type { ExpertLog } from "../expert/expert.ts";
import type { ErrorPolicy, ExitPolicy } from "../expert/options.ts";
import type { ResolvedRunOptions } from "../expert/resolved.ts";
import type { Exchange, MarketObserver } from "./exchange.ts";
import type { StreamInfo } from "./feed.ts";
import type { Journal } from "./journal.ts";
import type { RestoredSession } from "./restored.ts";

/** What a session is made from. */
export interface SessionOptions {
  readonly exchange: Exchange;
  /** Sees the market first; the simulated exchange. */
  readonly observer?: MarketObserver | undefined;
  readonly journal: Journal;
  readonly run: ResolvedRunOptions;
  readonly initialCapital: number;
  /** In the order of the feed's streams and of the exchange's instruments. */
  readonly streams: readonly StreamInfo[];
  readonly random: Random;
  readonly log: ExpertLog;
  /** Share of the value that a taker's fee and slippage cost. */
  readonly costRate: number;
  /** Makes client order ids, unique across runs. */
  readonly nextId: () => string;
  /** Bars that close at or before this moment only warm indicators up. @default none */
  readonly tradesFrom?: number;
  /** When the run itself begins, where that is after the last bar before it; timers count from here. @default `tradesFrom` */
  readonly startedAt?: number;
  /** How long after its end a bar's last row may arrive, milliseconds of the run's time. @default 0 */
  readonly barLatenessMs?: number;
  /** What happens when the expert's own code throws. @default the run fails with the error */
  readonly onError?: ErrorPolicy | undefined;
  /** What happens to orders and positions when the run ends. @default everything stays, and the run ends at once */
  readonly onExit?: ExitPolicy | undefined;
  /** What an earlier run with the same state has left. */
  readonly restored?: RestoredSession | undefined;
  /** Whether the feed can bring ticks and books when the expert asks for them. */
  readonly bringsEverything?: boolean;
}
