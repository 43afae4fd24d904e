/* oxlint-disable typescript/no-unsafe-argument, typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-return -- answers are JSON of any shape; what they should hold is what is tested */
import { describe, expect, it } from "vitest";
import { Rig, type Anything, type Values } from "./rig.ts";

const LIMIT = { symbol: "BTCUSDT", side: "BUY", type: "LIMIT", timeInForce: "GTC", quantity: "0.001", price: "50000" };
const MARKET = { symbol: "BTCUSDT", side: "BUY", type: "MARKET", quantity: "0.001" };

/** Refused orders leave no trace, so one exchange serves them all. */
const refusing = new Rig({ market: "spot" });

describe("a spot order", () => {
  it("is told with an id beyond 2^53, digit by digit, and found and cancelled by it", () => {
    using rig = new Rig({ market: "spot" });
    const placed = rig.call("POST", "/api/v3/order", { ...LIMIT, newClientOrderId: "mine-1" });
    const orderId = /"orderId":(\d+)/.exec(placed.text)?.[1] ?? "";
    expect(BigInt(orderId)).toBeGreaterThan(2n ** 53n);
    expect(placed.body).toMatchObject({
      clientOrderId: "mine-1",
      status: "NEW",
      price: "50000.00000000",
      origQty: "0.00100000",
      fills: [],
    });
    expect(rig.call("GET", "/api/v3/order", { symbol: "BTCUSDT", orderId }).body).toMatchObject({
      clientOrderId: "mine-1",
      isWorking: true,
    });
    const cancelled = rig.call("DELETE", "/api/v3/order", { symbol: "BTCUSDT", orderId, newClientOrderId: "away" });
    expect(cancelled.body).toMatchObject({ origClientOrderId: "mine-1", clientOrderId: "away", status: "CANCELED" });
    expect(rig.call("DELETE", "/api/v3/order", { symbol: "BTCUSDT", orderId }).body).toMatchObject({
      code: -2011,
      msg: "Unknown order sent.",
    });
  });

  it("whose id is off by one digit that a double cannot tell is another order", () => {
    using rig = new Rig({ market: "spot" });
    const orderId = /"orderId":(\d+)/.exec(rig.call("POST", "/api/v3/order", LIMIT).text)?.[1] ?? "";
    const neighbour = String(BigInt(orderId) + 1n);
    expect(Number(neighbour)).toBe(Number(orderId));
    expect(rig.call("GET", "/api/v3/order", { symbol: "BTCUSDT", orderId: neighbour }).body).toMatchObject({ code: -2013 });
  });

  it("at the market is filled and told with its fills and its fee in the bought asset", () => {
    using rig = new Rig({ market: "spot" });
    const { body } = rig.call("POST", "/api/v3/order", MARKET);
    expect(body).toMatchObject({
      status: "FILLED",
      executedQty: "0.00100000",
      fills: [{ qty: "0.00100000", commission: "0.00000100", commissionAsset: "BTC" }],
    });
    const [trade] = rig.call("GET", "/api/v3/myTrades", { symbol: "BTCUSDT" }).body;
    expect(trade).toMatchObject({ qty: "0.00100000", isBuyer: true, isMaker: false });
    const { balances } = rig.call("GET", "/api/v3/account").body;
    expect(balances).toContainEqual({ asset: "BTC", free: "0.10099900", locked: "0.00000000" });
  });

  it("for a sum of the quote asset buys what it pays for, down to a step", () => {
    using rig = new Rig({ market: "spot" });
    const { symbol, side, type } = MARKET;
    const { body } = rig.call("POST", "/api/v3/order", { symbol, side, type, quoteOrderQty: "100" });
    const spent = Number(body.cummulativeQuoteQty);
    expect(spent).toBeLessThanOrEqual(100);
    expect(spent).toBeGreaterThan(99);
  });

  it.each<[string, Values, number, string]>([
    ["an unknown symbol", { symbol: "NOPE" }, -1121, "Invalid symbol."],
    ["no side", { side: "" }, -1102, "Mandatory parameter 'side' was not sent, was empty/null, or malformed."],
    ["a wrong side", { side: "buy" }, -1117, "Invalid side."],
    ["a wrong type", { type: "STOP_MARKET" }, -1116, "Invalid orderType."],
    ["a wrong time in force", { timeInForce: "GTX" }, -1115, "Invalid timeInForce."],
    ["no price", { price: "" }, -1102, "Mandatory parameter 'price' was not sent, was empty/null, or malformed."],
    ["a price off the grid", { price: "50000.001" }, -1013, "Filter failure: PRICE_FILTER"],
    ["a price far away", { price: "1000" }, -1013, "Filter failure: PERCENT_PRICE_BY_SIDE"],
    ["a quantity off the grid", { quantity: "0.000015" }, -1013, "Filter failure: LOT_SIZE"],
    ["too small a value", { quantity: "0.00002" }, -1013, "Filter failure: NOTIONAL"],
    [
      "a number in words",
      { quantity: "1e-3" },
      -1100,
      "Illegal characters found in parameter 'quantity'; legal range is '^([0-9]{1,20})(\\.[0-9]{1,20})?$'.",
    ],
    [
      "a name with a space",
      { newClientOrderId: "a b" },
      -1100,
      "Illegal characters found in parameter 'newClientOrderId'; legal range is '^[a-zA-Z0-9-_]{1,36}$'.",
    ],
    ["more than there is money for", { quantity: "1" }, -2010, "Account has insufficient balance for requested action."],
    ["a price for a market order", { type: "MARKET", timeInForce: "" }, -1106, "Parameter 'price' sent when not required."],
    ["no trigger", { type: "STOP_LOSS_LIMIT" }, -1102, "Param 'stopPrice' or 'trailingDelta' must be sent, but both were empty/null!"],
    ["a trigger that is passed", { type: "STOP_LOSS_LIMIT", stopPrice: "40000" }, -2010, "Order would trigger immediately."],
    [
      "post only across the market",
      { type: "LIMIT_MAKER", timeInForce: "", price: "70000" },
      -2010,
      "Order would immediately match and take.",
    ],
    ["a part of itself hidden", { icebergQty: "0.0005" }, -2010, "Iceberg orders are not supported for this symbol."],
  ])("with %s is refused as documented", (_name, change, code, msg) => {
    const answer = refusing.call("POST", "/api/v3/order", { ...LIMIT, ...change });
    expect([answer.status, answer.body]).toEqual([400, { code, msg }]);
  });

  it("under the name of an open one is a duplicate; once that has gone the name is free", () => {
    using rig = new Rig({ market: "spot" });
    rig.call("POST", "/api/v3/order", { ...LIMIT, newClientOrderId: "a" });
    expect(rig.call("POST", "/api/v3/order", { ...LIMIT, newClientOrderId: "a" }).body).toEqual({
      code: -2010,
      msg: "Duplicate order sent.",
    });
    rig.call("DELETE", "/api/v3/openOrders", { symbol: "BTCUSDT" });
    expect(rig.call("POST", "/api/v3/order", { ...LIMIT, newClientOrderId: "a" }).status).toBe(200);
  });

  it("while the symbol is halted is refused, and the symbol says so", () => {
    using rig = new Rig({ market: "spot" });
    rig.sandbox.act({ act: "status", market: "spot", symbol: "BTCUSDT", status: "halted" });
    expect(rig.call("POST", "/api/v3/order", LIMIT).body).toEqual({ code: -1013, msg: "Market is closed." });
    expect(rig.ask("/api/v3/exchangeInfo", { symbol: "BTCUSDT" }).body.symbols[0].status).toBe("HALT");
  });

  it("that is only tested is not placed", () => {
    using rig = new Rig({ market: "spot" });
    expect(rig.call("POST", "/api/v3/order/test", LIMIT).body).toEqual({});
    expect(rig.call("POST", "/api/v3/order/test", { ...LIMIT, price: "1.001" }).body).toMatchObject({ code: -1013 });
    expect(rig.call("GET", "/api/v3/allOrders", { symbol: "BTCUSDT" }).body).toEqual([]);
  });

  it("is made smaller in its place, never larger", () => {
    using rig = new Rig({ market: "spot" });
    rig.call("POST", "/api/v3/order", { ...LIMIT, newClientOrderId: "a" });
    const amend = (newQty: string): Anything =>
      rig.call("PUT", "/api/v3/order/amend/keepPriority", { symbol: "BTCUSDT", origClientOrderId: "a", newQty }).body;
    expect(amend("0.0005").amendedOrder).toMatchObject({ qty: "0.00050000", status: "NEW" });
    expect(amend("0.0006")).toEqual({ code: -2038, msg: "Order amend (quantity increase) is not supported." });
  });

  it("that was forgotten by the exchange does not exist", () => {
    using rig = new Rig({ market: "spot" });
    rig.call("POST", "/api/v3/order", { ...LIMIT, newClientOrderId: "a" });
    rig.call("DELETE", "/api/v3/order", { symbol: "BTCUSDT", origClientOrderId: "a" });
    rig.run(1_000);
    rig.sandbox.act({ act: "forget", market: "spot", olderThanMs: 0 });
    expect(rig.call("GET", "/api/v3/order", { symbol: "BTCUSDT", origClientOrderId: "a" }).body).toEqual({
      code: -2013,
      msg: "Order does not exist.",
    });
  });
});

