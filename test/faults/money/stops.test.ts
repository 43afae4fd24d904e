import { expect, it } from "vitest";
import { Stage } from "./stage.ts";

it("F44: a filled part too small for a stop is told of and tried a bounded number of times, and nothing crashes", async () => {
  const stage = await Stage.open({ market: "spot", risk: { stopLossPct: 2 } });
  const price = stage.venue.lastPrice(stage.symbol);
  const entry = await stage.act((expert) => expert.buy({ quantity: 0.01, price: price * 0.98 }));
  await stage.until(() => stage.venue.openOrders(stage.symbol).length === 1, 5_000, "the entry rests");

  // A part worth about one dollar, where five are the least.
  const { operator } = stage.venue;
  const order = { orderId: stage.venue.openOrders(stage.symbol)[0]?.orderId ?? "" };
  stage.strike({ market: "spot", act: "fill", order, share: 0.002 });
  operator.cancel(order, "EXPIRED");
  const from = stage.now;
  await stage.pass(600_000);

  expect(entry.accepted).toBe(true);
  expect(stage.process.isOver).toBe(false);
  expect(stage.seen).toBeGreaterThan(0);
  expect(stage.hasSaid(/no stop/)).toBe(true);
  const attempts = stage.requests("/order", { method: "POST", since: from }).length;
  expect(attempts).toBeGreaterThan(0);
  expect(attempts).toBeLessThan(40);
});

it("F44: a filled part that a stop can cover keeps one of its size after the rest was cancelled", async () => {
  const stage = await Stage.open({ risk: { stopLossPct: 2 } });
  const price = stage.venue.lastPrice(stage.symbol);
  await stage.act((expert) => expert.buy({ quantity: 0.02, price: price * 0.99 }));
  await stage.until(() => stage.venue.openOrders(stage.symbol).length === 1, 5_000, "the entry rests");

  // Worth less than the 100 USDT that an entry needs; what reduces needs no such size.
  const { operator } = stage.venue;
  const order = { orderId: stage.venue.openOrders(stage.symbol)[0]?.orderId ?? "" };
  stage.strike({ market: "linear", act: "fill", order, share: 0.05 });
  await stage.pass(2_000);
  operator.cancel(order, "EXPIRED");
  await stage.pass(10_000);

  expect(stage.held).toBe(0.001);
  expect(stage.stops.map(({ quantity }) => quantity)).toEqual([0.001]);
});

it("F45: a stop that is refused because the price has passed it already closes the position at once", async () => {
  const stage = await Stage.open({ risk: { stopLossPct: 1 } });
  stage.plan.add({ on: "request", verb: "delayRequest", ms: 1_500, match: { method: "POST", path: "/algoOrder" } });
  await stage.enter(0.02);

  stage.venue.operator.movePrice(stage.symbol, stage.venue.lastPrice(stage.symbol) * 0.97);
  await stage.until(() => stage.held === 0, 5_000, "the position is closed");
  await stage.pass(5_000);

  expect(stage.hasSaid(/-2021/)).toBe(true);
  expect(stage.seen).toBe(0);
  expect(stage.exits).toEqual([]);
});

it("F46: a price that gaps ten percent through the stop closes the position: stops become market orders, not limits", async () => {
  const stage = await Stage.open({ risk: { stopLossPct: 2 } });
  await stage.enter(0.02);
  await stage.until(() => stage.stops.length === 1, 5_000, "the stop works");
  expect(stage.stops.map(({ type }) => type)).toEqual(["stop"]);

  stage.venue.operator.movePrice(stage.symbol, stage.venue.lastPrice(stage.symbol) * 0.9);
  await stage.pass(5_000);

  expect([stage.held, stage.seen]).toEqual([0, 0]);
});

it("F46: behind a stop-limit of the expert that the price has jumped over, the run's own stop still closes the position", async () => {
  const stage = await Stage.open({ risk: { stopLossPct: 3 } });
  await stage.enter(0.02);
  const price = stage.venue.lastPrice(stage.symbol);
  const [trigger, limit] = [price * 0.99, price * 0.989];
  await stage.act((expert) => expert.sell({ quantity: 0.02, triggerPrice: trigger, price: limit, reduceOnly: true }));
  await stage.until(() => stage.exits.length === 2, 5_000, "both rest");

  stage.venue.operator.movePrice(stage.symbol, price * 0.9);
  await stage.pass(5_000);

  expect([stage.held, stage.seen]).toEqual([0, 0]);
});

