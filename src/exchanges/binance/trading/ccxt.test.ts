import { createHmac } from "node:crypto";
import ccxt from "ccxt";
import { describe, expect, it } from "vitest";
import { VirtualScheduler } from "../../../base/scheduler.ts";
import type { Instrument } from "../../../domain/instrument.ts";
import type { OrderRequest } from "../../../domain/order.ts";
import { RateLimiter } from "../../transport/rate-limiter.ts";
import { endpointsOf, type BinanceMarket } from "../endpoints.ts";
import { BinanceClient } from "./client.ts";
import { Credentials } from "./credentials.ts";
import type { BinanceRequest, Refusal } from "./requests/binance-request.ts";
import { futuresAmendment, futuresOrder } from "./requests/futures-orders.ts";
import { cancelRequest, openAlgoOrdersQuery, openOrdersQuery, orderQuery } from "./requests/order-requests.ts";
import { spotOrder } from "./requests/spot-orders.ts";
import { INVERSE_BTC, LINEAR_BTC, MemoryHttp, orderFor, SPOT_BTC } from "../../../../test/exchanges/binance/trading-rig.ts";

const NOW = 1_764_000_000_000;
const KEY = "key";
const SECRET = "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j";
const INSTRUMENTS: Readonly<Record<BinanceMarket, Instrument>> = { spot: SPOT_BTC, linear: LINEAR_BTC, inverse: INVERSE_BTC };
const UNIFIED = { spot: "BTC/USDT", linear: "BTC/USDT:USDT", inverse: "BTC/USD:BTC" } as const;

/** What is sent over the wire: method, address, parameters wherever they stand, and the text that was signed. */
interface Sent {
  readonly method: string;
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly payload: string;
}

/**
 * Where our requests differ from ccxt 4.5.84's on purpose: the names that are left out of the comparison, and why. Everything else is equal
 * to the letter.
 */
const DIFFERENCES: ReadonlyArray<{
  readonly why: string;
  readonly applies: (intent: Intent) => boolean;
  readonly names: readonly string[];
}> = [
  { why: "ours may arrive for 3 seconds only, ccxt's for 10", applies: () => true, names: ["recvWindow"] },
  {
    why: "a STOP and a TAKE_PROFIT of futures say GTC aloud; ccxt leaves it to the default",
    applies: ({ market, order }) => market !== "spot" && order?.timeInForce === "GTC" && isStopWithLimit(order) && !order.postOnly,
    names: ["timeInForce"],
  },
  {
    why: "the algo service calls it activatePrice (New Algo Order); ccxt sends activationPrice",
    applies: ({ market, order }) => market !== "spot" && order?.activationPrice !== undefined,
    names: ["activatePrice", "activationPrice"],
  },
  {
    why: "the algo service of COIN-M names an order by clientAlgoId, as ccxt's own cancel does; its placing sends newClientOrderId",
    applies: ({ market, order }) => market === "inverse" && order !== undefined && isConditional(order),
    names: ["clientAlgoId", "newClientOrderId"],
  },
  {
    why: "an algo order is addressed by its name alone; ccxt adds the symbol, which the endpoint does not know",
    applies: ({ name }) => name.includes("conditional order by name"),
    names: ["symbol"],
  },
];

interface Intent {
  readonly name: string;
  readonly market: BinanceMarket;
  readonly order?: OrderRequest;
  readonly ours: BinanceRequest | Refusal;
  readonly theirs: (exchange: InstanceType<typeof ccxt.binance>) => Promise<unknown>;
}

describe("a signed request", () => {
  const intents = [...orderIntents(), ...addressIntents()];

  it("is compared for at least sixty intents", () => {
    expect(intents.length).toBeGreaterThanOrEqual(60);
    expect(new Set(intents.map(({ market, name }) => `${market} ${name}`)).size).toBe(intents.length);
  });

  it.each(intents)("$market: $name equals ccxt's", async (intent) => {
    const [ours, theirs] = [await sentByUs(intent), await sentByCcxt(intent)];
    const left = DIFFERENCES.filter(({ applies }) => applies(intent)).flatMap(({ names }) => names);
    expect(`${ours.method} ${ours.path}`).toBe(`${theirs.method} ${theirs.path}`);
    expect(without(ours.parameters, left)).toEqual(without(theirs.parameters, left));
    expect(ours.parameters["timestamp"]).toBe(String(NOW));
    for (const { payload, parameters } of [ours, theirs]) {
      expect(createHmac("sha256", SECRET).update(payload).digest("hex")).toBe(parameters["signature"]);
    }
  });

  it("needs every difference that is named", () => {
    for (const { why, applies } of DIFFERENCES) expect(intents.some(applies), why).toBe(true);
  });
});

function isConditional({ type }: OrderRequest): boolean {
  return type !== "market" && type !== "limit";
}

function isStopWithLimit({ type }: OrderRequest): boolean {
  return type === "stopLimit" || type === "takeProfitLimit";
}

function without(parameters: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => name !== "signature" && !names.includes(name)));
}

