import { generateKeyPairSync } from "node:crypto";
import { CoinMClient, MainClient, USDMClient, WebsocketAPIClient, WebsocketClient } from "binance";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startFakeVenue, type FakeVenue } from "../../src/sandbox/server/fake-venue.ts";
import { KEY, SECRET } from "./rig.ts";

/** The SDK speaks of its connections; nobody listens. */
const quiet = { trace: () => {}, info: () => {}, error: () => {} };
const ed25519 = generateKeyPairSync("ed25519");
const PRIVATE_KEY = ed25519.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const PUBLIC_KEY = ed25519.publicKey.export({ type: "spki", format: "pem" }).toString();

let venue: FakeVenue;
let spot: MainClient;
let linear: USDMClient;
let inverse: CoinMClient;
const sockets: { closeAll(force?: boolean): unknown }[] = [];

beforeAll(async () => {
  venue = await startFakeVenue({
    seed: 4,
    accounts: [
      { apiKey: KEY, secret: SECRET },
      { apiKey: "ed25519", publicKey: PUBLIC_KEY },
    ],
    venue: { historyDays: 2 },
  });
  const options = { api_key: KEY, api_secret: SECRET, baseUrl: venue.url, disableTimeSync: true };
  spot = new MainClient(options);
  linear = new USDMClient(options);
  inverse = new CoinMClient(options);
});

afterAll(async () => {
  for (const socket of sockets) socket.closeAll(true);
  await venue.close();
});

