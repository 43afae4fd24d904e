// Whatever operation of the disk a run is cut off at, and however often its journal has begun a new segment:
// 1. what a restart begins with is what all surviving records add up to, though it reads the newest segment only;
// 2. every order whose intent was recorded is known, after a power cut as well.
import fc from "fast-check";
import { expect, it } from "vitest";
import { createRandom, type Random } from "../../base/random.ts";
import type { Order, OrderStatus } from "../../domain/order.ts";
import { SimDisk, SimulatedCrash } from "../../sandbox/sim-disk.ts";
import { openFileJournal, type FileJournal } from "./file-journal.ts";
import { readJournal } from "./read-journal.ts";

const FOLDER = "/state";
const OPTIONS = { folder: FOLDER, identity: { strategy: "a" }, segmentBytesMax: 800 };
const STATUSES: readonly OrderStatus[] = ["open", "partiallyFilled", "unknown", "cancelled", "filled"];

function order(id: string, status: OrderStatus): Order {
  const amounts = { quantity: 1, filledQuantity: 0, averagePrice: NaN, createdAt: 0, updatedAt: 0 };
  const flags = { reduceOnly: false, postOnly: false, shrinkToFit: false };
  const words = { symbol: "BTCUSDT", side: "buy", type: "market", timeInForce: "GTC", positionSide: "net", purpose: "entry" } as const;
  return { clientOrderId: id, orderId: "", status, ...amounts, ...flags, ...words };
}

/** Records as a run would, until it is cut off; the ids of orders that may have left are put into `sent`. */
function trade(journal: FileJournal, random: Random, sent: string[]): void {
  for (let time = 0; time < 30; time += 1) {
    journal.event({ kind: "time", time: time * 300 });
    const draw = random.next();
    if (draw < 0.3) {
      const id = `me-${sent.length}`;
      journal.order("intent", time, order(id, "pending"));
      sent.push(id);
    } else if (draw < 0.6 && sent.length > 0) {
      const id = sent[random.integer(0, sent.length - 1)] as string;
      journal.order("accepted", time, order(id, STATUSES[random.integer(0, STATUSES.length - 1)] as OrderStatus));
    }
    if (random.next() < 0.5) journal.state(`book ${random.integer(0, 3)}`, { time, pad: "x".repeat(random.integer(0, 50)) });
    if (random.next() < 0.2) journal.note("refusal", time, "too large", time);
    journal.settled();
  }
}

/** What the records on the disk add up to, read from the first one. */
function sumOf(disk: SimDisk): {
  readonly states: Map<string, unknown>;
  readonly orders: Map<string, unknown>;
  readonly notes: Map<string, unknown>;
} {
  const sum = { states: new Map<string, unknown>(), orders: new Map<string, unknown>(), notes: new Map<string, unknown>() };
  for (const { number: _number, ...entry } of readJournal(disk, FOLDER)) {
    if (entry.kind === "state") sum.states.set(entry.name, entry.value);
    if (entry.kind === "order") sum.orders.set(entry.order.clientOrderId, entry);
    if (entry.kind === "note") sum.notes.set(entry.record, entry);
  }
  return sum;
}

it("a restart begins with what all surviving records add up to, and knows every order that may have left", () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.array(fc.integer({ min: 1, max: 150 }), { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      (seed, points, isPowerCut) => {
        const random = createRandom(seed);
        const disk = new SimDisk(random.fork("disk"));
        const sent: string[] = [];
        for (const [life, point] of points.entries()) {
          disk.crashAt(disk.points + point);
          try {
            trade(openFileJournal({ disk, ...OPTIONS }).journal, random.fork(`life ${life}`), sent);
          } catch (error) {
            if (!(error instanceof SimulatedCrash)) throw error;
          }
          if (isPowerCut) disk.powerCut();
          else disk.kill();
          const { recovered } = openFileJournal({ disk, ...OPTIONS });
          const sum = sumOf(disk);
          expect([...recovered.states].toSorted()).toEqual([...sum.states].toSorted());
          expect([...recovered.notes]).toEqual([...sum.notes]);
          expect(recovered.orders).toEqual([...sum.orders.values()]);
          expect(sent.filter((id) => !sum.orders.has(id))).toEqual([]);
        }
      },
    ),
    { numRuns: 400 },
  );
});