describe("cancel-replace", () => {
  const REPLACE = { ...LIMIT, cancelReplaceMode: "STOP_ON_FAILURE", cancelOrigClientOrderId: "a" };

  it("cancels one order and places the other", () => {
    using rig = new Rig({ market: "spot" });
    rig.call("POST", "/api/v3/order", { ...LIMIT, newClientOrderId: "a" });
    const { status, body } = rig.call("POST", "/api/v3/order/cancelReplace", { ...REPLACE, price: "51000" });
    expect([status, body.cancelResult, body.newOrderResult]).toEqual([200, "SUCCESS", "SUCCESS"]);
    expect(body.newOrderResponse).toMatchObject({ price: "51000.00000000", status: "NEW" });
  });

  it("is 409 when the old order has gone and the new one is refused", () => {
    using rig = new Rig({ market: "spot" });
    rig.call("POST", "/api/v3/order", { ...LIMIT, newClientOrderId: "a" });
    const { status, body } = rig.call("POST", "/api/v3/order/cancelReplace", { ...REPLACE, quantity: "5" });
    expect([status, body.code, body.data.cancelResult, body.data.newOrderResult]).toEqual([409, -2021, "SUCCESS", "FAILURE"]);
    expect(body.data.newOrderResponse).toMatchObject({ code: -2010 });
    expect(rig.call("GET", "/api/v3/openOrders", { symbol: "BTCUSDT" }).body).toEqual([]);
  });

  it("attempts nothing when the old order is unknown, unless failure is allowed", () => {
    using rig = new Rig({ market: "spot" });
    const stopped = rig.call("POST", "/api/v3/order/cancelReplace", REPLACE);
    expect([stopped.status, stopped.body.code, stopped.body.data.newOrderResult]).toEqual([400, -2022, "NOT_ATTEMPTED"]);
    const allowed = rig.call("POST", "/api/v3/order/cancelReplace", { ...REPLACE, cancelReplaceMode: "ALLOW_FAILURE" });
    expect([allowed.status, allowed.body.code, allowed.body.data.newOrderResult]).toEqual([409, -2021, "SUCCESS"]);
  });
});

