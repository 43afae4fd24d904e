import { expect, it } from "vitest";
import type { Bar } from "../../../src/domain/bar.ts";
import type { OrderBook } from "../../../src/domain/order-book.ts";
import type { Expert, OrderOutcome } from "../../../src/expert/expert.ts";
import { Stage } from "../money/stage.ts";

const BOOK_STREAM = "depthUpdate";

it("F63: a gap in the book's updates makes it worthless: no entry leaves before another snapshot has come", async () => {
  const { stage, books } = await withBooks();
  stage.plan.add({ on: "request", verb: "reply", status: 503, executed: false, match: { path: "/depth" }, times: 3 });
  stage.plan.add({ on: "stream", verb: "gap", match: { contains: BOOK_STREAM } });
  await stage.until(() => stage.status.connection.isStale, 10_000, "the gap is noticed");
  const before = books.length;

  expect(await buy(stage)).toMatchObject({ accepted: false, code: "staleMarket" });
  expect(books.length).toBe(before);
  await stage.trading();
  await stage.until(() => books.length > before, 10_000, "books are shown again");
  expect(await buy(stage)).toMatchObject({ accepted: true });
});

it("F64: snapshots older than the first update are asked for again with growing pauses until one joins", async () => {
  const { stage } = await withBooks();
  const stale = JSON.stringify({ lastUpdateId: 1, E: 1, T: 1, bids: [["1.0", "1"]], asks: [["2.0", "1"]] });
  stage.plan.add({ on: "request", verb: "reply", status: 200, body: stale, executed: false, match: { path: "/depth" }, times: 6 });
  const from = stage.now;
  stage.plan.add({ on: "stream", verb: "gap", match: { contains: BOOK_STREAM } });
  await stage.until(() => stage.status.connection.isStale, 10_000, "the gap is noticed");
  expect(await buy(stage)).toMatchObject({ accepted: false, code: "staleMarket" });
  await stage.trading();

  const asked = stage.requests("/depth", { since: from }).map(({ time }) => time);
  expect(asked.length).toBeGreaterThanOrEqual(7);
  expect(asked.length).toBeLessThan(10);
  expect((asked.at(-1) ?? 0) - (asked[0] ?? 0)).toBeGreaterThan(2_000);
});

it("F65: after a reconnection the book is the exchange's own, with no level of before", async () => {
  const { stage, books } = await withBooks();
  for (let round = 0; round < 5; round += 1) {
    stage.plan.add({ on: "stream", verb: "close" });
    stage.venue.operator.movePrice(stage.symbol, stage.venue.lastPrice(stage.symbol) * (round % 2 === 0 ? 1.01 : 0.99));
    await stage.pass(1_000);
    await stage.trading();
    await stage.pass(3_000);
    stage.venue.stop();
    await stage.pass(1_000);

    const { bids, asks } = stage.venue.depth(stage.symbol, 5);
    expect({ bids: books.at(-1)?.bids.slice(0, 5), asks: books.at(-1)?.asks.slice(0, 5) }).toEqual({ bids, asks });
    stage.venue.start();
  }
});

it.each(["halfOpen", "stall"] as const)(
  "F67: streams that are %s without a word count as stale within five seconds, and no entry leaves",
  async (verb) => {
    const stage = await Stage.open({ tradesPerSecond: 3 });
    await stage.pass(10_000);
    stage.plan.add({ on: "stream", verb, match: { path: "/stream" } });
    stage.plan.add({ on: "stream", verb: "refuse", match: { path: "/stream" }, times: 50 });
    const from = stage.now;
    await stage.until(() => stage.status.connection.isStale, 6_000, "it is noticed");

    expect(stage.now - from).toBeLessThanOrEqual(5_600);
    expect(await buy(stage)).toMatchObject({ accepted: false });
    stage.plan.remove();
    await stage.trading();
    expect(await buy(stage)).toMatchObject({ accepted: true });
  },
);

it("F68: bars that come twice, late, in the wrong order or not at all are each acted on once, in order", async () => {
  const bars: Bar[] = [];
  const stage = await Stage.open({ tradesPerSecond: 2, setup: (expert) => expert.onBar("1m", (bar) => void bars.push(bar)) });
  const closed = { contains: '"x":true' };
  stage.plan.add({ on: "stream", verb: "duplicate", match: closed, times: 2 });
  stage.plan.add({ on: "stream", verb: "gap", match: closed, times: 2 });
  stage.plan.add({ on: "stream", verb: "reorder", match: closed, times: 2 });
  stage.plan.add({ on: "stream", verb: "delay", ms: 9_000, match: closed, times: 2 });
  await stage.pass(10 * 60_000);

  const opens = bars.map(({ openTime }) => openTime);
  expect(opens.length).toBeGreaterThanOrEqual(9);
  expect(opens).toEqual(opens.map((_, index) => (opens[0] ?? 0) + index * 60_000));
  const first = opens[0] ?? 0;
  const truth = stage.venue.bars(stage.symbol, "1m", { from: first, to: first + opens.length * 60_000, limit: opens.length });
  expect(bars.map(({ open, high, low, close, volume }) => [open, high, low, close, volume])).toEqual(
    truth.map(({ open, high, low, close, volume }) => [open, high, low, close, volume]),
  );
});

