import { subscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";

/** The part of a socket that hands bytes to the system; Node has no public name for it. */
type Handle = Record<string, ((...values: unknown[]) => unknown) | undefined>;

const WRITES = ["writev", "writeBuffer", "writeLatin1String", "writeUtf8String", "writeAsciiString"];

/** Calls back each time the system has taken bytes of any connection that is opened from now on. */
export function watchSocketWrites(onWritten: () => void): void {
  subscribe("net.client.socket", (message) => {
    const { socket } = message as { readonly socket: Socket };
    socket.once("connect", () => {
      const handle = (socket as unknown as { readonly _handle: Handle })._handle;
      for (const name of WRITES) {
        const write = handle[name];
        if (write === undefined) continue;
        handle[name] = (...values) => {
          const result = write.apply(handle, values);
          onWritten();
          return result;
        };
      }
    });
  });
}
