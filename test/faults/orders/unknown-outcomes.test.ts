import { describe, expect, it } from "vitest";
import type { RequestVerb } from "../../../src/sandbox/faults.ts";
import { trading, type FaultRig, type Market } from "../rig.ts";

const MARKETS: readonly Market[] = ["spot", "linear", "inverse"];
/** Longer than the bound of Binance (16 s) and the two rounds of questions that follow it. */
const BEYOND_PROOF_MS = 90_000;
/** More than one order of a rig's size, less than two, in the quote asset. */
const ONE_ORDER: Readonly<Record<Market, number>> = { spot: 700, linear: 700, inverse: 800 };

const TIMEOUT = { status: 408, code: -1007 };
const twins = (answer: typeof TIMEOUT) => [
  { ...answer, executed: true },
  { ...answer, executed: false },
];
/** All on one market, the commonest on the others; -7777 is in no list, so it proves nothing either. */
const ANSWERS = {
  spot: twins(TIMEOUT),
  linear: [
    TIMEOUT,
    { status: 503, code: -1000 },
    { status: 500, code: -1001 },
    { status: 400, code: -1006 },
    { status: 400, code: -7_777 },
  ].flatMap(twins),
  inverse: twins(TIMEOUT),
};

/** A run that trades and whose next order meets a fault while its private stream is silent. */
async function blind(market: Market, verb: RequestVerb, tradesPerSecond = 2): Promise<FaultRig> {
  const rig = await trading({ market, tradesPerSecond, risk: { maxPositionSizeQuote: ONE_ORDER[market] } });
  rig.stallStream();
  rig.fault({ on: "request", match: { method: "POST", path: rig.paths.order }, ...verb });
  return rig;
}

const statuses = (rig: FaultRig): string[] => rig.status.orders.map(({ status }) => status);

/** Whether one more order would be allowed: it would not if what may have happened counts. */
async function hasRoom(rig: FaultRig): Promise<boolean> {
  const outcome = await rig.buy();
  if (!outcome.accepted) expect(outcome.code).toBe("maxPositionSizeQuote");
  return outcome.accepted;
}

