import { portableExp, portableLog } from "../../base/portable-math.ts";
import type { Random } from "../../base/random.ts";
import { DAY_MS, MINUTE_MS } from "../../domain/timeframe.ts";
import type { MarketCharacter, Regime, VolatilityComponent } from "./market-character.ts";
import { isFast } from "./market-character.ts";

export const DAY_MINUTES = DAY_MS / MINUTE_MS;
export const YEAR_MINUTES = 365 * DAY_MINUTES;
/** The climate moves every 5 minutes, its slower parts every hour: in between their swings are too small to see. */
export const CLIMATE_MINUTES = 5;
const MOVES_PER_HOUR = 60 / CLIMATE_MINUTES;
/** Components with a longer half-life, in minutes, move every hour. */
const SLOW_HALF_LIFE = 1_000;

/** What changes slowly: the regime, the long swings of volatility and volume, and the drift. */
export class Climate {
  /** Deviation of a minute's log return before the season, the fast component and the minute's noise. */
  volatility = 0;
  /** Value traded in a minute, in the quote asset, before the same. */
  turnover = 0;
  /** Number of trades in a minute, before the same. */
  trades = 0;
  /** Drift of the log price in a minute. */
  drift = 0;
  regime: Regime;
  readonly #character: MarketCharacter;
  readonly #random: Random;
  readonly #middle: Swing[];
  readonly #slow: Swing[];
  readonly #volume: Swing;
  readonly #volatilityScale: number;
  readonly #turnoverScale: number;
  readonly #meanDrift: number;
  readonly #pull: number;
  #moves = 0;
  #slowLog = 0;

  constructor(character: MarketCharacter, random: Random) {
    const { volatilityComponents, regimes, volumeComponent } = character;
    const middle = volatilityComponents.filter((part) => !isFast(part) && part.halfLifeMinutes < SLOW_HALF_LIFE);
    const slow = volatilityComponents.filter((part) => part.halfLifeMinutes >= SLOW_HALF_LIFE);
    this.#character = character;
    this.#random = random;
    this.#middle = middle.map((part) => new Swing(part, CLIMATE_MINUTES, random));
    this.#slow = slow.map((part) => new Swing(part, 60, random));
    this.#volume = new Swing(volumeComponent, CLIMATE_MINUTES, random);
    this.#volatilityScale = volatilityScale(character);
    this.#turnoverScale = turnoverScale(character);
    this.#meanDrift = regimeMean(regimes, (regime) => regime.annualDrift);
    this.#pull = Math.LN2 / character.pullHalfLifeYears;
    this.regime = drawRegime(regimes, (regime) => regime.weight * regime.meanDays, random);
    this.#slowLog = this.#sumOfSlowParts();
    this.#describe();
  }

