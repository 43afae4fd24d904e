/**
 * Accuracy on simulated series with known states. Measured over 2,000 bars after a training of 1,000, seeds 1 to 3: two states of
 * volatility 0.5 % and 2 % that last 50 bars on average are told right on 95 % of the bars, three states (0.4 %, 1.2 %, 3.6 %) on
 * 92 to 94 %, four (0.3 %, 0.8 %, 2 %, 5 %) on 90 to 91 %. The filter that knows the true model does no more than 2.5 points better.
 */
import { describe, expect, test } from "vitest";
import { createRandom } from "../../base/random.ts";
import { GaussianChain } from "./gaussian-chain.ts";
import { hiddenMarkov } from "./hidden-markov.ts";

const STAY = 0.98;
const TRAINING = 1_000;

describe.each([
  { deviations: [0.005, 0.02], accuracy: 0.94 },
  { deviations: [0.004, 0.012, 0.036], accuracy: 0.91 },
  { deviations: [0.003, 0.008, 0.02, 0.05], accuracy: 0.89 },
])("of states with deviations $deviations", ({ deviations, accuracy }) => {
  test.each([1, 2, 3])("the share it tells right is as stated (seed %i)", (seed) => {
    const { prices, states } = simulate(seed, deviations);
    const line = hiddenMarkov(deviations.length, { training: TRAINING });
    const found = prices.map((price) => {
      line.next(price);
      return line.state;
    });
    const reached = share(found.slice(TRAINING + 1), states.slice(TRAINING + 1));
    expect(reached).toBeGreaterThan(accuracy);
    expect(reached).toBeGreaterThan(share(ideal(prices, deviations).slice(TRAINING + 1), states.slice(TRAINING + 1)) - 0.025);
  });
});

test("states are in the order of their volatility, which is found within a tenth", () => {
  const { prices } = simulate(5, [0.005, 0.02]);
  const line = hiddenMarkov(2, { training: TRAINING });
  const found = new Map<number, number>();
  for (const price of prices) {
    line.next(price);
    found.set(line.state, line.volatility);
  }
  expect(found.get(0)).toBeGreaterThan(0.0045);
  expect(found.get(0)).toBeLessThan(0.0055);
  expect(found.get(1)).toBeGreaterThan(0.018);
  expect(found.get(1)).toBeLessThan(0.022);
});

test("the same seed gives the same values, and refitting follows a market that changes", () => {
  const { prices } = simulate(6, [0.005, 0.02]);
  const closes = Float64Array.from(prices);
  expect(hiddenMarkov(2, { seed: 3 }).overNumbers(closes)).toEqual(hiddenMarkov(2, { seed: 3 }).overNumbers(closes));
  const calmer = Float64Array.from(prices, (price) => Math.exp(Math.log(price) / 10));
  const line = hiddenMarkov(2, { training: 500, refit: 250 });
  for (const close of [...closes, ...calmer]) line.next(close);
  expect(line.volatility).toBeLessThan(0.003);
});

function simulate(seed: number, deviations: readonly number[]): { readonly prices: number[]; readonly states: number[] } {
  const random = createRandom(seed);
  const prices = [100];
  const states = [0];
  let state = 0;
  for (let row = 0; row < 3 * TRAINING; row += 1) {
    if (random.next() > STAY) state = (state + random.integer(1, deviations.length - 1)) % deviations.length;
    prices.push((prices.at(-1) as number) * Math.exp((deviations[state] as number) * random.normal()));
    states.push(state);
  }
  return { prices, states };
}

/** States told by a filter that knows the true model. */
function ideal(prices: readonly number[], deviations: readonly number[]): number[] {
  const count = deviations.length;
  const model = new GaussianChain(count);
  model.deviations.set(deviations);
  model.starts.fill(1 / count);
  model.transitions.fill((1 - STAY) / (count - 1));
  for (let state = 0; state < count; state += 1) model.transitions[state * count + state] = STAY;
  model.restart();
  return prices.map((price, row) => {
    if (row === 0) return 0;
    model.filter(Math.log(price / (prices[row - 1] as number)));
    return model.likeliest;
  });
}

function share(found: readonly number[], states: readonly number[]): number {
  return found.filter((state, row) => state === states[row]).length / states.length;
}
