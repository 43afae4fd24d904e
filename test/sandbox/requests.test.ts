/* oxlint-disable typescript/no-unsafe-argument, typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-return -- answers are JSON of any shape; what they should hold is what is tested */
import { generateKeyPairSync, sign } from "node:crypto";
import { describe, expect, it } from "vitest";
import { hmac, KEY, queryOf, Rig, SECRET, signed, START, type Values } from "./rig.ts";

const BUY = { symbol: "BTCUSDT", side: "BUY", type: "LIMIT", timeInForce: "GTC", quantity: "0.001", price: "50000" };

describe("a signed request", () => {
  it("is accepted with the signature of Binance's own example", () => {
    using rig = new Rig({ market: "spot" });
    // rest-api.md, "SIGNED request example (HMAC)": the order of LTCBTC with its published signature.
    const payload = "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559";
    const signature = "c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71";
    expect(hmac(payload)).toBe(signature);
    // Signed rightly, but nine years old: it is the time that is refused, not the signature.
    expect(rig.send("POST", "/api/v3/order", `${payload}&signature=${signature}`).body).toMatchObject({ code: -1021 });
  });

  it.each([
    ["HMAC in capitals", (query: string) => `${query}&signature=${hmac(query).toUpperCase()}`, 200, undefined],
    ["a wrong secret", (query: string) => `${query}&signature=${hmac(query, "x")}`, 400, -1022],
    ["a changed parameter", (query: string) => `${query.replace("BTCUSDT", "ETHUSDT")}&signature=${hmac(query)}`, 400, -1022],
    ["no signature", (query: string) => query, 400, -1102],
    ["a parameter twice", (query: string) => `${query}&symbol=BTCUSDT&signature=${hmac(query)}`, 400, -1101],
  ])("with %s is answered accordingly", (_name, complete, status, code) => {
    using rig = new Rig({ market: "spot" });
    const answer = rig.send("GET", "/api/v3/openOrders", complete(queryOf({ symbol: "BTCUSDT", timestamp: START })));
    expect(answer.status).toBe(status);
    if (code !== undefined) expect(answer.body).toMatchObject({ code });
  });

  it("may come in the body, or half of it in the query", () => {
    using rig = new Rig({ market: "spot" });
    const all = queryOf({ ...BUY, timestamp: START });
    const halves = [
      queryOf({ symbol: "BTCUSDT", side: "BUY" }),
      queryOf({ type: "LIMIT", timeInForce: "GTC", quantity: "0.001", price: "50000", timestamp: START }),
    ];
    expect(rig.send("POST", "/api/v3/order", "", KEY, `${all}&signature=${hmac(all)}`).status).toBe(200);
    const [query = "", body = ""] = halves;
    expect(rig.send("POST", "/api/v3/order", query, KEY, `${body}&signature=${hmac(query + body)}`).status).toBe(200);
  });

  it.each(["rsa", "ed25519"] as const)("is accepted with an %s key", (kind) => {
    const pair = kind === "rsa" ? generateKeyPairSync("rsa", { modulusLength: 2_048 }) : generateKeyPairSync("ed25519");
    const publicKey = pair.publicKey.export({ type: "spki", format: "pem" }).toString();
    using rig = new Rig({ market: "spot", accounts: [{ apiKey: "pem", publicKey }] });
    const query = queryOf({ symbol: "BTCUSDT", timestamp: START });
    const signature = sign(kind === "rsa" ? "sha256" : null, Buffer.from(query), pair.privateKey).toString("base64");
    expect(rig.send("GET", "/api/v3/openOrders", `${query}&signature=${encodeURIComponent(signature)}`, "pem").status).toBe(200);
    const other = queryOf({ symbol: "ETHUSDT", timestamp: START });
    expect(rig.send("GET", "/api/v3/openOrders", `${other}&signature=${encodeURIComponent(signature)}`, "pem").body).toMatchObject({
      code: -1022,
    });
  });

  it.each([
    ["no key", "", 401, -2014],
    ["an unknown key", "nobody", 401, -2015],
  ])("with %s is not let in", (_name, key, status, code) => {
    using rig = new Rig({ market: "spot" });
    const answer = rig.call("GET", "/api/v3/account", {}, { key });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it("from another address than the key's is not let in", () => {
    using rig = new Rig({ market: "spot", accounts: [{ apiKey: KEY, secret: SECRET, addresses: ["10.0.0.1"] }] });
    expect(rig.call("GET", "/api/v3/account").status).toBe(200);
    rig.address = "10.0.0.2";
    expect(rig.call("GET", "/api/v3/account").body).toMatchObject({ code: -2015 });
  });

  it("of a key that may only read places nothing", () => {
    using rig = new Rig({ market: "spot", accounts: [{ apiKey: KEY, secret: SECRET, canTrade: false }] });
    expect(rig.call("GET", "/api/v3/account").body).toMatchObject({ canTrade: false });
    expect(rig.call("POST", "/api/v3/order", BUY).body).toMatchObject({ code: -2015 });
  });

  it.each([
    ["4.9 s old", -4_900, {}, 200, undefined],
    ["5.1 s old", -5_100, {}, 400, "Timestamp for this request is outside of the recvWindow."],
    ["5.1 s old, with a window of 6 s", -5_100, { recvWindow: 6_000 }, 200, undefined],
    ["0.9 s ahead", 900, {}, 200, undefined],
    ["a second ahead", 1_000, {}, 400, "Timestamp for this request was 1000ms ahead of the server's time."],
    ["in microseconds", 0, { timestamp: START * 1_000 }, 200, undefined],
    ["with a window beyond a minute", 0, { recvWindow: 60_001 }, 400, "recvWindow must be less than 60000."],
  ])("%s", (_name, offset, more: Values, status, msg) => {
    using rig = new Rig({ market: "spot" });
    const answer = rig.call("GET", "/api/v3/openOrders", { timestamp: START + offset, ...more });
    expect(answer.status).toBe(status);
    if (msg !== undefined) expect(answer.body.msg).toBe(msg);
  });

  it("is judged by the server's clock, which may be wrong", () => {
    using rig = new Rig({ market: "spot" });
    rig.sandbox.act({ act: "clock", offsetMs: 6_000 });
    expect(rig.ask("/api/v3/time").body).toEqual({ serverTime: START + 6_000 });
    expect(rig.call("GET", "/api/v3/account").body).toMatchObject({ code: -1021 });
    rig.sandbox.act({ act: "clock", offsetMs: 0, driftMsPerSecond: 100 });
    rig.run(10_000);
    expect(rig.ask("/api/v3/time").body).toEqual({ serverTime: START + 11_000 });
  });

  it("with a revoked key is not let in until it is restored", () => {
    using rig = new Rig({ market: "spot" });
    rig.sandbox.act({ act: "revokeKey", apiKey: KEY });
    expect(rig.call("GET", "/api/v3/account").body).toMatchObject({ code: -2015 });
    rig.sandbox.act({ act: "restoreKey", apiKey: KEY });
    expect(rig.call("GET", "/api/v3/account").status).toBe(200);
  });
});

describe("request weight", () => {
  it("is counted by address and told in headers", () => {
    using rig = new Rig({ market: "spot" });
    expect(rig.ask("/api/v3/ping").headers["x-mbx-used-weight-1m"]).toBe("1");
    expect(rig.ask("/api/v3/depth", { symbol: "BTCUSDT", limit: 1_000 }).headers["x-mbx-used-weight-1m"]).toBe("51");
    rig.address = "10.0.0.2";
    expect(rig.ask("/api/v3/ping").headers["x-mbx-used-weight-1m"]).toBe("1");
    rig.address = "10.0.0.1";
    rig.run(60_000);
    expect(rig.ask("/api/v3/ping").headers["x-mbx-used-weight-1m"]).toBe("1");
  });

  it("is answered with 429 and the rest of the minute when used up", () => {
    using rig = new Rig({ market: "spot", limits: { weights: { api: 10, sapi: 10, fapi: 10, dapi: 10 } } });
    rig.run(15_000);
    for (let request = 0; request < 10; request += 1) expect(rig.ask("/api/v3/ping").status).toBe(200);
    const refused = rig.ask("/api/v3/ping");
    expect([refused.status, refused.body.code, refused.headers["retry-after"]]).toEqual([429, -1003, "45"]);
    rig.run(45_000);
    expect(rig.ask("/api/v3/ping").status).toBe(200);
  });

  it("used up again and again brings bans of two minutes, then four", () => {
    using rig = new Rig({ market: "spot", limits: { weights: { api: 1, sapi: 1, fapi: 1, dapi: 1 }, violationsBeforeBan: 3 } });
    const provoke = (): readonly (string | number | undefined)[] => {
      const statuses = Array.from({ length: 5 }, () => rig.ask("/api/v3/ping"));
      return [...statuses.map(({ status }) => status), statuses.at(-1)?.headers["retry-after"]];
    };
    expect(provoke()).toEqual([200, 429, 429, 429, 418, "120"]);
    rig.run(119_000);
    expect(rig.ask("/api/v3/ping").status).toBe(418);
    rig.run(1_000);
    expect(provoke()).toEqual([200, 429, 429, 429, 418, "240"]);
  });

  it("of each market is counted for itself", () => {
    using rig = new Rig({ limits: { weights: { api: 1, sapi: 1, fapi: 1, dapi: 1 } } });
    rig.ask("/api/v3/ping");
    expect(rig.ask("/api/v3/ping").status).toBe(429);
    expect([rig.ask("/fapi/v1/ping").status, rig.ask("/dapi/v1/ping").status]).toEqual([200, 200]);
  });
});

describe("new orders", () => {
  it("are counted in ten seconds and a day, and refused with -1015", () => {
    const orders = { short: 2, long: 3 };
    using rig = new Rig({ market: "spot", limits: { orders: { api: orders, sapi: orders, fapi: orders, dapi: orders } } });
    const place = (): readonly unknown[] => {
      const { status, body, headers } = rig.call("POST", "/api/v3/order", BUY);
      return [status, body.code, headers["x-mbx-order-count-10s"], headers["x-mbx-order-count-1d"]];
    };
    expect(place()).toEqual([200, undefined, "1", "1"]);
    expect(place()).toEqual([200, undefined, "2", "2"]);
    expect(place().slice(0, 2)).toEqual([429, -1015]);
    rig.run(10_000);
    expect(place().slice(0, 2)).toEqual([429, -1015]);
  });
});

describe("a path", () => {
  it("may have the host's name in front", () => {
    using rig = new Rig({ market: "spot" });
    expect(rig.ask("/api.binance.com/api/v3/time").body).toEqual({ serverTime: START });
  });

  it("that leads nowhere is 404, whatever is asked of it", () => {
    using rig = new Rig({ market: "spot" });
    for (const path of ["/", "/api/v3/nothing", "/fapi/v1/time", "/api/v3/order/../account", "//", "/api/v3/"]) {
      expect(rig.send("GET", path, signed({ timestamp: START })).status, path).toBe(404);
    }
  });

  it.each([
    ["symbol=%E0%A4%A&timestamp=1", -1100],
    ["symbol[]=1", -1121],
    ["symbol=__proto__", -1121],
    ["symbol=BTCUSDT&limit=-1", -1100],
    ["symbol=BTCUSDT&limit=1e3", -1100],
    ["symbol=BTCUSDT&limit=0", -1130],
  ])("with the query %s is refused in words", (query, code) => {
    using rig = new Rig({ market: "spot" });
    const answer = rig.send("GET", "/api/v3/depth", query);
    expect(answer.status).toBe(400);
    expect([code, -1102]).toContain(answer.body.code);
  });
});
