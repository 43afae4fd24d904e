import type { Instrument } from "../domain/instrument.ts";
import type { Feed, StreamInfo } from "../engine/feed.ts";

/** Everything a backtest reads, found and described before anything is read. */
export interface MarketData {
  /** How the data came, as a report names it: `archive` or `simulated`. */
  readonly source: string;
  /** In the order of the run's symbols, as are the streams. */
  readonly instruments: readonly Instrument[];
  readonly streams: readonly StreamInfo[];
  /** First moment of trading, milliseconds since the epoch. */
  readonly from: number;
  /** End of the run, excluded. */
  readonly to: number;
  /** What the user should know about it, such as a period that is only covered in part. */
  readonly warnings: readonly string[];
  /** The events from `from` minus a warm-up on. */
  open(warmupMs: number): Promise<Feed>;
  /** Hash of what `open` gives with the same warm-up. */
  hash(warmupMs: number): Promise<string>;
}
