import type { JsonObject } from "./json.ts";
import { amount, millis } from "./market.ts";
import type { Parameters } from "./parameters.ts";
import type { VenueFill } from "../../engine/venue-facts.ts";
import { Refusal } from "./refusals.ts";
import { route, type Call, type Routes } from "./routes.ts";
import { spotTrade } from "./spot-reports.ts";

/** What the spot account tells of itself. */
export const spotAccountRoutes: Routes = {
  "GET account": route("SIGNED", 20, account),
  "GET myTrades": route(
    "SIGNED",
    (parameters) => (parameters.has("orderId") ? 5 : 20),
    ({ market, parameters }) => {
      const { symbol } = market.instrument(parameters.required("symbol"));
      return pageOfFills(market.venue.fills(symbol), parameters).map((fill) => spotTrade(market, fill));
    },
  ),
  "GET rateLimit/order": route("SIGNED", 40, ({ limits }) => limits.orderStatus("api")),
  "GET account/commission": route("SIGNED", 20, ({ market, parameters }) => {
    const { symbol } = market.instrument(parameters.required("symbol"));
    const none = { maker: "0.00000000", taker: "0.00000000", buyer: "0.00000000", seller: "0.00000000" };
    const discount = { enabledForAccount: false, enabledForSymbol: false, discountAsset: "BNB", discount: "0.00000000" };
    return {
      symbol,
      standardCommission: { ...none, maker: "0.00100000", taker: "0.00100000" },
      specialCommission: none,
      taxCommission: none,
      discount,
    };
  }),
};

/** `/sapi/v1/*`: what clients ask the wallet while they start. */
export const walletRoutes: Routes = {
  "GET system/status": route("NONE", 1, () => ({ status: 0, msg: "normal" })),
  "GET account/status": route("SIGNED", 1, () => ({ data: "Normal" })),
  "GET account/apiRestrictions": route("SIGNED", 1, ({ market, account }) => {
    const trades = account?.canTrade !== false;
    return {
      ipRestrict: account?.ipBound !== false,
      createTime: market.now - 86_400_000,
      enableReading: true,
      enableWithdrawals: account?.canWithdraw === true,
      enableInternalTransfer: account?.canWithdraw === true,
      enableMargin: false,
      enableFutures: trades,
      permitsUniversalTransfer: false,
      enableVanillaOptions: false,
      enableFixApiTrade: false,
      enableFixReadOnly: false,
      enableSpotAndMarginTrading: trades,
      enablePortfolioMarginTrading: false,
    };
  }),
  "GET capital/config/getall": route("SIGNED", 10, ({ market }) =>
    [...new Map(market.venue.balances().map((balance) => [balance.asset, balance]))].map(([asset, { total, free }]) => ({
      coin: asset,
      name: asset,
      depositAllEnable: false,
      withdrawAllEnable: false,
      free: amount(free),
      locked: amount(total - free),
      freeze: "0",
      withdrawing: "0",
      ipoing: "0",
      ipoable: "0",
      storage: "0",
      isLegalMoney: false,
      trading: true,
      networkList: [],
    })),
  ),
  "GET asset/tradeFee": route("SIGNED", 1, ({ market, parameters }) =>
    market.venue.instruments
      .filter(({ symbol }) => (parameters.text("symbol") ?? symbol) === symbol)
      .map(({ symbol }) => ({ symbol, makerCommission: "0.001", takerCommission: "0.001" })),
  ),
  // Nothing is lent here; clients ask all the same when they load the markets.
  "GET margin/allPairs": route("API_KEY", 1, () => []),
  "GET margin/isolated/allPairs": route("API_KEY", 1, () => []),
  "POST asset/get-funding-asset": route("SIGNED", 1, () => []),
};

function account({ market, account: key, parameters }: Call): JsonObject {
  const omitsZeros = parameters.flag("omitZeroBalances") === true;
  const balances = market.venue.balances().filter(({ total }) => !omitsZeros || total !== 0);
  return {
    makerCommission: 10,
    takerCommission: 10,
    buyerCommission: 0,
    sellerCommission: 0,
    commissionRates: { maker: "0.00100000", taker: "0.00100000", buyer: "0.00000000", seller: "0.00000000" },
    canTrade: key?.canTrade !== false,
    canWithdraw: key?.canWithdraw === true,
    canDeposit: true,
    brokered: false,
    requireSelfTradePrevention: false,
    preventSor: false,
    updateTime: market.now,
    accountType: "SPOT",
    balances: balances.map(({ asset, total, free }) => ({ asset, free: amount(free), locked: amount(total - free) })),
    permissions: ["SPOT"],
    uid: 354_937_868,
  };
}

const SPAN_MS_MAX = 24 * 60 * 60 * 1_000;

/** Fills from an id on, of an order, of a time, or the newest, as "Account trade list" describes. */
export function pageOfFills(fills: readonly VenueFill[], parameters: Parameters, spanMsMax = SPAN_MS_MAX): readonly VenueFill[] {
  const limit = parameters.limit(500, 1_000);
  const orderId = parameters.id("orderId");
  const fromId = parameters.id("fromId");
  const start = parameters.long("startTime");
  const end = parameters.long("endTime");
  if (start !== undefined && end !== undefined && end - start > spanMsMax) {
    throw new Refusal(-1127, `More than ${spanMsMax / 3_600_000} hours between startTime and endTime.`);
  }
  const matching = fills.filter(
    (fill) =>
      (orderId === undefined || fill.orderId === orderId) &&
      (fromId === undefined || BigInt(fill.tradeId) >= BigInt(fromId)) &&
      millis(fill.time) >= (start ?? 0) &&
      millis(fill.time) <= (end ?? Infinity),
  );
  return fromId === undefined && start === undefined ? matching.slice(-limit) : matching.slice(0, limit);
}
