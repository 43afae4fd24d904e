import http from "node:http";
import https from "node:https";
import type { Socket } from "node:net";
import { createSecureContext, rootCertificates } from "node:tls";
import type { SecureContext } from "node:tls";
import { ConfigurationError, NetworkError } from "../../base/errors.ts";
import type { Cancel, Scheduler } from "../../base/scheduler.ts";
import type { HttpRequest, HttpResponse, HttpTransport } from "./http.ts";
import { ABANDONED, createProxyAgent, parseProxy } from "./proxy.ts";
import type { Proxy } from "./proxy.ts";
import { HostPolicy, pathOf, placeOf } from "./target.ts";
import type { Target } from "./target.ts";

export interface HttpTransportOptions {
  readonly scheduler: Scheduler;
  /** "http://user:password@host:port", https and socks5 alike. */
  readonly proxy?: string | undefined;
  /** Hosts that may be spoken to, with a port that is not the default one; without a list every host. */
  readonly allowedHosts?: readonly string[] | undefined;
  /** Longest answer that is taken, bytes. @default 64 MiB */
  readonly bodyBytesMax?: number;
  /** How long an unused connection is kept open, milliseconds. @default 60000 */
  readonly idleMsMax?: number;
  /** Certificates (PEM) that are trusted besides the platform's. */
  readonly certificates?: string | undefined;
}

/**
 * Requests over node:http and node:https with connections that are kept open. Nothing is repeated, redirected, compressed or added. Errors
 * name method, host and path, never query or headers: those carry signatures and keys.
 */
export function createHttpTransport(options: HttpTransportOptions): HttpTransport {
  return new NodeHttpTransport(options);
}

const BODY_BYTES_MAX = 64 * 1024 * 1024;
const IDLE_MS_MAX = 60_000;

class NodeHttpTransport implements HttpTransport {
  readonly #scheduler: Scheduler;
  readonly #hosts: HostPolicy;
  readonly #bodyBytesMax: number;
  readonly #plainAgent: http.Agent;
  readonly #secureAgent: https.Agent;
  readonly #tls: { readonly rejectUnauthorized: true; readonly secureContext?: SecureContext };
  readonly #proxy: Proxy | undefined;
  #proxyAgent: Promise<http.Agent> | undefined;
  /** Connections over which a request may have gone; one that is still being made is absent. */
  readonly #ready = new WeakSet<Socket>();
  readonly #calls = new Set<Call>();
  #isDisposed = false;

  constructor(options: HttpTransportOptions) {
    this.#scheduler = options.scheduler;
    this.#hosts = new HostPolicy(["http:", "https:"], options.allowedHosts);
    this.#bodyBytesMax = options.bodyBytesMax ?? BODY_BYTES_MAX;
    this.#proxy = options.proxy === undefined ? undefined : parseProxy(options.proxy);
    const { certificates, idleMsMax = IDLE_MS_MAX } = options;
    const agentOptions = { keepAlive: true, noDelay: true, scheduling: "lifo", timeout: idleMsMax } as const;
    this.#plainAgent = new http.Agent(agentOptions);
    this.#secureAgent = new https.Agent(agentOptions);
    // Said out loud, since the environment could switch verification off otherwise.
    this.#tls = { rejectUnauthorized: true };
    if (certificates !== undefined) {
      this.#tls = { ...this.#tls, secureContext: createSecureContext({ ca: [...rootCertificates, certificates] }) };
    }
  }

