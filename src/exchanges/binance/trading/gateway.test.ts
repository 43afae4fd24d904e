import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { AuthenticationError, ExchangeError, NetworkError, NotSupportedError, RateLimitedError } from "../../../base/errors.ts";
import { createRandom } from "../../../base/random.ts";
import { VirtualScheduler } from "../../../base/scheduler.ts";
import type { HttpResponse } from "../../transport/http.ts";
import {
  Heard,
  INVERSE_BTC,
  LINEAR_BTC,
  MemoryHttp,
  MemorySockets,
  orderFor,
  SPOT_BTC,
  type SeenRequest,
} from "../../../../test/exchanges/binance/trading-rig.ts";
import { endpointsOf, type BinanceMarket } from "../endpoints.ts";
import { Credentials } from "./credentials.ts";
import { createBinanceGateway, type BinanceGatewayOptions } from "./gateway.ts";

const NOW = 1_764_000_000_000;
const SECRET = "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j";
const INSTRUMENTS = { spot: SPOT_BTC, linear: LINEAR_BTC, inverse: INVERSE_BTC };

type Answer = (request: SeenRequest) => Partial<HttpResponse> | Promise<Partial<HttpResponse>>;

function gatewayWith(market: BinanceMarket, answer: Answer, options: Partial<BinanceGatewayOptions> = {}) {
  const scheduler = new VirtualScheduler(NOW);
  const http = new MemoryHttp((request) => (request.path.endsWith("/time") ? ok({ serverTime: scheduler.now() }) : answer(request)));
  const sockets = new MemorySockets();
  const gateway = createBinanceGateway({
    market,
    instruments: [INSTRUMENTS[market]],
    credentials: new Credentials("the-key", SECRET),
    endpoints: endpointsOf({ market }),
    http,
    sockets,
    scheduler,
    random: createRandom(1),
    ...options,
  });
  const heard = new Heard();
  return { gateway, http, sockets, scheduler, heard };
}

function ok(body: unknown): Partial<HttpResponse> {
  return { body: typeof body === "string" ? body : JSON.stringify(body) };
}

function no(code: number, msg: string, status = 400): Partial<HttpResponse> {
  return { status, body: JSON.stringify({ code, msg }) };
}

const limit = orderFor(LINEAR_BTC, { type: "limit", price: 64_000, quantity: 0.5 });

describe("an order", () => {
  it("is sent once, dated, signed, for three seconds, and acknowledged with its id to the last digit", async () => {
    const { gateway, http } = gatewayWith("linear", () => ok('{"orderId":8389765489680951453,"clientOrderId":"me-1"}'));
    expect(await gateway.submit(limit)).toEqual({ kind: "acknowledged", orderId: "8389765489680951453" });
    expect(http.seen).toHaveLength(1);
    expect(http.seen[0]?.parameters).toMatchObject({ timestamp: String(NOW), recvWindow: "3000", price: "64000", quantity: "0.5" });
    expect(http.seen[0]?.raw.headers).toEqual({ "X-MBX-APIKEY": "the-key" });
  });

  it.each([
    ["no answer", () => Promise.reject(new NetworkError("timed out"))],
    ["a page of somebody else", () => ok("<html></html>")],
    ["503", () => ({ status: 503, body: "" })],
  ])("of which nothing is known after %s is not sent again", async (_, answer) => {
    const { gateway, http } = gatewayWith("linear", answer);
    expect(await gateway.submit(limit)).toMatchObject({ kind: "unknown" });
    expect(http.seen).toHaveLength(1);
  });

  it.each([
    [{ symbol: "ETHUSDT" }, /not among the symbols/],
    [{ type: "trailingStop", trailingPct: 20 }, /0.1 to 10 percent/],
    [{ type: "limit", price: 1, timeInForce: "GTD" }, /needs the date/],
    [{ type: "limit", price: 1, timeInForce: "IOC", postOnly: true }, /post-only/],
  ] as const)("that Binance cannot take is refused unsent: %o", async (changes, reason) => {
    const { gateway, http } = gatewayWith("linear", () => ok({}));
    const outcome = await gateway.submit(orderFor(LINEAR_BTC, changes));
    expect(outcome).toMatchObject({ kind: "rejected", rejectClass: "other", code: "ME_NOT_SUPPORTED" });
    expect(outcome.kind === "rejected" ? outcome.reason : "").toMatch(reason);
    expect(http.seen).toHaveLength(0);
  });

  it("that waits for a trigger goes to the algo service and is changed nowhere", async () => {
    const { gateway, http } = gatewayWith("inverse", () => ok({ algoId: 9, clientAlgoId: "me-1" }));
    const stop = orderFor(INVERSE_BTC, { type: "stop", triggerPrice: 60_000 });
    expect(await gateway.submit(stop)).toEqual({ kind: "acknowledged", orderId: "9" });
    expect(http.seen[0]).toMatchObject({ method: "POST", path: "/dapi/v1/algoOrder" });
    const reference = { clientOrderId: "me-1", orderId: "9", symbol: stop.symbol, type: stop.type };
    expect(await gateway.amend(reference, { triggerPrice: 1 }, stop)).toMatchObject({ kind: "rejected" });
    expect(http.seen).toHaveLength(1);
  });

  it("pair of spot goes as one, and each leg is told by its own name", async () => {
    const answer = {
      orderListId: 1,
      contingencyType: "OCO",
      orderReports: [reportOf("sl", 10, "STOP_LOSS"), reportOf("tp", 11, "LIMIT_MAKER")],
    };
    const { gateway, http } = gatewayWith("spot", () => ok(answer));
    const leg = { side: "sell", quantity: 0.5, reduceOnly: true, ocoGroup: "g" } as const;
    const target = orderFor(SPOT_BTC, { ...leg, type: "limit", price: 70_000, clientOrderId: "tp" });
    const stop = orderFor(SPOT_BTC, { ...leg, type: "stop", triggerPrice: 60_000, clientOrderId: "sl" });
    expect(await gateway.submitGroup([target, stop])).toMatchObject([
      { kind: "acknowledged", orderId: "11", order: { type: "limit" } },
      { kind: "acknowledged", orderId: "10", order: { type: "stop" } },
    ]);
    expect(http.seen[0]).toMatchObject({
      path: "/api/v3/orderList/oco",
      parameters: {
        quantity: "0.5",
        aboveType: "LIMIT_MAKER",
        abovePrice: "70000",
        aboveClientOrderId: "tp",
        belowType: "STOP_LOSS",
        belowStopPrice: "60000",
        belowClientOrderId: "sl",
      },
    });
    expect(await gateway.submitGroup([target, { ...stop, quantity: 1 }])).toMatchObject([{ kind: "rejected" }, { kind: "rejected" }]);
    expect(http.seen).toHaveLength(1);
  });
});

