import { describe, expect, it } from "vitest";
import { DataError, NetworkError } from "../../../base/errors.ts";
import { createRandom } from "../../../base/random.ts";
import { VirtualScheduler } from "../../../base/scheduler.ts";
import { BookSync } from "./book-sync.ts";
import { DepthColumns, readDepthUpdate } from "./depth.ts";

type Levels = ReadonlyArray<readonly [price: string, quantity: string]>;

/** A book that is fed by hand; snapshots are answered when the test says so. */
class Rig {
  readonly scheduler = new VirtualScheduler(1_000_000);
  readonly told: string[] = [];
  readonly asked: Array<{ answer(id: number, bids: Levels, asks: Levels): Promise<void>; fail(error: Error): Promise<void> }> = [];
  readonly sync: BookSync;
  readonly #columns = new DepthColumns();

  constructor(isFutures = false) {
    this.sync = new BookSync({
      symbol: "X",
      isFutures,
      priceStep: "0.1",
      quantityStep: "1",
      scheduler: this.scheduler,
      random: createRandom(1),
      fetchSnapshot: () =>
        new Promise((resolve, reject) => {
          this.asked.push({
            async answer(lastUpdateId, bids, asks) {
              resolve({ lastUpdateId, bids, asks });
              await settle();
            },
            async fail(error) {
              reject(error);
              await settle();
            },
          });
        }),
      onBook: (book) =>
        this.told.push([book.bids[0], book.asks[0]].map((best) => `${best?.price ?? ""}x${best?.quantity ?? ""}`).join(" ")),
      onProven: (reason) => this.told.push(reason === undefined ? "proven" : `worthless: ${reason}`),
    });
  }

