import type { Venue } from "../venue.ts";

/** Where a WebSocket is opened. */
export interface StreamPath {
  readonly market: Venue["market"];
  readonly category: "public" | "market" | "private" | undefined;
  readonly isCombined: boolean;
  readonly streams: readonly string[];
  /** The only events of the account that are wanted; all when undefined. */
  readonly events: readonly string[] | undefined;
}

export type SocketPath =
  | { readonly kind: "api"; readonly market: Venue["market"]; readonly query: string }
  | ({ readonly kind: "stream" } & StreamPath);

const API_PATH = /^(?:\/[^/]+)*\/ws-(|f|d)api\/v\d$/;
const STREAM_PATH = /^((?:\/[^/]+)*?)(?:\/(public|market|private))?\/(ws|stream)((?:\/[^/]+)*)\/?$/;

/**
 * Reads `/spot/ws/btcusdt@trade`, `/usdm/public/stream?streams=a/b`, `/fstream.binance.com/private/ws?listenKey=…` and the like. The market
 * is told by the words in front; without any it is spot, or USDⓈ-M where the address has a category.
 */
export function readSocketPath(path: string, query: string): SocketPath | undefined {
  const api = API_PATH.exec(path);
  if (api !== null) return { kind: "api", market: api[1] === "f" ? "linear" : api[1] === "d" ? "inverse" : "spot", query };
  const match = STREAM_PATH.exec(path);
  if (match === null) return undefined;
  const category = match[2] as StreamPath["category"];
  const parameters = new URLSearchParams(query);
  const streams = [
    ...(match[4] ?? "").split("/").map(decode),
    ...(parameters.get("streams") ?? "").split("/"),
    ...(parameters.get("listenKey") ?? "").split("/"),
  ].filter((name) => name !== "");
  const events = parameters.get("events")?.split("/");
  return { kind: "stream", market: marketOf(match[1] ?? "", category), category, isCombined: match[3] === "stream", streams, events };
}

function marketOf(prefix: string, category: StreamPath["category"]): Venue["market"] {
  if (/usdm|fstream|fapi|future/i.test(prefix)) return "linear";
  if (/coinm|dstream|dapi|delivery/i.test(prefix)) return "inverse";
  return category === undefined ? "spot" : "linear";
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
