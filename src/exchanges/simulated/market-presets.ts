import { ConfigurationError } from "../../base/errors.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { MarketCharacter, Regime } from "./market-character.ts";
import { BTCUSDT_SEASON } from "./market-season.ts";

/** A ready-made market. */
export interface MarketPreset {
  readonly instrument: Instrument;
  readonly startPrice: number;
  readonly character: MarketCharacter;
}

/** The preset of a name written by a user. */
export function findPreset(name: string): MarketPreset {
  const presets: Readonly<Record<string, MarketPreset>> = MARKET_PRESETS;
  const preset = Object.hasOwn(presets, name) ? presets[name] : undefined;
  if (preset !== undefined) return preset;
  throw new ConfigurationError(`"${name}" is not a market preset; use one of ${Object.keys(presets).join(", ")}`);
}

const CRYPTO_REGIMES: readonly Regime[] = [
  { name: "bull", meanDays: 30, weight: 1, annualDrift: 1.4, volatility: 0.95, jumps: 1 },
  { name: "bear", meanDays: 25, weight: 1, annualDrift: -1.5, volatility: 1.1, jumps: 1.2 },
  { name: "sideways", meanDays: 20, weight: 1.2, annualDrift: 0, volatility: 0.8, jumps: 0.8 },
  { name: "turbulent", meanDays: 4, weight: 0.8, annualDrift: -1, volatility: 1.7, jumps: 3 },
];

/** BTCUSDT on Binance spot in 2022; docs/market-simulator.md sets its figures beside the real ones. */
const BTCUSDT: MarketCharacter = {
  annualVolatility: 0.65,
  volatilityComponents: [
    { halfLifeMinutes: 2, deviation: 0.34 },
    { halfLifeMinutes: 40, deviation: 0.3 },
    { halfLifeMinutes: 360, deviation: 0.27 },
    { halfLifeMinutes: 2_880, deviation: 0.29 },
    { halfLifeMinutes: 20_160, deviation: 0.24 },
    { halfLifeMinutes: 129_600, deviation: 0.18 },
  ],
  minuteNoise: 0.1,
  asymmetry: 0,
  quietShare: 0.006,
  jumpsPerDay: 9,
  jumpSize: 3.2,
  jumpClustering: 0.5,
  jumpMemoryMinutes: 20,
  aftershock: 0.6,
  regimes: CRYPTO_REGIMES,
  pullHalfLifeYears: 3,
  turnoverPerMinute: 2_300_000,
  tradesPerMinute: 300,
  volumeElasticity: 0.8,
  volumeComponent: { halfLifeMinutes: 120, deviation: 0.3 },
  volumeNoise: 0.4,
  spreadShare: 0.000005,
  season: BTCUSDT_SEASON,
};

/** ETHUSDT on Binance spot in the first half of 2022: its memory, tails and season were those of BTCUSDT, its volatility 1.26 times that. */
const ETHUSDT: MarketCharacter = { ...BTCUSDT, annualVolatility: 0.82, turnoverPerMinute: 1_700_000 };

const BTCUSDT_INSTRUMENT: Instrument = {
  kind: "spot",
  symbol: "BTCUSDT",
  exchange: "simulated",
  baseAsset: "BTC",
  quoteAsset: "USDT",
  settleAsset: "USDT",
  priceStep: "0.01",
  quantityStep: "0.00001",
};
const ETHUSDT_INSTRUMENT: Instrument = { ...BTCUSDT_INSTRUMENT, symbol: "ETHUSDT", baseAsset: "ETH", quantityStep: "0.0001" };

export const MARKET_PRESETS = {
  btcusdt: { instrument: BTCUSDT_INSTRUMENT, startPrice: 40_000, character: BTCUSDT },
  ethusdt: { instrument: ETHUSDT_INSTRUMENT, startPrice: 2_500, character: ETHUSDT },
} as const satisfies Readonly<Record<string, MarketPreset>>;
export type MarketPresetName = keyof typeof MARKET_PRESETS;
