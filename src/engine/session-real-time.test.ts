import { describe, expect, it } from "vitest";
import { at, bar, connection, live, NOON, seconds, stop, time, trade } from "../../test/engine/live-rig.ts";
import type { SessionEvent } from "./feed.ts";

const minutes = (moment: number): number => Math.round(((moment - NOON) / 60_000) * 1_000) / 1_000;
const fillsOf = (journal: { readonly fills: readonly { side: string; quantity: number; price: number; time: number }[] }): string[] =>
  journal.fills.map((fill) => `${minutes(fill.time)} ${fill.side} ${fill.quantity} @ ${fill.price}`);

describe("time without a market", () => {
  it("fires timers at their moments, whatever the clock's ticks are", async () => {
    const fired: number[] = [];
    await live([trade(0.1, 100), time(1), time(1.9), trade(2.5, 100), time(3), time(3.6)], (expert) => {
      expert.onTimer(60, () => void fired.push(minutes(expert.now)));
    });
    expect(fired).toEqual([1, 2, 3]);
  });

  it("F74: makes up for the last call of a timer only when the machine has slept, not for all of them", async () => {
    const fired: number[] = [];
    await live([trade(0.1, 100), time(1), time(121.5), time(122)], (expert) => {
      expert.onTimer(60, () => void fired.push(minutes(expert.now)));
    });
    expect(fired).toEqual([1, 121, 122]);
  });

  it("does not close a coarser bar early: its last row may come within five seconds", async () => {
    const closed: string[] = [];
    const rows = [0, 1, 2, 3].map((minute) => bar(minute, 100 + minute));
    await live([...rows, time(5), time(5.05), bar(4, 104), time(5.2)], (expert) => {
      expert.onBar("5m", ({ close, volume }) => void closed.push(`${minutes(expert.now)}: ${close} of ${volume}`));
    });
    expect(closed).toEqual(["5.05: 104 of 5"]);
  });

  it("closes a coarser bar without its last row when that does not come, and not again when it does", async () => {
    const closed: string[] = [];
    const rows = [0, 1, 2, 3].map((minute) => bar(minute, 100 + minute));
    await live([...rows, time(5), time(5.2), bar(4, 999), bar(5, 105), ...[6, 7, 8, 9].map((minute) => bar(minute, 106))], (expert) => {
      expert.onBar("5m", ({ openTime, close, volume }) => void closed.push(`${minutes(openTime)}: ${close} of ${volume}`));
    });
    expect(closed).toEqual(["0: 103 of 4", "5: 106 of 5"]);
  });

  it("lets a bar's own handler run when the bar comes, late or not", async () => {
    const seen: number[] = [];
    await live([bar(0, 100), time(2), time(2.3), bar(1, 101)], (expert) => expert.onBar("1m", ({ close }) => void seen.push(close)));
    expect(seen).toEqual([100, 101]);
  });

  it("never runs backwards: what arrives late counts when it arrives", async () => {
    const moments: number[] = [];
    await live([time(1), trade(0.5, 100), bar(0, 100), time(2)], (expert) => {
      expert.onTick(() => void moments.push(minutes(expert.now)));
      expert.onBar("1m", () => void moments.push(minutes(expert.now)));
    });
    expect(moments).toEqual([1, 1]);
  });

  it("goes on guarding when the exchange's clock is an hour ahead", async () => {
    const { session, journal } = await live(
      [
        trade(0.1, 100),
        {
          kind: "report",
          report: { kind: "transfer", time: at(60), transfer: { kind: "transfer", id: "1", asset: "USDT", amount: 1, time: at(60) } },
        },
        trade(0.2, 100),
        trade(0.3, 60),
        ...seconds(0.3, 1),
      ],
      (expert) => expert.onTick(() => void (expert.position.isFlat && expert.price() === 100 && expert.buy({ quantity: 100 }))),
      { run: { risk: { maxDrawdownPct: 10 } } },
    );
    expect(journal.notes("limit")).toEqual(["maxDrawdownPct"]);
    expect(session.core.stopReason).toBe("drawdownLimit");
  });
});

describe("bars and trades together", () => {
  it("fill orders on trades and not again on the bar that tells of the same prices", async () => {
    const { journal } = await live([trade(0.1, 100), bar(0, 100), trade(1.2, 99), trade(1.3, 98), bar(1, 95)], (expert) => {
      expert.onBar("1m", () => void (expert.position.isFlat && expert.buy({ price: 98.5 })));
    });
    expect(fillsOf(journal)).toEqual(["1.3 buy 1 @ 98"]);
  });

  it("move the price with each trade, and tell of bars only what the bars say", async () => {
    const seen: string[] = [];
    await live([trade(0.1, 100), trade(0.2, 101), bar(0, 77)], (expert) => {
      expert.onTick(({ price }) => void seen.push(`tick ${price} ${expert.price()}`));
      expert.onBar("1m", ({ close }) => void seen.push(`bar ${close} ${expert.price()}`));
    });
    expect(seen).toEqual(["tick 100 100", "tick 101 101", "bar 77 101"]);
  });
});