it("F47: stops that the exchange has cancelled are placed again", async () => {
  const stage = await Stage.open({ risk: { stopLossPct: 2 } });
  await stage.enter(0.02);
  await stage.until(() => stage.stops.length === 1, 5_000, "the stop works");

  for (const { orderId } of stage.stops) stage.venue.operator.cancel({ orderId }, "maintenance");
  await stage.until(() => stage.stops.length === 1, 5_000, "the stop is back");

  expect(stage.stops.map(({ quantity }) => quantity)).toEqual([0.02]);
});

it("F47: stops cancelled in a halt are asked for with pauses, and protection is there soon after the halt", async () => {
  const stage = await Stage.open({ risk: { stopLossPct: 2 } });
  await stage.enter(0.02);
  await stage.until(() => stage.stops.length === 1, 5_000, "the stop works");

  stage.venue.operator.setStatus(stage.symbol, "halted");
  for (const { orderId } of stage.stops) stage.venue.operator.cancel({ orderId }, "maintenance");
  const from = stage.now;
  await stage.pass(600_000);
  const attempts = stage.requests("rder", { method: "POST", since: from }).length;
  stage.venue.operator.setStatus(stage.symbol, "trading");
  await stage.until(() => stage.stops.length === 1 || stage.held === 0, 90_000, "protected or flat");

  expect(attempts).toBeLessThan(60);
  expect(stage.hasSaid(/no working stop|no stop/)).toBe(true);
});

it("F48: a stop that could not be moved stays where it was until its successor works", async () => {
  const stage = await Stage.open({ risk: { stopLossPct: 2 } });
  await stage.enter(0.02);
  await stage.until(() => stage.stops.length === 1, 5_000, "the stop works");
  const [old] = stage.stops;
  stage.plan.add({
    on: "request",
    verb: "reply",
    status: 400,
    code: -1116,
    message: "Invalid orderType.",
    executed: false,
    match: { method: "POST", path: "/algoOrder" },
  });

  let unprotected = 0;
  await stage.act((expert) =>
    expert.orders
      .filter(({ purpose }) => purpose === "stopLoss")
      .map((stop) => expert.amend(stop.clientOrderId, { triggerPrice: Number(old?.triggerPrice) * 1.005 })),
  );
  await stage.pass(10_000, () => {
    if (stage.held > 0 && stage.stops.length === 0) unprotected += 1;
  });

  expect(unprotected).toBe(0);
  expect(stage.stops.map(({ orderId }) => orderId)).toEqual([old?.orderId]);
});

it("F48: on spot, where the old stop has to go first, one is placed again when its successor is refused", async () => {
  const stage = await Stage.open({ market: "spot", risk: { stopLossPct: 2 } });
  await stage.act((expert) => expert.buy({ quantity: 0.01 }));
  await stage.until(() => stage.stops.length === 1, 10_000, "the stop works");
  const [old] = stage.stops;
  stage.plan.add({
    on: "request",
    verb: "reply",
    status: 400,
    code: -1013,
    message: "Filter failure: MAX_NUM_ALGO_ORDERS",
    executed: false,
    match: { method: "POST", path: "/order" },
  });

  await stage.act((expert) =>
    expert.orders
      .filter(({ purpose }) => purpose === "stopLoss")
      .map((stop) => expert.amend(stop.clientOrderId, { triggerPrice: Number(old?.triggerPrice) * 1.005 })),
  );
  let gapMs = 0;
  let openSince = NaN;
  await stage.pass(10_000, () => {
    if (stage.stops.length > 0) openSince = NaN;
    else if (Number.isNaN(openSince)) openSince = stage.now;
    else gapMs = Math.max(gapMs, stage.now - openSince);
  });

  expect(stage.stops).toHaveLength(1);
  expect(stage.stops[0]?.orderId).not.toBe(old?.orderId);
  expect(gapMs).toBeLessThan(3_000);
});

it("F49: a stop that fills while a market exit is on its way does not turn the position around", async () => {
  const stage = await Stage.open({ risk: { stopLossPct: 2 } });
  await stage.enter(0.02);
  await stage.until(() => stage.stops.length === 1, 5_000, "the stop works");
  stage.plan.add({ on: "request", verb: "delayRequest", ms: 2_000, match: { method: "POST", path: "/fapi/v1/order" } });

  await stage.act((expert) => expert.closePosition());
  stage.venue.operator.movePrice(stage.symbol, stage.venue.lastPrice(stage.symbol) * 0.95);
  let lowest = 0;
  await stage.pass(20_000, () => {
    lowest = Math.min(lowest, stage.held);
  });

  expect(lowest).toBe(0);
  expect([stage.held, stage.seen]).toEqual([0, 0]);
  expect(stage.exits).toEqual([]);
});