describe("a pair of spot orders", () => {
  const OCO = {
    symbol: "BTCUSDT",
    side: "SELL",
    quantity: "0.001",
    aboveType: "LIMIT_MAKER",
    abovePrice: "70000",
    belowType: "STOP_LOSS",
    belowStopPrice: "60000",
  };

  it("is placed, told of and ended as one", () => {
    using rig = new Rig({ market: "spot" });
    const user = rig.connectSpotUser();
    const placed = rig.call("POST", "/api/v3/orderList/oco", { ...OCO, listClientOrderId: "pair" });
    expect(placed.body).toMatchObject({
      listClientOrderId: "pair",
      listOrderStatus: "EXECUTING",
      orderReports: [{ type: "STOP_LOSS" }, { type: "LIMIT_MAKER" }],
    });
    expect(rig.call("GET", "/api/v3/openOrderList").body).toHaveLength(1);
    rig.sandbox.act({ act: "movePrice", market: "spot", symbol: "BTCUSDT", price: 59_000 });
    expect(rig.call("GET", "/api/v3/orderList", { origClientOrderId: "pair" }).body).toMatchObject({ listOrderStatus: "ALL_DONE" });
    const events = user.messages().map(({ event }) => [event.e, event.x ?? event.L, event.o ?? "", event.X ?? ""]);
    expect(events).toContainEqual(["listStatus", "EXECUTING", "", ""]);
    expect(events).toContainEqual(["executionReport", "EXPIRED", "LIMIT_MAKER", "EXPIRED"]);
    expect(events).toContainEqual(["executionReport", "TRADE", "STOP_LOSS", "FILLED"]);
    expect(events.filter(([e]) => e === "listStatus").at(-1)).toEqual(["listStatus", "ALL_DONE", "", ""]);
  });

  it("is cancelled by either name of the list", () => {
    using rig = new Rig({ market: "spot" });
    const { orderListId } = rig.call("POST", "/api/v3/orderList/oco", OCO).body;
    expect(rig.call("DELETE", "/api/v3/orderList", { symbol: "BTCUSDT", orderListId }).body).toMatchObject({ listOrderStatus: "ALL_DONE" });
    expect(rig.call("GET", "/api/v3/openOrders", { symbol: "BTCUSDT" }).body).toEqual([]);
  });

  it.each<[string, Values, number]>([
    ["on the wrong sides of the market", { abovePrice: "61000" }, -2010],
    ["of two limits", { belowType: "LIMIT_MAKER", belowPrice: "60000", belowStopPrice: "" }, -1168],
    ["with the stop above when selling", { aboveType: "STOP_LOSS", abovePrice: "", aboveStopPrice: "70000" }, -1197],
  ])("%s is refused", (_name, change, code) => {
    using rig = new Rig({ market: "spot" });
    expect(rig.call("POST", "/api/v3/orderList/oco", { ...OCO, ...change }).body).toMatchObject({ code });
  });
});

