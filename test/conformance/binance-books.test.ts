/**
 * Books rebuilt from recordings of Binance's streams keep every rule of the exchange: hftbacktest's recordings of spot and COIN-M (8 August
 * 2024, with a snapshot in the stream), cryptofeed's of twelve spot symbols (12 October 2021), and sequences of Binance-Data-Processor that are
 * in order, or broken on purpose.
 */
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../src/base/random.ts";
import { VirtualScheduler } from "../../src/base/scheduler.ts";
import { BookSync } from "../../src/exchanges/binance/market/book-sync.ts";
import { toQuote } from "../../src/exchanges/binance/market/book-ticker.ts";
import { DepthColumns, OffGridError, readDepthUpdate } from "../../src/exchanges/binance/market/depth.ts";
import { DepthSequence } from "../../src/exchanges/binance/market/depth-sequence.ts";
import { FrameScanner } from "../../src/exchanges/binance/market/frame-scanner.ts";
import { parseJson } from "../../src/exchanges/transport/lossless-json.ts";

const shared = new URL("../../../shared/", import.meta.url).pathname;
const l2 = `${shared}data/l2_recordings/hftbacktest/`;
const cryptofeed = `${shared}reference/conformance/ws_recordings/cryptofeed/`;
const quality = `${shared}reference/conformance/stream_quality/`;

interface Message {
  readonly stream?: string;
  readonly data?: unknown;
  readonly lastUpdateId?: number;
}

/** Messages of a recording `<time> <json>`; what the recorder cut off in the middle is left out. */
function messagesOf(text: string, separator: RegExp): readonly Message[] {
  const messages: Message[] = [];
  for (const line of text.split("\n")) {
    const start = line.search(separator);
    if (start < 0) continue;
    messages.push(parseJson(line.slice(start).replace(separator, "")) as Message);
  }
  return messages;
}

interface Rebuilt {
  readonly updates: number;
  readonly proofs: readonly string[];
  readonly crossed: number;
  readonly scanned: number;
  readonly sync: BookSync;
}

/** Feeds one symbol's updates through scanner, sequence and ladder; every snapshot asked for is the recorded one. */
async function rebuild(
  messages: readonly Message[],
  { symbol, isFutures, snapshot, steps }: { symbol: string; isFutures: boolean; snapshot: unknown; steps: readonly [string, string] },
  after: (sync: BookSync, message: Message) => void = () => {},
): Promise<Rebuilt> {
  const proofs: string[] = [];
  let crossed = 0;
  const scheduler = new VirtualScheduler(0);
  const sync = new BookSync({
    symbol,
    isFutures,
    priceStep: steps[0],
    quantityStep: steps[1],
    scheduler,
    random: createRandom(1),
    fetchSnapshot: () => Promise.resolve(snapshot),
    onBook: () => {
      if (sync.ladder.isCrossed) crossed += 1;
    },
    onProven: (reason) => proofs.push(reason ?? "proven"),
  });
  const scanner = new FrameScanner();
  const columns = new DepthColumns();
  const name = new TextEncoder().encode(symbol);
  let updates = 0;
  let scanned = 0;
  sync.connected();
  for (const message of messages) {
    if (message.lastUpdateId !== undefined || message.stream === undefined) continue;
    if (message.stream.startsWith(`${symbol.toLowerCase()}@depth`)) {
      const bytes = new TextEncoder().encode(JSON.stringify(message.data));
      if (scanner.depth(bytes, 0, bytes.length, name, sync.scales, columns)) {
        scanned += 1;
        sync.update(columns);
      } else {
        try {
          readDepthUpdate(message.data, sync.grids, columns);
          sync.update(columns);
        } catch (error) {
          if (!(error instanceof OffGridError)) throw error;
          sync.unreadable(error);
        }
      }
      updates += 1;
      // The snapshot joins as soon as enough updates are there.
      if (!sync.isProven) await Promise.resolve();
    }
    after(sync, message);
  }
  return { updates, proofs, crossed, scanned, sync };
}

