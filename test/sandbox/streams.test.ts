/* oxlint-disable typescript/no-unsafe-argument, typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-return -- answers are JSON of any shape; what they should hold is what is tested */
import { describe, expect, it } from "vitest";
import { KEY, Rig, START } from "./rig.ts";

const HOUR = 3_600_000;

describe("the diff stream of a book", () => {
  it.each([
    ["spot", "depth@100ms"],
    ["spot", "depth"],
    ["usdm", "depth@100ms"],
    ["usdm", "depth@500ms"],
  ] as const)("of %s, at the speed of %s, keeps a book in step with the exchange by the published rules", (where, speed) => {
    using rig = new Rig({ market: where === "spot" ? "spot" : "linear", venue: { tradesPerSecond: 5 } });
    const client = rig.connect(`/${where}/ws/btcusdt@${speed}`);
    rig.run(5_000);
    const path = where === "spot" ? "/api/v3/depth" : "/fapi/v1/depth";
    const snapshot = rig.ask(path, { symbol: "BTCUSDT", limit: 1_000 }).body;
    rig.run(30_000);
    const book = { b: new Map<string, string>(snapshot.bids), a: new Map<string, string>(snapshot.asks) };
    let last = snapshot.lastUpdateId as number;
    let isFirst = true;
    for (const message of client.messages()) {
      const { U, u, pu } = message;
      // Spot drops what ends at or before the snapshot, futures what ends before it ("How to manage a local order book correctly").
      if (where === "spot" ? u <= last : u < last) continue;
      if (isFirst) expect(U <= last + 1 && u >= last).toBe(true);
      else expect(where === "spot" ? U : pu).toBe(where === "spot" ? last + 1 : last);
      // Every update id is one level that changed.
      expect(message.b.length + message.a.length).toBeLessThanOrEqual(u - U + 1);
      isFirst = false;
      last = u;
      for (const side of ["b", "a"] as const) {
        for (const [price, quantity] of message[side]) {
          if (Number(quantity) === 0) book[side].delete(price);
          else book[side].set(price, quantity);
        }
      }
    }
    expect(isFirst).toBe(false);
    const now = rig.ask(path, { symbol: "BTCUSDT", limit: 1_000 }).body;
    expect(last).toBe(now.lastUpdateId);
    const sorted = (rows: Iterable<readonly string[]>): unknown =>
      [...rows].map(([p, q]) => [p, q]).toSorted(([a], [b]) => Number(a) - Number(b));
    expect(sorted(book.b)).toEqual(sorted(now.bids));
    expect(sorted(book.a)).toEqual(sorted(now.asks));
  });
});

