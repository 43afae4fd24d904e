import { Grid } from "../../base/grid.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { VenueStatus } from "../venue.ts";
import type { Json, JsonObject } from "./json.ts";
import { pairOf } from "./market-data.ts";
import type { Market } from "./market.ts";
import { route, type Call, type Routes } from "./routes.ts";

/** `exchangeInfo`, with the symbols' rules as filters. */
export const exchangeInfoRoutes: Routes = {
  "GET exchangeInfo": route("NONE", 20, (call) => (call.market.isSpot ? spotInfo(call) : futuresInfo(call))),
};

const PRICE_MAX = "1000000.00";
const QUANTITY_MAX = "100000";

function spotInfo({ market, parameters, limits }: Call): Json {
  const names = parameters.symbols();
  const instruments = names === undefined ? market.venue.instruments : names.map((name) => market.instrument(name));
  return {
    timezone: "UTC",
    serverTime: market.now,
    rateLimits: [...limits.describe("api"), { rateLimitType: "RAW_REQUESTS", interval: "MINUTE", intervalNum: 5, limit: 61_000 }],
    exchangeFilters: [],
    symbols: instruments.map((instrument) => spotSymbol(market, instrument)),
  };
}

function spotSymbol(market: Market, instrument: Instrument): JsonObject {
  return {
    symbol: instrument.symbol,
    status: spotStatus(market.venue.statusOf(instrument.symbol)),
    baseAsset: instrument.baseAsset,
    baseAssetPrecision: 8,
    quoteAsset: instrument.quoteAsset,
    quotePrecision: 8,
    quoteAssetPrecision: 8,
    baseCommissionPrecision: 8,
    quoteCommissionPrecision: 8,
    orderTypes: ["LIMIT", "LIMIT_MAKER", "MARKET", "STOP_LOSS", "STOP_LOSS_LIMIT", "TAKE_PROFIT", "TAKE_PROFIT_LIMIT"],
    icebergAllowed: false,
    ocoAllowed: true,
    otoAllowed: false,
    opoAllowed: false,
    quoteOrderQtyMarketAllowed: true,
    allowTrailingStop: true,
    cancelReplaceAllowed: true,
    amendAllowed: true,
    pegInstructionsAllowed: false,
    isSpotTradingAllowed: true,
    isMarginTradingAllowed: false,
    filters: [
      priceFilter(market, instrument),
      { filterType: "LOT_SIZE", ...lotSize(market, instrument) },
      { filterType: "MARKET_LOT_SIZE", ...lotSize(market, instrument), stepSize: "0.00000000" },
      {
        filterType: "TRAILING_DELTA",
        minTrailingAboveDelta: 10,
        maxTrailingAboveDelta: 2_000,
        minTrailingBelowDelta: 10,
        maxTrailingBelowDelta: 2_000,
      },
      {
        filterType: "PERCENT_PRICE_BY_SIDE",
        bidMultiplierUp: "5",
        bidMultiplierDown: "0.2",
        askMultiplierUp: "5",
        askMultiplierDown: "0.2",
        avgPriceMins: 5,
      },
      {
        filterType: "NOTIONAL",
        minNotional: Number(instrument.notionalMin ?? 0).toFixed(8),
        applyMinToMarket: true,
        maxNotional: "9000000.00000000",
        applyMaxToMarket: false,
        avgPriceMins: 5,
      },
      { filterType: "MAX_NUM_ORDERS", maxNumOrders: 200 },
      { filterType: "MAX_NUM_ALGO_ORDERS", maxNumAlgoOrders: 5 },
    ],
    permissions: [],
    permissionSets: [["SPOT"]],
    defaultSelfTradePreventionMode: "NONE",
    allowedSelfTradePreventionModes: ["NONE"],
  };
}

function spotStatus(status: VenueStatus): string {
  return status === "trading" ? "TRADING" : status === "halted" ? "HALT" : "CANCEL_ONLY";
}

