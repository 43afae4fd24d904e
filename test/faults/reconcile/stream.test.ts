import { describe, expect, it } from "vitest";
import { CANARY_KEY } from "../../simulation/world.ts";
import { trading, type FaultRig, type Market } from "../rig.ts";

const MARKETS: readonly Market[] = ["spot", "linear", "inverse"];
const FUTURES: readonly Market[] = ["linear", "inverse"];

/** A run with three orders that rest below the market; gives their ids. */
async function withThreeOrders(market: Market, options: Parameters<typeof trading>[0] = {}): Promise<{ rig: FaultRig; ids: string[] }> {
  const rig = await trading({ market, ...options });
  const ids: string[] = [];
  for (const pct of [-2, -2.5, -3]) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const outcome = await rig.buy({ price: rig.near(pct) });
    if (outcome.accepted) ids.push(outcome.order.clientOrderId);
  }
  await rig.pass(2_000);
  expect(rig.status.orders).toHaveLength(3);
  return { rig, ids };
}

const fillAll = (rig: FaultRig, ids: readonly string[]): void => {
  for (const id of ids) rig.fill(id);
};

/** Ends the private stream and lets no new one come up until `heal`. */
function cut(rig: FaultRig): void {
  rig.fault({ on: "stream", verb: "refuse", match: { path: rig.paths.stream }, times: 1e6 });
  rig.fault({ on: "stream", verb: "close", match: { path: rig.paths.stream } });
}

describe.each(MARKETS)("the private stream of %s", (market) => {
  it("F27: three fills missed in 40 seconds without it are booked when it is back, and no risk is added meanwhile", async () => {
    const { rig, ids } = await withThreeOrders(market);
    cut(rig);
    await rig.pass(2_000);
    fillAll(rig, ids);
    expect(await rig.buy()).toMatchObject({ accepted: false, code: "staleMarket" });
    await rig.pass(38_000);
    rig.heal();
    await rig.pass(40_000);
    expect([rig.bookedFills, rig.differences()]).toEqual([3, []]);
    expect(await rig.buy()).toMatchObject({ accepted: true });
  });

  it("F28: a stream that says everything three times and a history that overlaps it book each trade once", async () => {
    const { rig, ids } = await withThreeOrders(market);
    for (let copy = 0; copy < 2; copy += 1)
      rig.fault({ on: "stream", verb: "duplicate", match: { path: rig.paths.stream, contains: '"e"' }, times: 1e6 });
    fillAll(rig, ids);
    rig.fault({ on: "stream", verb: "close", match: { path: rig.paths.stream } });
    await rig.pass(30_000);
    expect([rig.bookedFills, rig.differences()]).toEqual([3, []]);
    const notes = rig.lines.filter(({ level, text }) => level === "trade" && text.startsWith("bought"));
    expect(notes).toHaveLength(3);
  });

  it("F29: nothing is inferred from a state that says filled: the trade itself comes later and is the only one", async () => {
    const { rig, ids } = await withThreeOrders(market);
    rig.stallStream();
    rig.fault({
      on: "request",
      match: { method: "GET", path: rig.paths.fills },
      verb: "reply",
      status: 503,
      code: -1000,
      executed: false,
      times: 1e6,
    });
    fillAll(rig, ids.slice(0, 1));
    await rig.pass(40_000);
    expect([rig.bookedFills, rig.status.orders.length]).toEqual([0, 3]);
    rig.heal();
    await rig.pass(40_000);
    expect([rig.bookedFills, rig.differences()]).toEqual([1, []]);
  });

  it("F30: that is open, pinged and silent for minutes is found out by the questions, and replaced", async () => {
    const sockets: string[] = [];
    const { rig, ids } = await withThreeOrders(market, {
      tradesPerSecond: 0.2,
      ears: {
        onSocket: (url, isOpen) => {
          if (isOpen) sockets.push(url);
        },
      },
    });
    const before = sockets.length;
    rig.stallStream();
    await rig.pass(3 * 60_000);
    fillAll(rig, ids);
    await rig.pass(45_000);
    expect([rig.bookedFills, rig.differences()]).toEqual([3, []]);
    expect(sockets.slice(before).filter((url) => url.includes(rig.paths.stream)).length).toBeGreaterThan(0);
    const outcome = await rig.buy();
    await rig.pass(1_000);
    // The new one tells at once.
    expect([outcome.accepted, rig.bookedFills]).toEqual([true, 4]);
  });

  it("F32: a server that announces its end is left for another one before it goes: nothing is stale in between", async () => {
    const { rig, ids } = await withThreeOrders(market);
    rig.world.server.operator.announceShutdown();
    await rig.pass(5_000);
    fillAll(rig, ids.slice(0, 1));
    rig.fault({ on: "stream", verb: "close", match: { path: "never" } });
    await rig.pass(2_000);
    fillAll(rig, ids.slice(1));
    await rig.pass(2_000);
    expect([rig.bookedFills, rig.differences()]).toEqual([3, []]);
    expect(rig.told(/reconnecting.*account/)).toEqual([]);
  });

  it("F33: when logging in again fails five times the account counts as unseen, and no risk is added until it has worked", async () => {
    const { rig, ids } = await withThreeOrders(market);
    const { operator } = rig.world.server;
    if (market === "spot") operator.revokeKey(CANARY_KEY);
    else
      rig.fault({
        on: "request",
        match: { method: "POST", path: "/listenKey" },
        verb: "reply",
        status: 401,
        code: -2015,
        message: "Invalid API-key, IP, or permissions for action.",
        executed: false,
        times: 5,
      });
    rig.fault({ on: "stream", verb: "close", match: { path: rig.paths.stream } });
    await rig.pass(3_000);
    fillAll(rig, ids);
    expect(await rig.buy()).toMatchObject({ accepted: false, code: "staleMarket" });
    await rig.pass(market === "spot" ? 20_000 : 1_000);
    expect(rig.status.connection.isStale).toBe(true);
    if (market === "spot") operator.restoreKey(CANARY_KEY);
    await rig.pass(120_000);
    expect([rig.bookedFills, rig.differences(), rig.status.connection.isStale]).toEqual([3, [], false]);
  });

  it("F34: messages of order, account and position that change places change nothing about the outcome", async () => {
    const { rig, ids } = await withThreeOrders(market);
    rig.fault({ on: "stream", verb: "reorder", match: { path: rig.paths.stream }, times: 6, share: 0.5 });
    fillAll(rig, ids);
    await rig.pass(10_000);
    await rig.act((expert) => expert.closePosition());
    await rig.pass(40_000);
    expect([rig.status.positions, rig.differences()]).toEqual([[], []]);
    expect([rig.told("drift"), rig.told("agree"), rig.status.connection.reconnects]).toEqual([[], [], 0]);
  });
});

