import { createHmac, sign as signBytes } from "node:crypto";
import { buildQuery } from "../../transport/query.ts";
import { Credentials } from "./credentials.ts";

/** Parameters in the order in which they are sent and signed; numbers are decimal text already. */
export type Parameters = Readonly<Record<string, string>>;

/**
 * Signature of a text: HMAC-SHA-256 in hexadecimal, RSASSA-PKCS1-v1_5 with SHA-256 in base64, or Ed25519 in base64
 * (binance-spot-api-docs, `rest-api.md`, "SIGNED Endpoint Examples").
 */
export function sign(payload: string, credentials: Credentials): string {
  const key = Credentials.signingKeyOf(credentials);
  if (typeof key === "string") return createHmac("sha256", key).update(payload).digest("hex");
  return signBytes(credentials.kind === "rsa" ? "sha256" : null, Buffer.from(payload), key).toString("base64");
}

/** The query string of a signed REST request: what is sent is what is signed, percent-encoded, and the signature ends it. */
export function signedQuery(parameters: Parameters, credentials: Credentials): string {
  const query = buildQuery(parameters);
  return `${query}&${buildQuery({ signature: sign(query, credentials) })}`;
}

/** Value of a parameter of the WebSocket API, where times are JSON numbers. */
export type WsParameter = string | number;

/**
 * Parameters of a signed request of the WebSocket API, key and signature included: the payload is all of them sorted by name and not
 * percent-encoded (binance-spot-api-docs, `web-socket-api.md`, "SIGNED request security").
 */
export function signedWsParameters(
  parameters: Readonly<Record<string, WsParameter>>,
  credentials: Credentials,
): Record<string, WsParameter> {
  const all: Record<string, WsParameter> = { ...parameters, apiKey: Credentials.apiKeyOf(credentials) };
  const payload = Object.keys(all)
    .toSorted()
    .map((name) => `${name}=${all[name] ?? ""}`)
    .join("&");
  return { ...all, signature: sign(payload, credentials) };
}
