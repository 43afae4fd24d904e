import { oneOf } from "../parameters.ts";
import { SessionCalendar } from "../levels/session.ts";
import { CVD_SESSIONS, type CvdOptions } from "./cvd.ts";
import { TradeIndicator } from "./trade-study.ts";

/** Cumulative volume delta by trades: all that buyers took less all that sellers took, since the start or the session's beginning. */
export function tradeCvd(options: CvdOptions = {}): TradeCvd {
  return new TradeCvd(options);
}

/** See `tradeCvd`. */
export class TradeCvd extends TradeIndicator {
  readonly #calendar: SessionCalendar | undefined;
  #sum = NaN;

  constructor({ session = "none" }: CvdOptions = {}) {
    super(["value"], 1);
    const kind = oneOf("tradeCvd", "session", session, CVD_SESSIONS);
    this.#calendar = kind === "none" ? undefined : new SessionCalendar(kind);
    this.reset();
  }

  override reset(): void {
    super.reset();
    this.#calendar?.reset();
    this.#sum = 0;
  }

  protected take(time: number, _price: number, quantity: number, side: number): void {
    if (this.#calendar?.begins(time) === true) this.#sum = 0;
    this.#sum += side * quantity;
    this.current[0] = this.#sum;
  }
}
