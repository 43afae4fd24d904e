import { NetworkError } from "../../src/base/errors.ts";
import type { Random } from "../../src/base/random.ts";
import type { Scheduler } from "../../src/base/scheduler.ts";
import type { SimClient } from "../../src/sandbox/sim-network.ts";
import type { Net } from "./ears.ts";

interface LossyOptions {
  readonly world: { readonly scheduler: Scheduler; readonly late: { readonly share: number; readonly lateMs: number } };
  readonly random: Random;
  readonly isDead: () => boolean;
}

/**
 * A process's network with two things that no fault of the exchange's side does: a process that is dead sends nothing, and a connection may
 * break at once while what was sent on it arrives a little later.
 */
export function lossyHttp(client: SimClient, { world, random, isDead }: LossyOptions): Net {
  return {
    http: {
      send: (request) => {
        if (isDead()) return new Promise(() => {});
        const { share, lateMs } = world.late;
        if (share === 0 || random.next() >= share) return client.http.send(request);
        return new Promise((_resolve, reject) => {
          world.scheduler.after(random.next() * lateMs, () => void client.http.send(request).catch(() => undefined));
          world.scheduler.after(20, () => {
            if (!isDead()) reject(new NetworkError(`${request.method}: the connection was reset`, { wasSent: true }));
          });
        });
      },
      [Symbol.asyncDispose]: () => client.http[Symbol.asyncDispose](),
    },
    sockets: client.sockets,
  };
}
