import { expect, it } from "vitest";
import { Stage } from "../money/stage.ts";

it.each([1_500, -6_000])(
  "F73: after the local clock was set %s ms off, the refused order proves nothing was placed and the next is dated right",
  async (skewMs) => {
    const stage = await Stage.open();
    await stage.pass(5_000);
    stage.process.scheduler.skewMs = skewMs;
    const from = stage.now;
    await stage.act((expert) => expert.buy({ quantity: 0.01 }));
    await stage.pass(5_000);

    expect(stage.hasSaid(/-1021/)).toBe(true);
    expect(stage.held).toBe(0);
    expect(stage.requests("/fapi/v1/time", { since: from }).length).toBeGreaterThan(0);
    expect(stage.requests("/fapi/v1/order", { method: "POST", since: from })).toHaveLength(1);
    await stage.enter(0.02);
    expect(stage.held).toBe(0.02);
  },
);

it("F73: a stop that was refused for its date is placed again, dated right", async () => {
  const stage = await Stage.open({ risk: { stopLossPct: 2 } });
  await stage.pass(5_000);
  await stage.act((expert) => {
    expert.buy({ quantity: 0.02, price: expert.price() * 0.999 });
  });
  await stage.pass(1_000);
  stage.process.scheduler.skewMs = 1_500;
  stage.venue.operator.movePrice(stage.symbol, stage.venue.lastPrice(stage.symbol) * 0.997);
  await stage.until(() => stage.held > 0 && stage.stops.length === 1, 10_000, "the stop works");

  expect(stage.stops.map(({ quantity }) => quantity)).toEqual([0.02]);
});

it("F74: a clock that steps back two seconds neither stops timers nor doubles anything", async () => {
  const ticks: number[] = [];
  const stage: Stage = await Stage.open({ setup: (expert) => expert.onTimer(5, () => void ticks.push(stage.now)) });
  await stage.enter(0.01);
  await stage.pass(20_000);
  stage.process.scheduler.skewMs = -2_000;
  const before = ticks.length;
  await stage.pass(60_000);
  await stage.act((expert) => expert.closePosition());
  await stage.pass(10_000);

  expect(ticks.length - before).toBeGreaterThanOrEqual(11);
  expect(ticks.length - before).toBeLessThanOrEqual(15);
  expect([stage.held, stage.seen]).toEqual([0, 0]);
});

it("F74: two hours without a word, as asleep, count as stale until what was missed is there and both sides have been compared", async () => {
  const bars: number[] = [];
  const stage: Stage = await Stage.open({
    tradesPerSecond: 0.1,
    risk: { stopLossPct: 5 },
    setup: (expert) => expert.onBar("1m", ({ openTime }) => void bars.push(openTime)),
  });
  await stage.enter(0.02);
  await stage.pass(3_000);
  stage.plan.add({ on: "stream", verb: "halfOpen" });
  const asleep = [
    stage.plan.add({ on: "stream", verb: "refuse", times: Infinity }),
    stage.plan.add({ on: "request", verb: "dropRequest", times: Infinity }),
  ];
  await stage.pass(7_200_000);
  expect(await stage.act((expert) => expert.buy({ quantity: 0.01 }))).toMatchObject({ accepted: false });
  for (const id of asleep) stage.plan.remove(id);
  const from = stage.now;
  await stage.trading(120_000);

  expect(stage.requests("/openOrders", { since: from }).length).toBeGreaterThan(0);
  expect(stage.requests("/positionRisk", { since: from }).length).toBeGreaterThan(0);
  await stage.pass(120_000);
  expect(bars.length).toBeGreaterThanOrEqual(121);
  expect(bars).toEqual(bars.map((_, index) => (bars[0] ?? 0) + index * 60_000));
  await stage.act((expert) => expert.closePosition());
  await stage.until(() => stage.held === 0 && stage.seen === 0, 20_000, "the exit is filled");
});
