import { expect, it } from "vitest";
import type { RequestVerb } from "../../../src/sandbox/faults.ts";
import { Stage } from "../money/stage.ts";

const ELSEWHERE = "https://api.binance.com.example.org/fapi/v1/order";

const ANSWERS: ReadonlyArray<readonly [name: string, verb: (executed: boolean) => RequestVerb]> = [
  ["a page of a proxy with status 200", (executed) => ({ verb: "html", executed })],
  ["a page of a proxy with status 502", (executed) => ({ verb: "html", status: 502, executed })],
  ["JSON that breaks off", (executed) => ({ verb: "reply", status: 200, body: '{"orderId":12,"symb', executed })],
  ["an empty answer", (executed) => ({ verb: "reply", status: 200, body: "", executed })],
  ["a list", (executed) => ({ verb: "reply", status: 200, body: "[]", executed })],
  ["a million brackets", (executed) => ({ verb: "reply", status: 200, body: "[".repeat(1_000_000), executed })],
  ["a redirect to another host", (executed) => ({ verb: "redirect", location: ELSEWHERE, executed })],
];

const TWINS = ANSWERS.flatMap(([name, verb]) =>
  [true, false].map((executed) => ({ name, verb, executed, what: executed ? "carried out" : "not carried out" })),
);

it.each(TWINS)(
  "F79: $name proves nothing about an order that was $what: it is asked about, and never sent again",
  async ({ verb, executed }) => {
    const stage = await Stage.open({ risk: { stopLossPct: 3 } });
    // The stream keeps quiet about it.
    stage.plan.add({ on: "stream", verb: "gap", match: { contains: "ORDER_TRADE_UPDATE" }, times: 10 });
    stage.plan.add({ on: "request", ...verb(executed), match: { method: "POST", path: "/fapi/v1/order" } });
    const from = stage.now;
    await stage.act((expert) => expert.buy({ quantity: 0.02 }));
    await stage.pass(60_000);

    expect(stage.requests("/fapi/v1/order", { method: "POST", since: from })).toHaveLength(1);
    expect([stage.held, stage.seen]).toEqual(executed ? [0.02, 0.02] : [0, 0]);
    expect(stage.hasSaid(/^rejected/)).toBe(false);
    expect(stage.hasSaid(/^unknown/)).toBe(true);
    expect(stage.stops).toHaveLength(executed ? 1 : 0);
    expect(stage.status.orders.filter(({ status }) => status === "unknown" || status === "pending")).toEqual([]);
  },
);

it("F79: an answer that breaks off on the wire leaves the order in doubt until it is found", async () => {
  const stage = await Stage.open();
  stage.plan.add({ on: "request", verb: "truncate", match: { method: "POST", path: "/fapi/v1/order" } });
  const from = stage.now;
  await stage.enter(0.02);

  expect(stage.requests("/fapi/v1/order", { method: "POST", since: from })).toHaveLength(1);
});

it("F79: questions that are answered with pages say nothing: the position is kept, and no stop is taken for gone", async () => {
  const stage = await Stage.open({ risk: { stopLossPct: 3 } });
  await stage.enter(0.02);
  await stage.until(() => stage.stops.length === 1, 5_000, "the stop works");
  const page = stage.plan.add({ on: "request", verb: "html", executed: false, match: { method: "GET" }, times: Infinity });
  const from = stage.now;
  await stage.pass(120_000);

  expect(stage.seen).toBe(0.02);
  expect(stage.stops).toHaveLength(1);
  expect(stage.requests("lgoOrder", { method: "POST", since: from })).toEqual([]);
  stage.plan.remove(page);
  await stage.pass(60_000);
  expect([stage.held, stage.seen, stage.stops.length]).toEqual([0.02, 0.02, 1]);
});
