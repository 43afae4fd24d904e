import { ConfigurationError } from "../../base/errors.ts";
import type { Season } from "./market-season.ts";

/** A mood of the market that lasts for days or weeks; which one comes next is drawn by chance (a Markov chain, Hamilton 1989). */
export interface Regime {
  readonly name: string;
  /** Mean length of a stay; stays are exponential. Above 0. */
  readonly meanDays: number;
  /** How often it is entered, beside the others' values. Above 0. */
  readonly weight: number;
  /** Expected change of the log price in a year of it: 1 is a factor of 2.7, -1 one of 0.37. */
  readonly annualDrift: number;
  /** Factor on the volatility. Above 0. */
  readonly volatility: number;
  /** Factor on the number of jumps. */
  readonly jumps: number;
}

/** One of the time scales on which volatility swings: a mean-reverting (Ornstein-Uhlenbeck) part of its logarithm. */
export interface VolatilityComponent {
  /** Time in which half of a swing is forgotten. 1 or more. */
  readonly halfLifeMinutes: number;
  /** Standard deviation of the part, in log units: 0.3 is ±30 %. */
  readonly deviation: number;
}

/** Everything that makes one market behave unlike another. */
export interface MarketCharacter {
  /** Standard deviation of a year's log return in the long run, over all regimes: 0.65 is 65 %. 0.01 to 5. */
  readonly annualVolatility: number;
  /** Short and long swings added up decay about like a power law: the long memory of volatility. One may be shorter than 20 minutes. */
  readonly volatilityComponents: readonly VolatilityComponent[];
  /** Deviation of the log volatility from one minute to the next without memory. 0 to 1. */
  readonly minuteNoise: number;
  /** How far a falling price raises the volatility that follows: correlation from -1 (a rising one does) to 1. */
  readonly asymmetry: number;
  /** Share of minutes in which the price does not leave the spread. 0 to 0.9. */
  readonly quietShare: number;
  readonly jumpsPerDay: number;
  /** Smallest jump in deviations of the minute's return; sizes follow a Pareto law with exponent 4. 0 to 20. */
  readonly jumpSize: number;
  /** Mean number of jumps that one jump brings about (Hawkes 1971). 0 to 0.9. */
  readonly jumpClustering: number;
  /** How long a jump keeps bringing about others, in minutes. 1 or more. */
  readonly jumpMemoryMinutes: number;
  /** What a jump adds to the fastest part of the log volatility. 0 to 2. */
  readonly aftershock: number;
  readonly regimes: readonly Regime[];
  /**
   * Half-life, in years, of the log price's distance from where it started. Real prices have no such pull; without it a path of
   * decades dies or explodes. Three years pull a price 10 % away back by 0.2 % a month, beside a volatility of 19 % a month. 0.1 to 1,000.
   */
  readonly pullHalfLifeYears: number;
  /** Mean value traded in a minute, in the quote asset. */
  readonly turnoverPerMinute: number;
  /** Mean number of trades in a minute. 0.001 to 100,000. */
  readonly tradesPerMinute: number;
  /** By how many per cent volume rises with 1 % of volatility. 0 to 2. */
  readonly volumeElasticity: number;
  /** The part of the log volume that has nothing to do with volatility: memory and noise. */
  readonly volumeComponent: VolatilityComponent;
  readonly volumeNoise: number;
  /** Distance of best bid and ask as a share of the price, at least one price step: 0.0001 is one basis point. */
  readonly spreadShare: number;
  readonly season: Season;
}

/** Refuses, in one sentence, what cannot be a market. */
export function checkCharacter(character: MarketCharacter): void {
  for (const [name, min, max] of LIMITS) checkRange(name, character[name], min, max);
  checkRange("volumeComponent.deviation", character.volumeComponent.deviation, 0, 2);
  checkRange("volumeComponent.halfLifeMinutes", character.volumeComponent.halfLifeMinutes, 1, 1e7);
  for (const { halfLifeMinutes, deviation } of character.volatilityComponents) {
    checkRange("volatilityComponents: halfLifeMinutes", halfLifeMinutes, 1, 1e7);
    checkRange("volatilityComponents: deviation", deviation, 0, 1.5);
  }
  if (character.volatilityComponents.filter(isFast).length > 1) {
    throw new ConfigurationError("The market's volatilityComponents may hold only one with a half-life below 20 minutes");
  }
  checkRegimes(character.regimes);
  checkSeason(character.season);
}

/** Whether a component moves every minute; the others move in blocks of minutes. */
export function isFast({ halfLifeMinutes }: VolatilityComponent): boolean {
  return halfLifeMinutes < 20;
}

type NumberName = { [Name in keyof MarketCharacter]: MarketCharacter[Name] extends number ? Name : never }[keyof MarketCharacter];

const LIMITS: readonly (readonly [name: NumberName, min: number, max: number])[] = [
  ["annualVolatility", 0.01, 5],
  ["minuteNoise", 0, 1],
  ["asymmetry", -1, 1],
  ["quietShare", 0, 0.9],
  ["jumpsPerDay", 0, 500],
  ["jumpSize", 0, 20],
  ["jumpClustering", 0, 0.9],
  ["jumpMemoryMinutes", 1, 10_000],
  ["aftershock", 0, 2],
  ["pullHalfLifeYears", 0.1, 1_000],
  ["turnoverPerMinute", 0.01, 1e12],
  ["tradesPerMinute", 0.001, 100_000],
  ["volumeElasticity", 0, 2],
  ["volumeNoise", 0, 2],
  ["spreadShare", 0, 0.1],
];

function checkRange(name: string, value: number, min: number, max: number): void {
  if (value >= min && value <= max) return;
  throw new ConfigurationError(`The market's ${name} must be a number from ${min} to ${max}, not ${value}`);
}

function checkRegimes(regimes: readonly Regime[]): void {
  if (regimes.length === 0) throw new ConfigurationError("The market's regimes must name at least one regime");
  for (const { name, meanDays, weight, annualDrift, volatility, jumps } of regimes) {
    checkRange(`regime "${name}": meanDays`, meanDays, 0.1, 10_000);
    checkRange(`regime "${name}": weight`, weight, 1e-6, 1e6);
    checkRange(`regime "${name}": annualDrift`, annualDrift, -20, 20);
    checkRange(`regime "${name}": volatility`, volatility, 0.01, 20);
    checkRange(`regime "${name}": jumps`, jumps, 0, 100);
  }
}

function checkSeason(season: Season): void {
  for (const [name, length] of SEASON_LENGTHS) {
    const values = season[name];
    if (values.length === length && values.every((value) => value > 0 && value < 1_000)) continue;
    throw new ConfigurationError(`The market's season needs ${length} values above 0 as its ${name}`);
  }
}

const SEASON_LENGTHS = [
  ["hourVolatility", 24],
  ["hourVolume", 24],
  ["weekdayVolatility", 7],
  ["weekdayVolume", 7],
  ["minuteVolatility", 60],
  ["minuteVolume", 60],
] as const;
