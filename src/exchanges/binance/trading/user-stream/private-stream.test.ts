import { describe, expect, it } from "vitest";
import { createRandom } from "../../../../base/random.ts";
import { VirtualScheduler } from "../../../../base/scheduler.ts";
import type { HttpResponse } from "../../../transport/http.ts";
import {
  breathe,
  Heard,
  INVERSE_BTC,
  LINEAR_BTC,
  MemoryHttp,
  MemorySockets,
  pass,
  SPOT_BTC,
  type SeenRequest,
} from "../../../../../test/exchanges/binance/trading-rig.ts";
import { endpointsOf, type BinanceMarket } from "../../endpoints.ts";
import { Credentials } from "../credentials.ts";
import { createBinanceGateway } from "../gateway.ts";

const NOW = 1_764_000_000_000;
const MINUTE = 60_000;
const INSTRUMENTS = { spot: SPOT_BTC, linear: LINEAR_BTC, inverse: INVERSE_BTC };

type Answer = (request: SeenRequest) => Partial<HttpResponse>;

/** A gateway whose private stream is up. */
async function connected(market: BinanceMarket, answer: Answer = () => ({})) {
  const rig = listening(market, answer);
  await breathe();
  await acceptLast(rig.sockets);
  return rig;
}

function listening(market: BinanceMarket, answer: Answer) {
  const scheduler = new VirtualScheduler(NOW);
  let keys = 0;
  const http = new MemoryHttp((request) => {
    if (!request.path.endsWith("listenKey") || request.method === "PUT") return answer(request);
    keys += 1;
    return { body: JSON.stringify({ listenKey: `key${keys}` }) };
  });
  const sockets = new MemorySockets();
  const heard = new Heard();
  const gateway = createBinanceGateway({
    market,
    instruments: [INSTRUMENTS[market]],
    credentials: new Credentials("the-key", "the-secret"),
    endpoints: endpointsOf({ market }),
    http,
    sockets,
    scheduler,
    random: createRandom(1),
  });
  gateway.connect(heard);
  return { gateway, http, sockets, heard, scheduler };
}

async function acceptLast(sockets: MemorySockets): Promise<void> {
  const socket = sockets.last;
  socket.accept();
  const [subscription] = socket.sent;
  if (subscription !== undefined) {
    const { id } = JSON.parse(subscription) as { readonly id: string };
    socket.say({ id, status: 200, result: { subscriptionId: 0 } });
  }
  await breathe();
}

function fillEvent(c: string, i: number, t: number) {
  const order = {
    s: "BTCUSDT",
    c,
    S: "SELL",
    o: "MARKET",
    f: "GTC",
    q: "0.5",
    p: "0",
    ap: "0",
    x: "TRADE",
    X: "FILLED",
    i,
    l: "0.5",
    z: "0.5",
  };
  return {
    e: "ORDER_TRADE_UPDATE",
    E: NOW,
    T: NOW,
    o: { ...order, L: "59990", N: "USDT", n: "0.1", T: NOW, t, m: false, R: true, ot: "MARKET" },
  };
}