function futuresInfo({ market, limits }: Call): Json {
  const assets = [...new Set(market.venue.instruments.map(({ settleAsset }) => settleAsset))];
  return {
    timezone: "UTC",
    serverTime: market.now,
    futuresType: market.kind === "linear" ? "U_MARGINED" : "COIN_M",
    rateLimits: limits.describe(market.pool),
    exchangeFilters: [],
    assets: assets.map((asset) => ({ asset, marginAvailable: true, autoAssetExchange: "-10000" })),
    symbols: market.venue.instruments.map((instrument) => futuresSymbol(market, instrument)),
  };
}

function futuresSymbol(market: Market, instrument: Instrument): JsonObject {
  const status = market.venue.statusOf(instrument.symbol);
  const word = status === "trading" ? "TRADING" : status === "halted" ? "SETTLING" : "CANCEL_ONLY";
  const isDated = instrument.kind === "future";
  return {
    symbol: instrument.symbol,
    pair: market.kind === "inverse" ? pairOf(instrument) : instrument.symbol,
    contractType: isDated ? "CURRENT_QUARTER" : "PERPETUAL",
    deliveryDate: isDated ? instrument.expiryTime : 4_133_404_800_000,
    onboardDate: 1_569_398_400_000,
    ...(market.kind === "inverse"
      ? { contractStatus: word, contractSize: instrument.kind === "spot" ? 1 : Number(instrument.contractSize), equalQtyPrecision: 4 }
      : { status: word, settlePlan: 0 }),
    maintMarginPercent: "2.5000",
    requiredMarginPercent: "5.0000",
    baseAsset: instrument.baseAsset,
    quoteAsset: instrument.quoteAsset,
    marginAsset: instrument.settleAsset,
    pricePrecision: new Grid(instrument.priceStep).decimals,
    quantityPrecision: new Grid(instrument.quantityStep).decimals,
    baseAssetPrecision: 8,
    quotePrecision: 8,
    underlyingType: "COIN",
    underlyingSubType: ["PoW"],
    triggerProtect: "0.0500",
    liquidationFee: "0.012500",
    marketTakeBound: "0.05",
    maxMoveOrderLimit: 10_000,
    filters: [
      priceFilter(market, instrument),
      { filterType: "LOT_SIZE", ...lotSize(market, instrument) },
      { filterType: "MARKET_LOT_SIZE", ...lotSize(market, instrument) },
      { filterType: "MAX_NUM_ORDERS", limit: 200 },
      { filterType: "MAX_NUM_ALGO_ORDERS", limit: 100 },
      ...(market.kind === "linear" ? [{ filterType: "MIN_NOTIONAL", notional: instrument.notionalMin ?? "0" }] : []),
      { filterType: "PERCENT_PRICE", multiplierUp: "1.0500", multiplierDown: "0.9500", multiplierDecimal: "4" },
    ],
    orderTypes: ["LIMIT", "MARKET", "STOP", "STOP_MARKET", "TAKE_PROFIT", "TAKE_PROFIT_MARKET", "TRAILING_STOP_MARKET"],
    timeInForce: ["GTC", "IOC", "FOK", "GTX", "GTD"],
  };
}

function priceFilter(market: Market, { priceStep }: Instrument): JsonObject {
  const step = market.isSpot ? Number(priceStep).toFixed(8) : priceStep;
  return { filterType: "PRICE_FILTER", minPrice: step, maxPrice: market.isSpot ? Number(PRICE_MAX).toFixed(8) : PRICE_MAX, tickSize: step };
}

function lotSize(market: Market, { quantityStep, quantityMin = quantityStep, quantityMax = QUANTITY_MAX }: Instrument): JsonObject {
  const text = (value: string): string => (market.isSpot ? Number(value).toFixed(8) : value);
  return { minQty: text(quantityMin), maxQty: text(quantityMax), stepSize: text(quantityStep) };
}
