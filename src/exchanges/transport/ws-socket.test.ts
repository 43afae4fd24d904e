import { once } from "node:events";
import https from "node:https";
import http from "node:http";
import type net from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocketServer } from "ws";
import type { WebSocket } from "ws";
import { ConfigurationError } from "../../base/errors.ts";
import { systemScheduler, VirtualScheduler } from "../../base/scheduler.ts";
import { CERTIFICATE, PRIVATE_KEY } from "../../../test/transport/loopback-certificate.ts";
import { Loopback, socks, tunnel } from "../../../test/transport/loopback.ts";
import type { Socket } from "./socket.ts";
import type { SocketTransportOptions } from "./ws-socket.ts";
import { createSocketTransport } from "./ws-socket.ts";

let loopback: Loopback;
beforeEach(() => {
  loopback = new Loopback();
});
afterEach(() => loopback[Symbol.asyncDispose]());

/** A WebSocket server that hands over each connection. */
async function serve(onConnection: (ws: WebSocket, request: http.IncomingMessage) => void, server = http.createServer()): Promise<string> {
  const sockets = new WebSocketServer({ server });
  sockets.on("connection", (ws, request) => {
    ws.on("error", () => undefined);
    onConnection(ws, request);
  });
  return loopback.listen(server);
}

/** An opened socket with everything it tells, as words. */
class Probe {
  readonly told: string[] = [];
  readonly socket: Socket;
  readonly closed: Promise<string>;
  readonly opened: Promise<void>;

  constructor(url: string, options: Partial<SocketTransportOptions> = {}) {
    let open: () => void;
    let close: (what: string) => void;
    this.opened = new Promise((resolve) => (open = resolve));
    this.closed = new Promise((resolve) => (close = resolve));
    this.socket = createSocketTransport({ scheduler: systemScheduler, ...options }).open(url, {
      onOpen: () => {
        this.told.push("open");
        open();
      },
      onMessage: (data) => this.told.push(`message ${Buffer.from(data).toString()}`),
      onPing: () => this.told.push("ping"),
      onClose: (code, reason) => {
        this.told.push(`close ${code} ${reason}`);
        close(`${code} ${reason}`);
      },
    });
    loopback.onClose(() => this.socket.terminate());
  }

  async until(what: string): Promise<void> {
    await expect.poll(() => this.told).toContain(what);
  }
}

describe("a socket", () => {
  test("hands out whole messages: text, binary and fragments, none of them compressed", async () => {
    let extensions: string | undefined = "";
    const host = await serve((ws, request) => {
      extensions = request.headers["sec-websocket-extensions"];
      ws.send('{"e":"trade"}');
      ws.send(Buffer.from("bytes"));
      ws.send("frag", { fin: false });
      ws.send("ment", { fin: false });
      ws.send("ed €", { fin: true });
      ws.send("");
    });
    const probe = new Probe(`ws://${host}/stream?x=1`);
    await probe.until("message ");
    expect(probe.told).toEqual(["open", 'message {"e":"trade"}', "message bytes", "message fragmented €", "message "]);
    expect(extensions).toBeUndefined();
  });

  test("sends, and answers pings with their payload and tells of them", async () => {
    const heard: string[] = [];
    const host = await serve((ws) => {
      ws.on("message", (data: Buffer) => heard.push(data.toString()));
      ws.on("pong", (data) => heard.push(`pong ${data.toString()}`));
      ws.ping("1712000000000");
    });
    const probe = new Probe(`ws://${host}/`);
    await probe.until("ping");
    probe.socket.send("hello");
    await expect.poll(() => heard).toEqual(["pong 1712000000000", "hello"]);
    expect(probe.socket.bufferedBytes).toBe(0);
  });

  test("tells of the other side's close with code and reason, and of nothing after it", async () => {
    const host = await serve((ws) => ws.close(1008, "too many requests"));
    const probe = new Probe(`ws://${host}/`);
    expect(await probe.closed).toBe("1008 too many requests");
    probe.socket.send("dropped");
    probe.socket.close();
    probe.socket.terminate();
    await new Promise((resolve) => systemScheduler.after(20, () => resolve(undefined)));
    expect(probe.told).toEqual(["open", "close 1008 too many requests"]);
  });

  test("that is closed here says so with a handshake, and drops what is sent from then on", async () => {
    const heard: string[] = [];
    const host = await serve((ws) => {
      ws.on("message", (data: Buffer) => heard.push(data.toString()));
      ws.on("close", (code, reason) => heard.push(`close ${code} ${reason.toString()}`));
    });
    const probe = new Probe(`ws://${host}/`);
    await probe.opened;
    probe.socket.close(1000, "done");
    probe.socket.send("late");
    expect(await probe.closed).toBe("1000 done");
    expect(heard).toEqual(["close 1000 done"]);
  });

  test("that is terminated tells so at once, and nothing after it", async () => {
    const host = await serve((ws) => ws.send("one"));
    const probe = new Probe(`ws://${host}/`);
    await probe.until("message one");
    probe.socket.terminate();
    expect(probe.told.at(-1)).toBe("close 1006 dropped by this side");
    await new Promise((resolve) => systemScheduler.after(20, () => resolve(undefined)));
    expect(probe.told).toHaveLength(3);
  });

  test("gives up a close that the other side does not answer, when the scheduler says so", async () => {
    const scheduler = new VirtualScheduler();
    const host = await serve((ws) => ws.pause());
    const probe = new Probe(`ws://${host}/`, { scheduler, closeMsMax: 700 });
    await probe.opened;
    probe.socket.close();
    expect(scheduler.nextDue).toBe(700);
    scheduler.step();
    expect(await probe.closed).toBe("1006 the other side did not answer the close");
  });

  test("whose connection breaks is closed abnormally", async () => {
    const host = await serve((ws) => ws.terminate());
    expect(await new Probe(`ws://${host}/`).closed).toMatch(/^1006/);
  });

  test("takes no message beyond its limit, in one frame or in many", async () => {
    for (const parts of [1, 50]) {
      const host = await serve((ws) => {
        for (let part = 0; part < parts; part += 1) ws.send("x".repeat(2000 / parts), { fin: part === parts - 1 });
      });
      const probe = new Probe(`ws://${host}/`, { messageBytesMax: 1000 });
      expect(await probe.closed).toBe("1006 the connection failed (WS_ERR_UNSUPPORTED_MESSAGE_LENGTH)");
      expect(probe.told).toHaveLength(2);
    }
  });

  test("is open before it may send", async () => {
    const host = await serve(() => undefined);
    const probe = new Probe(`ws://${host}/`);
    expect(() => probe.socket.send("early")).toThrow("a socket can send once it is open");
    probe.socket.close();
    expect(probe.told).toEqual(["close 1006 closed before it was open"]);
  });
});

