import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NetworkError } from "../../base/errors.ts";
import { silentLogger } from "../../base/logger.ts";
import { turn, VirtualScheduler } from "../../base/scheduler.ts";
import type { OrderStatus } from "../../domain/order.ts";
import { BINANCE_LINEAR } from "../../exchanges/binance/trading/capabilities.ts";
import { defaultInstruments } from "../../sandbox/default-instruments.ts";
import { TextJournal } from "../../../test/engine/text-journal.ts";
import { deliver, type ExchangeReport } from "../exchange.ts";
import type { Gateway, GatewayListener, Lookup, Outcome } from "../gateway.ts";
import { LiveOrder } from "../orders/live-order.ts";
import { OrderManager } from "../orders/order-manager.ts";
import type { OrderObserver } from "../orders/order-observer.ts";
import { Portfolio } from "../portfolio/portfolio.ts";
import type { VenueFill, VenueOrder } from "../venue-facts.ts";
import { VenueExchange } from "./venue-exchange.ts";

/**
 * Whatever is told of an order, lost, doubled, late and in whichever order, and whatever the answers to its requests are:
 * 1. what is reported is a legal life: the engine's state machine takes every step (it stops the process otherwise);
 * 2. each trade is booked once;
 * 3. once the exchange answers, the engine's order ends as the exchange's did, and holds what it has filled;
 * 4. telling everything once more changes nothing;
 * 5. the order is submitted once.
 */

const START = Date.UTC(2026, 0, 5);
const STEP = 0.001;

/** What truly became of the order: it arrived or not, filled in parts, and ended or not. */
interface Story {
  readonly arrives: boolean;
  /** In steps of the quantity grid. */
  readonly parts: readonly number[];
  readonly ending: "filled" | "cancelled" | "expired" | "rejected" | "open";
}

type Fact =
  | { readonly kind: "order"; readonly at: number }
  | { readonly kind: "fill"; readonly at: number; readonly isNamed: boolean }
  | { readonly kind: "both"; readonly at: number }
  | { readonly kind: "cancel" | "reconnect" }
  | { readonly kind: "wait"; readonly ms: number };

/** What questions and cancels are answered before the exchange is calm. */
type Answer = "truth" | "stale" | "absent" | "failed";

const story: fc.Arbitrary<Story> = fc.record({
  arrives: fc.constant(true),
  parts: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 4 }),
  ending: fc.constantFrom("filled", "cancelled", "expired", "rejected", "open"),
});
const at = fc.nat({ max: 6 });
const fact: fc.Arbitrary<Fact> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("order" as const), at }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("fill" as const), at, isNamed: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("both" as const), at }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("cancel" as const, "reconnect" as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("wait" as const), ms: fc.constantFrom(10, 400, 2_500, 20_000) }) },
);
const scenario = fc.record({
  story,
  facts: fc.array(fact, { maxLength: 14 }),
  answersAfter: fc.nat({ max: 14 }),
  outcome: fc.constantFrom("state", "id", "nothing", "duplicate", "unknown", "lost"),
  answers: fc.array(fc.constantFrom<Answer>("truth", "stale", "absent", "failed"), { maxLength: 12 }),
});

type Scenario = typeof scenario extends fc.Arbitrary<infer Value> ? Value : never;

/** The exchange as the story tells it: the order has its whole life behind it before anything is told. */
class Storyteller implements Gateway {
  readonly name = "story";
  readonly capabilities = BINANCE_LINEAR;
  readonly arrival = { boundMs: 10_000, memoryMs: 3 * 86_400_000 };
  readonly states: VenueOrder[] = [];
  readonly fills: VenueFill[] = [];
  readonly #answers: Answer[];
  submissions = 0;
  listener: GatewayListener | undefined;
  answer: (outcome: Outcome) => void = () => {};

  constructor(order: LiveOrder, { arrives, parts, ending }: Story, answers: readonly Answer[]) {
    this.#answers = [...answers];
    if (!arrives) return;
    const { clientOrderId, symbol, side, quantity } = order;
    const orderId = "8389765489680951453";
    const base = { clientOrderId, orderId, symbol, side, positionSide: "net" as const, type: "limit" as const, quantity, price: 100 };
    const rest = { timeInForce: "GTC" as const, reduceOnly: false, averagePrice: NaN };
    let filled = 0;
    const note = (status: OrderStatus): void => {
      const filledQuantity = Math.round(filled) / 1_000;
      this.states.push({ ...base, ...rest, status, filledQuantity, updatedAt: START + this.states.length });
    };
    if (ending !== "rejected") note("open");
    for (const part of parts) {
      filled += part;
      const where = { orderId, clientOrderId, symbol, side, positionSide: "net" as const };
      const what = {
        price: 100,
        quantity: part / 1_000,
        fee: 0.01,
        feeAsset: "USDT",
        liquidity: "maker" as const,
        cause: "order" as const,
      };
      this.fills.push({ tradeId: `t${this.fills.length}`, ...where, ...what, time: START + this.states.length });
      note(filled >= Math.round(quantity * 1_000) ? "filled" : "partiallyFilled");
    }
    if (ending !== "open" && ending !== "filled") note(ending);
  }