describe("the private stream of spot", () => {
  it("subscribes with a signature and is up when that is accepted", async () => {
    const { sockets, heard } = listening("spot", () => ({}));
    await breathe();
    expect(sockets.last.url).toBe("wss://ws-api.binance.com:443/ws-api/v3");
    sockets.last.accept();
    const request = JSON.parse(sockets.last.sent[0] ?? "{}") as Record<string, unknown>;
    expect(request).toMatchObject({
      method: "userDataStream.subscribe.signature",
      params: { apiKey: "the-key", timestamp: NOW, recvWindow: 3000 },
    });
    expect(heard.stream).toEqual([]);
    sockets.last.say({ id: request["id"], status: 200, result: { subscriptionId: 0 } });
    expect(heard.stream).toEqual([true]);
  });

  it("is not up while Binance refuses it, asks for the time when ours was refused, and asks again later", async () => {
    const { http, sockets, heard, scheduler } = listening("spot", () => ({}));
    await breathe();
    sockets.last.accept();
    const asked = http.seen.filter(({ path }) => path === "/api/v3/time").length;
    sockets.last.say({
      id: "user-1",
      status: 400,
      error: { code: -1021, msg: "Timestamp for this request is outside of the recvWindow." },
    });
    await breathe();
    expect(http.seen.filter(({ path }) => path === "/api/v3/time").length).toBeGreaterThan(asked);
    await pass(scheduler, 2 * MINUTE);
    expect(heard.stream).toEqual([]);
    expect(sockets.opened.length).toBeGreaterThan(1);
  });

  it("hands on balances and says that it is down when it is", async () => {
    const { sockets, heard, scheduler } = await connected("spot");
    sockets.last.say({ subscriptionId: 0, event: { e: "outboundAccountPosition", E: 2, u: 1, B: [{ a: "BTC", f: "1", l: "0.5" }] } });
    expect(heard.balances).toEqual([{ asset: "BTC", total: 1.5, free: 1 }]);
    sockets.last.end();
    expect(heard.stream).toEqual([true, false]);
    await pass(scheduler, MINUTE);
    await acceptLast(sockets);
    expect(heard.stream).toEqual([true, false, true]);
  });

  it("goes over to a new connection before the server shuts down, without being down", async () => {
    const { sockets, heard, scheduler } = await connected("spot");
    const old = sockets.last;
    old.say({ event: { e: "serverShutdown", E: NOW } });
    await breathe();
    expect(sockets.opened).toHaveLength(2);
    expect(old.isClosed).toBe(false);
    await acceptLast(sockets);
    await pass(scheduler, MINUTE / 2);
    expect(old.isClosed).toBe(true);
    expect(heard.stream).toEqual([true]);
    sockets.last.say({ subscriptionId: 0, event: { e: "balanceUpdate", E: NOW, a: "BTC", d: "1", T: NOW } });
    expect(heard.transfers).toHaveLength(1);
  });

  it("asks for the balances when another system has locked some", async () => {
    const { sockets, heard } = await connected("spot", () => ({ body: '{"balances":[{"asset":"NEO","free":"1","locked":"9"}]}' }));
    sockets.last.say({ subscriptionId: 0, event: { e: "externalLockUpdate", E: NOW, a: "NEO", d: "10", T: NOW } });
    await breathe();
    expect(heard.balances).toEqual([{ asset: "NEO", total: 10, free: 1 }]);
  });

  it("survives messages that cannot be read", async () => {
    const { sockets, heard } = await connected("spot");
    for (const message of ["{", "[]", "null", '{"e":5}', '{"event":{"e":"executionReport"}}']) sockets.last.say(message);
    sockets.last.say({ subscriptionId: 0, event: { e: "outboundAccountPosition", E: 2, u: 1, B: [{ a: "BTC", f: "1", l: "0" }] } });
    expect(heard.balances).toHaveLength(1);
  });
});

