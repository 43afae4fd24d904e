import type { Ears } from "./ears.ts";
import type { View } from "./view.ts";

/** One rule that always holds, watched over from outside. */
export interface Invariant extends Ears {
  /** After every step of the world. */
  onStep?(): void;
  /** Faults are over, both sides have had their time, and the process has been asked to end and has ended. */
  onEnd?(): void | Promise<void>;
}

/** Tells of a violation: the facts in one sentence. */
export type Fail = (facts: string) => void;

/** Makes the watch over a rule. */
export type InvariantMaker = (view: View, fail: Fail) => Invariant;

/** A rule was broken. */
export interface Violation {
  /** `I1` to `I19`, or `alive`. */
  readonly invariant: string;
  readonly facts: string;
  /** Virtual time, milliseconds since the world began. */
  readonly at: number;
  readonly step: number;
}
