/** A series that a folder gives: its name, rows, first and last time (UTC), gaps and missing bars. */
export type SeriesFact = readonly [name: string, rows: number, first: string, last: string, gaps: number, missing: number];

/** What PROVENANCE.md says of one folder, in the words of the archive. */
export interface FolderFacts {
  readonly folder: string;
  /** How many files are imported, skipped as known, not recognised (licences) and refused. */
  readonly files: { readonly imported?: number; readonly skipped?: number; readonly unrecognised?: number; readonly failed?: number };
  readonly series: readonly SeriesFact[];
  /** What is said about single files. */
  readonly notes?: Readonly<Record<string, string>>;
}

/**
 * Rows, times, gaps and missing bars are those of PROVENANCE.md, with these differences in counting: files without a header
 * have one row more than there, where the first row was taken for one (gct, margin_interest); funding times that are some
 * milliseconds late are no gaps; open interest of two intervals is one series; several files may make one series.
 * gct's candles repeat the close in the column of the high, so that 176 of 365 are impossible: they are refused.
 */
export const FOLDERS: readonly FolderFacts[] = [
  {
    folder: "backtesting.py",
    files: { imported: 3 },
    series: [
      ["local/spot/BTCUSD/bars/1M/trade", 156, "2012-01-31 00:00", "2024-12-31 00:00", 0, 0],
      ["local/spot/EURUSD/bars/1h/trade", 5000, "2017-04-19 09:00", "2018-02-07 15:00", 42, 2063],
      ["local/spot/GOOG/bars/1d/trade", 2148, "2004-08-19 00:00", "2013-03-01 00:00", 463, 969],
    ],
  },
  {
    folder: "binance_funding_mark_8h",
    files: { imported: 2 },
    series: [
      ["binance/linear/ETHUSDT/bars/8h/mark", 386, "2025-01-01 00:00", "2025-05-09 08:00", 0, 0],
      ["binance/linear/ETHUSDT/funding", 386, "2025-01-01 00:00:00.015", "2025-05-09 08:00:00.006", 0, 0],
    ],
  },
  {
    folder: "binance_spot_1m",
    files: { imported: 574 },
    series: [
      ["binance/spot/BTCUSDT/bars/1m/trade", 563861, "2018-02-01 00:00", "2022-12-31 23:59", 4, 2020939],
      ["binance/spot/ETHUSDT/bars/1m/trade", 260640, "2022-01-01 00:00", "2022-06-30 23:59", 0, 0],
    ],
  },
  {
    folder: "binance_usdm_1m",
    files: { imported: 3 },
    series: [
      ["binance/linear/SUIUSDT/bars/1m/trade", 43199, "2025-05-04 15:35", "2025-06-03 15:33", 0, 0],
      ["binance/linear/SUIUSDT/bars/30m/trade", 1439, "2025-03-18 09:00", "2025-04-17 08:00", 0, 0],
      ["binance/linear/XRPUSDT/bars/1m/trade", 43199, "2025-05-04 15:36", "2025-06-03 15:34", 0, 0],
    ],
  },
  {
    folder: "binance_usdm_many",
    files: { imported: 18 },
    series: [
      ["binance/linear/DOGEUSDT/bars/1d/trade", 800, "2024-01-10 00:00", "2026-03-19 00:00", 0, 0],
      ["binance/linear/DOGEUSDT/bars/1h/trade", 4500, "2025-09-13 08:00", "2026-03-19 19:00", 0, 0],
      ["binance/linear/DOGEUSDT/bars/4h/trade", 4500, "2024-02-28 20:00", "2026-03-19 16:00", 0, 0],
      ["binance/linear/DOGEUSDT/funding", 200, "2026-01-12 16:00", "2026-03-20 00:00:00.002", 0, 0],
      ["binance/linear/DOGEUSDT/openInterest", 168, "2026-02-20 04:00", "2026-03-20 00:00", 0, 0],
      ["binance/linear/LINKUSDT/bars/1d/trade", 800, "2024-01-10 00:00", "2026-03-19 00:00", 0, 0],
      ["binance/linear/LINKUSDT/bars/1h/trade", 4500, "2025-09-13 08:00", "2026-03-19 19:00", 0, 0],
      ["binance/linear/LINKUSDT/bars/4h/trade", 4500, "2024-02-28 20:00", "2026-03-19 16:00", 0, 0],
      ["binance/linear/LINKUSDT/funding", 200, "2026-01-12 16:00", "2026-03-20 00:00:00.002", 0, 0],
      ["binance/linear/LINKUSDT/openInterest", 168, "2026-02-20 04:00", "2026-03-20 00:00", 0, 0],
      ["binance/linear/LTCUSDT/bars/1d/trade", 800, "2024-01-10 00:00", "2026-03-19 00:00", 0, 0],
      ["binance/linear/LTCUSDT/bars/1h/trade", 4500, "2025-09-13 08:00", "2026-03-19 19:00", 0, 0],
      ["binance/linear/LTCUSDT/bars/4h/trade", 4500, "2024-02-28 20:00", "2026-03-19 16:00", 0, 0],
      ["binance/linear/LTCUSDT/funding", 200, "2026-01-12 16:00", "2026-03-20 00:00:00.002", 0, 0],
      ["binance/linear/LTCUSDT/openInterest", 168, "2026-02-20 04:00", "2026-03-20 00:00", 0, 0],
    ],
  },
  {
    folder: "bitfinex_sparse_1m",
    files: { imported: 1 },
    series: [["bitfinex/spot/LTCUSD/bars/1m/trade", 41250, "2016-01-01 00:05", "2016-12-31 22:54", 24004, 485720]],
  },
  {
    folder: "bybit_linear_5m",
    files: { imported: 8 },
    series: [
      ["bybit/linear/ADAUSDT/bars/1h/mark", 7217, "2025-09-24 00:00", "2026-07-21 16:00", 0, 0],
      ["bybit/linear/ADAUSDT/bars/4h/trade", 1804, "2025-09-24 00:00", "2026-07-21 12:00", 0, 0],
      ["bybit/linear/ADAUSDT/bars/5m/trade", 86604, "2025-09-24 00:00", "2026-07-21 16:55", 0, 0],
      ["bybit/linear/ADAUSDT/funding", 902, "2025-09-24 08:00", "2026-07-21 16:00", 0, 0],
      ["bybit/linear/BNBUSDT/bars/1h/mark", 7217, "2025-09-24 00:00", "2026-07-21 16:00", 0, 0],
      ["bybit/linear/BNBUSDT/bars/4h/trade", 1804, "2025-09-24 00:00", "2026-07-21 12:00", 0, 0],
      ["bybit/linear/BNBUSDT/bars/5m/trade", 86604, "2025-09-24 00:00", "2026-07-21 16:55", 0, 0],
      ["bybit/linear/BNBUSDT/funding", 902, "2025-09-24 08:00", "2026-07-21 16:00", 0, 0],
    ],
  },
  {
    folder: "freqtrade_testdata",
    notes: { "freqtrade/exchange/binance_leverage_tiers.json": "leverage tiers" },
    files: { imported: 17, unrecognised: 1, skipped: 1 },
    series: [
      ["local/linear/UNITTESTUSDT/bars/1h/mark", 100, "2021-11-15 07:00", "2021-11-19 10:00", 0, 0],
      ["local/linear/XRPUSDT/bars/1h/mark", 100, "2021-11-15 06:00", "2021-11-19 09:00", 0, 0],
      ["local/linear/XRPUSDT/bars/1h/trade", 100, "2021-11-17 01:00", "2021-11-21 04:00", 0, 0],
      ["local/linear/XRPUSDT/bars/5m/trade", 1999, "2021-11-15 00:00", "2021-11-21 22:30", 0, 0],
      ["local/linear/XRPUSDT/bars/8h/mark", 91, "2021-11-18 00:00", "2021-12-18 00:00", 0, 0],
      ["local/linear/XRPUSDT/funding", 91, "2021-11-18 00:00:00.017", "2021-12-18 00:00:00.014", 0, 0],
      ["local/spot/ADABTC/bars/5m/trade", 5720, "2018-01-10 04:55", "2018-01-30 04:50", 5, 40],
      ["local/spot/UNITTESTBTC/bars/1m/trade", 13681, "2017-11-04 23:02", "2017-11-14 22:59", 538, 717],
      ["local/spot/UNITTESTBTC/bars/30m/trade", 1920, "2017-12-03 13:00", "2018-01-12 12:30", 0, 0],
      ["local/spot/UNITTESTBTC/bars/5m/trade", 5760, "2018-01-10 04:55", "2018-01-30 04:50", 0, 0],
      ["local/spot/XRPETH/bars/1m/trade", 2469, "2019-10-11 00:00", "2019-10-13 11:19", 676, 1091],
      ["local/spot/XRPETH/bars/5m/trade", 706, "2019-10-11 00:00", "2019-10-13 11:15", 6, 6],
      ["local/spot/XRPETH/trades", 12477, "2019-10-11 00:00:11.620", "2019-10-13 11:19:28.844", 0, 0],
    ],
  },
  {
    folder: "gct",
    notes: { binance_BTCUSDT_24h_2019: "line 3: volume 29406.948359, open 3857.57, high 3766.78, low 3730, close 3766.78 cannot be a bar" },
    files: { imported: 1, failed: 1 },
    series: [["binance/spot/BTCUSDT/trades", 1000, "2020-11-16 04:10:46", "2020-11-16 04:13:50", 0, 0]],
  },
  {
    folder: "kucoin_spot",
    files: { imported: 4 },
    series: [
      ["kucoin/spot/LINKUSDT/bars/1d/trade", 901, "2023-11-10 00:00", "2026-04-28 00:00", 0, 0],
      ["kucoin/spot/LINKUSDT/bars/1h/trade", 21611, "2023-11-09 14:00", "2026-04-28 00:00", 0, 0],
      ["kucoin/spot/LINKUSDT/bars/1w/trade", 128, "2023-11-16 00:00", "2026-04-23 00:00", 0, 0],
      ["kucoin/spot/LINKUSDT/bars/4h/trade", 5403, "2023-11-09 16:00", "2026-04-28 00:00", 0, 0],
    ],
  },
  {
    folder: "l2_recordings",
    notes: { "hftbacktest/cm/ethusd_perp_20240808.gz": "a recording of a stream" },
    files: { unrecognised: 1, skipped: 2 },
    series: [],
  },
  {
    folder: "lean_samples",
    files: { unrecognised: 1, imported: 25 },
    series: [
      ["binance/inverse/BTCUSD/funding", 12, "2020-12-29 00:00", "2022-12-13 16:00", 0, 0],
      ["binance/linear/ADAUSDT/bars/1d/ask", 6, "2022-12-07 00:00", "2022-12-15 00:00", 1, 3],
      ["binance/linear/ADAUSDT/bars/1d/bid", 6, "2022-12-07 00:00", "2022-12-15 00:00", 1, 3],
      ["binance/linear/ADAUSDT/bars/1d/trade", 9, "2022-12-07 00:00", "2022-12-15 00:00", 0, 0],
      ["binance/linear/ADAUSDT/bars/1h/ask", 24, "2022-12-13 00:00", "2022-12-13 23:00", 0, 0],
      ["binance/linear/ADAUSDT/bars/1h/bid", 24, "2022-12-13 00:00", "2022-12-13 23:00", 0, 0],
      ["binance/linear/ADAUSDT/bars/1h/trade", 24, "2022-12-13 00:00", "2022-12-13 23:00", 0, 0],
      ["binance/linear/ADAUSDT/bars/1m/ask", 1100, "2022-12-13 00:00", "2022-12-13 23:59", 194, 340],
      ["binance/linear/ADAUSDT/bars/1m/bid", 1100, "2022-12-13 00:00", "2022-12-13 23:59", 194, 340],
      ["binance/linear/ADAUSDT/bars/1m/trade", 1440, "2022-12-13 00:00", "2022-12-13 23:59", 0, 0],
      ["binance/linear/ADAUSDT/funding", 1, "2022-12-13 00:00", "2022-12-13 00:00", 0, 0],
      ["binance/spot/BTCBUSD/bars/1m/trade", 1440, "2022-12-13 00:00", "2022-12-13 23:59", 0, 0],
      ["binance/spot/BTCUSDT/bars/1h/trade", 120, "2018-05-01 00:00", "2018-05-05 23:00", 0, 0],
      ["bybit/spot/BTCUSDT/bars/1m/ask", 721, "2022-12-13 00:00", "2022-12-13 12:00", 0, 0],
      ["bybit/spot/BTCUSDT/bars/1m/bid", 721, "2022-12-13 00:00", "2022-12-13 12:00", 0, 0],
      ["bybit/spot/BTCUSDT/bars/1m/trade", 1440, "2022-12-13 00:00", "2022-12-13 23:59", 0, 0],
      ["coinbase/spot/BTCEUR/bars/1m/ask", 4313, "2018-04-04 00:00", "2018-04-06 23:58", 6, 6],
      ["coinbase/spot/BTCEUR/bars/1m/bid", 4313, "2018-04-04 00:00", "2018-04-06 23:58", 6, 6],
      ["coinbase/spot/BTCEUR/bars/1m/trade", 3663, "2018-04-04 00:00", "2018-04-06 23:59", 156, 657],
      ["coinbase/spot/LTCUSD/bars/1m/ask", 4316, "2018-04-04 00:00", "2018-04-06 23:58", 3, 3],
      ["coinbase/spot/LTCUSD/bars/1m/bid", 4316, "2018-04-04 00:00", "2018-04-06 23:58", 3, 3],
      ["coinbase/spot/LTCUSD/bars/1m/trade", 3887, "2018-04-04 00:00", "2018-04-06 23:59", 4, 433],
    ],
  },
  {
    folder: "nautilus_testdata",
    notes: {
      "binance/btcusdt-depth-snap.csv": "an order-book recording",
      "binance/btcusdt-instrument-repr.txt": "a description of an instrument",
      "binance/btcusdt-quotes.parquet": "quote ticks",
      "bybit/xrpusdt-ob500.data.zip": "a recording of a stream",
      "tardis/binance-futures_book_snapshot_25_BTCUSDT.csv": "an order-book recording",
      "tardis/deribit_incremental_book_L2_BTC-PERPETUAL.csv": "an order-book recording",
      "tardis/huobi-dm-swap_quotes_BTC-USD.csv": "quote ticks",
    },
    files: { skipped: 10, imported: 3 },
    series: [
      ["binance/spot/BTCUSDT/trades", 2001, "2021-01-08 00:00:00.278", "2021-01-08 00:00:46.355", 0, 0],
      ["bitmex/inverse/XBTUSD/trades", 10, "2020-03-01 00:00:03.145", "2020-03-01 00:00:03.276", 0, 0],
      ["local/linear/BTCPERP/bars/1m/trade", 45031, "2021-12-31 23:01", "2022-02-01 05:31", 0, 0],
    ],
  },
  {
    folder: "octobot_multi_timeframe",
    files: { unrecognised: 1, imported: 1 },
    series: [
      ["binance/spot/ADAUSDT/bars/12h/trade", 500, "2019-08-19 00:00", "2020-04-24 12:00", 0, 0],
      ["binance/spot/ADAUSDT/bars/15m/trade", 500, "2020-04-19 18:15", "2020-04-24 23:00", 0, 0],
      ["binance/spot/ADAUSDT/bars/1M/trade", 25, "2018-04-01 00:00", "2020-04-01 00:00", 0, 0],
      ["binance/spot/ADAUSDT/bars/1d/trade", 500, "2018-12-12 00:00", "2020-04-24 00:00", 0, 0],
      ["binance/spot/ADAUSDT/bars/1h/trade", 500, "2020-04-04 04:00", "2020-04-24 23:00", 0, 0],
      ["binance/spot/ADAUSDT/bars/1m/trade", 500, "2020-04-24 14:51", "2020-04-24 23:10", 0, 0],
      ["binance/spot/ADAUSDT/bars/1w/trade", 106, "2018-04-16 00:00", "2020-04-20 00:00", 0, 0],
      ["binance/spot/ADAUSDT/bars/2h/trade", 500, "2020-03-14 08:00", "2020-04-24 22:00", 0, 0],
      ["binance/spot/ADAUSDT/bars/30m/trade", 500, "2020-04-14 13:30", "2020-04-24 23:00", 0, 0],
      ["binance/spot/ADAUSDT/bars/3d/trade", 247, "2018-04-17 00:00", "2020-04-24 00:00", 0, 0],
      ["binance/spot/ADAUSDT/bars/3m/trade", 500, "2020-04-23 22:12", "2020-04-24 23:09", 0, 0],
      ["binance/spot/ADAUSDT/bars/4h/trade", 500, "2020-02-01 12:00", "2020-04-24 20:00", 1, 1],
      ["binance/spot/ADAUSDT/bars/5m/trade", 500, "2020-04-23 05:35", "2020-04-24 23:10", 0, 0],
      ["binance/spot/ADAUSDT/bars/6h/trade", 500, "2019-12-22 00:00", "2020-04-24 18:00", 0, 0],
      ["binance/spot/ADAUSDT/bars/8h/trade", 500, "2019-11-10 08:00", "2020-04-24 16:00", 0, 0],
    ],
  },
  {
    folder: "okx_swap_5m",
    files: { imported: 9 },
    series: [
      ["okx/linear/BTCUSDT/bars/1h/mark", 367, "2026-01-01 00:00", "2026-01-16 06:00", 0, 0],
      ["okx/linear/BTCUSDT/bars/1m/trade", 22078, "2026-01-01 00:00", "2026-01-16 07:57", 0, 0],
      ["okx/linear/BTCUSDT/funding", 45, "2026-01-01 00:00", "2026-01-15 16:00", 0, 0],
      ["okx/linear/LINKUSDT/bars/1h/mark", 5899, "2022-05-01 00:00", "2023-01-01 18:00", 0, 0],
      ["okx/linear/LINKUSDT/bars/5m/trade", 70499, "2022-05-01 00:00", "2022-12-31 18:50", 0, 0],
      ["okx/linear/LINKUSDT/funding", 99, "2025-10-13 08:00", "2025-11-15 00:00", 0, 0],
      ["okx/linear/LTCUSDT/bars/1h/mark", 5899, "2022-05-01 00:00", "2023-01-01 18:00", 0, 0],
      ["okx/linear/LTCUSDT/bars/5m/trade", 70499, "2022-05-01 00:00", "2022-12-31 18:50", 0, 0],
      ["okx/linear/LTCUSDT/funding", 99, "2025-10-13 08:00", "2025-11-15 00:00", 0, 0],
    ],
  },
];
