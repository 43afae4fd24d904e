import { expect, it } from "vitest";
import { systemScheduler, wait } from "../../../src/base/scheduler.ts";
import { DAY_LOSS_HIT, LossLimits } from "../../../src/engine/loss-limits.ts";
import { Timers } from "../../../src/engine/timers.ts";
import { SeenIds } from "../../../src/engine/venue/seen-ids.ts";
import { defineExpert } from "../../../src/expert/define.ts";
import { resolveRunOptions } from "../../../src/expert/resolve.ts";
import { Stage } from "../money/stage.ts";

it("F88: a run that is asked to end in the midst of an order waits for what became of it, and leaves the stop in place", async () => {
  const stage = await Stage.open({ risk: { stopLossPct: 2 }, run: { onExit: "cancel" } });
  stage.plan.add({ on: "request", verb: "delayResponse", ms: 3_000, match: { method: "POST", path: "/fapi/v1/order" } });
  await stage.act((expert) => expert.buy({ quantity: 0.02 }));
  stage.process.terminate();
  // Asked a second time: nothing else happens.
  stage.process.terminate();
  await stage.end();

  expect(stage.process.outcome).toMatchObject({ reason: "signal", openPositions: 1 });
  expect(stage.held).toBe(0.02);
  expect(stage.stops.map(({ quantity }) => quantity)).toEqual([0.02]);
});

it("F88: a run that is killed in the midst of an order finds it at the next start", async () => {
  const stage = await Stage.open({ risk: { stopLossPct: 2 } });
  await stage.act((expert) => expert.buy({ quantity: 0.02 }));
  stage.process.kill();
  await stage.pass(5_000);
  expect(stage.held).toBe(0.02);
  stage.start();
  await stage.trading();
  await stage.until(() => stage.seen === 0.02 && stage.stops.length === 1, 10_000, "it is found and protected");
});

it.each(["halt", "close"] as const)("F88: an exception in a handler leaves no order unknown, by the policy %s", async (onError) => {
  const stage = await Stage.open({ risk: { stopLossPct: 2 }, run: { onError } });
  await stage.enter(0.02);
  await stage.act((expert) => expert.buy({ quantity: 0.01, price: expert.price() * 0.98 }));
  await stage.until(() => stage.venue.openOrders(stage.symbol).length === 2, 5_000, "both rest");
  void stage
    .act(() => {
      throw new Error("a mistake");
    })
    .catch(() => undefined);
  await stage.end();

  expect(stage.hasSaid(/a mistake/, "error")).toBe(true);
  expect(stage.held).toBe(onError === "close" ? 0 : 0.02);
  expect(stage.venue.openOrders(stage.symbol).map(({ type }) => type)).toEqual(onError === "close" ? [] : ["stop"]);
});

it("F88: a promise that a handler has given and that fails ends the run as an exception does", async () => {
  const stage = await Stage.open({
    setup: (expert) =>
      expert.onTimer(10, async () => {
        await Promise.resolve();
        throw new Error("a late mistake");
      }),
  });
  await stage.end();

  expect(stage.process.outcome).toMatchObject({ reason: "error" });
  expect(stage.hasSaid(/a late mistake/, "error")).toBe(true);
});

it("F92: what has changed about the options since the last run is told at the start", async () => {
  const stage = await Stage.open({ risk: { leverage: 3, maxDrawdownPct: 20 } });
  await stage.pass(3_000);
  stage.process.kill();
  stage.start({ risk: { leverage: 5 } });
  await stage.trading();

  const told = stage.said.filter(({ text }) => text.startsWith("changed since the last run: ")).map(({ text }) => text);
  expect(told.join("\n")).toMatch(/risk\.leverage: 3 → 5/);
  expect(told.join("\n")).not.toMatch(/maxDrawdownPct/);
});

it("F92: a run that has no place for the position its last one has left does not start, and says what to do", async () => {
  const stage = await Stage.open();
  await stage.enter(0.02);
  await stage.pass(3_000);
  stage.process.kill();
  stage.start({ positionMode: "hedge" });
  await stage.end();

  expect(String(stage.process.failure)).toMatch(/has left a position of BTCUSDT \(net\) open.*run it as before/);
  expect(stage.venue.positionMode).toBe("oneWay");
});

it("F92: live and paper never share a state", async () => {
  const stage = await Stage.open();
  await stage.enter(0.02);
  const live = stage.process.folder ?? "";
  stage.process.kill();
  stage.start({ mode: "paper" });
  await stage.trading();

  expect(live).toContain("live");
  expect(stage.process.folder).toContain("paper");
  expect(stage.status).toMatchObject({ mode: "paper", positions: [] });
  // Nothing signed has left the paper run.
  expect(stage.process.client.sent.filter(({ query }) => query.includes("signature="))).toEqual([]);
});

it("F93: a wait of thirty days does not end at once", async () => {
  let hasEnded = false;
  const cancel = systemScheduler.after(30 * 86_400_000, () => {
    hasEnded = true;
  });
  await wait(systemScheduler, 30);
  cancel();
  expect(hasEnded).toBe(false);
});

it("F93: a day's loss counts from midnight UTC, and timers go on over it, each moment once", () => {
  const midnight = Date.UTC(2026, 0, 6);
  const definition = defineExpert({ name: "Any", symbol: "BTCUSDT", timeframe: "1m" }, () => {});
  const limits = new LossLimits({ ...resolveRunOptions(definition.options).risk, dailyLossLimit: 5 }, 1_000);
  limits.look(1_000, midnight - 60_000);
  expect(limits.look(940, midnight - 1)).toBe(DAY_LOSS_HIT);
  expect(limits.block).toBeDefined();
  limits.look(940, midnight + 1);
  expect(limits.block).toBeUndefined();
  expect(limits.look(900, midnight + 2)).toBe(0);
  expect(limits.look(890, midnight + 3)).toBe(DAY_LOSS_HIT);

  const timers = new Timers();
  const moments: number[] = [];
  timers.add(3_600, () => {});
  timers.start(midnight - 7_200_000 - 1);
  for (let count = 0; count < 4; count += 1) {
    moments.push(timers.nextDue - midnight);
    timers.takeDue();
  }
  expect(moments).toEqual([-7_200_000, -3_600_000, 0, 3_600_000]);
});

it("F96: what is remembered against repetition is bounded", () => {
  const seen = new SeenIds(1_000);
  for (let id = 0; id < 50_000; id += 1) seen.add(`BTCUSDT:${id}`);
  expect(seen.add("BTCUSDT:49999")).toBe(false);
  expect(seen.add("BTCUSDT:49001")).toBe(false);
  // The oldest are forgotten.
  expect(seen.add("BTCUSDT:1")).toBe(true);
});

it("F96: hours of trading leave no timers behind", async () => {
  const stage = await Stage.open({ risk: { stopLossPct: 2 } });
  const pending = (): number => stage.world.scheduler.pending;
  const round = async (): Promise<void> => {
    await stage.enter(0.01);
    await stage.pass(3_000);
    await stage.act((expert) => expert.closePosition());
    await stage.pass(60_000);
  };
  for (let count = 0; count < 3; count += 1) await round();
  const before = pending();
  for (let count = 0; count < 40; count += 1) await round();

  expect(stage.held).toBe(0);
  expect(pending()).toBeLessThan(before + 20);
});
