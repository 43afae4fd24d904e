import { simulate } from "../simulate.ts";
import type { Violation } from "../invariant.ts";
import { GROUND_PLANTS } from "./ground.ts";
import { MONEY_PLANTS } from "./money.ts";
import { ORDER_PLANTS } from "./orders.ts";
import type { Plant } from "./plant.ts";

/** Every mistake that the simulation is known to find. */
export const PLANTS: readonly Plant[] = [...ORDER_PLANTS, ...MONEY_PLANTS, ...GROUND_PLANTS];

export interface Catch {
  /** How many seeds it took; undefined when none has found it. */
  readonly seeds: number | undefined;
  readonly violation: Violation | undefined;
  /** The first of the seeds that has found it. */
  readonly seed: number;
}

/** Lives seed after seed with the mistake in the product until a rule finds it. */
export async function seedsToCatch(
  plant: Plant,
  { first, most, hours }: { readonly first: number; readonly most: number; readonly hours: number },
): Promise<Catch> {
  for (let seed = first; seed < first + most; seed += 1) {
    const undo = plant.patch?.();
    const wiring = plant.wiring?.();
    try {
      // oxlint-disable-next-line no-await-in-loop -- the first that finds it ends the search
      const { violations } = await simulate(seed, {
        hours,
        ...(wiring === undefined ? {} : { wiring }),
        ...(plant.mix === undefined ? {} : { mix: plant.mix }),
        withReplay: plant.withReplay ?? false,
      });
      const violation = violations.find(({ invariant }) => plant.caughtBy.includes(invariant));
      if (violation !== undefined) return { seeds: seed - first + 1, violation, seed };
    } finally {
      undo?.();
    }
  }
  return { seeds: undefined, violation: undefined, seed: NaN };
}
