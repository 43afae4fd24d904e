import type { BarColumns } from "../../domain/bar.ts";
import type { PointColumns } from "../../domain/funding.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { TradeColumns } from "../../domain/trade.ts";
import type { BarSeriesKey, PointSeriesKey, TradeSeriesKey } from "../archive.ts";
import type { Pair } from "./names.ts";

/** Rows of one series, read and found fit to be stored. */
export type Part =
  | { readonly kind: "bars"; readonly key: BarSeriesKey; readonly columns: BarColumns; readonly pair?: Pair | undefined }
  | { readonly kind: "trades"; readonly key: TradeSeriesKey; readonly columns: TradeColumns; readonly pair?: Pair | undefined }
  | { readonly kind: "points"; readonly key: PointSeriesKey; readonly columns: PointColumns; readonly pair?: Pair | undefined }
  | { readonly kind: "instruments"; readonly instruments: readonly Instrument[] };

/** What a reader made of one content. What it cannot read at all, or must not believe, it throws as a `DataError`. */
export type Outcome =
  | { readonly status: "read"; readonly parts: readonly Part[] }
  /** Known, and nothing that the archive keeps: `an order-book recording`. */
  | { readonly status: "skipped"; readonly what: string }
  /** Not known; `why` says what was looked for. */
  | { readonly status: "unrecognised"; readonly why: string };
