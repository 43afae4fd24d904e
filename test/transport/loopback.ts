import { once } from "node:events";
import net from "node:net";
import type { AddressInfo } from "node:net";
import type { Server } from "node:net";

/** Servers on loopback and whatever else a test opens; all of it goes when the test ends. */
export class Loopback implements AsyncDisposable {
  readonly #closers: (() => unknown)[] = [];

  /** Starts a server on a free port and returns its host, "127.0.0.1:54321". */
  async listen(server: Server): Promise<string> {
    const sockets = new Set<net.Socket>();
    server.on("connection", (socket: net.Socket) => {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.once("close", () => sockets.delete(socket));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    this.onClose(() => {
      server.close();
      for (const socket of sockets) socket.destroy();
    });
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** A server that is handed bare connections. */
  raw(onConnection: (socket: net.Socket) => void): Promise<string> {
    return this.listen(net.createServer({ noDelay: true }, onConnection));
  }

  /** A port of loopback on which nobody listens. */
  async nobody(): Promise<string> {
    const server = net.createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, "close");
    return `127.0.0.1:${port}`;
  }

  onClose(close: () => unknown): void {
    this.#closers.push(close);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const close of this.#closers.splice(0).toReversed()) await close();
  }
}

/** A proxy that tunnels CONNECT requests and lists what it was asked for; it refuses everybody else than `credentials`. */
export function tunnel(seen: string[], credentials?: string): (socket: net.Socket) => void {
  return (socket) => {
    socket.once("data", (data) => {
      const head = data.toString("latin1");
      seen.push(head);
      const expected = `Proxy-Authorization: Basic ${Buffer.from(credentials ?? "").toString("base64")}\r\n`;
      if (credentials !== undefined && !head.includes(expected)) {
        socket.end("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
        return;
      }
      const [, host, port] = /^CONNECT ([^:]+):(\d+) /.exec(head) ?? [];
      const onward = net.connect(Number(port), host, () => socket.write("HTTP/1.1 200 Connection established\r\n\r\n"));
      onward.on("error", () => socket.destroy());
      socket.once("close", () => onward.destroy());
      onward.pipe(socket).pipe(onward);
    });
  };
}

/** A SOCKS5 proxy (RFC 1928) without or with a name and password (RFC 1929), for connections to IPv4 addresses and names. */
export function socks(seen: string[], credentials?: string): (socket: net.Socket) => void {
  return (socket) => {
    void (async () => {
      const read = async (): Promise<Buffer> => ((await once(socket, "data")) as [Buffer])[0];
      await read();
      socket.write(Buffer.from([5, credentials === undefined ? 0 : 2]));
      if (credentials !== undefined) {
        const login = await read();
        const name = login.subarray(2, 2 + (login[1] ?? 0)).toString();
        const password = login.subarray(3 + name.length).toString();
        const isKnown = `${name}:${password}` === credentials;
        socket.write(Buffer.from([1, isKnown ? 0 : 1]));
        if (!isKnown) {
          socket.end();
          return;
        }
      }
      const request = await read();
      const isName = request[3] === 3;
      const host = isName ? request.subarray(5, 5 + (request[4] ?? 0)).toString() : request.subarray(4, 8).join(".");
      const port = request.readUInt16BE(request.length - 2);
      seen.push(`${host}:${port}`);
      const onward = net.connect(port, host, () => {
        socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
        onward.pipe(socket).pipe(onward);
      });
      onward.on("error", () => socket.destroy());
      socket.once("close", () => onward.destroy());
    })();
  };
}
