import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { createRandom, type Random } from "../../src/base/random.ts";

/** Messages of Binance's spot streams as one connection brings them, and the answers that a client asks for before. */
export interface Tape {
  /** Where the frames come from, in words. */
  readonly name: string;
  readonly symbol: string;
  readonly priceStep: string;
  readonly quantityStep: string;
  /** The answer to `depth`, with which the updates chain. */
  readonly snapshot: string;
  /** The id before that of the first trade. */
  readonly lastTradeId: number;
  readonly frames: readonly Frame[];
}

export type FrameKind = "depth" | "trade" | "quote";

export interface Frame {
  readonly kind: FrameKind;
  /** What a client can tell it by: the last update id of a book or quote, the id of a trade. */
  readonly id: number;
  readonly bytes: Buffer;
}

/** Share of each kind in a generated tape: books and trades, with quotes between them. */
const SHARES = { depth: 0.4, trade: 0.4 } as const;

const LEVELS_A_SIDE = 13;
const SNAPSHOT_LEVELS = 1_000;

/** A market that wanders by ticks, its book told by updates of 26 levels, trades and best prices; the same for the same seed. */
export function generateTape(seed: number, count: number): Tape {
  const market = new TapeMarket(createRandom(seed));
  const snapshot = market.snapshot();
  const frames: Frame[] = [];
  for (let index = 0; index < count; index += 1) {
    const draw = market.random.next();
    frames.push(draw < SHARES.depth ? market.depth() : draw < SHARES.depth + SHARES.trade ? market.trade() : market.quote());
  }
  return {
    name: "generated from a seed",
    symbol: "BTCUSDT",
    priceStep: "0.01000000",
    quantityStep: "0.00001000",
    snapshot,
    lastTradeId: FIRST_TRADE - 1,
    frames,
  };
}

const FIRST_TRADE = 3_450_000_001;
/** Later than any run of the benchmark, which takes no notice of what was traded before it began. */
const STARTED_AT = Date.UTC(2040, 0, 1);

class TapeMarket {
  readonly random: Random;
  /** Quantity units of 0.00001 by price ticks of 0.01. */
  readonly #bids = new Map<number, number>();
  readonly #asks = new Map<number, number>();
  #bestBid = 6_400_000;
  #updateId = 35_346_513_000;
  /** Last id that an update of the book has told. */
  #depthId = this.#updateId;
  #tradeId = FIRST_TRADE - 1;
  #time = STARTED_AT;

  constructor(random: Random) {
    this.random = random;
    for (let level = 0; level < SNAPSHOT_LEVELS; level += 1) {
      this.#bids.set(this.#bestBid - 2 * level, this.#quantity());
      this.#asks.set(this.#bestBid + 1 + 2 * level, this.#quantity());
    }
  }

