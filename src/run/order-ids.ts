import type { Random } from "../base/random.ts";

/** The first letters of every client order id of this system. */
const MARK = "me";

/** 32-bit FNV-1a of a text, in seven digits of base 36. */
export function strategyMark(strategyId: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < strategyId.length; index += 1) hash = Math.imul(hash ^ strategyId.charCodeAt(index), 0x01000193);
  return MARK + (hash >>> 0).toString(36).padStart(7, "0");
}

/**
 * What the ids of one start of one strategy begin with: whose they are, when it was started, and chance, so that two starts in one
 * millisecond differ. Letters and digits only, 21 of them, which every exchange takes; the number that follows counts up.
 */
export function idPrefix(strategyId: string, startedAt: number, random: Random): string {
  const moment = Math.floor(startedAt).toString(36).padStart(9, "0");
  return `${strategyMark(strategyId)}${moment}${random
    .integer(0, 36 ** 3 - 1)
    .toString(36)
    .padStart(3, "0")}`;
}

/** Makes ids with a prefix. */
export function createIds(prefix: string): () => string {
  let count = 0;
  return () => `${prefix}${((count += 1)).toString(36)}`;
}
