import { expect, it } from "vitest";
import { Stage } from "../money/stage.ts";

it("F97: a run that is told to end while it is banned adds nothing, ends within a bounded time and says what is left", async () => {
  const stage = await Stage.open({ risk: { stopLossPct: 3 }, run: { onExit: "cancel" } });
  await stage.enter(0.02);
  await stage.act((expert) => expert.buy({ quantity: 0.01, price: expert.price() * 0.98 }));
  await stage.until(() => stage.venue.openOrders(stage.symbol).length === 2, 5_000, "both rest");
  stage.world.server.operator.ban("10.0.0.1", 3_600_000);
  const from = stage.now;
  stage.process.terminate();
  await stage.end();

  expect(stage.now - from).toBeLessThan(30_000);
  expect(stage.requests("rder", { method: "POST", since: from })).toEqual([]);
  // The entry could not be taken back, and nobody says that it was.
  expect(stage.process.outcome).toMatchObject({ reason: "signal", openOrders: 2, openPositions: 1 });
  expect(stage.hasSaid(/not proven to be cancelled/)).toBe(true);
});

it("F97: a run that is told to end while its streams are gone still takes its entries back", async () => {
  const stage = await Stage.open({ risk: { stopLossPct: 3 }, run: { onExit: "cancel" } });
  await stage.act((expert) => expert.buy({ quantity: 0.01, price: expert.price() * 0.98 }));
  await stage.until(() => stage.venue.openOrders(stage.symbol).length === 1, 5_000, "it rests");
  stage.plan.add({ on: "stream", verb: "refuse", times: Infinity });
  stage.plan.add({ on: "stream", verb: "close" });
  await stage.pass(500);
  stage.process.terminate();
  await stage.end();

  expect(stage.venue.openOrders(stage.symbol)).toEqual([]);
  expect(stage.process.outcome).toMatchObject({ reason: "signal", openOrders: 0 });
});

it("F98: a run that its drawdown limit has ended enters nothing when a supervisor starts it again, until somebody rearms it", async () => {
  const stage = await Stage.open({ risk: { maxDrawdownPct: 2, leverage: 5 } });
  await stage.enter(0.1);
  stage.venue.operator.movePrice(stage.symbol, stage.venue.lastPrice(stage.symbol) * 0.93);
  await stage.end();
  expect(stage.process.outcome).toMatchObject({ reason: "drawdownLimit" });
  expect(stage.held).toBe(0);

  for (let restart = 0; restart < 2; restart += 1) {
    stage.start();
    await stage.trading();
    expect(await stage.act((expert) => expert.buy({ quantity: 0.01 }))).toMatchObject({ accepted: false });
    await stage.pass(5_000);
    stage.process.kill();
  }
  stage.start({ rearm: true });
  await stage.trading();
  await stage.enter(0.01);
});

it("F101: when the run is told to close while its expert enters, the exit wins", async () => {
  const stage = await Stage.open({ risk: { stopLossPct: 3 }, run: { onExit: "close" } });
  await stage.enter(0.02);
  stage.plan.add({ on: "request", verb: "delayRequest", ms: 2_000, match: { method: "POST", path: "/fapi/v1/order" } });
  await stage.act((expert) => {
    expert.buy({ quantity: 0.01 });
    stage.process.handle?.stop("requested");
    expert.buy({ quantity: 0.015 });
  });
  await stage.end();

  expect(stage.held).toBe(0);
  expect(stage.venue.openOrders(stage.symbol)).toEqual([]);
  expect(stage.process.outcome).toMatchObject({ openPositions: 0, openOrders: 0 });
});

it("F101: an exit and an entry in the same moment come to what was asked for, and what is left is covered", async () => {
  const stage = await Stage.open({ risk: { stopLossPct: 3 } });
  await stage.enter(0.02);
  await stage.act((expert) => {
    expert.buy({ quantity: 0.01 });
    expert.closePosition();
  });
  await stage.pass(10_000);

  expect(stage.seen).toBe(stage.held);
  const covered = stage.stops.reduce((sum, { quantity }) => sum + quantity, 0);
  expect(covered).toBeGreaterThanOrEqual(stage.held);
});

it("F102: a position that the owner has closed by hand is noticed, and the orders that belonged to it are cancelled", async () => {
  const stage = await Stage.open({ risk: { stopLossPct: 3, takeProfitPct: 5 } });
  await stage.enter(0.02);
  await stage.until(() => stage.exits.length === 2, 5_000, "stop and target work");
  stage.venue.operator.placeExternal({ symbol: stage.symbol, side: "sell", type: "market", quantity: 0.02, reduceOnly: true });
  await stage.pass(60_000);

  expect(stage.held).toBe(0);
  expect(stage.hasSaid(/not of this run|do not explain/)).toBe(true);
  expect(stage.venue.openOrders(stage.symbol)).toEqual([]);
  await stage.pass(120_000);
  expect(stage.venue.openOrders(stage.symbol)).toEqual([]);
});

it("F104: while nothing comes the status says so and how old its data are", async () => {
  const stage = await Stage.open({ tradesPerSecond: 2 });
  await stage.pass(5_000);
  expect(stage.status.connection).toMatchObject({ isStale: false, status: "connected" });
  stage.plan.add({ on: "stream", verb: "refuse", times: Infinity, match: { path: "/stream" } });
  stage.plan.add({ on: "stream", verb: "halfOpen", match: { path: "/stream" } });
  // Within a minute: at its end the bar is asked for, which is an answer.
  await stage.pass(40_000);

  expect(stage.status.connection).toMatchObject({ isStale: true, status: "reconnecting" });
  expect(stage.status.connection.dataAgeMs).toBeGreaterThan(35_000);
  expect(stage.status.connection.reason).toMatch(/BTCUSDT/);
});
