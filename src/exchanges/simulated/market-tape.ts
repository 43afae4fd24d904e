import type { Random } from "../../base/random.ts";
import { portableExp } from "../../base/portable-math.ts";
import { MINUTE_MS } from "../../domain/timeframe.ts";
import type { MinuteProcess } from "./market-process.ts";

/** Share of trades that belong to the order of the trade before them: one taker walking the book. */
const SAME_ORDER_SHARE = 0.4;
/** How often such a trade is one step further. */
const NEXT_LEVEL_SHARE = 0.3;
/** Orders come in bursts: the pace changes after this share of orders between quick and this many times slower. */
const PACE_CHANGE_SHARE = 0.12;
const SLOW_PACE = 8;
/** A leg of the path this many deviations long is a jump: most of it happens within a few trades. */
const JUMP_DEVIATIONS = 3.5;

/**
 * The trades of one minute, as columns in whole steps. Their first, highest, lowest and last price, their quantities and their number
 * are exactly those of the minute, so bars built from trades are the bars of the process.
 */
export class MinuteTape {
  length = 0;
  /** Whole milliseconds, never falling. */
  time = new Float64Array(0);
  price = new Float64Array(0);
  quantity = new Float64Array(0);
  /** 1 where the taker bought, -1 where it sold. */
  side = new Int8Array(0);
  /** 1 where the trade belongs to the order of the trade before it. */
  #sameOrder = new Uint8Array(0);

  /** Writes the trades of the minute that the process has just lived; `random` belongs to that minute alone. */
  write(minute: MinuteProcess, random: Random): void {
    this.length = minute.trades;
    if (this.length === 0) return;
    if (this.length > this.price.length) this.#grow(2 * this.length);
    this.#writeTimes(minute.openTime, random);
    this.#writePath(minute, random);
    this.#writeQuantities(minute.volume, random);
  }

