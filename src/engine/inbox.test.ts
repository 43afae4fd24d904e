import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { turn, VirtualScheduler } from "../base/scheduler.ts";
import type { Trade } from "../domain/trade.ts";
import type { SessionEvent } from "./feed.ts";
import { Inbox } from "./inbox.ts";

const streams = ["BTCUSDT", "ETHUSDT"].map((symbol) => ({ symbol, timeframe: "1m" as const, kind: "barsAndTrades" as const }));
const open = (): Inbox => new Inbox(streams, new VirtualScheduler());
const trade = (id: number): Trade => ({ id: String(id), time: id, price: 100 + id, quantity: 1, takerSide: id % 2 === 0 ? "buy" : "sell" });
const report = (time: number): SessionEvent => ({
  kind: "report",
  report: { kind: "accepted", clientOrderId: `me-${time}`, orderId: "1", time },
});
const quote = (stream: number, time: number): SessionEvent => ({
  kind: "quote",
  stream,
  quote: { time, bidPrice: 1, bidQuantity: 1, askPrice: 2, askQuantity: 1 },
});
const book = (stream: number, time: number): SessionEvent => ({ kind: "book", stream, book: { symbol: "x", time, bids: [], asks: [] } });

/** What waits, as short texts: "trades 0: 1 2", "quote 1: 7". */
function waiting(inbox: Inbox): string[] {
  const texts: string[] = [];
  while (!inbox.isEmpty) texts.push(textOf(inbox.next() as SessionEvent));
  return texts;
}

function textOf(event: SessionEvent): string {
  switch (event.kind) {
    case "trades":
      return `trades ${event.stream}: ${event.columns.id.slice(event.from, event.to).join(" ")}`;
    case "quote":
      return `quote ${event.stream}: ${event.quote.time}`;
    case "book":
      return `book ${event.stream}: ${event.book.time}`;
    case "report":
      return `report: ${event.report.time}`;
    case "time":
      return `time: ${event.time}`;
    default:
      return event.kind;
  }
}

