import { ConfigurationError } from "../../base/errors.ts";
import { baseFees } from "../../exchanges/simulated/fees.ts";
import type { VenueOptions } from "./options.ts";
import { SimulatedVenue } from "./simulated-venue.ts";

export type { VenueOptions } from "./options.ts";
export type { SimulatedVenue } from "./simulated-venue.ts";

/**
 * The truth behind a fake exchange: one market with one account, on a seeded market simulator, moved by the scheduler.
 *
 * @example
 * const venue = createVenue({ market: "spot", instruments, initialCapital: 10_000, scheduler, seed: 1 });
 * venue.start();
 * venue.submit({ symbol: "BTCUSDT", side: "buy", type: "market", quantity: 0.01 });
 */
export function createVenue(options: VenueOptions): SimulatedVenue {
  const { instruments, market } = options;
  const [first] = instruments;
  if (first === undefined) throw new ConfigurationError("A venue needs an instrument to trade");
  for (const instrument of instruments) {
    const own = instrument.kind === "perpetual" || instrument.kind === "future" ? instrument.contractType : instrument.kind;
    if (own !== market) throw new ConfigurationError(`${instrument.symbol} is not ${market}; give a venue instruments of its own market`);
  }
  const fees = baseFees("binance", market);
  const balances: Record<string, number> = { ...options.balances };
  if (options.initialCapital !== undefined) {
    balances[first.settleAsset] = (balances[first.settleAsset] ?? 0) + options.initialCapital;
  }
  return new SimulatedVenue(options, {
    instruments,
    balances,
    makerFeePct: options.makerFeePct ?? fees.makerPct,
    takerFeePct: options.takerFeePct ?? fees.takerPct,
    buyFeeAsset: options.buyFeeAsset ?? "base",
    leverage: market === "spot" ? 1 : (options.leverage ?? 20),
    marginMode: options.marginMode ?? "cross",
    positionMode: market === "spot" ? "oneWay" : (options.positionMode ?? "oneWay"),
  });
}
