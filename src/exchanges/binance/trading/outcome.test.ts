import { describe, expect, it } from "vitest";
import { NetworkError, RateLimitedError } from "../../../base/errors.ts";
import { createRandom } from "../../../base/random.ts";
import type { RejectClass } from "../../../engine/venue-facts.ts";
import type { BinanceMarket } from "../endpoints.ts";
import { outcomeOf, type OrderAnswer } from "./outcome.ts";

const MARKETS: readonly BinanceMarket[] = ["spot", "linear", "inverse"];
const KINDS: ReadonlyArray<OrderAnswer["kind"]> = ["submit", "cancel", "amend"];

function answered(market: BinanceMarket, status: number, body: unknown, kind: OrderAnswer["kind"] = "submit") {
  return outcomeOf({ market, kind, answer: { status, body: typeof body === "string" ? body : JSON.stringify(body) } });
}

function classOf(market: BinanceMarket, status: number, body: unknown, kind: OrderAnswer["kind"] = "submit"): string {
  const outcome = answered(market, status, body, kind);
  return outcome.kind === "rejected" ? outcome.rejectClass : outcome.kind;
}

/** Every code of the Binance columns of the error table (reference/RELIABILITY.md, section 5), with the text Binance sends. */
const TABLE: ReadonlyArray<readonly [string, ReadonlyArray<BinanceMarket>, number, number, string, RejectClass | "unknown"]> = [
  ["unknown outcome", MARKETS, 400, -1000, "An unknown error occurred while processing the request.", "unknown"],
  ["unknown outcome", MARKETS, 400, -1001, "Internal error; unable to process your request. Please try again.", "unknown"],
  [
    "unknown outcome",
    MARKETS,
    400,
    -1006,
    "An unexpected response was received from the message bus. Execution status unknown.",
    "unknown",
  ],
  [
    "unknown outcome",
    MARKETS,
    504,
    -1007,
    "Timeout waiting for response from backend server. Send status unknown; execution status unknown.",
    "unknown",
  ],
  ["unknown outcome", MARKETS, 503, -1021, "Timestamp for this request is outside of the recvWindow.", "unknown"],
  ["timestamp", MARKETS, 400, -1021, "Timestamp for this request is outside of the recvWindow.", "timestamp"],
  ["funds", ["spot"], 400, -2010, "Account has insufficient balance for requested action.", "funds"],
  ["funds", ["linear", "inverse"], 400, -2018, "Balance is insufficient.", "funds"],
  ["funds", ["linear", "inverse"], 400, -2019, "Margin is insufficient.", "funds"],
  ["funds", ["linear", "inverse"], 400, -4050, "Cross balance insufficient.", "funds"],
  ["funds", ["linear", "inverse"], 400, -4051, "Isolated balance insufficient.", "funds"],
  ["grid", ["spot"], 400, -1013, "Filter failure: LOT_SIZE", "grid"],
  ["grid", ["spot"], 400, -1013, "Filter failure: MIN_NOTIONAL", "grid"],
  ["grid", ["spot"], 400, -1013, "Filter failure: PRICE_FILTER", "grid"],
  ["grid", MARKETS, 400, -1111, "Precision is over the maximum defined for this asset.", "grid"],
  ["grid", ["linear", "inverse"], 400, -4164, "Order's notional must be no smaller than 5 (unless you choose reduce only).", "grid"],
  ["grid", ["linear", "inverse"], 400, -4003, "Quantity less than zero.", "grid"],
  ["grid", ["linear", "inverse"], 400, -4004, "Quantity less than min quantity.", "grid"],
  ["grid", ["linear", "inverse"], 400, -4005, "Quantity greater than max quantity.", "grid"],
  ["grid", ["linear", "inverse"], 400, -4014, "Price not increased by tick size.", "grid"],
  ["grid", ["linear", "inverse"], 400, -4023, "Qty not increased by step size.", "grid"],
  ["price band", ["spot"], 400, -1013, "Filter failure: PERCENT_PRICE_BY_SIDE", "price"],
  ["price band", ["linear", "inverse"], 400, -4016, "Price is higher than mark price multiplier cap.", "price"],
  ["price band", ["linear", "inverse"], 400, -4024, "Price is lower than mark price multiplier floor.", "price"],
  ["price band", ["linear", "inverse"], 400, -4131, "The counterparty's best price does not meet the PERCENT_PRICE filter limit.", "price"],
  ["reduce only", ["linear", "inverse"], 400, -2022, "ReduceOnly Order is rejected.", "reduceOnly"],
  [
    "reduce only",
    ["linear", "inverse"],
    400,
    -4118,
    "ReduceOnly Order Failed. Please check your existing position and open orders.",
    "reduceOnly",
  ],
  ["would trigger", ["spot"], 400, -2010, "Order would trigger immediately.", "wouldTrigger"],
  ["would trigger", ["linear", "inverse"], 400, -2021, "Order would immediately trigger.", "wouldTrigger"],
  [
    "old endpoint",
    ["linear", "inverse"],
    400,
    -4120,
    "Order type not supported for this endpoint. Please use the Algo Order API endpoints instead.",
    "other",
  ],
  ["post-only", ["spot"], 400, -2010, "Order would immediately match and take.", "price"],
  [
    "post-only",
    ["linear", "inverse"],
    400,
    -5022,
    "Due to the order could not be executed as maker, the Post Only order will be rejected.",
    "price",
  ],
  ["position mode", ["linear", "inverse"], 400, -4059, "No need to change position side.", "positionMode"],
  ["position mode", ["linear", "inverse"], 400, -4060, "Invalid position side.", "positionMode"],
  ["position mode", ["linear", "inverse"], 400, -4061, "Order's position side does not match user's setting.", "positionMode"],
  ["position mode", ["linear", "inverse"], 400, -4067, "Position side cannot be changed if there exists open orders.", "positionMode"],
  ["position mode", ["linear", "inverse"], 400, -4068, "Position side cannot be changed if there exists position.", "positionMode"],
  ["position mode", ["linear", "inverse"], 400, -4531, "Position side sync rejected.", "positionMode"],
  ["duplicate", ["spot"], 400, -2010, "Duplicate order sent.", "unknown"],
  ["duplicate", ["linear", "inverse"], 400, -4116, "ClientOrderId is duplicated.", "unknown"],
  ["gone", MARKETS, 400, -2011, "Unknown order sent.", "gone"],
  ["gone", MARKETS, 400, -2013, "Order does not exist.", "gone"],
  ["gone", ["spot"], 400, -2026, "Order was canceled or expired with no executed qty over 90 days ago and has been archived.", "gone"],
  ["rate", MARKETS, 429, -1003, "Too much request weight used; current limit is 6000 request weight per 1 MINUTE.", "rate"],
  ["rate", MARKETS, 418, -1003, "Way too much request weight used; IP banned until 1712840265023.", "rate"],
  ["rate", MARKETS, 429, -1015, "Too many new orders; current limit is 100 orders per 10 SECOND.", "rate"],
  ["rate", MARKETS, 400, -1034, "Too many concurrent connections; current limit is '300'.", "rate"],
  ["busy", ["linear", "inverse"], 503, -1008, "Request throttled by system-level protection.", "busy"],
  [
    "busy, where nobody promises",
    ["spot"],
    503,
    -1008,
    "Server is currently overloaded with other requests. Please try again in a few minutes.",
    "unknown",
  ],
  ["busy", MARKETS, 400, -1016, "This service is no longer available.", "busy"],
  ["liquidation", ["linear", "inverse"], 400, -2023, "User in liquidation mode now.", "liquidation"],
  ["permission", MARKETS, 400, -2014, "API-key format invalid.", "permission"],
  ["permission", MARKETS, 400, -2015, "Invalid API-key, IP, or permissions for action.", "permission"],
  ["permission", MARKETS, 400, -1002, "You are not authorized to execute this request.", "permission"],
  ["permission", MARKETS, 400, -1022, "Signature for this request is not valid.", "permission"],
];

