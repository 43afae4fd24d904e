import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ConfigurationError } from "../../base/errors.ts";
import { systemScheduler } from "../../base/scheduler.ts";
import type { ApiAccount } from "../binance/accounts.ts";
import { defaultSandbox, type Sandbox, type SandboxOptions } from "../default-sandbox.ts";
import { createAdminHandler } from "./admin.ts";
import { isLoopback } from "./loopback.ts";
import { RequestLog } from "./request-log.ts";
import { createVenueHandler } from "./venue-http.ts";
import { acceptSockets, type AcceptedSockets } from "./venue-sockets.ts";

export interface FakeVenueOptions extends Partial<Omit<SandboxOptions, "accounts">> {
  /** Only names of this machine: a fake exchange is never open to a network. @default 127.0.0.1 */
  readonly host?: string;
  /** @default a free one */
  readonly port?: number;
  /** @default a free one */
  readonly adminPort?: number;
  /** Keys that are accepted. @default one HMAC key, drawn anew at every start */
  readonly accounts?: readonly ApiAccount[];
}

/** A fake exchange that listens on this machine. */
export interface FakeVenue extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`; streams are at the same port under `ws://`. */
  readonly url: string;
  readonly adminUrl: string;
  /** What the admin port wants as `Authorization: Bearer …`. */
  readonly adminToken: string;
  /** The key to trade with: the first HMAC key of the accounts. */
  readonly credentials: { readonly apiKey: string; readonly apiSecret: string };
  /** The exchange itself, for programs that are in the same process. */
  readonly sandbox: Sandbox;
  /** Requests that ended in an error of the fake exchange itself; none, unless it has a bug. */
  readonly failures: readonly string[];
  /** Ends everything; harmless when it has ended. */
  close(): Promise<void>;
}

/**
 * Starts Binance on this machine: real HTTP and WebSocket in front of a simulated market.
 *
 * @example
 * await using venue = await startFakeVenue({ market: "spot", seed: 1 });
 * console.log(venue.url, venue.credentials.apiKey);
 */
export async function startFakeVenue(options: FakeVenueOptions = {}): Promise<FakeVenue> {
  const {
    host = "127.0.0.1",
    port = 0,
    adminPort = 0,
    seed = 1,
    scheduler = systemScheduler,
    accounts = [drawAccount()],
    ...rest
  } = options;
  if (!isLoopback(host)) throw new ConfigurationError(`The sandbox listens on this machine only; use 127.0.0.1 instead of ${host}`);
  const sandbox = defaultSandbox({ ...rest, seed, scheduler, accounts });
  const log = new RequestLog(scheduler);
  const failures: string[] = [];
  const onFailure = (error: unknown): void => {
    if (failures.length < 100) failures.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  };
  const venueServer = createServer(SERVER_OPTIONS, createVenueHandler({ faults: sandbox.faults, log, onFailure }));
  const sockets = acceptSockets(venueServer, { faults: sandbox.faults, log, onFailure });
  const adminToken = randomBytes(24).toString("base64url");
  const adminServer = createServer(SERVER_OPTIONS, createAdminHandler({ sandbox, scheduler, log, failures, token: adminToken }));
  const started = { sandbox, servers: [venueServer, adminServer], sockets };
  try {
    const url = await listen(venueServer, host, port);
    const adminUrl = await listen(adminServer, host, adminPort);
    sandbox.start();
    let closing: Promise<void> | undefined;
    const close = (): Promise<void> => (closing ??= stop(started));
    const key = accounts.find(({ secret }) => secret !== undefined);
    const credentials = { apiKey: key?.apiKey ?? "", apiSecret: key?.secret ?? "" };
    return { url, adminUrl, adminToken, credentials, sandbox, failures, close, [Symbol.asyncDispose]: close };
  } catch (error) {
    await stop(started);
    throw error;
  }
}

/** Slow clients are cut: a request has to be here, whole, within so many milliseconds. */
const SERVER_OPTIONS = { headersTimeout: 10_000, requestTimeout: 20_000, keepAliveTimeout: 60_000, connectionsCheckingInterval: 5_000 };

/** A key as Binance makes them: 64 letters and digits. */
function drawAccount(): ApiAccount {
  return { apiKey: drawText(), secret: drawText(), ipBound: true };
}

function drawText(): string {
  return randomBytes(96).toString("base64").replaceAll(/[+/=]/g, "").slice(0, 64);
}

function listen(server: Server, host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const advice = error.code === "EADDRINUSE" ? `Port ${port} is in use; choose another one` : `Cannot listen on ${host}:${port}`;
      reject(new ConfigurationError(advice, { cause: error }));
    });
    server.listen(port, host, () => {
      const address = server.address() as AddressInfo;
      resolve(`http://${host.includes(":") ? `[${host}]` : host}:${address.port}`);
    });
  });
}

async function stop(started: {
  readonly sandbox: Sandbox;
  readonly servers: readonly Server[];
  readonly sockets: AcceptedSockets;
}): Promise<void> {
  started.sandbox.stop();
  started.sockets.close();
  await Promise.all(
    started.servers.map(
      (server) =>
        new Promise<void>((resolve) => {
          if (!server.listening) return resolve();
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    ),
  );
}