  /** Moves on by `CLIMATE_MINUTES`; `priceRatio` is the price over the first one. */
  move(priceRatio: number): void {
    for (const part of this.#middle) part.move(this.#random);
    this.#volume.move(this.#random);
    if (this.#moves % MOVES_PER_HOUR === 0) this.#moveSlowParts(priceRatio);
    this.#moves += 1;
    this.#describe();
  }

  #moveSlowParts(priceRatio: number): void {
    const { regimes } = this.#character;
    for (const part of this.#slow) part.move(this.#random);
    if (regimes.length > 1 && this.#random.next() < 1 / (24 * this.regime.meanDays)) {
      const others = regimes.filter((regime) => regime !== this.regime);
      this.regime = drawRegime(others, (regime) => regime.weight, this.#random);
    }
    this.drift = (this.regime.annualDrift - this.#meanDrift - this.#pull * portableLog(priceRatio)) / YEAR_MINUTES;
    this.#slowLog = this.#sumOfSlowParts();
  }

  #sumOfSlowParts(): number {
    return this.#slow.reduce((sum, part) => sum + part.value, portableLog(this.regime.volatility));
  }

  #describe(): void {
    const elasticity = this.#character.volumeElasticity;
    let log = this.#slowLog;
    for (const part of this.#middle) log += part.value;
    this.volatility = this.#volatilityScale * portableExp(log);
    this.trades = this.#character.tradesPerMinute * portableExp(0.75 * (elasticity * log + this.#volume.value));
    this.turnover = this.#turnoverScale * portableExp(elasticity * log + this.#volume.value);
  }
}

/** A mean-reverting (Ornstein-Uhlenbeck) swing, moved once per block of minutes; it starts anywhere in its long-run spread. */
class Swing {
  value: number;
  readonly decay: number;
  readonly impulse: number;

  constructor({ halfLifeMinutes, deviation }: VolatilityComponent, blockMinutes: number, random: Random) {
    this.decay = portableExp((-Math.LN2 * blockMinutes) / halfLifeMinutes);
    this.impulse = deviation * Math.sqrt(1 - this.decay * this.decay);
    this.value = deviation * random.normal();
  }

  move(random: Random): void {
    this.value = this.value * this.decay + this.impulse * random.normal();
  }
}

/** Mean over the time spent in each regime. The next regime is drawn by weight among the others, so the visits follow weight × (total − weight). */
function regimeMean(regimes: readonly Regime[], valueOf: (regime: Regime) => number): number {
  const total = regimes.reduce((sum, { weight }) => sum + weight, 0);
  const shareOf = ({ weight, meanDays }: Regime): number => (regimes.length === 1 ? 1 : weight * (total - weight) * meanDays);
  const whole = regimes.reduce((sum, regime) => sum + shareOf(regime), 0);
  return regimes.reduce((sum, regime) => sum + shareOf(regime) * valueOf(regime), 0) / whole;
}

/** Variance of the log volatility without the regimes and without the noise of the single minute, whose mean is 1. */
function logVariance({ volatilityComponents }: MarketCharacter): number {
  return volatilityComponents.reduce((sum, { deviation }) => sum + deviation * deviation, 0);
}

/** Sum over the minutes after a jump of what its aftershock adds to the volatility to a power, as a share (Campbell's theorem). */
function aftershockSum({ volatilityComponents, aftershock }: MarketCharacter, power: number): number {
  const halfLife = volatilityComponents.find(isFast)?.halfLifeMinutes ?? 1;
  let sum = 0;
  for (let minute = 0; minute < 20 * halfLife; minute += 1) {
    sum += portableExp(power * aftershock * portableExp((-Math.LN2 * minute) / halfLife)) - 1;
  }
  return sum;
}

/** The deviation of a minute at log volatility 0 that makes the long run's variance what the character says, to about 5 %. */
function volatilityScale(character: MarketCharacter): number {
  const { annualVolatility, regimes, quietShare, jumpsPerDay, jumpSize, minuteNoise } = character;
  const jumpsPerMinute = jumpsPerDay / DAY_MINUTES;
  const aftershocks = aftershockSum(character, 2);
  const byRegime = regimeMean(regimes, ({ volatility, jumps }) => {
    // The mean square of a jump with a Pareto law of exponent 4 is twice the square of the smallest.
    const variance = 1 - quietShare + 2 * jumpSize * jumpSize * jumpsPerMinute * jumps;
    return volatility * volatility * variance * portableExp(aftershocks * jumpsPerMinute * jumps);
  });
  const swings = portableExp(2 * logVariance(character) + minuteNoise * minuteNoise);
  return annualVolatility / Math.sqrt(YEAR_MINUTES * byRegime * swings);
}

/** The turnover at log volatility 0 that makes the long run's mean what the character says, to about 5 %. */
function turnoverScale(character: MarketCharacter): number {
  const { turnoverPerMinute, volumeElasticity, volumeComponent, regimes, jumpsPerDay } = character;
  const { deviation } = volumeComponent;
  const variance = volumeElasticity * volumeElasticity * logVariance(character) + deviation * deviation;
  const aftershocks = (aftershockSum(character, 1) * jumpsPerDay) / DAY_MINUTES;
  const byRegime = regimeMean(regimes, ({ volatility, jumps }) => {
    return portableExp(volumeElasticity * portableLog(volatility) + aftershocks * jumps);
  });
  return turnoverPerMinute / (byRegime * portableExp(variance / 2));
}

function drawRegime(regimes: readonly Regime[], weightOf: (regime: Regime) => number, random: Random): Regime {
  const total = regimes.reduce((sum, regime) => sum + weightOf(regime), 0);
  let left = random.next() * total;
  for (const regime of regimes) {
    left -= weightOf(regime);
    if (left < 0) return regime;
  }
  return regimes[regimes.length - 1] as Regime;
}