describe("a socket that cannot be opened", () => {
  test("is closed with the cause in words", async () => {
    expect(await new Probe(`ws://${await loopback.nobody()}/?listenKey=s3cret`).closed).toBe(
      "1006 the connection was refused (ECONNREFUSED)",
    );
    const banned = await loopback.listen(http.createServer((_, answer) => answer.writeHead(418, { "Retry-After": "120" }).end()));
    expect(await new Probe(`ws://${banned}/`).closed).toBe("1006 status 418 instead of an open socket, to be asked again in 120 s");
    const noise = await loopback.raw((socket) => socket.end("SSH-2.0-OpenSSH_9.2\r\n"));
    expect(await new Probe(`ws://${noise}/`).closed).toMatch(/^1006 the connection failed \(HPE_/);
    const liar = await loopback.raw((socket) =>
      socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: no\r\n\r\n"),
    );
    expect(await new Probe(`ws://${liar}/`).closed).toBe("1006 the other side does not speak WebSocket as agreed");
  });

  test("does not go where a redirect points", async () => {
    const other = await serve(() => undefined);
    const host = await loopback.listen(http.createServer((_, answer) => answer.writeHead(302, { Location: `ws://${other}/` }).end()));
    expect(await new Probe(`ws://${host}/`).closed).toBe("1006 status 302 instead of an open socket");
  });

  test("is given up when the scheduler says so, and its connection with it", async () => {
    const scheduler = new VirtualScheduler();
    const silent: net.Socket[] = [];
    const host = await loopback.raw((socket) => silent.push(socket.resume()));
    const probe = new Probe(`ws://${host}/`, { scheduler, openMsMax: 5000 });
    await expect.poll(() => silent.length).toBe(1);
    expect(scheduler.nextDue).toBe(5000);
    scheduler.step();
    expect(probe.told).toEqual(["close 1006 not open within 5000 ms"]);
    await once(silent[0] as net.Socket, "close");
  });

  test("to a host that is not on the list is a mistake of the configuration, told at once and before anything is sent", async () => {
    const host = await serve(() => undefined);
    for (const url of [`ws://${host}/?listenKey=s3cret`, `wss://stream.binance.com@${host}/`, "https://stream.binance.com/"]) {
      expect(() => new Probe(url, { allowedHosts: ["stream.binance.com"] })).toThrow(ConfigurationError);
    }
    await new Probe(`ws://${host}/`, { allowedHosts: [host] }).opened;
  });

  test("because the certificate is not trusted is closed, even where the environment asks to trust all", async () => {
    process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
    loopback.onClose(() => delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"]);
    const host = await serve(() => undefined, https.createServer({ cert: CERTIFICATE, key: PRIVATE_KEY }));
    expect(await new Probe(`wss://${host}/`).closed).toBe(
      "1006 the certificate is self-signed and not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)",
    );
    await new Probe(`wss://${host}/`, { certificates: CERTIFICATE }).opened;
  });
});

describe("through a proxy", () => {
  test.each([
    ["http", tunnel],
    ["socks5", socks],
  ] as const)("%s sockets open, over TLS too, and a refusal is told without credentials", async (scheme, proxyOf) => {
    const seen: string[] = [];
    const proxy = await loopback.raw(proxyOf(seen, "user:p@ss"));
    const plain = await serve((ws) => ws.send("plain"));
    const secure = await serve((ws) => ws.send("secure"), https.createServer({ cert: CERTIFICATE, key: PRIVATE_KEY }));
    const options = { proxy: `${scheme}://user:p%40ss@${proxy}`, certificates: CERTIFICATE };
    await new Probe(`ws://${plain}/`, options).until("message plain");
    await new Probe(`wss://${secure}/`, options).until("message secure");
    expect(seen).toHaveLength(2);
    const refused = await new Probe(`ws://${plain}/`, { proxy: `${scheme}://user:wrong@${proxy}` }).closed;
    expect(refused).toMatch(/^1006 the proxy (refused with status 407|failed: Socks5 Authentication failed)/);
    expect(refused).not.toContain("wrong");
  });

  test("that never answers is let go of with the socket", async () => {
    let isClosed = false;
    let isThere = false;
    const proxy = await loopback.raw((socket) => {
      isThere = true;
      socket.resume().once("close", () => (isClosed = true));
    });
    const probe = new Probe("wss://example.com/", { proxy: `http://${proxy}` });
    await expect.poll(() => isThere).toBe(true);
    probe.socket.terminate();
    await expect.poll(() => isClosed).toBe(true);
  });
});