describe("a market or an account that cannot be seen", () => {
  it("takes no entries and lets exits go, until it is seen again", async () => {
    const outcomes: string[] = [];
    const told: string[] = [];
    await live(
      [trade(0.1, 100), bar(0, 100), trade(1.1, 100), connection(1.5, true), bar(1, 100), bar(2, 100), connection(3.5, false), bar(3, 100)],
      (expert) => {
        let count = 0;
        expert.onConnection(({ status }) => void told.push(status));
        expert.onBar("1m", () => {
          count += 1;
          const outcome = count === 3 ? expert.closePosition() : expert.buy();
          outcomes.push(outcome.accepted ? "accepted" : outcome.reason);
        });
      },
    );
    expect(outcomes).toEqual(["accepted", expect.stringContaining("BTCUSDT: no data for 5 s"), "accepted", "accepted"]);
    expect(told).toEqual(["connected", "reconnecting", "connected"]);
  });
});

describe("the end of a run", () => {
  const open = [trade(0.1, 100), bar(0, 100), trade(1.1, 100), ...seconds(1.1, 1.3)];
  const setup = (expert: Parameters<Parameters<typeof live>[1]>[0]): void => {
    let count = 0;
    expert.onBar("1m", () => {
      count += 1;
      if (count > 1) return;
      expert.buy({ stopLoss: 90 });
      expert.buy({ price: 95 });
    });
  };
  const ended = (onExit: "leave" | "cancel" | "close", after: readonly SessionEvent[]) =>
    live([...open, stop(1.4), ...after], setup, { run: { onExit } });

  it("leaves everything where the policy says leave", async () => {
    const { session, reason } = await ended("leave", seconds(1.4, 1.6));
    expect([reason, session.core.portfolio.openCount, session.core.orders.openCount]).toEqual(["requested", 1, 2]);
  });

  it("waits for what fills at once, and for the protection that it brings along", async () => {
    const { session } = await live(
      [trade(0.1, 100), bar(0, 100), ...seconds(1, 1.1), stop(1.1), ...seconds(1.1, 1.2), trade(1.2, 100), ...seconds(1.2, 1.3)],
      (expert) => expert.onBar("1m", () => void expert.buy({ stopLoss: 90 })),
      { run: { onExit: "leave" } },
    );
    expect([session.core.portfolio.openCount, session.core.orders.open().map(({ purpose }) => purpose)]).toEqual([1, ["stopLoss"]]);
  });

  it("cancels entries that wait and keeps what protects where it says cancel", async () => {
    const { session, reason } = await ended("cancel", seconds(1.4, 1.6));
    expect([reason, session.core.portfolio.openCount]).toEqual(["requested", 1]);
    expect(session.core.orders.open().map(({ purpose }) => purpose)).toEqual(["stopLoss"]);
  });

  it("closes positions and waits for their fills where it says close", async () => {
    const { session, reason, journal } = await ended("close", [...seconds(1.4, 1.5), trade(1.5, 101), ...seconds(1.5, 1.6)]);
    expect([reason, session.core.portfolio.openCount, session.core.orders.openCount]).toEqual(["requested", 0, 0]);
    expect(fillsOf(journal).at(-1)).toBe("1.5 sell 1 @ 101");
  });

  it("ends after fifteen seconds when the exchange does not answer", async () => {
    const { reason, session } = await ended("close", seconds(1.4, 2));
    expect([reason, minutes(session.core.now)]).toEqual(["requested", 1.65]);
    expect(session.core.portfolio.openCount).toBe(1);
  });

  it("allows no entries from the moment it is asked for", async () => {
    const refused: string[] = [];
    await live(
      [...open, stop(1.4), trade(1.41, 100)],
      (expert) => {
        setup(expert);
        expert.onTick(() => {
          if (expert.now < at(1.4)) return;
          const outcome = expert.buy();
          if (!outcome.accepted) refused.push(outcome.reason);
        });
      },
      { run: { onExit: "close" } },
    );
    expect(refused).toEqual([expect.stringContaining("the run is ending")]);
  });

  it("calls onStop once, with the reason", async () => {
    const told: string[] = [];
    await live([...open, stop(1.4, "duration"), stop(1.41), ...seconds(1.41, 1.6)], (expert) =>
      expert.onStop((reason) => void told.push(reason)),
    );
    expect(told).toEqual(["duration"]);
  });
});
