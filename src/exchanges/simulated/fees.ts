import type { Market } from "../../domain/instrument.ts";

/** What an exchange takes of the traded value, in percent, at the tier of a new account. */
export interface FeeSchedule {
  readonly makerPct: number;
  readonly takerPct: number;
}

interface ExchangeFees {
  readonly spot: FeeSchedule;
  readonly futures: FeeSchedule;
}

const BINANCE: ExchangeFees = { spot: { makerPct: 0.1, takerPct: 0.1 }, futures: { makerPct: 0.02, takerPct: 0.05 } };

const BASE_FEES: Readonly<Record<string, ExchangeFees>> = {
  binance: BINANCE,
  bybit: { spot: { makerPct: 0.1, takerPct: 0.1 }, futures: { makerPct: 0.02, takerPct: 0.055 } },
  okx: { spot: { makerPct: 0.08, takerPct: 0.1 }, futures: { makerPct: 0.02, takerPct: 0.05 } },
  bitget: { spot: { makerPct: 0.1, takerPct: 0.1 }, futures: { makerPct: 0.02, takerPct: 0.06 } },
  kucoin: { spot: { makerPct: 0.1, takerPct: 0.1 }, futures: { makerPct: 0.02, takerPct: 0.06 } },
};

/** The published base-tier fees of an exchange; of Binance where the exchange is unknown. */
export function baseFees(exchange: string, market: Market): FeeSchedule {
  const fees = BASE_FEES[exchange] ?? BINANCE;
  return market === "spot" ? fees.spot : fees.futures;
}