describe.skipIf(!existsSync(l2))("books of hftbacktest's recordings", () => {
  it("of spot are never crossed, miss nothing, and agree with the best prices told beside them", async () => {
    const messages = messagesOf(gunzipSync(readFileSync(`${l2}spot/ethusdt_20240808.gz`)).toString(), /^\d+ /);
    const snapshot = messages.find(({ lastUpdateId }) => lastUpdateId !== undefined);
    const quotes = new Map<number, string>();
    let agreed = 0;
    // Quantities of old orders are finer than the present step of 0.0001.
    const steps = ["0.01", "0.00000001"] as const;
    const { updates, proofs, crossed, scanned } = await rebuild(
      messages,
      { symbol: "ETHUSDT", isFutures: false, snapshot, steps },
      (sync, { stream, data }) => {
        if (stream === "ethusdt@bookTicker") {
          const { bidPrice, bidQuantity, askPrice, askQuantity } = toQuote(data, 0).quote;
          quotes.set((data as { u: number }).u, [bidPrice, bidQuantity, askPrice, askQuantity].join(" "));
        } else if (sync.isProven) {
          const told = quotes.get(sync.lastUpdateId);
          if (told === undefined) return;
          const { priceGrid, quantityGrid, bestBid, bestBidQuantity, bestAsk, bestAskQuantity } = sync.ladder;
          expect(
            [
              priceGrid.toNumber(bestBid),
              quantityGrid.toNumber(bestBidQuantity),
              priceGrid.toNumber(bestAsk),
              quantityGrid.toNumber(bestAskQuantity),
            ].join(" "),
          ).toBe(told);
          agreed += 1;
        }
      },
    );
    expect(updates).toBeGreaterThan(3_000);
    expect(scanned).toBe(updates);
    expect(proofs).toEqual(["proven"]);
    expect(crossed).toBe(0);
    expect(agreed).toBeGreaterThan(100);
  });

  it("of COIN-M futures are never crossed, miss nothing, and agree with the best prices told beside them", async () => {
    const messages = messagesOf(gunzipSync(readFileSync(`${l2}cm/ethusd_perp_20240808.gz`)).toString(), /^\d+ /);
    const snapshot = messages.find(({ lastUpdateId }) => lastUpdateId !== undefined);
    const quotes = new Map<number, string>();
    let agreed = 0;
    const { updates, proofs, crossed, scanned } = await rebuild(
      messages,
      { symbol: "ETHUSD_PERP", isFutures: true, snapshot, steps: ["0.01", "1"] },
      (sync, { stream, data }) => {
        if (stream === "ethusd_perp@bookTicker") {
          const { bidPrice, bidQuantity, askPrice, askQuantity } = toQuote(data, 0).quote;
          quotes.set((data as { u: number }).u, [bidPrice, bidQuantity, askPrice, askQuantity].join(" "));
        } else if (sync.isProven && stream !== undefined) {
          const told = quotes.get(sync.lastUpdateId);
          if (told === undefined) return;
          const { bids, asks } = sync.ladder.view;
          expect([bids[0]?.price, bids[0]?.quantity, asks[0]?.price, asks[0]?.quantity].join(" ")).toBe(told);
          agreed += 1;
        }
      },
    );
    expect(updates).toBeGreaterThan(10_000);
    expect(scanned).toBe(updates);
    expect(proofs).toEqual(["proven"]);
    expect(crossed).toBe(0);
    expect(agreed).toBeGreaterThan(10);
  });

  it("of spot go over to a finer grid by themselves when an old order asks for it", async () => {
    const messages = messagesOf(gunzipSync(readFileSync(`${l2}spot/ethusdt_20240808.gz`)).toString(), /^\d+ /);
    const snapshot = messages.find(({ lastUpdateId }) => lastUpdateId !== undefined);
    const { sync, crossed } = await rebuild(messages, { symbol: "ETHUSDT", isFutures: false, snapshot, steps: ["0.01", "0.0001"] });
    expect(sync.grids.quantity.step).toBe("0.00001");
    expect(crossed).toBe(0);
  });
});

describe.skipIf(!existsSync(cryptofeed))("books of cryptofeed's recordings", () => {
  it.each(["BINANCE", "BINANCE_US"])("of %s join their snapshots and are never crossed", async (exchange) => {
    const messages = messagesOf(readFileSync(`${cryptofeed}${exchange}.ws.1.0`, "utf8"), /^\d+\.\d+: /);
    const snapshots = readFileSync(`${cryptofeed}${exchange}.http.0.0`, "utf8")
      .split("\n")
      .flatMap((line) => {
        const match = /depth\?symbol=(\w+)&\S+ -> \d+\.\d+: (.*)$/.exec(line);
        return match === null ? [] : [{ symbol: match[1] as string, snapshot: parseJson(match[2] as string) }];
      });
    expect(snapshots.length).toBeGreaterThan(2);
    let total = 0;
    for (const { symbol, snapshot } of snapshots) {
      const { updates, proofs, crossed } = await rebuild(messages, {
        symbol,
        isFutures: false,
        snapshot,
        steps: ["0.00000001", "0.00001"],
      });
      expect(crossed).toBe(0);
      if (updates > 0) expect(proofs).toEqual(["proven"]);
      total += updates;
    }
    expect(total).toBeGreaterThan(100);
  });
});

describe.skipIf(!existsSync(quality))("sequences of a spot stream", () => {
  const name = (kind: string, stream: string): string => `${quality}test_${kind}_binance_${stream}_stream_spot_trxusdt_04-03-2025.csv`;

  /** Ids of the updates, in order; a file has one line for every level of an update. */
  function idsOf(kind: string): ReadonlyArray<readonly [first: number, last: number]> {
    const ids: Array<readonly [number, number]> = [];
    for (const line of readFileSync(name(kind, "difference_depth"), "utf8").trim().split("\n").slice(1)) {
      const cells = line.split(",");
      const pair = [Number(cells[5]), Number(cells[6])] as const;
      if (ids.at(-1)?.[1] !== pair[1] || ids.at(-1)?.[0] !== pair[0]) ids.push(pair);
    }
    return ids;
  }

  function gapsOf(kind: string): number {
    const ids = idsOf(kind);
    const sequence = new DepthSequence(false);
    sequence.start((ids[0]?.[0] ?? 0) - 1);
    let gaps = 0;
    for (const [first, last] of ids) {
      if (sequence.judge(first, last, -1) !== "gap") continue;
      gaps += 1;
      sequence.start(last);
    }
    return gaps;
  }

  it("that is whole shows no gap, and one that is broken does", () => {
    expect(idsOf("positive").length).toBeGreaterThan(500);
    expect(gapsOf("positive")).toBe(0);
    expect(gapsOf("negative")).toBeGreaterThan(0);
  });
});
