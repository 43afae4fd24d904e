import type { Random } from "../../src/base/random.ts";
import { performAct, type VenueAct } from "../../src/sandbox/acts.ts";
import type { Fault } from "../../src/sandbox/faults.ts";
import type { FaultMix } from "./fault-mix.ts";
import { between, pick, type Hand } from "./faults/kind.ts";
import { KINDS, type KindName } from "./faults/kinds.ts";
import type { View } from "./view.ts";

/** How long after the end of a trouble its effects are put down to it, milliseconds: what it has made unknown has to be proven. */
const AFTERMATH_MS = 45_000;
const HOUR_MS = 3_600_000;

/** What goes wrong in a simulation, and when: all of it drawn from the seed. */
export class Fate {
  readonly #view: View;
  readonly #mix: FaultMix;
  readonly #random: Random;
  readonly #onKill: () => void;
  /** What has to be put right, soonest first. */
  readonly #undos = new Set<() => void>();
  /** What went wrong, for people. */
  readonly told: string[] = [];
  readonly counts = new Map<KindName | "kills" | "powerCuts", number>();
  #isOver = false;

  constructor(view: View, mix: FaultMix, random: Random, onKill: () => void) {
    this.#view = view;
    this.#mix = mix;
    this.#random = random;
    this.#onKill = onKill;
  }

  begin(): void {
    const { kinds, killsPerHour, everyMs, isPaper } = this.#mix;
    const chosen = kinds.filter((name) => !(isPaper && "needsAccount" in KINDS[name]));
    if (chosen.length > 0) this.#again(everyMs, () => this.#strike(pick(this.#random, chosen)));
    if (killsPerHour > 0) this.#again(HOUR_MS / killsPerHour, () => this.#kill(this.#random.next() < 0.4));
  }

  /** No more trouble, and what was wrong is put right. */
  end(): void {
    this.#isOver = true;
    for (const undo of this.#undos) undo();
    this.#undos.clear();
    const { plan, late, disk, server, venue } = this.#view.world;
    plan.remove();
    late.share = 0;
    disk.capacity = Infinity;
    server.operator.setClock(0);
    const { process, symbol } = this.#view;
    if (process !== undefined) process.scheduler.skewMs = 0;
    venue.operator.setStatus(symbol, "trading");
    this.#trouble(0);
  }

  get strikes(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  #again(meanMs: number, run: () => void): void {
    this.#view.world.scheduler.after(this.#random.exponential(meanMs), () => {
      if (this.#isOver) return;
      run();
      this.#again(meanMs, run);
    });
  }

  #strike(name: KindName): void {
    this.#note(name);
    this.#trouble(0);
    KINDS[name].strike(this.#hand());
  }

  #note(name: KindName | "kills" | "powerCuts"): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    this.told.push(`${this.#view.now} ${name}`);
  }

  /** Until then, and for a while after it, what is out of order is so because of a fault. */
  #trouble(durationMs: number): void {
    this.#view.healthySince = Math.max(this.#view.healthySince, this.#view.now + durationMs + AFTERMATH_MS);
  }

  #hand(): Hand {
    const { world } = this.#view;
    const { market } = this.#mix;
    const act = (what: VenueAct): void => void performAct(what, { venues: { [market]: world.venue }, operator: world.server.operator });
    return {
      view: this.#view,
      random: this.#random,
      shareMax: this.#mix.shareMax,
      weather: (fault, durationMs) => this.#weather(fault, durationMs),
      market: (what) => act({ ...what, market }),
      act,
      later: (delayMs, run) => {
        world.scheduler.after(delayMs, () => {
          if (!this.#isOver) run();
        });
      },
      until: (durationMs, undo) => this.#until(durationMs, undo),
      kill: (power) => this.#kill(power),
    };
  }

  #weather(fault: Fault, durationMs = 0): void {
    const { plan } = this.#view.world;
    const isShared = fault.share === undefined && fault.times === Infinity;
    const id = plan.add(isShared ? { ...fault, share: between(this.#random, 0.01, this.#mix.shareMax) } : fault);
    if (durationMs > 0) this.#until(durationMs, () => plan.remove(id));
    else if ("ms" in fault && fault.ms !== undefined) this.#trouble(fault.ms);
  }

  #until(durationMs: number, undo: () => void): void {
    this.#trouble(durationMs);
    this.#undos.add(undo);
    this.#view.world.scheduler.after(durationMs, () => {
      if (this.#undos.delete(undo)) undo();
    });
  }

  #kill(withPower: boolean): void {
    const { process, world } = this.#view;
    if (process === undefined || process.isOver) return;
    // After a failed sync the system takes pages for written that are not: nothing that a program does later survives a power cut for sure.
    const power = withPower && !world.journal.hasFailedSync;
    this.#note(power ? "powerCuts" : "kills");
    process.kill();
    if (power) {
      this.#view.powerCuts += 1;
      world.disk.powerCut();
      world.journal.doubt();
    }
    this.#onKill();
  }
}
