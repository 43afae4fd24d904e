import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fieldsOf, fieldsOfEach } from "../../../src/exchanges/transport/wire-fields.ts";
import { parseJson } from "../../../src/exchanges/transport/lossless-json.ts";
import { toFuturesBalances, toFuturesFill, toSpotFill } from "../../../src/exchanges/binance/trading/rest/account.ts";
import { toAlgoOrder, toFuturesOrder } from "../../../src/exchanges/binance/trading/rest/futures-orders.ts";
import { toSpotOrder } from "../../../src/exchanges/binance/trading/rest/spot-orders.ts";
import { decodeUserEvent } from "../../../src/exchanges/binance/trading/user-stream/decode.ts";
import { fuzzTradingDecoders } from "./fuzz-trading.ts";

describe("the decoders of the trading side", () => {
  it("take or refuse 20,000 spoiled messages, and nothing worse", () => {
    const { iterations, taken } = fuzzTradingDecoders(20_251_124, 20_000);
    expect(iterations).toBe(20_000);
    // Neither everything is refused before it is looked at, nor everything taken.
    expect(taken).toBeGreaterThan(2000);
    expect(taken).toBeLessThan(18_000);
  });
});

const samples = join(import.meta.dirname, "../../../../shared/reference/conformance/rest_ws_samples");

describe.skipIf(!existsSync(samples))("messages recorded by other clients", () => {
  const nautilus = join(samples, "nautilus");
  const events = [
    ...globSync("crates/adapters/binance/test_data/**/user_data_json/*.json", { cwd: nautilus }),
    ...globSync("tests/integration_tests/adapters/binance/resources/ws_messages/ws_{spot_execution,futures_order}*.json", {
      cwd: nautilus,
    }),
  ];

  it("are there", () => {
    expect(events.length).toBeGreaterThan(10);
  });

  it.each(events)("are understood: %s", (file) => {
    const facts = decodeUserEvent(parseJson(readFileSync(join(nautilus, file), "utf8")));
    expect(facts.length).toBeGreaterThan(0);
    for (const fact of facts) expect(fact.kind).not.toBe("unheard");
  });

  it("of an order stream of Binance.Net are understood", () => {
    const text = readFileSync(join(samples, "jkorf_Binance.Net/Binance.Net.UnitTests/Subscriptions/UsdFutures/OrderUpdate.txt"), "utf8");
    const message = text.slice(text.indexOf("= ") + 2).trim();
    expect(decodeUserEvent(parseJson(message))).toMatchObject([{ kind: "order", order: { type: "trailingStop", positionSide: "long" } }]);
  });

  it.each([
    ["Spot/Trading/CancelOrder.txt", (value: unknown) => toSpotOrder(fieldsOf(value, "")).status, "cancelled"],
    ["CoinFutures/Trading/GetOrder.txt", (value: unknown) => toFuturesOrder(fieldsOf(value, "")).symbol.length > 0, true],
    ["CoinFutures/Trading/GetUserTrades.txt", (value: unknown) => fieldsOfEach(value, "").map(toFuturesFill).length, 1],
    ["UsdFutures/Trading/GetUserTrades.txt", (value: unknown) => fieldsOfEach(value, "").map(toFuturesFill).length, 1],
    ["UsdFutures/Account/GetBalances.txt", (value: unknown) => toFuturesBalances(value).length, 1],
  ])("answer questions: %s", (file, decode, expected) => {
    const text = readFileSync(join(samples, "jkorf_Binance.Net/Binance.Net.UnitTests/Endpoints", file), "utf8");
    expect(decode(parseJson(text.slice(text.search(/[[{]/))))).toBe(expected);
  });

  it("answer Nautilus' questions about orders and executions", () => {
    const spot = (name: string) =>
      parseJson(readFileSync(join(nautilus, "crates/adapters/binance/test_data/spot/http_json", name), "utf8"));
    expect(toSpotOrder(fieldsOf(spot("order_response.json"), "")).orderId).not.toBe("");
    expect(fieldsOfEach(spot("account_trades_response.json"), "").map(toSpotFill).length).toBeGreaterThan(0);
    const algo = readFileSync(join(nautilus, "crates/adapters/binance/test_data/futures/http_json/open_algo_orders.json"), "utf8");
    expect(fieldsOfEach(parseJson(algo), "").map((row) => toAlgoOrder(row).order.type)).toEqual(["stop"]);
  });
});