async function sentByUs({ market, ours }: Intent): Promise<Sent> {
  if ("refusal" in ours) throw new Error(ours.refusal);
  const scheduler = new VirtualScheduler(NOW);
  const http = new MemoryHttp(() => ({}));
  const client = new BinanceClient({
    endpoints: endpointsOf({ market }),
    http,
    scheduler,
    credentials: new Credentials(KEY, SECRET),
    limiter: new RateLimiter({ exchange: "Binance", scheduler, limits: [] }),
    timeoutMs: 1000,
    recvWindowMs: 3000,
  });
  await client.send(ours);
  const [request] = http.seen;
  if (request === undefined) throw new Error("nothing was sent");
  const payload = new URL(request.raw.url).search.slice(1).replace(/&signature=.*$/, "");
  return { method: request.method, path: request.path, parameters: request.parameters, payload };
}

async function sentByCcxt({ theirs }: Intent): Promise<Sent> {
  const exchange = new ccxt.binance({ apiKey: KEY, secret: SECRET, enableRateLimit: false, options: { fetchCurrencies: false } });
  exchange.setMarkets(ccxtMarkets(exchange));
  exchange.nonce = () => NOW;
  let sent: Sent | undefined;
  // oxlint-disable-next-line typescript/require-await -- takes the place of the network
  exchange.fetch = async (address: string, method = "GET", _headers: unknown, body: unknown): Promise<unknown> => {
    const url = new URL(address);
    const text = typeof body === "string" && body !== "" ? body : url.search.slice(1);
    const parameters = Object.fromEntries(new URLSearchParams(text));
    sent ??= { method, path: url.pathname, parameters, payload: text.replace(/&signature=.*$/, "") };
    throw new Error("sent");
  };
  await theirs(exchange).catch((error: unknown) => {
    if (sent === undefined) throw error;
  });
  if (sent === undefined) throw new Error("ccxt sent nothing");
  return sent;
}

function ccxtMarkets(exchange: InstanceType<typeof ccxt.binance>): unknown[] {
  const spotTypes = ["LIMIT", "LIMIT_MAKER", "MARKET", "STOP_LOSS", "STOP_LOSS_LIMIT", "TAKE_PROFIT", "TAKE_PROFIT_LIMIT"];
  const futuresTypes = ["LIMIT", "MARKET", "STOP", "STOP_MARKET", "TAKE_PROFIT", "TAKE_PROFIT_MARKET", "TRAILING_STOP_MARKET"];
  return (["spot", "linear", "inverse"] as const).map((market) => {
    const { symbol, priceStep, quantityStep, settleAsset } = INSTRUMENTS[market];
    const isSpot = market === "spot";
    return exchange.safeMarketStructure({
      id: symbol,
      lowercaseId: symbol.toLowerCase(),
      symbol: UNIFIED[market],
      base: "BTC",
      quote: market === "inverse" ? "USD" : "USDT",
      settle: isSpot ? undefined : settleAsset,
      type: isSpot ? "spot" : "swap",
      spot: isSpot,
      swap: !isSpot,
      contract: !isSpot,
      linear: isSpot ? undefined : market === "linear",
      inverse: isSpot ? undefined : market === "inverse",
      contractSize: isSpot ? undefined : market === "linear" ? 1 : 100,
      precision: { price: Number(priceStep), amount: Number(quantityStep) },
      info: { orderTypes: isSpot ? spotTypes : futuresTypes },
    });
  });
}

/** Shapes of orders, each for a market that can take it: name, our request, ccxt's type and extra parameters. */
function orderIntents(): Intent[] {
  const shapes: ReadonlyArray<readonly [string, Partial<OrderRequest>, string, Record<string, unknown>]> = [
    ["market", { type: "market" }, "market", {}],
    ["limit", { type: "limit", price: 64_000.1 }, "limit", { timeInForce: "GTC" }],
    ["limit, immediate or cancel", { type: "limit", price: 64_000.1, timeInForce: "IOC" }, "limit", { timeInForce: "IOC" }],
    ["limit, fill or kill", { type: "limit", price: 64_000.1, timeInForce: "FOK" }, "limit", { timeInForce: "FOK" }],
    ["post-only", { type: "limit", price: 64_000.1, postOnly: true }, "limit", { postOnly: true }],
    ["stop", { type: "stop", triggerPrice: 61_000 }, "market", { stopLossPrice: 61_000 }],
    [
      "stop with a limit",
      { type: "stopLimit", triggerPrice: 61_000, price: 60_900.5 },
      "limit",
      { stopLossPrice: 61_000, timeInForce: "GTC" },
    ],
    ["take profit", { type: "takeProfit", triggerPrice: 70_000 }, "market", { takeProfitPrice: 70_000 }],
    [
      "take profit with a limit",
      { type: "takeProfitLimit", triggerPrice: 70_000, price: 69_900.5 },
      "limit",
      { takeProfitPrice: 70_000, timeInForce: "GTC" },
    ],
    ["trailing stop", { type: "trailingStop", trailingPct: 1.5 }, "market", { trailingPercent: "1.5" }],
    [
      "trailing stop from a price on",
      { type: "trailingStop", trailingPct: 2, activationPrice: 66_000 },
      "market",
      { trailingPercent: "2", trailingTriggerPrice: 66_000 },
    ],
  ];
  const intents: Intent[] = [];
  for (const market of ["spot", "linear", "inverse"] as const) {
    for (const side of ["buy", "sell"] as const) {
      for (const [name, changes, type, parameters] of shapes) intents.push(orderIntent(market, side, name, changes, type, parameters));
    }
    if (market === "spot") continue;
    const exits: ReadonlyArray<(typeof shapes)[number]> = shapes.filter(([name]) =>
      /^(market|limit|stop|take profit|trailing stop)$/.test(name),
    );
    for (const [name, changes, type, parameters] of exits) {
      const reducing = { ...parameters, reduceOnly: true };
      intents.push(orderIntent(market, "sell", `${name}, reduce-only`, { ...changes, reduceOnly: true }, type, reducing));
      const hedged = { ...parameters, positionSide: "LONG" };
      intents.push(orderIntent(market, "sell", `${name}, out of a long in hedge mode`, { ...changes, positionSide: "long" }, type, hedged));
    }
  }
  const dated = { type: "limit", price: 64_000, timeInForce: "GTD", expiresAt: NOW + 3_600_000 } as const;
  intents.push(orderIntent("linear", "buy", "limit until a date", dated, "limit", { timeInForce: "GTD", goodTillDate: dated.expiresAt }));
  return intents;
}

