import { silentLogger, type Logger } from "../../src/base/logger.ts";
import { createRandom, type Random } from "../../src/base/random.ts";
import type { Disk } from "../../src/operations/disk.ts";
import { readJournal, verifyJournal } from "../../src/operations/journal/read-journal.ts";
import { resolveRunOptions } from "../../src/expert/resolve.ts";
import { replayJournal } from "../../src/run/replay.ts";
import { SimNetwork } from "../../src/sandbox/sim-network.ts";
import type { Venue } from "../../src/sandbox/venue.ts";
import { World } from "../simulation/world.ts";
import type { Death, PointKind } from "./fate.ts";
import type { Acknowledged } from "./mortal-disk.ts";
import { MortalProcess } from "./mortal-process.ts";
import { beliefOf, compareAccount, compareFills, compareOrders, compareTransfers, truthOf, unprotected } from "./oracle.ts";
import { Director, FAR_QUANTITY, fillShare, LAST_STAGE, QUANTITY, scriptedExpert, type Notes } from "./scripted.ts";

/** How long one play may last, virtual milliseconds. */
const PATIENCE_MS = 400_000;
/** Both sides are compared every 30 seconds: after this long every difference has been seen. */
const SETTLE_MS = 45_000;
/** Down for so long between a death and the next start. */
const PAUSE_MS = 4_000;
/** A position without a stop for longer than this, while a reconciled process runs, is a violation. */
const UNPROTECTED_MAX_MS = 10_000;

/** What the market does while no process runs. */
export const MISHAPS = ["nothing", "fill", "drop"] as const;
export type Mishap = (typeof MISHAPS)[number];

export interface PlayOptions {
  readonly market: Venue["market"];
  readonly seed: number;
  /** Where each life ends; the life after the last one is not killed. */
  readonly deaths: readonly Death[];
  /** Whether a death takes the machine along: what was not synced may be lost. */
  readonly isPowerCut?: boolean;
  readonly mishap?: Mishap;
  readonly log?: Logger;
  /** Sees what is on the disk at the end. */
  readonly onDisk?: (disk: Disk) => void;
}

export interface PlayReport {
  /** The points that each life has passed, by kind. */
  readonly lives: ReadonlyArray<readonly PointKind[]>;
  /** From the start to reconciled, of the lives after a death, virtual milliseconds. */
  readonly recoveriesMs: readonly number[];
  readonly orders: number;
  readonly fills: number;
  readonly violations: readonly string[];
}

/** Plays the script once, with the deaths that were asked for, and holds everything against the venue. */
export async function play(options: PlayOptions): Promise<PlayReport> {
  return new Play(options).run();
}

class Play {
  readonly #options: PlayOptions;
  readonly #world: World;
  readonly #network: SimNetwork;
  readonly #random: Random;
  readonly #notes: Notes = { stage: 0 };
  readonly #lives: MortalProcess[] = [];
  readonly #violations: string[] = [];
  #bareSince = NaN;

