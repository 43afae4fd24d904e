import { describe, expect, it } from "vitest";
import { createRandom } from "../../base/random.ts";
import type { Fill } from "../../domain/fill.ts";
import type { Order, OrderStatus } from "../../domain/order.ts";
import { SimDisk } from "../../sandbox/sim-disk.ts";
import { openFileJournal, type FileJournal, type RecoveredJournal } from "./file-journal.ts";
import { readJournal, verifyJournal } from "./read-journal.ts";
import type { RecordLogOptions } from "./record-log.ts";

const FOLDER = "/state";

function open(
  disk: SimDisk,
  options: Partial<RecordLogOptions> = {},
): { readonly journal: FileJournal; readonly recovered: RecoveredJournal } {
  return openFileJournal({ disk, folder: FOLDER, identity: { strategy: "ema-cross", mode: "live" }, ...options });
}

function order(id: string, status: OrderStatus = "pending"): Order {
  return {
    clientOrderId: id,
    symbol: "BTCUSDT",
    side: "buy",
    type: "limit",
    quantity: 0.01,
    price: 64_000.1,
    triggerPrice: undefined,
    timeInForce: "GTC",
    reduceOnly: false,
    postOnly: false,
    positionSide: "net",
    purpose: "entry",
    shrinkToFit: false,
    orderId: "",
    status,
    filledQuantity: 0,
    averagePrice: NaN,
    createdAt: 1_712_000_000_000,
    updatedAt: 1_712_000_000_000,
  };
}

function fill(tradeId: string): Fill {
  return {
    tradeId,
    orderId: "8389765489680951453",
    clientOrderId: "me-1",
    symbol: "BTCUSDT",
    side: "buy",
    positionSide: "net",
    price: 64_000.1,
    quantity: 0.01,
    fee: 0.64,
    feeAsset: "USDT",
    liquidity: "taker",
    time: 1_712_000_000_005,
    purpose: "entry",
  };
}

/** Without the fields that are undefined: the journal leaves them out. */
function present(value: Order): unknown {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined));
}

function passTime(journal: FileJournal, time: number): void {
  journal.event({ kind: "time", time });
  journal.settled();
}

/** What a power cut leaves at worst: the fewest records over many fates of what was not synced. */
function recordsAtWorst(write: (journal: FileJournal) => void): number {
  let fewest = Infinity;
  for (let seed = 1; seed <= 40; seed += 1) {
    const disk = new SimDisk(createRandom(seed));
    write(open(disk).journal);
    disk.powerCut();
    fewest = Math.min(fewest, open(disk).recovered.recordCount);
  }
  return fewest;
}

describe("a restart", () => {
  it("begins with the last state of each name, the last record of each order, the fills and the last notes", () => {
    const disk = new SimDisk(createRandom(1));
    const { journal } = open(disk);
    journal.note("session", 0, "ema-cross", 10_000);
    journal.state("ledger", { USDT: 10_000_000_000_000n, drift: -0 });
    journal.order("intent", 1, order("me-2"));
    journal.order("intent", 2, order("me-1"));
    journal.order("accepted", 3, order("me-2", "open"));
    journal.fill(fill("77"));
    journal.note("refusal", 4, "buy BTCUSDT: too large", 0);
    journal.note("refusal", 5, "buy BTCUSDT: too often", 0);
    journal.state("ledger", { USDT: 1n });
    journal.state("memory", { seen: [1, undefined, NaN] });
    journal.settled();
    const { length, hash } = journal;
    disk.kill();

    const { recovered } = open(disk);
    expect(recovered.states).toEqual(
      new Map<string, unknown>([
        ["ledger", { USDT: 1n }],
        ["memory", { seen: [1, undefined, NaN] }],
      ]),
    );
    expect(recovered.orders).toEqual([
      { kind: "order", record: "accepted", time: 3, order: present(order("me-2", "open")) },
      { kind: "order", record: "intent", time: 2, order: present(order("me-1")) },
    ]);
    expect(recovered.fills).toEqual([fill("77")]);
    expect(recovered.notes.get("refusal")).toEqual({ kind: "note", record: "refusal", time: 5, text: "buy BTCUSDT: too often", amount: 0 });
    expect([recovered.recordCount, recovered.hash, recovered.dropped]).toEqual([length, hash, undefined]);
  });

  it("knows the same however many segments lie before, and reads the newest one only", () => {
    const [small, large] = [new SimDisk(createRandom(1)), new SimDisk(createRandom(1))];
    const recovered = [small, large].map((disk, index) => {
      const random = createRandom(5);
      let { journal } = open(disk, { segmentBytesMax: index === 0 ? 1_000 : 2 ** 30 });
      for (let step = 0; step < 400; step += 1) {
        journal.event({ kind: "time", time: step });
        const id = `me-${random.integer(0, 60)}`;
        journal.order("accepted", step, order(id, random.next() < 0.5 ? "open" : "cancelled"));
        journal.state(`book ${random.integer(0, 5)}`, { step });
        if (random.next() < 0.2) journal.fill(fill(String(step)));
        if (random.next() < 0.1) journal.note("limit", step, "dailyLossLimit", step);
        journal.settled();
        if (random.next() < 0.03) {
          journal.close();
          ({ journal } = open(disk, { segmentBytesMax: index === 0 ? 1_000 : 2 ** 30 }));
        }
      }
      journal.close();
      return open(disk).recovered;
    });
    expect(small.list(FOLDER).length).toBeGreaterThan(10);
    expect(large.list(FOLDER)).toHaveLength(2);
    const [one, other] = recovered as [RecoveredJournal, RecoveredJournal];
    expect(one.orders).toEqual(other.orders);
    expect([one.states, one.fills, one.notes, one.hash, one.recordCount]).toEqual([
      other.states,
      other.fills,
      other.notes,
      other.hash,
      other.recordCount,
    ]);
  });

  it("knows every order that can still fill, and of the finished ones the last two thousand", () => {
    const disk = new SimDisk(createRandom(1));
    const { journal } = open(disk);
    journal.order("accepted", 0, order("old but open", "open"));
    for (let number = 0; number < 2_500; number += 1) journal.order("cancelled", number, order(`me-${number}`, "cancelled"));
    journal.rotate();
    journal.close();
    const { recovered } = open(disk);
    expect(recovered.orders).toHaveLength(2_001);
    expect(recovered.orders[0]?.order.clientOrderId).toBe("old but open");
    expect(recovered.orders[1]?.order.clientOrderId).toBe("me-500");
  });

  it("knows the entry of a protective order that still works, however long ago it filled", () => {
    const disk = new SimDisk(createRandom(1));
    const { journal } = open(disk);
    journal.order("filled", 0, order("entry", "filled"));
    journal.order("accepted", 0, { ...order("stop", "open"), parentId: "entry" });
    for (let number = 0; number < 2_500; number += 1) journal.order("cancelled", number, order(`me-${number}`, "cancelled"));
    journal.rotate();
    journal.close();
    const ids = open(disk).recovered.orders.map(({ order: { clientOrderId } }) => clientOrderId);
    expect(ids.slice(0, 2)).toEqual(["entry", "stop"]);
    expect(ids).toHaveLength(2_002);
  });

  it("begins anew in an empty folder", () => {
    const { recovered } = open(new SimDisk(createRandom(1)));
    expect([recovered.recordCount, recovered.states.size, recovered.orders, recovered.fills]).toEqual([0, 0, [], []]);
  });
});

