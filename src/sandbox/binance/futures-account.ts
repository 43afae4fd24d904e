import type { FuturesMargin } from "./futures-margin.ts";
import { marginsOf, summaryOf } from "./futures-margin.ts";
import type { Json, JsonObject } from "./json.ts";
import { amount, type Market } from "./market.ts";
import { positionSideWord } from "./order-words.ts";
import { route, type Call, type Routes } from "./routes.ts";

/** Balances and positions of the futures account. */
export const futuresAccountRoutes: Routes = {
  "GET account": route("SIGNED", 5, (call) => (call.version >= 3 ? accountV3(call.market) : accountV2(call))),
  "GET balance": route("SIGNED", 5, ({ market }) => {
    const summary = summaryOf(market);
    return market.venue.balances().map(({ asset, total, free }) => ({
      accountAlias: "SgsR",
      asset,
      balance: amount(total),
      crossWalletBalance: amount(total - isolatedOf(summary.margins, asset)),
      crossUnPnl: amount(unrealizedOf(summary.margins, asset)),
      availableBalance: amount(free),
      ...(market.kind === "inverse" ? { withdrawAvailable: amount(free) } : { maxWithdrawAmount: amount(free), marginAvailable: true }),
      updateTime: market.now,
    }));
  }),
  "GET positionRisk": route("SIGNED", 5, ({ market, parameters, version }) => {
    const symbol = parameters.text("symbol");
    if (symbol !== undefined) market.instrument(symbol);
    return marginsOf(market)
      .filter((margin) => (symbol ?? margin.position.symbol) === margin.position.symbol)
      .filter((margin) => version < 3 || margin.position.quantity !== 0)
      .map((margin) => (version >= 3 ? riskV3(market, margin) : riskV2(market, margin)));
  }),
  "GET accountConfig": route("SIGNED", 5, ({ market, account }) => ({
    feeTier: 0,
    canTrade: account?.canTrade !== false,
    canDeposit: true,
    canWithdraw: account?.canWithdraw === true,
    dualSidePosition: market.venue.positionMode === "hedge",
    updateTime: 0,
    multiAssetsMargin: false,
    tradeGroupId: -1,
  })),
  "GET symbolConfig": route("SIGNED", 5, ({ market, parameters }) => {
    const only = parameters.text("symbol");
    return market.venue.instruments
      .filter(({ symbol }) => (only ?? symbol) === symbol)
      .map(({ symbol }) => ({
        symbol,
        marginType: market.venue.marginModeOf(symbol) === "cross" ? "CROSSED" : "ISOLATED",
        isAutoAddMargin: false,
        leverage: market.venue.leverageOf(symbol),
        maxNotionalValue: "1000000",
      }));
  }),
};

function unrealizedOf(margins: readonly FuturesMargin[], asset: string): number {
  return margins.filter((margin) => margin.instrument.settleAsset === asset).reduce((sum, { unrealized }) => sum + unrealized, 0);
}

function isolatedOf(margins: readonly FuturesMargin[], asset: string): number {
  return margins
    .filter((margin) => margin.isIsolated && margin.instrument.settleAsset === asset)
    .reduce((sum, { initialMargin }) => sum + initialMargin, 0);
}

function totals(market: Market): JsonObject {
  const { wallet, unrealized, positionMargin, maintenanceMargin, free } = summaryOf(market);
  const orderMargin = Math.max(0, wallet + unrealized - positionMargin - free);
  return {
    totalInitialMargin: amount(positionMargin + orderMargin),
    totalMaintMargin: amount(maintenanceMargin),
    totalWalletBalance: amount(wallet),
    totalUnrealizedProfit: amount(unrealized),
    totalMarginBalance: amount(wallet + unrealized),
    totalPositionInitialMargin: amount(positionMargin),
    totalOpenOrderInitialMargin: amount(orderMargin),
    totalCrossWalletBalance: amount(wallet),
    totalCrossUnPnl: amount(unrealized),
    availableBalance: amount(free),
    maxWithdrawAmount: amount(free),
  };
}

function assetRows(market: Market): readonly JsonObject[] {
  const margins = marginsOf(market);
  return market.venue.balances().map(({ asset, total, free }) => {
    const own = margins.filter(({ instrument }) => instrument.settleAsset === asset);
    const sum = (pick: (margin: FuturesMargin) => number): number => own.reduce((total, margin) => total + pick(margin), 0);
    const unrealized = sum((margin) => margin.unrealized);
    const initial = sum((margin) => margin.initialMargin);
    return {
      asset,
      walletBalance: amount(total),
      unrealizedProfit: amount(unrealized),
      marginBalance: amount(total + unrealized),
      maintMargin: amount(sum((margin) => margin.maintenanceMargin)),
      initialMargin: amount(initial),
      positionInitialMargin: amount(initial),
      openOrderInitialMargin: "0.00000000",
      crossWalletBalance: amount(total - isolatedOf(margins, asset)),
      crossUnPnl: amount(unrealized),
      availableBalance: amount(free),
      maxWithdrawAmount: amount(free),
      updateTime: market.now,
    };
  });
}

