import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { routesOf } from "../../src/sandbox/binance/route-tables.ts";
import { API_METHODS } from "../../src/sandbox/binance/api-methods.ts";
import { KEY, queryOf, Rig, signed, type Values } from "./rig.ts";

// Invariants: whatever a client sends, signed or not, the exchange answers with JSON and a status below 500, and goes on.

const PREFIX = { api: "/api/v3/", sapi: "/sapi/v1/", fapi: "/fapi/v1/", dapi: "/dapi/v1/" } as const;
const ENDPOINTS = (["api", "sapi", "fapi", "dapi"] as const).flatMap((pool) =>
  Object.keys(routesOf(pool)).map((name) => {
    const [method = "", path = ""] = name.split(" ");
    return { method, path: PREFIX[pool] + path };
  }),
);
const NAMES = [
  "symbol",
  "symbols",
  "side",
  "type",
  "timeInForce",
  "quantity",
  "price",
  "stopPrice",
  "triggerPrice",
  "callbackRate",
  "trailingDelta",
  "quoteOrderQty",
  "orderId",
  "origClientOrderId",
  "newClientOrderId",
  "clientAlgoId",
  "algoId",
  "algoType",
  "positionSide",
  "reduceOnly",
  "closePosition",
  "limit",
  "fromId",
  "startTime",
  "endTime",
  "interval",
  "leverage",
  "marginType",
  "dualSidePosition",
  "countdownTime",
  "batchOrders",
  "orderIdList",
  "goodTillDate",
  "cancelReplaceMode",
  "cancelOrderId",
  "newQty",
  "aboveType",
  "belowType",
  "abovePrice",
  "belowStopPrice",
  "orderListId",
  "recvWindow",
  "newOrderRespType",
];
const SENSIBLE = [
  "BTCUSDT",
  "BTCUSD_PERP",
  "BUY",
  "SELL",
  "LIMIT",
  "MARKET",
  "STOP_LOSS",
  "STOP_MARKET",
  "TRAILING_STOP_MARKET",
  "LIMIT_MAKER",
  "CONDITIONAL",
  "GTC",
  "GTX",
  "GTD",
  "0.001",
  "1",
  "0",
  "50000",
  "64000",
  "99999999999999999999",
  "0.00000000000000000001",
  "9223372036854775807",
  "true",
  "false",
  "1m",
  "LONG",
  "BOTH",
  "ISOLATED",
  "STOP_ON_FAILURE",
  "ALLOW_FAILURE",
  "RESULT",
  "FULL",
  "[]",
  '[{"symbol":"BTCUSDT"}]',
  "[1,2]",
  '["BTCUSDT"]',
  "1e309",
  "NaN",
  "-1",
  "",
  "__proto__",
  "constructor",
];
const value = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...SENSIBLE) }, fc.string({ maxLength: 40 }), fc.integer().map(String));
/** Requests that are right, so that what is wrong with them is found out late. */
const RIGHT: readonly Values[] = [
  {},
  { symbol: "BTCUSDT" },
  { symbol: "BTCUSDT", side: "BUY", type: "LIMIT", timeInForce: "GTC", quantity: "0.01", price: "60000" },
  { symbol: "BTCUSDT", side: "SELL", type: "MARKET", quantity: "0.01" },
  { symbol: "BTCUSD_PERP", side: "BUY", type: "LIMIT", timeInForce: "GTC", quantity: "1", price: "60000" },
  { symbol: "BTCUSDT", side: "SELL", type: "STOP_MARKET", algoType: "CONDITIONAL", quantity: "0.01", triggerPrice: "60000" },
  { symbol: "BTCUSDT", side: "SELL", type: "TRAILING_STOP_MARKET", algoType: "CONDITIONAL", quantity: "0.01", callbackRate: "1" },
  { symbol: "BTCUSDT", side: "SELL", type: "STOP_LOSS_LIMIT", timeInForce: "GTC", quantity: "0.01", price: "59000", stopPrice: "60000" },
  { symbol: "BTCUSDT", side: "SELL", type: "STOP_LOSS", quantity: "0.01", trailingDelta: "100" },
  {
    symbol: "BTCUSDT",
    side: "SELL",
    quantity: "0.01",
    aboveType: "LIMIT_MAKER",
    abovePrice: "70000",
    belowType: "STOP_LOSS",
    belowStopPrice: "60000",
  },
];
const changes = fc.dictionary(fc.constantFrom(...NAMES), value, { maxKeys: 4, noNullPrototype: true });
const values: fc.Arbitrary<Values> = fc.tuple(fc.constantFrom(...RIGHT), changes).map(([right, changed]) => ({ ...right, ...changed }));

