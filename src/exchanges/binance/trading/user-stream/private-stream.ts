import type { Logger } from "../../../../base/logger.ts";
import type { Random } from "../../../../base/random.ts";
import type { Scheduler } from "../../../../base/scheduler.ts";
import type { GatewayListener } from "../../../../engine/gateway.ts";
import { ReconnectingSocket, type StreamHandlers } from "../../../transport/reconnecting-socket.ts";
import type { SocketTransport } from "../../../transport/socket.ts";
import type { Endpoints } from "../../endpoints.ts";
import type { BinanceClient } from "../client.ts";
import type { Credentials } from "../credentials.ts";
import { Delivery, type DeliveryOptions } from "./delivery.ts";
import { FUTURES_SILENCE_MS, ListenKey } from "./listen-key.ts";
import { SPOT_SILENCE_MS, SpotSubscription } from "./spot-subscription.ts";

export interface PrivateStreamOptions extends Pick<DeliveryOptions, "names" | "askBalances" | "askTransfers"> {
  readonly endpoints: Endpoints;
  readonly client: BinanceClient;
  readonly credentials: Credentials;
  readonly recvWindowMs: number;
  readonly sockets: SocketTransport;
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly log: Logger;
  readonly listener: GatewayListener;
}

/** A private stream that is kept up until it is disposed of. */
export interface PrivateStream extends Disposable {
  /** Drops a connection that is known to be useless. */
  restart(reason: string): void;
}

/**
 * Opens the private stream of an account and keeps it up: on spot a signed subscription, on futures an address with a listen key. A
 * connection that ends is replaced before it does.
 */
export function openPrivateStream(options: PrivateStreamOptions): PrivateStream {
  const { endpoints, client, sockets, scheduler, random, listener } = options;
  const isSpot = endpoints.market === "spot";
  const key = new ListenKey(client, endpoints, scheduler, (reason) => stream.restart(reason));
  const delivery = new Delivery({ ...options, onEnded: (reason, isOver) => (isOver ? stream.restart(reason) : stream.renew()) });
  const stream = new ReconnectingSocket({
    transport: sockets,
    scheduler,
    random,
    url: isSpot ? () => endpoints.wsApi : () => key.address(),
    silenceMs: isSpot ? SPOT_SILENCE_MS : FUTURES_SILENCE_MS,
    handlers: isSpot ? { ...handlers(delivery, listener), ...greeting(options) } : handlers(delivery, listener),
  });
  stream.start();
  return {
    restart: (reason) => stream.restart(reason),
    [Symbol.dispose]() {
      stream[Symbol.dispose]();
      key.stop();
      delivery.stop();
    },
  };
}

function handlers(delivery: Delivery, listener: GatewayListener): StreamHandlers {
  return {
    onUp(_, isRenewal) {
      if (!isRenewal) listener.onStream(true, "connected");
    },
    onMessage: (data) => delivery.message(new TextDecoder().decode(data)),
    onDown: (reason) => listener.onStream(false, reason),
  };
}

/** What makes a connection to spot useful, and how it shows that it is. */
function greeting({ credentials, client, recvWindowMs, log }: PrivateStreamOptions): Pick<StreamHandlers, "onOpen" | "isReady"> {
  // What cannot be asked now is asked with the next refusal.
  const askTime = (): void => void client.clock.resync().catch(() => undefined);
  const subscription = new SpotSubscription(credentials, client.clock, recvWindowMs, log, askTime);
  return {
    onOpen: (send) => send(subscription.request()),
    isReady: (data) => subscription.isAccepted(new TextDecoder().decode(data)),
  };
}