describe("what a power cut leaves", () => {
  it("is the intent to place an order, and everything before it, as soon as it is recorded", () => {
    const count = recordsAtWorst((journal) => {
      journal.event({ kind: "time", time: 1 });
      journal.order("intent", 1, order("me-1"));
    });
    expect(count).toBe(2);
  });

  it("is the intent to change an order", () => {
    expect(recordsAtWorst((journal) => journal.order("amendIntent", 1, order("me-1")))).toBe(1);
  });

  it("is every event but those of the last second", () => {
    const until = (last: number) => (journal: FileJournal) => {
      for (let time = 0; time <= last; time += 250) passTime(journal, time);
    };
    // The first event is synced, then the one a second later.
    expect(recordsAtWorst(until(0))).toBe(1);
    expect(recordsAtWorst(until(750))).toBe(1);
    expect(recordsAtWorst(until(1_000))).toBe(5);
    expect(recordsAtWorst(until(1_750))).toBe(5);
    expect(recordsAtWorst(until(2_000))).toBe(9);
  });
});

describe("what the death of the process leaves", () => {
  it("is everything of the events that were settled, and the wish to cancel", () => {
    const disk = new SimDisk(createRandom(1));
    const { journal } = open(disk);
    passTime(journal, 1);
    passTime(journal, 2);
    journal.event({ kind: "time", time: 3 });
    journal.order("cancelIntent", 3, order("me-1", "open"));
    journal.note("error", 3, "not flushed yet", 0);
    disk.kill();
    expect(open(disk).recovered.recordCount).toBe(4);
  });
});

