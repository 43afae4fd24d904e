import type { HttpTransport } from "../../src/exchanges/transport/http.ts";
import type { Socket, SocketTransport } from "../../src/exchanges/transport/socket.ts";
import type { SimClient } from "../../src/sandbox/sim-network.ts";
import type { Fate } from "./fate.ts";

/** A process's way to the network: everything it hands over is a point at which it may be killed, and a dead process sends nothing. */
export function mortalClient(client: SimClient, fate: Fate): { readonly http: HttpTransport; readonly sockets: SocketTransport } {
  const send = <T>(work: () => T, otherwise: T, kind: "send" | "order" = "send"): T => {
    try {
      return fate.pass(kind, work);
    } catch {
      return otherwise;
    }
  };
  const never = new Promise<never>(() => {});
  return {
    http: {
      send: (request) => send(() => client.http.send(request), never, request.method === "GET" ? "send" : "order"),
      [Symbol.asyncDispose]: async () => {},
    },
    sockets: {
      open: (url, handlers) => {
        const socket = send<Socket | undefined>(() => client.sockets.open(url, handlers), undefined);
        return {
          get bufferedBytes() {
            return socket?.bufferedBytes ?? 0;
          },
          send: (text) => send(() => socket?.send(text), undefined),
          close: (code, reason) => (fate.isDead ? undefined : socket?.close(code, reason)),
          terminate: () => (fate.isDead ? undefined : socket?.terminate()),
        };
      },
    },
  };
}
