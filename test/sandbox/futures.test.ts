/* oxlint-disable typescript/no-unsafe-argument, typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-return -- answers are JSON of any shape; what they should hold is what is tested */
import { describe, expect, it } from "vitest";
import { Rig, type Values } from "./rig.ts";

const LIMIT = { symbol: "BTCUSDT", side: "BUY", type: "LIMIT", timeInForce: "GTC", quantity: "0.010", price: "62000" };
const MARKET = { symbol: "BTCUSDT", side: "BUY", type: "MARKET", quantity: "0.010", newOrderRespType: "RESULT" };
const STOP = {
  algoType: "CONDITIONAL",
  symbol: "BTCUSDT",
  side: "SELL",
  type: "STOP_MARKET",
  quantity: "0.010",
  triggerPrice: "60000",
  clientAlgoId: "stop",
};

/** Refused orders leave no trace, so one exchange serves them all. */
const refusing = new Rig({ market: "linear" });

describe("a futures order", () => {
  it("is acknowledged as new even when it is filled at once, and asked for tells the fill", () => {
    using rig = new Rig({ market: "linear" });
    const { newOrderRespType: _, ...market } = MARKET;
    expect(rig.call("POST", "/fapi/v1/order", { ...market, newClientOrderId: "a" }).body).toMatchObject({
      status: "NEW",
      executedQty: "0.000",
      avgPrice: "0.00",
    });
    expect(rig.call("GET", "/fapi/v1/order", { symbol: "BTCUSDT", origClientOrderId: "a" }).body).toMatchObject({
      status: "FILLED",
      executedQty: "0.010",
    });
  });

  it("is changed in price and quantity, and told so on the stream", () => {
    using rig = new Rig({ market: "linear" });
    const user = rig.connectUser();
    rig.call("POST", "/fapi/v1/order", { ...LIMIT, newClientOrderId: "a" });
    const change = { symbol: "BTCUSDT", side: "BUY", origClientOrderId: "a", quantity: "0.020", price: "61000" };
    expect(rig.call("PUT", "/fapi/v1/order", change).body).toMatchObject({ origQty: "0.020", price: "61000.0", clientOrderId: "a" });
    expect(rig.call("PUT", "/fapi/v1/order", change).body).toEqual({ code: -5027, msg: "No need to modify the order." });
    expect(user.messages().map(({ o }) => [o?.x, o?.q, o?.p])).toEqual([
      ["NEW", "0.010", "62000.0"],
      ["AMENDMENT", "0.020", "61000.0"],
    ]);
  });

  it.each<[string, Values, number, string]>([
    [
      "a stop, at the old place",
      { type: "STOP_MARKET" },
      -4120,
      "Order type not supported for this endpoint. Please use the Algo Order API endpoints instead.",
    ],
    ["too many digits in the price", { price: "62000.001" }, -1111, "Precision is over the maximum defined for this asset."],
    ["too many digits in the quantity", { quantity: "0.0101" }, -1111, "Precision is over the maximum defined for this asset."],
    ["no quantity at all", { quantity: "0" }, -4003, "Quantity less than or equal to zero."],
    ["too large a quantity", { quantity: "1001" }, -4005, "Quantity greater than max quantity."],
    ["too small a value", { quantity: "0.001" }, -4164, "Order's notional must be no smaller than 100 (unless you choose reduce only)."],
    ["more than the margin pays for", { quantity: "10" }, -2019, "Margin is insufficient."],
    ["nothing to reduce", { reduceOnly: true, side: "SELL" }, -2022, "ReduceOnly Order is rejected."],
    ["a side of a hedge", { positionSide: "LONG" }, -4061, "Order's position side does not match user's setting."],
    [
      "good till crossing, across",
      { timeInForce: "GTX", price: "65000" },
      -5022,
      "Due to the order could not be executed as maker, the Post Only order will be rejected. The order will not be recorded in the order history",
    ],
    [
      "good till a date, without one",
      { timeInForce: "GTD" },
      -1102,
      "Mandatory parameter 'goodTillDate' was not sent, was empty/null, or malformed.",
    ],
  ])("with %s is refused as documented", (_name, change, code, msg) => {
    const answer = refusing.call("POST", "/fapi/v1/order", { ...LIMIT, ...change });
    expect([answer.status, answer.body]).toEqual([400, { code, msg }]);
  });

  it("under the name of an open one is a duplicate", () => {
    using rig = new Rig({ market: "linear" });
    rig.call("POST", "/fapi/v1/order", { ...LIMIT, newClientOrderId: "a" });
    expect(rig.call("POST", "/fapi/v1/order", { ...LIMIT, newClientOrderId: "a" }).body).toEqual({
      code: -4116,
      msg: "ClientOrderId is duplicated.",
    });
  });

  it("is one of up to five in one request, each with its own answer", () => {
    using rig = new Rig({ market: "linear" });
    const list = JSON.stringify([LIMIT, { ...LIMIT, quantity: "10" }]);
    const { body, headers } = rig.call("POST", "/fapi/v1/batchOrders", { batchOrders: list });
    expect(body).toMatchObject([{ status: "NEW" }, { code: -2019 }]);
    expect(headers["x-mbx-order-count-10s"]).toBe("2");
  });

  it("is cancelled by the dead man's switch unless it is wound up again", () => {
    using rig = new Rig({ market: "linear" });
    rig.call("POST", "/fapi/v1/order", LIMIT);
    expect(rig.call("POST", "/fapi/v1/countdownCancelAll", { symbol: "BTCUSDT", countdownTime: 10_000 }).body).toEqual({
      symbol: "BTCUSDT",
      countdownTime: "10000",
    });
    rig.run(9_000);
    rig.call("POST", "/fapi/v1/countdownCancelAll", { symbol: "BTCUSDT", countdownTime: 10_000 });
    rig.run(9_000);
    expect(rig.call("GET", "/fapi/v1/openOrders").body).toHaveLength(1);
    rig.run(2_000);
    expect(rig.call("GET", "/fapi/v1/openOrders").body).toEqual([]);
  });
});

