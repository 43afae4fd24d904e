import { MetaExpertError, NetworkError, RateLimitedError } from "../../../base/errors.ts";
import type { Outcome } from "../../../engine/gateway.ts";
import type { RejectClass, VenueOrder } from "../../../engine/venue-facts.ts";
import { parseJson } from "../../transport/lossless-json.ts";
import { fieldsOf, type Fields } from "../../transport/wire-fields.ts";
import type { BinanceMarket } from "../endpoints.ts";
import { rejectClassOf, rejectClassOfText } from "./reject-codes.ts";
import { toAlgoOrder, toFuturesOrder } from "./rest/futures-orders.ts";
import { toSpotFills, toSpotOrder } from "./rest/spot-orders.ts";
import { idOf } from "./wire.ts";

/** A request that changes an order, and everything that came back. */
export interface OrderAnswer {
  readonly market: BinanceMarket;
  readonly kind: "submit" | "cancel" | "amend";
  /** HTTP status and body, or what went wrong before there was an answer. */
  readonly answer: { readonly status: number; readonly body: string } | { readonly error: unknown };
}

/**
 * What an answer proves about an order. Refused is only what Binance documents as refused; whatever may have reached the matching engine,
 * and whatever is not understood, is unknown and has to be asked about.
 *
 * - 5xx, -1000, -1001, -1006, -1007: "execution status is unknown" (spot, `rest-api.md`, "HTTP Return Codes").
 * - -1008: on futures "system overload; 100% failure" (derivatives, "HTTP 503 Status"); spot does not say so, hence unknown there.
 * - 429 and 418 with -1003 or -1015: "requests fail" (spot, "LIMITS"); without a body of Binance they prove nothing.
 * - A duplicate client id: the order of that name may be this one.
 */
export function outcomeOf({ market, kind, answer }: OrderAnswer): Outcome {
  if ("error" in answer) return outcomeOfError(answer.error);
  const { status, body } = answer;
  if (status === 401 || status === 403) return refused("permission", String(status), `Binance answered ${status}: ${reasonIn(body)}`);
  let fields: Fields;
  try {
    fields = fieldsOf(parseJson(body, { where: `the answer to a ${kind}` }), `the answer to a ${kind}`);
  } catch {
    return unknown(`Binance answered ${status} with something that is not a message of its own`);
  }
  const code = codeOf(fields);
  if (code !== undefined) return outcomeOfCode(market, status, code, fields.raw("msg"));
  if (status < 200 || status > 299) return unknown(`Binance answered ${status} without a code`);
  try {
    return acknowledged(market, fields);
  } catch {
    return unknown(`Binance answered ${status} to a ${kind} without saying which order it means`);
  }
}

function outcomeOfError(error: unknown): Outcome {
  if (error instanceof RateLimitedError) return refused("rate", error.code, `not sent: ${error.message}`);
  if (error instanceof NetworkError && !error.wasSent) return refused("busy", error.code, `not sent: ${error.message}`);
  if (error instanceof MetaExpertError) return unknown(error.message);
  return unknown("the request failed in a way that this version does not know");
}

/** The code of a refusal. An algo order that was cancelled is told with the text "200". */
function codeOf(fields: Fields): string | undefined {
  if (!fields.has("code")) return undefined;
  const code = fields.raw("code");
  const text = typeof code === "number" || typeof code === "string" ? String(code) : "";
  return text === "200" || text === "0" ? undefined : text;
}

const TEXT_CODES: ReadonlySet<string> = new Set(["-1010", "-1013", "-2010", "-2038"]);
const CANCEL_REJECTED = "-2011";

function outcomeOfCode(market: BinanceMarket, status: number, code: string, message: unknown): Outcome {
  const text = typeof message === "string" ? message.slice(0, REASON_LENGTH_MAX) : "";
  const reason = `Binance ${code}: ${text}`;
  const byTable = rejectClassOf(market, code);
  const isOverload = code === "-1008" && byTable === "busy";
  if (status >= 500 && !isOverload) return unknown(`${reason} (HTTP ${status})`);
  if (code === "-4116") return unknown(`${reason}; the order of that name may be this one`);
  if (code === CANCEL_REJECTED) return refused(/unknown order|^$/i.test(text) ? "gone" : "other", code, reason);
  if (byTable !== undefined) return refused(byTable, code, reason);
  if (!TEXT_CODES.has(code)) return unknown(`${reason} (HTTP ${status}), a code that is not known to be a refusal`);
  const byText = rejectClassOfText(text);
  return byText === "duplicate" ? unknown(`${reason}; the order of that name may be this one`) : refused(byText, code, reason);
}

const REASON_LENGTH_MAX = 200;

function acknowledged(market: BinanceMarket, fields: Fields): Outcome {
  if (fields.has("algoId")) {
    const orderId = requiredId(fields, "algoId");
    return fields.has("algoStatus")
      ? { kind: "acknowledged", orderId, order: toAlgoOrder(fields).order }
      : { kind: "acknowledged", orderId };
  }
  const orderId = requiredId(fields, "orderId");
  if (!fields.has("status")) return { kind: "acknowledged", orderId };
  const order: VenueOrder = market === "spot" ? toSpotOrder(fields) : toFuturesOrder(fields);
  const fills = market === "spot" ? toSpotFills(fields, order) : [];
  return fills.length === 0 ? { kind: "acknowledged", orderId, order } : { kind: "acknowledged", orderId, order, fills };
}

function requiredId(fields: Fields, name: string): string {
  const id = idOf(fields, name);
  // Caught where an answer is read: without an id it proves nothing.
  if (id === "") throw new NetworkError("no id");
  return id;
}

/** The message of Binance in a body, never a whole page. */
function reasonIn(body: string): string {
  const message = /"msg"\s*:\s*"([^"]{1,200})"/.exec(body)?.[1];
  return message ?? "access is refused";
}

function refused(rejectClass: RejectClass, code: string, reason: string): Outcome {
  return { kind: "rejected", rejectClass, code, reason };
}

function unknown(reason: string): Outcome {
  return { kind: "unknown", reason };
}
