/**
 * Payloads that other projects have recorded or keep as samples: cryptofeed's recordings of Binance and Binance.US, samples of Binance.Net,
 * NautilusTrader, gocryptotrader and XChange, and Binance-Data-Processor's trades that are in order or broken on purpose.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { DataError } from "../../src/base/errors.ts";
import { Grid } from "../../src/base/grid.ts";
import { createRandom } from "../../src/base/random.ts";
import { VirtualScheduler } from "../../src/base/scheduler.ts";
import type { Trade } from "../../src/domain/trade.ts";
import { toQuote } from "../../src/exchanges/binance/market/book-ticker.ts";
import { DepthColumns, readDepthSnapshot, readDepthUpdate } from "../../src/exchanges/binance/market/depth.ts";
import { toExchangeInfo } from "../../src/exchanges/binance/market/exchange-info.ts";
import { scalesOf } from "../../src/exchanges/binance/market/frame-scanner.ts";
import { toKline, toKlines } from "../../src/exchanges/binance/market/klines.ts";
import { toFundingRates, toMarkPrice, toPremiumIndex } from "../../src/exchanges/binance/market/mark-price.ts";
import { StreamRouter, type StreamKind } from "../../src/exchanges/binance/market/stream-router.ts";
import { TradeSync } from "../../src/exchanges/binance/market/trade-sync.ts";
import { toAggTrade, toAggTrades, toTrade } from "../../src/exchanges/binance/market/trades.ts";
import { parseJson } from "../../src/exchanges/transport/lossless-json.ts";

const conformance = new URL("../../../shared/reference/conformance/", import.meta.url).pathname;
const cryptofeed = `${conformance}ws_recordings/cryptofeed/`;
const samples = `${conformance}rest_ws_samples/`;
const quality = `${conformance}stream_quality/`;

/** Fine enough for every sample. */
const grids = { price: new Grid("0.00000001"), quantity: new Grid("0.00000001") };

describe.skipIf(!existsSync(cryptofeed))("cryptofeed's recordings", () => {
  it.each(["BINANCE", "BINANCE_US"])("of %s: every frame of every stream is read", (exchange) => {
    const [head = "", ...lines] = readFileSync(`${cryptofeed}${exchange}.ws.1.0`, "utf8").split("\n");
    const names = (/streams=(\S+)/.exec(head)?.[1] ?? "").split("/");
    const counts = new Map<string, number>();
    const refused: string[] = [];
    const router = new StreamRouter({ onNotice: () => refused.push("notice"), onUnknown: (reason) => refused.push(reason) });
    for (const name of names) {
      const [symbol = "", stream = ""] = name.split("@");
      const kind = stream.replace(/_.*$/, "") as StreamKind;
      const count = (): unknown => counts.set(kind, (counts.get(kind) ?? 0) + 1);
      router.add(name, kind, {
        symbol: symbol.toUpperCase(),
        grids,
        scales: scalesOf(grids),
        onTrade: count,
        onQuote: count,
        onDepth: count,
        onKline: count,
        onMarkPrice: count,
        onRefused: (refusedKind, error) => refused.push(`${refusedKind}: ${error.message}`),
      });
    }
    let frames = 0;
    for (const line of lines) {
      const frame = line.replace(/^\d+\.\d+: /, "");
      if (frame === "") continue;
      router.take(new TextEncoder().encode(frame));
      frames += 1;
    }
    expect(refused).toEqual([]);
    expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(frames);
    expect([...counts.keys()].toSorted()).toEqual(["aggTrade", "bookTicker", "depth", "kline"]);
  });

  it.each(["BINANCE", "BINANCE_US"])("of %s: the rules of every symbol are read", (exchange) => {
    const [line = ""] = readFileSync(`${cryptofeed}${exchange}.0`, "utf8").split("\n");
    const { listings, unreadable, limits } = toExchangeInfo(parseJson(line.replace(/^.*? -> \d+\.\d+: /, "")), "spot");
    expect([...unreadable]).toEqual([]);
    expect(listings.length).toBeGreaterThan(100);
    expect(limits.map(({ kind }) => kind)).toContain("REQUEST_WEIGHT");
    for (const { instrument } of listings) {
      expect(new Grid(instrument.priceStep).step).toBe(instrument.priceStep);
      expect(instrument.priceStep).not.toMatch(/\.\d*0$/);
      expect(Number(instrument.quantityStep)).toBeGreaterThan(0);
    }
  });
});

