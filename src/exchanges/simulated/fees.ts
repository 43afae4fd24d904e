import type { Market } from "../../domain/instrument.ts";

/** What an exchange takes of the traded value, in percent, at the tier of a new account. */
export interface FeeSchedule {
  readonly makerPct: number;
  readonly takerPct: number;
}

const SPOT_AND_FUTURES: Readonly<Record<string, { readonly spot: FeeSchedule; readonly futures: FeeSchedule }>> = {
  binance: { spot: { makerPct: 0.1, takerPct: 0.1 }, futures: { makerPct: 0.02, takerPct: 0.05 } },
  bybit: { spot: { makerPct: 0.1, takerPct: 0.1 }, futures: { makerPct: 0.02, takerPct: 0.055 } },
  okx: { spot: { makerPct: 0.08, takerPct: 0.1 }, futures: { makerPct: 0.02, takerPct: 0.05 } },
  bitget: { spot: { makerPct: 0.1, takerPct: 0.1 }, futures: { makerPct: 0.02, takerPct: 0.06 } },
  kucoin: { spot: { makerPct: 0.1, takerPct: 0.1 }, futures: { makerPct: 0.02, takerPct: 0.06 } },
};

/** The published base-tier fees of an exchange; of Binance where the exchange is unknown. */
export function baseFees(exchange: string, market: Market): FeeSchedule {
  const fees = SPOT_AND_FUTURES[exchange] ?? (SPOT_AND_FUTURES["binance"] as { spot: FeeSchedule; futures: FeeSchedule });
  return market === "spot" ? fees.spot : fees.futures;
}