describe("a stream connection", () => {
  it("subscribes, lists and unsubscribes, and wraps messages on /stream only", () => {
    using rig = new Rig({ market: "spot" });
    const client = rig.connect("/spot/stream", "streams=btcusdt@trade");
    client.session.onMessage('{"method":"SUBSCRIBE","params":["btcusdt@bookTicker"],"id":1}');
    client.session.onMessage('{"method":"LIST_SUBSCRIPTIONS","id":"two"}');
    client.session.onMessage('{"method":"UNSUBSCRIBE","params":["btcusdt@bookTicker"],"id":null}');
    expect(client.messages()).toEqual([
      { result: null, id: 1 },
      { result: ["btcusdt@trade", "btcusdt@bookTicker"], id: "two" },
      { result: null, id: null },
    ]);
    client.texts.length = 0;
    rig.run(60_000);
    expect(new Set(client.messages().map(({ stream }) => stream))).toEqual(new Set(["btcusdt@trade"]));
    expect(client.messages()[0].data).toMatchObject({ e: "trade", s: "BTCUSDT" });
  });

  it.each([
    ["{", 3],
    ["null", 2],
    ["[]", 2],
    ['{"id":1}', 2],
    ['{"method":"subscribe","id":1}', 2],
    ['{"method":"SUBSCRIBE","params":[1],"id":1}', 2],
    ['{"method":"SUBSCRIBE","params":["nope@trade"],"id":1}', 2],
    ['{"method":"SUBSCRIBE","params":["BTCUSDT@trade"],"id":1}', 2],
    ['{"method":"SUBSCRIBE","params":["btcusdt@kline_7m"],"id":1}', 2],
    ['{"method":"GET_PROPERTY","params":["other"],"id":1}', 0],
    ['{"method":"SET_PROPERTY","params":["combined","yes"],"id":1}', 1],
  ])("that says %s is told what is wrong and stays open", (text, code) => {
    using rig = new Rig({ market: "spot" });
    const client = rig.connect("/spot/ws");
    client.session.onMessage(text);
    expect(client.messages()).toMatchObject([{ error: { code } }]);
    expect(client.closed()).toBeUndefined();
  });

  it("echoes an id of 64 bits digit by digit", () => {
    using rig = new Rig({ market: "spot" });
    const client = rig.connect("/spot/ws");
    client.session.onMessage('{"method":"LIST_SUBSCRIPTIONS","id":9223372036854775807}');
    expect(client.texts).toEqual(['{"result":[],"id":9223372036854775807}']);
  });

  it.each([
    ["spot", 5],
    ["usdm", 10],
  ])("of %s that says more than %i things in a second is cut", (where, most) => {
    using rig = new Rig({ market: where === "spot" ? "spot" : "linear" });
    const client = rig.connect(`/${where}/ws`);
    for (let count = 0; count < most; count += 1) client.session.onMessage('{"method":"LIST_SUBSCRIPTIONS","id":1}');
    expect(client.closed()).toBeUndefined();
    client.session.onMessage('{"method":"LIST_SUBSCRIPTIONS","id":1}');
    expect(client.closed()).toMatchObject({ code: 1008 });
  });

  it("of USDⓈ-M that asks for a stream at the wrong address hears nothing", () => {
    using rig = new Rig({ market: "linear" });
    const wrong = rig.connect("/usdm/public/ws/btcusdt@aggTrade");
    const right = rig.connect("/usdm/market/ws/btcusdt@aggTrade");
    rig.run(60_000);
    expect(wrong.texts).toEqual([]);
    expect(right.texts.length).toBeGreaterThan(0);
  });

  it.each([
    ["spot", 20_000, 60_000],
    ["usdm", 180_000, 600_000],
  ])("of %s is pinged every %i ms and cut after %i ms without a pong", (where, ping, pong) => {
    using rig = new Rig({ market: where === "spot" ? "spot" : "linear", venue: { tradesPerSecond: 0.01 } });
    const good = rig.connect(`/${where}/ws`);
    const mute = rig.connect(`/${where}/ws`, "", true);
    const unsolicited = rig.connect(`/${where}/ws`, "", true);
    rig.run(ping);
    expect(good.pings).toEqual([String(START + ping)]);
    unsolicited.session.onPong("");
    rig.run(pong);
    expect([good.closed(), mute.closed()?.code, unsolicited.closed()?.code]).toEqual([undefined, 1008, 1008]);
  });

  it("ends after 24 hours", () => {
    using rig = new Rig({ market: "spot", venue: { tradesPerSecond: 0.01 } });
    const client = rig.connect("/spot/ws");
    rig.run(24 * HOUR - 1);
    expect(client.closed()).toBeUndefined();
    rig.run(1);
    expect(client.closed()).toBeDefined();
  });

  it("is told when the server goes down, and ends with a restart", () => {
    using rig = new Rig();
    const clients = [rig.connect("/spot/stream"), rig.connect("/spot/ws-api/v3"), rig.connect("/usdm/public/ws")];
    rig.sandbox.act({ act: "announceShutdown" });
    expect(clients.map(({ texts }) => texts.join())).toEqual([
      `{"stream":"!serverShutdown","data":{"e":"serverShutdown","E":${START}}}`,
      `{"event":{"e":"serverShutdown","E":${START}}}`,
      `{"e":"serverShutdown","E":${START}}`,
    ]);
    rig.sandbox.act({ act: "restart" });
    expect(clients.every((client) => client.closed() !== undefined)).toBe(true);
    expect(rig.sandbox.server.operator.connectionCount).toBe(0);
  });

  it("is refused to an address that has tried three hundred times in five minutes", () => {
    using rig = new Rig({ market: "spot" });
    for (let count = 0; count < 300; count += 1) rig.connect("/spot/ws").session.onClose();
    const refused = rig.connect("/spot/ws");
    rig.run(1);
    expect(refused.closed()).toMatchObject({ code: 1008 });
    rig.run(300_000);
    const accepted = rig.connect("/spot/ws");
    rig.run(1);
    expect(accepted.closed()).toBeUndefined();
  });
});

