import { DataError } from "../../base/errors.ts";
import { writeVarint, writeZigzag } from "./thrift.ts";

/**
 * Parquet's DELTA_BINARY_PACKED for times: a block holds its smallest step and what each step has more than that.
 * Bars at one distance from each other take a few bytes per thousand. Bit widths are whole bytes here, which the format
 * allows and which makes packing plain; zstd takes the slack.
 */
const BLOCK_ROWS = 1_024;
const MINIBLOCKS = 4;
const MINIBLOCK_ROWS = BLOCK_ROWS / MINIBLOCKS;

/** Encodes whole numbers below 2^53. */
export function encodeTimes(micros: Float64Array): Uint8Array {
  const header: number[] = [];
  writeVarint(header, BLOCK_ROWS);
  writeVarint(header, MINIBLOCKS);
  writeVarint(header, micros.length);
  writeZigzag(header, micros[0] ?? 0);
  const parts: Uint8Array[] = [Uint8Array.from(header)];
  for (let row = 1; row < micros.length; row += BLOCK_ROWS) parts.push(encodeBlock(micros, row));
  return Buffer.concat(parts);
}

function encodeBlock(micros: Float64Array, from: number): Uint8Array {
  const steps = new Float64Array(Math.min(BLOCK_ROWS, micros.length - from));
  let min = Infinity;
  for (let index = 0; index < steps.length; index += 1) {
    const step = (micros[from + index] as number) - (micros[from + index - 1] as number);
    steps[index] = step;
    if (step < min) min = step;
  }
  const out: number[] = [];
  writeZigzag(out, min);
  const widths = Array.from({ length: MINIBLOCKS }, (_, block) => byteWidth(steps, block * MINIBLOCK_ROWS, min));
  for (const width of widths) out.push(width * 8);
  widths.forEach((width, block) => {
    if (width > 0) packMiniblock(out, steps, { from: block * MINIBLOCK_ROWS, width, min });
  });
  return Uint8Array.from(out);
}

function byteWidth(steps: Float64Array, from: number, min: number): number {
  let max = 0;
  for (let index = from; index < Math.min(from + MINIBLOCK_ROWS, steps.length); index += 1) {
    max = Math.max(max, (steps[index] as number) - min);
  }
  let width = 0;
  while (max >= 256 ** width) width += 1;
  return max === 0 ? 0 : width;
}

function packMiniblock(out: number[], steps: Float64Array, { from, width, min }: { from: number; width: number; min: number }): void {
  for (let index = from; index < from + MINIBLOCK_ROWS; index += 1) {
    let rest = index < steps.length ? (steps[index] as number) - min : 0;
    for (let byte = 0; byte < width; byte += 1) {
      out.push(rest % 256);
      rest = Math.floor(rest / 256);
    }
  }
}

/** Decodes what `encodeTimes` wrote, as milliseconds with a fraction. */
export function decodeTimes(bytes: Uint8Array, rows: number): Float64Array {
  const times = new Float64Array(rows);
  const reader = new ByteReader(bytes);
  const blockRows = reader.varint();
  const miniblocks = reader.varint();
  const count = reader.varint();
  let micros = reader.zigzag();
  if (count !== rows || miniblocks === 0 || blockRows % miniblocks !== 0) throw broken();
  const miniblockRows = blockRows / miniblocks;
  if (rows > 0) times[0] = micros / 1_000;
  for (let row = 1; row < rows; ) {
    const min = reader.zigzag();
    const widths = reader.take(miniblocks);
    for (let block = 0; block < miniblocks && row < rows; block += 1) {
      const end = Math.min(row + miniblockRows, rows);
      const width = (widths[block] as number) / 8;
      if (!Number.isInteger(width)) throw broken();
      micros = decodeMiniblock(times, { row, end, micros, min }, reader.take(width * miniblockRows), width);
      row = end;
    }
  }
  return times;
}

/** Fills rows `row` to `end` and gives the last time in microseconds. */
function decodeMiniblock(
  times: Float64Array,
  { row, end, micros, min }: { row: number; end: number; micros: number; min: number },
  packed: Uint8Array,
  width: number,
): number {
  let time = micros;
  for (let index = row, offset = 0; index < end; index += 1, offset += width) {
    let step = min;
    for (let byte = 0, factor = 1; byte < width; byte += 1, factor *= 256) step += (packed[offset + byte] as number) * factor;
    time += step;
    times[index] = time / 1_000;
  }
  return time;
}

class ByteReader {
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  take(length: number): Uint8Array {
    const end = this.#offset + length;
    if (end > this.#bytes.length) throw broken();
    const part = this.#bytes.subarray(this.#offset, end);
    this.#offset = end;
    return part;
  }

  varint(): number {
    let value = 0;
    for (let factor = 1; factor < 2 ** 56; factor *= 128) {
      const byte = this.#bytes[this.#offset];
      if (byte === undefined) throw broken();
      this.#offset += 1;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
    throw broken();
  }

  zigzag(): number {
    const value = this.varint();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  }
}

function broken(): DataError {
  return new DataError("the times of a Parquet page are broken");
}