describe.each(MARKETS)("an order on %s whose outcome is not told", (market) => {
  it("F01: a market order that filled while its answer was lost is one order, found by our id and booked once", async () => {
    const rig = await blind(market, { verb: "dropResponse" });
    await rig.buy();
    expect(await hasRoom(rig)).toBe(false);
    await rig.pass(10_000);
    expect([rig.placed(), rig.orders()]).toEqual([1, [`buy market ${rig.size} filled`]]);
    expect([rig.differences(), rig.bookedFills]).toEqual([[], rig.venue.fills(rig.symbol).length]);
    expect(rig.told("unknown")).not.toEqual([]);
  });

  it("F02: a request that never arrived is proven absent after the bound, expires, and the strategy may try again", async () => {
    const rig = await blind(market, { verb: "dropRequest" });
    await rig.buy();
    await rig.pass(10_000);
    expect(statuses(rig)).toEqual(["unknown"]);
    expect(await hasRoom(rig)).toBe(false);
    await rig.pass(BEYOND_PROOF_MS);
    expect([statuses(rig), rig.placed(), rig.orders()]).toEqual([[], 1, []]);
    rig.heal();
    expect(await hasRoom(rig)).toBe(true);
    await rig.pass(5_000);
    expect([rig.placed(), rig.differences()]).toEqual([2, []]);
  });

  it("F03: a request that arrives after the client has given up, inside its window, is the only one", async () => {
    const rig = await trading({ market, risk: { maxPositionSizeQuote: ONE_ORDER[market] } });
    rig.stallStream();
    rig.world.late.share = 1;
    await rig.buy();
    await rig.pass(50);
    rig.world.late.share = 0;
    expect([statuses(rig), rig.orders()]).toEqual([["unknown"], []]);
    expect(await hasRoom(rig)).toBe(false);
    await rig.pass(30_000);
    expect([rig.placed(), rig.orders(), rig.differences()]).toEqual([1, [`buy market ${rig.size} filled`], []]);
  });

  it("F03: a request that is late for its window is refused unheard, and counts until that is proven", async () => {
    const rig = await blind(market, { verb: "delayRequest", ms: 8_000 });
    await rig.buy();
    await rig.pass(12_000);
    expect(await hasRoom(rig)).toBe(false);
    await rig.pass(BEYOND_PROOF_MS);
    expect([rig.placed(), rig.orders(), statuses(rig)]).toEqual([1, [], []]);
  });

  it.each(ANSWERS[market])(
    "F04: an answer $status $code proves nothing (carried out: $executed): it counts until there is proof",
    async (answer) => {
      const rig = await blind(market, { verb: "reply", ...answer });
      await rig.buy();
      await rig.pass(100);
      expect(statuses(rig)).toEqual(["unknown"]);
      expect(await hasRoom(rig)).toBe(false);
      await rig.pass(answer.executed ? 10_000 : BEYOND_PROOF_MS);
      expect([rig.placed(), rig.orders()]).toEqual([1, answer.executed ? [`buy market ${rig.size} filled`] : []]);
      expect(rig.differences()).toEqual([]);
      expect(await hasRoom(rig)).toBe(!answer.executed);
    },
  );

  it.each(["html", "truncate", "redirect"] as const)("F04: an answer that is no answer (%s) proves nothing", async (verb) => {
    const verbs: Record<typeof verb, RequestVerb> = {
      html: { verb: "html", executed: true },
      truncate: { verb: "truncate" },
      redirect: { verb: "redirect", location: "https://example.com/", executed: true },
    };
    const rig = await blind(market, verbs[verb]);
    await rig.buy();
    await rig.pass(10_000);
    expect([rig.placed(), rig.orders(), rig.differences()]).toEqual([1, [`buy market ${rig.size} filled`], []]);
    expect(rig.process.client.sent.every(({ path }) => path !== "/")).toBe(true);
  });

  it("F05: the stream tells of the order while its answer is still out: it works, and nobody asks or sends again", async () => {
    const rig = await trading({ market });
    rig.fault({ on: "request", match: { method: "POST", path: rig.paths.order }, verb: "delayResponse", ms: 10_000 });
    await rig.buy({ price: rig.near(-3) });
    await rig.pass(500);
    expect(statuses(rig)).toEqual(["open"]);
    await rig.pass(20_000);
    expect([rig.placed(), statuses(rig), rig.requests("GET", rig.paths.order)]).toEqual([1, ["open"], 0]);
    expect([rig.told("unknown"), rig.differences()]).toEqual([[], []]);
  });

  it("F06: not found right after creation proves nothing: the question is asked again until it is found", async () => {
    const rig = await blind(market, { verb: "dropResponse" });
    const match = { method: "GET", path: rig.paths.order };
    rig.fault({
      on: "request",
      match,
      verb: "reply",
      status: 400,
      code: -2013,
      message: "Order does not exist.",
      executed: false,
      times: 3,
    });
    await rig.buy();
    await rig.pass(3_000);
    expect(statuses(rig)).toEqual(["unknown"]);
    await rig.pass(15_000);
    expect([rig.placed(), rig.requests("GET", rig.paths.order) > 3, rig.differences()]).toEqual([1, true, []]);
  });

  it("F07: questions that fail for half an hour count for nothing, and the exposure stays", async () => {
    const rig = await blind(market, { verb: "dropResponse" }, 0.01);
    const down = { on: "request", verb: "reply", status: 502, body: "Bad Gateway", executed: false, times: 1e6 } as const;
    for (const path of [rig.paths.order, rig.paths.open, rig.paths.fills]) rig.fault({ ...down, match: { method: "GET", path } });
    await rig.buy();
    await rig.pass(30 * 60_000);
    expect(statuses(rig)).toEqual(["unknown"]);
    expect(await hasRoom(rig)).toBe(false);
    rig.heal();
    await rig.pass(60_000);
    expect([rig.placed(), rig.orders(), rig.differences()]).toEqual([1, [`buy market ${rig.size} filled`], []]);
  });
});
