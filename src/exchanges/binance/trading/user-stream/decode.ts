import { fieldsOf, type Fields } from "../../../transport/wire-fields.ts";
import { decodeAccountUpdate } from "./account-update.ts";
import { decodeAlgoUpdate } from "./algo-update.ts";
import { decodeExecutionReport } from "./execution-report.ts";
import { decodeConfigUpdate, decodeKeyExpired, decodeMarginCall, decodeServerShutdown, decodeStreamTerminated } from "./notices.ts";
import { decodeOrderTradeUpdate } from "./order-trade-update.ts";
import { decodeAccountPosition, decodeBalanceUpdate, decodeExternalLock, decodeListStatus } from "./spot-account.ts";
import type { UserFact } from "./user-fact.ts";

/**
 * What a message of a private stream says, spot or futures, in whichever wrapping it comes:
 * {"subscriptionId":0,"event":{…}}, {"stream":"…","data":{…}} or bare. A message without what it needs is a `DataError`; a kind that is
 * not known is reported as such.
 */
export function decodeUserEvent(message: unknown): readonly UserFact[] {
  const outer = fieldsOf(message, "a private message");
  // An answer to a request, such as the subscription's.
  if (outer.has("id") && !outer.has("e")) return [{ kind: "nothing" }];
  const event = outer.maybeFields("event") ?? outer.maybeFields("data") ?? outer;
  const name = event.text("e");
  const decoder = DECODERS.get(name);
  if (decoder === undefined) return [{ kind: "unheard", event: name.slice(0, 60) }];
  return decoder(event);
}

const DECODERS: ReadonlyMap<string, (event: Fields) => readonly UserFact[]> = new Map([
  ["executionReport", single(decodeExecutionReport)],
  ["outboundAccountPosition", single(decodeAccountPosition)],
  ["balanceUpdate", single(decodeBalanceUpdate)],
  ["externalLockUpdate", single(decodeExternalLock)],
  ["listStatus", single(decodeListStatus)],
  ["eventStreamTerminated", single(decodeStreamTerminated)],
  ["serverShutdown", single(decodeServerShutdown)],
  ["ORDER_TRADE_UPDATE", single(decodeOrderTradeUpdate)],
  ["ACCOUNT_UPDATE", decodeAccountUpdate],
  ["ALGO_UPDATE", decodeAlgoUpdate],
  ["MARGIN_CALL", single(decodeMarginCall)],
  ["ACCOUNT_CONFIG_UPDATE", single(decodeConfigUpdate)],
  ["listenKeyExpired", single(decodeKeyExpired)],
  // A shorter copy of ORDER_TRADE_UPDATE, sent a little earlier and without fees.
  ["TRADE_LITE", () => [{ kind: "nothing" }]],
  ["STRATEGY_UPDATE", () => [{ kind: "nothing" }]],
  ["GRID_UPDATE", () => [{ kind: "nothing" }]],
  // Retired on 15 December 2025; ALGO_UPDATE carries the reason.
  ["CONDITIONAL_ORDER_TRIGGER_REJECT", () => [{ kind: "nothing" }]],
]);

function single(decode: (event: Fields) => UserFact): (event: Fields) => readonly UserFact[] {
  return (event) => [decode(event)];
}
