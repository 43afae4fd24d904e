import { connect, type Socket } from "node:net";
import { WebSocket } from "ws";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ConfigurationError } from "../../src/base/errors.ts";
import { startFakeVenue, type FakeVenue } from "../../src/sandbox/server/fake-venue.ts";
import { hmac } from "./rig.ts";

let venue: FakeVenue;
let port: number;

beforeAll(async () => {
  venue = await startFakeVenue({ seed: 5, venue: { historyDays: 2 } });
  port = Number(new URL(venue.url).port);
});

afterAll(async () => {
  expect(venue.failures).toEqual([]);
  await venue.close();
});

async function admin(
  path: string,
  init: { readonly method?: string; readonly body?: unknown; readonly headers?: Record<string, string> } = {},
): Promise<{ status: number; text: string }> {
  const response = await fetch(venue.adminUrl + path, {
    method: init.method ?? "GET",
    headers: { authorization: `Bearer ${venue.adminToken}`, ...init.headers },
    ...(init.body === undefined ? {} : { body: typeof init.body === "string" ? init.body : JSON.stringify(init.body) }),
  });
  return { status: response.status, text: await response.text() };
}

/** Sends bytes as they are and gives what comes back before the connection ends. */
function raw(to: number, bytes: string | Buffer): Promise<string> {
  return new Promise((resolve) => {
    const socket: Socket = connect(to, "127.0.0.1", () => socket.write(bytes));
    let text = "";
    socket.on("data", (chunk: Buffer) => (text += chunk.toString("latin1")));
    socket.on("error", () => resolve(text));
    socket.on("close", () => resolve(text));
  });
}

async function isAlive(): Promise<boolean> {
  return (await fetch(`${venue.url}/api/v3/ping`)).status === 200;
}

describe("a started exchange", () => {
  it("serves the three markets under one address to the key it was started with", async () => {
    const query = `timestamp=${Date.now()}`;
    const { apiKey, apiSecret } = venue.credentials;
    for (const path of ["/api/v3/account", "/fapi/v3/account", "/dapi/v1/account"]) {
      const response = await fetch(`${venue.url}${path}?${query}&signature=${hmac(query, apiSecret)}`, {
        headers: { "X-MBX-APIKEY": apiKey },
      });
      expect(response.status, path).toBe(200);
    }
  });

  it("draws another key and another token at every start", async () => {
    await using other = await startFakeVenue({ market: "spot", venue: { historyDays: 2 } });
    expect(other.credentials.apiKey).toHaveLength(64);
    expect(
      new Set([other.credentials.apiKey, other.credentials.apiSecret, venue.credentials.apiKey, venue.credentials.apiSecret]).size,
    ).toBe(4);
    expect(other.adminToken).not.toBe(venue.adminToken);
  });

  it("listens on this machine only, and says so when a port is taken", async () => {
    await expect(startFakeVenue({ host: "0.0.0.0" })).rejects.toThrow(ConfigurationError);
    await expect(startFakeVenue({ port, market: "spot", venue: { historyDays: 2 } })).rejects.toThrow(`Port ${port} is in use`);
  });

  it.each([
    ["the name of another host", { host: "rebound.example.org" }],
    ["the page of another site", { host: "127.0.0.1", origin: "https://example.org" }],
  ])("answers nothing to %s", async (_name, headers) => {
    const lines = Object.entries({ ...headers, connection: "close" }).map(([name, value]) => `${name}: ${value}`);
    const ask = (path: string, more: readonly string[] = []): Promise<string> =>
      raw(port, `GET ${path} HTTP/1.1\r\n${[...lines, ...more].join("\r\n")}\r\n\r\n`);
    expect(await ask("/api/v3/time")).toMatch(/^HTTP\/1.1 403/);
    const upgrade = ["upgrade: websocket", "sec-websocket-version: 13", "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ=="];
    expect(await ask("/spot/ws", upgrade)).toMatch(/^HTTP\/1.1 403/);
  });
});