describe("public streams", () => {
  it("tell bars as they form and once as they close", () => {
    using rig = new Rig({ market: "linear" });
    const client = rig.connect("/usdm/market/ws/btcusdt@kline_1m");
    rig.run(125_000);
    const closed = client.messages().filter(({ k }) => k.x);
    expect(closed.map(({ k }) => k.t)).toEqual([START, START + 60_000]);
    const rows = rig.ask("/fapi/v1/klines", { symbol: "BTCUSDT", interval: "1m", startTime: START, endTime: START + 60_000 }).body;
    expect(closed.map(({ k }) => [k.t, k.o, k.h, k.l, k.c, k.v])).toEqual(rows.map((row: unknown[]) => row.slice(0, 6)));
  });

  it("tell the mark price each second, or each third one", () => {
    using rig = new Rig({ market: "linear", venue: { tradesPerSecond: 5 } });
    const fast = rig.connect("/usdm/market/ws/btcusdt@markPrice@1s");
    const slow = rig.connect("/usdm/market/ws/btcusdt@markPrice");
    rig.run(30_000);
    expect(fast.texts.length).toBeGreaterThan(2 * slow.texts.length);
    expect(slow.messages()[0]).toMatchObject({ e: "markPriceUpdate", s: "BTCUSDT" });
  });

  it("tell the best prices whenever they change, never crossed", () => {
    using rig = new Rig({ market: "spot", venue: { tradesPerSecond: 5 } });
    const client = rig.connect("/spot/ws/btcusdt@bookTicker");
    rig.run(20_000);
    const messages = client.messages();
    expect(messages.length).toBeGreaterThan(5);
    expect(messages.every(({ b, a }) => Number(b) < Number(a))).toBe(true);
    expect(messages.every(({ u }, at) => at === 0 || u > messages[at - 1].u)).toBe(true);
  });

  it("tell part of the book as deep as was asked for", () => {
    using rig = new Rig({ market: "spot", venue: { tradesPerSecond: 5 } });
    const client = rig.connect("/spot/ws/btcusdt@depth5@100ms");
    rig.run(5_000);
    expect(client.messages()[0].bids).toHaveLength(5);
  });
});

describe("listen keys of futures", () => {
  it("end after an hour with a last event, unless they are extended", () => {
    using rig = new Rig({ market: "linear", venue: { tradesPerSecond: 0.01 } });
    const { listenKey } = rig.send("POST", "/fapi/v1/listenKey", "").body;
    const client = rig.connect("/usdm/private/ws", `listenKey=${listenKey}`);
    rig.run(HOUR - 1_000);
    expect(rig.send("PUT", "/fapi/v1/listenKey", "").body).toEqual({ listenKey });
    rig.run(HOUR - 1_000);
    expect(client.messages()).toEqual([]);
    rig.run(1_000);
    expect(client.messages()).toMatchObject([{ e: "listenKeyExpired", listenKey }]);
    expect(rig.send("PUT", "/fapi/v1/listenKey", "").body).toEqual({ code: -1125, msg: "This listenKey does not exist." });
  });

  it("are the same for a second POST, and another after a restart", () => {
    using rig = new Rig({ market: "linear" });
    const post = (): string => rig.send("POST", "/fapi/v1/listenKey", "").body.listenKey;
    const first = post();
    expect(post()).toBe(first);
    rig.sandbox.act({ act: "restart" });
    expect(post()).not.toBe(first);
  });

  it("of another key tell only the events that were asked for", () => {
    using rig = new Rig({ market: "linear" });
    const { listenKey } = rig.send("POST", "/fapi/v1/listenKey", "").body;
    const client = rig.connect("/usdm/private/stream", `listenKey=${listenKey}&events=ACCOUNT_UPDATE`);
    rig.call("POST", "/fapi/v1/order", { symbol: "BTCUSDT", side: "BUY", type: "MARKET", quantity: "0.010" });
    expect(client.messages().map(({ stream, data }) => [stream, data.e])).toEqual([[listenKey, "ACCOUNT_UPDATE"]]);
  });

  it("do not exist on spot", () => {
    using rig = new Rig({ market: "spot" });
    expect(rig.send("POST", "/api/v3/userDataStream", "").status).toBe(404);
  });
});

