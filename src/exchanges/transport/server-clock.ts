import type { Clock } from "../../base/clock.ts";
import { DataError } from "../../base/errors.ts";

/** One question for the time, with the moments of the local clock at which it left and was answered. */
export interface ClockSample {
  readonly sentAt: number;
  readonly receivedAt: number;
  /** What the server's clock showed, milliseconds since the epoch. */
  readonly serverTime: number;
}

export interface ServerClockOptions {
  /** Whose clock it is, for errors. */
  readonly exchange: string;
  readonly clock: Clock;
  /** Asks the server for its time, milliseconds since the epoch. */
  readonly askTime: () => Promise<number>;
  /** Questions asked by one `resync`. @default 3 */
  readonly questions?: number;
}

/**
 * The server's clock, estimated from answers: the true offset of a sample lies within half its round trip around the middle, so the
 * samples with the smallest round trips are kept and their median taken.
 */
export class ServerClock implements Clock {
  readonly #options: ServerClockOptions;
  #samples: Measured[] = [];
  /** A sample that no other one can be reconciled with: either a clock has jumped or the answer was wrong. The next one decides. */
  #doubtful: Measured | undefined;
  #offsetMs = 0;
  #skewMs = Infinity;
  #running: Promise<void> | undefined;

  constructor(options: ServerClockOptions) {
    this.#options = options;
  }

  /** The server's time; the local time before the first sample. */
  now(): number {
    return this.#options.clock.now() + this.#offsetMs;
  }

  /** Server's clock minus local clock, milliseconds; 0 before the first sample. */
  get offsetMs(): number {
    return this.#offsetMs;
  }

  /** How wrong `now()` can be at most, as far as the samples tell; Infinity before the first and while two answers contradict each other. */
  get skewMs(): number {
    if (this.#doubtful !== undefined || this.#samples.length === 0) return Infinity;
    return this.#skewMs + DRIFT * Math.max(0, this.#options.clock.now() - this.#newest());
  }

  /** Takes in any answer that carried the server's time. One that took back time, as after a jump of the local clock, is left out. */
  addSample({ sentAt, receivedAt, serverTime }: ClockSample): void {
    const roundTripMs = receivedAt - sentAt;
    if (!(roundTripMs >= 0) || !Number.isFinite(serverTime)) return;
    const sample: Measured = {
      time: receivedAt,
      offsetMs: serverTime - (sentAt + receivedAt) / 2,
      errorMs: roundTripMs / 2 + RESOLUTION_MS,
    };
    if (this.#samples.every((known) => agree(known, sample))) {
      this.#doubtful = undefined;
      this.#keep([...this.#samples, sample]);
      return;
    }
    if (this.#doubtful !== undefined && agree(this.#doubtful, sample)) {
      // Two against the past: the clock has jumped, and everything measured before means nothing.
      this.#keep([this.#doubtful, sample]);
      this.#doubtful = undefined;
      return;
    }
    this.#doubtful = sample;
  }

  /** Asks again, one question after the other; calls at the same time share the questions. Fails with what the last question failed with if none was answered. */
  resync(): Promise<void> {
    this.#running ??= this.#ask().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #ask(): Promise<void> {
    const { clock, askTime, exchange, questions = 3 } = this.#options;
    let failure: unknown;
    let answers = 0;
    for (let question = 0; question < questions; question += 1) {
      const sentAt = clock.now();
      try {
        // oxlint-disable-next-line no-await-in-loop -- questions at the same time would delay each other
        const serverTime = await askTime();
        this.addSample({ sentAt, receivedAt: clock.now(), serverTime });
        answers += 1;
      } catch (error) {
        failure = error;
      }
    }
    if (answers === 0) throw failure instanceof Error ? failure : new DataError(`${exchange} does not tell its time`);
  }

  #keep(samples: Measured[]): void {
    this.#samples = samples.slice(-SAMPLES_MAX);
    const best = this.#samples.toSorted((left, right) => left.errorMs - right.errorMs).slice(0, Math.ceil(this.#samples.length / 3));
    const offsets = best.map((sample) => sample.offsetMs).toSorted((left, right) => left - right);
    const middle = (offsets.length - 1) / 2;
    this.#offsetMs = ((offsets[Math.floor(middle)] as number) + (offsets[Math.ceil(middle)] as number)) / 2;
    // Every sample bounds the offset; the tightest bound around our estimate holds.
    this.#skewMs = Math.min(...best.map((sample) => Math.abs(sample.offsetMs - this.#offsetMs) + sample.errorMs));
  }

  #newest(): number {
    return this.#samples.at(-1)?.time ?? -Infinity;
  }
}

/** Samples that are remembered. */
const SAMPLES_MAX = 15;
/** Servers tell whole milliseconds. */
const RESOLUTION_MS = 1;
/** How far two quartz clocks run apart, as a share of the time passed: 100 parts per million, a careful figure. */
const DRIFT = 100e-6;

interface Measured {
  /** Local moment of the answer. */
  readonly time: number;
  readonly offsetMs: number;
  /** Half the round trip and the resolution: the offset is known this well. */
  readonly errorMs: number;
}

/** Whether one true offset could have given both samples. */
function agree(one: Measured, other: Measured): boolean {
  return Math.abs(one.offsetMs - other.offsetMs) <= one.errorMs + other.errorMs + DRIFT * Math.abs(one.time - other.time);
}
