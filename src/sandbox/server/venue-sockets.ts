import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer, type RawData, type WebSocket } from "ws";
import type { VenueConnection, VenueSession } from "../venue-server.ts";
import { isForThisMachine, isFromAnotherSite } from "./loopback.ts";
import type { VenueDoor } from "./venue-http.ts";

/** A message of a client is at most this long; Binance takes no longer ones either. */
const MESSAGE_BYTES_MAX = 64 * 1024;
/** A reader that is so far behind is dropped. */
const BUFFERED_BYTES_MAX = 8 * 1024 * 1024;
const SOCKETS_MAX = 1_000;

export interface AcceptedSockets {
  /** Ends all connections at once. */
  close(): void;
}

/** Accepts WebSockets at the paths where the exchange has something. */
export function acceptSockets(server: Server, door: VenueDoor): AcceptedSockets {
  const acceptor = new WebSocketServer({ noServer: true, maxPayload: MESSAGE_BYTES_MAX, perMessageDeflate: false, clientTracking: true });
  server.on("upgrade", (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on("error", () => stream.destroy());
    try {
      accept(acceptor, door, { request, stream, head });
    } catch (error) {
      door.onFailure(error);
      stream.destroy();
    }
  });
  return {
    close: () => {
      for (const socket of acceptor.clients) socket.terminate();
      acceptor.close();
    },
  };
}

interface Upgrade {
  readonly request: IncomingMessage;
  readonly stream: Duplex;
  readonly head: Buffer;
}

function accept(acceptor: WebSocketServer, door: VenueDoor, { request, stream, head }: Upgrade): void {
  const url = request.url ?? "/";
  const at = url.indexOf("?");
  const path = at < 0 ? url : url.slice(0, at);
  const query = at < 0 ? "" : url.slice(at + 1);
  const isWelcome = isForThisMachine(request.headers) && !isFromAnotherSite(request.headers) && acceptor.clients.size < SOCKETS_MAX;
  const connection = new SocketConnection(request.socket.remoteAddress ?? "");
  const session = isWelcome ? door.faults.open(path, query, connection) : undefined;
  door.log.add({ method: "WS", path, query, outcome: session === undefined ? "refused" : "opened" });
  if (session === undefined) {
    stream.end(`HTTP/1.1 ${isWelcome ? "404 Not Found" : "403 Forbidden"}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    return;
  }
  let hasOpened = false;
  // Without a proper handshake the socket never comes to be, and the exchange has to hear that it is gone.
  stream.once("close", () => {
    if (!hasOpened) session.onClose();
  });
  acceptor.handleUpgrade(request, stream, head, (socket) => {
    hasOpened = true;
    connect(socket, session, door);
    connection.attach(socket);
  });
}

function connect(socket: WebSocket, session: VenueSession, door: VenueDoor): void {
  const guarded = (run: () => void): void => {
    try {
      run();
    } catch (error) {
      door.onFailure(error);
      socket.terminate();
    }
  };
  socket.on("error", () => socket.terminate());
  socket.on("message", (data) => guarded(() => session.onMessage(textOf(data))));
  socket.on("pong", (data) => guarded(() => session.onPong(data.toString("utf8"))));
  socket.on("close", () => guarded(() => session.onClose()));
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString("utf8");
  return data instanceof ArrayBuffer ? Buffer.from(data).toString("utf8") : data.toString("utf8");
}

/** The exchange's end of a WebSocket; what is said before the handshake is over waits for it. */
class SocketConnection implements VenueConnection {
  readonly address: string;
  #socket: WebSocket | undefined;
  #waiting: ((socket: WebSocket) => void)[] = [];

  constructor(address: string) {
    this.address = address;
  }

  attach(socket: WebSocket): void {
    this.#socket = socket;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const run of waiting) run(socket);
  }

  send(text: string): void {
    this.#run((socket) => {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > BUFFERED_BYTES_MAX) return socket.terminate();
      socket.send(text);
    });
  }

  ping(payload: string): void {
    this.#run((socket) => {
      if (socket.readyState === socket.OPEN) socket.ping(payload);
    });
  }

  /** 1006 is no code that can be sent: the connection just breaks. */
  close(code: number, reason: string): void {
    this.#run((socket) => (code === 1006 ? socket.terminate() : socket.close(code, reason)));
  }

  #run(run: (socket: WebSocket) => void): void {
    if (this.#socket === undefined) this.#waiting.push(run);
    else run(this.#socket);
  }
}
