import { expect, it } from "vitest";
import { ConfigurationError, RateLimitedError } from "../base/errors.ts";
import { silentLogger } from "../base/logger.ts";
import { createRandom } from "../base/random.ts";
import { turn, VirtualScheduler } from "../base/scheduler.ts";
import { defineExpert } from "../expert/define.ts";
import { resolveRunOptions } from "../expert/resolve.ts";
import { startRun } from "./live.ts";

it("tries a start no more that is asked to end while it waits", async () => {
  const scheduler = new VirtualScheduler(1_000);
  const definition = defineExpert({ name: "Patient", symbol: "BTCUSDT", timeframe: "1m" }, () => {});
  const stop = new AbortController();
  let tried = 0;
  const openPlace = async (): Promise<never> => {
    tried += 1;
    throw new RateLimitedError("Binance", 60_000);
  };
  const run = resolveRunOptions(definition.options, { mode: "live" });
  const surroundings = { env: {}, home: "/nowhere", scheduler, random: createRandom(1), log: silentLogger };
  const started = startRun({ definition, run, ...surroundings, signal: stop.signal, ground: { openPlace } });
  const failed = expect(started).rejects.toThrow(RateLimitedError);
  await turn();
  stop.abort();
  await failed;
  expect(tried).toBe(1);
});

it("tries a start again when the exchange has asked to wait with it, and tells of everything else at once", async () => {
  const scheduler = new VirtualScheduler(1_000);
  const definition = defineExpert({ name: "Patient", symbol: "BTCUSDT", timeframe: "1m" }, () => {});
  const tried: number[] = [];
  const openPlace = async (): Promise<never> => {
    tried.push(scheduler.now());
    throw tried.length < 3 ? new RateLimitedError("Binance", 60_000) : new ConfigurationError("the key is missing");
  };
  const run = resolveRunOptions(definition.options, { mode: "live" });
  const started = startRun({
    definition,
    run,
    env: {},
    home: "/nowhere",
    scheduler,
    random: createRandom(1),
    log: silentLogger,
    ground: { openPlace },
  });
  const failed = expect(started).rejects.toThrow("the key is missing");
  for (let step = 0; step < 5; step += 1) {
    await turn();
    scheduler.step();
  }
  await failed;
  expect(tried).toEqual([1_000, 61_000, 121_000]);
});