describe.skipIf(!existsSync(samples))("samples of other projects", () => {
  const folders = ["jkorf_Binance.Net", "nautilus", "gocryptotrader/binance", "xchange/xchange-binance"];
  const files = folders.flatMap((folder) =>
    readdirSync(samples + folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(txt|json)$/.test(name) && (folder !== "nautilus" || name.includes("/binance/")))
      .map((name) => `${folder}/${name}`),
  );

  /** Reads a message by what it says of itself; undefined when it is not about market data. */
  function read(message: unknown): unknown {
    const fields = message as { readonly e?: unknown; readonly lastUpdateId?: unknown; readonly u?: unknown; readonly b?: unknown };
    const columns = new DepthColumns();
    switch (fields.e) {
      case "aggTrade":
        return toAggTrade(message);
      case "trade":
        return toTrade(message);
      case "kline":
        return toKline(message);
      case "depthUpdate":
        return readDepthUpdate(message, grids, columns);
      case "markPriceUpdate":
        return toMarkPrice(message);
      case "bookTicker":
        return toQuote(message, 1);
      case undefined:
        if (fields.u !== undefined && typeof fields.b === "string") return toQuote(message, 1);
        if (fields.lastUpdateId === undefined || !Object.hasOwn(fields, "bids")) return undefined;
        readDepthSnapshot(message, grids, columns);
        return columns.last;
      default:
        return undefined;
    }
  }

  it("of streams are read, and the one that contradicts itself is refused", () => {
    const kinds = new Map<string, number>();
    const refused: string[] = [];
    for (const file of files) {
      for (const message of streamMessages(file)) {
        try {
          if (read(message) === undefined) continue;
          const kind = (message as { readonly e?: string }).e ?? "other";
          kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
        } catch (error) {
          expect(error).toBeInstanceOf(DataError);
          refused.push((error as DataError).message.replace(/:.*/, ""));
        }
      }
    }
    expect([...kinds.keys()].toSorted()).toEqual(expect.arrayContaining(["aggTrade", "depthUpdate", "other", "trade"]));
    // Binance's own example of a kline has a low above its open.
    expect([...new Set(refused)]).toEqual(["the bar contradicts itself"]);
  });

  it("of answers are read", () => {
    const readers: ReadonlyArray<readonly [path: RegExp, read: (body: unknown, path: string) => unknown]> = [
      [/^\/\w+\/v\d\/klines$/, toKlines],
      [/^\/\w+\/v\d\/fundingRate$/, toFundingRates],
      [/^\/\w+\/v\d\/premiumIndex$/, toPremiumIndex],
      [/^\/\w+\/v\d\/aggTrades$/, toAggTrades],
      [
        /\/exchangeInfo$/,
        (body, path) => toExchangeInfo(body, path.startsWith("/api") ? "spot" : path.startsWith("/fapi") ? "linear" : "inverse"),
      ],
    ];
    const found = new Set<string>();
    for (const file of files.filter((name) => name.includes("/Endpoints/"))) {
      const [, path = "", , ...body] = readFileSync(samples + file, "utf8").split(/\r?\n/);
      const reader = path.startsWith("/sapi") ? undefined : readers.find(([pattern]) => pattern.test(path));
      if (reader === undefined) continue;
      found.add(path);
      reader[1](parseJson(body.join("\n")), path);
    }
    expect([...found].toSorted()).toEqual(
      expect.arrayContaining(["/api/v3/exchangeInfo", "/dapi/v1/exchangeInfo", "/dapi/v1/fundingRate", "/dapi/v1/klines"]),
    );
    const nautilus = `${samples}nautilus/tests/integration_tests/adapters/binance/resources/http_responses/`;
    const answer = (name: string): unknown => parseJson(readFileSync(`${nautilus}${name}.json`, "utf8"));
    expect(toExchangeInfo(answer("http_spot_market_exchange_info"), "spot").listings.map(({ instrument }) => instrument.symbol)).toContain(
      "BTCUSDT",
    );
    expect(toAggTrades(answer("http_spot_market_agg_trades"))[0]).toMatchObject({ takerSide: expect.any(String) as string });
    expect(toPremiumIndex(answer("http_futures_market_premium_index"))[0]).toMatchObject({
      price: 11793.63104562,
      nextFundingTime: 1597392000000,
    });
  });

  /** Messages of streams in a file: a whole file, a line of it, or what follows the "=" of Binance.Net's scripts; envelopes are taken off. */
  function streamMessages(file: string): readonly unknown[] {
    const text = readFileSync(samples + file, "utf8");
    const pieces = file.endsWith(".txt") ? [text.slice(text.search(/^= *$/m) + 1)] : [text, ...text.split("\n")];
    return pieces.flatMap((piece) => {
      try {
        const message = parseJson(piece) as { readonly data?: unknown; readonly result?: unknown };
        return [message.data ?? message.result ?? message];
      } catch {
        return [];
      }
    });
  }
});

describe.skipIf(!existsSync(quality))("trades of a spot stream", () => {
  function tradesOf(kind: string): readonly Trade[] {
    const file = `${quality}test_${kind}_binance_trade_stream_spot_trxusdt_04-03-2025.csv`;
    return readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => {
        const [, , , , time, , id = "", price, quantity, isMaker] = line.split(",");
        return { id, time: Number(time), price: Number(price), quantity: Number(quantity), takerSide: isMaker === "1" ? "sell" : "buy" };
      });
  }

  it.each(["positive", "negative"])("that are %s come out whole, each once, once the exchange has told what is missing", async (kind) => {
    const truth = tradesOf("positive");
    const scheduler = new VirtualScheduler(0);
    const told: string[] = [];
    let repairs = 0;
    const sync = new TradeSync({
      scheduler,
      random: createRandom(1),
      fetchTrades: (from) => Promise.resolve(from === undefined ? [] : truth.filter(({ id }) => BigInt(id) >= BigInt(from)).slice(0, 1000)),
      onTrade: ({ id }) => told.push(id),
      onComplete: (reason) => {
        if (reason !== undefined) repairs += 1;
      },
    });
    sync.connected();
    await Promise.resolve();
    for (const trade of tradesOf(kind)) {
      sync.take(trade);
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    }
    while (scheduler.step()) for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    expect(told).toEqual(truth.map(({ id }) => id));
    // The first one is the beginning.
    expect(repairs > 1).toBe(kind === "negative");
  });
});
