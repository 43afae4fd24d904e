import { createRandom } from "../../src/base/random.ts";
import { VirtualScheduler } from "../../src/base/scheduler.ts";
import type { ReconnectingSocketOptions, StreamHandlers } from "../../src/exchanges/transport/reconnecting-socket.ts";
import { ReconnectingSocket } from "../../src/exchanges/transport/reconnecting-socket.ts";
import type { Socket, SocketHandlers, SocketTransport } from "../../src/exchanges/transport/socket.ts";

/** A server in memory: it opens connections after a while, or not, and sends what it is told to all that are open. */
export class MemoryServer implements SocketTransport {
  readonly scheduler = new VirtualScheduler(1_000_000);
  readonly connections: Connection[] = [];
  isRefusing = false;
  isSilent = false;
  openMs = 50;

  open(url: string, handlers: SocketHandlers): Socket {
    const connection = new Connection(this, url, handlers);
    this.connections.push(connection);
    this.scheduler.after(this.openMs, () => {
      if (this.isRefusing) connection.end(1006, "refused");
      else connection.accept();
    });
    return connection;
  }

  get openOnes(): readonly Connection[] {
    return this.connections.filter(({ state }) => state === "open");
  }

  broadcast(text: string): void {
    if (!this.isSilent) for (const connection of this.openOnes) connection.say(text);
  }
}

/** The server's end and the stream's end of one connection. */
export class Connection implements Socket {
  readonly server: MemoryServer;
  readonly url: string;
  readonly openedAt: number;
  readonly sent: string[] = [];
  readonly bufferedBytes = 0;
  state: "opening" | "open" | "closed" = "opening";
  delayMs = 10;
  readonly #handlers: SocketHandlers;

  constructor(server: MemoryServer, url: string, handlers: SocketHandlers) {
    this.server = server;
    this.url = url;
    this.openedAt = server.scheduler.now();
    this.#handlers = handlers;
  }

  accept(): void {
    if (this.state !== "opening") return;
    this.state = "open";
    this.#handlers.onOpen();
  }

  /** The bytes are overwritten afterwards, as those of a real socket may be. */
  say(text: string): void {
    this.server.scheduler.after(this.delayMs, () => {
      const bytes = Buffer.from(text);
      if (this.state === "open") this.#handlers.onMessage(bytes);
      bytes.fill(0);
    });
  }

  ping(): void {
    if (this.state === "open") this.#handlers.onPing?.();
  }

  end(code: number, reason: string): void {
    if (this.state === "closed") return;
    this.state = "closed";
    this.#handlers.onClose(code, reason);
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(code = 1000, reason = ""): void {
    this.server.scheduler.after(this.delayMs, () => this.end(code, reason));
  }

  terminate(): void {
    this.end(1006, "dropped by this side");
  }
}

/** A stream to a memory server, with everything it told. */
export function streamOf(options: Partial<ReconnectingSocketOptions> = {}, handlers: Partial<StreamHandlers> = {}, seed = 1) {
  const server = new MemoryServer();
  const told: string[] = [];
  const { scheduler } = server;
  const stream = new ReconnectingSocket({
    transport: server,
    scheduler,
    random: createRandom(seed),
    url: () => "wss://exchange/stream",
    ...options,
    handlers: {
      onUp: (send, isRenewal) => {
        told.push(isRenewal ? "renewed" : "up");
        send("subscribe");
      },
      onMessage: (data) => told.push(Buffer.from(data).toString()),
      onDown: (reason) => told.push(`down: ${reason}`),
      ...handlers,
    },
  });
  /** Lets time pass with what is due in it, promises included. */
  async function pass(durationMs: number): Promise<void> {
    const until = scheduler.now() + durationMs;
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    while (scheduler.nextDue <= until) {
      scheduler.step();
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    }
    scheduler.advanceTo(until);
  }
  return { server, scheduler, stream, told, pass };
}