describe("what an answer of Binance proves", () => {
  const rows = TABLE.flatMap(([name, markets, status, code, msg, expected]) =>
    markets.map((market) => ({ name, market, status, code, msg, expected })),
  );

  it.each(rows)("$market, $name: HTTP $status with $code is $expected", ({ market, status, code, msg, expected }) => {
    for (const kind of KINDS) expect(classOf(market, status, { code, msg }, kind)).toBe(expected);
  });

  it("tells a refusal in Binance's words, with the code", () => {
    expect(answered("linear", 400, { code: -2019, msg: "Margin is insufficient." })).toEqual({
      kind: "rejected",
      rejectClass: "funds",
      code: "-2019",
      reason: "Binance -2019: Margin is insufficient.",
    });
  });

  it("of a name that is taken says that the order of that name may be ours", () => {
    const reason = /may be this one/;
    for (const [market, code, msg] of [
      ["spot", -2010, "Duplicate order sent."],
      ["linear", -4116, "ClientOrderId is duplicated."],
    ] as const) {
      const outcome = answered(market, 400, { code, msg });
      expect(outcome.kind === "unknown" ? outcome.reason : "").toMatch(reason);
    }
  });

  it("is nothing at all for a code that is not on the list", () => {
    const known = new Set(TABLE.map(([, , , code]) => code));
    const random = createRandom(7);
    let seen = 0;
    while (seen < 500) {
      const code = -6000 - Math.floor(random.next() * 900_000);
      if (known.has(code)) continue;
      seen += 1;
      for (const market of MARKETS) for (const kind of KINDS) expect(classOf(market, 400, { code, msg: "?" }, kind)).toBe("unknown");
    }
  });

  it.each([
    ["an HTML page with 200", 200, "<html><body>Welcome to the hotel's network</body></html>"],
    ["a truncated message", 200, '{"symbol":"BTCUSDT","orderId":12'],
    ["an empty body", 200, ""],
    ["a list", 200, "[]"],
    ["an answer without an id", 200, '{"symbol":"BTCUSDT","status":"NEW"}'],
    ["an order without a side", 200, '{"symbol":"BTCUSDT","status":"NEW","orderId":1,"type":"LIMIT","origQty":"1"}'],
    ["an id of -1", 200, '{"symbol":"BTCUSDT","orderId":-1}'],
    ["429 from somebody else", 429, "slow down"],
    ["418 without a body", 418, ""],
    ["502", 502, "<html>Bad Gateway</html>"],
    ["503 without a code", 503, '{"msg":"Service Unavailable."}'],
    ["a redirect", 302, ""],
    ["409, half done", 409, '{"code":-2021,"msg":"Order cancel-replace partially failed."}'],
  ])("is nothing for %s on spot", (_, status, body) => {
    for (const kind of KINDS) expect(classOf("spot", status, body, kind)).toBe("unknown");
  });

  it.each([401, 403])("is a refusal of the key for HTTP %i, whatever the body", (status) => {
    expect(classOf("spot", status, "<html>blocked</html>")).toBe("permission");
    expect(answered("linear", status, { code: -2015, msg: "Invalid API-key." })).toMatchObject({
      reason: `Binance answered ${status}: Invalid API-key.`,
    });
  });

  it("is nothing when the connection broke after the request may have left, and a refusal when it never left", () => {
    const of = (error: unknown) => outcomeOf({ market: "spot", kind: "submit", answer: { error } });
    expect(of(new NetworkError("reset")).kind).toBe("unknown");
    expect(of(new Error("?")).kind).toBe("unknown");
    expect(of("?").kind).toBe("unknown");
    expect(of(new NetworkError("refused", { wasSent: false }))).toMatchObject({ kind: "rejected", rejectClass: "busy" });
    expect(of(new RateLimitedError("Binance", 1000))).toMatchObject({ kind: "rejected", rejectClass: "rate" });
  });
});

