import { generateKeyPairSync, verify } from "node:crypto";
import { describe, expect, it } from "vitest";
import { Credentials } from "./credentials.ts";
import { sign, signedQuery, signedWsParameters } from "./sign.ts";

/** The example key of binance-spot-api-docs, `rest-api.md`, "HMAC Keys". */
const HMAC = new Credentials(
  "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A",
  "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j",
);

/** The example key of binance-spot-api-docs, `fix-api.md`, "Logon". */
const ED25519_PEM = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIIJEYWtGBrhACmb9Dvy+qa8WEf0lQOl1s4CLIAB9m89u
-----END PRIVATE KEY-----`;

const order = {
  side: "BUY",
  type: "LIMIT",
  timeInForce: "GTC",
  quantity: "1",
  price: "0.1",
  recvWindow: "5000",
  timestamp: "1499827319559",
};

describe("the signature of a request", () => {
  it.each([
    ["LTCBTC", "c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71"],
    ["１２３４５６", "e1353ec6b14d888f1164ae9af8228a3dbd508bc82eb867db8ab6046442f33ef3"],
  ])("is Binance's own for its REST example with %s", (symbol, expected) => {
    expect(signedQuery({ symbol, ...order }, HMAC)).toMatch(new RegExp(`&signature=${expected}$`));
  });

  it.each([
    [
      { symbol: "BTCUSDT", side: "SELL", type: "LIMIT", timeInForce: "GTC", quantity: "0.01000000", price: "52000.00", recvWindow: 100 },
      "aa1b5712c094bc4e57c05a1a5c1fd8d88dcd628338ea863fec7b88e59fe2db24",
    ],
    [
      {
        symbol: "１２３４５６",
        side: "BUY",
        type: "LIMIT",
        timeInForce: "GTC",
        quantity: "1.00000000",
        price: "0.10000000",
        recvWindow: 5000,
      },
      "b33892ae8e687c939f4468c6268ddd4c40ac1af18ad19a064864c47bae0752cd",
    ],
  ])("is Binance's own for its WebSocket example %#", (parameters, expected) => {
    expect(signedWsParameters({ ...parameters, timestamp: 1645423376532 }, HMAC)).toMatchObject({
      signature: expected,
      side: parameters.side,
    });
  });

  it("is Binance's own for its Ed25519 example", () => {
    const payload = ["A", "EXAMPLE", "SPOT", "1", "20240627-11:17:25.223"].join(String.fromCharCode(1));
    expect(sign(payload, new Credentials("key", ED25519_PEM))).toBe(
      "4MHXelVVcpkdwuLbl6n73HQUXUf1dse2PCgT1DYqW9w8AVZ1RACFGM+5UdlGPrQHrgtS3CvsRURC1oj73j8gCA==",
    );
  });

  it("of an RSA key is verified by its public half, and percent-encoded where it is sent", () => {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const credentials = new Credentials("key", privateKey.export({ type: "pkcs8", format: "pem" }).toString());
    const query = signedQuery({ symbol: "BTCUSDT", ...order }, credentials);
    const [payload = "", encoded = ""] = query.split("&signature=");
    expect(encoded).not.toMatch(/[+/=]/);
    const signature = Buffer.from(decodeURIComponent(encoded), "base64");
    expect(verify("sha256", Buffer.from(payload), publicKey, signature)).toBe(true);
    expect(verify("sha256", Buffer.from(`${payload}0`), publicKey, signature)).toBe(false);
  });
});