function reportOf(clientOrderId: string, orderId: number, type: string) {
  const common = { symbol: "BTCUSDT", side: "SELL", status: "NEW", timeInForce: "GTC", origQty: "0.5", executedQty: "0" };
  return { ...common, clientOrderId, orderId, type, transactTime: NOW };
}

describe("limits", () => {
  it("hold back what Binance asks to hold back, and tell an order that it was not sent", async () => {
    let isLimited = true;
    const limited = { ...no(-1003, "Too much request weight used", 429), headers: { "retry-after": "30" } };
    const { gateway, http, scheduler } = gatewayWith("linear", () => (isLimited ? limited : ok({ orderId: 1 })));
    expect(await gateway.submit(limit)).toMatchObject({ kind: "rejected", rejectClass: "rate" });
    expect(await gateway.submit(limit)).toMatchObject({ kind: "rejected", rejectClass: "rate", code: "ME_RATE_LIMITED" });
    await expect(gateway.balances()).rejects.toBeInstanceOf(RateLimitedError);
    expect(http.seen).toHaveLength(1);
    isLimited = false;
    scheduler.advanceTo(NOW + 31_000);
    expect(await gateway.submit(limit)).toMatchObject({ kind: "acknowledged" });
  });

  it("of orders let cancels and questions go on", async () => {
    const full = { ...no(-1015, "Too many new orders", 429), headers: { "retry-after": "10" } };
    const { gateway } = gatewayWith("linear", ({ method }) => (method === "POST" ? full : ok({ orderId: 1 })));
    const reference = { clientOrderId: "a", orderId: "1", symbol: "BTCUSDT", type: "limit" } as const;
    await gateway.submit(limit);
    expect(await gateway.submit(limit)).toMatchObject({ rejectClass: "rate", code: "ME_RATE_LIMITED" });
    expect(await gateway.cancel(reference)).toMatchObject({ kind: "acknowledged" });
  });

  it("keep a reserve for cancels when another program has used the weight up", async () => {
    const answer: Answer = () => ({ ...ok({ orderId: 1 }), headers: { "x-mbx-used-weight-1m": "2300" } });
    const { gateway } = gatewayWith("linear", answer);
    const reference = { clientOrderId: "a", orderId: "1", symbol: "BTCUSDT", type: "limit" } as const;
    await gateway.submit(limit);
    expect(await gateway.submit(limit)).toMatchObject({ kind: "rejected", rejectClass: "rate" });
    expect(await gateway.cancel(reference)).toMatchObject({ kind: "acknowledged" });
  });

  it("of time: a refused date makes the clock be asked", async () => {
    const { gateway, http } = gatewayWith("spot", () => no(-1021, "Timestamp for this request is outside of the recvWindow."));
    expect(await gateway.submit(orderFor(SPOT_BTC, {}))).toMatchObject({ kind: "rejected", rejectClass: "timestamp" });
    await new Promise<void>((resolve) => queueMicrotask(resolve));
    expect(http.to("/api/v3/time").length).toBeGreaterThan(0);
  });
});

