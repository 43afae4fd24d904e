import type { Random } from "../../../base/random.ts";

/** Waits that grow from attempt to attempt, each drawn from the upper half of its span so that many clients do not come back at once. */
export interface Backoff {
  /** Milliseconds to wait before the next attempt. */
  next(): number;
  /** It has worked: begin anew. */
  reset(): void;
}

export function createBackoff({
  firstMs,
  mostMs,
  random,
}: {
  readonly firstMs: number;
  readonly mostMs: number;
  readonly random: Random;
}): Backoff {
  let spanMs = firstMs;
  return {
    next() {
      const delayMs = spanMs * (0.5 + 0.5 * random.next());
      spanMs = Math.min(mostMs, spanMs * 2);
      return delayMs;
    },
    reset() {
      spanMs = firstMs;
    },
  };
}