describe.each(FUTURES)("the key of the private stream of %s", (market) => {
  it("F31: that expires is replaced, and what happened in between is booked", async () => {
    const { rig, ids } = await withThreeOrders(market);
    rig.fill(ids[0] ?? "");
    rig.world.server.operator.expireListenKeys();
    rig.fill(ids[1] ?? "");
    await rig.pass(1_000);
    rig.fill(ids[2] ?? "");
    await rig.pass(40_000);
    expect([rig.bookedFills, rig.differences(), rig.status.connection.isStale]).toEqual([3, [], false]);
  });
});

describe("prolonging the key of the private stream", () => {
  it.each([
    ["fails for a while", { status: 503, code: -1000, times: 3 }],
    ["says that the key is not known", { status: 400, code: -1125, times: 1 }],
  ])("F31: that %s is tried again, or another key takes its place", async (_, answer) => {
    const { rig, ids } = await withThreeOrders("linear", { tradesPerSecond: 0.05 });
    rig.fault({ on: "request", match: { method: "PUT", path: "/listenKey" }, verb: "reply", executed: false, ...answer });
    await rig.pass(29 * 60_000);
    expect(rig.requests("PUT", "/listenKey")).toBe(answer.times === 1 ? 1 : 4);
    expect(rig.requests("POST", "/listenKey")).toBe(answer.times === 1 ? 2 : 1);
    fillAll(rig, ids);
    await rig.pass(1_000);
    expect([rig.bookedFills, rig.differences()]).toEqual([3, []]);
  });
});
