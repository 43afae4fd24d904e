import { expect, it } from "vitest";
import { Stage } from "./stage.ts";

it("F54: a run does not start on an account in the other position mode while a position is open there", async () => {
  const stage = new Stage();
  stage.venue.positionMode = "hedge";
  stage.venue.operator.placeExternal({ symbol: stage.symbol, side: "buy", type: "market", quantity: 0.01, positionSide: "long" });
  await stage.end();

  expect(String(stage.process.failure)).toMatch(/position mode hedge .* wants oneWay/);
  expect(stage.venue.positionMode).toBe("hedge");
  expect(stage.requests("/positionSide/dual", { method: "POST" })).toEqual([]);
});

it("F54: when the position mode is changed while a run trades, entries end and the mode is not switched back under a position", async () => {
  const stage = await Stage.open();
  await stage.pass(2_000);
  stage.venue.positionMode = "hedge";
  const from = stage.now;
  await stage.act((expert) => expert.buy({ quantity: 0.01 }));
  await stage.pass(3_000);
  const second = await stage.act((expert) => expert.buy({ quantity: 0.02 }));
  await stage.pass(60_000);

  expect(stage.hasSaid(/-4061/)).toBe(true);
  expect(second.accepted).toBe(false);
  expect("reason" in second ? second.reason : "").toMatch(/position mode/);
  expect(stage.requests("/fapi/v1/order", { method: "POST", since: from })).toHaveLength(1);
  expect(stage.requests("/positionSide/dual", { method: "POST", since: from })).toEqual([]);
  expect(stage.venue.positionMode).toBe("hedge");
});

it("F55: an exit that is refused because nothing is left makes the run look at its position, and is not repeated", async () => {
  const stage = await Stage.open({ risk: { stopLossPct: 2 } });
  await stage.enter(0.02);
  await stage.until(() => stage.stops.length === 1, 5_000, "the stop works");
  // The private stream says nothing of it.
  stage.plan.add({ on: "stream", verb: "gap", match: { path: "/ws/", contains: "TRADE_UPDATE" }, times: 20 });
  stage.venue.operator.placeExternal({ symbol: stage.symbol, side: "sell", type: "market", quantity: 0.02, reduceOnly: true });
  const from = stage.now;
  await stage.act((expert) => expert.closePosition());
  await stage.pass(20_000);

  expect(stage.hasSaid(/-2022/)).toBe(true);
  expect(stage.requests("/fapi/v1/order", { method: "POST", since: from })).toHaveLength(1);
  expect(stage.requests("/positionRisk", { since: from }).length).toBeGreaterThan(0);
  expect(stage.requests("/positionRisk", { since: from })[0]?.time).toBeLessThan(from + 6_000);
});

it("F56: leverage changed by the owner is told of, and no entry is sized with the wrong one", async () => {
  const stage = await Stage.open({ risk: { leverage: 5 } });
  await stage.pass(2_000);
  stage.venue.setLeverage(stage.symbol, 2);
  await stage.until(() => stage.hasSaid(/leverage/), 400_000, "it is told");

  const entry = await stage.act((expert) => expert.buy({ quantity: 0.01 }));
  expect("reason" in entry ? entry.reason : "").toMatch(/leverage/);
  stage.venue.setLeverage(stage.symbol, 5);
  await stage.pass(400_000);
  expect(await stage.act((expert) => expert.buy({ quantity: 0.01 }))).toMatchObject({ accepted: true });
});

it("F56: a margin mode changed by the owner is told of, and entries wait until it is back", async () => {
  const stage = await Stage.open();
  await stage.pass(2_000);
  stage.venue.setMarginMode(stage.symbol, "isolated");
  await stage.until(() => stage.hasSaid(/margin mode/), 400_000, "it is told");

  expect(await stage.act((expert) => expert.buy({ quantity: 0.01 }))).toMatchObject({ accepted: false });
});

it("F59: a symbol that is delisted while a run trades gets no entries, and its open orders are looked at", async () => {
  const stage = await Stage.open({ risk: { stopLossPct: 3 } });
  await stage.enter(0.02);
  const from = stage.now;
  stage.venue.operator.setStatus(stage.symbol, "cancelOnly");
  for (const { orderId } of stage.stops) stage.venue.operator.cancel({ orderId }, "delisted");
  await stage.until(() => stage.status.connection.isStale, 400_000, "it is noticed");

  const entry = await stage.act((expert) => expert.buy({ quantity: 0.01 }));
  expect(entry).toMatchObject({ accepted: false });
  expect(stage.requests("/openOrders", { since: from }).length + stage.requests("/openAlgoOrders", { since: from }).length).toBeGreaterThan(
    0,
  );
  expect(stage.status.orders.filter(({ status }) => status === "open")).toEqual([]);
});
