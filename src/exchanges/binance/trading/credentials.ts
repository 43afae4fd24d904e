import { createPrivateKey, type KeyObject } from "node:crypto";
import { ConfigurationError } from "../../../base/errors.ts";

/** A key of Binance as it signs: a shared secret, or a private key whose public half Binance knows. */
export type KeyKind = "hmac" | "rsa" | "ed25519";

export interface CredentialOptions {
  readonly testnet?: boolean | undefined;
  /** Its keys stand under the names with this added: `BINANCE_API_KEY_SCALPER` for "scalper". */
  readonly subaccount?: string | undefined;
}

/**
 * An API key. Neither half shows itself in `String`, `JSON.stringify` or `util.inspect`; the log learns by `secretsOf` what it has to hide.
 */
export class Credentials {
  readonly kind: KeyKind;
  readonly #apiKey: string;
  readonly #secret: string;
  readonly #privateKey: KeyObject | undefined;

  constructor(apiKey: string, secret: string) {
    this.#apiKey = apiKey;
    this.#secret = secret;
    this.#privateKey = isPem(secret) ? readPrivateKey(secret) : undefined;
    this.kind = this.#privateKey === undefined ? "hmac" : (this.#privateKey.asymmetricKeyType as "rsa" | "ed25519");
  }

  /** What the header `X-MBX-APIKEY` carries. */
  static apiKeyOf(credentials: Credentials): string {
    return credentials.#apiKey;
  }

  /** What a signature is made with. */
  static signingKeyOf(credentials: Credentials): string | KeyObject {
    return credentials.#privateKey ?? credentials.#secret;
  }

  /** Everything that may not be seen, for redaction by value: also the lines of a private key one by one. */
  static secretsOf(credentials: Credentials): readonly string[] {
    const lines =
      credentials.#privateKey === undefined
        ? []
        : credentials.#secret.split("\n").filter((line) => line.length >= 16 && !line.startsWith("-----"));
    return [credentials.#apiKey, credentials.#secret, ...lines];
  }
}

/**
 * Reads the key from environment variables: `BINANCE_API_KEY` and `BINANCE_API_SECRET`, with `BINANCE_TESTNET_…` before them for the test
 * network and `_<SUBACCOUNT>` behind. The secret is the secret of an HMAC key or a private key, RSA or Ed25519, in PEM (its line breaks
 * may be written as `\n`). Blanks, quotes, carriage returns and a byte-order mark around the values do no harm.
 */
export function readCredentials(environment: Readonly<Record<string, string | undefined>>, options: CredentialOptions = {}): Credentials {
  const prefix = options.testnet === true ? "BINANCE_TESTNET_API" : "BINANCE_API";
  const suffix = suffixOf(options.subaccount);
  const keyName = `${prefix}_KEY${suffix}`;
  const secretName = `${prefix}_SECRET${suffix}`;
  const apiKey = trim(environment[keyName]);
  const secret = trim(environment[secretName]);
  const missing = [apiKey === "" ? keyName : undefined, secret === "" ? secretName : undefined].filter((name) => name !== undefined);
  if (missing.length > 0) {
    throw new ConfigurationError(
      `${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} not set; put the key of the exchange into the environment or into .env`,
    );
  }
  if (!/^[\w-]+$/.test(apiKey)) throw new ConfigurationError(`${keyName} is not a key of Binance: it holds letters and digits only`);
  if (!isPem(secret) && /\s/.test(secret)) {
    throw new ConfigurationError(`${secretName} holds blanks inside; give the secret, or a private key in PEM from BEGIN to END`);
  }
  return new Credentials(apiKey, isPem(secret) ? unfoldPem(secret) : secret);
}

function suffixOf(subaccount: string | undefined): string {
  return subaccount === undefined || subaccount === "" ? "" : `_${subaccount.toUpperCase().replace(/[^A-Z0-9]+/g, "_")}`;
}

/** The value without what editors, shells and `.env` files put around it. */
function trim(value: string | undefined): string {
  const bare = (value ?? "").replaceAll("\uFEFF", "").trim();
  const unquoted = /^(["'])([\s\S]*)\1$/.exec(bare)?.[2] ?? bare;
  return unquoted.trim();
}

function isPem(secret: string): boolean {
  return secret.startsWith("-----BEGIN");
}

function unfoldPem(secret: string): string {
  return secret.replaceAll("\\n", "\n").replaceAll("\r", "");
}

function readPrivateKey(pem: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    // The platform's error may quote the key; it goes no further.
    throw new ConfigurationError("the private key of Binance cannot be read; give an unencrypted PKCS#8 key in PEM, RSA or Ed25519");
  }
  if (key.asymmetricKeyType === "rsa" || key.asymmetricKeyType === "ed25519") return key;
  throw new ConfigurationError(`the private key of Binance is of kind ${key.asymmetricKeyType ?? "unknown"}; use RSA or Ed25519`);
}