describe("the wallet", () => {
  it("tells what a key may do", () => {
    using rig = new Rig({ market: "spot", accounts: [{ apiKey: "k", secret: "s", canWithdraw: true, ipBound: false }] });
    const { body } = rig.call("GET", "/sapi/v1/account/apiRestrictions", {}, { key: "k", secret: "s" });
    expect(body).toMatchObject({ ipRestrict: false, enableWithdrawals: true, enableSpotAndMarginTrading: true });
  });
});

describe("spot market data", () => {
  it("of trades can be read on from an id without a hole", () => {
    using rig = new Rig({ market: "spot" });
    rig.run(30_000);
    const newest = rig.ask("/api/v3/trades", { symbol: "BTCUSDT", limit: 10 }).body;
    const again = rig.ask("/api/v3/historicalTrades", { symbol: "BTCUSDT", fromId: newest[0].id, limit: 10 }).body;
    expect(again).toEqual(newest);
    const aggregates = rig.ask("/api/v3/aggTrades", { symbol: "BTCUSDT", limit: 10 }).body;
    expect(aggregates.map(({ p, q, T }: Anything) => [p, q, T])).toEqual(
      newest.map(({ price, qty, time }: Anything) => [price, qty, time]),
    );
  });

  it("of bars meets the bars of a longer time", () => {
    using rig = new Rig({ market: "spot" });
    const to = Math.floor(rig.scheduler.now() / 3_600_000) * 3_600_000;
    const range = { symbol: "BTCUSDT", startTime: to - 3_600_000, endTime: to - 1 };
    const minutes = rig.ask("/api/v3/klines", { ...range, interval: "1m" }).body;
    const [hour] = rig.ask("/api/v3/klines", { ...range, interval: "1h" }).body;
    expect(minutes).toHaveLength(60);
    expect([hour[1], hour[4]]).toEqual([minutes[0][1], minutes[59][4]]);
    expect(Number(hour[2])).toBe(Math.max(...minutes.map((row: string[]) => Number(row[2]))));
    expect(rig.ask("/api/v3/klines", { symbol: "BTCUSDT", interval: "7m" }).body).toEqual({ code: -1120, msg: "Invalid interval." });
  });
});
