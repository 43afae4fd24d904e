import { generateKeyPairSync } from "node:crypto";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../../../base/errors.ts";
import { Credentials, readCredentials } from "./credentials.ts";
import { sign } from "./sign.ts";

const KEY = "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A";
const SECRET = "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j";

function pemOf(kind: "rsa" | "ed25519" | "ec"): string {
  const pair =
    kind === "rsa"
      ? generateKeyPairSync("rsa", { modulusLength: 2048 })
      : kind === "ed25519"
        ? generateKeyPairSync("ed25519")
        : generateKeyPairSync("ec", { namedCurve: "P-256" });
  return pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

describe("the key from the environment", () => {
  it.each([
    ["plain", KEY, SECRET],
    ["with line ends", `${KEY}\r\n`, `${SECRET}\n`],
    ["with a byte-order mark", `\uFEFF${KEY}`, SECRET],
    ["in double quotes", `"${KEY}"`, `"${SECRET}"`],
    ["in single quotes and blanks", ` '${KEY}' `, `\t'${SECRET}' `],
  ])("signs the same %s", (_, key, secret) => {
    const credentials = readCredentials({ BINANCE_API_KEY: key, BINANCE_API_SECRET: secret });
    expect(Credentials.apiKeyOf(credentials)).toBe(KEY);
    expect(sign("x", credentials)).toBe(sign("x", new Credentials(KEY, SECRET)));
    expect(credentials.kind).toBe("hmac");
  });

  it.each(["rsa", "ed25519"] as const)("may be an %s private key, its line breaks written out or not", (kind) => {
    const pem = pemOf(kind);
    for (const secret of [pem, `"${pem.replaceAll("\n", "\\n")}"`, pem.replaceAll("\n", "\r\n")]) {
      expect(readCredentials({ BINANCE_API_KEY: KEY, BINANCE_API_SECRET: secret }).kind).toBe(kind);
    }
  });

  it("has a name of its own on the test network and for a subaccount", () => {
    const environment = { BINANCE_TESTNET_API_KEY_GRID_BOT: "abc", BINANCE_TESTNET_API_SECRET_GRID_BOT: SECRET, BINANCE_API_KEY: KEY };
    expect(Credentials.apiKeyOf(readCredentials(environment, { testnet: true, subaccount: "grid bot" }))).toBe("abc");
  });

  it.each([
    [{}, "BINANCE_API_KEY and BINANCE_API_SECRET are not set"],
    [{ BINANCE_API_KEY: KEY }, "BINANCE_API_SECRET is not set"],
    [{ BINANCE_API_KEY: ' "" ', BINANCE_API_SECRET: SECRET }, "BINANCE_API_KEY is not set"],
    [{ BINANCE_API_KEY: "a b", BINANCE_API_SECRET: SECRET }, "BINANCE_API_KEY is not a key of Binance"],
    [{ BINANCE_API_KEY: KEY, BINANCE_API_SECRET: `${SECRET} x` }, "BINANCE_API_SECRET holds blanks inside"],
    [{ BINANCE_API_KEY: KEY, BINANCE_API_SECRET: "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----" }, "cannot be read"],
    [{ BINANCE_API_KEY: KEY, BINANCE_API_SECRET: pemOf("ec") }, "is of kind ec; use RSA or Ed25519"],
  ])("that cannot be one is a sentence without the secret (%#)", (environment, sentence) => {
    let error: unknown;
    try {
      readCredentials(environment);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(String(error)).toContain(sentence);
    expect(inspect(error)).not.toContain(SECRET);
  });
});

describe("a key", () => {
  const pem = pemOf("rsa");
  it.each([
    ["secret", new Credentials(KEY, SECRET), [KEY, SECRET]],
    ["private key", new Credentials(KEY, pem), [KEY, ...pem.split("\n").filter((line) => line.length >= 16 && !line.startsWith("-"))]],
  ])("with a %s does not show itself, and tells what has to be hidden", (_, credentials, hidden) => {
    // oxlint-disable-next-line typescript/no-base-to-string -- what a careless message would show is what is tested
    const shown = [JSON.stringify({ credentials }), String(credentials), inspect(credentials, { showHidden: true, depth: 9 })].join();
    for (const secret of hidden) expect(shown).not.toContain(secret);
    for (const secret of hidden) expect(Credentials.secretsOf(credentials)).toContain(secret);
  });
});
