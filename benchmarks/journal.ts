/** The journal on the machine's disk: what a record costs, what an order waits for, and how long a restart reads. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Order, OrderStatus } from "../src/domain/order.ts";
import type { TradesEvent } from "../src/engine/feed.ts";
import { openFileJournal, type FileJournal } from "../src/operations/journal/file-journal.ts";
import { verifyJournal } from "../src/operations/journal/read-journal.ts";
import { nodeDisk } from "../src/operations/node-disk.ts";

const RECORDS = 1_000_000;
const OPEN_ORDERS = 1_000;
const SYNCED_ORDERS = 1_000;
const IDENTITY = { strategy: "benchmark", mode: "paper" };

/** Prints records a second and seconds; the last line is a restart with all records in one segment, the worst there is. */
export async function run(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), "metaexpert-bench-"));
  try {
    benchAppend(home);
    benchIntents(home);
    benchRestart(home, "segments of 64 MiB", undefined);
    benchRestart(home, "one segment", 2 ** 40);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
  await Promise.resolve();
}

function open(folder: string, segmentBytesMax?: number): FileJournal {
  return openFileJournal({ disk: nodeDisk, folder, identity: IDENTITY, segmentBytesMax }).journal;
}

function benchAppend(home: string): void {
  using journal = open(join(home, "append"));
  const started = performance.now();
  for (let index = 0; index < RECORDS / 10; index += 1) {
    journal.event(trade(index));
    journal.settled();
  }
  const seconds = (performance.now() - started) / 1_000;
  const rate = RECORDS / 10 / seconds;
  console.log(`event recorded and handed to the system, one write each: ${grouped(rate)} a second, ${(1e6 / rate).toFixed(1)} µs each`);
}

function benchIntents(home: string): void {
  using journal = open(join(home, "intents"));
  const waits = Array.from({ length: SYNCED_ORDERS }, (_, index) => {
    const started = performance.now();
    journal.order("intent", index, order(index, "pending"));
    return performance.now() - started;
  }).toSorted((left, right) => left - right);
  const at = (share: number): string => `${(waits[Math.floor(share * (SYNCED_ORDERS - 1))] as number).toFixed(2)} ms`;
  const total = waits.reduce((sum, wait) => sum + wait, 0) / 1_000;
  console.log(`order recorded with fsync: ${grouped(SYNCED_ORDERS / total)} a second, median ${at(0.5)}, p99 ${at(0.99)}`);
}

/** Seven trades, a state, an order and a note in turn; the last thousand orders are open. */
function benchRestart(home: string, title: string, segmentBytesMax: number | undefined): void {
  const folder = join(home, title.replaceAll(" ", "-"));
  let started = performance.now();
  const journal = open(folder, segmentBytesMax);
  for (let turn = 0; turn < RECORDS / 10; turn += 1) {
    for (let index = 0; index < 7; index += 1) journal.event(trade(turn));
    journal.state("book BTCUSDT net", { quantity: "123", entryPrice: 64_000.1, realized: "0", openedAt: turn });
    journal.order("accepted", turn, order(turn, turn < RECORDS / 10 - OPEN_ORDERS ? "cancelled" : "open"));
    journal.note("refusal", turn, "buy BTCUSDT: over the limit", 0);
    journal.settled();
  }
  journal.close();
  const written = seconds(started);
  started = performance.now();
  const { journal: again, recovered } = openFileJournal({ disk: nodeDisk, folder, identity: IDENTITY, segmentBytesMax });
  const restart = seconds(started);
  const openCount = recovered.orders.filter(({ order }) => order.status === "open").length;
  again.close();
  started = performance.now();
  const { recordCount, broken } = verifyJournal(nodeDisk, folder);
  if (recordCount !== RECORDS || openCount !== OPEN_ORDERS || broken !== undefined) throw new Error("the journal did not come back whole");
  console.log(
    `${grouped(RECORDS)} records, ${title}: written in ${written}, restart proven and read in ${restart} (${openCount} open orders), all verified in ${seconds(started)}`,
  );
}

function trade(index: number): TradesEvent {
  const columns = {
    length: 1,
    time: Float64Array.of(1_712_000_000_000 + index),
    price: Float64Array.of(64_000.1 + (index % 100) / 10),
    quantity: Float64Array.of(0.002),
    takerSide: Int8Array.of(1),
    id: [String(3_450_000_000 + index)],
  };
  return { kind: "trades", stream: 0, columns, from: 0, to: 1 };
}

function order(index: number, status: OrderStatus): Order {
  return {
    clientOrderId: `benchmark-${index}`,
    symbol: "BTCUSDT",
    side: "buy",
    type: "limit",
    quantity: 0.01,
    price: 64_000.1,
    timeInForce: "GTC",
    reduceOnly: false,
    postOnly: false,
    positionSide: "net",
    purpose: "entry",
    shrinkToFit: false,
    orderId: String(8_389_765_489_680_000n + BigInt(index)),
    status,
    filledQuantity: 0,
    averagePrice: NaN,
    createdAt: 1_712_000_000_000,
    updatedAt: 1_712_000_000_000,
  };
}

function seconds(started: number): string {
  return `${((performance.now() - started) / 1_000).toFixed(2)} s`;
}

function grouped(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}
