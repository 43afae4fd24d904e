/** What the engine writes down before it acts, and what it learns afterwards. One plain object a record. */
export interface JournalRecord {
  /** Time of the event being handled, milliseconds since the epoch, UTC. */
  readonly time: number;
  /** What kind of record it is, such as `intent`, `refusal`, `order`, `fill`, `funding`. */
  readonly kind: string;
  /** Strings, finite numbers and booleans only. */
  readonly data: Readonly<Record<string, string | number | boolean | undefined>>;
}

/**
 * The run's diary: append-only, each record's hash covering the one before. Two runs with the same input have the same
 * `hash`. `append` returns when the record is as durable as the journal promises; an order leaves only after that.
 */
export interface Journal {
  append(record: JournalRecord): void;
  /** Number of records so far. */
  readonly length: number;
  /** Chain hash over all records so far, hexadecimal. */
  readonly hash: string;
}
