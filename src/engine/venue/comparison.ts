import type { Logger } from "../../base/logger.ts";
import type { Scheduler } from "../../base/scheduler.ts";
import type { Balance } from "../../domain/account.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { ExchangeReport } from "../exchange.ts";
import type { Gateway } from "../gateway.ts";
import type { VenuePosition } from "../venue-facts.ts";
import { positionDifference, spotShortfall } from "./differences.ts";
import type { TrackedOrder } from "./tracked-order.ts";
import type { Tracker } from "./tracker.ts";

/** How often in a row both sides have to differ before it is believed: a fill may lie between two questions. */
const DIFFERENCES_NEEDED = 3;

export interface ComparisonOptions {
  readonly gateway: Gateway;
  readonly instruments: readonly Instrument[];
  readonly scheduler: Scheduler;
  readonly tracker: Tracker;
  readonly log: Logger;
  readonly report: (report: ExchangeReport) => void;
  readonly bookedBalance: (asset: string) => number | undefined;
}

/** Compares positions and money of both sides. Nothing is corrected silently: a position that differs stops entries, money that differs is booked as what it is. */
export class Comparison {
  readonly #options: ComparisonOptions;
  readonly #differences = new Map<string, number>();
  readonly #drifting = new Set<string>();
  #gap = { amount: 0, count: 0 };
  #changes = 0;

  constructor(options: ComparisonOptions) {
    this.#options = options;
  }

  onChanged(): void {
    this.#changes += 1;
  }

  /** Whether both sides agree, or differ in a way that has been told. `refresh` fetches fills that lie between two questions. */
  async compare(refresh: () => Promise<void>): Promise<boolean> {
    const { gateway, instruments, tracker } = this.#options;
    const changesBefore = this.#changes;
    const derivatives = instruments.filter(({ kind }) => kind !== "spot").map(({ symbol }) => symbol);
    const positions = derivatives.length === 0 ? [] : await gateway.positions(derivatives);
    const balances = await gateway.balances();
    await refresh();
    // A change in the midst of the questions makes the answers about different moments.
    if (this.#changes !== changesBefore) return false;
    let isAgreed = true;
    for (const instrument of instruments) {
      const difference =
        instrument.kind === "spot"
          ? spotShortfall(instrument, balances, tracker)
          : positionDifference(instrument.symbol, positions, tracker);
      isAgreed = this.#note(instrument.symbol, difference) && isAgreed;
    }
    // What is not proven about orders and positions may be what makes the difference in money.
    if (isAgreed && !tracker.live().some(isUnsettled)) this.#compareMoney(balances);
    return isAgreed;
  }

  #note(symbol: string, position: VenuePosition | undefined): boolean {
    const { report, scheduler, tracker } = this.#options;
    if (position === undefined) {
      this.#differences.delete(symbol);
      if (this.#drifting.delete(symbol))
        report({ kind: "drift", symbol, reason: `${symbol}: both sides agree again`, time: scheduler.now() });
      return true;
    }
    // While the outcome of an order is not known, it may be what makes the difference.
    if (tracker.live(symbol).some(isUnsettled)) return true;
    const count = (this.#differences.get(symbol) ?? 0) + 1;
    this.#differences.set(symbol, count);
    if (count < DIFFERENCES_NEEDED) return false;
    if (this.#drifting.has(symbol)) return true;
    this.#drifting.add(symbol);
    const reason =
      `the exchange shows a position of ${position.quantity} ${symbol} (${position.side}) that the fills of this run do not explain: ` +
      "no entries until both agree; close or transfer what is not of this run, or start with an account of its own";
    const isClosed = isClosedByOthers(position, tracker) ? { isClosed: true } : {};
    report({ kind: "drift", symbol, position, reason, ...isClosed, time: scheduler.now() });
    return true;
  }

  /** Money that stays different by the same amount is a deposit, a withdrawal or a fee that was not told: it is booked as such. */
  #compareMoney(balances: readonly Balance[]): void {
    const { bookedBalance, instruments, report, scheduler, log } = this.#options;
    const asset = instruments[0]?.settleAsset ?? "";
    const booked = bookedBalance(asset);
    const there = balances.find((balance) => balance.asset === asset)?.total ?? 0;
    const amount = booked === undefined ? 0 : there - booked;
    if (Math.abs(amount) < MONEY_TOLERANCE) {
      this.#gap = { amount: 0, count: 0 };
      return;
    }
    const isSame = Math.abs(amount - this.#gap.amount) < MONEY_TOLERANCE;
    this.#gap = { amount, count: isSame ? this.#gap.count + 1 : 1 };
    if (this.#gap.count < DIFFERENCES_NEEDED) return;
    this.#gap = { amount: 0, count: 0 };
    const time = scheduler.now();
    log.warn(`the balance of ${asset} has changed by ${amount} without a trade of this run; it is booked as a transfer`);
    report({ kind: "transfer", transfer: { kind: "other", id: `balance-${time}`, asset, amount, time }, time });
  }
}

/** Exchanges write balances with eight digits. */
const MONEY_TOLERANCE = 1e-7;

/** Whether the order may have filled without our knowing. */
function isUnsettled({ isInFlight, isUnknown, ending }: TrackedOrder): boolean {
  return isInFlight || isUnknown || ending !== undefined;
}

/** Whether trades of others explain to the step that nothing of what we held is left. An answer without a position alone is no such proof. */
function isClosedByOthers({ symbol, side, quantity }: VenuePosition, tracker: Tracker): boolean {
  const ours = tracker.positionSteps(symbol, side);
  const there = tracker.toSteps(symbol, Math.abs(quantity)) * Math.sign(quantity);
  return ours !== 0 && Math.sign(there) !== Math.sign(ours) && there === ours + tracker.foreignSteps(symbol, side);
}
