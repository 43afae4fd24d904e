import { ConfigurationError } from "../../base/errors.ts";
import { ORDER_TYPES, TIME_IN_FORCES } from "../../domain/order.ts";
import type { VenueAct } from "../acts.ts";
import type { Fault } from "../faults.ts";

/** What a field has to be; a question mark lets it be absent, a list says the words it may be. */
type Kind = "text" | "text?" | "number" | "number?" | "flag" | "flag?" | readonly string[] | Fields | Optional;
interface Fields {
  readonly [name: string]: Kind;
}
/** Nested fields, or words, that may be absent. */
interface Optional {
  readonly optional: Fields | readonly string[];
}

const MATCH: Fields = { method: "text?", path: "text?", contains: "text?" };
const COMMON: Fields = { match: { optional: MATCH }, times: "number?", skip: "number?", share: "number?" };

const REQUEST_FAULTS: Readonly<Record<string, Fields>> = {
  dropRequest: { reset: "flag?" },
  dropResponse: { silent: "flag?" },
  delayRequest: { ms: "number" },
  delayResponse: { ms: "number" },
  reply: {
    status: "number",
    code: "number?",
    message: "text?",
    body: "text?",
    headers: { optional: { "retry-after": "text?" } },
    executed: "flag",
  },
  html: { status: "number?", executed: "flag" },
  truncate: { bytes: "number?" },
  redirect: { location: "text", executed: "flag" },
};

const STREAM_FAULTS: Readonly<Record<string, Fields>> = {
  close: { code: "number?", reason: "text?", inbound: "flag?" },
  stall: { ms: "number?", inbound: "flag?" },
  halfOpen: { ms: "number?", inbound: "flag?" },
  duplicate: { inbound: "flag?" },
  reorder: { inbound: "flag?" },
  gap: { inbound: "flag?" },
  delay: { ms: "number", inbound: "flag?" },
  refuse: {},
};

const MARKET = ["spot", "linear", "inverse"] as const;
const ORDER_ID: Fields = { orderId: "text?", clientOrderId: "text?" };
const REQUEST: Fields = {
  symbol: "text",
  side: ["buy", "sell"],
  type: ORDER_TYPES,
  quantity: "number",
  price: "number?",
  triggerPrice: "number?",
  trailingPct: "number?",
  activationPrice: "number?",
  timeInForce: { optional: TIME_IN_FORCES },
  reduceOnly: "flag?",
  postOnly: "flag?",
  positionSide: { optional: ["net", "long", "short"] },
  clientOrderId: "text?",
};
const CHANGE: Fields = { priceStep: "text?", quantityStep: "text?", quantityMin: "text?", quantityMax: "text?", notionalMin: "text?" };

const ACTS: Readonly<Record<string, Fields>> = {
  fill: { market: MARKET, order: ORDER_ID, share: "number", price: "number?" },
  cancel: { market: MARKET, order: ORDER_ID, reason: "text" },
  movePrice: { market: MARKET, symbol: "text", price: "number" },
  externalOrder: { market: MARKET, request: REQUEST },
  liquidate: { market: MARKET, symbol: "text" },
  deleverage: { market: MARKET, symbol: "text", share: "number" },
  fund: { market: MARKET, symbol: "text", rate: "number" },
  transfer: { market: MARKET, asset: "text", amount: "number" },
  status: { market: MARKET, symbol: "text", status: ["trading", "halted", "cancelOnly"] },
  instrument: { market: MARKET, symbol: "text", change: CHANGE },
  forget: { market: MARKET, olderThanMs: "number" },
  positionMode: { market: MARKET, mode: ["hedge", "oneWay"] },
  leverage: { market: MARKET, symbol: "text", leverage: "number" },
  clock: { offsetMs: "number", driftMsPerSecond: "number?" },
  restart: { forgetOlderThanMs: "number?" },
  announceShutdown: {},
  expireListenKeys: {},
  terminateUserStreams: {},
  revokeKey: { apiKey: "text" },
  restoreKey: { apiKey: "text" },
  ban: { address: "text", durationMs: "number" },
};

/** Reads a fault as `POST /faults` takes it, such as `{"on":"request","verb":"dropResponse","match":{"path":"/api/v3/order"}}`. */
export function readFault(value: unknown): Fault {
  const on = wordOf(value, "on", ["request", "stream"]);
  const verbs = on === "request" ? REQUEST_FAULTS : STREAM_FAULTS;
  const verb = wordOf(value, "verb", Object.keys(verbs));
  check(value, { on: ["request", "stream"], verb: Object.keys(verbs), ...COMMON, ...verbs[verb] }, "the fault");
  return value as Fault;
}

/** Reads an act as `POST /acts` takes it, such as `{"act":"movePrice","market":"spot","symbol":"BTCUSDT","price":60000}`. */
export function readAct(value: unknown): VenueAct {
  const act = wordOf(value, "act", Object.keys(ACTS));
  check(value, { act: "text", ...ACTS[act] }, "the act");
  const order = isObject(value) ? value["order"] : undefined;
  if (isObject(order) && Object.keys(order).length !== 1)
    throw new ConfigurationError('"order" of the act has either "orderId" or "clientOrderId"');
  return value as VenueAct;
}

function wordOf(value: unknown, name: string, words: readonly string[]): string {
  const word = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  if (typeof word === "string" && words.includes(word)) return word;
  throw new ConfigurationError(`Send a JSON object whose "${name}" is one of ${words.join(", ")}`);
}

function check(value: unknown, fields: Fields, where: string): void {
  if (!isObject(value)) throw new ConfigurationError(`${where} has to be a JSON object`);
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(fields, name)) {
      throw new ConfigurationError(`${where} has no "${name.slice(0, 40)}"; it has ${Object.keys(fields).join(", ")}`);
    }
  }
  for (const [name, kind] of Object.entries(fields))
    checkField(Object.hasOwn(value, name) ? value[name] : undefined, kind, `"${name}" of ${where}`);
}

function checkField(value: unknown, kind: Kind, where: string): void {
  if (typeof kind === "string") return checkPlain(value, kind, where);
  if (isWords(kind)) return checkWord(value, kind, where);
  if (!("optional" in kind) || typeof kind.optional === "string") return check(value, kind as Fields, where);
  const { optional } = kind as Optional;
  if (value === undefined) return;
  if (isWords(optional)) checkWord(value, optional, where);
  else check(value, optional, where);
}

function checkPlain(value: unknown, kind: "text" | "text?" | "number" | "number?" | "flag" | "flag?", where: string): void {
  if (value === undefined && kind.endsWith("?")) return;
  const plain = kind.replace("?", "");
  const isRight =
    plain === "text"
      ? typeof value === "string" && value.length <= 4_096
      : plain === "number"
        ? typeof value === "number" && Number.isFinite(value)
        : typeof value === "boolean";
  if (!isRight) throw new ConfigurationError(`${where} has to be ${plain === "flag" ? "true or false" : `a ${plain}`}`);
}

function checkWord(value: unknown, words: readonly string[], where: string): void {
  if (typeof value !== "string" || !words.includes(value)) throw new ConfigurationError(`${where} has to be one of ${words.join(", ")}`);
}

function isWords(kind: object): kind is readonly string[] {
  return Array.isArray(kind);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
