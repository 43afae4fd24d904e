/* oxlint-disable typescript/no-unsafe-argument, typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-return -- answers are JSON of any shape; what they should hold is what is tested */
import { describe, expect, it } from "vitest";
import type { Fault } from "../../src/sandbox/faults.ts";
import { Rig } from "./rig.ts";

const ORDER = { symbol: "BTCUSDT", side: "BUY", type: "MARKET", quantity: "0.001", newClientOrderId: "a" };
const AT_ORDERS = { method: "POST", path: "/api/v3/order" } as const;

function place(rig: Rig): () => unknown {
  return rig.request("POST", "/api/v3/order", ORDER);
}

function wasPlaced(rig: Rig): boolean {
  return rig.sandbox.venues.spot?.order("BTCUSDT", { clientOrderId: "a" }) !== undefined;
}

describe("a fault of a request", () => {
  it.each<[string, Fault, boolean, object | undefined]>([
    ["drops it before it arrives", { on: "request", verb: "dropRequest", match: AT_ORDERS }, false, { kind: "silence" }],
    [
      "resets the connection before it arrives",
      { on: "request", verb: "dropRequest", reset: true, match: AT_ORDERS },
      false,
      { kind: "reset" },
    ],
    ["loses the answer to an order that was placed", { on: "request", verb: "dropResponse", match: AT_ORDERS }, true, { kind: "reset" }],
    [
      "never answers an order that was placed",
      { on: "request", verb: "dropResponse", silent: true, match: AT_ORDERS },
      true,
      { kind: "silence" },
    ],
    [
      "answers something else to an order that was placed",
      { on: "request", verb: "reply", status: 503, code: -1007, message: "Timeout", executed: true, match: AT_ORDERS },
      true,
      { kind: "response", response: { status: 503, body: '{"code":-1007,"msg":"Timeout"}' } },
    ],
    [
      "answers something else to an order that never came",
      { on: "request", verb: "reply", status: 429, code: -1003, headers: { "retry-after": "7" }, executed: false, match: AT_ORDERS },
      false,
      { kind: "response", response: { status: 429, headers: { "retry-after": "7" } } },
    ],
    [
      "shows a page where JSON is expected",
      { on: "request", verb: "html", executed: true, match: AT_ORDERS },
      true,
      { kind: "response", response: { status: 200, headers: { "content-type": "text/html" } } },
    ],
    ["breaks the answer off", { on: "request", verb: "truncate", bytes: 9, match: AT_ORDERS }, true, { kind: "truncated", bytes: 9 }],
    [
      "sends the client elsewhere",
      { on: "request", verb: "redirect", location: "https://example.org/", executed: false, match: AT_ORDERS },
      false,
      { kind: "response", response: { status: 302, headers: { location: "https://example.org/" } } },
    ],
  ])("%s", (_name, fault, isPlaced, outcome) => {
    using rig = new Rig({ market: "spot" });
    rig.sandbox.faults.add(fault);
    const answer = place(rig);
    expect(answer()).toMatchObject(outcome ?? {});
    expect(wasPlaced(rig)).toBe(isPlaced);
    expect(rig.sandbox.faults.counts).toEqual({ [fault.verb]: 1 });
    // It strikes once.
    expect(rig.request("GET", "/api/v3/account")()).toMatchObject({ kind: "response", response: { status: 200 } });
    expect(rig.sandbox.faults.active).toEqual([]);
  });

  it("delays the request, so that it is placed late, or the answer, so that it was placed long ago", () => {
    using rig = new Rig({ market: "spot" });
    rig.sandbox.faults.add({ on: "request", verb: "delayRequest", ms: 4_900 });
    const late = place(rig);
    rig.run(4_800);
    expect([late(), wasPlaced(rig)]).toEqual([undefined, false]);
    rig.run(100);
    expect(late()).toMatchObject({ response: { status: 200 } });
    rig.sandbox.faults.add({ on: "request", verb: "delayResponse", ms: 1_000 });
    const answered = rig.request("GET", "/api/v3/account");
    expect(answered()).toBeUndefined();
    rig.run(1_000);
    expect(answered()).toMatchObject({ response: { status: 200 } });
  });

  it("that delays a request beyond its window makes the exchange refuse it", () => {
    using rig = new Rig({ market: "spot" });
    rig.sandbox.faults.add({ on: "request", verb: "delayRequest", ms: 5_100 });
    const late = place(rig);
    rig.run(5_100);
    expect(late()).toMatchObject({ response: { status: 400, body: expect.stringContaining("-1021") } });
    expect(wasPlaced(rig)).toBe(false);
  });

  it("strikes where it fits, as often as it should, after as many as it should let pass", () => {
    using rig = new Rig({ market: "spot" });
    rig.sandbox.faults.add({
      on: "request",
      verb: "dropRequest",
      match: { path: "/api/v3/openOrders", contains: "symbol=BTCUSDT" },
      skip: 1,
      times: 2,
    });
    const ask = (symbol: string): string => {
      const outcome = rig.request("GET", "/api/v3/openOrders", { symbol })();
      return outcome?.kind ?? "nothing";
    };
    expect([ask("ETHUSDT"), ask("BTCUSDT"), ask("BTCUSDT"), ask("BTCUSDT"), ask("BTCUSDT")]).toEqual([
      "response",
      "response",
      "silence",
      "silence",
      "response",
    ]);
  });

  it("with a share strikes the same requests for the same seed", () => {
    const fates = (seed: number): readonly unknown[] => {
      using rig = new Rig({ market: "spot", seed });
      rig.sandbox.faults.add({ on: "request", verb: "dropRequest", share: 0.3, times: 1_000 });
      return Array.from({ length: 40 }, () => rig.request("GET", "/api/v3/account")()?.kind);
    };
    expect(fates(1)).toEqual(fates(1));
    expect(fates(1)).not.toEqual(fates(2));
    expect(fates(1)).toContain("response");
    expect(fates(1)).toContain("silence");
  });

  it("is taken back by its id", () => {
    using rig = new Rig({ market: "spot" });
    const id = rig.sandbox.faults.add({ on: "request", verb: "dropRequest" });
    rig.sandbox.faults.remove(id);
    expect(place(rig)()).toMatchObject({ kind: "response" });
  });
});