  send(request: HttpRequest): Promise<HttpResponse> {
    return new Promise((resolve, reject) => {
      const target = this.#hosts.target(request.url);
      const call = new Call(request, this.#bodyBytesMax, resolve, reject);
      if (this.#isDisposed) return call.fail("the connection is closed for good");
      this.#calls.add(call);
      call.onSettled = () => this.#calls.delete(call);
      call.stopTimer = this.#scheduler.after(request.timeoutMs, () => call.fail(`no answer within ${request.timeoutMs} ms`));
      if (this.#proxy === undefined) return this.#start(call, target, target.isSecure ? this.#secureAgent : this.#plainAgent);
      this.#proxyAgent ??= createProxyAgent(this.#proxy, { keepAlive: true });
      this.#proxyAgent.then(
        (agent) => this.#start(call, target, agent),
        () => call.fail("the package for the proxy cannot be loaded; install https-proxy-agent and socks-proxy-agent"),
      );
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true;
    for (const call of this.#calls) call.fail("closed before the answer came");
    this.#plainAgent.destroy();
    this.#secureAgent.destroy();
    (await this.#proxyAgent)?.destroy();
  }

  #start(call: Call, target: Target, agent: http.Agent): void {
    if (call.isSettled) return;
    const { method, url, headers, body } = call.request;
    const options: https.RequestOptions = {
      agent,
      method,
      protocol: target.isSecure ? "https:" : "http:",
      hostname: target.hostname,
      port: target.port,
      path: pathOf(url),
      // The length is said even where Node would leave it out, as for DELETE.
      headers: body === undefined ? { ...headers } : { ...headers, "content-length": Buffer.byteLength(body) },
    };
    let outgoing: http.ClientRequest;
    try {
      outgoing = target.isSecure ? https.request({ ...options, ...this.#tls }) : http.request(options);
    } catch {
      // As with a key that was copied together with the end of its line.
      return call.refuse("the request holds characters that cannot be sent; check API key and base URL for blanks and line ends");
    }
    call.outgoing = outgoing;
    outgoing.once("socket", (socket) => this.#watch(call, outgoing, socket, target.isSecure));
    outgoing.once("response", (incoming) => call.receive(incoming));
    // A refusal of the proxy is replayed by the agent as if it were the answer of the exchange.
    outgoing.once("proxyConnect", ({ statusCode }: { readonly statusCode: number }) => {
      if (statusCode !== 200) call.fail(`the proxy refused with status ${statusCode}; check its address and credentials`);
    });
    outgoing.once("upgrade", (_, socket) => {
      socket.destroy();
      call.fail("the answer switches to another protocol");
    });
    outgoing.on("error", (error) => call.fail(reasonOf(error)));
    outgoing.once("close", () => call.fail("the connection was closed without an answer"));
    outgoing.end(body);
  }

  /** Notes when the request can have left: at once on an open connection, else when the connection, and TLS on it, stands. */
  #watch(call: Call, outgoing: http.ClientRequest, socket: Socket, isSecure: boolean): void {
    const isReady = outgoing.reusedSocket || this.#ready.has(socket) || !(isSecure || socket.connecting);
    if (isReady) {
      this.#ready.add(socket);
      call.wasSent = true;
      return;
    }
    socket.once(isSecure ? "secureConnect" : "connect", () => {
      this.#ready.add(socket);
      call.wasSent = true;
    });
  }
}

/** One request on its way; it is settled once. */
class Call {
  readonly request: HttpRequest;
  wasSent = false;
  isSettled = false;
  outgoing: http.ClientRequest | undefined;
  stopTimer: Cancel | undefined;
  onSettled: (() => void) | undefined;
  readonly #bodyBytesMax: number;
  readonly #resolve: (response: HttpResponse) => void;
  readonly #reject: (error: Error) => void;

  constructor(request: HttpRequest, bodyBytesMax: number, resolve: (response: HttpResponse) => void, reject: (error: Error) => void) {
    this.request = request;
    this.#bodyBytesMax = bodyBytesMax;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  fail(reason: string): void {
    if (this.isSettled) return;
    const { wasSent } = this;
    this.#settle();
    this.outgoing?.destroy();
    this.outgoing?.emit(ABANDONED);
    this.#reject(new NetworkError(this.#tell(reason), { wasSent }));
  }

  /** For a request that cannot even be tried. */
  refuse(reason: string): void {
    this.#settle();
    this.#reject(new ConfigurationError(this.#tell(reason)));
  }

  receive(incoming: http.IncomingMessage): void {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const encoding = incoming.headers["content-encoding"];
    if (encoding !== undefined && encoding !== "identity")
      return this.fail(`the answer is compressed (${encoding}), which was not asked for`);
    incoming.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > this.#bodyBytesMax) return this.fail(`the answer is longer than ${this.#bodyBytesMax} bytes`);
      chunks.push(chunk);
    });
    incoming.once("error", () => this.fail("the connection broke in the middle of the answer"));
    incoming.once("end", () => {
      if (!incoming.complete) return this.fail("the connection broke in the middle of the answer");
      if (this.isSettled) return;
      this.#settle();
      const body = (chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, bytes)).toString("utf8");
      this.#resolve({ status: incoming.statusCode ?? 0, headers: flat(incoming.headers), body });
    });
  }

  #tell(reason: string): string {
    return `${this.request.method} ${placeOf(this.request.url)}: ${reason}`;
  }

  #settle(): void {
    this.isSettled = true;
    this.stopTimer?.();
    this.onSettled?.();
  }
}

function flat(headers: http.IncomingHttpHeaders): Readonly<Record<string, string>> {
  const result: Record<string, string> = {};
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    if (value !== undefined) result[name] = typeof value === "string" ? value : value.join(", ");
  }
  return result;
}

/** A failure in words. The error itself goes no further: it may hold raw packets or the proxy's credentials. */
export function reasonOf(error: Error, otherwise = "the connection failed"): string {
  // Its messages are fixed sentences; everything else about it is not.
  if (error.constructor.name === "SocksClientError") return `the proxy failed: ${error.message}`;
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  return code === undefined ? otherwise : `${REASONS[code] ?? "the connection failed"} (${code})`;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: "the host's name is not known; check the network",
  EAI_AGAIN: "the host's name cannot be looked up now; check the network",
  ECONNREFUSED: "the connection was refused",
  ECONNRESET: "the connection was reset",
  EPIPE: "the connection was reset",
  ETIMEDOUT: "the connection could not be made in time",
  EHOSTUNREACH: "the host cannot be reached; check the network",
  ENETUNREACH: "the network cannot be reached; check the network",
  DEPTH_ZERO_SELF_SIGNED_CERT: "the certificate is self-signed and not trusted",
  SELF_SIGNED_CERT_IN_CHAIN: "the certificate is self-signed and not trusted",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "the certificate is not trusted",
  CERT_HAS_EXPIRED: "the certificate has expired; check the clock of this machine",
  ERR_TLS_CERT_ALTNAME_INVALID: "the certificate is for another host",
};