describe("a question about an order", () => {
  const reference = { clientOrderId: "me-1", orderId: "", symbol: "BTCUSDT", type: "limit" } as const;

  it("is found, not known, or not answered, and never fails", async () => {
    const order = { ...reportOf("me-1", 5, "LIMIT"), price: "1" };
    expect(await gatewayWith("spot", () => ok(order)).gateway.findOrder(reference)).toMatchObject({
      kind: "found",
      order: { orderId: "5" },
    });
    for (const code of [-2013, -2026]) {
      expect(await gatewayWith("spot", () => no(code, "?")).gateway.findOrder(reference)).toMatchObject({ kind: "absent" });
    }
    for (const answer of [no(-1000, "?"), { status: 503, body: "" }, ok("<html>"), no(-2015, "?", 401), ok("[]")]) {
      expect(await gatewayWith("spot", () => answer).gateway.findOrder(reference)).toMatchObject({ kind: "failed" });
    }
    const broken = gatewayWith("spot", () => Promise.reject(new NetworkError("no route")));
    expect(await broken.gateway.findOrder(reference)).toMatchObject({ kind: "failed" });
  });

  it("of a triggered one is answered by the regular order, under our name and type", async () => {
    const algo = {
      algoId: 2146760,
      clientAlgoId: "me-1",
      orderType: "STOP_MARKET",
      symbol: "BTCUSDT",
      side: "SELL",
      quantity: "0.5",
      algoStatus: "FINISHED",
      actualOrderId: "88937381063",
      triggerPrice: "60000",
    };
    const regular = {
      orderId: "88937381063",
      clientOrderId: "somebody-else",
      symbol: "BTCUSDT",
      side: "SELL",
      type: "MARKET",
      status: "FILLED",
      origQty: "0.5",
      executedQty: "0.5",
      avgPrice: "59990",
    };
    const { gateway, http } = gatewayWith("linear", ({ path }) => ok(path.endsWith("algoOrder") ? algo : regular));
    const stop = { ...reference, type: "stop" } as const;
    const found = { clientOrderId: "me-1", type: "stop", status: "filled", averagePrice: 59_990, triggerPrice: 60_000 };
    expect(await gateway.findOrder(stop)).toMatchObject({ kind: "found", order: found });
    expect(http.seen.map(({ path }) => path)).toEqual(["/fapi/v1/algoOrder", "/fapi/v1/order"]);
    await gateway.cancel(stop);
    expect(http.seen[2]).toMatchObject({ method: "DELETE", path: "/fapi/v1/order", parameters: { orderId: "88937381063" } });
  });

  it("of a triggered one whose regular order is not known yet proves nothing", async () => {
    const algo = {
      algoId: 1,
      clientAlgoId: "me-1",
      orderType: "STOP",
      symbol: "BTCUSDT",
      side: "SELL",
      algoStatus: "TRIGGERED",
      actualOrderId: "7",
    };
    const { gateway } = gatewayWith("linear", ({ path }) => (path.endsWith("algoOrder") ? ok(algo) : no(-2013, "Order does not exist.")));
    expect(await gateway.findOrder({ ...reference, type: "stopLimit" })).toMatchObject({ kind: "failed" });
  });

  it("list of open orders holds both books of futures, each order once", async () => {
    const resting = { ...reportOf("a", 1, "LIMIT"), price: "1" };
    const child = { ...reportOf("b", 2, "LIMIT"), price: "1", origType: "STOP" };
    const waiting = (clientAlgoId: string) => ({
      algoId: 3,
      clientAlgoId,
      orderType: "STOP",
      symbol: "BTCUSDT",
      side: "SELL",
      algoStatus: "NEW",
    });
    const answer: Answer = ({ path }) => ok(path.endsWith("openAlgoOrders") ? [waiting("b"), waiting("c")] : [resting, child]);
    const { gateway } = gatewayWith("linear", answer);
    const orders = await gateway.openOrders("BTCUSDT");
    expect(orders.map(({ clientOrderId }) => clientOrderId).toSorted()).toEqual(["a", "b", "c"]);
  });
});

