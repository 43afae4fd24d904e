import type { ExchangeCapabilities } from "../../../engine/exchange.ts";
import type { BinanceMarket } from "../endpoints.ts";

/**
 * Spot: a resting order binds the balance, two alternatives go together as an order list (`/api/v3/orderList/oco`), nothing is changed in
 * place but a smaller quantity, which is not used here, and an order cannot end at a date.
 */
export const BINANCE_SPOT = {
  orderTypes: ["market", "limit", "stop", "stopLimit", "takeProfit", "takeProfitLimit", "trailingStop"],
  timeInForces: ["GTC", "IOC", "FOK"],
  postOnly: true,
  reduceOnly: false,
  hedgeMode: false,
  amend: [],
  bindsBalance: true,
  groupSizeMax: 2,
} as const satisfies ExchangeCapabilities;

/**
 * USDⓈ-M futures: limit orders are changed in place (`PUT /fapi/v1/order`), conditional ones live in the algo service and are replaced.
 * Nothing is linked, so any number of alternatives may rest; who placed them cancels the others.
 */
export const BINANCE_LINEAR = {
  orderTypes: ["market", "limit", "stop", "stopLimit", "takeProfit", "takeProfitLimit", "trailingStop"],
  timeInForces: ["GTC", "IOC", "FOK", "GTD"],
  postOnly: true,
  reduceOnly: true,
  hedgeMode: true,
  amend: ["limit"],
  bindsBalance: false,
  groupSizeMax: Infinity,
} as const satisfies ExchangeCapabilities;

/** COIN-M futures: as USDⓈ-M since the two were joined on 30 June 2026, without orders that end at a date. */
export const BINANCE_INVERSE = {
  orderTypes: ["market", "limit", "stop", "stopLimit", "takeProfit", "takeProfitLimit", "trailingStop"],
  timeInForces: ["GTC", "IOC", "FOK"],
  postOnly: true,
  reduceOnly: true,
  hedgeMode: true,
  amend: ["limit"],
  bindsBalance: false,
  groupSizeMax: Infinity,
} as const satisfies ExchangeCapabilities;

export function capabilitiesOf(market: BinanceMarket): ExchangeCapabilities {
  return { spot: BINANCE_SPOT, linear: BINANCE_LINEAR, inverse: BINANCE_INVERSE }[market];
}
