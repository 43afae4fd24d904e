import { assert } from "./assert.ts";
import { portableExp, portableLog } from "./portable-math.ts";

/** A stream of chance that a seed reproduces bit for bit on every machine. */
export interface Random {
  /** Uniform in [0, 1), 53 bits. */
  next(): number;
  /** A whole number in [min, max], both included; the span is at most 2^53. */
  integer(min: number, max: number): number;
  /** Standard normal: mean 0, variance 1. */
  normal(): number;
  /** Exponential with the given mean. */
  exponential(mean: number): number;
  /** An independent stream; the same label of the same parent always gives the same stream, however much the parent was used. */
  fork(label: string): Random;
}

/** Seeded generator: sfc32 (Chris Doty-Humphrey, PractRand), seeded through splitmix32. Every safe integer is its own seed. */
export function createRandom(seed: number): Random {
  assert(Number.isSafeInteger(seed), "a seed is a whole number");
  return new SmallFastRandom(seed);
}

/** A seed that nobody can foresee, for what only has to differ from one start to the next. Print it where it decides anything. */
export function unforeseenSeed(): number {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  return (high & 0x1fffff) * 2 ** 32 + low;
}

class SmallFastRandom implements Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;
  /** The state as it was seeded, from which forks are named. */
  readonly #firstKey: number;
  readonly #secondKey: number;

  constructor(seed: number) {
    let state = seed | 0;
    const split = (): number => {
      state = (state + 0x9e3779b9) | 0;
      let mixed = state ^ (state >>> 16);
      mixed = Math.imul(mixed, 0x21f0aaad);
      mixed ^= mixed >>> 15;
      mixed = Math.imul(mixed, 0x735a2d97);
      return mixed ^ (mixed >>> 15);
    };
    this.#a = split();
    this.#b = split();
    this.#c = split() ^ Math.floor(seed / 2 ** 32);
    this.#firstKey = this.#a;
    this.#secondKey = this.#c;
    for (let round = 0; round < 12; round += 1) this.#word();
  }

  next(): number {
    const high = this.#word() >>> 5;
    const low = this.#word() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  integer(min: number, max: number): number {
    const span = max - min + 1;
    assert(
      Number.isSafeInteger(min) && Number.isSafeInteger(max) && span >= 1 && span <= 2 ** 53,
      `no whole number to draw from ${min} to ${max}`,
    );
    return min + Math.floor(this.next() * span);
  }

  /** Doornik (2005), "An improved ziggurat method to generate normal random samples": 128 layers, tried until a point falls below the curve. */
  normal(): number {
    for (;;) {
      const first = this.#word();
      const second = this.#word();
      const u = ((first >>> 5) * 67108864 + (second >>> 6)) / 4503599627370496 - 1;
      // The layer comes from bits that `u` does not use.
      const layer = (second & 63) | ((first & 1) << 6);
      if (Math.abs(u) < (ZIGGURAT_RATIO[layer] as number)) return u * (ZIGGURAT_X[layer] as number);
      if (layer === 0) return this.#normalTail(u < 0);
      const outer = ZIGGURAT_X[layer] as number;
      const inner = ZIGGURAT_X[layer + 1] as number;
      const x = u * outer;
      const lower = portableExp(-0.5 * (outer * outer - x * x));
      const upper = portableExp(-0.5 * (inner * inner - x * x));
      if (upper + this.next() * (lower - upper) < 1) return x;
    }
  }

  exponential(mean: number): number {
    return -mean * portableLog(1 - this.next());
  }

  fork(label: string): Random {
    let first = this.#firstKey;
    let second = this.#secondKey;
    for (let index = 0; index < label.length; index += 1) {
      const code = label.charCodeAt(index);
      first = Math.imul(first ^ code, 0x9e3779b1);
      second = Math.imul(second ^ code, 0x5f356495);
      second ^= second >>> 15;
    }
    const low = avalanche(first ^ (second >>> 16) ^ label.length);
    const high = avalanche(second ^ low);
    return new SmallFastRandom((high & 0x1fffff) * 2 ** 32 + (low >>> 0));
  }

  /** Marsaglia (1964): a normal beyond the last layer. */
  #normalTail(isNegative: boolean): number {
    for (;;) {
      const x = -portableLog(1 - this.next()) / ZIGGURAT_EDGE;
      const y = -portableLog(1 - this.next());
      if (y + y >= x * x) return isNegative ? -ZIGGURAT_EDGE - x : ZIGGURAT_EDGE + x;
    }
  }

  #word(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum;
  }
}

/** The last step of murmur3: every bit of the input moves every bit of the output. */
function avalanche(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** Where the tail begins, and the area of each layer, for 128 layers. */
const ZIGGURAT_EDGE = 3.442619855899;
const ZIGGURAT_AREA = 9.91256303526217e-3;
const ZIGGURAT_X = zigguratEdges();
/** Below this share of a layer's width the point needs no test. */
const ZIGGURAT_RATIO = Float64Array.from({ length: 128 }, (_, layer) => (ZIGGURAT_X[layer + 1] as number) / (ZIGGURAT_X[layer] as number));

function zigguratEdges(): Float64Array {
  const edges = new Float64Array(129);
  let density = portableExp(-0.5 * ZIGGURAT_EDGE * ZIGGURAT_EDGE);
  edges[0] = ZIGGURAT_AREA / density;
  edges[1] = ZIGGURAT_EDGE;
  for (let layer = 2; layer < 128; layer += 1) {
    edges[layer] = Math.sqrt(-2 * portableLog(ZIGGURAT_AREA / (edges[layer - 1] as number) + density));
    const edge = edges[layer] as number;
    density = portableExp(-0.5 * edge * edge);
  }
  return edges;
}
