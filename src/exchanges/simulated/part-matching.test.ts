import { describe, expect, it } from "vitest";
import type { PerpetualInstrument } from "../../domain/instrument.ts";
import type { OrderRequest } from "../../domain/order.ts";
import { InstrumentMath } from "../../engine/portfolio/instrument-math.ts";
import { PositionBook } from "../../engine/portfolio/position-book.ts";
import { PartMatching, type Execution, type FillPart } from "./part-matching.ts";
import type { WorkingOrder } from "./working-order.ts";

const instrument: PerpetualInstrument = {
  kind: "perpetual",
  contractType: "linear",
  symbol: "BTCUSDT",
  exchange: "binance",
  baseAsset: "BTC",
  quoteAsset: "USDT",
  settleAsset: "USDT",
  priceStep: "1",
  quantityStep: "1",
  contractSize: "1",
  maintenanceMarginRate: 0.1,
};

/** A venue whose book gives what it is told to give, and which books positions without money. */
class Desk {
  readonly seen: string[] = [];
  readonly math = new InstrumentMath(instrument);
  readonly position = new PositionBook(this.math, "net");
  readonly maths = [this.math];
  readonly books = [this.position];
  readonly matching = new PartMatching({ account: this, venue: this });
  wallet = 10_000;
  parts: readonly FillPart[] | undefined;

  get openCount(): number {
    return this.position.quantitySteps === 0 ? 0 : 1;
  }

  booksOf(): readonly PositionBook[] {
    return this.books;
  }

  book(): PositionBook {
    return this.position;
  }

  leverageOf(): number {
    return 10;
  }

  isIsolated(): boolean {
    return false;
  }

  partsOf(order: WorkingOrder, { price, liquidity }: { price: number; liquidity: "maker" | "taker" }): readonly FillPart[] {
    return this.parts ?? [{ price: liquidity === "maker" ? order.limitPrice : price, steps: order.remainingSteps }];
  }

  onTriggered = ({ clientOrderId }: WorkingOrder): void => this.#note("triggered", clientOrderId);
  onRested = ({ clientOrderId, remainingSteps }: WorkingOrder): void => this.#note("rests", clientOrderId, remainingSteps);
  onEnded = ({ clientOrderId, remainingSteps }: WorkingOrder, how: string, reason: string): void =>
    this.#note(how, clientOrderId, `${remainingSteps}:`, reason);

  onExecution({ order, side, steps, price, liquidity, cause }: Execution): void {
    this.#note(order === undefined ? cause : order.clientOrderId, side, steps, "@", price, liquidity);
    this.position.quantitySteps += side === "buy" ? steps : -steps;
    this.position.cost += this.math.value(price, side === "buy" ? steps : -steps);
    this.position.price = price;
    this.position.refresh();
  }

  send(change: Partial<OrderRequest>): void {
    const order = this.matching.add({ ...base, ...change }, 1);
    this.matching.meet(order.clientOrderId, 100, 1);
  }

  trade(price: number): void {
    this.matching.trade("BTCUSDT", price, 2);
  }

  #note(...words: readonly (string | number)[]): void {
    this.seen.push(words.join(" "));
  }
}

const base: OrderRequest = {
  clientOrderId: "a",
  symbol: "BTCUSDT",
  side: "buy",
  type: "market",
  quantity: 10,
  timeInForce: "GTC",
  reduceOnly: false,
  postOnly: false,
  positionSide: "net",
  purpose: "entry",
  shrinkToFit: false,
};

