import { constants, createHmac, createPublicKey, timingSafeEqual, verify, type KeyObject } from "node:crypto";
import type { Parameters } from "./parameters.ts";
import { missing, Refusal } from "./refusals.ts";

/** An API key as the venue knows it. All keys of a server trade the one account of its venues. */
export interface ApiAccount {
  readonly apiKey: string;
  /** Of an HMAC key. */
  readonly secret?: string | undefined;
  /** PEM of an RSA or Ed25519 key. */
  readonly publicKey?: string | undefined;
  /** @default false */
  readonly canWithdraw?: boolean | undefined;
  /** @default true */
  readonly canTrade?: boolean | undefined;
  /** Whether the key is bound to addresses. @default true */
  readonly ipBound?: boolean | undefined;
  /** When bound: the only addresses it works from; any when absent. */
  readonly addresses?: readonly string[] | undefined;
}

/** A signed request, as far as signing is concerned. */
export interface SignedRequest {
  readonly apiKey: string | undefined;
  readonly address: string;
  readonly parameters: Parameters;
  /** What was signed. */
  readonly payload: string;
  /** Server time, milliseconds. */
  readonly now: number;
}

const RECEIVE_WINDOW_MS = 5_000;
const RECEIVE_WINDOW_MS_MAX = 60_000;
/** A timestamp beyond this counts microseconds. */
const MICROSECONDS_FROM = 1e14;

/** The keys, and the checks of section "Request Security" of Binance's documentation. */
export class Accounts {
  readonly #accounts = new Map<string, { readonly account: ApiAccount; readonly key: KeyObject | undefined }>();
  readonly #revoked = new Set<string>();

  constructor(accounts: readonly ApiAccount[]) {
    for (const account of accounts) {
      const key = account.publicKey === undefined ? undefined : createPublicKey(account.publicKey);
      this.#accounts.set(account.apiKey, { account, key });
    }
  }

  /** From now on the key is answered with -2015; `restore` undoes it. */
  revoke(apiKey: string): void {
    this.#revoked.add(apiKey);
  }

  restore(apiKey: string): void {
    this.#revoked.delete(apiKey);
  }

  /** The account of a key that need not sign (listen keys of futures). */
  known(apiKey: string | undefined, address: string): ApiAccount {
    return this.#find(apiKey, address).account;
  }

  isEd25519(apiKey: string): boolean {
    return this.#accounts.get(apiKey)?.key?.asymmetricKeyType === "ed25519";
  }

  /** The account that signed; otherwise one of -2014, -2015, -1102, -1021, -1022, -1131. */
  check(request: SignedRequest): ApiAccount {
    const { account, key } = this.#find(request.apiKey, request.address);
    checkTime(request.parameters, request.now);
    const signature = request.parameters.text("signature");
    if (signature === undefined) throw missing("signature");
    const isValid =
      key === undefined ? isHmac(account.secret ?? "", request.payload, signature) : isSignedWith(key, request.payload, signature);
    if (!isValid) throw new Refusal(-1022, "Signature for this request is not valid.");
    return account;
  }

  /** The time of a request that need not sign. */
  checkTime(parameters: Parameters, now: number): void {
    checkTime(parameters, now);
  }

  #find(apiKey: string | undefined, address: string): { readonly account: ApiAccount; readonly key: KeyObject | undefined } {
    if (apiKey === undefined || apiKey === "" || apiKey.length > 256) throw new Refusal(-2014, "API-key format invalid.", { status: 401 });
    const entry = this.#accounts.get(apiKey);
    const isFrom = entry?.account.addresses?.includes(address) ?? true;
    if (entry === undefined || this.#revoked.has(apiKey) || !isFrom) {
      throw new Refusal(-2015, "Invalid API-key, IP, or permissions for action.", { status: 401 });
    }
    return entry;
  }
}

/** "Timing security": younger than the window and no more than a second ahead. */
function checkTime(parameters: Parameters, now: number): void {
  const sent = parameters.long("timestamp");
  if (sent === undefined) throw missing("timestamp");
  const timestamp = sent > MICROSECONDS_FROM ? sent / 1_000 : sent;
  const window = Number(parameters.decimal("recvWindow") ?? RECEIVE_WINDOW_MS);
  if (window > RECEIVE_WINDOW_MS_MAX) throw new Refusal(-1131, "recvWindow must be less than 60000.");
  if (timestamp >= now + 1_000) throw new Refusal(-1021, "Timestamp for this request was 1000ms ahead of the server's time.");
  if (now - timestamp > window) throw new Refusal(-1021, "Timestamp for this request is outside of the recvWindow.");
}

function isHmac(secret: string, payload: string, signature: string): boolean {
  if (secret === "") return false;
  const expected = createHmac("sha256", secret).update(payload).digest();
  const given = Buffer.from(signature.toLowerCase(), "hex");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function isSignedWith(key: KeyObject, payload: string, signature: string): boolean {
  const bytes = Buffer.from(signature, "base64");
  if (key.asymmetricKeyType === "ed25519") return verify(null, Buffer.from(payload), key, bytes);
  return verify("sha256", Buffer.from(payload), { key, padding: constants.RSA_PKCS1_PADDING }, bytes);
}

/** What was signed in a REST request: query and body as they were sent, one after the other, without the signature. */
export function restPayload(query: string, body: string): string {
  return withoutSignature(query) + withoutSignature(body);
}

function withoutSignature(form: string): string {
  return form
    .split("&")
    .filter((pair) => !pair.startsWith("signature="))
    .join("&");
}

/** What was signed in a WebSocket request: all parameters but the signature, by name. */
export function messagePayload(parameters: Parameters): string {
  return parameters.names
    .filter((name) => name !== "signature")
    .toSorted()
    .map((name) => `${name}=${parameters.text(name) ?? ""}`)
    .join("&");
}
