import { defineExpert } from "../../src/expert/define.ts";
import type { Expert } from "../../src/expert/expert.ts";

/** What a random trader did, for whoever checks it. */
export interface TraderNotes {
  /** Sees the expert at every bar. */
  readonly onBar?: (expert: Expert) => void;
}

/** An expert that does everything an expert can do, drawn from the run's own chance. */
export function randomTrader(symbol: string, notes: TraderNotes = {}) {
  return defineExpert(
    {
      name: "Random trader",
      symbol,
      timeframe: "1m",
      risk: { sizing: { type: "percentEquity", percent: 20 }, stopLossPct: 1.5, takeProfitPct: 2 },
    },
    (expert) => {
      const memory = expert.memory({ bars: 0, fills: 0 });
      expert.onOrder((order) => {
        if (order.status === "filled") memory.fills += 1;
      });
      expert.onBar("1m", () => {
        memory.bars += 1;
        notes.onBar?.(expert);
        act(expert);
      });
    },
  );
}

function act(expert: Expert): void {
  const { random, position } = expert;
  const price = expert.price();
  const draw = random.next();
  const near = (): number => price * (1 + (random.next() - 0.5) * 0.002);
  const canSell = expert.instrument().kind !== "spot" || position.isLong;
  if (draw < 0.18) expert.buy({ tag: "market" });
  else if (draw < 0.3 && canSell) expert.sell({ tag: "market" });
  else if (draw < 0.42) expert.buy({ price: near(), tag: "limit" });
  else if (draw < 0.5 && canSell) expert.sell({ price: near(), tag: "limit" });
  else if (draw < 0.55) expert.buy({ price: price * 0.999, postOnly: true });
  else if (draw < 0.6) expert.buy({ triggerPrice: price * 1.001 });
  else if (draw < 0.75) expert.closePosition();
  else if (draw < 0.82) expert.cancelAll();
  else if (draw < 0.9) for (const order of expert.orders) if (order.type === "limit") expert.amend(order.clientOrderId, { price: near() });
}
