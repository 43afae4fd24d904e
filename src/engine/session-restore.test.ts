import { describe, expect, it } from "vitest";
import { bar, live, seconds, stop, trade, type LiveRigOptions } from "../../test/engine/live-rig.ts";
import { TextJournal } from "../../test/engine/text-journal.ts";
import type { Expert } from "../expert/expert.ts";
import { restoredFrom } from "../run/state.ts";
import type { SessionEvent } from "./feed.ts";

const buys = (expert: Expert): void => {
  expert.onBar("1m", () => void expert.buy());
};

/** Two lives over events that follow each other; the second begins with what the first has left. */
async function twoLives(
  first: readonly SessionEvent[],
  second: readonly SessionEvent[],
  setup: (expert: Expert) => void,
  options: LiveRigOptions = {},
) {
  const one = await live(first, setup, options);
  const two = await live(second, setup, { ...options, restored: one.restored, idPrefix: "me2-" });
  return { one, two };
}

describe("what a run keeps for the next", () => {
  it("is the expert's memory, value by value, with new ones of a new version at their beginning", async () => {
    const seen: unknown[] = [];
    const { restored } = await live([bar(0, 100), bar(1, 101)], (expert) => {
      const memory = expert.memory({ bars: 0, nested: { last: 0 } });
      expert.onBar("1m", ({ close }) => {
        memory.bars += 1;
        memory.nested.last = close;
      });
    });
    await live(
      [bar(2, 102)],
      (expert) => {
        const memory = expert.memory({ bars: 0, nested: { last: 0 }, added: "new" });
        seen.push(structuredClone(memory));
        expert.onBar("1m", () => void (memory.bars += 1));
      },
      { restored },
    );
    expect(seen).toEqual([{ bars: 2, nested: { last: 101 }, added: "new" }]);
  });

  it("is the position with its stop and its target, which fire in the next life", async () => {
    const { two } = await twoLives(
      [trade(0.1, 100), bar(0, 100), trade(1.1, 100)],
      [trade(2.1, 100), trade(2.2, 89), ...seconds(2.2, 2.4)],
      (expert) => {
        const memory = expert.memory({ isDone: false });
        expert.onBar("1m", () => {
          if (!memory.isDone) expert.buy({ stopLoss: 90, takeProfit: 120 });
          memory.isDone = true;
        });
      },
    );
    const { orders, portfolio } = two.session.core;
    expect([portfolio.openCount, orders.openCount, portfolio.wallet]).toEqual([0, 0, 9_989]);
  });

  it("is a fill whose records were cut short, for the start after the next as well", async () => {
    const one = await live([trade(0.1, 100), bar(0, 100), trade(1.1, 100)], buys);
    const { lines } = one.journal;
    const cut = new TextJournal();
    const fill = lines.findIndex((line) => line.startsWith('{"k":"fill"'));
    for (const json of lines.slice(0, fill + 1)) cut.latest.take({ json, number: 0, isRepeat: false });
    const restored = restoredFrom(cut.latest.kept());
    const two = await live([trade(2.1, 100), bar(2, 100), trade(3.1, 100)], buys, { restored, journal: cut, idPrefix: "me2-" });
    const counted = two.restored.orders.map(({ status, filledQuantity }) => `${status} ${filledQuantity}`);
    expect(counted).toEqual(["filled 1", "filled 1"]);
    expect(two.restored.positions).toEqual([{ symbol: "BTCUSDT", side: "net", quantity: 2 }]);
  });

  it("F61: is a day's loss that was reached: no entries after a restart either", async () => {
    const refused: string[] = [];
    const { one, two } = await twoLives(
      [trade(0.1, 100), bar(0, 100), trade(1.1, 100), trade(1.2, 40), ...seconds(1.2, 1.3)],
      [trade(1.4, 40), bar(1, 40), trade(2.1, 40)],
      (expert) => {
        expert.onBar("1m", () => {
          const outcome = expert.buy({ quantity: 10 });
          if (!outcome.accepted) refused.push(outcome.reason);
        });
      },
      { run: { risk: { dailyLossLimit: 5 } } },
    );
    expect(one.session.core.limits.state().isDayBlocked).toBe(true);
    expect(two.session.core.limits.state().isDayBlocked).toBe(true);
    expect(refused).toEqual(["the day's loss has reached dailyLossLimit 5 %"]);
  });

  it("F61: rearm switches a tripped limit on again, and measures from the equity that is left", async () => {
    const events = [
      trade(0.1, 100),
      bar(0, 100),
      trade(1.1, 100),
      trade(1.2, 80),
      ...seconds(1.2, 1.3),
      trade(1.31, 80),
      ...seconds(1.31, 1.4),
    ];
    const run = { risk: { maxDrawdownPct: 10, sizing: { type: "fixedBase", quantity: 100 } } } as const;
    const { one, two } = await twoLives(events, [trade(2.1, 80), bar(2, 80), trade(3.1, 80)], buys, { run });
    expect([one.reason, two.journal.fills.length]).toEqual(["drawdownLimit", 0]);
    const three = await live([trade(4.1, 80), bar(4, 80), trade(5.1, 80)], buys, {
      restored: one.restored,
      idPrefix: "me3-",
      run: { ...run, rearm: true },
    });
    expect(three.journal.fills).toHaveLength(1);
    expect(three.session.core.limits.state().peak).toBeLessThan(9_000);
  });

  it("F13: is a throttle that has tripped, until rearm", async () => {
    const loop = (expert: Expert): void => expert.onTick(() => void expert.buy({ price: 60 }));
    const ticks = Array.from({ length: 12 }, (_, index) => trade(0.1 + index / 100, 100));
    const run = { risk: { maxRepeatedOrders: 5, maxOpenOrders: 100 } } as const;
    const { one, two } = await twoLives(ticks, [trade(10, 100)], loop, { run });
    expect([one.session.core.orders.counts().submitted, two.session.core.orders.counts().submitted]).toEqual([5, 0]);
    const three = await live([trade(10, 100)], loop, { restored: one.restored, idPrefix: "me3-", run: { ...run, rearm: true } });
    expect(three.session.core.orders.counts().submitted).toBe(1);
  });

  it("F23: is no id: those of two starts never meet", async () => {
    const ids = new Set<string>();
    let count = 0;
    const setup = (expert: Expert): void =>
      expert.onBar("1m", () => {
        const outcome = expert.buy({ price: 50 });
        if (!outcome.accepted) return;
        ids.add(outcome.order.clientOrderId);
        count += 1;
      });
    await twoLives([trade(0.1, 100), bar(0, 100), bar(1, 100)], [trade(2.1, 100), bar(2, 100), bar(3, 100)], setup);
    expect([ids.size, count]).toEqual([4, 4]);
  });
});