function orderIntent(
  market: BinanceMarket,
  side: "buy" | "sell",
  name: string,
  changes: Partial<OrderRequest>,
  type: string,
  parameters: Record<string, unknown>,
): Intent {
  const instrument = INSTRUMENTS[market];
  // Floating point at its worst: 0.1 + 0.2 contracts of BTC, and whole contracts of 100 dollars.
  const quantity = market === "inverse" ? 3 : 0.1 + 0.2;
  const order = orderFor(instrument, { side, quantity, clientOrderId: "me-20251124-1", ...changes });
  const ours = market === "spot" ? spotOrder(order, instrument) : futuresOrder(market, order, instrument);
  const theirs: Intent["theirs"] = (exchange) => {
    const price = order.price;
    // On spot ccxt wants to hear which way the order trails.
    const way =
      market === "spot" && order.type === "trailingStop" ? (order.activationPrice === undefined ? "stopLoss" : "takeProfit") : undefined;
    const extra = way === undefined ? parameters : { ...parameters, stopLossOrTakeProfit: way };
    return exchange.createOrder(UNIFIED[market], type, side, quantity, price, { ...extra, newClientOrderId: order.clientOrderId });
  };
  return { name: `${side} ${name}`, market, order, ours, theirs };
}

/** Questions about orders, cancels and changes. */
function addressIntents(): Intent[] {
  return (["spot", "linear", "inverse"] as const).flatMap((market): Intent[] => {
    const symbol = INSTRUMENTS[market].symbol;
    const byName = { clientOrderId: "me-1", orderId: "", symbol, type: "limit" } as const;
    const byId = { ...byName, orderId: "8389765489680951453" };
    const waiting = { ...byName, type: "stop" } as const;
    const unified = UNIFIED[market];
    const named = { clientOrderId: "me-1" };
    const intents: Intent[] = [
      { name: "cancel by name", market, ours: cancelRequest(market, byName), theirs: (ex) => ex.cancelOrder("", unified, named) },
      { name: "cancel by id", market, ours: cancelRequest(market, byId), theirs: (ex) => ex.cancelOrder(byId.orderId, unified) },
      { name: "order by name", market, ours: orderQuery(market, byName), theirs: (ex) => ex.fetchOrder("", unified, named) },
      { name: "order by id", market, ours: orderQuery(market, byId), theirs: (ex) => ex.fetchOrder(byId.orderId, unified) },
      { name: "open orders", market, ours: openOrdersQuery(market, symbol), theirs: (ex) => ex.fetchOpenOrders(unified) },
    ];
    if (market === "spot") return intents;
    const change = orderFor(INSTRUMENTS[market], { type: "limit", price: 64_000, quantity: 2 });
    const ours = futuresAmendment(market, byId, { price: 63_999.9 }, change, INSTRUMENTS[market]);
    intents.push(
      { name: "change", market, ours, theirs: (ex) => ex.editOrder(byId.orderId, unified, "limit", "buy", 2, 63_999.9) },
      {
        name: "cancel a conditional order by name",
        market,
        ours: cancelRequest(market, waiting),
        theirs: (ex) => ex.cancelOrder("", unified, { ...named, trigger: true }),
      },
      {
        name: "open conditional orders",
        market,
        ours: openAlgoOrdersQuery(market, symbol),
        theirs: (ex) => ex.fetchOpenOrders(unified, undefined, undefined, { trigger: true }),
      },
    );
    if (market === "linear") {
      intents.push({
        name: "ask for a conditional order by name",
        market,
        ours: orderQuery(market, waiting),
        theirs: (ex) => ex.fetchOrder("", unified, { ...named, trigger: true }),
      });
    }
    return intents;
  });
}
