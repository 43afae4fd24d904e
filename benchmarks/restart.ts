/** A restart of the real command at its largest: a thousand open orders at the exchange and a million records in the journal. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LiveOrder } from "../src/engine/orders/live-order.ts";
import type { TradesEvent } from "../src/engine/feed.ts";
import { openFileJournal, type FileJournal } from "../src/operations/journal/file-journal.ts";
import { verifyJournal } from "../src/operations/journal/read-journal.ts";
import { nodeDisk } from "../src/operations/node-disk.ts";
import { startFakeVenue, type FakeVenue } from "../src/sandbox/server/fake-venue.ts";
import type { Venue } from "../src/sandbox/venue.ts";
import { Victim } from "../test/kill/victim.ts";

const RECORDS = 1_000_000;
const OPEN_ORDERS = 1_000;
const STARTS = 3;
const PATIENCE_MS = 60_000;
const SYMBOL = "BTCUSDT";
const QUANTITY = 0.002;

/** Prints seconds from the start of the process to both sides compared and the market seen. */
export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "metaexpert-bench-"));
  const balances = { USDT: 1_000_000 };
  await using venue = await startFakeVenue({ market: "linear", seed: 1, venue: { balances, openOrdersMax: 2 * OPEN_ORDERS } });
  try {
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
    writeFileSync(join(folder, "metaexpert.config.json"), JSON.stringify({ baseUrl: venue.url }));
    writeFileSync(join(folder, "expert.ts"), EXPERT);
    const first = await live(folder, venue);
    const { journal } = first;
    const { identity } = verifyJournal(nodeDisk, journal);
    fill(
      openFileJournal({ disk: nodeDisk, folder: journal, identity, segmentBytesMax: 2 ** 40 }).journal,
      venue.sandbox.venues.linear as Venue,
    );
    const segmentBytes = newestBytes(journal);
    const seconds: number[] = [];
    for (let start = 0; start < STARTS; start += 1) {
      const { tookMs, openOrders } = await live(folder, venue);
      if (openOrders !== OPEN_ORDERS) throw new Error(`${openOrders} of ${OPEN_ORDERS} orders were taken up`);
      seconds.push(tookMs / 1_000);
    }
    const [worst = NaN, ...others] = seconds;
    console.log(
      `an empty journal and no orders: ${(first.tookMs / 1_000).toFixed(2)} s from the start of the process to reconciled and trading`,
    );
    const size = `${OPEN_ORDERS.toLocaleString("en-US")} open orders, ${RECORDS.toLocaleString("en-US")} records`;
    console.log(
      `${size}, all in one segment of ${(segmentBytes / 2 ** 20).toFixed(0)} MiB, the worst there is: ${worst.toFixed(2)} s (goal: under 10 s)`,
    );
    console.log(`${size}, in a new segment since: ${others.map((value) => value.toFixed(2)).join(", ")} s`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One run that is ended as soon as it trades. */
async function live(folder: string, { credentials }: FakeVenue): Promise<{ tookMs: number; journal: string; openOrders: number }> {
  const process = new Victim({ folder, market: "linear", credentials, seed: 1 });
  const isTrading = await process.until(() => process.tradesSince !== undefined, PATIENCE_MS);
  process.signal(isTrading ? "SIGTERM" : "SIGKILL");
  await process.ended;
  const { tradesSince, startedAt, outcome, stderr } = process;
  if (tradesSince === undefined || outcome?.journal === undefined) throw new Error(`the run did not come to trade: ${stderr}`);
  return { tookMs: tradesSince - startedAt, journal: outcome.journal, openOrders: outcome.openOrders };
}

/** Writes what a long run would have, mostly market events; its last thousand orders work at the venue. */
function fill(journal: FileJournal, venue: Venue): void {
  const price = Math.round(venue.lastPrice(SYMBOL) * 0.97);
  const orderOf = (id: string): LiveOrder =>
    Object.assign(new LiveOrder(id, SYMBOL, "buy", "limit", QUANTITY, venue.now), { price, status: "cancelled" });
  for (let turn = 0; journal.length < RECORDS - OPEN_ORDERS; turn += 1) {
    for (let index = 0; index < 8; index += 1) journal.event(trade(turn));
    journal.order("cancelled", venue.now, orderOf(`bench${turn}`).persisted());
    journal.note("refusal", venue.now, "buy BTCUSDT: over the limit", 0);
    journal.settled();
  }
  for (let turn = 0; turn < OPEN_ORDERS; turn += 1) {
    const order = orderOf(`rest${turn}`);
    const { symbol, side, type, quantity, clientOrderId } = order;
    const placed = venue.submit({ symbol, side, type, quantity, price, clientOrderId });
    if (!placed.ok) throw new Error(placed.text);
    Object.assign(order, { status: "open", orderId: placed.value.orderId });
    journal.order("accepted", venue.now, order.persisted());
    journal.settled();
  }
  journal.close();
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

/** Bytes of the segment that a restart reads. */
function newestBytes(folder: string): number {
  const newest = nodeDisk.list(folder).findLast((name) => /^journal-\d+\.log$/.test(name)) ?? "";
  return nodeDisk.size(join(folder, newest));
}

const EXPERT = `import { defineExpert } from "metaexpert";

export default defineExpert(
  { name: "Patient", symbol: "${SYMBOL}", timeframe: "1m", risk: { maxDrawdownPct: 90, maxOrderSizeQuote: 1000 } },
  (expert) => expert.onBar("1m", () => {}),
);
`;
