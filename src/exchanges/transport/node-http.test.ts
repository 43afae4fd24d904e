import http from "node:http";
import https from "node:https";
import type net from "node:net";
import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemScheduler, VirtualScheduler } from "../../base/scheduler.ts";
import { ConfigurationError, NetworkError } from "../../base/errors.ts";
import { CERTIFICATE, PRIVATE_KEY } from "../../../test/transport/loopback-certificate.ts";
import { Loopback, socks, tunnel } from "../../../test/transport/loopback.ts";
import type { HttpRequest, HttpTransport } from "./http.ts";
import type { HttpTransportOptions } from "./node-http.ts";
import { createHttpTransport } from "./node-http.ts";

const SECRET = "signature=c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71";

let loopback: Loopback;
beforeEach(() => {
  loopback = new Loopback();
});
afterEach(() => loopback[Symbol.asyncDispose]());

function transportOf(options: Partial<HttpTransportOptions> = {}): HttpTransport {
  const transport = createHttpTransport({ scheduler: systemScheduler, ...options });
  loopback.onClose(() => transport[Symbol.asyncDispose]());
  return transport;
}

function get(url: string, more: Partial<HttpRequest> = {}): HttpRequest {
  return { method: "GET", url, timeoutMs: 5000, ...more };
}

/** What a request failed with. */
async function failureOf(answer: Promise<unknown>): Promise<NetworkError> {
  const error: unknown = await answer.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  expect(error).toBeInstanceOf(NetworkError);
  return error as NetworkError;
}

/** Answers every request with `reply`, written as it is, and counts the requests. */
async function answering(reply: string, then: (socket: net.Socket) => void = () => undefined) {
  const seen: string[] = [];
  const host = await loopback.raw((socket) => {
    socket.on("data", (data) => {
      seen.push(data.toString());
      socket.write(reply, () => then(socket));
    });
  });
  return { host, seen };
}

describe("a request", () => {
  test("is sent as it is, and every status is an answer", async () => {
    const { host, seen } = await answering(
      'HTTP/1.1 429 Too Many\r\nRetry-After: 7\r\nX-MBX-USED-WEIGHT-1M: 12\r\nContent-Length: 6\r\n\r\n{"€"',
    );
    const response = await transportOf().send({
      method: "DELETE",
      url: `http://${host}/api/v3/order?symbol=%E5%B8%81&note='a'&${SECRET}#part`,
      headers: { "X-MBX-APIKEY": "key" },
      body: "side=€",
      timeoutMs: 5000,
    });
    expect(response).toEqual({
      status: 429,
      headers: { "retry-after": "7", "x-mbx-used-weight-1m": "12", "content-length": "6" },
      body: '{"€"',
    });
    expect(seen).toEqual([
      `DELETE /api/v3/order?symbol=%E5%B8%81&note='a'&${SECRET} HTTP/1.1\r\nX-MBX-APIKEY: key\r\ncontent-length: 8\r\nHost: ${host}\r\nConnection: keep-alive\r\n\r\nside=€`,
    ]);
  });

  test("uses the connection of the one before it, and leaves in one piece", async () => {
    let connections = 0;
    const pieces: string[] = [];
    const host = await loopback.raw((socket) => {
      connections += 1;
      socket.on("data", (data) => {
        pieces.push(data.toString());
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
      });
    });
    const transport = transportOf();
    for (let round = 0; round < 3; round += 1) await transport.send(get(`http://${host}/order`, { method: "POST", body: "a=1" }));
    expect(connections).toBe(1);
    expect(pieces.map((piece) => piece.endsWith("\r\n\r\na=1"))).toEqual([true, true, true]);
  });

  test("F79: does not follow a redirect", async () => {
    const elsewhere = await answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    const { host } = await answering(`HTTP/1.1 302 Found\r\nLocation: http://${elsewhere.host}/\r\nContent-Length: 0\r\n\r\n`);
    const response = await transportOf().send(get(`http://${host}/`));
    expect(response.status).toBe(302);
    expect(response.headers["location"]).toBe(`http://${elsewhere.host}/`);
    expect(elsewhere.seen).toEqual([]);
  });

  test("F80: to a host that is not on the list is refused before anything is sent", async () => {
    const { host, seen } = await answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    const transport = transportOf({ allowedHosts: ["api.binance.com"] });
    for (const url of [
      `http://${host}/order?${SECRET}`,
      `http://api.binance.com@${host}/order?${SECRET}`,
      `http://api.binance.com:8443/order?${SECRET}`,
      `http://${host}?x=http://api.binance.com/&${SECRET}`,
      `http://${host}#http://api.binance.com/`,
      `ftp://api.binance.com/?${SECRET}`,
      `api.binance.com/?${SECRET}`,
      `//api.binance.com/?${SECRET}`,
    ]) {
      const error: unknown = await transport.send(get(url)).catch((failure: unknown) => failure);
      expect(error).toBeInstanceOf(ConfigurationError);
      expect((error as Error).message).not.toContain("signature");
    }
    expect(seen).toEqual([]);
    expect((await transportOf({ allowedHosts: [host] }).send(get(`http://${host}/`))).status).toBe(200);
  });
});