describe("Binance's SDK for Node", () => {
  it("places, asks for and cancels spot orders and reads the account", async () => {
    const id = `${spot.getOrderIdPrefix()}1`;
    const placed = await spot.submitNewOrder({
      symbol: "BTCUSDT",
      side: "BUY",
      type: "LIMIT",
      timeInForce: "GTC",
      quantity: 0.001,
      price: 50_000,
      newClientOrderId: id,
    });
    expect(placed).toMatchObject({ symbol: "BTCUSDT", status: "NEW", clientOrderId: id });
    expect(await spot.getOrder({ symbol: "BTCUSDT", origClientOrderId: id })).toMatchObject({ status: "NEW" });
    expect(await spot.getOpenOrders({ symbol: "BTCUSDT" })).toHaveLength(1);
    expect(await spot.cancelOrder({ symbol: "BTCUSDT", origClientOrderId: id })).toMatchObject({
      status: "CANCELED",
      origClientOrderId: id,
    });
    const { balances } = await spot.getAccountInformation();
    expect(balances).toContainEqual({ asset: "USDT", free: "10000.00000000", locked: "0.00000000" });
    await expect(spot.submitNewOrder({ symbol: "BTCUSDT", side: "BUY", type: "MARKET", quantity: 50 })).rejects.toMatchObject({
      code: -2010,
    });
  });

  it("places, amends, cancels and conditions USDⓈ-M orders and reads balance and position", async () => {
    const order = { symbol: "BTCUSDT", side: "BUY", quantity: 0.01 } as const;
    const { clientOrderId } = await linear.submitNewOrder({ ...order, type: "LIMIT", timeInForce: "GTC", price: 62_000 });
    const amended = await linear.modifyOrder({ ...order, origClientOrderId: clientOrderId, quantity: 0.02, price: 61_000 });
    expect(amended).toMatchObject({ origQty: "0.020", price: "61000.0" });
    expect(await linear.cancelOrder({ symbol: "BTCUSDT", origClientOrderId: clientOrderId })).toMatchObject({ status: "CANCELED" });
    expect(await linear.submitNewOrder({ ...order, type: "MARKET", newOrderRespType: "RESULT" })).toMatchObject({ status: "FILLED" });
    expect(await linear.getPositionsV3({ symbol: "BTCUSDT" })).toMatchObject([{ positionAmt: "0.010", positionSide: "BOTH" }]);
    const algo = await linear.submitNewAlgoOrder({
      algoType: "CONDITIONAL",
      symbol: "BTCUSDT",
      side: "SELL",
      type: "STOP_MARKET",
      quantity: "0.01",
      triggerPrice: "60000",
      reduceOnly: "true",
    });
    expect(await linear.getOpenAlgoOrders({ symbol: "BTCUSDT" })).toMatchObject([{ algoId: algo.algoId, algoStatus: "NEW" }]);
    expect(await linear.cancelAlgoOrder({ algoId: algo.algoId })).toMatchObject({ msg: "success" });
    const [usdt] = await linear.getBalanceV3();
    expect(Number(usdt?.availableBalance)).toBeLessThan(Number(usdt?.balance));
  });

  it("places, asks for and cancels COIN-M orders", async () => {
    const { clientOrderId } = await inverse.submitNewOrder({
      symbol: "BTCUSD_PERP",
      side: "BUY",
      type: "LIMIT",
      timeInForce: "GTC",
      quantity: 1,
      price: 62_000,
    });
    expect(await inverse.getOrder({ symbol: "BTCUSD_PERP", origClientOrderId: clientOrderId })).toMatchObject({
      status: "NEW",
      pair: "BTCUSD",
    });
    expect(await inverse.cancelOrder({ symbol: "BTCUSD_PERP", origClientOrderId: clientOrderId })).toMatchObject({ status: "CANCELED" });
    expect(await inverse.getBalance()).toMatchObject([{ asset: "BTC" }]);
  });

  it.each([
    ["spot", "main", "/spot"],
    ["linear", "usdmPublic", "/usdm"],
    ["inverse", "coinm", "/coinm"],
  ] as const)("streams the book of %s", async (market, key, base) => {
    const symbol = market === "inverse" ? "btcusd_perp" : "btcusdt";
    const told: unknown[] = [];
    const client = new WebsocketClient({ beautify: false, wsUrl: venue.url.replace("http", "ws") + base }, quiet);
    sockets.push(client);
    client.on("message", (message) => told.push(message));
    client.on("exception", () => {});
    void client.subscribe([`${symbol}@depth@100ms`], key);
    await expect
      .poll(() => told.find((message) => JSON.stringify(message).includes("depthUpdate")), { timeout: 20_000 })
      .toMatchObject({ e: "depthUpdate", s: symbol.toUpperCase() });
  });

  it("hears of USDⓈ-M orders by listen key", async () => {
    const told: any[] = []; // oxlint-disable-line typescript/no-explicit-any -- messages of any shape
    const client = new WebsocketClient(
      {
        api_key: KEY,
        api_secret: SECRET,
        beautify: false,
        wsUrl: `${venue.url.replace("http", "ws")}/usdm`,
        restOptions: { baseUrl: venue.url, disableTimeSync: true },
      },
      quiet,
    );
    sockets.push(client);
    client.on("message", (message) => told.push(message));
    client.on("exception", () => {});
    const streams = venue.sandbox.server.operator.userStreamCount;
    void client.subscribeUsdFuturesUserDataStream();
    await expect.poll(() => venue.sandbox.server.operator.userStreamCount, { timeout: 20_000 }).toBe(streams + 1);
    await linear.submitNewOrder({ symbol: "BTCUSDT", side: "SELL", type: "MARKET", quantity: 0.01 });
    await expect.poll(() => JSON.stringify(told), { timeout: 20_000 }).toMatch(/ORDER_TRADE_UPDATE.*"X":"FILLED"/);
  });

  it.each([
    ["an HMAC key", KEY, SECRET],
    ["an Ed25519 key that logs on", "ed25519", PRIVATE_KEY],
  ])("trades and hears of spot orders over the WebSocket API with %s", async (_name, api_key, api_secret) => {
    const told: unknown[] = [];
    const client = new WebsocketAPIClient(
      {
        api_key,
        api_secret,
        beautify: false,
        wsUrl: `${venue.url.replace("http", "ws")}/spot`,
        attachEventListeners: false,
        muteLatencyWarning: true,
      },
      quiet,
    );
    sockets.push(client.getWSClient());
    client.getWSClient().on("message", (message) => told.push(message));
    client.getWSClient().on("exception", () => {});
    await client.subscribeUserDataStream("mainWSAPI");
    // Its type has no time, and Binance wants one.
    const order = {
      symbol: "BTCUSDT",
      side: "BUY" as const,
      type: "LIMIT" as const,
      timeInForce: "GTC" as const,
      quantity: 0.001,
      price: 50_000,
      timestamp: Date.now(),
    };
    const { result } = await client.submitNewSpotOrder(order);
    expect(result).toMatchObject({ status: "NEW", symbol: "BTCUSDT" });
    const newClientOrderId = "clientOrderId" in result ? result.clientOrderId : "";
    expect(await client.cancelSpotOrder({ symbol: "BTCUSDT", origClientOrderId: newClientOrderId, timestamp: Date.now() })).toMatchObject({
      status: 200,
    });
    await expect
      .poll(() => JSON.stringify(told), { timeout: 20_000 })
      .toMatch(/executionReport.*"x":"NEW".*executionReport.*"x":"CANCELED"/);
  });

  it("leaves no error of the exchange's own behind", () => {
    expect(venue.failures).toEqual([]);
  });
});
