import { describe, expect, it } from "vitest";
import { DataError } from "../../../../base/errors.ts";
import { parseJson } from "../../../transport/lossless-json.ts";
import { decodeUserEvent } from "./decode.ts";

/** Messages as Binance publishes or as clients have recorded them; the source stands beside each. */
const SPOT_TRADE = `{"subscriptionId":0,"event":{"e":"executionReport","E":1499405658658,"s":"ETHBTC","c":"mUvoqJxFIILMdfAW5iGSOW","S":"BUY",
 "o":"LIMIT","f":"GTC","q":"1.00000000","p":"0.10264410","P":"0.00000000","F":"0.00000000","g":-1,"C":"","x":"TRADE","X":"PARTIALLY_FILLED",
 "r":"NONE","i":8389765489680951453,"l":"0.50000000","z":"0.50000000","L":"0.10264410","n":"0.00040000","N":"ETH","T":1499405658657,
 "t":77,"I":8641984,"w":true,"m":true,"O":1499405658657,"Z":"0.05132205","Y":"0.05132205","Q":"0.00000000","V":"NONE"}}`;

/** nautechsystems/nautilus_trader issue 3287, recorded on 11 December 2025. */
const ALGO_TRIGGERED = `{"stream":"QuwZkuPX0yPW7hN7l2UXUkq25xM0e5clh7Byeea1c6XzX5EoYvgok48HJ2FCbDur","data":{"e":"ALGO_UPDATE","T":1765431097030,
 "E":1765431097037,"o":{"caid":"O-20251211-053131-ZYWR-000-9","aid":1000000033225453,"at":"CONDITIONAL","o":"STOP_MARKET","s":"DOGEUSDT",
 "S":"BUY","ps":"BOTH","f":"GTC","q":"38","X":"TRIGGERED","ai":"88937381063","ap":"0","aq":"0","act":"MARKET","tp":"0.13855","p":"0",
 "V":"EXPIRE_MAKER","wt":"CONTRACT_PRICE","pm":"NONE","cp":false,"pP":false,"R":false,"tt":1765431097019,"gtd":0}}}`;

/** developers.binance.com, "Event: Balance and Position Update", shortened. */
function accountUpdate(reason: string): string {
  return `{"e":"ACCOUNT_UPDATE","E":1564745798939,"T":1564745798938,"a":{"m":"${reason}","B":[{"a":"USDT","wb":"122624.12345678",
   "cw":"100.12345678","bc":"50.12345678"}],"P":[{"s":"BTCUSDT","pa":"-10","ep":"6563.86000","bep":"6563.6","cr":"-45.04","up":"-1423.156",
   "mt":"isolated","iw":"6570.42511771","ps":"SHORT"},{"s":"ETHUSDT","pa":"0","ep":"0.00000","ps":"BOTH"}]}}`;
}

function orderTradeUpdate(changes: Readonly<Record<string, unknown>>): unknown {
  const order = {
    s: "BTCUSDT",
    c: "me-1",
    S: "SELL",
    o: "LIMIT",
    f: "GTC",
    q: "0.003",
    p: "9910",
    ap: "9910.5",
    sp: "0",
    x: "TRADE",
    X: "FILLED",
    i: 8886774,
    l: "0.001",
    z: "0.003",
    L: "9911",
    N: "USDT",
    n: "0.00396",
    T: 1568879465650,
    t: 42,
    m: false,
    R: true,
    ot: "LIMIT",
    ps: "BOTH",
    ...changes,
  };
  return { e: "ORDER_TRADE_UPDATE", E: 1568879465651, T: 1568879465650, o: order };
}

function decoded(text: string) {
  return decodeUserEvent(parseJson(text));
}