  update(ids: readonly [first: number, last: number, previous?: number], b: Levels, a: Levels = []): void {
    const [U, u, pu] = ids;
    const message = { e: "depthUpdate", E: 5, s: "X", U, u, b, a, ...(pu === undefined ? {} : { pu }) };
    try {
      readDepthUpdate(message, this.sync.grids, this.#columns);
      this.sync.update(this.#columns);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      this.sync.unreadable(error);
    }
  }

  /** Snapshots asked for so far, with all waits over. */
  get requests(): number {
    while (this.scheduler.step());
    return this.asked.length;
  }
}

async function settle(): Promise<void> {
  for (let round = 0; round < 5; round += 1) await Promise.resolve();
}

const bids: Levels = [["99.9", "5"]];
const asks: Levels = [["100.1", "7"]];

describe("the book of a symbol", () => {
  it("is shown once a snapshot has joined what came before it", async () => {
    const rig = new Rig();
    rig.sync.connected();
    rig.update([10, 12], [["99.8", "1"]]);
    rig.update([13, 15], [["100.0", "2"]]);
    await rig.asked[0]?.answer(12, bids, asks);
    rig.update([16, 16], [["100.0", "0"]]);
    expect(rig.told).toEqual(["proven", "100x2 100.1x7", "99.9x5 100.1x7"]);
    expect(rig.sync.lastUpdateId).toBe(16);
  });

  it("F64: asks again when the snapshot is older than the first update, and keeps what has come", async () => {
    const rig = new Rig();
    rig.sync.connected();
    rig.update([10, 12], [["100.0", "2"]]);
    await rig.asked[0]?.answer(7, bids, asks);
    expect(rig.told).toEqual([]);
    expect(rig.requests).toBe(2);
    await rig.asked[1]?.answer(11, bids, asks);
    expect(rig.told).toEqual(["proven", "100x2 100.1x7"]);
  });

  it("F63: is worthless after a gap until another snapshot has come, and levels of before are gone", async () => {
    const rig = new Rig();
    rig.sync.connected();
    await rig.asked[0]?.answer(12, [...bids, ["99.0", "3"]], asks);
    rig.update([14, 15], [["100.0", "2"]]);
    expect(rig.sync.isProven).toBe(false);
    expect(rig.told.at(-1)).toBe("worthless: updates of the book are missing between 12 and 14");
    expect(rig.requests).toBe(2);
    rig.update([16, 16], [["99.9", "6"]]);
    await rig.asked[1]?.answer(15, bids, asks);
    expect(rig.told.slice(-2)).toEqual(["proven", "99.9x6 100.1x7"]);
    expect(rig.sync.ladder.size).toBe(2);
  });

  it("F65: keeps no ghost of a former connection", async () => {
    const rig = new Rig();
    rig.sync.connected();
    await rig.asked[0]?.answer(12, [["100.0", "9"], ...bids], asks);
    rig.sync.disconnected("gone");
    expect(rig.told.at(-1)).toBe("worthless: gone");
    rig.update([13, 13], [["100.0", "1"]]);
    rig.sync.connected();
    await rig.asked[1]?.answer(40, bids, asks);
    expect(rig.told.slice(-2)).toEqual(["proven", "99.9x5 100.1x7"]);
    expect(rig.sync.ladder.size).toBe(2);
  });

  it("does not take an answer that belongs to a former connection", async () => {
    const rig = new Rig();
    rig.sync.connected();
    rig.sync.disconnected("gone");
    rig.sync.connected();
    await rig.asked[0]?.answer(12, bids, asks);
    expect(rig.sync.isProven).toBe(false);
    await rig.asked[1]?.answer(20, bids, asks);
    expect(rig.sync.lastUpdateId).toBe(20);
  });

  it("is never shown crossed", async () => {
    const rig = new Rig();
    rig.sync.connected();
    await rig.asked[0]?.answer(12, bids, asks);
    rig.update([13, 13], [["100.1", "1"]]);
    expect(rig.told).toEqual(["proven", "99.9x5 100.1x7", "worthless: the book is crossed"]);
    expect(rig.requests).toBe(2);
    await rig.asked[1]?.answer(14, [["101.0", "1"]], asks);
    expect(rig.sync.isProven).toBe(false);
    expect(rig.requests).toBe(3);
  });

  it("is not shown while one side of it is empty", async () => {
    const rig = new Rig();
    rig.sync.connected();
    await rig.asked[0]?.answer(12, bids, []);
    rig.update([13, 13], [], asks);
    rig.update([14, 14], [["99.9", "0"]]);
    expect(rig.told).toEqual(["proven", "99.9x5 100.1x7", "worthless: one side of the book is empty"]);
  });

  it("goes over to a finer grid when old orders are finer than the rules", async () => {
    const rig = new Rig();
    rig.sync.connected();
    await rig.asked[0]?.answer(12, bids, asks);
    rig.update([13, 13], [["100.05", "0.25"]]);
    expect(rig.requests).toBe(2);
    await rig.asked[1]?.answer(13, [["100.05", "0.25"], ...bids], asks);
    // The price was finer first, then the quantity.
    expect(rig.requests).toBe(3);
    await rig.asked[2]?.answer(13, [["100.05", "0.25"], ...bids], asks);
    expect(rig.told.slice(-2)).toEqual(["proven", "100.05x0.25 100.1x7"]);
    expect([rig.sync.grids.price.step, rig.sync.grids.quantity.step]).toEqual(["0.01", "0.01"]);
  });

  it("waits longer and longer between snapshots that fail", async () => {
    const rig = new Rig();
    rig.sync.connected();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 12; attempt += 1) {
      const before = rig.scheduler.now();
      await rig.asked[attempt]?.fail(new NetworkError("no"));
      expect(rig.requests).toBe(attempt + 2);
      waits.push(rig.scheduler.now() - before);
    }
    waits.forEach((wait, attempt) => {
      const span = Math.min(30_000, 250 * 2 ** attempt);
      expect(wait).toBeGreaterThanOrEqual(span / 2);
      expect(wait).toBeLessThanOrEqual(span);
    });
  });

  it("of futures restarts when an update does not name the one before", async () => {
    const rig = new Rig(true);
    rig.sync.connected();
    rig.update([10, 12, 9], [["99.8", "1"]]);
    await rig.asked[0]?.answer(12, bids, asks);
    rig.update([20, 25, 12], [["100.0", "2"]]);
    expect(rig.told).toEqual(["proven", "99.9x5 100.1x7", "100x2 100.1x7"]);
    rig.update([30, 31, 26], []);
    expect(rig.sync.isProven).toBe(false);
  });

  it("gives up what it has kept when a snapshot never comes", () => {
    const rig = new Rig();
    rig.sync.connected();
    for (let id = 0; id < 5_000; id += 1) rig.update([id, id], []);
    expect(rig.requests).toBeGreaterThan(1);
  });
});