  snapshot(): string {
    const bids = [...this.#bids].toSorted(([left], [right]) => right - left).map(levelText);
    const asks = [...this.#asks].toSorted(([left], [right]) => left - right).map(levelText);
    return `{"lastUpdateId":${this.#updateId},"bids":[${bids.join(",")}],"asks":[${asks.join(",")}]}`;
  }

  depth(): Frame {
    this.#pass();
    const best = this.#bestBid + Math.floor(this.random.next() * 7) - 3;
    const bids = this.#change(this.#bids, best, -1);
    const asks = this.#change(this.#asks, best + 1, 1);
    this.#bestBid = best;
    const first = this.#depthId + 1;
    this.#updateId += 1 + Math.floor(this.random.next() * 60);
    this.#depthId = this.#updateId;
    const text = `{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":${this.#time},"s":"BTCUSDT","U":${first},"u":${this.#updateId},"b":[${bids}],"a":[${asks}]}}`;
    return { kind: "depth", id: this.#updateId, bytes: Buffer.from(text) };
  }

  trade(): Frame {
    this.#pass();
    this.#tradeId += 1;
    const isBuyerMaker = this.random.next() < 0.5;
    const price = priceText(this.#bestBid + (isBuyerMaker ? 0 : 1));
    const id = this.#tradeId;
    const text = `{"stream":"btcusdt@aggTrade","data":{"e":"aggTrade","E":${this.#time},"s":"BTCUSDT","a":${id},"p":"${price}","q":"${quantityText(this.#quantity())}","f":${id},"l":${id},"T":${this.#time - 1},"m":${String(isBuyerMaker)},"M":true}}`;
    return { kind: "trade", id, bytes: Buffer.from(text) };
  }

  quote(): Frame {
    this.#pass();
    this.#updateId += 1;
    const bid = priceText(this.#bestBid);
    const ask = priceText(this.#bestBid + 1);
    const text = `{"stream":"btcusdt@bookTicker","data":{"u":${this.#updateId},"s":"BTCUSDT","b":"${bid}","B":"${quantityText(this.#quantity())}","a":"${ask}","A":"${quantityText(this.#quantity())}"}}`;
    return { kind: "quote", id: this.#updateId, bytes: Buffer.from(text) };
  }

  #pass(): void {
    if (this.random.next() < 0.2) this.#time += 1;
  }

  #quantity(): number {
    return 1 + Math.floor(this.random.next() ** 4 * 2_000_000);
  }

  /** What has been passed by is taken out, the new best level is there, and levels behind it change, near ones more often than far ones. */
  #change(side: Map<number, number>, best: number, away: 1 | -1): string {
    const levels = new Map<number, number>();
    for (let price = best - away; side.has(price) || Math.abs(price - best) < 10; price -= away) {
      if (side.has(price)) levels.set(price, 0);
    }
    levels.set(best, this.#quantity());
    while (levels.size < LEVELS_A_SIDE) {
      const price = best + away * (1 + Math.floor(this.random.next() ** 3 * 2_000));
      if (!levels.has(price)) levels.set(price, this.random.next() < 0.4 ? 0 : this.#quantity());
    }
    for (const [price, quantity] of levels) {
      if (quantity === 0) side.delete(price);
      else side.set(price, quantity);
    }
    return [...levels]
      .toSorted(([left], [right]) => away * (left - right))
      .map(levelText)
      .join(",");
  }
}

function levelText([price, quantity]: readonly [number, number]): string {
  return `["${priceText(price)}","${quantityText(quantity)}"]`;
}

function priceText(ticks: number): string {
  return `${(ticks / 100).toFixed(2)}000000`;
}

function quantityText(units: number): string {
  return `${(units / 100_000).toFixed(5)}000`;
}

const RECORDING = new URL("../../../shared/data/l2_recordings/hftbacktest/spot/ethusdt_20240808.gz", import.meta.url);

/**
 * Five minutes of ETHUSDT on spot, 8 August 2024, as hftbacktest's collector wrote them: nanoseconds of arrival, a blank, the frame.
 * Single trades become aggregate trades, to which the product listens; undefined where the recording is not on this machine.
 */
export function recordedTape(): Tape | undefined {
  if (!existsSync(RECORDING)) return undefined;
  const lines = gunzipSync(readFileSync(RECORDING)).toString().trim().split("\n");
  const texts = lines.map((line) => line.slice(line.indexOf(" ") + 1));
  const at = texts.findIndex((text) => text.startsWith('{"lastUpdateId"'));
  const snapshot = texts[at];
  if (snapshot === undefined) return undefined;
  const frames = texts.slice(at + 1).map(recordedFrame);
  const firstTrade = frames.find(({ kind }) => kind === "trade")?.id ?? 1;
  return {
    name: "ETHUSDT as recorded",
    symbol: "ETHUSDT",
    priceStep: "0.01000000",
    // Two levels of the recording are older than the step of 0.0001 that the symbol has now.
    quantityStep: "0.00001000",
    snapshot,
    lastTradeId: firstTrade - 1,
    frames,
  };
}

function recordedFrame(text: string): Frame {
  if (text.includes("@depth")) return { kind: "depth", id: Number(/"u":(\d+)/.exec(text)?.[1]), bytes: Buffer.from(text) };
  if (text.includes("@bookTicker")) return { kind: "quote", id: Number(/"u":(\d+)/.exec(text)?.[1]), bytes: Buffer.from(text) };
  const id = Number(/"t":(\d+)/.exec(text)?.[1]);
  const message = text
    .replace("@trade", "@aggTrade")
    .replace('"e":"trade"', '"e":"aggTrade"')
    .replace(/"t":(\d+)/, '"a":$1');
  return { kind: "trade", id, bytes: Buffer.from(message.replace(/"q":"[\d.]+",/, `$&"f":${id},"l":${id},`)) };
}

/** Writes a tape for the C programs: of each frame its length, 4 bytes little-endian, then its bytes; the snapshot is the first. */
export function writeTape(file: string, { snapshot, frames }: Tape): void {
  const parts: Buffer[] = [];
  for (const bytes of [Buffer.from(snapshot), ...frames.map((frame) => frame.bytes)]) {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.length);
    parts.push(length, bytes);
  }
  writeFileSync(file, Buffer.concat(parts));
}

const GENERATED = { seed: 1, frames: 60_000 } as const;

/** A tape by its name: "generated" or "recorded". */
export function readTape(name: string): Tape {
  const tape = name === "recorded" ? recordedTape() : generateTape(GENERATED.seed, GENERATED.frames);
  if (tape === undefined) throw new Error("the recording is not on this machine");
  return tape;
}