describe("the inbox of a session", () => {
  it("hands everything out in the order in which it came", () => {
    const inbox = open();
    inbox.push(report(1));
    inbox.pushTrade(0, trade(2));
    inbox.push(report(3));
    inbox.push({ kind: "stop", time: 4, reason: "requested" });
    expect(waiting(inbox)).toEqual(["report: 1", "trades 0: 2", "report: 3", "stop"]);
  });

  it("hands out together the trades of a symbol that follow each other, up to 256 of them", () => {
    const inbox = open();
    for (let id = 1; id <= 300; id += 1) inbox.pushTrade(0, trade(id));
    const [first, second, ...more] = waiting(inbox);
    expect([first?.split(" ").length, second?.split(" ").length, more]).toEqual([258, 46, []]);
  });

  it("keeps trades apart between which something else happened", () => {
    const inbox = open();
    inbox.pushTrade(0, trade(1));
    inbox.push(report(2));
    inbox.pushTrade(0, trade(3));
    inbox.pushTrade(1, trade(4));
    inbox.pushTrade(0, trade(5));
    expect(waiting(inbox)).toEqual(["trades 0: 1", "report: 2", "trades 0: 3", "trades 1: 4", "trades 0: 5"]);
  });

  it("keeps a trade's numbers however its columns have grown", () => {
    const inbox = open();
    for (let id = 1; id <= 37; id += 1) inbox.pushTrade(0, trade(id));
    const event = inbox.next() as Extract<SessionEvent, { kind: "trades" }>;
    const { columns } = event;
    const rows = Array.from({ length: columns.length }, (_, row) => [
      columns.time[row],
      columns.price[row],
      columns.quantity[row],
      columns.takerSide[row],
    ]);
    expect(rows).toEqual(Array.from({ length: 37 }, (_, row) => [row + 1, 101 + row, 1, row % 2 === 1 ? 1 : -1]));
  });

  it("lets only the latest book and quote of a symbol wait", () => {
    const inbox = open();
    inbox.push(quote(0, 1));
    inbox.push(book(0, 2));
    inbox.push(quote(1, 3));
    inbox.push(quote(0, 4));
    inbox.push(book(0, 5));
    inbox.push(report(6));
    inbox.push(quote(0, 7));
    expect(waiting(inbox)).toEqual(["quote 1: 3", "book 0: 5", "report: 6", "quote 0: 7"]);
  });

  it("lets only the last of moments that follow each other wait, so that a session that is stuck is not buried in seconds", () => {
    const inbox = open();
    for (let second = 1; second <= 1_000; second += 1) inbox.push({ kind: "time", time: second });
    inbox.push(report(1_001));
    inbox.push({ kind: "time", time: 1_002 });
    expect(waiting(inbox)).toEqual(["time: 1000", "report: 1001", "time: 1002"]);
  });

  it("drops trades beyond a hundred thousand that wait, counts them, and never a report", () => {
    const inbox = open();
    for (let id = 0; id < 100_010; id += 1) inbox.pushTrade(0, trade(id));
    for (let time = 0; time < 50; time += 1) inbox.push(report(time));
    expect(inbox.dropped).toBe(10);
    expect(waiting(inbox).filter((text) => text.startsWith("report"))).toHaveLength(50);
    // What has been handed out makes room again.
    inbox.pushTrade(0, trade(7));
    expect([inbox.dropped, waiting(inbox)]).toEqual([10, ["trades 0: 7"]]);
  });

  it("hands an event to a session that waits for one at once", async () => {
    const inbox = open();
    const next = inbox.next();
    inbox.pushTrade(0, trade(1));
    expect(textOf((await next) as SessionEvent)).toBe("trades 0: 1");
    expect(inbox.isEmpty).toBe(true);
  });

  it("lets time arrive by itself once a second, from when its clock is started until it is closed", async () => {
    const scheduler = new VirtualScheduler(5_000);
    const inbox = new Inbox(streams, scheduler);
    inbox.startClock();
    for (let second = 0; second < 3; second += 1) {
      scheduler.step();
      expect(waiting(inbox)).toEqual([`time: ${6_000 + second * 1_000}`]);
    }
    await inbox[Symbol.asyncDispose]();
    expect(scheduler.step()).toBe(false);
  });

  it("tells before anything else is taken in that a process has stood still", () => {
    const scheduler = new VirtualScheduler(5_000);
    const inbox = new Inbox(streams, scheduler);
    const late: string[] = [];
    inbox.startClock((lateMs) => late.push(`${lateMs} ms, with ${waiting(inbox).length} waiting`));
    scheduler.step();
    waiting(inbox);
    scheduler.advanceTo(16_000);
    inbox.pushTrade(0, trade(1));
    inbox.pushTrade(0, trade(2));
    scheduler.step();
    expect(late).toEqual(["9000 ms, with 0 waiting"]);
  });

  it("lets a session go that waits when it is closed, and takes nothing in any more", async () => {
    const inbox = open();
    const next = inbox.next();
    await inbox[Symbol.asyncDispose]();
    expect(await next).toBeUndefined();
    inbox.push(report(1));
    inbox.pushTrade(0, trade(1));
    await turn();
    expect([inbox.isEmpty, inbox.next()]).toEqual([true, undefined]);
  });

  it("loses and reorders nothing that matters, however pushing and taking alternate", () => {
    const act = fc.oneof(
      { weight: 6, arbitrary: fc.record({ kind: fc.constant("trade" as const), stream: fc.nat(1) }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("report" as const, "time" as const), stream: fc.constant(0) }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant("quote" as const), stream: fc.nat(1) }) },
      { weight: 3, arbitrary: fc.record({ kind: fc.constant("take" as const), stream: fc.constant(0) }) },
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 400 }), (acts) => {
        const inbox = open();
        const sent: number[] = [];
        const taken: number[] = [];
        const take = (): void => {
          if (inbox.isEmpty) return;
          const event = inbox.next() as SessionEvent;
          if (event.kind === "trades") taken.push(...event.columns.id.slice(event.from, event.to).map(Number));
          if (event.kind === "report") taken.push(event.report.time);
        };
        acts.forEach(({ kind, stream }, at) => {
          if (kind === "take") return take();
          if (kind === "trade") inbox.pushTrade(stream, trade(at));
          if (kind === "report") inbox.push(report(at));
          if (kind === "time") inbox.push({ kind: "time", time: at });
          if (kind === "quote") inbox.push(quote(stream, at));
          if (kind === "trade" || kind === "report") sent.push(at);
        });
        while (!inbox.isEmpty) take();
        expect(taken).toEqual(sent);
      }),
    );
  });
});