describe("the WebSocket API of spot", () => {
  it("tells the account's events to whoever signs for them, cancellations under both names", () => {
    using rig = new Rig({ market: "spot" });
    const user = rig.connectSpotUser();
    rig.call("POST", "/api/v3/order", {
      symbol: "BTCUSDT",
      side: "BUY",
      type: "LIMIT",
      timeInForce: "GTC",
      quantity: "0.001",
      price: "50000",
      newClientOrderId: "a",
    });
    rig.call("DELETE", "/api/v3/order", { symbol: "BTCUSDT", origClientOrderId: "a", newClientOrderId: "b" });
    rig.sandbox.act({ act: "transfer", market: "spot", asset: "USDT", amount: 5 });
    expect(user.messages().map(({ subscriptionId, event }) => [subscriptionId, event.e, event.x ?? event.d, event.c, event.C])).toEqual([
      [0, "executionReport", "NEW", "a", ""],
      [0, "executionReport", "CANCELED", "b", "a"],
      [0, "balanceUpdate", "5.00000000", undefined, undefined],
      [0, "outboundAccountPosition", undefined, undefined, undefined],
    ]);
  });

  it("takes one subscription of an account, and ends it with a message", () => {
    using rig = new Rig({ market: "spot" });
    const user = rig.connectSpotUser();
    rig.say(user, "userDataStream.subscribe.signature", {}, true);
    expect(user.messages().at(-1)).toMatchObject({ status: 400, error: { code: -2035 } });
    rig.sandbox.act({ act: "terminateUserStreams" });
    expect(user.messages().at(-1)).toEqual({ subscriptionId: 0, event: { e: "eventStreamTerminated", E: START } });
    rig.say(user, "userDataStream.subscribe.signature", {}, true);
    expect(user.messages().at(-1)).toMatchObject({ status: 200, result: { subscriptionId: 1 } });
  });

  it("refuses a session to an HMAC key, and a subscription without a session", () => {
    using rig = new Rig({ market: "spot" });
    const client = rig.connect("/spot/ws-api/v3");
    rig.say(client, "session.logon", {}, true);
    rig.say(client, "userDataStream.subscribe");
    expect(client.messages().map(({ status }) => status)).toEqual([400, 401]);
  });

  it("places, asks for and cancels orders as REST does, and tells the limits", () => {
    using rig = new Rig({ market: "spot" });
    const client = rig.connect("/spot/ws-api/v3");
    const order = {
      symbol: "BTCUSDT",
      side: "BUY",
      type: "LIMIT",
      timeInForce: "GTC",
      quantity: 0.001,
      price: 50000,
      newClientOrderId: "a",
    };
    rig.say(client, "order.place", order, true);
    rig.say(client, "order.status", { symbol: "BTCUSDT", origClientOrderId: "a" }, true);
    rig.say(client, "order.cancel", { symbol: "BTCUSDT", origClientOrderId: "a" }, true);
    rig.say(client, "order.cancel", { symbol: "BTCUSDT", origClientOrderId: "a" }, true);
    rig.say(client, "order.place", order);
    rig.say(client, "nonsense");
    const messages = client.messages();
    expect(messages.map(({ status, result, error }) => [status, result?.status ?? error?.code])).toEqual([
      [200, "NEW"],
      [200, "NEW"],
      [200, "CANCELED"],
      [400, -2011],
      [401, -2014],
      [400, -1020],
    ]);
    expect(messages[0].rateLimits).toContainEqual({ rateLimitType: "ORDERS", interval: "SECOND", intervalNum: 10, limit: 100, count: 1 });
  });

  it("takes a request on a session of an Ed25519 key without a signature", async () => {
    const { generateKeyPairSync, sign } = await import("node:crypto");
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
    using rig = new Rig({ market: "spot", accounts: [{ apiKey: KEY, publicKey: pem }] });
    const client = rig.connect("/spot/ws-api/v3");
    const signature = sign(null, Buffer.from(`apiKey=${KEY}&timestamp=${START}`), privateKey).toString("base64");
    rig.say(client, "session.logon", { apiKey: KEY, timestamp: START, signature });
    rig.say(client, "userDataStream.subscribe");
    rig.say(client, "order.place", { symbol: "BTCUSDT", side: "BUY", type: "MARKET", quantity: "0.001", timestamp: START });
    rig.say(client, "session.logout");
    const messages = client.messages();
    expect(messages.map(({ status, event }) => status ?? event.e)).toEqual([
      200,
      200,
      "executionReport",
      "executionReport",
      "outboundAccountPosition",
      200,
      "eventStreamTerminated",
      200,
    ]);
    expect(messages[0].result).toMatchObject({ apiKey: KEY, authorizedSince: START });
  });
});
