/** Something about the account, or a symbol's settings on it, that forbids adding risk. */
export interface Restriction {
  /** What it is about, such as `leverage` or `permission`; a later one of the same subject and symbol takes its place. */
  readonly subject: string;
  /** All symbols when absent. */
  readonly symbol?: string | undefined;
  /** Why, and what to do, in one sentence; absent when it is over. */
  readonly reason?: string | undefined;
}

/** The restrictions in force. */
export class Restrictions {
  readonly #reasons = new Map<string, Restriction>();

  set(restriction: Restriction): void {
    const { subject, symbol = "", reason } = restriction;
    const key = `${subject} ${symbol}`;
    if (reason === undefined) this.#reasons.delete(key);
    else this.#reasons.set(key, restriction);
  }

  /** Why a symbol may not be entered, undefined when nothing is against it. */
  reasonFor(symbol: string): string | undefined {
    for (const restriction of this.#reasons.values()) {
      if (restriction.symbol === undefined || restriction.symbol === symbol) return restriction.reason;
    }
    return undefined;
  }
}
