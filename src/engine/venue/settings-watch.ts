import { AuthenticationError } from "../../base/errors.ts";
import type { Logger } from "../../base/logger.ts";
import { wait, type Scheduler } from "../../base/scheduler.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { ExchangeReport } from "../exchange.ts";
import type { Gateway } from "../gateway.ts";
import type { RejectClass } from "../venue-facts.ts";
import { reasonOf } from "./pursuit.ts";

const EVERY_MS = 60_000;
/** The wait before the account is asked about a refusal that speaks of it. */
const SOON_MS = 2_000;
/** How long a symbol that does not trade is left alone. */
const PAUSE_MS = 60_000;

/** How the account has to be set for the run; what is absent does not matter. */
export interface WantedSettings {
  readonly leverage?: number;
  readonly marginMode?: "isolated" | "cross";
  readonly positionMode?: "hedge" | "oneWay";
}

export interface SettingsWatchOptions {
  readonly gateway: Gateway;
  readonly instruments: readonly Instrument[];
  readonly scheduler: Scheduler;
  readonly log: Logger;
  readonly report: (report: ExchangeReport) => void;
  readonly wanted: WantedSettings;
  readonly signal: AbortSignal;
}

/**
 * Looks every minute whether the account may still trade and is set as the run needs it. What is not is told and keeps entries away until
 * it is again; nothing is set back, for the owner may have had a reason.
 */
export class SettingsWatch {
  readonly #options: SettingsWatchOptions;
  /** What has been told of, by subject and symbol. */
  readonly #told = new Set<string>();
  #isAsking = false;

  constructor(options: SettingsWatchOptions) {
    this.#options = options;
  }

  start(): void {
    void this.#goOn();
  }

  /** An order was refused. Where that speaks of the account, entries stop at once and the account is asked. */
  onRefused(rejectClass: RejectClass, symbol: string, reason: string): void {
    const { scheduler, signal } = this.#options;
    switch (rejectClass) {
      case "notTrading":
        this.#tell("status", symbol, `${symbol} does not trade now: ${reason}; entries wait a minute`);
        void wait(scheduler, PAUSE_MS, signal).then(() => this.#tell("status", symbol, undefined));
        return;
      case "permission":
        this.#tell(
          "permission",
          undefined,
          `the exchange does not let the key trade: ${reason}; check the key, its rights and its addresses`,
        );
        break;
      case "positionMode":
        this.#tell("positionMode", undefined, `the account's position mode is not the run's: ${reason}; set it back at the exchange`);
        break;
      case "liquidation":
        return this.#tell("liquidation", undefined, `the account is being liquidated: ${reason}; bring margin and start the run again`);
      default:
        return;
    }
    void wait(scheduler, SOON_MS, signal).then(() => this.#look());
  }

  async #goOn(): Promise<void> {
    const { scheduler, signal } = this.#options;
    for (;;) {
      await wait(scheduler, EVERY_MS, signal);
      if (signal.aborted) return;
      await this.#look();
    }
  }

  async #look(): Promise<void> {
    const { log, signal } = this.#options;
    if (this.#isAsking || signal.aborted) return;
    this.#isAsking = true;
    try {
      await this.#lookAtAccount();
      await this.#lookAtSymbols();
    } catch (error) {
      if (error instanceof AuthenticationError) this.#tell("permission", undefined, error.message);
      else log.debug(`the account's settings cannot be asked for: ${reasonOf(error)}`);
    }
    this.#isAsking = false;
  }

  async #lookAtAccount(): Promise<void> {
    const { gateway, wanted } = this.#options;
    const { canTrade, positionMode } = await gateway.accountRules();
    this.#tell("permission", undefined, canTrade ? undefined : "the key may not trade any more; give it the right back or use another");
    const isWanted = wanted.positionMode === undefined || positionMode === undefined || positionMode === wanted.positionMode;
    this.#tell(
      "positionMode",
      undefined,
      isWanted
        ? undefined
        : `the account is in position mode ${positionMode} and the run needs ${wanted.positionMode}; set it back at the exchange`,
    );
  }

  async #lookAtSymbols(): Promise<void> {
    const { gateway, instruments, wanted } = this.#options;
    for (const { symbol, kind } of instruments) {
      if (kind === "spot") continue;
      const rules = await gateway.symbolRules(symbol);
      if (rules === undefined) continue;
      const { leverage = rules.leverage, marginMode = rules.marginMode } = wanted;
      const leverages = `${symbol} has leverage ${rules.leverage} at the exchange and the run sizes with ${leverage}`;
      this.#tell("leverage", symbol, leverage === rules.leverage ? undefined : `${leverages}; set it back or start the run with it`);
      const modes = `${symbol} has margin mode ${rules.marginMode} at the exchange and the run needs ${marginMode}`;
      this.#tell("marginMode", symbol, marginMode === rules.marginMode ? undefined : `${modes}; set it back or start the run with it`);
    }
  }

  #tell(subject: string, symbol: string | undefined, reason: string | undefined): void {
    const key = `${subject} ${symbol ?? ""}`;
    const isTold = this.#told.has(key);
    if (reason === undefined ? !isTold : isTold) return;
    if (reason === undefined) this.#told.delete(key);
    else this.#told.add(key);
    const { report, scheduler } = this.#options;
    const restriction = { subject, ...(symbol === undefined ? {} : { symbol }), ...(reason === undefined ? {} : { reason }) };
    report({ kind: "restricted", restriction, time: scheduler.now() });
  }
}
