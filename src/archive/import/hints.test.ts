import { describe, expect, it } from "vitest";
import { readHints, readSymbol } from "./hints.ts";
import { splitSymbol } from "./names.ts";

describe("what a path says", () => {
  it.each([
    ["binance/futures/BTC_USDT_USDT-5m-futures.feather", "binance linear BTCUSDT 5m"],
    ["data/bybit/futures/ADA_USDT_USDT-1h-mark.feather", "bybit linear ADAUSDT 1h mark"],
    ["okx/futures/BTC_USD_BTC-8h-funding_rate.feather", "okx inverse BTCUSD 8h funding"],
    ["binance_funding_mark_8h/ETH_USDT_USDT-8h-mark.feather", "binance linear ETHUSDT 8h mark"],
    ["kraken/XRP_ETH-trades.json", "kraken XRPETH trades"],
    ["BTCUSDT-1m-2022-01.csv", "binance BTCUSDT 1m"],
    ["spot/monthly/aggTrades/BTCUSDT/BTCUSDT-aggTrades-2022-01", "binance spot BTCUSDT trades"],
    ["futures/um/daily/klines/ETHUSDT/1h/ETHUSDT-1h-2024-01-01.csv", "binance linear ETHUSDT 1h"],
    ["futures/cm/daily/klines/BTCUSD_PERP/1m/BTCUSD_PERP-1m-2024-01-01.csv", "binance inverse BTCUSD 1m"],
    ["futures/um/BTCUSDT_240628-1d-2024-01.csv", "binance linear BTCUSDT240628 1d"],
    ["kucoin_spot/native/1w/LINK_USDT.csv", "kucoin spot LINKUSDT 1w"],
    ["binance_usdm_many/oi_4h/DOGEUSDT.csv", "binance linear DOGEUSDT 4h openInterest"],
    ["bitfinex_sparse_1m/LTCUSD/Candles_1m/2016/merged.csv", "bitfinex LTCUSD 1m"],
    ["OKX/BTC-USDT-SWAP_1H.csv", "okx linear BTCUSDT 1h"],
    ["some/GOOG.csv", "GOOG"],
    ["prices/btc-perp-20211231-20220201_1m.csv", "linear BTCPERP 1m"],
    ["home/futures-bot/bybit_tools/BTCUSDT.csv", "BTCUSDT"],
  ])("%s: %s", (path, said) => {
    const { exchange, market, symbol, timeframe, kind, priceType } = readHints(path);
    expect([exchange, market, symbol, timeframe, kind, priceType].filter((word) => word !== undefined && word !== "bars").join(" ")).toBe(
      said,
    );
  });

  it.each([
    ["BTCUSDT", "BTC USDT"],
    ["XBTUSD", "XBT USD"],
    ["DOTUSD", "DOT USD"],
    ["BTCTUSD", "BTC TUSD"],
    ["ETHBTC", "ETH BTC"],
    ["TUSDT", "T USDT"],
    ["GOOG", undefined],
  ])("%s is a pair of %s", (symbol, pair) => {
    const found = splitSymbol(symbol);
    expect(found === undefined ? undefined : `${found.base} ${found.quote}`).toBe(pair);
  });

  it("a third name is what a future settles in", () => {
    expect(readSymbol("XRP/USDT:USDT")).toEqual({ symbol: "XRPUSDT", pair: { base: "XRP", quote: "USDT" }, settle: "USDT" });
    expect(readSymbol("BTC/USD:BTC")?.settle).toBe("BTC");
    expect(readSymbol("ADA/USDT")?.settle).toBeUndefined();
  });
});
