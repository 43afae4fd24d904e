import type { Agent, ClientRequest } from "node:http";
import { createSecureContext, rootCertificates } from "node:tls";
import type { SecureContext } from "node:tls";
import { WebSocket } from "ws";
import type { ClientOptions } from "ws";
import { assert } from "../../base/assert.ts";
import type { Cancel, Scheduler } from "../../base/scheduler.ts";
import { ABANDONED, createProxyAgent, parseProxy } from "./proxy.ts";
import { reasonOf } from "./node-http.ts";
import type { Socket, SocketHandlers, SocketTransport } from "./socket.ts";
import { HostPolicy } from "./target.ts";

export interface SocketTransportOptions {
  readonly scheduler: Scheduler;
  /** "http://user:password@host:port", https and socks5 alike. */
  readonly proxy?: string | undefined;
  /** Hosts that may be spoken to, with a port that is not the default one; without a list every host. */
  readonly allowedHosts?: readonly string[] | undefined;
  /** Longest message that is taken, bytes; a longer one ends the connection. @default 16 MiB */
  readonly messageBytesMax?: number;
  /** How long opening may take, milliseconds. @default 10000 */
  readonly openMsMax?: number;
  /** How long the other side may take to answer a close, milliseconds. @default 2000 */
  readonly closeMsMax?: number;
  /** Certificates (PEM) that are trusted besides the platform's. */
  readonly certificates?: string | undefined;
}

/**
 * WebSockets over `ws`, without compression (nine times the work) and without checking that text is UTF-8: messages are handed out as
 * bytes, and whoever decodes them meets U+FFFD at worst. A host that is not allowed is a `ConfigurationError` thrown by `open`.
 */
export function createSocketTransport(options: SocketTransportOptions): SocketTransport {
  const hosts = new HostPolicy(["ws:", "wss:"], options.allowedHosts);
  const proxy = options.proxy === undefined ? undefined : parseProxy(options.proxy);
  const { certificates } = options;
  const secureContext = certificates === undefined ? undefined : createSecureContext({ ca: [...rootCertificates, certificates] });
  let agent: Promise<Agent> | undefined;

  return {
    open(url, handlers) {
      hosts.target(url);
      assert(!url.includes("#"), "the URL of a socket has no fragment");
      const socket = new WsSocket(handlers, options);
      if (proxy === undefined) {
        socket.connect(url, connectionOptions(options, secureContext));
        return socket;
      }
      agent ??= createProxyAgent(proxy, { keepAlive: false });
      agent.then(
        (tunnel) => socket.connect(url, { ...connectionOptions(options, secureContext), agent: tunnel }),
        () => socket.finish(ABNORMAL, "the package for the proxy cannot be loaded; install https-proxy-agent and socks-proxy-agent"),
      );
      return socket;
    },
  };
}

/** The connection ended without a closing handshake, RFC 6455, section 7.4.1. */
const ABNORMAL = 1006;
const MESSAGE_BYTES_MAX = 16 * 1024 * 1024;

function connectionOptions(options: SocketTransportOptions, secureContext: SecureContext | undefined): ConnectionOptions {
  return {
    perMessageDeflate: false,
    skipUTF8Validation: true,
    followRedirects: false,
    maxPayload: options.messageBytesMax ?? MESSAGE_BYTES_MAX,
    // Said out loud, since the environment could switch verification off otherwise.
    rejectUnauthorized: true,
    ...(secureContext === undefined ? {} : { secureContext }),
  };
}

interface ConnectionOptions extends ClientOptions {
  readonly secureContext?: SecureContext;
}

class WsSocket implements Socket {
  readonly #handlers: SocketHandlers;
  readonly #scheduler: Scheduler;
  readonly #closeMsMax: number;
  #ws: WebSocket | undefined;
  #request: ClientRequest | undefined;
  #isOpen = false;
  #isClosing = false;
  #isClosed = false;
  #stopTimer: Cancel;

  constructor(handlers: SocketHandlers, { scheduler, openMsMax = 10_000, closeMsMax = 2000 }: SocketTransportOptions) {
    this.#handlers = handlers;
    this.#scheduler = scheduler;
    this.#closeMsMax = closeMsMax;
    this.#stopTimer = scheduler.after(openMsMax, () => this.finish(ABNORMAL, `not open within ${openMsMax} ms`));
  }

  connect(url: string, options: ConnectionOptions): void {
    if (this.#isClosed) return;
    const finishRequest = (request: ClientRequest): void => {
      this.#request = request;
      // A refusal of the proxy is replayed by the agent as if it were the answer of the exchange.
      request.once("proxyConnect", ({ statusCode }: { readonly statusCode: number }) => {
        if (statusCode !== 200) this.finish(ABNORMAL, `the proxy refused with status ${statusCode}; check its address and credentials`);
      });
      request.end();
    };
    const ws = new WebSocket(url, { ...options, finishRequest });
    this.#ws = ws;
    ws.on("open", () => {
      if (this.#isClosed || this.#isClosing) return;
      this.#isOpen = true;
      this.#stopTimer();
      this.#handlers.onOpen();
    });
    ws.on("message", (data) => {
      // `ws` hands out a Buffer of the whole message unless told otherwise, for text and binary alike.
      if (!this.#isClosed) this.#handlers.onMessage(data as Buffer);
    });
    ws.on("ping", () => {
      if (!this.#isClosed) this.#handlers.onPing?.();
    });
    ws.on("unexpected-response", (_, { statusCode, headers }) => {
      const wait = headers["retry-after"] === undefined ? "" : `, to be asked again in ${headers["retry-after"]} s`;
      this.finish(ABNORMAL, `status ${statusCode ?? 0} instead of an open socket${wait}`);
    });
    ws.on("error", (error) => this.finish(ABNORMAL, reasonOf(error, "the other side does not speak WebSocket as agreed")));
    ws.on("close", (code, reason) => this.finish(code, reason.toString()));
  }

  send(text: string): void {
    if (this.#isClosed || this.#isClosing) return;
    assert(this.#isOpen, "a socket can send once it is open");
    // Without a callback a failure would be thrown; it is told by the close that follows.
    this.#ws?.send(text, ignore);
  }

  close(code = 1000, reason = ""): void {
    if (this.#isClosed || this.#isClosing) return;
    if (!this.#isOpen) return this.finish(ABNORMAL, "closed before it was open");
    this.#isClosing = true;
    this.#stopTimer = this.#scheduler.after(this.#closeMsMax, () => this.finish(ABNORMAL, "the other side did not answer the close"));
    this.#ws?.close(code, reason);
  }

  terminate(): void {
    this.finish(ABNORMAL, "dropped by this side");
  }

  get bufferedBytes(): number {
    return this.#ws?.bufferedAmount ?? 0;
  }

  /** Ends it, whatever state it is in, and tells so; once. */
  finish(code: number, reason: string): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#stopTimer();
    this.#ws?.terminate();
    if (!this.#isOpen) this.#request?.emit(ABANDONED);
    this.#handlers.onClose(code, reason);
  }
}

function ignore(): void {}
