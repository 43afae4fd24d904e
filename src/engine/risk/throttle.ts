import { DataError } from "../../base/errors.ts";
import { MINUTE_MS } from "../../domain/timeframe.ts";
import type { ResolvedRiskOptions } from "../../expert/resolved.ts";
import type { RiskOrder } from "./risk-order.ts";

/** Most entries that are remembered to recognise a duplicate. */
const RECENT_MAX = 10_000;

/** What to do about a throttle that has tripped. */
export const REARM_ADVICE = "entries are off until a run with rearm: true";

/** What a throttle knows, as plain data that a journal keeps. */
export interface ThrottleState {
  /** Moments of the orders of the last minute. */
  readonly sent: readonly number[];
  /** Entries that could still be repeated by mistake, with the moment each was last sent. */
  readonly recent: readonly (readonly [entry: string, time: number])[];
  /** By position: the last signal and how often in a row it was sent since the position changed. */
  readonly repeats: readonly (readonly [position: string, signal: string, count: number])[];
  /** Why entries are switched off, if they are. */
  readonly tripped?: string | undefined;
}

/**
 * Remembers what was sent, so that a loop that has gone wrong is seen: orders of the last minute, entries that come twice, and one
 * signal over and over. Hears of every order that is sent and every fill.
 */
export class OrderThrottle {
  readonly #risk: Pick<ResolvedRiskOptions, "duplicateWindowMs">;
  #sent: number[] = [];
  readonly #recent = new Map<string, number>();
  readonly #repeats = new Map<string, { signal: string; count: number }>();
  /** Somebody has to hear of it. */
  readonly #onTripped: (reason: string) => void;
  #tripped: string | undefined;
  #version = 0;

  constructor(risk: Pick<ResolvedRiskOptions, "duplicateWindowMs">, onTripped: (reason: string) => void = () => {}) {
    this.#risk = risk;
    this.#onTripped = onTripped;
  }

  /** Changes whenever `state()` has. */
  get version(): number {
    return this.#version;
  }

  /** Why entries are switched off until somebody has looked at it, if they are. */
  get tripped(): string | undefined {
    return this.#tripped;
  }

  /** An order leaves: an entry, an exit or a protective order. */
  onSent(order: RiskOrder, time: number): void {
    this.#version += 1;
    this.#forget(time);
    this.#sent.push(time);
    if (order.purpose !== "entry") return;
    if (this.#risk.duplicateWindowMs > 0) this.#remember(entryOf(order), time);
    const position = positionOf(order);
    const signal = signalOf(order);
    const last = this.#repeats.get(position);
    if (last?.signal === signal) last.count += 1;
    else this.#repeats.set(position, { signal, count: 1 });
  }

  /** A position has changed: what is sent from now on is an answer to something new. */
  onPositionChanged(position: { readonly symbol: string; readonly positionSide: string }): void {
    if (this.#repeats.delete(positionOf(position))) this.#version += 1;
  }

  /** Orders of the minute that ends at `time`. */
  sentWithinMinute(time: number): number {
    let count = 0;
    for (let index = this.#sent.length - 1; index >= 0; index -= 1) {
      if (isWithin(this.#sent[index] as number, time, MINUTE_MS)) count += 1;
    }
    return count;
  }

  /** Whether the same entry was sent within the window that ends at `time`. */
  isDuplicate(order: RiskOrder, time: number): boolean {
    const sentAt = this.#recent.get(entryOf(order));
    return sentAt !== undefined && isWithin(sentAt, time, this.#risk.duplicateWindowMs);
  }

  /** How often in a row the order's signal has been sent since the position last changed. */
  repeatsOf(order: RiskOrder): number {
    const last = this.#repeats.get(positionOf(order));
    return last?.signal === signalOf(order) ? last.count : 0;
  }

  /** Switches entries off until `rearm`. */
  trip(reason: string): void {
    if (this.#tripped !== undefined) return;
    this.#tripped = reason;
    this.#version += 1;
    this.#onTripped(`${reason}; ${REARM_ADVICE}`);
  }

  /** Switches entries on again: somebody has found the cause. */
  rearm(): void {
    this.#tripped = undefined;
    this.#repeats.clear();
    this.#version += 1;
  }

  state(): ThrottleState {
    const repeats = [...this.#repeats].map(([position, { signal, count }]) => [position, signal, count] as const);
    const state = { sent: [...this.#sent], recent: [...this.#recent], repeats };
    return this.#tripped === undefined ? state : { ...state, tripped: this.#tripped };
  }

  /** Takes over what a journal has kept. */
  restore(state: unknown): void {
    if (!isThrottleState(state))
      throw new DataError("the journal's state of the order throttle cannot be read; start with another journal");
    this.#sent = [...state.sent];
    this.#recent.clear();
    for (const [entry, time] of state.recent) this.#recent.set(entry, time);
    this.#repeats.clear();
    for (const [position, signal, count] of state.repeats) this.#repeats.set(position, { signal, count });
    this.#tripped = state.tripped;
    this.#version += 1;
  }

  #remember(entry: string, time: number): void {
    // Deleting first keeps the map in the order of time.
    this.#recent.delete(entry);
    this.#recent.set(entry, time);
    if (this.#recent.size > RECENT_MAX) for (const oldest of this.#recent.keys()) return void this.#recent.delete(oldest);
  }

  #forget(time: number): void {
    if (!isWithin(this.#sent[0] ?? time, time, MINUTE_MS)) this.#sent = this.#sent.filter((sentAt) => isWithin(sentAt, time, MINUTE_MS));
    for (const [entry, sentAt] of this.#recent) {
      if (isWithin(sentAt, time, this.#risk.duplicateWindowMs)) return;
      this.#recent.delete(entry);
    }
  }
}

/** Whether a moment lies in the window that ends at `time`; one a little ahead does, for clocks are set back. */
function isWithin(moment: number, time: number, windowMs: number): boolean {
  return Math.abs(time - moment) < windowMs;
}

function positionOf({ symbol, positionSide }: { readonly symbol: string; readonly positionSide: string }): string {
  return `${symbol} ${positionSide}`;
}

/** What makes an entry the same entry. A size that was computed differs a little each time and says nothing. */
function entryOf(order: RiskOrder): string {
  return `${positionOf(order)} ${signalOf(order)} ${order.shrinkToFit ? "sized" : order.quantity}`;
}

/** What makes a signal the same signal, whatever its size. */
function signalOf({ side, type, price, triggerPrice, trailingPct, activationPrice }: RiskOrder): string {
  return [side, type, price, triggerPrice, trailingPct, activationPrice].map((part) => part ?? "-").join(" ");
}

function isThrottleState(state: unknown): state is ThrottleState {
  if (typeof state !== "object" || state === null) return false;
  const { sent, recent, repeats, tripped } = state as Readonly<Record<string, unknown>>;
  const isRow = (row: unknown, ...types: string[]): boolean =>
    Array.isArray(row) && row.length === types.length && types.every((type, index) => typeof row[index] === type);
  return (
    Array.isArray(sent) &&
    sent.every((time) => typeof time === "number") &&
    Array.isArray(recent) &&
    recent.every((row) => isRow(row, "string", "number")) &&
    Array.isArray(repeats) &&
    repeats.every((row) => isRow(row, "string", "string", "number")) &&
    (tripped === undefined || typeof tripped === "string")
  );
}
