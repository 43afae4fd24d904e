import { expect, test } from "vitest";
import { defineExpert } from "../expert/define.ts";
import type { RunOptions } from "../expert/options.ts";
import { resolveRunOptions } from "../expert/resolve.ts";
import { simulatedData } from "./simulated-data.ts";

const expert = defineExpert({ name: "Test", symbols: ["BTCUSDT", "ETHUSDT"], timeframe: "1h" }, () => {});
const day: RunOptions = { from: "2024-03-01", to: "2024-03-02" };
const dataOf = (options: RunOptions) => simulatedData(resolveRunOptions(expert.options, { ...day, ...options }));

test("the same seed is the same market, another seed another one", async () => {
  const [one, same, other] = await Promise.all([{ seed: 1 }, { seed: 1 }, { seed: 2 }].map(closesOf));
  expect(same).toEqual(one);
  expect(other).not.toEqual(one);
  expect(await dataOf({ seed: 1 }).hash(0)).not.toBe(await dataOf({ seed: 2 }).hash(0));
});

test("each symbol has a market of its own, over the whole period in minutes", async () => {
  const [btc = [], eth = []] = await closesOf({});
  expect([btc.length, eth.length]).toEqual([1_440, 1_440]);
  expect(btc.slice(1).map((close, row) => close / (btc[row] ?? NaN))).not.toEqual(
    eth.slice(1).map((close, row) => close / (eth[row] ?? NaN)),
  );
});

test("a market does not change with what the expert warms up", async () => {
  const data = dataOf({});
  await using cold = await data.open(0);
  await using warm = await data.open(86_400_000);
  expect(await warm.next()).toEqual(await cold.next());
});

test.each([
  ["spot", { marketType: "spot" }, { kind: "spot", settleAsset: "USDT" }],
  ["linear futures", { marketType: "futures" }, { kind: "perpetual", contractType: "linear", settleAsset: "USDT" }],
  [
    "inverse futures",
    { marketType: "futures", contractType: "inverse", symbols: ["BTCUSD"] },
    { contractType: "inverse", settleAsset: "BTC" },
  ],
] as const)("instruments of %s are what such an exchange lists", (_, options, instrument) => {
  expect(dataOf(options).instruments[0]).toMatchObject(instrument);
});

test("without a period it is the year 2024", () => {
  const { from, to } = simulatedData(resolveRunOptions(expert.options));
  expect([from, to]).toEqual([Date.UTC(2024, 0, 1), Date.UTC(2025, 0, 1)]);
});

/** Closes of each stream. */
async function closesOf(options: RunOptions): Promise<number[][]> {
  const data = dataOf(options);
  const closes: number[][] = data.streams.map(() => []);
  await using feed = await data.open(0);
  for (let event = await feed.next(); event !== undefined; event = await feed.next()) {
    if (event.kind === "bars") closes[event.stream]?.push(...event.columns.close.subarray(event.from, event.to));
  }
  return closes;
}
