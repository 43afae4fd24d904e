import { portableExp, portableLog } from "../../base/portable-math.ts";
import type { Random } from "../../base/random.ts";
import { MINUTE_MS } from "../../domain/timeframe.ts";
import type { MarketCharacter } from "./market-character.ts";
import { isFast } from "./market-character.ts";
import { CLIMATE_MINUTES, Climate, DAY_MINUTES, YEAR_MINUTES } from "./market-climate.ts";
import { WEEK_MINUTES, weekFactors } from "./market-season.ts";

/** No minute moves the log price further. */
const MOVE_MAX = 0.1;
/** Walls far from any market worth trading, so that numbers stay exact and memory small whatever the character: 2^45 and 2^40 steps. */
const PRICE_STEPS_MAX = 35_184_372_088_832;
const QUANTITY_STEPS_MAX = 1_099_511_627_776;
const TRADES_MAX = 1_000_000;
/** Mean high-low range of a Brownian minute in its deviations. */
const MEAN_RANGE = 1.596;
/** A path seen at n moments misses this many deviations over √n of its highest point (Broadie, Glasserman, Kou 1997). */
const MISSED_EXTREME = 0.5826;
/** How often a minute's first trade is at the last one's price, and how far, in deviations, it else is away: BTCUSDT 2022. */
const SAME_OPEN_SHARE = 0.46;
const OPEN_GAP = 0.15;

/** What the minutes of a market are made from. */
export interface MinuteProcessOptions {
  readonly character: MarketCharacter;
  readonly random: Random;
  /** Open time of the first minute, milliseconds since the epoch, UTC. */
  readonly startTime: number;
  /** In price steps. */
  readonly startPrice: number;
  /** How many quantity steps one unit of the quote asset buys at a price in price steps. */
  readonly quantityOf: (priceSteps: number) => number;
}

/** What an order book around the market needs to know: lively markets have wide spreads, thin ones shallow books. */
export interface MarketConditions {
  /** Name of the regime. */
  readonly regime: string;
  /** Volatility of the coming minutes, as if they lasted a year: 0.65 is 65 %. */
  readonly annualVolatility: number;
  /** Value expected to be traded in a minute, in the quote asset. */
  readonly turnoverPerMinute: number;
  readonly tradesPerMinute: number;
}

/**
 * The one process behind both faces of the market: it lives minute by minute and says of each where the price went and how much was
 * traded. Prices and quantities are whole steps.
 */
export class MinuteProcess {
  /** Open time of the minute described below; before the first `step` the minute before it. */
  openTime: number;
  open = 0;
  high = 0;
  low = 0;
  close: number;
  volume = 0;
  trades = 0;
  /** Side of the taker in the last trade: 1 buys. */
  closeSide: 1 | -1 = 1;
  /** Deviation of the minute's price, in price steps. */
  deviation = 0;
  /** Distance of best bid and ask, in price steps. */
  spread = 1;

  readonly #random: Random;
  readonly #character: MarketCharacter;
  readonly #climate: Climate;
  readonly #quantityOf: (priceSteps: number) => number;
  readonly #seasonVolatility: Float64Array;
  readonly #seasonVolume: Float64Array;
  readonly #startPrice: number;
  readonly #fastDecay: number;
  readonly #fastImpulse: number;
  readonly #jumpChance: number;
  readonly #jumpDecay: number;
  readonly #jumpExcitement: number;
  readonly #quietShare: number;
  readonly #minuteNoise: Float64Array;
  readonly #volumeNoise: Float64Array;
  readonly #tradesNoise: Float64Array;
  #mid: number;
  #fast = 0;
  /** Factors of the season and the fast component on volatility and on volume. */
  #liveliness = 1;
  #flow = 1;
  #excitement = 0;
  #quantityPerQuote = 0;
  // What `#weather` hands to `#live`: fields, because a number passed to a function that is not inlined is allocated.
  #sigma = 0;
  #move = 0;
  #chance = 0;
  #noise = 0;
  #minutesToClimate = 0;
  #minuteOfWeek: number;
  #missedShare = 0;

  constructor({ character, random, startTime, startPrice, quantityOf }: MinuteProcessOptions) {
    const season = weekFactors(character.season);
    const fast = character.volatilityComponents.find(isFast) ?? { halfLifeMinutes: 1, deviation: 0 };
    this.openTime = startTime - MINUTE_MS;
    this.close = Math.round(startPrice);
    this.#minuteOfWeek = (this.openTime / MINUTE_MS) % WEEK_MINUTES;
    this.#random = random;
    this.#character = character;
    this.#climate = new Climate(character, random.fork("climate"));
    this.#quantityOf = quantityOf;
    this.#seasonVolatility = season.volatility;
    this.#seasonVolume = season.volume;
    this.#startPrice = startPrice;
    this.#mid = startPrice;
    this.#fastDecay = portableExp(-Math.LN2 / fast.halfLifeMinutes);
    this.#fastImpulse = fast.deviation * Math.sqrt(1 - this.#fastDecay * this.#fastDecay);
    this.#jumpDecay = portableExp(-Math.LN2 / character.jumpMemoryMinutes);
    this.#jumpExcitement = character.jumpClustering * (1 - this.#jumpDecay);
    this.#jumpChance = (character.jumpsPerDay * (1 - character.jumpClustering)) / DAY_MINUTES;
    this.#quietShare = character.quietShare;
    this.#minuteNoise = noiseFactors(character.minuteNoise);
    this.#volumeNoise = noiseFactors(character.volumeNoise);
    this.#tradesNoise = noiseFactors(0.75 * character.volumeNoise);
  }