describe("a fault of a stream", () => {
  const trades = (rig: Rig): ReturnType<Rig["connect"]> => rig.connect("/spot/ws/btcusdt@trade");

  it("closes the connections that are open and fit", () => {
    using rig = new Rig({ market: "spot" });
    const [one, other] = [trades(rig), rig.connect("/spot/ws-api/v3")];
    rig.sandbox.faults.add({ on: "stream", verb: "close", match: { path: "/ws/" } });
    expect([one.closed()?.code, other.closed()]).toEqual([1006, undefined]);
    expect(trades(rig).closed()).toBeUndefined();
  });

  it("stalls a connection: pings come, messages do not, until it is healed", () => {
    using rig = new Rig({ market: "spot" });
    const client = trades(rig);
    rig.sandbox.faults.add({ on: "stream", verb: "stall" });
    rig.run(60_000);
    expect([client.texts.length, client.pings.length, client.closed()]).toEqual([0, 3, undefined]);
    rig.sandbox.faults.remove();
    rig.run(60_000);
    expect(client.texts.length).toBeGreaterThan(0);
  });

  it("leaves a connection half open: nothing comes, and its end is not told while it lasts", () => {
    using rig = new Rig({ market: "spot" });
    const client = trades(rig);
    rig.sandbox.faults.add({ on: "stream", verb: "halfOpen", ms: 120_000 });
    rig.run(119_000);
    expect([client.texts, client.pings, client.closed()]).toEqual([[], [], undefined]);
    expect(rig.sandbox.server.operator.connectionCount).toBe(0);
    rig.run(1_000);
    expect(client.closed()).toMatchObject({ code: 1008 });
  });

  it.each<["duplicate" | "reorder" | "gap", readonly number[]]>([
    ["duplicate", [0, 0, 1, 2]],
    ["reorder", [1, 0, 2]],
    ["gap", [1, 2]],
  ])("makes a %s of one message", (verb, order) => {
    using rig = new Rig({ market: "spot" });
    const [struck, whole] = [rig.connect("/spot/ws/btcusdt@trade"), rig.connect("/spot/stream", "streams=btcusdt@trade")];
    rig.sandbox.faults.add({ on: "stream", verb, match: { path: "/ws/" } });
    while (whole.texts.length < 3) rig.run(100);
    const ids = whole.messages().map(({ data }) => data.t);
    expect(
      struck
        .messages()
        .map(({ t }) => t)
        .slice(0, order.length),
    ).toEqual(order.map((at) => ids[at]));
  });

  it("waits for the message it is for", () => {
    using rig = new Rig({ market: "linear" });
    const user = rig.connectUser();
    rig.sandbox.faults.add({ on: "stream", verb: "gap", match: { contains: '"X":"FILLED"' } });
    rig.call("POST", "/fapi/v1/order", { symbol: "BTCUSDT", side: "BUY", type: "MARKET", quantity: "0.010" });
    expect(user.messages().map(({ e, o }) => [e, o?.X])).toEqual([
      ["ORDER_TRADE_UPDATE", "NEW"],
      ["ACCOUNT_UPDATE", undefined],
    ]);
  });

  it("delays a message past the ones after it", () => {
    using rig = new Rig({ market: "linear" });
    const user = rig.connectUser();
    rig.sandbox.faults.add({ on: "stream", verb: "delay", ms: 500, match: { contains: "ORDER_TRADE_UPDATE" } });
    rig.call("POST", "/fapi/v1/order", { symbol: "BTCUSDT", side: "BUY", type: "MARKET", quantity: "0.010" });
    rig.run(500);
    expect(user.messages().map(({ e, o }) => o?.X ?? e)).toEqual(["FILLED", "ACCOUNT_UPDATE", "NEW"]);
  });

  it("loses what the client says", () => {
    using rig = new Rig({ market: "spot" });
    const client = rig.connect("/spot/ws-api/v3");
    rig.sandbox.faults.add({ on: "stream", verb: "gap", inbound: true, match: { contains: "order.place" } });
    rig.say(client, "order.place", ORDER, true);
    expect(client.texts).toEqual([]);
    expect(wasPlaced(rig)).toBe(false);
  });

  it("keeps new connections out", () => {
    using rig = new Rig({ market: "spot" });
    rig.sandbox.faults.add({ on: "stream", verb: "refuse" });
    expect(() => trades(rig)).toThrow("nothing at");
    expect(trades(rig).closed()).toBeUndefined();
  });
});