  #grow(capacity: number): void {
    this.time = new Float64Array(capacity);
    this.price = new Float64Array(capacity);
    this.quantity = new Float64Array(capacity);
    this.side = new Int8Array(capacity);
    this.#sameOrder = new Uint8Array(capacity);
  }

  #writeTimes(openTime: number, random: Random): void {
    const { time, length } = this;
    let pace = random.next() < 0.5 ? 1 : SLOW_PACE;
    let elapsed = 0;
    for (let index = 0; index < length; index += 1) {
      const continues = index > 0 && random.next() < SAME_ORDER_SHARE;
      this.#sameOrder[index] = continues ? 1 : 0;
      if (!continues) {
        if (random.next() < PACE_CHANGE_SHARE) pace = pace === 1 ? SLOW_PACE : 1;
        elapsed += pace * random.exponential(1);
      }
      time[index] = elapsed;
    }
    const whole = elapsed + pace * random.exponential(1);
    const scale = whole > 0 ? MINUTE_MS / whole : 0;
    for (let index = 0; index < length; index += 1) {
      time[index] = openTime + Math.min(Math.floor((time[index] as number) * scale), MINUTE_MS - 1);
    }
  }

  /** Lays the path from the first price over the extremes to the last, each leg a Brownian bridge in trade time (Clark 1973). */
  #writePath(minute: MinuteProcess, random: Random): void {
    const { open, high, low, close, closeSide, deviation } = minute;
    const last = this.length - 1;
    this.#put(0, open, last === 0 ? closeSide : open === high ? 1 : open === low ? -1 : drawSide(0.5, random));
    if (last === 0) return;
    const corners: number[] = [];
    if (high > Math.max(open, close)) corners.push(high);
    if (low < Math.min(open, close)) corners.push(low);
    // The image term of the heat kernel: a minute that closes above its open touched its low first, the more surely the further.
    const lean = (4 * (high - low) * (close - open)) / (deviation * deviation + 1);
    if (corners.length === 2 && random.next() < 1 / (1 + portableExp(-lean))) corners.reverse();

    const prices = [open, ...corners, close];
    const weights = prices.slice(1).map((price, leg) => {
      const distance = Math.abs(price - (prices[leg] as number)) + 0.3 * deviation + 1;
      return distance * distance * (0.3 + random.exponential(1));
    });
    let left = weights.reduce((sum, weight) => sum + weight, 0);
    let from = 0;
    for (let leg = 0; leg < weights.length; leg += 1) {
      const legsAfter = weights.length - 1 - leg;
      const weight = weights[leg] as number;
      const steps = Math.round(((last - from) * weight) / left);
      const to = legsAfter === 0 ? last : Math.min(Math.max(from + steps, from + 1), last - legsAfter);
      const price = prices[leg + 1] as number;
      this.#leg(from, to, price, minute, random);
      this.#put(to, price, legsAfter === 0 ? closeSide : price === high ? 1 : -1);
      left -= weight;
      from = to;
    }
  }

  /** Fills the trades between two corners of the path; the one at `from` is there already. */
  #leg(from: number, to: number, target: number, minute: MinuteProcess, random: Random): void {
    const start = this.price[from] as number;
    const distance = target - start;
    if (to - from < 3 || Math.abs(distance) <= JUMP_DEVIATIONS * minute.deviation) return this.#bridge(from, to, target, minute, random);
    const jumpLength = 1 + Math.floor((to - from) / 20);
    const before = from + 1 + Math.floor(random.next() * (to - from - jumpLength - 1));
    const after = before + jumpLength;
    const lead = Math.round(start + 0.15 * random.next() * distance);
    this.#bridge(from, before, lead, minute, random);
    this.#put(before, lead, distance > 0 ? 1 : -1);
    const landing = Math.round(target - 0.15 * random.next() * distance);
    this.#bridge(before, after, landing, minute, random);
    this.#put(after, landing, distance > 0 ? 1 : -1);
    this.#bridge(after, to, target, minute, random);
  }

  #bridge(from: number, to: number, target: number, { high, low, deviation, spread, trades }: MinuteProcess, random: Random): void {
    const stepDeviation = deviation / Math.sqrt(trades * (1 - SAME_ORDER_SHARE));
    let middle = this.price[from] as number;
    for (let index = from + 1; index < to; index += 1) {
      const previousSide = this.side[index - 1] as 1 | -1;
      if (this.#sameOrder[index] === 1) {
        const further = random.next() < NEXT_LEVEL_SHARE ? previousSide : 0;
        this.#put(index, clamp((this.price[index - 1] as number) + further, low, high), previousSide);
        continue;
      }
      const left = to - index + 1;
      const shock = random.normal();
      const change = (target - middle) / left + stepDeviation * Math.sqrt((left - 1) / left) * shock;
      middle = reflect(middle + change, low, high);
      const side = drawSide(clamp(0.5 + 0.3 * shock, 0.1, 0.9), random);
      this.#put(index, clamp(Math.round(middle + 0.5 * spread * side), low, high), side);
    }
  }

  /** Splits the volume into one or more steps a trade: many small ones, a few large. */
  #writeQuantities(volume: number, random: Random): void {
    let left = volume;
    for (let index = 0; index < this.length; index += 1) {
      const after = this.length - 1 - index;
      const draw = random.exponential(1);
      const weight = draw * draw * draw;
      const quantity = after === 0 ? left : 1 + Math.floor(((left - after - 1) * weight) / (weight + 6 * after));
      this.quantity[index] = quantity;
      left -= quantity;
    }
  }

  #put(index: number, price: number, side: 1 | -1): void {
    this.price[index] = price;
    this.side[index] = side;
  }
}

function drawSide(buyShare: number, random: Random): 1 | -1 {
  return random.next() < buyShare ? 1 : -1;
}

function clamp(value: number, min: number, max: number): number {
  return value < min ? min : value > max ? max : value;
}

/** A path that would leave the range turns back at its edge. */
function reflect(value: number, min: number, max: number): number {
  if (value > max) return clamp(2 * max - value, min, max);
  return value < min ? clamp(2 * min - value, min, max) : value;
}
