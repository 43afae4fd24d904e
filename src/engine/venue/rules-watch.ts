import type { Logger } from "../../base/logger.ts";
import { wait, type Scheduler } from "../../base/scheduler.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { ExchangeReport } from "../exchange.ts";
import type { InstrumentSource } from "../gateway.ts";
import { reasonOf } from "./pursuit.ts";

/** A refusal that comes sooner after a look at the rules is about something else. */
const AGAIN_MS = 10_000;
/** An order that was refused waits so long for new rules. */
const WAIT_MS_MAX = 1_500;
const RULES = ["priceStep", "quantityStep", "quantityMin", "quantityMax", "notionalMin"] as const;

export interface RulesWatchOptions {
  readonly source: InstrumentSource | undefined;
  readonly instruments: readonly Instrument[];
  readonly scheduler: Scheduler;
  readonly log: Logger;
  readonly report: (report: ExchangeReport) => void;
  readonly signal: AbortSignal;
}

/** Looks at the rules of the run's symbols again when an order has been refused because of them: an exchange changes steps now and then. */
export class RulesWatch {
  readonly #options: RulesWatchOptions;
  readonly #known: Map<string, Instrument>;
  #question: Promise<unknown> | undefined;
  #askedAt = -Infinity;

  constructor(options: RulesWatchOptions) {
    this.#options = options;
    this.#known = new Map(options.instruments.map((instrument) => [instrument.symbol, instrument]));
  }

  /** Asks for the rules. Resolves when new ones have been reported, or soon; undefined where they have just been asked for. */
  look(): Promise<unknown> | undefined {
    const { source, scheduler, signal } = this.#options;
    if (source === undefined || this.#question !== undefined) return this.#question;
    const now = scheduler.now();
    if (now < this.#askedAt + AGAIN_MS) return undefined;
    this.#askedAt = now;
    this.#question = Promise.race([this.#ask(source), wait(scheduler, WAIT_MS_MAX, signal)]).finally(() => {
      this.#question = undefined;
    });
    return this.#question;
  }

  async #ask(source: InstrumentSource): Promise<void> {
    const { log, report, scheduler, signal } = this.#options;
    try {
      const told = await source.instruments([...this.#known.keys()]);
      if (signal.aborted) return;
      for (const instrument of told) {
        const changes = changesOf(this.#known.get(instrument.symbol), instrument);
        if (changes.length === 0) continue;
        this.#known.set(instrument.symbol, instrument);
        log.warn(`${instrument.symbol}: the exchange has new rules for orders: ${changes.join(", ")}`);
        report({ kind: "rulesChanged", instrument, time: scheduler.now() });
      }
    } catch (error) {
      log.warn(`the rules of symbols cannot be asked for: ${reasonOf(error)}`);
    }
  }
}

function changesOf(before: Instrument | undefined, now: Instrument): string[] {
  return RULES.filter((name) => before?.[name] !== now[name]).map(
    (name) => `${name} ${now[name] ?? "none"} (was ${before?.[name] ?? "none"})`,
  );
}
