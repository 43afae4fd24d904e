import { expect, it } from "vitest";
import { CANARY_KEY } from "../../simulation/world.ts";
import { Stage } from "../money/stage.ts";

it("F75: an answer 429 is followed by silence for as long as it asks for, and then everything goes on", async () => {
  const stage = await Stage.open({ risk: { stopLossPct: 3 } });
  await stage.enter(0.02);
  await stage.pass(5_000);
  stage.plan.add({
    on: "request",
    verb: "reply",
    status: 429,
    code: -1003,
    message: "Too many requests.",
    headers: { "retry-after": "20" },
    executed: false,
    match: { method: "POST", path: "/fapi/v1/order" },
  });
  await stage.act((expert) => expert.buy({ quantity: 0.01, tag: "first" }));
  await stage.pass(200);
  const from = stage.now;
  await stage.act((expert) => expert.buy({ quantity: 0.015 }));
  await stage.pass(18_000);

  expect(stage.process.client.sent.filter(({ time }) => time > from).map(({ path }) => path)).toEqual([]);
  await stage.pass(30_000);
  await stage.enter(0.01);
  expect(stage.stops).toHaveLength(1);
});

it("F75: where only orders are too many (-1015), cancels and questions go on", async () => {
  const stage = await Stage.open();
  const price = stage.venue.lastPrice(stage.symbol);
  await stage.act((expert) => expert.buy({ quantity: 0.01, price: price * 0.98 }));
  await stage.until(() => stage.venue.openOrders(stage.symbol).length === 1, 5_000, "it rests");
  stage.plan.add({
    on: "request",
    verb: "reply",
    status: 429,
    code: -1015,
    message: "Too many new orders; current limit is 300 orders per 10 SECONDS.",
    headers: { "retry-after": "10" },
    executed: false,
    match: { method: "POST", path: "/fapi/v1/order" },
  });
  await stage.act((expert) => expert.buy({ quantity: 0.02 }));
  await stage.pass(500);
  await stage.act((expert) => expert.cancelAll());
  await stage.pass(1_500);

  expect(stage.venue.openOrders(stage.symbol)).toEqual([]);
  expect(stage.held).toBe(0);
});

it("F76: a ban is waited out in silence with the stops at the exchange, and it is told", async () => {
  const stage = await Stage.open({ risk: { stopLossPct: 3 } });
  await stage.enter(0.02);
  await stage.until(() => stage.stops.length === 1, 5_000, "the stop works");
  stage.world.server.operator.ban("10.0.0.1", 180_000);
  const bannedAt = stage.now;
  await stage.until(() => stage.process.client.sent.some(({ time }) => time > bannedAt), 60_000, "something is asked");
  await stage.pass(1_000);
  const from = stage.now;
  await stage.act((expert) => expert.buy({ quantity: 0.01 }));
  await stage.pass(bannedAt + 178_000 - stage.now);

  expect(stage.process.client.sent.filter(({ time }) => time > from).map(({ path }) => path)).toEqual([]);
  expect(stage.hasSaid(/wait|ban/i)).toBe(true);
  expect(stage.stops).toHaveLength(1);
  await stage.pass(120_000);
  await stage.trading();
  await stage.act((expert) => expert.closePosition());
  await stage.until(() => stage.held === 0 && stage.seen === 0, 20_000, "the exit is filled");
});

it("F77: what another process of the same address uses of the limit is read from the answers: no limit is overrun", async () => {
  const refused: number[] = [];
  const onAnswer = (_: unknown, { status }: { readonly status: number }): void => {
    if (status === 429 || status === 418) refused.push(status);
  };
  const stage = await Stage.open({ ears: { onAnswer } });
  const ask = (path: string): void => {
    stage.world.server.handle({ method: "GET", path, query: "", headers: {}, body: "", address: "10.0.0.1" });
  };
  await stage.pass(60_001 - (stage.now % 60_000));
  for (let minute = 0; minute < 3; minute += 1) {
    // The other one takes nearly everything at the beginning of each minute: 2,390 of 2,400.
    for (let count = 0; count < 59; count += 1) ask("/fapi/v1/ticker/24hr");
    for (let count = 0; count < 30; count += 1) ask("/fapi/v1/time");
    expect(refused).toEqual([]);
    await stage.pass(60_001 - (stage.now % 60_000));
  }
  expect(refused).toEqual([]);
  // Left alone, it trades on.
  await stage.pass(10_000);
  await stage.enter(0.01);
});

it("F78: streams that close again and again are opened anew with growing pauses, far below 300 in five minutes", async () => {
  let opened = 0;
  const stage = await Stage.open({ ears: { onSocket: (_, isOpen) => void (opened += isOpen ? 1 : 0) } });
  await stage.pass(3_000);
  opened = 0;
  stage.plan.add({ on: "stream", verb: "refuse", times: 500 });
  stage.plan.add({ on: "stream", verb: "close" });
  await stage.pass(300_000);
  expect(opened).toBeLessThan(150);
  expect(opened).toBeGreaterThan(10);
  // Connections that end a moment after they were made are no better than refused ones.
  stage.plan.remove();
  opened = 0;
  for (let second = 0; second < 300; second += 1) {
    stage.plan.add({ on: "stream", verb: "close" });
    await stage.pass(1_000);
  }
  expect(opened).toBeLessThan(200);
  await stage.pass(60_000);
  await stage.trading();
});

it("F81: a key that was revoked ends entries, is told, and is not tried over and over", async () => {
  const stage = await Stage.open({ risk: { stopLossPct: 3 } });
  await stage.enter(0.02);
  await stage.until(() => stage.stops.length === 1, 5_000, "the stop works");
  stage.world.server.operator.revokeKey(CANARY_KEY);
  const from = stage.now;
  await stage.act((expert) => expert.buy({ quantity: 0.01 }));
  await stage.pass(3_000);
  expect(await stage.act((expert) => expert.buy({ quantity: 0.02 }))).toMatchObject({ accepted: false });
  await stage.pass(600_000);

  expect(stage.hasSaid(/key/)).toBe(true);
  const signed = stage.process.client.sent.filter(({ time, query }) => time > from && query.includes("signature="));
  expect(signed.length).toBeLessThan(120);
  expect(stage.process.isOver).toBe(false);
  expect(stage.stops).toHaveLength(1);

  stage.world.server.operator.restoreKey(CANARY_KEY);
  await stage.trading(200_000);
  await stage.pass(70_000);
  await stage.act((expert) => expert.closePosition());
  await stage.until(() => stage.held === 0 && stage.seen === 0, 20_000, "the exit is filled");
});