describe("a conditional order", () => {
  it("lives in the algo service, out of reach of the ordinary endpoints", () => {
    using rig = new Rig({ market: "linear" });
    expect(rig.call("POST", "/fapi/v1/algoOrder", STOP).body).toMatchObject({
      algoStatus: "NEW",
      orderType: "STOP_MARKET",
      clientAlgoId: "stop",
      actualOrderId: "",
    });
    expect(rig.call("GET", "/fapi/v1/openOrders").body).toEqual([]);
    expect(rig.call("GET", "/fapi/v1/order", { symbol: "BTCUSDT", origClientOrderId: "stop" }).body).toMatchObject({ code: -2013 });
    expect(rig.call("DELETE", "/fapi/v1/allOpenOrders", { symbol: "BTCUSDT" }).body).toMatchObject({ code: 200 });
    expect(rig.call("GET", "/fapi/v1/openAlgoOrders").body).toHaveLength(1);
    expect(rig.call("DELETE", "/fapi/v1/algoOrder", { clientAlgoId: "stop" }).body).toMatchObject({ code: "200", msg: "success" });
    expect(rig.call("GET", "/fapi/v1/algoOrder", { clientAlgoId: "stop" }).body).toMatchObject({ algoStatus: "CANCELED" });
    expect(rig.call("DELETE", "/fapi/v1/algoOrder", { clientAlgoId: "stop" }).body).toMatchObject({ code: -2011 });
  });

  it("becomes an ordinary order under another id when it triggers, and the stream tells both lives", () => {
    using rig = new Rig({ market: "linear" });
    rig.call("POST", "/fapi/v1/order", MARKET);
    const user = rig.connectUser();
    rig.call("POST", "/fapi/v1/algoOrder", STOP);
    rig.sandbox.act({ act: "movePrice", market: "linear", symbol: "BTCUSDT", price: 59_000 });
    const algo = rig.call("GET", "/fapi/v1/algoOrder", { clientAlgoId: "stop" }).body;
    expect(algo).toMatchObject({ algoStatus: "FINISHED", actualQty: "0.010", actualType: "MARKET" });
    expect(rig.call("GET", "/fapi/v1/order", { symbol: "BTCUSDT", orderId: algo.actualOrderId }).body).toMatchObject({
      status: "FILLED",
      origType: "STOP_MARKET",
      type: "MARKET",
    });
    expect(String(algo.algoId)).not.toBe(algo.actualOrderId);
    const told = user
      .messages()
      .map((message) => (message.e === "ACCOUNT_UPDATE" ? ["ACCOUNT_UPDATE", message.a.m] : [message.e, message.o.X]));
    expect(told).toEqual([
      ["ALGO_UPDATE", "NEW"],
      ["ALGO_UPDATE", "TRIGGERED"],
      ["ORDER_TRADE_UPDATE", "NEW"],
      ["ORDER_TRADE_UPDATE", "FILLED"],
      ["ALGO_UPDATE", "FINISHED"],
      ["ACCOUNT_UPDATE", "ORDER"],
    ]);
  });

  it("that would trigger at once is refused", () => {
    using rig = new Rig({ market: "linear" });
    expect(rig.call("POST", "/fapi/v1/algoOrder", { ...STOP, triggerPrice: "70000" }).body).toEqual({
      code: -2021,
      msg: "Order would immediately trigger.",
    });
  });

  it("closes the whole position when it is told so, and needs one", () => {
    using rig = new Rig({ market: "linear" });
    const { quantity: _, ...rest } = STOP;
    const close = { ...rest, closePosition: true };
    expect(rig.call("POST", "/fapi/v1/algoOrder", close).body).toMatchObject({ code: -4509 });
    rig.call("POST", "/fapi/v1/order", MARKET);
    expect(rig.call("POST", "/fapi/v1/algoOrder", close).body).toMatchObject({ closePosition: true, quantity: "0.010", reduceOnly: true });
  });

  it("trails the price at a rate between 0.1 and 10 percent", () => {
    using rig = new Rig({ market: "linear" });
    const trailing = { algoType: "CONDITIONAL", symbol: "BTCUSDT", side: "SELL", type: "TRAILING_STOP_MARKET", quantity: "0.010" };
    expect(rig.call("POST", "/fapi/v1/algoOrder", { ...trailing, callbackRate: "1" }).body).toMatchObject({
      orderType: "TRAILING_STOP_MARKET",
      callbackRate: "1",
    });
    expect(rig.call("POST", "/fapi/v1/algoOrder", { ...trailing, callbackRate: "11" }).body).toMatchObject({ code: -2007 });
  });
});

