import type { PriceType } from "../../domain/bar.ts";
import type { Market } from "../../domain/instrument.ts";
import type { Timeframe } from "../../domain/timeframe.ts";
import type { TimeUnit } from "./csv/time.ts";
import type { ImportKind } from "./hints.ts";

/** What the user says about the files; it outweighs what paths and contents say. */
export interface ImportOptions {
  readonly exchange?: string;
  readonly market?: Market;
  readonly symbol?: string;
  readonly timeframe?: Timeframe;
  readonly kind?: ImportKind;
  readonly priceType?: PriceType;
  /** Which column of a csv or Parquet file holds what: `time=0,open=1,…` or `time=Date,open=Open,…`. */
  readonly columns?: string;
  readonly timeUnit?: TimeUnit;
  /** IANA name of the zone that dates without an offset were written in. @default "UTC" */
  readonly timezone?: string;
  /** One character. @default found in the file */
  readonly delimiter?: string;
  /** Read and check everything, store nothing. */
  readonly dryRun?: boolean;
}