  constructor(options: PlayOptions) {
    this.#options = options;
    this.#world = new World({ seed: options.seed, market: options.market, tradesPerSecond: 0.3 });
    this.#random = createRandom(options.seed).fork("play");
    const { plan, scheduler } = this.#world;
    this.#network = new SimNetwork({ plan, scheduler, random: this.#random.fork("network") });
    new Director(this.#world).start();
  }

  async run(): Promise<PlayReport> {
    for (const death of [...this.#options.deaths, undefined]) {
      const life = this.#live(death);
      await this.#playOut(life);
      if (!life.fate.isDead) break;
      await this.#bury(life);
    }
    await this.#judge(this.#lives.at(-1) as MortalProcess);
    this.#options.onDisk?.(this.#world.disk);
    return this.#report();
  }

  #live(death: Death | undefined): MortalProcess {
    const { market, log = silentLogger } = this.#options;
    const definition = scriptedExpert(this.#world.symbol, this.#notes);
    const where = market === "spot" ? { marketType: "spot" as const } : { marketType: "futures" as const, contractType: market };
    const run = resolveRunOptions(definition.options, { mode: "live", ...where, onExit: "leave" });
    const name = `life ${this.#lives.length}`;
    const random = this.#random.fork(name);
    this.#notes.stage = 0;
    const life = new MortalProcess({ world: this.#world, client: this.#network.client(), definition, run, random, log, death });
    this.#lives.push(life);
    return life;
  }

  /** The script to its end, time for both sides to agree, and an orderly end; cut short where the process dies. */
  async #playOut(life: MortalProcess): Promise<void> {
    const { scheduler, venue, symbol } = this.#world;
    const isThrough = (): boolean => life.handle !== undefined && this.#notes.stage >= LAST_STAGE && this.#isShielded();
    if (!(await this.#until(life, PATIENCE_MS, isThrough)))
      return this.#violate(`the script came no further than stage ${this.#notes.stage}`);
    const settledAt = scheduler.now() + SETTLE_MS;
    await this.#until(life, SETTLE_MS + 1_000, () => scheduler.now() >= settledAt);
    const status = life.handle?.status();
    if (life.fate.isDead || status === undefined) return;
    const truth = truthOf(venue, symbol);
    for (const finding of compareAccount(truth, status)) this.#violate(finding);
    if (unprotected(truth) < 0) this.#violate("stops are left that would sell more than is held");
    life.terminate();
    await this.#until(life, PATIENCE_MS, () => life.outcome !== undefined);
  }

  #isShielded(): boolean {
    const truth = truthOf(this.#world.venue, this.#world.symbol);
    return truth.position > QUANTITY / 2 && unprotected(truth) === 0;
  }

  /** Lets the world go on until something is so, or the process is no more; false when it takes too long. */
  async #until(life: MortalProcess, patienceMs: number, isSo: () => boolean): Promise<boolean> {
    const deadline = this.#world.scheduler.now() + patienceMs;
    while (!life.fate.isDead && life.failure === undefined && !isSo()) {
      if (this.#world.scheduler.now() > deadline) return false;
      await this.#world.step();
      this.#look(life);
    }
    return true;
  }

  /** What may never be, at any moment. */
  #look(life: MortalProcess): void {
    const { scheduler, venue, symbol } = this.#world;
    const truth = truthOf(venue, symbol);
    if (truth.position > QUANTITY + 1e-9) this.#violate(`the venue holds ${truth.position}, more than the one entry of ${QUANTITY}`);
    const isBare = life.handle !== undefined && !life.fate.isDead && unprotected(truth) > 0 && !isExitInDoubt(life);
    if (!isBare) this.#bareSince = NaN;
    else if (Number.isNaN(this.#bareSince)) this.#bareSince = scheduler.now();
    else if (scheduler.now() > this.#bareSince + UNPROTECTED_MAX_MS) {
      this.#violate(`${unprotected(truth)} of ${truth.position} have had no stop for ${UNPROTECTED_MAX_MS} ms`);
    }
  }

  #violate(text: string): void {
    if (!this.#violations.includes(text)) this.#violations.push(text);
  }

  async #bury(life: MortalProcess): Promise<void> {
    const { isPowerCut = false } = this.#options;
    const { disk } = this.#world;
    // A process that came to nothing is killed as well.
    life.fate.kill();
    const before = new Map([...life.disk.acknowledged].map(([path, known]) => [path, contentBefore(disk, path, known, isPowerCut)]));
    if (isPowerCut) disk.powerCut();
    else disk.kill();
    for (const [path, bytes] of before) {
      const now = disk.exists(path) ? disk.read(path, 0, bytes.length) : new Uint8Array(0);
      if (Buffer.compare(now, bytes) !== 0) this.#violate(`${path} has lost something that was acknowledged`);
    }
    this.#bareSince = NaN;
    await this.#world.pass(PAUSE_MS / 2);
    this.#strike();
    await this.#world.pass(PAUSE_MS / 2);
  }

  #strike(): void {
    const { venue, symbol } = this.#world;
    // One mishap is enough: a second fall would reach orders that are not meant to fill.
    if (this.#lives.length > 1) return;
    switch (this.#options.mishap ?? "nothing") {
      case "nothing":
        return;
      case "fill":
        for (const order of venue.openOrders()) if (order.type === "limit" && order.quantity !== FAR_QUANTITY) fillShare(venue, order, 1);
        return;
      case "drop":
        venue.operator.movePrice(symbol, venue.lastPrice(symbol) * 0.97);
    }
  }

  /** What the last life has left behind. */
  async #judge({ outcome, failure }: MortalProcess): Promise<void> {
    const { venue, symbol, disk } = this.#world;
    if (failure !== undefined) return this.#violate(`the process failed: ${textOf(failure)}`);
    if (outcome === undefined) return this.#violate("the run did not end in order");
    if (outcome.failure !== undefined) this.#violate(`the run failed: ${outcome.failure}`);
    const folder = outcome.journal as string;
    const verdict = verifyJournal(disk, folder);
    if (verdict.broken !== undefined || verdict.incompleteBytes > 0) this.#violate(`the journal is not whole: ${JSON.stringify(verdict)}`);
    const belief = beliefOf(readJournal(disk, folder));
    const truth = truthOf(venue, symbol);
    this.#violations.push(...compareOrders(truth, belief), ...compareFills(truth, belief), ...compareTransfers(truth, belief));
    const definition = scriptedExpert(symbol);
    const replayed = await replayJournal({ folder, disk, load: async () => ({ definition, sourceHash: "" }) });
    if (!replayed.isIdentical) this.#violate(`the journal does not replay: ${JSON.stringify(replayed.difference)}`);
  }

  #report(): PlayReport {
    const truth = truthOf(this.#world.venue, this.#world.symbol);
    return {
      lives: this.#lives.map(({ fate }) => fate.points),
      recoveriesMs: this.#lives.slice(1).flatMap(({ startedAt, runningAt }) => (Number.isNaN(runningAt) ? [] : [runningAt - startedAt])),
      orders: truth.orders.length,
      fills: truth.fills.length,
      violations: this.#violations,
    };
  }
}

/** Whether nobody knows yet what has become of the order that closes the position: closing it once more could sell what is not the run's. */
function isExitInDoubt({ handle }: MortalProcess): boolean {
  return (
    handle?.status().orders.some(({ type, purpose, status }) => type === "market" && purpose !== "entry" && status === "unknown") ?? false
  );
}

/** What has to be in a file after a death. */
function contentBefore(disk: Disk, path: string, { written, synced, isNamed }: Acknowledged, isPowerCut: boolean): Uint8Array {
  if (!disk.exists(path) || (isPowerCut && !isNamed)) return new Uint8Array(0);
  return disk.read(path, 0, isPowerCut ? synced : written);
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