describe("a futures account", () => {
  it("tells profit and fee of a closed position, and the wallet follows", () => {
    using rig = new Rig({ market: "linear" });
    rig.call("POST", "/fapi/v1/order", MARKET);
    rig.sandbox.act({ act: "movePrice", market: "linear", symbol: "BTCUSDT", price: 66_000 });
    rig.call("POST", "/fapi/v1/order", { ...MARKET, side: "SELL", reduceOnly: true });
    const [opened, closed] = rig.call("GET", "/fapi/v1/userTrades", { symbol: "BTCUSDT" }).body;
    const profit = (Number(closed.price) - Number(opened.price)) * 0.01;
    expect(Number(closed.realizedPnl)).toBeCloseTo(profit, 8);
    const sum = rig
      .call("GET", "/fapi/v1/income")
      .body.reduce((total: number, { income }: { income: string }) => total + Number(income), 0);
    expect(Number(rig.call("GET", "/fapi/v3/account").body.totalWalletBalance)).toBeCloseTo(10_000 + sum, 6);
  });

  it("tells its positions with side, entry and unrealised profit", () => {
    using rig = new Rig({ market: "linear" });
    rig.call("POST", "/fapi/v1/order", { ...MARKET, side: "SELL" });
    const [position, ...others] = rig.call("GET", "/fapi/v3/positionRisk").body;
    expect(others).toEqual([]);
    const { positionAmt, entryPrice, markPrice, unRealizedProfit, positionSide } = position;
    expect([positionAmt, positionSide]).toEqual(["-0.010", "BOTH"]);
    expect(Number(unRealizedProfit)).toBeCloseTo((Number(entryPrice) - Number(markPrice)) * 0.01, 6);
    expect(rig.call("GET", "/fapi/v2/positionRisk", { symbol: "ETHUSDT" }).body).toMatchObject([{ positionAmt: "0.000" }]);
  });

  it("is liquidated by the exchange under a name of its own", () => {
    using rig = new Rig({ market: "linear" });
    rig.call("POST", "/fapi/v1/order", MARKET);
    const user = rig.connectUser();
    rig.sandbox.act({ act: "liquidate", market: "linear", symbol: "BTCUSDT" });
    const order = user.messages().find(({ e }) => e === "ORDER_TRADE_UPDATE")?.o;
    expect([order.x, order.S, order.z]).toEqual(["CALCULATED", "SELL", "0.010"]);
    expect(order.c).toMatch(/^autoclose-/);
    expect(rig.call("GET", "/fapi/v3/positionRisk").body).toEqual([]);
  });

  it("receives and pays funding, on the stream and in the income", () => {
    using rig = new Rig({ market: "linear" });
    rig.call("POST", "/fapi/v1/order", MARKET);
    const user = rig.connectUser();
    rig.sandbox.act({ act: "fund", market: "linear", symbol: "BTCUSDT", rate: 0.0001 });
    const [row] = rig.call("GET", "/fapi/v1/income", { incomeType: "FUNDING_FEE" }).body;
    expect(Number(row.income)).toBeLessThan(0);
    expect(user.messages().map(({ e, a }) => [e, a?.m])).toContainEqual(["ACCOUNT_UPDATE", "FUNDING_FEE"]);
  });

  it("changes leverage, margin and position mode, and says when there is nothing to change", () => {
    using rig = new Rig({ market: "linear" });
    const user = rig.connectUser();
    expect(rig.call("POST", "/fapi/v1/leverage", { symbol: "BTCUSDT", leverage: 10 }).body).toMatchObject({
      leverage: 10,
      symbol: "BTCUSDT",
    });
    expect(user.messages()).toMatchObject([{ e: "ACCOUNT_CONFIG_UPDATE", ac: { s: "BTCUSDT", l: 10 } }]);
    expect(rig.call("POST", "/fapi/v1/leverage", { symbol: "BTCUSDT", leverage: 200 }).body).toEqual({
      code: -4028,
      msg: "Leverage 200 is not valid",
    });
    expect(rig.call("POST", "/fapi/v1/marginType", { symbol: "BTCUSDT", marginType: "ISOLATED" }).body).toEqual({
      code: 200,
      msg: "success",
    });
    expect(rig.call("POST", "/fapi/v1/marginType", { symbol: "BTCUSDT", marginType: "ISOLATED" }).body).toMatchObject({ code: -4046 });
    expect(rig.call("POST", "/fapi/v1/positionSide/dual", { dualSidePosition: "true" }).body).toEqual({ code: 200, msg: "success" });
    expect(rig.call("GET", "/fapi/v1/positionSide/dual").body).toEqual({ dualSidePosition: true });
    expect(rig.call("POST", "/fapi/v1/positionSide/dual", { dualSidePosition: "true" }).body).toMatchObject({ code: -4059 });
  });

  it("keeps its position mode while orders are open or a position is held", () => {
    using rig = new Rig({ market: "linear" });
    rig.call("POST", "/fapi/v1/order", LIMIT);
    expect(rig.call("POST", "/fapi/v1/positionSide/dual", { dualSidePosition: "true" }).body).toMatchObject({ code: -4067 });
    rig.call("DELETE", "/fapi/v1/allOpenOrders", { symbol: "BTCUSDT" });
    rig.call("POST", "/fapi/v1/order", MARKET);
    expect(rig.call("POST", "/fapi/v1/positionSide/dual", { dualSidePosition: "true" }).body).toMatchObject({ code: -4068 });
  });

  it("holds a long and a short position when hedged", () => {
    using rig = new Rig({ market: "linear", venue: { positionMode: "hedge" } });
    rig.call("POST", "/fapi/v1/order", { ...MARKET, positionSide: "LONG" });
    rig.call("POST", "/fapi/v1/order", { ...MARKET, side: "SELL", positionSide: "SHORT" });
    const rows = rig.call("GET", "/fapi/v2/positionRisk", { symbol: "BTCUSDT" }).body;
    expect(rows.map(({ positionSide, positionAmt }: Values) => [positionSide, positionAmt])).toEqual([
      ["LONG", "0.010"],
      ["SHORT", "-0.010"],
    ]);
    expect(rig.call("POST", "/fapi/v1/order", MARKET).body).toMatchObject({ code: -4061 });
    expect(rig.call("POST", "/fapi/v1/order", { ...MARKET, positionSide: "LONG", reduceOnly: true }).body).toMatchObject({ code: -1106 });
  });
});

describe("coin-margined contracts", () => {
  it("earn in coin what the inverse of the price says", () => {
    using rig = new Rig({ market: "inverse" });
    const order = { symbol: "BTCUSD_PERP", side: "BUY", type: "MARKET", quantity: "10", newOrderRespType: "RESULT" };
    expect(rig.call("POST", "/dapi/v1/order", order).body).toMatchObject({ pair: "BTCUSD", status: "FILLED", executedQty: "10" });
    rig.sandbox.act({ act: "movePrice", market: "inverse", symbol: "BTCUSD_PERP", price: 66_000 });
    rig.call("POST", "/dapi/v1/order", { ...order, side: "SELL", reduceOnly: true });
    const [opened, closed] = rig.call("GET", "/dapi/v1/userTrades", { symbol: "BTCUSD_PERP" }).body;
    // 10 contracts of 100 USD: 1000 × (1 / entry − 1 / exit).
    expect(Number(closed.realizedPnl)).toBeCloseTo(1_000 * (1 / Number(opened.price) - 1 / Number(closed.price)), 8);
    expect(closed.marginAsset).toBe("BTC");
  });
});
