import type { IncomingHttpHeaders } from "node:http";

/** Whether a host name means this machine. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
}

/** Whether the request was sent to this machine by name: a page that rebinds its own name to 127.0.0.1 was not. */
export function isForThisMachine({ host }: IncomingHttpHeaders): boolean {
  return host !== undefined && isLoopback(host.replace(/:\d+$/, ""));
}

/** Whether a page of another site sent it; programs send no origin. */
export function isFromAnotherSite({ origin }: IncomingHttpHeaders): boolean {
  if (origin === undefined) return false;
  try {
    return !isLoopback(new URL(origin).hostname);
  } catch {
    return true;
  }
}
