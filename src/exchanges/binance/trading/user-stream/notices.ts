import type { Fields } from "../../../transport/wire-fields.ts";
import type { UserFact } from "./user-fact.ts";

/**
 * Futures, positions come near liquidation: {"e":"MARGIN_CALL","E":1587727187525,"cw":"3.16812045","p":[{"s":"ETHUSDT","ps":"LONG",
 * "pa":"1.327","mt":"CROSSED","iw":"0","mp":"187.17127","up":"-1.166074","mm":"1.614445"}]}
 */
export function decodeMarginCall(event: Fields): UserFact {
  const positions = event.fieldsOfEach("p").map((row) => `${row.text("s")} ${row.maybeText("pa") ?? ""}`.trim());
  return {
    kind: "notice",
    text: `margin call: ${positions.join(", ")}; Binance will liquidate when the margin falls further`,
    isUrgent: true,
  };
}

/**
 * Futures, leverage or a mode has changed, by whomever: {"e":"ACCOUNT_CONFIG_UPDATE","E":1611646737479,"T":1611646737476,
 * "ac":{"s":"BTCUSDT","l":25}} or, for multi-asset margin, with {"ai":{"j":true}}
 */
export function decodeConfigUpdate(event: Fields): UserFact {
  const change = event.maybeFields("ac");
  if (change === undefined) return { kind: "notice", text: "the account's margin settings have been changed", isUrgent: false };
  return { kind: "notice", text: `leverage of ${change.text("s")} has been set to ${change.number("l")}`, isUrgent: false };
}

/** Futures, the stream's key is no longer good: {"e":"listenKeyExpired","E":1736996475556,"listenKey":"WsCMN0a4…"} */
export function decodeKeyExpired(): UserFact {
  return { kind: "ended", reason: "the key of the private stream has expired" };
}

/** Spot, this subscription is over: {"e":"eventStreamTerminated","E":1728973001334} */
export function decodeStreamTerminated(): UserFact {
  return { kind: "ended", reason: "Binance has ended the private stream" };
}

/** The server goes down soon: {"e":"serverShutdown","E":1770123456789} */
export function decodeServerShutdown(): UserFact {
  return { kind: "ended", reason: "the server is about to shut down" };
}