describe("an acknowledged order", () => {
  it("keeps an id beyond 2^53 to the last digit", () => {
    const body = '{"symbol":"BTCUSDT","orderId":8389765489680951453,"clientOrderId":"x"}';
    expect(answered("linear", 200, body)).toEqual({ kind: "acknowledged", orderId: "8389765489680951453" });
  });

  it("carries the executions that spot tells with it", () => {
    // Example of POST /api/v3/order, FULL, shortened (binance-spot-api-docs, rest-api.md).
    const body = {
      symbol: "BTCUSDT",
      orderId: 28,
      orderListId: -1,
      clientOrderId: "6gCrw2kRUAF9CvJDGP16IP",
      transactTime: 1507725176595,
      price: "0.00000000",
      origQty: "2.00000000",
      executedQty: "2.00000000",
      cummulativeQuoteQty: "7999.00000000",
      status: "FILLED",
      timeInForce: "GTC",
      type: "MARKET",
      side: "SELL",
      fills: [
        { price: "4000.00000000", qty: "1.00000000", commission: "4.00000000", commissionAsset: "USDT", tradeId: 56 },
        { price: "3999.00000000", qty: "1.00000000", commission: "3.99900000", commissionAsset: "USDT", tradeId: 57 },
      ],
    };
    const outcome = answered("spot", 200, body);
    expect(outcome).toMatchObject({
      kind: "acknowledged",
      orderId: "28",
      order: { status: "filled", side: "sell", type: "market", filledQuantity: 2, averagePrice: 3999.5, price: undefined },
      fills: [
        { tradeId: "56", price: 4000, quantity: 1, fee: 4, feeAsset: "USDT", liquidity: "taker", clientOrderId: "6gCrw2kRUAF9CvJDGP16IP" },
        { tradeId: "57", price: 3999, fee: 3.999 },
      ],
    });
  });

  it("names a cancelled spot order by the name we gave it, not by the cancel's", () => {
    const body = {
      symbol: "LTCBTC",
      origClientOrderId: "ours",
      orderId: 4,
      clientOrderId: "cancelMyOrder1",
      transactTime: 1684804350068,
      price: "2.00000000",
      origQty: "1.00000000",
      executedQty: "0.00000000",
      status: "CANCELED",
      timeInForce: "GTC",
      type: "LIMIT",
      side: "BUY",
    };
    expect(answered("spot", 200, body, "cancel")).toMatchObject({ order: { clientOrderId: "ours", status: "cancelled" } });
  });

  it("is proven by the algo service's id where that is all it says", () => {
    const body = { algoId: 2146760, clientAlgoId: "6B2I9XVcJpCjqPAJ4YoFX7", code: "200", msg: "success" };
    expect(answered("linear", 200, body, "cancel")).toEqual({ kind: "acknowledged", orderId: "2146760" });
  });
});