describe("the same events", () => {
  const events = [
    trade(0.1, 100),
    bar(0, 100),
    trade(1.1, 101),
    trade(1.4, 99),
    bar(1, 99),
    trade(2.2, 97),
    bar(2, 97),
    trade(3.1, 96),
    stop(3.5),
  ];
  const setup = (expert: Expert): void => {
    const memory = expert.memory({ bars: 0 });
    expert.onBar("1m", () => {
      memory.bars += 1;
      if (expert.random.next() < 0.7) expert.buy({ stopLossPct: 2 });
      else expert.closePosition();
    });
  };
  const run = { onExit: "close", risk: { maxDrawdownPct: 50 } } as const;

  it("give the same journal, word for word", async () => {
    const one = await live(events, setup, { run });
    const two = await live(events, setup, { run });
    expect(two.journal.lines).toEqual(one.journal.lines);
    expect(one.journal.lines.length).toBeGreaterThan(30);
  });

  it("give the same journal after a restart from the same state", async () => {
    const { restored } = await live(events.slice(0, 5), setup, { run });
    const one = await live(events.slice(5), setup, { run, restored, idPrefix: "me2-" });
    const two = await live(events.slice(5), setup, { run, restored, idPrefix: "me2-" });
    expect(two.journal.lines).toEqual(one.journal.lines);
  });

  it("give another journal when one trade differs", async () => {
    const one = await live(events, setup, { run });
    const other = events.map((event, index) => (index === 2 ? trade(1.1, 101.5) : event));
    expect((await live(other, setup, { run })).journal.lines).not.toEqual(one.journal.lines);
  });
});