describe("the private stream of futures", () => {
  it.each([
    ["linear", "wss://fstream.binance.com/private/ws/key1", "/fapi/v1/listenKey"],
    ["inverse", "wss://dstream.binance.com/ws/key1", "/dapi/v1/listenKey"],
  ] as const)("of %s is an address with a listen key, prolonged in time", async (market, url, path) => {
    const { sockets, http, scheduler, heard } = await connected(market);
    expect(sockets.last.url).toBe(url);
    expect(heard.stream).toEqual([true]);
    for (let minute = 0; minute < 55; minute += 1) {
      sockets.last.say({ e: "TRADE_LITE" });
      await pass(scheduler, MINUTE);
    }
    expect(http.to(path).map(({ method }) => method)).toEqual(["POST", "PUT", "PUT"]);
    expect(http.seen.every(({ parameters }) => parameters["signature"] === undefined)).toBe(true);
  });

  it("asks for a new key when the old one is gone, and says that it was down", async () => {
    const { sockets, heard, scheduler } = await connected("linear");
    sockets.last.say({ e: "listenKeyExpired", E: NOW, listenKey: "key1" });
    await pass(scheduler, 5_000);
    await acceptLast(sockets);
    expect(sockets.last.url).toMatch(/key2$/);
    expect(heard.stream).toEqual([true, false, true]);
  });

  it("asks for a new key when prolonging says that there is none", async () => {
    const unknown = { status: 400, body: '{"code":-1125,"msg":"This listenKey does not exist."}' };
    const { sockets, heard, scheduler } = await connected("linear", ({ method }) => (method === "PUT" ? unknown : {}));
    for (let minute = 0; minute < 25; minute += 1) {
      sockets.last.say({ e: "TRADE_LITE" });
      await pass(scheduler, MINUTE);
    }
    await pass(scheduler, 5_000);
    await acceptLast(sockets);
    expect(sockets.last.url).toMatch(/key2$/);
    expect(heard.stream).toEqual([true, false, true]);
  });

  it("tells the executions of a triggered order under our name, whichever message comes with which id", async () => {
    const { sockets, heard, gateway } = await connected("linear", ({ path }) => ({
      body: path.endsWith("userTrades") ? JSON.stringify([tradeOf(88937381063, 1)]) : "{}",
    }));
    const details = {
      caid: "ours",
      aid: 7,
      o: "STOP_MARKET",
      s: "BTCUSDT",
      S: "SELL",
      q: "0.5",
      X: "TRIGGERED",
      ai: "88937381063",
      tp: "60000",
    };
    sockets.last.say({ e: "ALGO_UPDATE", T: NOW, E: NOW, o: details });
    sockets.last.say(fillEvent("made-by-binance", 88937381063, 1));
    expect(heard.fills).toMatchObject([{ clientOrderId: "ours", tradeId: "1", orderId: "88937381063", fee: 0.1 }]);
    expect(heard.orders.at(-1)).toMatchObject({ clientOrderId: "ours", type: "stop", status: "filled", triggerPrice: 60_000 });
    const [fill] = await gateway.fillsSince("BTCUSDT", NOW - 1000);
    expect(fill).toMatchObject({ clientOrderId: "ours", tradeId: "1" });
  });

  it("tells a funding payment with the id and the symbol that the history of income gives it", async () => {
    let isThere = false;
    const row = { symbol: "BTCUSDT", incomeType: "FUNDING_FEE", income: "-0.375", asset: "USDT", time: NOW, tranId: 9689322392 };
    const { sockets, heard, scheduler } = await connected("linear", ({ path }) => ({
      body: path.endsWith("income") && isThere ? JSON.stringify([row]) : "[]",
    }));
    sockets.last.say({
      e: "ACCOUNT_UPDATE",
      E: NOW,
      T: NOW,
      a: { m: "FUNDING_FEE", B: [{ a: "USDT", wb: "10", cw: "10", bc: "-0.375" }] },
    });
    await pass(scheduler, 5_000);
    expect(heard.transfers).toEqual([]);
    isThere = true;
    await pass(scheduler, MINUTE);
    expect(heard.transfers).toEqual([
      { kind: "funding", id: "FUNDING_FEE:9689322392", asset: "USDT", amount: -0.375, symbol: "BTCUSDT", time: NOW },
    ]);
  });

  it("names a liquidation also where only the history tells of it", async () => {
    const { sockets, heard, gateway } = await connected("linear", ({ path }) => ({
      body: path.endsWith("userTrades") ? JSON.stringify([tradeOf(77, 9)]) : "{}",
    }));
    sockets.last.say(fillEvent("autoclose-1764000080000", 77, 9));
    expect(heard.fills).toMatchObject([{ cause: "liquidation" }]);
    expect(await gateway.fillsSince("BTCUSDT", NOW - 1000)).toMatchObject([{ cause: "liquidation", tradeId: "9" }]);
  });

  it("says nothing after it was closed", async () => {
    const { sockets, heard, gateway, scheduler } = await connected("linear");
    await gateway[Symbol.asyncDispose]();
    await pass(scheduler, 60 * MINUTE);
    expect(sockets.opened).toHaveLength(1);
    expect(heard.stream).toEqual([true]);
  });
});

function tradeOf(orderId: number, id: number) {
  const amounts = { price: "59990", qty: "0.5", commission: "0.1", commissionAsset: "USDT" };
  return { symbol: "BTCUSDT", id, orderId, side: "SELL", ...amounts, time: NOW, positionSide: "BOTH", maker: false, buyer: false };
}
