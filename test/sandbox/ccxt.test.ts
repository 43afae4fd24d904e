import ccxt, { type binance, type Order } from "ccxt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startFakeVenue, type FakeVenue } from "../../src/sandbox/server/fake-venue.ts";

const SPOT = "BTC/USDT";
const LINEAR = "BTC/USDT:USDT";
const INVERSE = "BTC/USD:BTC";

let venue: FakeVenue;
let client: binance;

beforeAll(async () => {
  venue = await startFakeVenue({ seed: 3, venue: { historyDays: 2 } });
  client = new ccxt.pro.binance({
    apiKey: venue.credentials.apiKey,
    secret: venue.credentials.apiSecret,
    enableRateLimit: false,
    options: { ws: { options: { perMessageDeflate: false } } },
  });
  pointAt(client.urls["api"], new URL(venue.url).host);
  // The name misleads: this is what lets it speak ws:// at all.
  await client.loadHttpProxyAgent();
  await client.loadMarkets();
});

afterAll(async () => {
  await client.close();
  await venue.close();
});

describe("ccxt", () => {
  it("lists the markets with the rules of their symbols", () => {
    expect(Object.keys(client.markets ?? {}).toSorted()).toEqual(["BTC/USD:BTC", "BTC/USDT", "BTC/USDT:USDT", "ETH/USDT", "ETH/USDT:USDT"]);
    expect(client.market(SPOT)).toMatchObject({ active: true, precision: { price: 0.01, amount: 0.00001 }, limits: { cost: { min: 5 } } });
    expect(client.market(LINEAR)).toMatchObject({ linear: true, settle: "USDT", precision: { price: 0.1, amount: 0.001 } });
    expect(client.market(INVERSE)).toMatchObject({ inverse: true, settle: "BTC", contractSize: 100 });
  });

  it.each([
    [SPOT, 0.001, 50_000, 51_000],
    [LINEAR, 0.01, 62_000, 61_500],
    [INVERSE, 1, 62_000, 61_500],
  ])("places, amends, asks for and cancels an order of %s", async (symbol, amount, price, other) => {
    const placed = await client.createOrder(symbol, "limit", "buy", amount, price, { newClientOrderId: "from-ccxt" });
    const id = idOf(placed);
    expect(placed).toMatchObject({ status: "open", clientOrderId: "from-ccxt", amount, price, filled: 0 });
    expect(BigInt(id)).toBeGreaterThan(2n ** 53n);
    expect(await client.fetchOrder(id, symbol)).toMatchObject({ id, status: "open" });
    const amended = await client.editOrder(id, symbol, "limit", "buy", amount, other);
    const open = await client.fetchOpenOrders(symbol);
    expect(open.map((order: Order) => [order.id, order.price])).toEqual([[amended.id, other]]);
    await client.cancelOrder(idOf(amended), symbol);
    expect(await client.fetchOrder(idOf(amended), symbol)).toMatchObject({ status: "canceled" });
    expect(await client.fetchOpenOrders(symbol)).toEqual([]);
  });

  it("buys on spot and reads balance, fees and fills", async () => {
    const order = await client.createOrder(SPOT, "market", "buy", 0.001);
    expect(order).toMatchObject({ status: "closed", filled: 0.001, fee: { cost: 0.000001, currency: "BTC" } });
    const [fill] = await client.fetchMyTrades(SPOT);
    expect(fill).toMatchObject({ order: order.id, amount: 0.001, takerOrMaker: "taker", price: order.average });
    const balance = await client.fetchBalance();
    expect(balance["BTC"]).toEqual({ free: 0.100999, used: 0, total: 0.100999 });
    expect(await client.fetchTradingFee(SPOT)).toMatchObject({ maker: 0.001, taker: 0.001 });
  });

  it("buys a contract and reads position, margin and fills", async () => {
    await client.setLeverage(5, LINEAR);
    const order = await client.createOrder(LINEAR, "market", "buy", 0.01);
    const [position] = await client.fetchPositions([LINEAR]);
    expect(position).toMatchObject({ side: "long", contracts: 0.01, entryPrice: order.average, marginMode: "cross" });
    const balance = await client.fetchBalance({ type: "swap" });
    expect(Number(balance["USDT"]?.free)).toBeLessThan(Number(balance["USDT"]?.total));
    const trades = await client.fetchMyTrades(LINEAR);
    expect(trades.at(-1)).toMatchObject({ order: order.id, fee: { currency: "USDT" } });
    expect(await client.fetchPositionMode(LINEAR)).toMatchObject({ hedged: false });
  });

  it.each([
    [LINEAR, 0.01],
    [INVERSE, 1],
  ])("places and cancels a stop of %s in the algo service", async (symbol, amount) => {
    const stop = await client.createOrder(symbol, "market", "sell", amount, undefined, { stopLossPrice: 60_000 });
    expect(stop.type).toBe("market");
    expect((await client.fetchOpenOrders(symbol, undefined, undefined, { trigger: true })).map((order: Order) => order.id)).toEqual([
      stop.id,
    ]);
    await client.cancelOrder(idOf(stop), symbol, { trigger: true });
    expect(await client.fetchOpenOrders(symbol, undefined, undefined, { trigger: true })).toEqual([]);
  });

  it("understands why it is refused", async () => {
    await expect(client.createOrder(SPOT, "limit", "buy", 100, 60_000)).rejects.toThrow(ccxt.InsufficientFunds);
    await expect(client.fetchOrder("1", SPOT)).rejects.toThrow(ccxt.OrderNotFound);
    await expect(client.createOrder(LINEAR, "market", "buy", 100)).rejects.toThrow("Margin is insufficient.");
    const stranger = new ccxt.binance({ apiKey: venue.credentials.apiKey, secret: "wrong", enableRateLimit: false });
    pointAt(stranger.urls["api"], new URL(venue.url).host);
    await expect(stranger.fetchOpenOrders(SPOT)).rejects.toThrow(ccxt.AuthenticationError);
  });

  it("reads bars, books, trades, funding and leverage tiers", async () => {
    const bars = await client.fetchOHLCV(SPOT, "1m", undefined, 3);
    expect(bars).toHaveLength(3);
    const book = await client.fetchOrderBook(LINEAR);
    expect(Number(book.bids[0]?.[0])).toBeLessThan(Number(book.asks[0]?.[0]));
    expect((await client.fetchTrades(SPOT, undefined, 5)).length).toBe(5);
    expect(await client.fetchFundingRate(LINEAR)).toMatchObject({ symbol: LINEAR });
    expect((await client.fetchLeverageTiers([LINEAR]))[LINEAR]).toMatchObject([{ maxLeverage: 125 }]);
  });

  it.each([SPOT, LINEAR, INVERSE])("streams the book of %s", async (symbol) => {
    const book = await client.watchOrderBook(symbol);
    expect(Number(book.bids[0]?.[0])).toBeLessThan(Number(book.asks[0]?.[0]));
    await client.unWatchOrderBook(symbol);
  });

  it("streams trades, bars and mark prices", async () => {
    const [trades, bars, mark] = await Promise.all([
      client.watchTrades(SPOT),
      client.watchOHLCV(LINEAR, "1m"),
      client.watchMarkPrice(LINEAR),
    ]);
    expect(trades[0]).toMatchObject({ symbol: SPOT });
    expect(bars[0]).toHaveLength(6);
    expect(Number(mark.markPrice)).toBeGreaterThan(0);
  });

  it.each([
    [SPOT, 0.001, 50_000],
    [LINEAR, 0.01, 62_000],
  ])("streams the account's orders of %s", async (symbol, amount, price) => {
    const streams = venue.sandbox.server.operator.userStreamCount;
    const first = client.watchOrders(symbol);
    // What happens before the exchange has somebody to tell is not told.
    await expect.poll(() => venue.sandbox.server.operator.userStreamCount, { timeout: 20_000 }).toBe(streams + 1);
    const placed = await client.createOrder(symbol, "limit", "buy", amount, price);
    expect(await first).toMatchObject([{ id: placed.id, status: "open", price }]);
    const second = client.watchOrders(symbol);
    await client.cancelOrder(idOf(placed), symbol);
    const told = await second;
    expect(told.at(-1)).toMatchObject({ id: placed.id, status: "canceled" });
  });

  it("leaves no error of the exchange's own behind", () => {
    expect(venue.failures).toEqual([]);
  });
});

/** Replaces the hosts of all addresses; the old host stays as the first part of the path. */
function pointAt(addresses: unknown, host: string): void {
  if (typeof addresses !== "object" || addresses === null) return;
  const tree = addresses as Record<string, unknown>;
  for (const [name, value] of Object.entries(tree)) {
    if (typeof value !== "string") pointAt(value, host);
    else tree[name] = value.replace(/^(http|ws)s?:\/\/([^/]+)/, (_all, scheme: string, old: string) => `${scheme}://${host}/${old}`);
  }
}

function idOf(order: Order): string {
  if (order.id === undefined) throw new Error("ccxt gave an order without an id");
  return order.id;
}