test.each([undefined, "http://127.0.0.1:1"])(
  "a key with the end of its line is a mistake of the configuration, and not repeated (proxy %s)",
  async (proxy) => {
    const scheduler = new VirtualScheduler();
    const transport = transportOf({ scheduler, proxy });
    const url = `http://127.0.0.1:1/order?${SECRET}`;
    for (const request of [get(url, { headers: { "X-MBX-APIKEY": "k3y\n" } }), get(`${url}&note=a b`)]) {
      const error: unknown = await transport.send(request).catch((failure: unknown) => failure);
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(inspect(error, { showHidden: true, depth: 20 })).not.toMatch(/k3y|signature/);
    }
    expect(scheduler.nextDue).toBe(Infinity);
  },
);

describe("a request without an answer has certainly not been sent when", () => {
  test("nobody listens", async () => {
    const host = await loopback.nobody();
    const error = await failureOf(transportOf().send(get(`http://${host}/api/v3/order?${SECRET}`, { method: "POST" })));
    expect(error.message).toBe(`POST ${host}/api/v3/order: the connection was refused (ECONNREFUSED)`);
    expect(error.wasSent).toBe(false);
  });

  // RFC 6761 keeps "invalid" free of hosts.
  test("F80: the host's name is unknown", async () => {
    const error = await failureOf(transportOf().send(get(`https://exchange.invalid/order?${SECRET}`)));
    expect(error.message).toMatch(/^GET exchange\.invalid\/order: the host's name .* \((ENOTFOUND|EAI_AGAIN)\)$/);
    expect(error.wasSent).toBe(false);
  });

  test("F79: the certificate is not trusted, even where the environment asks to trust all", async () => {
    let requests = 0;
    const server = https.createServer({ cert: CERTIFICATE, key: PRIVATE_KEY }, () => (requests += 1));
    const host = await loopback.listen(server);
    process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
    loopback.onClose(() => delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"]);
    const error = await failureOf(transportOf().send(get(`https://${host}/order?${SECRET}`)));
    expect(error.message).toBe(`GET ${host}/order: the certificate is self-signed and not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)`);
    expect(error.wasSent).toBe(false);
    expect(requests).toBe(0);
  });

  test("F80: the other side hangs up or falls silent while the secure connection is being made", async () => {
    const hangsUp = await loopback.raw((socket) => socket.once("data", () => socket.destroy()));
    const error = await failureOf(transportOf().send(get(`https://${hangsUp}/`)));
    expect([error.wasSent, error.message]).toEqual([false, `GET ${hangsUp}/: the connection was reset (ECONNRESET)`]);
    const silent = await loopback.raw(() => undefined);
    const late = await failureOf(transportOf().send(get(`https://${silent}/`, { timeoutMs: 50 })));
    expect([late.wasSent, late.message]).toEqual([false, `GET ${silent}/: no answer within 50 ms`]);
  });

  test("the transport is closed already", async () => {
    const transport = transportOf();
    await transport[Symbol.asyncDispose]();
    const error = await failureOf(transport.send(get("http://127.0.0.1:1/")));
    expect(error.wasSent).toBe(false);
  });
});

describe("a request without an answer may have been sent when", () => {
  test("the time is up, which the scheduler says", async () => {
    const scheduler = new VirtualScheduler();
    let arrived: () => void = () => undefined;
    const request = new Promise<void>((resolve) => (arrived = resolve));
    let isClosed = false;
    const host = await loopback.raw((socket) => {
      socket.once("data", () => arrived());
      socket.once("close", () => (isClosed = true));
    });
    const answer = failureOf(transportOf({ scheduler }).send(get(`http://${host}/order?${SECRET}`, { timeoutMs: 2000 })));
    await request;
    expect(scheduler.nextDue).toBe(2000);
    scheduler.step();
    const error = await answer;
    expect([error.wasSent, error.message]).toEqual([true, `GET ${host}/order: no answer within 2000 ms`]);
    await expect.poll(() => isClosed).toBe(true);
  });

  test("an answer leaves no timer behind", async () => {
    const scheduler = new VirtualScheduler();
    const { host } = await answering("HTTP/1.1 204 No Content\r\n\r\n");
    await transportOf({ scheduler }).send(get(`http://${host}/`));
    expect(scheduler.nextDue).toBe(Infinity);
  });

  test("the connection is reset after the request arrived", async () => {
    const host = await loopback.raw((socket) => socket.once("data", () => socket.resetAndDestroy()));
    const error = await failureOf(transportOf().send(get(`http://${host}/order?${SECRET}`)));
    expect([error.wasSent, error.message]).toEqual([true, `GET ${host}/order: the connection was reset (ECONNRESET)`]);
  });

  test("a kept connection turns out to be dead", async () => {
    let requests = 0;
    const host = await loopback.raw((socket) => {
      socket.on("data", () => {
        requests += 1;
        if (requests > 1) socket.destroy();
        else socket.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
      });
    });
    const transport = transportOf();
    await transport.send(get(`http://${host}/`));
    const error = await failureOf(transport.send(get(`http://${host}/`, { method: "POST", body: "a=1" })));
    expect(error.wasSent).toBe(true);
    // Nothing is repeated behind the caller's back.
    expect(requests).toBe(2);
  });

  test.each([
    ["shorter than it says", 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"orderId":'],
    ["a chunk short", 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\n'],
    ["cut in its head", "HTTP/1.1 200 OK\r\nContent-Le"],
    ["not HTTP", "SSH-2.0-OpenSSH_9.2\r\n"],
    ["compressed", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc"],
    ["too long", `HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n${"x".repeat(2000)}`],
    ["another protocol", "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: foo\r\n\r\n"],
    ["all head", `HTTP/1.1 200 OK\r\nX-Filler: ${"x".repeat(100_000)}\r\n\r\n`],
  ])("the answer is %s", async (_, reply) => {
    const { host } = await answering(reply, (socket) => socket.end());
    const error = await failureOf(transportOf({ bodyBytesMax: 1000 }).send(get(`http://${host}/order?${SECRET}`)));
    expect(error.wasSent).toBe(true);
    expect(inspect(error, { showHidden: true, depth: 20 })).not.toContain("signature");
  });

  test("the transport is closed meanwhile", async () => {
    let arrived: () => void = () => undefined;
    const request = new Promise<void>((resolve) => (arrived = resolve));
    const host = await loopback.raw((socket) => socket.once("data", () => arrived()));
    const transport = transportOf();
    const answer = failureOf(transport.send(get(`http://${host}/`)));
    await request;
    await transport[Symbol.asyncDispose]();
    expect(await answer).toMatchObject({ wasSent: true, message: `GET ${host}/: closed before the answer came` });
  });
});

describe("over TLS with a trusted certificate", () => {
  test("requests share a connection, and a reset after sending counts as sent", async () => {
    let requests = 0;
    const server = https.createServer({ cert: CERTIFICATE, key: PRIVATE_KEY }, (incoming, outgoing) => {
      requests += 1;
      if (requests > 2) incoming.socket.destroy();
      else outgoing.end("{}");
    });
    let connections = 0;
    server.on("secureConnection", () => (connections += 1));
    const host = await loopback.listen(server);
    const transport = transportOf({ certificates: CERTIFICATE });
    for (let round = 0; round < 2; round += 1) expect((await transport.send(get(`https://${host}/`))).body).toBe("{}");
    expect(connections).toBe(1);
    expect((await failureOf(transport.send(get(`https://${host}/`)))).wasSent).toBe(true);
  });

  test("a certificate for another host is refused", async () => {
    const host = await loopback.listen(https.createServer({ cert: CERTIFICATE, key: PRIVATE_KEY }, (_, outgoing) => outgoing.end("{}")));
    // 127.0.0.2 is loopback too, and not in the certificate; where it is not served the connection is refused, which is no trust either.
    const error = await failureOf(transportOf({ certificates: CERTIFICATE }).send(get(`https://${host.replace("0.0.1", "0.0.2")}/`)));
    expect(error.wasSent).toBe(false);
  });
});

describe("through a proxy", () => {
  const proxies = [
    { scheme: "http", serve: tunnel },
    { scheme: "socks5", serve: socks },
  ] as const;

  test.each(proxies)("$scheme with credentials, requests over TLS arrive, on one connection", async ({ scheme, serve }) => {
    const seen: string[] = [];
    const proxy = await loopback.raw(serve(seen, "user:p@ss"));
    const host = await loopback.listen(https.createServer({ cert: CERTIFICATE, key: PRIVATE_KEY }, (_, outgoing) => outgoing.end("{}")));
    const transport = transportOf({ proxy: `${scheme}://user:p%40ss@${proxy}`, certificates: CERTIFICATE });
    for (let round = 0; round < 2; round += 1) expect((await transport.send(get(`https://${host}/?${SECRET}`))).body).toBe("{}");
    expect(seen).toHaveLength(1);
    expect(seen[0]).toContain(host);
    expect(seen[0]).not.toContain("signature");
  });

  test.each(proxies)("$scheme that refuses, nothing was sent and no credentials are told", async ({ scheme, serve }) => {
    const proxy = await loopback.raw(serve([], "other:one"));
    const { host, seen } = await answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    const error = await failureOf(transportOf({ proxy: `${scheme}://user:p%40ss@${proxy}` }).send(get(`http://${host}/?${SECRET}`)));
    expect(error.wasSent).toBe(false);
    expect(inspect(error, { showHidden: true, depth: 20 })).not.toMatch(/p@ss|p%40ss|signature/);
    expect(seen).toEqual([]);
    expect(error.message).toMatch(
      /: the proxy (refused with status 407; check its address and credentials|failed: Socks5 Authentication failed)$/,
    );
  });

  test.each(proxies)("$scheme the certificate of the host is still verified", async ({ scheme, serve }) => {
    const proxy = await loopback.raw(serve([]));
    const host = await loopback.listen(https.createServer({ cert: CERTIFICATE, key: PRIVATE_KEY }, (_, outgoing) => outgoing.end("{}")));
    const error = await failureOf(transportOf({ proxy: `${scheme}://${proxy}` }).send(get(`https://${host}/`)));
    expect(error.wasSent).toBe(false);
    expect(error.message).toContain("the certificate is self-signed");
  });

  test("that never answers, the connection to it is given up with the request", async () => {
    let isClosed = false;
    const proxy = await loopback.raw((socket) => socket.resume().once("close", () => (isClosed = true)));
    const error = await failureOf(transportOf({ proxy: `http://${proxy}` }).send(get("https://example.com/", { timeoutMs: 100 })));
    expect(error.wasSent).toBe(false);
    await expect.poll(() => isClosed).toBe(true);
  });

  test("that is not there, nothing was sent", async () => {
    const proxy = await loopback.nobody();
    for (const scheme of ["http", "socks5"]) {
      expect((await failureOf(transportOf({ proxy: `${scheme}://${proxy}` }).send(get("https://example.com/")))).wasSent).toBe(false);
    }
  });

  test("that cannot be read, the sentence does not repeat it", () => {
    for (const proxy of ["user:p@ss", "ftp://user:p@ss@host", "http://"]) {
      expect(() => transportOf({ proxy })).toThrow("the proxy cannot be read; give it as http://host:port");
    }
  });
});

test("many requests at the same time all get their own answer", async () => {
  const host = await loopback.listen(http.createServer((incoming, outgoing) => outgoing.end(incoming.url)));
  const transport = transportOf();
  const answers = await Promise.all(Array.from({ length: 200 }, (_, index) => transport.send(get(`http://${host}/${index}`))));
  expect(answers.map(({ body }) => body)).toEqual(Array.from({ length: 200 }, (_, index) => `/${index}`));
});
