import type { Balance } from "../../../../domain/account.ts";
import type { VenueFill, VenuePosition, VenueTransfer } from "../../../../engine/venue-facts.ts";
import { fieldsOf, fieldsOfEach, type Fields } from "../../../transport/wire-fields.ts";
import { sumOf } from "../wire.ts";
import { positionSideOf, sideOf } from "../wire-values.ts";

/** `GET /api/v3/account`: {"canTrade":true,"uid":354937868,"balances":[{"asset":"BTC","free":"4723846.89208129","locked":"0.00000000"}]} */
export function toSpotBalances(value: unknown): readonly Balance[] {
  const rows = fieldsOf(value, "GET /api/v3/account").fieldsOfEach("balances");
  return rows.map((row) => ({ asset: row.text("asset"), total: sumOf(row, "free", "locked"), free: row.number("free") }));
}

/**
 * `GET /fapi/v3/balance`, `GET /dapi/v1/balance`: [{"accountAlias":"SgsR","asset":"USDT","balance":"122607.35137903",
 * "crossWalletBalance":"23.72469206","crossUnPnl":"0.00000000","availableBalance":"23.72469206","updateTime":1617939110373}]
 */
export function toFuturesBalances(value: unknown): readonly Balance[] {
  const rows = fieldsOfEach(value, "the balances");
  return rows.map((row) => ({ asset: row.text("asset"), total: row.number("balance"), free: row.number("availableBalance") }));
}

/**
 * `GET /fapi/v3/positionRisk`, which lists what has a position or an order, and `GET /dapi/v1/positionRisk`, which lists everything:
 * [{"symbol":"ADAUSDT","positionSide":"BOTH","positionAmt":"30","entryPrice":"0.385","markPrice":"0.41047590","updateTime":1720736417660}]
 */
export function toPosition(row: Fields): VenuePosition {
  const quantity = row.number("positionAmt");
  const entryPrice = quantity === 0 ? NaN : row.number("entryPrice");
  return { symbol: row.text("symbol"), side: positionSideOf(row.maybeText("positionSide") ?? ""), quantity, entryPrice };
}

/**
 * `GET /api/v3/myTrades`: {"symbol":"BNBBTC","id":28457,"orderId":100234,"orderListId":-1,"price":"4.00000100","qty":"12.00000000",
 * "quoteQty":"48.000012","commission":"10.10000000","commissionAsset":"BNB","time":1499865549590,"isBuyer":true,"isMaker":false}
 */
export function toSpotFill(row: Fields): VenueFill {
  return {
    ...fillOf(row),
    side: row.flag("isBuyer") ? "buy" : "sell",
    positionSide: "net",
    liquidity: row.flag("isMaker") ? "maker" : "taker",
  };
}

/**
 * `GET /fapi/v1/userTrades`, `GET /dapi/v1/userTrades`: {"buyer":false,"commission":"0.07819010","commissionAsset":"USDT","id":698759,
 * "maker":false,"orderId":25851813,"price":"7819.01","qty":"0.002","quoteQty":"15.63802","realizedPnl":"-0.91539999","side":"SELL",
 * "positionSide":"SHORT","symbol":"BTCUSDT","time":1569514978020}. What was paid is above zero, as recorded; the page's own example has
 * it below.
 */
export function toFuturesFill(row: Fields): VenueFill {
  return {
    ...fillOf(row),
    side: sideOf(row.text("side"), row.where),
    positionSide: positionSideOf(row.maybeText("positionSide") ?? ""),
    liquidity: row.flag("maker") ? "maker" : "taker",
  };
}

function fillOf(row: Fields): Omit<VenueFill, "side" | "positionSide" | "liquidity"> {
  return {
    tradeId: row.text("id"),
    orderId: row.text("orderId"),
    clientOrderId: "",
    symbol: row.text("symbol"),
    price: row.number("price"),
    quantity: row.number("qty"),
    fee: row.number("commission"),
    feeAsset: row.text("commissionAsset"),
    time: row.number("time"),
    cause: "order",
  };
}

/** Income that is profit or commission of an execution, which tells it itself. */
const TRADE_INCOME: ReadonlySet<string> = new Set(["REALIZED_PNL", "COMMISSION"]);

/**
 * `GET /fapi/v1/income`, `GET /dapi/v1/income`: {"symbol":"BTCUSDT","incomeType":"FUNDING_FEE","income":"-0.37500000","asset":"USDT",
 * "info":"","time":1570608000000,"tranId":9689322392,"tradeId":""}. `tranId` is unique within a type. Undefined for what executions tell.
 */
export function toTransfer(row: Fields): VenueTransfer | undefined {
  const type = row.text("incomeType");
  if (TRADE_INCOME.has(type)) return undefined;
  const symbol = row.maybeText("symbol") ?? "";
  return {
    kind: type === "FUNDING_FEE" ? "funding" : type.endsWith("TRANSFER") ? "transfer" : "other",
    id: `${type}:${row.text("tranId")}`,
    asset: row.text("asset"),
    amount: row.number("income"),
    symbol: symbol === "" ? undefined : symbol,
    time: row.number("time"),
  };
}
