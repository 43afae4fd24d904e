import { barCloseTime, barOpenTime, type Timeframe } from "../../domain/timeframe.ts";

/** The stretch of time that levels are taken over: UTC days, weeks from Monday, or calendar months. */
export const SESSIONS = ["day", "week", "month"] as const;
export type SessionName = (typeof SESSIONS)[number];

export interface SessionOptions {
  /** @default "day" */
  readonly session?: SessionName;
}

const TIMEFRAMES: Readonly<Record<SessionName, Timeframe>> = { day: "1d", week: "1w", month: "1M" };

/** Tells where sessions begin in a series of bars. */
export class SessionCalendar {
  /** Whether the current session was seen from its first moment. */
  isWhole = false;
  readonly #timeframe: Timeframe;
  #end = NaN;

  constructor(session: SessionName) {
    this.#timeframe = TIMEFRAMES[session];
    this.reset();
  }

  /** Shows the next bar's open time; true when the bar is the first of a session that we see. */
  begins(openTime: number): boolean {
    if (openTime < this.#end) return false;
    const start = barOpenTime(this.#timeframe, openTime);
    // What began before the first bar is known in part only; every later session is seen whole.
    this.isWhole = this.#end > -Infinity || start === openTime;
    this.#end = barCloseTime(this.#timeframe, start);
    return true;
  }

  reset(): void {
    this.isWhole = false;
    this.#end = -Infinity;
  }
}
