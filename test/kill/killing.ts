import { createRandom, type Random } from "../../src/base/random.ts";
import { readJournal, verifyJournal } from "../../src/operations/journal/read-journal.ts";
import { nodeDisk } from "../../src/operations/node-disk.ts";
import type { Limits } from "../../src/sandbox/binance/limits.ts";
import { startFakeVenue, type FakeVenue } from "../../src/sandbox/server/fake-venue.ts";
import type { Venue } from "../../src/sandbox/venue.ts";
import { metaexpert } from "../command-line/process.ts";
import { beliefOf, compareAccount, compareFills, compareOrders, compareTransfers, truthOf, unprotected, type Truth } from "./oracle.ts";
import { HELD_MAX, Victim, writeProject } from "./victim.ts";

const SYMBOL = "BTCUSDT";
/** Two steps: an entry may fill in parts. */
const DUST_MAX = 0.00002;
const LOOK_EVERY_MS = 20;
/** A position may stand without a stop for so long while a process trades, milliseconds of real time. */
const UNPROTECTED_MS_MAX = 10_000;
/** Many starts within a minute use up what an address may ask, and then a start waits for the next minute. */
const START_MS_MAX = 100_000;
/** After so many deaths one life lasts until everything has come to rest. */
const REST_EVERY = 25;
const REST_MS = 15_000;
const PROOF_MS = 20_000;

export interface KillingOptions {
  readonly market: "spot" | "linear";
  /** Processes that are killed. */
  readonly count: number;
  readonly seed: number;
  /** Where the project and its state lie. */
  readonly folder: string;
  /** How long the last process lives before it is held against the venue. @default 15000 */
  readonly restMs?: number;
  readonly onKill?: (kills: number) => void;
}

export interface KillingReport {
  readonly market: "spot" | "linear";
  readonly kills: number;
  readonly starts: number;
  /** Kills that came before the process traded. */
  readonly killsBeforeTrading: number;
  readonly orders: number;
  readonly fills: number;
  readonly journalRecords: number;
  /** From the start of a process to reconciled and trading, milliseconds, smallest first. */
  readonly recoveriesMs: readonly number[];
  /** From trading to a working stop, of the lives that began with a bare position, milliseconds, smallest first. */
  readonly shieldsMs: readonly number[];
  readonly violations: readonly string[];
}

/** Of `HELD_MAX` this is one step of the grid. */
const STEP_FEE_PCT = 0.25;

/** The limits of Binance are for one client that lives long; here hundreds start. */
const NO_LIMITS: Limits = {
  weights: { api: 1e9, sapi: 1e9, fapi: 1e9, dapi: 1e9 },
  orders: {
    api: { short: 1e9, long: 1e9 },
    sapi: { short: 1e9, long: 1e9 },
    fapi: { short: 1e9, long: 1e9 },
    dapi: { short: 1e9, long: 1e9 },
  },
  violationsBeforeBan: 1e9,
  connections: 1e9,
};

/** A venue for processes that are killed: no limits, and nothing in the account but the settle asset. */
export function startKillingGround(market: "spot" | "linear", seed: number): Promise<FakeVenue> {
  // On spot a purchase costs whole steps of the bought asset, so that no dust gathers in hundreds of lives.
  const fees = market === "spot" ? { makerFeePct: STEP_FEE_PCT, takerFeePct: STEP_FEE_PCT } : {};
  return startFakeVenue({ market, seed, limits: NO_LIMITS, venue: { balances: { USDT: 10_000 }, ...fees } });
}

/** Starts the real program again and again on one state and kills it, then lets it end in order and holds everything against the venue. */
export async function killAgainAndAgain(options: KillingOptions): Promise<KillingReport> {
  await using venue = await startKillingGround(options.market, options.seed);
  return await new Killing(options, venue).run();
}

class Killing {
  readonly #options: KillingOptions;
  readonly #ground: FakeVenue;
  readonly #venue: Venue;
  readonly #random: Random;
  readonly #violations = new Set<string>();
  readonly #recoveriesMs: number[] = [];
  readonly #shieldsMs: number[] = [];
  #starts = 0;
  #killsBeforeTrading = 0;

  constructor(options: KillingOptions, ground: FakeVenue) {
    const { market, seed } = options;
    const venue = ground.sandbox.venues[market];
    if (venue === undefined) throw new Error(`the fake venue has no ${market} market`);
    this.#options = options;
    this.#ground = ground;
    this.#venue = venue;
    this.#random = createRandom(seed);
  }

