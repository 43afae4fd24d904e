import { expect, it } from "vitest";
import { simulate } from "../simulate.ts";
import { PLANTS, seedsToCatch } from "./plants.ts";

/** Seeds within which a planted mistake has to be found, and their virtual time. */
const SEEDS = 12;
const HOURS = 0.5;

it("at least twenty mistakes are planted", () => {
  expect(PLANTS.length).toBeGreaterThanOrEqual(20);
});

it.each(PLANTS.map((plant) => [plant.name, plant] as const))(
  "a product that %s is found out",
  { timeout: 120_000 },
  async (_name, plant) => {
    const { seeds, seed, violation } = await seedsToCatch(plant, { first: 1, most: SEEDS, hours: HOURS });
    expect(seeds, "no seed has found it").toBeDefined();
    expect(plant.caughtBy).toContain(violation?.invariant);
    // Without the mistake the same seed breaks no rule.
    const { violations } = await simulate(seed, { hours: HOURS, mix: plant.mix ?? {}, withReplay: plant.withReplay ?? false });
    expect(violations).toEqual([]);
  },
);
