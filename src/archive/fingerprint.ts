import { createHash } from "node:crypto";

/** Rows of one block (a month, or a day of trades) and the hash of their values. */
export interface HashedBlock {
  readonly name: string;
  readonly rows: number;
  readonly hash: string;
}

/** What a block's hash is made of: columns in a fixed order, numbers as the bytes of their doubles. */
export type HashedColumn = Float64Array | Int8Array | readonly string[];

/** SHA-256 of rows `from` (included) to `to` (excluded), column after column. */
export function hashRows(columns: readonly HashedColumn[], from: number, to: number): string {
  const hash = createHash("sha256");
  for (const values of columns) {
    if (values instanceof Float64Array || values instanceof Int8Array) {
      const part = values.subarray(from, to);
      hash.update(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
    } else hash.update(`${values.slice(from, to).join("\n")}\n`);
  }
  return hash.digest("hex");
}

/** The fingerprint of a range: the hash of its blocks' hashes, empty blocks left out. */
export function combineBlocks(blocks: readonly HashedBlock[]): string {
  const hash = createHash("sha256");
  for (const { name, rows, hash: content } of blocks) {
    if (rows > 0) hash.update(`${name} ${rows} ${content}\n`);
  }
  return hash.digest("hex");
}

/** Cuts sorted rows into blocks by the name that their time has. */
export function hashBlocks(
  times: Float64Array,
  columns: readonly HashedColumn[],
  period: { nameOf: (time: number) => string; endOf: (name: string) => number },
): HashedBlock[] {
  const blocks: HashedBlock[] = [];
  for (let from = 0; from < times.length; ) {
    const name = period.nameOf(times[from] as number);
    const end = period.endOf(name);
    let to = from + 1;
    while (to < times.length && (times[to] as number) < end) to += 1;
    blocks.push({ name, rows: to - from, hash: hashRows(columns, from, to) });
    from = to;
  }
  return blocks;
}
