import type { Bar } from "../../domain/bar.ts";
import { oneOf } from "../parameters.ts";
import { PivotIndicator } from "./pivot-indicator.ts";
import type { PivotKind } from "./pivot-levels.ts";
import { SESSIONS, SessionCalendar, type SessionName } from "./session.ts";

export interface PivotPointsOptions {
  /** "classic", "fibonacci", "camarilla", "woodie" or "demark". @default "classic" */
  readonly kind?: PivotKind;
  /** The session before gives the levels of this one: UTC days, weeks from Monday, months. @default "day" */
  readonly session?: SessionName;
}

/**
 * Pivot points: levels for the running session from the open, high, low and close of the one before. NaN until a whole session
 * has been seen: a series that begins inside a session does not know its high and low.
 */
export function pivotPoints(options: PivotPointsOptions = {}): PivotPoints {
  return new PivotPoints(options);
}

/** See `pivotPoints`; `pivotLevels` has the formulas. */
export class PivotPoints extends PivotIndicator {
  readonly #calendar: SessionCalendar;
  #open = NaN;
  #high = NaN;
  #low = NaN;
  #close = NaN;

  constructor({ kind = "classic", session = "day" }: PivotPointsOptions = {}) {
    super("pivotPoints", kind, 2);
    this.#calendar = new SessionCalendar(oneOf("pivotPoints", "session", session, SESSIONS));
  }

  update({ openTime, open, high, low, close }: Bar): void {
    const wasWhole = this.#calendar.isWhole;
    if (this.#calendar.begins(openTime)) {
      if (wasWhole) this.derive(this.#open, this.#high, this.#low, this.#close, open);
      this.#open = open;
      this.#high = high;
      this.#low = low;
    } else {
      this.#high = Math.max(this.#high, high);
      this.#low = Math.min(this.#low, low);
    }
    this.#close = close;
  }

  override reset(): void {
    super.reset();
    this.#calendar.reset();
    this.#open = NaN;
    this.#high = NaN;
    this.#low = NaN;
    this.#close = NaN;
  }
}
