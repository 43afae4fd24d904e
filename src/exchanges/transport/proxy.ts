import type { Agent, ClientRequest } from "node:http";
import type { HttpsProxyAgent as HttpsProxyAgentClass } from "https-proxy-agent";
import { ConfigurationError } from "../../base/errors.ts";

/** A proxy that the user has named, with its credentials kept apart from its address. */
export interface Proxy {
  readonly kind: "http" | "socks";
  /** Address without credentials, fit for errors. */
  readonly address: string;
  readonly url: URL;
}

/** Reads "http://user:password@host:port", also with https or socks5; a `ConfigurationError` that does not repeat it when it cannot be used. */
export function parseProxy(text: string): Proxy {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^(https?|socks5h?):$/.test(url.protocol) || url.hostname === "") {
    throw new ConfigurationError("the proxy cannot be read; give it as http://host:port, https://host:port or socks5://host:port");
  }
  return { kind: url.protocol.startsWith("http") ? "http" : "socks", address: `${url.protocol}//${url.host}`, url };
}

/** To be emitted on a request that is destroyed: without a connection of its own it says nothing by itself. */
export const ABANDONED = "abandoned";

/** Makes the agent that tunnels requests through the proxy. Its package is loaded only now: most users have no proxy. */
export async function createProxyAgent(proxy: Proxy, options: ProxyAgentOptions): Promise<Agent> {
  const { url } = proxy;
  if (proxy.kind === "socks") {
    const { SocksProxyAgent } = await import("socks-proxy-agent");
    // Names are resolved by the proxy: resolving them here would fail behind it and tell others where we go.
    const resolvedThere = new URL(url.href.replace(/^socks5h?:/, "socks5h:"));
    return new SocksProxyAgent(resolvedThere, { ...options, socketOptions: { noDelay: true } });
  }
  const { HttpsProxyAgent } = await import("https-proxy-agent");
  const bare = new URL(url.href);
  bare.username = "";
  bare.password = "";
  const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  const headers = credentials === ":" ? {} : { "Proxy-Authorization": `Basic ${Buffer.from(credentials).toString("base64")}` };

  /** An agent whose unfinished tunnels go when their request goes, as when it has timed out at a proxy that never answers. */
  class ProxyAgent extends HttpsProxyAgent<string> {
    override async connect(request: ClientRequest, connectOptions: ConnectOptions) {
      const unfinished = new AbortController();
      const abort = (): void => unfinished.abort();
      request.once(ABANDONED, abort);
      this.connectOpts = { ...this.connectOpts, signal: unfinished.signal };
      try {
        return await super.connect(request, connectOptions);
      } finally {
        request.off(ABANDONED, abort);
      }
    }
  }
  // The credentials travel in a header function, since the package shows the address when DEBUG is set.
  return new ProxyAgent(bare, { ...options, noDelay: true, rejectUnauthorized: true, headers: () => ({ ...headers }) });
}

type ConnectOptions = Parameters<HttpsProxyAgentClass<string>["connect"]>[1];

export interface ProxyAgentOptions {
  readonly keepAlive: boolean;
}
