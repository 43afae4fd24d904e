import type { Instrument } from "../domain/instrument.ts";
import type { Venue } from "./venue.ts";

/** What the sandbox lists, with the rules of the real symbols (exchangeInfo of Binance, July 2026). */
export function defaultInstruments(market: Venue["market"]): readonly Instrument[] {
  switch (market) {
    case "spot":
      return [spot("BTC", "0.01", "0.00001"), spot("ETH", "0.01", "0.0001")];
    case "linear":
      return [linear("BTC", "0.10", "0.001", "100"), linear("ETH", "0.01", "0.001", "20")];
    case "inverse":
      return [
        {
          kind: "perpetual",
          symbol: "BTCUSD_PERP",
          exchange: "binance",
          baseAsset: "BTC",
          quoteAsset: "USD",
          settleAsset: "BTC",
          contractType: "inverse",
          contractSize: "100",
          priceStep: "0.1",
          quantityStep: "1",
          quantityMax: "1000000",
          leverageMax: 125,
          maintenanceMarginRate: 0.004,
        },
      ];
  }
}

function spot(baseAsset: string, priceStep: string, quantityStep: string): Instrument {
  return {
    kind: "spot",
    symbol: `${baseAsset}USDT`,
    exchange: "binance",
    baseAsset,
    quoteAsset: "USDT",
    settleAsset: "USDT",
    priceStep,
    quantityStep,
    quantityMax: "9000",
    notionalMin: "5",
  };
}

function linear(baseAsset: string, priceStep: string, quantityStep: string, notionalMin: string): Instrument {
  return {
    kind: "perpetual",
    symbol: `${baseAsset}USDT`,
    exchange: "binance",
    baseAsset,
    quoteAsset: "USDT",
    settleAsset: "USDT",
    contractType: "linear",
    contractSize: "1",
    priceStep,
    quantityStep,
    quantityMax: "1000",
    notionalMin,
    leverageMax: 125,
    maintenanceMarginRate: 0.004,
  };
}