describe("bad input", () => {
  it("of any kind leaves it running", async () => {
    const requests = [
      "\0\0\0\0garbage\r\n\r\n",
      "GET / HTTP/9.9\r\n\r\n",
      `GET /${"a".repeat(50_000)} HTTP/1.1\r\nhost: localhost\r\n\r\n`,
      `GET / HTTP/1.1\r\nhost: localhost\r\n${"x: y\r\n".repeat(5_000)}\r\n`,
      "POST /api/v3/order HTTP/1.1\r\nhost: localhost\r\ncontent-length: 99999999999\r\nconnection: close\r\n\r\n{",
      "POST /api/v3/order HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\nzz\r\n",
    ];
    for (const request of requests.slice(0, 4)) await raw(port, request);
    // The last two wait for what never comes; their clients go away.
    for (const request of requests.slice(4)) {
      const socket = connect(port, "127.0.0.1", () => socket.write(request, () => setTimeout(() => socket.destroy(), 50)));
      socket.on("error", () => {});
      await new Promise((resolve) => socket.once("close", resolve));
    }
    expect(await isAlive()).toBe(true);
  });

  it("that is too long is refused before it is all read", async () => {
    const response = await raw(
      port,
      `POST /api/v3/order HTTP/1.1\r\nhost: localhost\r\ncontent-length: 200000\r\n\r\n${"a=b&".repeat(20_000)}`,
    );
    expect(response).toMatch(/^HTTP\/1.1 413/);
  });

  it("on a WebSocket ends that connection at most", async () => {
    const sayings: readonly (string | Buffer)[] = [
      "",
      "{",
      "[[[[",
      "null",
      Buffer.from([0xff, 0xfe]),
      `{"id":1,"method":"${"m".repeat(1_000)}"}`,
      '{"__proto__":{"method":"SUBSCRIBE"}}',
    ];
    for (const path of ["/spot/ws", "/spot/ws-api/v3", "/usdm/public/stream", "/coinm/ws"]) {
      const socket = new WebSocket(`${venue.url.replace("http", "ws")}${path}`);
      socket.on("error", () => {});
      await new Promise((resolve) => socket.once("open", resolve));
      for (const saying of sayings.slice(0, 4)) socket.send(saying);
      for (const saying of sayings.slice(4)) socket.send(saying);
      socket.send("x".repeat(100_000));
      const code = await new Promise((resolve) => socket.once("close", resolve));
      expect(code, path).toBeGreaterThan(1_000);
    }
    expect(await isAlive()).toBe(true);
  });

  it("at a path where there is nothing is 404, upgrade or not", async () => {
    const socket = new WebSocket(`${venue.url.replace("http", "ws")}/nothing/here`);
    const error = await new Promise<Error>((resolve) => socket.once("error", resolve));
    expect(error.message).toContain("404");
    expect((await fetch(`${venue.url}/nothing`)).status).toBe(404);
  });

  it("that breaks off in the handshake leaves no connection behind", async () => {
    const before = venue.sandbox.server.operator.connectionCount;
    const upgrade =
      "GET /spot/ws HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 99\r\nsec-websocket-key: x\r\n\r\n";
    await raw(port, upgrade);
    await expect.poll(() => venue.sandbox.server.operator.connectionCount).toBe(before);
  });
});

describe("a reader that does not read", () => {
  it("is dropped before what waits for it grows without end", async () => {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => {});
    socket.write(
      "GET /spot/ws-api/v3 HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
    );
    await new Promise((resolve) => socket.once("data", resolve));
    socket.pause();
    const before = venue.sandbox.server.operator.connectionCount;
    // Answers of 100 kB each, until the exchange has had enough.
    const question = Buffer.from('{"id":1,"method":"klines","params":{"symbol":"BTCUSDT","interval":"1m","limit":1000}}');
    const frame = Buffer.concat([Buffer.from([0x81, 0x80 | question.length, 0, 0, 0, 0]), question]);
    for (let count = 0; count < 250 && !socket.destroyed; count += 1) socket.write(frame);
    await expect.poll(() => venue.sandbox.server.operator.connectionCount, { timeout: 20_000 }).toBe(before - 1);
    socket.destroy();
  });
});