  get last(): VenueOrder | undefined {
    return this.states.at(-1);
  }

  now(): number {
    return START;
  }

  connect(listener: GatewayListener): void {
    this.listener = listener;
    listener.onStream(true, "");
  }

  async submit(): Promise<Outcome> {
    this.submissions += 1;
    return new Promise((resolve) => {
      this.answer = resolve;
    });
  }

  async findOrder(): Promise<Lookup> {
    const answer = this.#answers.shift() ?? "truth";
    const state = answer === "stale" ? this.states[0] : this.last;
    if (answer === "failed") throw new NetworkError("no answer");
    if (answer === "absent" || state === undefined) return { kind: "absent", reason: "-2013" };
    return { kind: "found", order: state };
  }

  async cancel(): Promise<Outcome> {
    const { last } = this;
    const answer = this.#answers.shift() ?? "truth";
    if (answer === "failed" || last === undefined) return { kind: "unknown", reason: "no answer" };
    if (answer !== "truth" || (last.status !== "open" && last.status !== "partiallyFilled"))
      return { kind: "rejected", rejectClass: "gone", code: "-2011", reason: "unknown order" };
    this.states.push({ ...last, status: "cancelled", updatedAt: last.updatedAt + 1 });
    return { kind: "acknowledged", orderId: last.orderId };
  }