describe("the account", () => {
  const rights = { ipRestrict: true, enableWithdrawals: true, enableSpotAndMarginTrading: true, enableFutures: true };

  it("of spot says what the key may do and how it is called", async () => {
    const answer: Answer = ({ path }) => ok(path.startsWith("/sapi") ? rights : { canTrade: true, uid: 354937868, balances: [] });
    const { gateway, http } = gatewayWith("spot", answer, { subaccount: "grid" });
    expect(await gateway.accountRules()).toEqual({
      label: "Binance spot, account 354937868, subaccount grid",
      canTrade: true,
      canWithdraw: true,
      isAddressBound: true,
    });
    expect(http.seen[0]?.path).toBe("/api/v3/time");
  });

  it.each([
    ["linear", { canTrade: true, dualSidePosition: true }, "hedge"],
    ["inverse", { canTrade: true, dualSidePosition: false }, "oneWay"],
  ] as const)("of %s futures says its position mode", async (market, state, positionMode) => {
    const { gateway } = gatewayWith(market, ({ path }) => ok(path.startsWith("/sapi") ? { ...rights, enableFutures: false } : state));
    expect(await gateway.accountRules()).toMatchObject({ canTrade: false, canWithdraw: true, positionMode });
  });

  it("on the test network has no rights to ask for", async () => {
    const endpoints = endpointsOf({ market: "linear", testnet: true });
    const { gateway, http } = gatewayWith("linear", () => ok({ canTrade: true, dualSidePosition: false }), { endpoints });
    expect(await gateway.accountRules()).toMatchObject({
      label: "Binance USDⓈ-M futures (no real money)",
      canWithdraw: false,
      canTrade: true,
    });
    expect(http.seen.some(({ path }) => path.startsWith("/sapi"))).toBe(false);
  });

  it("takes a setting that is set already for set", async () => {
    const { gateway, http } = gatewayWith("linear", ({ path }) => no(path.endsWith("marginType") ? -4046 : -4059, "No need to change"));
    await gateway.setMarginMode("BTCUSDT", "cross");
    await gateway.setPositionMode("oneWay");
    expect(http.seen.map(({ parameters }) => parameters["marginType"] ?? parameters["dualSidePosition"])).toEqual(["CROSSED", "false"]);
    await expect(gatewayWith("linear", () => no(-4028, "Leverage 500 is not valid")).gateway.setLeverage("BTCUSDT", 500)).rejects.toThrow(
      /-4028.*Leverage 500 is not valid/,
    );
    await expect(gatewayWith("spot", () => ok({})).gateway.setLeverage("BTCUSDT", 5)).rejects.toBeInstanceOf(NotSupportedError);
  });

  it("tells balances, positions and what a symbol is set to", async () => {
    const answers: Readonly<Record<string, unknown>> = {
      "/fapi/v3/balance": [{ asset: "USDT", balance: "122607.35137903", availableBalance: "23.72469206" }],
      "/fapi/v3/positionRisk": [{ symbol: "BTCUSDT", positionSide: "SHORT", positionAmt: "-1.5", entryPrice: "64000.5" }],
      "/fapi/v1/symbolConfig": [{ symbol: "BTCUSDT", marginType: "ISOLATED", leverage: 21 }],
    };
    const { gateway } = gatewayWith("linear", ({ path }) => ok(answers[path]));
    expect(await gateway.balances()).toEqual([{ asset: "USDT", total: 122607.35137903, free: 23.72469206 }]);
    expect(await gateway.positions(["BTCUSDT"])).toEqual([{ symbol: "BTCUSDT", side: "short", quantity: -1.5, entryPrice: 64_000.5 }]);
    expect(await gateway.symbolRules("BTCUSDT")).toEqual({ leverage: 21, marginMode: "isolated" });
  });

  it("that refuses the key, or a question, says so without the key", async () => {
    const refused = gatewayWith("spot", () => no(-2015, "Invalid API-key, IP, or permissions for action.", 401));
    const error: unknown = await refused.gateway.balances().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(inspect(error, { depth: 9 })).not.toMatch(/the-key|signature/);
    await expect(gatewayWith("spot", () => no(-1121, "Invalid symbol.")).gateway.openOrders("X")).rejects.toBeInstanceOf(ExchangeError);
  });

  it("lets go of everything that waits when it is closed", async () => {
    const { gateway } = gatewayWith("linear", () => ({ ...no(-1003, "?", 429), headers: { "retry-after": "5" } }));
    await gateway.submit(limit);
    const waiting = gateway.balances().catch((reason: unknown) => reason);
    await gateway[Symbol.asyncDispose]();
    expect(await waiting).toBeInstanceOf(RateLimitedError);
  });
});
