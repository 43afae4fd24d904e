import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../../base/errors.ts";
import { endpointsOf, streamBaseOf } from "./endpoints.ts";

describe("the addresses of Binance", () => {
  it("serves every market under one host of the user's choice", () => {
    const at = (market: "spot" | "linear" | "inverse"): readonly (string | undefined)[] => {
      const { rest, wallet, streams, wsApi } = endpointsOf({ market, baseUrl: "http://127.0.0.1:8899/" });
      return [rest, wallet, streams.public, streams.market, streams.private, wsApi];
    };
    const host = "http://127.0.0.1:8899";
    const socket = "ws://127.0.0.1:8899";
    expect(at("spot")).toEqual([host, host, `${socket}/spot`, `${socket}/spot`, `${socket}/spot`, `${socket}/spot/ws-api/v3`]);
    expect(at("linear")).toEqual([host, host, `${socket}/usdm`, `${socket}/usdm`, `${socket}/usdm`, `${socket}/usdm/ws-fapi/v1`]);
    expect(at("inverse")).toEqual([host, host, `${socket}/coinm`, `${socket}/coinm`, `${socket}/coinm`, `${socket}/coinm/ws-dapi/v1`]);
  });

  it("asks USDⓈ-M futures for books and for the rest at different addresses, as Binance has done since April 2026", () => {
    const linear = endpointsOf({ market: "linear" });
    expect(streamBaseOf(linear, "btcusdt@depth@100ms")).toBe("wss://fstream.binance.com/public");
    expect(streamBaseOf(linear, "btcusdt@bookTicker")).toBe("wss://fstream.binance.com/public");
    expect(streamBaseOf(linear, "btcusdt@aggTrade")).toBe("wss://fstream.binance.com/market");
    expect(streamBaseOf(linear, "btcusdt@kline_1m")).toBe("wss://fstream.binance.com/market");
    expect(streamBaseOf(linear, "btcusdt@markPrice@1s")).toBe("wss://fstream.binance.com/market");
    expect(streamBaseOf(endpointsOf({ market: "spot" }), "btcusdt@depth@100ms")).toBe("wss://stream.binance.com:9443");
  });

  it("never takes a test network or an own host for real money", () => {
    for (const market of ["spot", "linear", "inverse"] as const) {
      expect(endpointsOf({ market }).isLive).toBe(true);
      expect(endpointsOf({ market, testnet: true }).isLive).toBe(false);
      expect(JSON.stringify(endpointsOf({ market, testnet: true }))).not.toMatch(/\/(f|d)?(stream|api|dapi|fapi|ws-api)\.binance\.com/);
      expect(endpointsOf({ market, baseUrl: "https://example.org" }).isLive).toBe(false);
    }
  });

  it.each(["127.0.0.1:8899", "ws://127.0.0.1", "ftp://host", "http://host/?a=1", "http://user:secret@host"])(
    "refuses %s as a base",
    (baseUrl) => {
      expect(() => endpointsOf({ market: "spot", baseUrl })).toThrow(ConfigurationError);
    },
  );
});
