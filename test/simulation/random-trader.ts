import type { OrderBook } from "../../src/domain/order-book.ts";
import { defineExpert } from "../../src/expert/define.ts";
import type { Expert } from "../../src/expert/expert.ts";
import type { RiskOptions } from "../../src/expert/options.ts";

/** How a random trader trades; one object may be changed while it does. */
export interface TraderHabits {
  /** From this moment on it trades no more; what is open stays. Milliseconds since the epoch. */
  calmFrom?: number;
  /** How seldom it acts when it could: 1 at every chance, 0.2 at every fifth. @default 1 */
  readonly eagerness?: number;
  readonly risk?: RiskOptions;
  /** Repeats one entry over and over, as a loop that has gone wrong does. */
  readonly isStubborn?: boolean;
  /** Sees every book; books are asked for only then. */
  readonly onBook?: (book: OrderBook) => void;
}

/** Seconds between two looks that no bar has asked for: what it does in the dark has to be stopped by somebody else. */
const TIMER_SECONDS = 25;

/** An expert that does everything an expert can do, drawn from the run's own chance. */
export function randomTrader(symbol: string, habits: TraderHabits = {}) {
  const risk: RiskOptions = { sizing: { type: "percentEquity", percent: 20 }, stopLossPct: 1.5, takeProfitPct: 2, ...habits.risk };
  return defineExpert({ name: "Random trader", symbol, timeframe: "1m", risk }, (expert) => {
    const memory = expert.memory({ bars: 0, fills: 0 });
    expert.onOrder((order) => {
      if (order.status === "filled") memory.fills += 1;
    });
    expert.onBar("1m", () => {
      memory.bars += 1;
      act(expert, habits);
    });
    expert.onTimer(TIMER_SECONDS, () => act(expert, habits));
    const { onBook } = habits;
    if (onBook !== undefined) expert.onBook((book) => onBook(book));
  });
}

function act(expert: Expert, { calmFrom = Infinity, eagerness = 1, isStubborn = false }: TraderHabits): void {
  const { random } = expert;
  // Chance is drawn in any case, so that a repetition of a journal draws the same.
  const isIdle = random.next() >= eagerness;
  const draw = random.next();
  const near = expert.price() * (1 + (random.next() - 0.5) * 0.002);
  if (expert.now >= calmFrom || isIdle || !(near > 0)) return;
  if (isStubborn && draw < 0.6) {
    expert.buy({ price: Math.round(expert.price() * 0.98), tag: "stubborn" });
    return;
  }
  trade(expert, draw, near);
}

function trade(expert: Expert, draw: number, near: number): void {
  const { position } = expert;
  const price = expert.price();
  const canSell = expert.instrument().kind !== "spot" || position.isLong;
  if (draw < 0.18) expert.buy({ tag: "market" });
  else if (draw < 0.3 && canSell) expert.sell({ tag: "market" });
  else if (draw < 0.42) expert.buy({ price: near, tag: "limit" });
  else if (draw < 0.5 && canSell) expert.sell({ price: near, tag: "limit" });
  else if (draw < 0.55) expert.buy({ price: price * 0.999, postOnly: true });
  else if (draw < 0.6) expert.buy({ triggerPrice: price * 1.001 });
  else if (draw < 0.75) expert.closePosition();
  else if (draw < 0.82) expert.cancelAll();
  else if (draw < 0.9) {
    for (const order of expert.orders) if (order.type === "limit") expert.amend(order.clientOrderId, { price: near });
  } else if (draw < 0.92) {
    for (const order of expert.orders)
      if (order.purpose === "stopLoss") expert.amend(order.clientOrderId, { triggerPrice: (order.triggerPrice ?? near) * 0.999 });
  }
}