  /** What the market is like at the moment, before the noise of the single minute. */
  get conditions(): MarketConditions {
    const { regime, volatility, turnover, trades } = this.#climate;
    const flow = this.#flow;
    return {
      regime: regime.name,
      annualVolatility: volatility * this.#liveliness * Math.sqrt(YEAR_MINUTES),
      turnoverPerMinute: turnover * flow,
      tradesPerMinute: trades * flow,
    };
  }

  /** Lives one minute. */
  step(): void {
    if (this.#minutesToClimate === 0) this.#moveClimate();
    this.#minutesToClimate -= 1;
    this.openTime += MINUTE_MS;
    this.#minuteOfWeek = this.#minuteOfWeek === WEEK_MINUTES - 1 ? 0 : this.#minuteOfWeek + 1;
    const minuteOfWeek = this.#minuteOfWeek;
    const random = this.#random;

    // The digits of one uniform number serve the two noises; what is left of it is uniform again.
    const first = random.next() * NOISES;
    const firstIndex = Math.floor(first);
    const second = (first - firstIndex) * NOISES;
    const secondIndex = Math.floor(second);
    let chance = second - secondIndex;
    const shock = random.normal();
    const fast = fastFactor(this.#fast);
    this.#liveliness = (this.#seasonVolatility[minuteOfWeek] as number) * fast;
    let sigma = this.#climate.volatility * this.#liveliness * (this.#minuteNoise[firstIndex] as number);
    this.#flow = (this.#seasonVolume[minuteOfWeek] as number) * fast;

    const jumpChance = this.#jumpChance * this.#climate.regime.jumps + this.#excitement;
    this.#excitement *= this.#jumpDecay;
    let jump = 0;
    if (chance < jumpChance) {
      jump = sigma * this.#character.jumpSize * this.#drawJump();
      chance /= jumpChance;
    } else {
      chance = (chance - jumpChance) / (1 - jumpChance);
      if (chance < this.#quietShare) sigma = 0;
      else chance = (chance - this.#quietShare) / (1 - this.#quietShare);
    }
    this.#fast =
      this.#fast * this.#fastDecay + this.#fastImpulse * this.#impulseAfter(shock) + (jump === 0 ? 0 : this.#character.aftershock);
    this.#sigma = sigma;
    this.#move = sigma === 0 ? 0 : sigma * shock + jump + this.#climate.drift;
    this.#chance = chance;
    this.#noise = secondIndex;
    this.#live();
  }

  /** Puts prices, volume and trades on the minute. */
  #live(): void {
    const mid = this.#mid;
    const chance = this.#chance;
    const noise = this.#noise;
    const moved = mid + mid * growth(Math.min(Math.max(this.#move, -MOVE_MAX), MOVE_MAX));
    const change = Math.min(Math.max(moved, 1), PRICE_STEPS_MAX) - mid;
    const deviation = this.#sigma * mid;
    // Highest and lowest point of a Brownian bridge from 0 to `change`, each with its exact law.
    const split = this.#random.next() * 2;
    const side = split < 1 ? -1 : 1;
    const bits = (split < 1 ? split : split - 1) * 67108864;
    const whole = Math.floor(bits);
    const scale = 2 * deviation * deviation;
    const top = 0.5 * (change + Math.sqrt(change * change + scale * exponentialQuantile(whole / 67108864)));
    const bottom = 0.5 * (change - Math.sqrt(change * change + scale * exponentialQuantile(bits - whole)));

    const activity = deviation === 0 ? 0.4 : 0.4 + (0.6 * (top - bottom)) / (MEAN_RANGE * deviation);
    const trades = this.#climate.trades * this.#flow * (this.#tradesNoise[noise] as number) * activity;
    const value = this.#climate.turnover * this.#flow * (this.#volumeNoise[noise] as number) * activity;
    this.trades = Math.floor(trades < 50 ? trades + this.#random.next() : Math.min(trades, TRADES_MAX));
    // Minutes without trades leave their share of the turnover to the others.
    const volume = Math.floor((value / Math.min(trades, 1)) * this.#quantityPerQuote + 0.5);
    this.volume = Math.min(Math.max(volume, this.trades), QUANTITY_STEPS_MAX);
    this.deviation = deviation;
    this.#mid = mid + change;
    if (this.trades === 0) return this.#rest();

    const half = 0.5 * this.spread;
    const previous = this.close;
    const gap = (chance - 0.5 - 0.5 * SAME_OPEN_SHARE) * 2 * OPEN_GAP * deviation;
    const open = chance < SAME_OPEN_SHARE ? previous : Math.floor(mid + gap + this.closeSide * half + 0.5);
    const close = Math.floor(this.#mid + side * half + 0.5);
    this.open = Math.max(open, 1);
    this.close = Math.max(close, 1);
    this.closeSide = side;
    const missed = this.#missedShare * deviation;
    this.high = Math.max(this.open, this.close, Math.floor(mid + top - missed + half + 0.5));
    this.low = Math.max(1, Math.min(this.open, this.close, Math.floor(mid + bottom + missed - half + 0.5)));
    if (this.trades < 4) this.#limitToTrades();
  }

  /** A minute without trades shows the last price, as the exchanges' own candles do. */
  #rest(): void {
    this.open = this.close;
    this.high = this.close;
    this.low = this.close;
    this.volume = 0;
  }

  /** One, two or three trades cannot show four different prices. */
  #limitToTrades(): void {
    if (this.trades === 1) this.open = this.close;
    if (this.trades < 3) this.high = Math.max(this.open, this.close);
    this.low = Math.min(this.open, this.close);
  }

  #moveClimate(): void {
    this.#minutesToClimate = CLIMATE_MINUTES;
    this.#climate.move(this.#mid / this.#startPrice);
    this.#missedShare = MISSED_EXTREME / Math.sqrt(Math.max(this.#climate.trades, 1));
    this.#quantityPerQuote = this.#quantityOf(this.#mid);
    this.spread = Math.max(1, Math.round(this.#character.spreadShare * this.#mid));
  }

  /** A jump in multiples of the smallest, of either sign. */
  #drawJump(): number {
    this.#excitement += this.#jumpExcitement;
    const draw = 2 * this.#random.next() - 1;
    return Math.sign(draw) / Math.sqrt(Math.sqrt(Math.abs(draw) + 1e-9));
  }

  #impulseAfter(shock: number): number {
    const { asymmetry } = this.#character;
    const fresh = this.#random.normal();
    return asymmetry === 0 ? fresh : fresh * Math.sqrt(1 - asymmetry * asymmetry) - asymmetry * shock;
  }
}

/** e^x − 1 for the small x of a minute, to the last digits. */
function growth(x: number): number {
  return Math.abs(x) < 0.01 ? x * (1 + x * (1 / 2 + x * (1 / 6 + x * (1 / 24 + x / 120)))) : portableExp(x) - 1;
}

const FAST_MIN = -4;
const FAST_MAX = 6;
const FAST_PIECES = 128;
const fastFactors = Float64Array.from({ length: (FAST_MAX - FAST_MIN) * FAST_PIECES + 2 }, (_, index) =>
  portableExp(FAST_MIN + index / FAST_PIECES),
);

/** e^x for the fast component; straight lines between exact points, right to 0.00001, and three times as fast as the function. */
function fastFactor(x: number): number {
  const position = (Math.min(Math.max(x, FAST_MIN), FAST_MAX) - FAST_MIN) * FAST_PIECES;
  const index = Math.floor(position);
  const lower = fastFactors[index] as number;
  return lower + (position - index) * ((fastFactors[index + 1] as number) - lower);
}

const NOISES = 1024;

/** exp(deviation × z) with mean 1 at the middles of 1,024 equally likely pieces of the normal law, in order. */
function noiseFactors(deviation: number): Float64Array {
  const factors = Float64Array.from({ length: NOISES }, (_, index) => portableExp(deviation * normalQuantile((index + 0.5) / NOISES)));
  const mean = factors.reduce((sum, factor) => sum + factor, 0) / NOISES;
  return factors.map((factor) => factor / mean);
}

/** Abramowitz and Stegun 26.2.23: right to 0.0005, plenty for a noise. */
function normalQuantile(share: number): number {
  const t = Math.sqrt(-2 * portableLog(Math.min(share, 1 - share)));
  const z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  return share < 0.5 ? -z : z;
}

const QUANTILES = 1024;
const quantiles = Float64Array.from({ length: QUANTILES }, (_, index) => -portableLog(1 - index / QUANTILES));

/** The value that a standard exponential stays below with probability `share`; straight lines between 1,024 exact points. */
function exponentialQuantile(share: number): number {
  const position = share * QUANTILES;
  const index = Math.floor(position);
  if (index >= QUANTILES - 1) return -portableLog(1 - share);
  const lower = quantiles[index] as number;
  return lower + (position - index) * ((quantiles[index + 1] as number) - lower);
}