function accountV3(market: Market): Json {
  const positions = marginsOf(market).filter(({ position }) => position.quantity !== 0);
  return {
    ...totals(market),
    assets: assetRows(market),
    positions: positions.map((margin) => ({
      symbol: margin.position.symbol,
      positionSide: positionSideWord(margin.position.side),
      positionAmt: market.quantity(margin.instrument, margin.position.quantity),
      unrealizedProfit: amount(margin.unrealized),
      isolatedMargin: amount(margin.isIsolated ? margin.initialMargin : 0),
      notional: amount(margin.notional),
      isolatedWallet: amount(margin.isIsolated ? margin.initialMargin : 0),
      initialMargin: amount(margin.initialMargin),
      maintMargin: amount(margin.maintenanceMargin),
      updateTime: market.now,
    })),
  };
}

function accountV2({ market, account }: Call): Json {
  return {
    feeTier: 0,
    feeBurn: true,
    canTrade: account?.canTrade !== false,
    canDeposit: true,
    canWithdraw: account?.canWithdraw === true,
    updateTime: 0,
    multiAssetsMargin: false,
    tradeGroupId: -1,
    ...(market.kind === "linear" ? totals(market) : {}),
    assets: assetRows(market).map((row) => ({ ...row, marginAvailable: true })),
    positions: marginsOf(market).map((margin) => ({
      symbol: margin.position.symbol,
      initialMargin: amount(margin.initialMargin),
      maintMargin: amount(margin.maintenanceMargin),
      unrealizedProfit: amount(margin.unrealized),
      positionInitialMargin: amount(margin.initialMargin),
      openOrderInitialMargin: "0",
      leverage: String(margin.leverage),
      isolated: margin.isIsolated,
      entryPrice: amount(margin.entryPrice),
      breakEvenPrice: amount(margin.entryPrice),
      ...(market.kind === "inverse"
        ? { maxQty: "50", notionalValue: amount(margin.notional) }
        : { maxNotional: "1000000", bidNotional: "0", askNotional: "0" }),
      positionSide: positionSideWord(margin.position.side),
      positionAmt: market.quantity(margin.instrument, margin.position.quantity),
      updateTime: market.now,
    })),
  };
}

function riskV2(market: Market, margin: FuturesMargin): JsonObject {
  return {
    symbol: margin.position.symbol,
    positionAmt: market.quantity(margin.instrument, margin.position.quantity),
    entryPrice: amount(margin.entryPrice),
    breakEvenPrice: amount(margin.entryPrice),
    markPrice: amount(margin.markPrice),
    unRealizedProfit: amount(margin.unrealized),
    liquidationPrice: "0",
    leverage: String(margin.leverage),
    ...(market.kind === "inverse"
      ? { maxQty: "50", notionalValue: amount(margin.notional) }
      : { maxNotionalValue: "1000000", notional: amount(margin.notional) }),
    marginType: margin.isIsolated ? "isolated" : "cross",
    isolatedMargin: amount(margin.isIsolated ? margin.initialMargin : 0),
    isolatedWallet: amount(margin.isIsolated ? margin.initialMargin : 0),
    isAutoAddMargin: "false",
    positionSide: positionSideWord(margin.position.side),
    updateTime: market.now,
  };
}

function riskV3(market: Market, margin: FuturesMargin): JsonObject {
  return {
    symbol: margin.position.symbol,
    positionSide: positionSideWord(margin.position.side),
    positionAmt: market.quantity(margin.instrument, margin.position.quantity),
    entryPrice: amount(margin.entryPrice),
    breakEvenPrice: amount(margin.entryPrice),
    markPrice: amount(margin.markPrice),
    unRealizedProfit: amount(margin.unrealized),
    liquidationPrice: "0",
    isolatedMargin: amount(margin.isIsolated ? margin.initialMargin : 0),
    notional: amount(margin.notional),
    marginAsset: margin.instrument.settleAsset,
    isolatedWallet: amount(margin.isIsolated ? margin.initialMargin : 0),
    initialMargin: amount(margin.initialMargin),
    maintMargin: amount(margin.maintenanceMargin),
    positionInitialMargin: amount(margin.initialMargin),
    openOrderInitialMargin: "0",
    adl: 2,
    bidNotional: "0",
    askNotional: "0",
    updateTime: market.now,
  };
}