describe("a private message of spot", () => {
  it("tells an execution with the order's state after it, ids to the last digit", () => {
    expect(decoded(SPOT_TRADE)).toEqual([
      {
        kind: "fill",
        fill: {
          tradeId: "77",
          orderId: "8389765489680951453",
          clientOrderId: "mUvoqJxFIILMdfAW5iGSOW",
          symbol: "ETHBTC",
          side: "buy",
          positionSide: "net",
          price: 0.1026441,
          quantity: 0.5,
          fee: 0.0004,
          feeAsset: "ETH",
          liquidity: "maker",
          time: 1499405658657,
          cause: "order",
        },
        order: {
          clientOrderId: "mUvoqJxFIILMdfAW5iGSOW",
          orderId: "8389765489680951453",
          symbol: "ETHBTC",
          side: "buy",
          positionSide: "net",
          type: "limit",
          quantity: 1,
          price: 0.1026441,
          triggerPrice: undefined,
          timeInForce: "GTC",
          reduceOnly: false,
          status: "partiallyFilled",
          filledQuantity: 0.5,
          averagePrice: 0.1026441,
          updatedAt: 1499405658657,
          reason: undefined,
        },
      },
    ]);
  });

  it("tells a cancel by our name of the order and why an order has ended", () => {
    const cancel = SPOT_TRADE.replace('"C":""', '"C":"ours"').replace('"TRADE"', '"CANCELED"').replace('"PARTIALLY_FILLED"', '"CANCELED"');
    expect(decoded(cancel)).toMatchObject([{ kind: "order", order: { clientOrderId: "ours", status: "cancelled" } }]);
    const expired = SPOT_TRADE.replace('"TRADE"', '"EXPIRED"')
      .replace('"PARTIALLY_FILLED"', '"EXPIRED"')
      .replace('"V":', '"eR":"OCO_TRIGGER","V":');
    expect(decoded(expired)).toMatchObject([{ kind: "order", order: { status: "expired", reason: "OCO_TRIGGER" } }]);
  });

  it("of a trade without a quantity is no execution", () => {
    expect(decoded(SPOT_TRADE.replace('"l":"0.50000000"', '"l":"0.00000000"'))).toMatchObject([{ kind: "order" }]);
  });

  it("tells balances, deposits and what other systems hold", () => {
    const position = '{"e":"outboundAccountPosition","E":2,"u":1,"B":[{"a":"ETH","f":"0.1","l":"0.2"}]}';
    expect(decoded(position)).toEqual([{ kind: "balances", balances: [{ asset: "ETH", total: 0.3, free: 0.1 }], time: 1 }]);
    const deposit = '{"e":"balanceUpdate","E":1573200697110,"a":"BTC","d":"-1.50000000","T":1573200697068}';
    expect(decoded(deposit)).toEqual([
      {
        kind: "transfer",
        transfer: { kind: "transfer", id: "BTC:1573200697068:-1.50000000", asset: "BTC", amount: -1.5, time: 1573200697068 },
      },
    ]);
    const lock = '{"e":"externalLockUpdate","E":1581557507324,"a":"NEO","d":"10.00000000","T":1581557507268}';
    expect(decoded(lock)).toMatchObject([{ kind: "balancesChanged" }]);
  });
});