describe("the operator's port", () => {
  it.each([
    ["no token", { authorization: "" }, 401],
    ["a wrong token", { authorization: "Bearer wrong" }, 401],
    ["a browser's page", { origin: "http://127.0.0.1" }, 403],
  ])("does nothing for %s", async (_name, headers, status) => {
    for (const [method, path] of [
      ["GET", "/state"],
      ["GET", "/log"],
      ["GET", "/faults"],
      ["POST", "/faults"],
      ["DELETE", "/faults"],
      ["POST", "/acts"],
      ["GET", "/"],
    ] as const) {
      expect((await admin(path, { method, headers })).status, `${method} ${path}`).toBe(status);
    }
  });

  it("does nothing for another host's name", async () => {
    const request = `GET /state HTTP/1.1\r\nhost: rebound.example.org\r\nauthorization: Bearer ${venue.adminToken}\r\nconnection: close\r\n\r\n`;
    expect(await raw(Number(new URL(venue.adminUrl).port), request)).toMatch(/^HTTP\/1.1 403/);
  });

  it("tells the truth of the markets and what was asked, without any secret", async () => {
    const { apiKey, apiSecret } = venue.credentials;
    const query = `timestamp=${Date.now()}`;
    await fetch(`${venue.url}/api/v3/account?${query}&signature=${hmac(query, apiSecret)}`, { headers: { "X-MBX-APIKEY": apiKey } });
    const state = await admin("/state");
    expect(JSON.parse(state.text)).toMatchObject({ failures: [], markets: { spot: { positionMode: "oneWay" }, linear: {}, inverse: {} } });
    const log = await admin("/log");
    expect(log.text).toContain('"path":"/api/v3/account"');
    for (const secret of [apiKey, apiSecret, hmac(query, apiSecret), venue.adminToken]) expect(state.text + log.text).not.toContain(secret);
  });

  it("puts a fault in force that strikes the next request, and takes faults back", async () => {
    await admin("/faults", {
      method: "POST",
      body: { on: "request", verb: "reply", status: 503, executed: false, match: { path: "/api/v3/ping" } },
    });
    expect((await fetch(`${venue.url}/api/v3/ping`)).status).toBe(503);
    expect(await isAlive()).toBe(true);
    await admin("/faults", { method: "POST", body: { on: "request", verb: "dropRequest", reset: true, match: { path: "/api/v3/ping" } } });
    await expect(fetch(`${venue.url}/api/v3/ping`)).rejects.toThrow();
    await admin("/faults", { method: "POST", body: { on: "request", verb: "truncate", bytes: 5, match: { path: "/api/v3/time" } } });
    await expect(fetch(`${venue.url}/api/v3/time`).then((response) => response.text())).rejects.toThrow();
    await admin("/faults", { method: "POST", body: { on: "request", verb: "dropRequest", times: 100 } });
    await expect(fetch(`${venue.url}/api/v3/ping`, { signal: AbortSignal.timeout(200) })).rejects.toThrow();
    await admin("/faults", { method: "DELETE" });
    expect(await isAlive()).toBe(true);
    expect(JSON.parse((await admin("/faults")).text)).toMatchObject({ active: [], counts: { reply: 1, truncate: 1 } });
  });

  it("closes streams and lets things happen", async () => {
    const socket = new WebSocket(`${venue.url.replace("http", "ws")}/spot/ws/btcusdt@trade`);
    await new Promise((resolve) => socket.once("open", resolve));
    const closed = new Promise((resolve) => socket.once("close", resolve));
    expect((await admin("/acts", { method: "POST", body: { act: "restart" } })).status).toBe(200);
    expect(await closed).toBe(1012);
    await admin("/acts", { method: "POST", body: { act: "movePrice", market: "spot", symbol: "ETHUSDT", price: 3_000 } });
    expect(venue.sandbox.venues.spot?.fills("ETHUSDT")).toEqual([]);
    const { text } = await admin("/state");
    expect(text).toContain("ETHUSDT");
  });

  it.each<[string, string, unknown, RegExp]>([
    ["no JSON", "/faults", "{", /"on" is one of request, stream/],
    ["a fault of nothing", "/faults", {}, /"on" is one of request, stream/],
    ["a fault that is none", "/faults", { on: "request", verb: "explode" }, /"verb" is one of dropRequest, /],
    ["a fault without what it needs", "/faults", { on: "request", verb: "delayRequest" }, /"ms" of the fault has to be a number/],
    ["a fault with too much", "/faults", { on: "stream", verb: "gap", ms: 1 }, /the fault has no "ms"/],
    ["a fault with a wrong match", "/faults", { on: "stream", verb: "gap", match: { paht: "/" } }, /has no "paht"/],
    ["a number that is none", "/faults", '{"on":"request","verb":"delayRequest","ms":1e999}', /has to be a number/],
    ["a prototype", "/faults", '{"on":"request","verb":"html","executed":true,"__proto__":{"a":1}}', /has no "__proto__"/],
    ["an act that is none", "/acts", { act: "nothing" }, /"act" is one of fill, /],
    ["an act by an inherited name", "/acts", { act: "constructor" }, /"act" is one of fill, /],
    [
      "an act in no market",
      "/acts",
      { act: "liquidate", market: "options", symbol: "BTCUSDT" },
      /"market" of the act has to be one of spot, linear, inverse/,
    ],
    [
      "an order by two names",
      "/acts",
      { act: "cancel", market: "spot", order: { orderId: "1", clientOrderId: "a" }, reason: "" },
      /either "orderId" or "clientOrderId"/,
    ],
    ["a price of nothing", "/acts", { act: "movePrice", market: "spot", symbol: "BTCUSDT", price: -1 }, /above zero/],
    [
      "steps that do not fit",
      "/acts",
      { act: "instrument", market: "spot", symbol: "BTCUSDT", change: { priceStep: "0.003" } },
      /can become multiples/,
    ],
  ])("refuses %s in one sentence", async (_name, path, body, sentence) => {
    const { status, text } = await admin(path, { method: "POST", body });
    expect(status).toBe(400);
    const refusal = JSON.parse(text) as { readonly error: string };
    expect(Object.keys(refusal)).toEqual(["error"]);
    expect(refusal.error).toMatch(sentence);
  });

  it("refuses a body that is too long, and other paths", async () => {
    expect((await admin("/faults", { method: "POST", body: "x".repeat(100_000) })).status).toBe(413);
    expect((await admin("/etc/passwd")).status).toBe(404);
    expect((await admin("/faults/..%2f", { method: "DELETE" })).status).toBe(404);
  });
});