it.each([1_500, -6_000])("F68: a bar ends by the exchange's clock where the local one is %s ms off", async (skewMs) => {
  const bars: Bar[] = [];
  const stage = new Stage({ tradesPerSecond: 2, setup: (expert) => expert.onBar("1m", (bar) => void bars.push(bar)) });
  stage.process.scheduler.skewMs = skewMs;
  await stage.trading();
  await stage.pass(5 * 60_000);

  const opens = bars.map(({ openTime }) => openTime);
  expect(opens.length).toBeGreaterThanOrEqual(4);
  expect(opens).toEqual(opens.map((_, index) => (opens[0] ?? 0) + index * 60_000));
});

it("F69: an entry whose price is out of proportion to the market does not leave", async () => {
  const stage = await Stage.open();
  const price = stage.venue.lastPrice(stage.symbol);
  const from = stage.now;
  const answers = await stage.act((expert) => [
    expert.buy({ quantity: 0.01, price: 0 }),
    expert.buy({ quantity: 0.01, price: -price }),
    expert.buy({ quantity: 0.01, price: price * 1e12 }),
    expert.buy({ quantity: 0.01, price: price * 0.5 }),
    expert.buy({ quantity: 0.01, price: NaN }),
  ]);
  await stage.pass(2_000);

  expect(answers.map(({ accepted }) => accepted)).toEqual([false, false, false, false, false]);
  expect(stage.requests("/order", { method: "POST", since: from })).toEqual([]);
});

it("F70: an order whose answer has a status nobody has heard of is asked about until it is known, and not sent again", async () => {
  const stage = await Stage.open();
  const body = JSON.stringify({ orderId: 1, symbol: stage.symbol, status: "QUANTUM", clientOrderId: "x" });
  const from = stage.now;
  stage.plan.add({ on: "stream", verb: "gap", match: { contains: "TRADE_UPDATE" }, times: 10 });
  stage.plan.add({ on: "request", verb: "reply", status: 200, body, executed: true, match: { method: "POST", path: "/fapi/v1/order" } });
  await buy(stage, 0.02);
  await stage.until(() => stage.seen === 0.02, 60_000, "the fill is known");

  expect(stage.held).toBe(0.02);
  expect(stage.requests("/fapi/v1/order", { method: "POST", since: from })).toHaveLength(1);
  expect(stage.process.isOver).toBe(false);
});

it("F71: a burst of trades that an expert is too slow for waits in few events, and what becomes of its orders is known all the same", async () => {
  let isBusy = false;
  let ticks = 0;
  const stage: Stage = new Stage({
    tradesPerSecond: 40,
    setup: (expert) => {
      expert.onTick(async () => {
        ticks += 1;
        if (!isBusy || ticks % 50 !== 0) return;
        await new Promise<void>((resolve) => void stage.process.scheduler.after(200, resolve));
      });
      expert.onBook(() => {});
    },
  });
  await stage.trading();
  isBusy = true;
  await buy(stage, 0.02);
  await stage.until(() => stage.seen === 0.02, 5_000, "the fill is seen in the burst");
  await stage.pass(60_000);
  isBusy = false;
  await stage.pass(5_000);

  expect(ticks).toBeGreaterThan(1_500);
  expect(stage.status.positions[0]?.markPrice).toBe(stage.venue.lastPrice(stage.symbol));
  expect(stage.process.isOver).toBe(false);
});

it.each(["halted", "cancelOnly"] as const)(
  "F72: while a symbol is %s nothing is entered, exits are refused by the exchange only, and trading goes on when it does",
  async (status) => {
    const stage = await Stage.open({ risk: { stopLossPct: 2 } });
    await stage.enter(0.02);
    await stage.until(() => stage.stops.length === 1, 5_000, "the stop works");
    stage.venue.operator.setStatus(stage.symbol, status);
    await stage.pass(1_000);
    // Nobody has said so yet: the exchange refuses, and the run asks why.
    await buy(stage, 0.01);
    await stage.pass(2_000);
    expect(stage.hasSaid(/does not trade/)).toBe(true);
    const from = stage.now;
    expect(await buy(stage, 0.02)).toMatchObject({ accepted: false });
    await stage.until(() => stage.status.connection.isStale, 320_000, "the status is asked for");
    expect(await buy(stage, 0.02)).toMatchObject({ accepted: false });
    await stage.pass(120_000);
    expect(stage.requests("/order", { method: "POST", since: from })).toEqual([]);
    expect(stage.stops).toHaveLength(1);

    stage.venue.operator.setStatus(stage.symbol, "trading");
    await stage.trading(400_000);
    expect(await buy(stage)).toMatchObject({ accepted: true });
    await stage.until(() => stage.held === 0.03, 10_000, "the entry fills");
  },
);

async function withBooks(): Promise<{ readonly stage: Stage; readonly books: OrderBook[] }> {
  const books: OrderBook[] = [];
  const setup = (expert: Expert): void => expert.onBook((book) => void books.push(book));
  const stage = await Stage.open({ tradesPerSecond: 3, setup });
  await stage.until(() => books.length > 3, 20_000, "books are shown");
  return { stage, books };
}

function buy(stage: Stage, quantity = 0.01): Promise<OrderOutcome> {
  return stage.act((expert) => expert.buy({ quantity }));
}