describe("a private message of futures", () => {
  it.each([
    ["me-1", "TRADE", "order"],
    ["autoclose-1234567890123456", "TRADE", "liquidation"],
    ["autoclose-1234567890123456", "CALCULATED", "liquidation"],
    ["adl_autoclose", "TRADE", "adl"],
    ["unheard-of", "CALCULATED", "liquidation"],
  ])("tells who has ordered an execution: %s %s", (c, x, cause) => {
    const fill = { cause, clientOrderId: c, tradeId: "42", price: 9911, quantity: 0.001, fee: 0.00396, liquidity: "taker" };
    expect(decodeUserEvent(orderTradeUpdate({ c, x }))).toMatchObject([
      { kind: "fill", fill, order: { status: "filled", reduceOnly: true } },
    ]);
  });

  it("gives an execution without an id one that is the same when it is told again", () => {
    const liquidation = orderTradeUpdate({ x: "CALCULATED", t: 0 });
    expect(decodeUserEvent(liquidation)).toMatchObject([{ fill: { tradeId: "8886774:0.003" } }]);
  });

  it("degrades words it has never heard", () => {
    const strange = orderTradeUpdate({
      X: "HALF_DONE",
      ot: "ICEBERG_2",
      o: "ICEBERG_2",
      ps: "DIAGONAL",
      f: "GTZ",
      x: "PONDERED",
      er: "99",
    });
    expect(decodeUserEvent(strange)).toMatchObject([
      { order: { status: "unknown", type: "limit", positionSide: "net", timeInForce: "GTC", reason: "Binance's reason 99" } },
    ]);
    expect(decodeUserEvent({ e: "SOMETHING_NEW", E: 1 })).toEqual([{ kind: "unheard", event: "SOMETHING_NEW" }]);
  });

  it("tells that a conditional order has become a regular one, and by which id", () => {
    expect(decoded(ALGO_TRIGGERED)).toMatchObject([
      { kind: "triggered", actualOrderId: "88937381063", order: { clientOrderId: "O-20251211-053131-ZYWR-000-9", type: "stop" } },
      { kind: "order", order: { orderId: "88937381063", status: "open", triggerPrice: 0.13855, quantity: 38 } },
    ]);
  });

  it("leaves the end of a triggered order to the order it has become", () => {
    const finished = ALGO_TRIGGERED.replace("TRIGGERED", "FINISHED");
    expect(decoded(finished).map((fact) => fact.kind)).toEqual(["triggered"]);
    const filled = finished.replace('"aq":"0"', '"aq":"38"');
    expect(decoded(filled)).toMatchObject([{ kind: "triggered" }, { kind: "order", order: { status: "filled" } }]);
  });

  it("tells balances and positions, and where money has moved asks for the income's own id", () => {
    const facts = decoded(accountUpdate("ORDER"));
    expect(facts).toMatchObject([
      { kind: "balances", balances: [{ asset: "USDT", total: 122624.12345678, free: 100.12345678 }] },
      { kind: "position", position: { symbol: "BTCUSDT", side: "short", quantity: -10, entryPrice: 6563.86 } },
      { kind: "position", position: { symbol: "ETHUSDT", side: "net", quantity: 0, entryPrice: NaN } },
    ]);
    expect(decoded(accountUpdate("FUNDING_FEE")).at(-1)).toEqual({
      kind: "income",
      reason: "FUNDING_FEE",
      asset: "USDT",
      time: 1564745798938,
    });
    expect(decoded(accountUpdate("MARGIN_TRANSFER")).some((fact) => fact.kind === "income")).toBe(false);
  });

  it.each([
    ['{"e":"listenKeyExpired","E":1736996475556,"listenKey":"x"}', "ended"],
    ['{"event":{"e":"serverShutdown","E":1770123456789}}', "ended"],
    ['{"subscriptionId":0,"event":{"e":"eventStreamTerminated","E":1728973001334}}', "ended"],
    ['{"e":"TRADE_LITE","E":1721895408092,"T":1721895408214,"s":"BTCUSDT","q":"0.001"}', "nothing"],
    ['{"e":"MARGIN_CALL","E":1587727187525,"cw":"3.16","p":[{"s":"ETHUSDT","ps":"LONG","pa":"1.327"}]}', "notice"],
    ['{"e":"ACCOUNT_CONFIG_UPDATE","E":1,"T":1,"ac":{"s":"BTCUSDT","l":25}}', "notice"],
    ['{"e":"ACCOUNT_CONFIG_UPDATE","E":1,"T":1,"ai":{"j":true}}', "notice"],
    ['{"e":"listStatus","E":1,"s":"ETHBTC","g":2,"c":"OCO","l":"EXEC_STARTED","L":"EXECUTING","r":"NONE","C":"x","T":1,"O":[]}', "nothing"],
  ])("is understood: %s", (text, kind) => {
    expect(decoded(text)).toMatchObject([{ kind }]);
  });

  it("that lacks what it needs is a DataError that names the field", () => {
    expect(() => decodeUserEvent(orderTradeUpdate({ s: undefined }))).toThrow(DataError);
    expect(() => decodeUserEvent(orderTradeUpdate({ S: "HOLD" }))).toThrow(/neither BUY nor SELL/);
    expect(() => decodeUserEvent(orderTradeUpdate({ q: "NaN" }))).toThrow(/field "q"/);
  });
});