  async openOrders(): Promise<readonly VenueOrder[]> {
    if (this.#answers.shift() === "failed") throw new NetworkError("no answer");
    return this.last?.status === "open" || this.last?.status === "partiallyFilled" ? [this.last] : [];
  }

  async fillsSince(): Promise<readonly VenueFill[]> {
    if (this.#answers.shift() === "failed") throw new NetworkError("no answer");
    return this.fills.map((fill) => ({ ...fill, clientOrderId: "" }));
  }

  async positions() {
    const quantity = this.fills.reduce((sum, fill) => sum + Math.round(fill.quantity * 1_000), 0) / 1_000;
    return [{ symbol: "BTCUSDT", side: "net" as const, quantity, entryPrice: 100 }];
  }

  async submitGroup(): Promise<readonly Outcome[]> {
    return [];
  }

  async amend(): Promise<Outcome> {
    return { kind: "unknown", reason: "not part of this story" };
  }

  async accountRules() {
    return { label: "story", canTrade: true, canWithdraw: false };
  }

  async symbolRules() {
    return undefined;
  }

  async setLeverage(): Promise<void> {}

  async setMarginMode(): Promise<void> {}

  async setPositionMode(): Promise<void> {}

  async balances() {
    return [];
  }

  async transfersSince() {
    return [];
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

/** The engine's side of the story. */
class Listener implements OrderObserver {
  readonly scheduler: VirtualScheduler;
  lateFills = 0;

  constructor(scheduler: VirtualScheduler) {
    this.scheduler = scheduler;
  }

  get now(): number {
    return this.scheduler.now();
  }

  beforeRequest(): void {}
  onSent(): void {}
  onOrderChanged(): void {}
  onOrderFilled(): void {}
  onLiquidated(): void {}
  onFundingPaid(): void {}
  onTransfer(): void {}
  onDrift(): void {}
  onRestricted(): void {}
  onLateFill(): void {
    this.lateFills += 1;
  }
}

function toldAs({ outcome, teller }: { readonly outcome: string; readonly teller: Storyteller }): Outcome {
  const { last } = teller;
  const unknown: Outcome = { kind: "unknown", reason: "no answer" };
  if (last === undefined) return unknown;
  if (last.status === "rejected" && outcome !== "unknown" && outcome !== "lost")
    return { kind: "rejected", rejectClass: "funds", code: "-2019", reason: "margin is insufficient" };
  switch (outcome) {
    case "state":
      return { kind: "acknowledged", orderId: last.orderId, order: teller.states[0] ?? last };
    case "id":
      return { kind: "acknowledged", orderId: last.orderId };
    case "nothing":
      return { kind: "acknowledged", orderId: "" };
    case "duplicate":
      return { kind: "rejected", rejectClass: "duplicate", code: "-4116", reason: "duplicate name" };
    default:
      return unknown;
  }
}

async function live({ story: told, facts, answersAfter, outcome, answers }: Scenario): Promise<void> {
  const scheduler = new VirtualScheduler(START);
  const instruments = defaultInstruments("linear").slice(0, 1);
  const sum = told.parts.reduce((total, part) => total + part, 0);
  // A story that ends filled has filled all of it; any other leaves something, and one that was refused has filled nothing.
  const parts = told.ending === "rejected" ? [] : told.ending === "filled" && sum === 0 ? [3] : told.parts;
  const total = parts.reduce((all, part) => all + part, 0) + (told.ending === "filled" ? 0 : 2);
  const order = new LiveOrder("me-1", "BTCUSDT", "buy", "limit", total / 1_000, START);
  order.price = 100;
  const teller = new Storyteller(order, { ...told, parts }, answers);
  const portfolio = new Portfolio({ instruments, initialCapital: 10_000, hedge: false, leverage: 1 });
  const reports: ExchangeReport[] = [];
  const waiting: ExchangeReport[] = [];
  const report = (one: ExchangeReport): void => void waiting.push(one);
  const exchange = new VenueExchange({
    gateway: teller,
    instruments,
    scheduler,
    log: silentLogger,
    report,
    onVisibility: () => {},
    bookedBalance: () => undefined,
  });
  const observer = new Listener(scheduler);
  const orders = new OrderManager({ exchange, portfolio, journal: new TextJournal(), observer, nextId: () => "me-2" });
  const drain = (): void => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      reports.push(one);
      deliver(one, orders);
    }
  };
  const pass = async (ms: number): Promise<void> => {
    const end = scheduler.now() + ms;
    while (scheduler.nextDue <= end) {
      scheduler.step();
      await turn();
      drain();
    }
    scheduler.advanceTo(end);
    await turn();
    drain();
  };
  const tell = async (one: Fact): Promise<void> => {
    if (one.kind === "wait") return pass(one.ms);
    if (one.kind === "cancel") orders.cancel(order);
    if (one.kind === "reconnect") teller.listener?.onStream(true, "");
    if (one.kind === "order" && teller.states.length > 0)
      teller.listener?.onOrder(teller.states[one.at % teller.states.length] as VenueOrder);
    const fill = "at" in one && teller.fills.length > 0 ? (teller.fills[one.at % teller.fills.length] as VenueFill) : undefined;
    if (one.kind === "fill" && fill !== undefined) teller.listener?.onFill(one.isNamed ? fill : { ...fill, clientOrderId: "" });
    if (one.kind === "both" && fill !== undefined) teller.listener?.onFill(fill, teller.states[teller.fills.indexOf(fill) + 1]);
    drain();
  };

  const started = exchange.start({
    orders: [],
    fillIds: [],
    positions: [],
    seenUntil: { fills: {}, transfers: START - 1 },
    beganAt: START - 1,
  });
  await pass(10_000);
  orders.send(order);
  for (const [index, one] of facts.entries()) {
    if (index === answersAfter && outcome !== "lost") teller.answer(toldAs({ outcome, teller }));
    await tell(one);
  }
  // The client gives up waiting at last, and the exchange is calm.
  teller.answer(toldAs({ outcome, teller }));
  await pass(200_000);
  await started;

  const { last } = teller;
  const truth = last === undefined ? "expired" : last.status;
  const filled = parts.reduce((all, part) => all + part, 0) * (told.arrives ? 1 : 0);
  // A refusal that nobody heard is one of an order that worked, as far as the engine had been told, or that the exchange says it never knew.
  const expected: readonly OrderStatus[] = truth === "rejected" ? ["rejected", "cancelled", "expired"] : [truth];
  expect(expected).toContain(order.status);
  expect(Math.round(order.filledQuantity / STEP)).toBe(filled);
  expect(portfolio.book("BTCUSDT").quantitySteps).toBe(filled);
  expect(reports.filter(({ kind }) => kind === "fill")).toHaveLength(told.arrives ? teller.fills.length : 0);
  expect(portfolio.ledger.assets.map((ledger) => ledger.total)).toEqual(portfolio.ledger.assets.map(() => 0n));
  expect(teller.submissions).toBe(1);

  const before = reports.length;
  for (const state of teller.states) teller.listener?.onOrder(state);
  for (const fill of teller.fills) teller.listener?.onFill(fill, last);
  teller.listener?.onStream(true, "");
  await pass(40_000);
  expect(reports.slice(before)).toEqual([]);
  await exchange[Symbol.asyncDispose]();
}

describe("the story of an order", () => {
  it("comes out true and legal however its facts arrive", async () => {
    await fc.assert(fc.asyncProperty(scenario, live), { numRuns: 400 });
  });

  it("ends as expired when it never reached the exchange, however often the exchange is asked", async () => {
    const lost = fc.record({
      facts: fc.array(fact, { maxLength: 6 }),
      answers: fc.array(fc.constantFrom<Answer>("absent", "failed"), { maxLength: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(lost, ({ facts, answers }) =>
        live({
          story: { arrives: false, parts: [], ending: "open" },
          facts,
          answersAfter: 2,
          outcome: "unknown",
          answers,
        }),
      ),
      { numRuns: 100 },
    );
  });
});