  async run(): Promise<KillingReport> {
    const { folder, market, count, onKill } = this.#options;
    writeProject(folder, market, this.#ground.url);
    for (let kills = 1; kills <= count; kills += 1) {
      await this.#liveAndDie(kills % REST_EVERY === 0);
      onKill?.(kills);
    }
    const journalRecords = await this.#liveAndEnd();
    for (const failure of this.#ground.failures) this.#violations.add(`the fake venue failed: ${failure}`);
    const sorted = (values: readonly number[]): number[] => values.toSorted((left, right) => left - right);
    return {
      market,
      kills: count,
      starts: this.#starts,
      killsBeforeTrading: this.#killsBeforeTrading,
      orders: this.#venue.orders(SYMBOL).length,
      fills: this.#venue.fills(SYMBOL).length,
      journalRecords,
      recoveriesMs: sorted(this.#recoveriesMs),
      shieldsMs: sorted(this.#shieldsMs),
      violations: [...this.#violations],
    };
  }

  /** One life: a quarter is killed at any moment from the start on, the others while they trade. */
  async #liveAndDie(isLong: boolean): Promise<void> {
    const victim = this.#start();
    const delay = 100 + this.#random.next() * 2_900;
    if (!isLong && this.#random.next() < 0.25) await this.#watch(victim, delay);
    else if (await this.#untilTrading(victim)) await this.#watch(victim, isLong ? REST_MS : delay);
    if (victim.tradesSince === undefined) this.#killsBeforeTrading += 1;
    victim.signal("SIGKILL");
    const { code, signal } = await victim.ended;
    if (signal !== "SIGKILL") this.#violations.add(`a process ended by itself with code ${String(code)}: ${victim.stderr}`);
  }

  /** The last life ends by SIGTERM, at rest; returns how many records the journal has. */
  async #liveAndEnd(): Promise<number> {
    const victim = this.#start();
    if (!(await this.#untilTrading(victim))) return 0;
    await this.#watch(victim, this.#options.restMs ?? REST_MS);
    // What an earlier life has left in doubt is proven by now, or soon.
    if (this.#options.restMs === undefined) await this.#watch(victim, PROOF_MS);
    victim.signal("SIGTERM");
    const { code } = await victim.ended;
    const { outcome } = victim;
    if (code !== 143) this.#violations.add(`the process ended with code ${String(code)} after SIGTERM`);
    if (outcome === undefined || outcome.failure !== undefined || outcome.journal === undefined) {
      this.#violations.add(`the last run did not end in order: ${victim.stderr}`);
      return 0;
    }
    const truth = this.#truth();
    const findings = [...compareAccount(truth, outcome.status)];
    const { journal } = outcome;
    const verdict = verifyJournal(nodeDisk, journal);
    if (verdict.broken !== undefined || verdict.incompleteBytes > 0) findings.push(`the journal is not whole: ${JSON.stringify(verdict)}`);
    const belief = beliefOf(readJournal(nodeDisk, journal));
    const allowsDoubt = this.#options.restMs !== undefined;
    findings.push(...compareOrders(truth, belief, { allowsDoubt }), ...compareFills(truth, belief), ...compareTransfers(truth, belief));
    const replayed = await metaexpert(["replay", journal, "--home", this.#options.folder], { cwd: this.#options.folder });
    if (replayed.code !== 0) findings.push(`the journal does not replay: ${replayed.stdout} ${replayed.stderr}`);
    for (const finding of findings) this.#violations.add(finding);
    return outcome.journalRecords;
  }

  #truth(): Truth {
    return truthOf(this.#venue, SYMBOL, this.#options.market === "spot" ? DUST_MAX : 0);
  }

  #start(): Victim {
    const { folder, market, seed } = this.#options;
    this.#starts += 1;
    return new Victim({ folder, market, credentials: this.#ground.credentials, seed: seed * 1_000 + this.#starts });
  }

  async #untilTrading(victim: Victim): Promise<boolean> {
    const isTrading = await victim.until(() => victim.tradesSince !== undefined, START_MS_MAX);
    if (!isTrading) this.#violations.add(`a process did not come to trade within ${START_MS_MAX} ms: ${victim.stderr}`);
    return isTrading;
  }

  /** Looks at the venue for a while: what may never be, and how long a position stands bare. */
  async #watch(victim: Victim, forMs: number): Promise<void> {
    const end = performance.now() + forMs;
    let bareSince = NaN;
    let isFirst = true;
    while (performance.now() < end && !victim.isOver) {
      const truth = this.#truth();
      if (Math.abs(truth.position) > HELD_MAX + truth.dustMax)
        this.#violations.add(`the venue holds ${truth.position}, more than one entry`);
      const now = performance.now();
      const since = victim.tradesSince;
      if (since !== undefined) {
        const isBare = unprotected(truth) > 0;
        if (isBare && Number.isNaN(bareSince)) bareSince = now;
        if (isBare && now - bareSince > UNPROTECTED_MS_MAX)
          this.#violations.add(`${truth.position} had no stop for ${UNPROTECTED_MS_MAX} ms`);
        if (!isBare && isFirst && !Number.isNaN(bareSince)) this.#shieldsMs.push(now - since);
        if (!isBare) {
          bareSince = NaN;
          isFirst = false;
        }
      }
      await victim.until(() => false, LOOK_EVERY_MS);
    }
    if (victim.tradesSince !== undefined) this.#recoveriesMs.push(victim.tradesSince - victim.startedAt);
  }
}
