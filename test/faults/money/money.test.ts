import { expect, it } from "vitest";
import { Stage } from "./stage.ts";

it("F50: a liquidation closes the position in the books with its loss, and entries stay off, also after a restart", async () => {
  const stage = await Stage.open({ risk: { leverage: 5 } });
  await stage.enter(0.02);
  stage.venue.operator.movePrice(stage.symbol, stage.venue.lastPrice(stage.symbol) * 0.9);
  stage.venue.operator.liquidate(stage.symbol);
  await stage.pass(10_000);

  expect([stage.held, stage.seen]).toEqual([0, 0]);
  expect(stage.status.account.balance).toBeCloseTo(walletOf(stage), 6);
  expect(await stage.act((expert) => expert.buy({ quantity: 0.01 }))).toMatchObject({ accepted: false });

  stage.process.kill();
  stage.start();
  await stage.trading();
  expect(await stage.act((expert) => expert.buy({ quantity: 0.01 }))).toMatchObject({ accepted: false });
  expect(stage.held).toBe(0);

  stage.process.kill();
  stage.start({ rearm: true });
  await stage.trading();
  expect(await stage.act((expert) => expert.buy({ quantity: 0.01 }))).toMatchObject({ accepted: true });
});

it("F50: an account in liquidation (-2023) gets no further entries", async () => {
  const stage = await Stage.open();
  stage.plan.add({
    on: "request",
    verb: "reply",
    status: 400,
    code: -2023,
    message: "User in liquidation mode now.",
    executed: false,
    match: { method: "POST", path: "/fapi/v1/order" },
  });
  await stage.act((expert) => expert.buy({ quantity: 0.01 }));
  await stage.pass(3_000);

  expect(await stage.act((expert) => expert.buy({ quantity: 0.02 }))).toMatchObject({ accepted: false });
});

it("F52: funding around the end of a process and its successor's start is booked once and exactly", async () => {
  const stage = await Stage.open();
  await stage.enter(0.05);
  stage.venue.operator.fund(stage.symbol, 0.0003);
  await stage.pass(30);
  stage.process.kill();
  await stage.pass(60_000);
  stage.venue.operator.fund(stage.symbol, -0.0001);
  await stage.pass(60_000);
  stage.start();
  await stage.trading();
  // An hour later, where eight were usual.
  await stage.pass(60_000);
  stage.venue.operator.fund(stage.symbol, 0.0002);
  await stage.pass(120_000);

  expect(stage.status.account.balance).toBeCloseTo(walletOf(stage), 6);
  expect(stage.venue.transfers().filter(({ kind }) => kind === "funding").length).toBeGreaterThanOrEqual(3);
  const booked = stage.said.filter(({ text }) => text.startsWith("funding ")).map(({ text }) => text);
  expect(new Set(booked).size).toBe(booked.length);
});

it("F57: an entry that the margin does not pay for is sent once, and what is free is what the exchange says", async () => {
  const stage = await Stage.open();
  const from = stage.now;
  stage.venue.operator.transfer("USDT", -9_900);
  const first = await stage.act((expert) => expert.buy({ quantity: 0.02 }));
  await stage.pass(60_000);

  expect(first.accepted).toBe(true);
  expect(stage.hasSaid(/-2019/)).toBe(true);
  expect(stage.requests("/fapi/v1/order", { method: "POST", since: from })).toHaveLength(1);
  expect(stage.status.account.balance).toBeCloseTo(100, 6);
  expect(stage.status.orders).toEqual([]);
});

it("F58: money that the owner takes out or brings in while a position is open is neither loss nor profit", async () => {
  const stage = await Stage.open({ risk: { maxDrawdownPct: 10, dailyLossLimit: 5 } });
  await stage.enter(0.02);
  stage.venue.operator.transfer("USDT", -4_000);
  await stage.pass(90_000);
  stage.venue.operator.transfer("USDT", 1_500);
  await stage.pass(90_000);

  expect(stage.status.account.balance).toBeCloseTo(walletOf(stage), 6);
  expect(stage.held).toBe(0.02);
  expect(stage.process.isOver).toBe(false);
  expect(await stage.act((expert) => expert.buy({ quantity: 0.005 }))).toMatchObject({ accepted: true });
});

it("F61: a run that its daily loss has stopped stays stopped after it was killed and started again", async () => {
  const stage = await Stage.open({ risk: { dailyLossLimit: 1, leverage: 5, sizing: { type: "fixedBase", quantity: 0.01 } } });
  await stage.enter(0.1);
  stage.venue.operator.movePrice(stage.symbol, stage.venue.lastPrice(stage.symbol) * 0.96);
  await stage.pass(5_000);
  expect(await stage.act((expert) => expert.buy({ quantity: 0.01 }))).toMatchObject({ accepted: false });

  stage.process.kill();
  stage.start();
  await stage.trading();
  expect(await stage.act((expert) => expert.buy({ quantity: 0.01 }))).toMatchObject({ accepted: false });
  // Exits are allowed, and the loss counts on after a gain.
  expect(await stage.act((expert) => expert.closePosition())).toMatchObject({ accepted: true });
  await stage.pass(5_000);
  expect([stage.held, stage.seen]).toEqual([0, 0]);
  expect(await stage.act((expert) => expert.buy({ quantity: 0.01 }))).toMatchObject({ accepted: false });
});

it("F62: contracts worth 100 dollars, settled in coin, come to the exchange's own wallet", async () => {
  const stage = await Stage.open({ market: "inverse", risk: { leverage: 3 } });
  await stage.enter(40);
  stage.venue.operator.movePrice(stage.symbol, stage.venue.lastPrice(stage.symbol) * 1.05);
  await stage.pass(3_000);
  await stage.act((expert) => expert.sell({ quantity: 15 }));
  await stage.pass(3_000);
  stage.venue.operator.fund(stage.symbol, 0.0005);
  await stage.pass(60_000);
  await stage.act((expert) => expert.closePosition());
  await stage.pass(60_000);

  expect([stage.held, stage.seen]).toEqual([0, 0]);
  expect(stage.status.account.currency).toBe("BTC");
  expect(stage.status.account.balance).toBeCloseTo(walletOf(stage), 8);
  expect(stage.said.filter(({ text }) => text.includes("booked as a transfer"))).toEqual([]);
});

/** Money in the settle asset at the exchange. */
function walletOf(stage: Stage): number {
  const asset = stage.world.instrument.settleAsset;
  return stage.venue.balances().find((balance) => balance.asset === asset)?.total ?? 0;
}
