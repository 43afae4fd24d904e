import { Fields } from "../../transport/wire-fields.ts";

/** What a stream says beside market data. */
export type StreamNotice =
  /** The server is about to close: connect anew at once. */
  | { readonly kind: "shutdown" }
  /** A request on the stream has been carried out. */
  | { readonly kind: "result" }
  /** The exchange complains; nothing that was asked for may be taken as done. */
  | { readonly kind: "error"; readonly reason: string };

/**
 * Notices of the streams; undefined when the message is none of them.
 * {"e":"serverShutdown","E":1770123456789}, since May 2026
 * {"result":null,"id":1}
 * {"code":2,"msg":"Invalid request: invalid stream","id":1}, also as {"error":{"code":2,"msg":"…"},"id":1}
 */
export function toNotice(value: unknown): StreamNotice | undefined {
  if (!isObject(value)) return undefined;
  const fields = new Fields(value, "notice");
  if (fields.raw("e") === "serverShutdown") return { kind: "shutdown" };
  const error = fields.raw("error");
  const complaint = isObject(error) ? new Fields(error, "notice error") : fields;
  const code = complaint.raw("code");
  const text = complaint.raw("msg");
  if (typeof text === "string" && (typeof code === "number" || typeof code === "string")) {
    return { kind: "error", reason: `${text.slice(0, REASON_LENGTH_MAX)} (code ${String(code).slice(0, 10)})` };
  }
  return fields.raw("result") === null && fields.names.includes("id") ? { kind: "result" } : undefined;
}

const REASON_LENGTH_MAX = 200;

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