describe("a file journal", () => {
  it("refuses a state that is not plain data, and goes on without it", () => {
    const disk = new SimDisk(createRandom(1));
    const { journal } = open(disk);
    expect(() => journal.state("memory", { prices: new Map() })).toThrow("a Map at prices cannot be kept over a restart");
    journal.state("memory", { prices: [1] });
    journal.settled();
    expect(open(disk).recovered.states).toEqual(new Map([["memory", { prices: [1] }]]));
  });

  it("does not begin a new segment with every event when what it repeats is larger than a segment", () => {
    const disk = new SimDisk(createRandom(1));
    const { journal } = open(disk, { segmentBytesMax: 500 });
    journal.state("memory", { text: "x".repeat(5_000) });
    for (let time = 0; time < 50; time += 1) passTime(journal, time);
    journal.close();
    // 50 events of 104 bytes, at most 5 in a segment.
    expect(disk.list(FOLDER).filter((name) => name.endsWith(".log")).length).toBeLessThanOrEqual(12);
  });

  it("gives every record back in order, over all segments", () => {
    const disk = new SimDisk(createRandom(1));
    const { journal } = open(disk, { segmentBytesMax: 300 });
    for (let time = 1; time <= 20; time += 1) {
      journal.event({ kind: "time", time });
      journal.state("clock", time);
      journal.settled();
    }
    journal.close();
    const entries = [...readJournal(disk, FOLDER)];
    expect(entries.map(({ number }) => number)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    expect(entries.filter(({ kind }) => kind === "event")).toHaveLength(20);
    expect(verifyJournal(disk, FOLDER)).toEqual({
      firstRecord: 1,
      recordCount: 40,
      hash: journal.hash,
      identity: { strategy: "ema-cross", mode: "live" },
      incompleteBytes: 0,
      broken: undefined,
    });
  });

  it("says so where there is none", () => {
    expect(() => verifyJournal(new SimDisk(createRandom(1)), FOLDER)).toThrow("there is no journal in /state");
  });
});

/** A journal of the first version, as files of it will always be. */
const FORMAT_1 = [
  String.raw`27ad86210341f5a7825ee84726e2746ea9f994a2ad757de3a9614eeead65185e {"k":"segment","format":1,"segment":1,"first":1,"chain":"0000000000000000000000000000000000000000000000000000000000000000","repeats":0,"previous":null,"identity":{"strategy":"ema-cross","mode":"live"}}`,
  String.raw`9ceec4c24d5b8ed6261d4613c71a2e0be2de1205369cdcd9a2a058db3a663d15 {"k":"event","e":{"kind":"connection","time":2,"state":{"exchange":"binance","status":"connected"},"isStale":false}}`,
  String.raw`b7f97fb03c0ce405ee1a1971997392e7592877882bd8694beb0804681edfa07f {"k":"order","id":"me-1","r":"intent","t":3,"o":{"clientOrderId":"me-1","symbol":"BTCUSDT","side":"buy","type":"limit","quantity":0.01,"price":64000.1,"timeInForce":"GTC","reduceOnly":false,"postOnly":false,"positionSide":"net","purpose":"entry","shrinkToFit":false,"orderId":"","status":"pending","filledQuantity":0,"averagePrice":"~NaN","createdAt":1712000000000,"updatedAt":1712000000000}}`,
  String.raw`eb3060350d0a6b47e281101e97cc38d0eb021f392d6e351af99840d4c9b8e3a7 {"k":"fill","f":{"tradeId":"77","orderId":"8389765489680951453","clientOrderId":"me-1","symbol":"BTCUSDT","side":"buy","positionSide":"net","price":64000.1,"quantity":0.01,"fee":0.64,"feeAsset":"USDT","liquidity":"taker","time":1712000000005,"purpose":"entry"}}`,
  String.raw`df8202db089238029e130667b17529bc7d90fd244e15788c3ec07f2a3bed8fef {"k":"note","r":"refusal","t":4,"x":"buy \"BTCUSDT\": ~1","a":"~NaN"}`,
  String.raw`99eea1f33a00be1fe5b1c7db2109df2943dc0ce0e4e44e2dabcc05987d9fb88b {"k":"state","n":"ledger","v":{"USDT":"~n12","nothing":"~u","zero":"~-0"}}`,
]
  .map((line) => `${line}\n`)
  .join("");

describe("the first version of the format", () => {
  const path = `${FOLDER}/journal-00000001.log`;

  it("F91: is written as it was on its first day", () => {
    const disk = new SimDisk(createRandom(1));
    const { journal } = open(disk);
    journal.event({ kind: "connection", time: 2, state: { exchange: "binance", status: "connected" }, isStale: false });
    journal.order("intent", 3, order("me-1"));
    journal.fill(fill("77"));
    journal.note("refusal", 4, 'buy "BTCUSDT": ~1', NaN);
    journal.state("ledger", { USDT: 12n, nothing: undefined, zero: -0 });
    journal.settled();
    expect(Buffer.from(disk.read(path)).toString()).toBe(FORMAT_1);
  });

  it("F91: is read, and gone on with", () => {
    const disk = new SimDisk(createRandom(1));
    disk.makeFolder(FOLDER);
    disk.put(path, Buffer.from(FORMAT_1));
    expect([...readJournal(disk, FOLDER)]).toEqual([
      {
        number: 1,
        kind: "event",
        event: { kind: "connection", time: 2, state: { exchange: "binance", status: "connected" }, isStale: false },
      },
      { number: 2, kind: "order", record: "intent", time: 3, order: present(order("me-1")) },
      { number: 3, kind: "fill", fill: fill("77") },
      { number: 4, kind: "note", record: "refusal", time: 4, text: 'buy "BTCUSDT": ~1', amount: NaN },
      { number: 5, kind: "state", name: "ledger", value: { USDT: 12n, nothing: undefined, zero: -0 } },
    ]);
    const { journal } = open(disk);
    passTime(journal, 5);
    journal.close();
    expect(verifyJournal(disk, FOLDER)).toMatchObject({ recordCount: 6, hash: journal.hash, broken: undefined });
  });
});