describe("an order that meets the market", () => {
  it("fills in the parts that the book gives, and a market order ends with the rest", () => {
    const desk = new Desk();
    desk.parts = [
      { price: 100, steps: 4 },
      { price: 101, steps: 3 },
    ];
    desk.send({});
    expect(desk.seen).toEqual(["a buy 4 @ 100 taker", "a buy 3 @ 101 taker", "expired a 3: the order book holds no more"]);
    expect(desk.matching.find("a")).toBeUndefined();
  });

  it("rests with what is left of a limit order, and waits for trades at its price", () => {
    const desk = new Desk();
    desk.parts = [{ price: 100, steps: 4 }];
    desk.send({ type: "limit", price: 100 });
    desk.parts = [{ price: 100, steps: 1 }];
    for (const price of [101, 100, 99]) desk.trade(price);
    desk.parts = undefined;
    desk.trade(98);
    expect(desk.seen).toEqual([
      "a buy 4 @ 100 taker",
      "rests a 6",
      "a buy 1 @ 100 maker",
      "rests a 5",
      "a buy 1 @ 100 maker",
      "rests a 4",
      "a buy 4 @ 100 maker",
    ]);
  });

  it.each(["IOC", "FOK"] as const)("ends when it may not wait (%s)", (timeInForce) => {
    const desk = new Desk();
    desk.parts = [{ price: 100, steps: 4 }];
    desk.send({ type: "limit", price: 100, timeInForce });
    const ended = `nothing to fill it at once (${timeInForce})`;
    expect(desk.seen).toEqual(timeInForce === "IOC" ? ["a buy 4 @ 100 taker", `expired a 6: ${ended}`] : [`expired a 10: ${ended}`]);
  });

  it("is never met when it waits for a trigger, and takes once it is triggered", () => {
    const desk = new Desk();
    desk.send({ type: "stop", triggerPrice: 105 });
    for (const price of [104, 106]) desk.trade(price);
    expect(desk.seen).toEqual(["triggered a", "a buy 10 @ 106 taker"]);
  });
});

describe("a reduce-only order", () => {
  it("fills no more than the position, and ends with it", () => {
    const desk = new Desk();
    desk.send({ quantity: 6 });
    desk.send({ clientOrderId: "b", side: "sell", type: "limit", price: 110, reduceOnly: true });
    desk.trade(111);
    expect(desk.seen.slice(1)).toEqual(["rests b 10", "b sell 6 @ 110 maker", "expired b 4: nothing is left to reduce"]);
    expect(desk.position.quantitySteps).toBe(0);
  });
});

describe("the venue's own acts", () => {
  it("fill a part of an order, triggering it first where it waits", () => {
    const desk = new Desk();
    desk.send({ type: "stopLimit", triggerPrice: 105, price: 106 });
    desk.matching.fillPart("a", { price: 106, steps: 4 }, 2);
    desk.matching.fillPart("a", { price: 106, steps: 40 }, 2);
    expect(desk.seen).toEqual(["triggered a", "a buy 4 @ 106 maker", "rests a 6", "a buy 6 @ 106 maker"]);
  });

  it("end an order once, whatever happens to it otherwise", () => {
    const desk = new Desk();
    desk.send({ type: "limit", price: 90 });
    desk.matching.end("a", "cancelled", "maintenance", 2);
    desk.matching.end("a", "cancelled", "again", 2);
    desk.trade(80);
    expect(desk.seen).toEqual(["rests a 10", "cancelled a 10: maintenance"]);
  });

  it("take a part of a position away, or all of it with its orders", () => {
    const desk = new Desk();
    desk.send({});
    desk.send({ clientOrderId: "b", type: "limit", price: 90 });
    desk.matching.deleverage(desk.position, { price: 103, steps: 3 }, 2);
    desk.matching.liquidate(desk.position, 102, 2);
    expect(desk.seen.slice(2)).toEqual([
      "adl sell 3 @ 103 taker",
      "cancelled b 10: cancelled by liquidation",
      "liquidation sell 7 @ 102 taker",
    ]);
  });

  it("close what the margin no longer carries", () => {
    const desk = new Desk();
    desk.wallet = 300;
    desk.send({});
    // 300 - 10 × (100 - price) falls below a tenth of 10 × price at 77.8.
    desk.trade(78);
    expect(desk.position.quantitySteps).toBe(10);
    desk.trade(77);
    expect(desk.seen.at(-1)).toBe("liquidation sell 10 @ 77 taker");
  });

  it("change an order in place", () => {
    const desk = new Desk();
    desk.send({ type: "limit", price: 90 });
    desk.matching.amend("a", { price: 95, quantity: 4 });
    desk.trade(94);
    expect(desk.seen).toEqual(["rests a 10", "a buy 4 @ 95 maker"]);
  });
});
