import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { SESSIONS, SessionCalendar, type SessionName } from "../levels/session.ts";
import { oneOf } from "../parameters.ts";
import { moneyFlowVolume } from "../volume/money-flow.ts";

/** Where a cumulative delta starts again. */
export const CVD_SESSIONS = ["none", ...SESSIONS] as const;
export type CvdSession = "none" | SessionName;

export interface CvdOptions {
  /** Where the sum starts again: never, or each UTC day, week (from Monday) or month. @default "none" */
  readonly session?: CvdSession;
}

/**
 * Cumulative volume delta, estimated from bars by `delta`. Over the whole series it is the accumulation/distribution line;
 * `tradeCvd` adds up the real trades.
 */
export function cvd(options: CvdOptions = {}): Cvd {
  return new Cvd(options);
}

/** See `cvd`. */
export class Cvd extends BarIndicator {
  readonly #calendar: SessionCalendar | undefined;
  #sum = NaN;

  constructor({ session = "none" }: CvdOptions = {}) {
    super(["value"], 1);
    const kind = oneOf("cvd", "session", session, CVD_SESSIONS);
    this.#calendar = kind === "none" ? undefined : new SessionCalendar(kind);
    this.reset();
  }

  update({ openTime, high, low, close, volume }: Bar): void {
    if (this.#calendar?.begins(openTime) === true) this.#sum = 0;
    this.#sum += moneyFlowVolume(high, low, close, volume);
    this.current[0] = this.#sum;
  }

  override reset(): void {
    super.reset();
    this.#calendar?.reset();
    this.#sum = 0;
  }
}