describe("what happens at the exchange", () => {
  it("fills and cancels orders by themselves", () => {
    using rig = new Rig({ market: "spot" });
    const limit = {
      symbol: "BTCUSDT",
      side: "BUY",
      type: "LIMIT",
      timeInForce: "GTC",
      quantity: "0.001",
      price: "50000",
      newClientOrderId: "a",
    };
    rig.call("POST", "/api/v3/order", limit);
    rig.sandbox.act({ act: "fill", market: "spot", order: { clientOrderId: "a" }, share: 0.3 });
    const look = (): unknown[] => {
      const { status, executedQty } = rig.call("GET", "/api/v3/order", { symbol: "BTCUSDT", origClientOrderId: "a" }).body;
      return [status, executedQty];
    };
    expect(look()).toEqual(["PARTIALLY_FILLED", "0.00030000"]);
    rig.sandbox.act({ act: "cancel", market: "spot", order: { clientOrderId: "a" }, reason: "maintenance" });
    expect(look()).toEqual(["CANCELED", "0.00030000"]);
  });

  it("brings orders of the owner's hand, takes parts of positions, and changes rules", () => {
    using rig = new Rig({ market: "linear" });
    const market = "linear";
    expect(
      rig.sandbox.act({ act: "externalOrder", market, request: { symbol: "BTCUSDT", side: "buy", type: "market", quantity: 0.01 } }),
    ).toBeUndefined();
    const held = (): string => rig.call("GET", "/fapi/v3/positionRisk").body[0]?.positionAmt;
    expect(held()).toBe("0.010");
    rig.sandbox.act({ act: "deleverage", market, symbol: "BTCUSDT", share: 0.5 });
    expect(held()).toBe("0.005");
    rig.sandbox.act({ act: "instrument", market, symbol: "BTCUSDT", change: { quantityStep: "0.01" } });
    const order = { symbol: "BTCUSDT", side: "BUY", type: "MARKET", quantity: "0.015" };
    expect(rig.call("POST", "/fapi/v1/order", order).body).toMatchObject({ code: -1111 });
    expect(rig.ask("/fapi/v1/exchangeInfo").body.symbols[0].filters[1]).toMatchObject({ filterType: "LOT_SIZE", stepSize: "0.01" });
  });

  it("says when it cannot happen", () => {
    using rig = new Rig({ market: "linear" });
    expect(rig.sandbox.act({ act: "liquidate", market: "spot", symbol: "BTCUSDT" })).toBe("there is no spot market here");
    expect(
      rig.sandbox.act({
        act: "externalOrder",
        market: "linear",
        request: { symbol: "BTCUSDT", side: "buy", type: "market", quantity: 1_000 },
      }),
    ).toMatch(/refused/);
  });
});

describe("a connection that the exchange has ended", () => {
  it("costs it nothing more, even when the client's end never says so", () => {
    using rig = new Rig({ market: "spot" });
    const { faults, server } = rig.sandbox;
    const texts: string[] = [];
    const silent = { address: "10.0.0.9", send: (text: string) => void texts.push(text), ping: () => {}, close: () => {} };
    faults.open("/spot/ws/btcusdt@trade", "", silent);
    rig.sandbox.act({ act: "restart" });
    faults.open("/spot/ws/btcusdt@trade", "", silent);
    faults.add({ on: "stream", verb: "close" });
    expect(server.operator.connectionCount).toBe(0);
    rig.run(60_000);
    expect(texts).toEqual([]);
  });
});