const most = 1e12;
const orders = { short: most, long: most };
const GENEROUS = {
  weights: { api: most, sapi: most, fapi: most, dapi: most },
  orders: { api: orders, sapi: orders, fapi: orders, dapi: orders },
  connections: most,
};

describe("an exchange that is asked nonsense", () => {
  it("answers every request with JSON and stays", () => {
    using rig = new Rig({ limits: GENEROUS });
    fc.assert(
      fc.property(fc.constantFrom(...ENDPOINTS), values, fc.boolean(), (endpoint, given, isSigned) => {
        const all = { ...given, timestamp: Math.floor(rig.scheduler.now()) };
        const answer = rig.send(endpoint.method, endpoint.path, isSigned ? signed(all) : queryOf(given), KEY);
        expect(answer.status).toBeLessThan(500);
        rig.run(10);
      }),
      { numRuns: 3_000 },
    );
    expect(rig.ask("/api/v3/ping").status).toBe(200);
  });

  it("answers every path, query and body", () => {
    using rig = new Rig({ market: "spot", limits: GENEROUS });
    const text = fc.string({ maxLength: 60, unit: "binary" });
    fc.assert(
      fc.property(
        fc.oneof(
          text.map((tail) => `/${tail}`),
          fc.constantFrom(...ENDPOINTS.map(({ path }) => path)),
        ),
        text,
        text,
        (path, query, body) => {
          expect(rig.send("POST", path, query, KEY, body).status).toBeLessThan(500);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it("answers every message, and only ends the connection that sent it", () => {
    using rig = new Rig({ limits: GENEROUS });
    const methods = [
      ...Object.keys(API_METHODS.spot),
      ...Object.keys(API_METHODS.futures),
      "session.logon",
      "userDataStream.subscribe.signature",
      "SUBSCRIBE",
      "UNSUBSCRIBE",
    ];
    const request = fc.record({
      id: fc.oneof(fc.integer(), fc.string(), fc.constant(null)),
      method: fc.constantFrom(...methods),
      params: fc.oneof(values, fc.array(value), fc.anything()),
    });
    const message = fc.oneof(
      request.map((object) => safeJson(object)),
      fc.json(),
      fc.string({ unit: "binary" }),
    );
    const paths = ["/spot/ws", "/spot/stream", "/spot/ws-api/v3", "/usdm/ws-fapi/v1", "/usdm/public/ws", "/coinm/ws"];
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.array(message, { maxLength: 4 }), (path, messages) => {
        const client = rig.connect(path);
        for (const text of messages) client.session.onMessage(text);
        for (const text of client.texts) JSON.parse(text);
        client.session.onClose();
      }),
      { numRuns: 1_500 },
    );
    expect(rig.sandbox.server.operator.connectionCount).toBe(0);
  });

  it("signs over the WebSocket API as well", () => {
    using rig = new Rig({ limits: GENEROUS });
    const client = rig.connect("/spot/ws-api/v3");
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(API_METHODS.spot)), values, (method, given: Values) => {
        client.texts.length = 0;
        rig.say(client, method, given, true);
        const [answer] = client.messages() as { readonly status: number }[];
        expect(answer?.status).toBeLessThan(500);
      }),
      { numRuns: 1_000 },
    );
  });
});

function safeJson(value: unknown): string {
  return JSON.stringify(value, (_name, item: unknown) => (typeof item === "bigint" ? String(item) : item)) ?? "null";
}
