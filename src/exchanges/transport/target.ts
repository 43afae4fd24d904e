import { ConfigurationError } from "../../base/errors.ts";

/** Where a request goes: the checked part of a URL, and the rest of it as it was written. */
export interface Target {
  readonly isSecure: boolean;
  /** Without brackets around IPv6. */
  readonly hostname: string;
  /** Host with a port that is not the default one. */
  readonly host: string;
  readonly port: number;
}

/**
 * Checks the hosts of URLs against the list of those that may be spoken to. Whatever a configuration, a redirect or a foreign library makes
 * of a URL: a request that carries a key or a signature goes to a host of the list or nowhere.
 */
export class HostPolicy {
  readonly #schemes: readonly [plain: string, secure: string];
  readonly #allowed: ReadonlySet<string> | undefined;
  readonly #known = new Map<string, Target>();

  /** `allowedHosts` as in URLs: "api.binance.com", "127.0.0.1:8080"; without a list every host is allowed. */
  constructor(schemes: readonly [plain: string, secure: string], allowedHosts: readonly string[] | undefined) {
    this.#schemes = schemes;
    this.#allowed = allowedHosts === undefined ? undefined : new Set(allowedHosts.map((host) => host.toLowerCase()));
  }

  /** The target of an absolute URL; a `ConfigurationError` without the URL's query when it may not be spoken to. */
  target(url: string): Target {
    const origin = originOf(url);
    const known = this.#known.get(origin);
    if (known !== undefined) return known;
    const target = this.#check(origin);
    // Hosts are few; a list that grows is not one of hosts.
    if (this.#known.size < KNOWN_MAX) this.#known.set(origin, target);
    return target;
  }

  #check(origin: string): Target {
    const [plain, secure] = this.#schemes;
    if (!URL.canParse(origin)) throw new ConfigurationError(`a base URL cannot be read; give one that begins with ${secure}//`);
    const { protocol, host, hostname, port } = new URL(origin);
    const isSecure = protocol === secure;
    if (!isSecure && protocol !== plain) {
      throw new ConfigurationError(`${host || "a base URL"} cannot be reached by ${protocol}//; give a URL that begins with ${secure}//`);
    }
    if (this.#allowed !== undefined && !this.#allowed.has(host)) {
      throw new ConfigurationError(
        `${host} is not a host that may be spoken to (allowed: ${[...this.#allowed].join(", ")}); nothing was sent; check the base URL`,
      );
    }
    return { isSecure, host, hostname: hostname.replace(/^\[|\]$/g, ""), port: port === "" ? (isSecure ? 443 : 80) : Number(port) };
  }
}

const KNOWN_MAX = 100;

/** Path and query of an absolute URL, exactly as written: what was signed is what is sent. */
export function pathOf(url: string): string {
  const start = originOf(url).length;
  const hash = url.indexOf("#", start);
  const path = hash < 0 ? url.slice(start) : url.slice(start, hash);
  return path.startsWith("/") ? path : `/${path}`;
}

/** Host and path without query, fit for errors and logs: queries carry signatures. */
export function placeOf(url: string): string {
  const start = url.indexOf("://") + 3;
  const place = /^[^?#]*/.exec(url.slice(start))?.[0] ?? "";
  // Credentials before the host, if someone put them there.
  const at = place.lastIndexOf("@", place.indexOf("/") < 0 ? place.length : place.indexOf("/"));
  return place.slice(at + 1);
}

function originOf(url: string): string {
  const scheme = url.indexOf("://");
  if (scheme < 0) return url;
  for (let at = scheme + 3; at < url.length; at += 1) {
    const code = url.charCodeAt(at);
    if (code === SLASH || code === QUESTION_MARK || code === HASH) return url.slice(0, at);
  }
  return url;
}

const HASH = 35;
const SLASH = 47;
const QUESTION_MARK = 63;
