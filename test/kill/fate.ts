/** Moments at which a process can be killed: an operation of its disk, or something that it hands to the network; `order` changes something there. */
export type PointKind = "append" | "sync" | "create" | "rename" | "remove" | "truncate" | "makeFolder" | "syncFolder" | "send" | "order";

/** `before`: the operation does not happen. `after`: it does, and nobody learns of it. `torn`: an append leaves a part. */
export type DeathMoment = "before" | "after" | "torn";

export interface Death {
  /** Number of the point, counted from 1 over the whole life of a process. */
  readonly point: number;
  readonly moment: DeathMoment;
}

/** What the code of a killed process runs into; nobody is there to see it. */
export class Killed extends Error {
  override readonly name = "Killed";
}

/** When a process dies, counted in the points it passes. Counts them all where no death is given. */
export class Fate {
  readonly #death: Death | undefined;
  readonly #onDeath: () => void;
  /** The kind of every point passed, in order. */
  readonly points: PointKind[] = [];
  isDead = false;

  constructor(death: Death | undefined, onDeath: () => void) {
    this.#death = death;
    this.#onDeath = onDeath;
  }

  /** Passes a point; `part` is what a torn operation leaves. A dead process passes none. */
  pass<T>(kind: PointKind, whole: () => T, part?: () => void): T {
    if (this.isDead) throw new Killed();
    this.points.push(kind);
    if (this.points.length !== this.#death?.point) return whole();
    const { moment } = this.#death;
    if (moment === "after") whole();
    else if (moment === "torn") part?.();
    this.kill();
    throw new Killed();
  }

  kill(): void {
    if (this.isDead) return;
    this.isDead = true;
    this.#onDeath();
  }
}
