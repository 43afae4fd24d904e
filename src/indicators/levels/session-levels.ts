import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { oneOf } from "../parameters.ts";
import { SESSIONS, SessionCalendar, type SessionOptions } from "./session.ts";

export type SessionLine = "open" | "high" | "low" | "previousHigh" | "previousLow" | "previousClose";

/**
 * Session levels: open, high and low of the session so far, and high, low and close of the one before. NaN for a session that
 * the series does not show from its first moment.
 */
export function sessionLevels(options: SessionOptions = {}): SessionLevels {
  return new SessionLevels(options);
}

/** See `sessionLevels`. */
export class SessionLevels extends BarIndicator<SessionLine> {
  readonly #calendar: SessionCalendar;
  #close = NaN;

  constructor({ session = "day" }: SessionOptions = {}) {
    super(["open", "high", "low", "previousHigh", "previousLow", "previousClose"], 1);
    this.#calendar = new SessionCalendar(oneOf("sessionLevels", "session", session, SESSIONS));
  }

  get open(): number {
    return this.current[0] as number;
  }

  get high(): number {
    return this.current[1] as number;
  }

  get low(): number {
    return this.current[2] as number;
  }

  get previousHigh(): number {
    return this.current[3] as number;
  }

  get previousLow(): number {
    return this.current[4] as number;
  }

  get previousClose(): number {
    return this.current[5] as number;
  }

  update({ openTime, open, high, low, close }: Bar): void {
    const { current } = this;
    const wasWhole = this.#calendar.isWhole;
    if (this.#calendar.begins(openTime)) {
      const { isWhole } = this.#calendar;
      current[3] = current[1] as number;
      current[4] = current[2] as number;
      current[5] = wasWhole ? this.#close : NaN;
      current[0] = isWhole ? open : NaN;
      current[1] = isWhole ? high : NaN;
      current[2] = isWhole ? low : NaN;
    } else {
      current[1] = Math.max(current[1] as number, high);
      current[2] = Math.min(current[2] as number, low);
    }
    this.#close = close;
  }

  override reset(): void {
    super.reset();
    this.#calendar.reset();
    this.#close = NaN;
  }
}
