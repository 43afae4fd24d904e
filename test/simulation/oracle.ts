import type { ExpertDefinition } from "../../src/expert/define.ts";
import type { Ears } from "./ears.ts";
import type { Invariant, InvariantMaker, Violation } from "./invariant.ts";
import { boundedQueues, paperSignsNothing, secretsStayInside, staysAlive } from "./invariants/bounds.ts";
import { journalIsWhole, replayIsIdentical } from "./invariants/journals.ts";
import { limitsAreKept, nothingInTheDark, stopMeansStop, trippedStaysTripped, withinLimits } from "./invariants/limits.ts";
import { everythingOnce, ledgerSumsToZero, sidesAgree } from "./invariants/money.ts";
import {
  decimalsOnGrid,
  finishedIsFinished,
  intentBeforeSend,
  intentsAreSigned,
  oneOrderPerIntent,
  reduceOnlyReduces,
} from "./invariants/orders.ts";
import { protectedPositions } from "./invariants/protection.ts";
import type { BookWatch } from "./invariants/books.ts";
import type { View } from "./view.ts";

/** The rules by their names in the catalogue; `alive` is one more. */
export function invariantsFor(
  definition: ExpertDefinition,
  books: BookWatch,
  withReplay: boolean,
): Readonly<Record<string, readonly InvariantMaker[]>> {
  return {
    I1: [oneOrderPerIntent],
    I2: [intentBeforeSend],
    I3: [sidesAgree],
    I4: [everythingOnce],
    I5: [finishedIsFinished],
    I6: [withinLimits],
    I7: [protectedPositions],
    I8: [reduceOnlyReduces],
    I9: [nothingInTheDark],
    I10: [books.invariant],
    I11: [stopMeansStop],
    I12: [limitsAreKept],
    I13: withReplay ? [replayIsIdentical(definition)] : [],
    I14: [decimalsOnGrid, ledgerSumsToZero],
    I15: [trippedStaysTripped],
    I16: [secretsStayInside],
    I17: [boundedQueues],
    I18: [intentsAreSigned, journalIsWhole],
    I19: [paperSignsNothing],
    alive: [staysAlive],
  };
}

/** Looks after every step at the truth and at what the processes show, and notes what is broken. */
export class Oracle implements Ears {
  readonly violations: Violation[] = [];
  readonly #rules: readonly Invariant[];
  readonly #view: View;

  constructor(view: View, makers: Readonly<Record<string, readonly InvariantMaker[]>>) {
    const start = view.now;
    this.#view = view;
    this.#rules = Object.entries(makers).flatMap(([invariant, own]) =>
      own.map((make) =>
        make(view, (facts) => {
          this.violations.push({ invariant, facts, at: view.now - start, step: view.world.steps });
        }),
      ),
    );
  }

  onVenue(...given: Parameters<NonNullable<Ears["onVenue"]>>): void {
    for (const rule of this.#rules) rule.onVenue?.(...given);
  }

  onAnswer(...given: Parameters<NonNullable<Ears["onAnswer"]>>): void {
    for (const rule of this.#rules) rule.onAnswer?.(...given);
  }

  onSend(...given: Parameters<NonNullable<Ears["onSend"]>>): void {
    for (const rule of this.#rules) rule.onSend?.(...given);
  }

  onResponse(...given: Parameters<NonNullable<Ears["onResponse"]>>): void {
    for (const rule of this.#rules) rule.onResponse?.(...given);
  }

  onSettled(...given: Parameters<NonNullable<Ears["onSettled"]>>): void {
    for (const rule of this.#rules) rule.onSettled?.(...given);
  }

  onSocket(...given: Parameters<NonNullable<Ears["onSocket"]>>): void {
    for (const rule of this.#rules) rule.onSocket?.(...given);
  }

  onFrame(...given: Parameters<NonNullable<Ears["onFrame"]>>): void {
    for (const rule of this.#rules) rule.onFrame?.(...given);
  }

  onRecord(...given: Parameters<NonNullable<Ears["onRecord"]>>): void {
    const [entry] = given;
    if (entry.kind === "note" && entry.record === "drift")
      this.#view.isDriftTold = this.#view.hasForeign && !entry.text.includes("agree again");
    if (entry.kind === "state" && entry.name === "header") this.#view.isDriftTold = false;
    for (const rule of this.#rules) rule.onRecord?.(...given);
  }

  onText(...given: Parameters<NonNullable<Ears["onText"]>>): void {
    const [where, text] = given;
    if (where === "the log" && /^\S+ (warn|error|fatal) /.test(text)) this.#view.alarmedAt = this.#view.now;
    for (const rule of this.#rules) rule.onText?.(...given);
  }

  /** A step of the world is over. */
  look(): void {
    for (const rule of this.#rules) rule.onStep?.();
  }

  /** Everything is over. */
  async finish(): Promise<void> {
    for (const rule of this.#rules) await rule.onEnd?.();
  }
}
