import { describe, expect, it } from "vitest";
import { bar, live, seconds, time, trade, type LiveResult } from "../../test/engine/live-rig.ts";
import { TextJournal } from "../../test/engine/text-journal.ts";
import { JournalError } from "../base/errors.ts";
import type { Expert } from "../expert/expert.ts";
import type { ErrorPolicy } from "../expert/options.ts";
import type { OrderRecord } from "./journal.ts";
import type { Order } from "../domain/order.ts";

const boom = (): never => {
  throw new RangeError("boom");
};

/** Each throws once a position with a stop and an entry that waits are there, which is when the bar of minute 2 has closed. */
const THROWING: Readonly<Record<string, (expert: Expert, isTime: () => boolean) => void>> = {
  bar: (expert, isTime) => expert.onBar("1m", () => void (isTime() && boom())),
  tick: (expert, isTime) => expert.onTick(() => void (isTime() && boom())),
  order: (expert, isTime) => {
    expert.onOrder(() => void (isTime() && boom()));
    expert.onTick(() => void (isTime() && expert.buy({ price: 94 })));
  },
  timer: (expert, isTime) => expert.onTimer(1, () => void (isTime() && boom())),
  async: (expert, isTime) =>
    expert.onBar("1m", async () => {
      await Promise.resolve();
      if (isTime()) boom();
    }),
};

const EVENTS = [
  trade(0.1, 100),
  bar(0, 100),
  trade(1.1, 100),
  bar(1, 100),
  trade(2.1, 100),
  ...seconds(2.1, 2.2),
  bar(2, 100),
  trade(3.1, 101),
  ...seconds(3.1, 3.6),
];

function throwIn(where: string, onError: ErrorPolicy, told: string[] = []): Promise<LiveResult> {
  return live(
    EVENTS,
    (expert) => {
      let bars = 0;
      let isArmed = false;
      let hasThrown = false;
      expert.onBar("1m", () => {
        bars += 1;
        if (bars === 1) {
          expert.buy({ stopLoss: 90 });
          expert.buy({ price: 95 });
        }
        isArmed = bars >= 2;
      });
      THROWING[where]?.(expert, () => {
        if (!isArmed || hasThrown) return false;
        // The order's handler is called for the order that the tick has just made.
        if (where !== "order" || expert.orders.length > 2) hasThrown = true;
        return true;
      });
      expert.onError((error) => void told.push(error.message));
    },
    { run: { onError, onExit: "leave" } },
  );
}

describe.each(Object.keys(THROWING))("an expert whose %s handler throws", (where) => {
  it("goes on where the policy says so, and is told", async () => {
    const told: string[] = [];
    const { reason, failure, session, journal } = await throwIn(where, "continue", told);
    expect([failure, reason]).toEqual([undefined, "endOfData"]);
    expect(told[0]).toMatch(/^the expert's .* threw at 2026-01-05T12:0.*: boom$/);
    expect(journal.notes("error")).toHaveLength(told.length);
    expect(session.core.portfolio.openCount).toBe(1);
  });

  it("is halted with its entries taken back and its stop in place", async () => {
    const { reason, session } = await throwIn(where, "halt");
    expect([reason, session.core.portfolio.openCount]).toEqual(["error", 1]);
    expect(session.core.orders.open().map(({ purpose }) => purpose)).toEqual(["stopLoss"]);
  });

  it("is closed where the policy says so, with nothing left behind", async () => {
    const { reason, session } = await throwIn(where, "close");
    expect([reason, session.core.portfolio.openCount, session.core.orders.openCount]).toEqual(["error", 0, 0]);
  });
});

describe("errors that are not about one handler", () => {
  it("a handler for errors that throws itself is not told of that, and the run goes on", async () => {
    const { reason, journal } = await live(
      [bar(0, 100), bar(1, 100), time(2.5)],
      (expert) => {
        expert.onBar("1m", boom);
        expert.onError(boom);
      },
      { run: { onError: "continue" } },
    );
    expect(reason).toBe("endOfData");
    expect(journal.notes("error")).toHaveLength(4);
  });

  it("what the handler did before it threw stays done", async () => {
    const { session } = await live(
      [trade(0.1, 100), bar(0, 100), trade(1.1, 100)],
      (expert) => {
        expert.onBar("1m", () => {
          expert.buy();
          boom();
        });
      },
      { run: { onError: "continue" } },
    );
    expect(session.core.portfolio.openCount).toBe(1);
  });

  it("no handler of the expert is called any more after a halt", async () => {
    const calls: string[] = [];
    let hasThrown = false;
    const note = (what: string) => (): void => void (hasThrown && calls.push(what));
    const { reason } = await live(
      EVENTS,
      (expert) => {
        expert.onBar("1m", () => {
          hasThrown = true;
          boom();
        });
        expert.onTick(note("tick"));
        expert.onTimer(1, note("timer"));
        expert.onOrder(note("order"));
        expert.onStop(note("stop"));
      },
      { run: { onError: "halt" } },
    );
    expect([reason, calls]).toEqual(["error", []]);
  });

  it("F85: a journal that cannot be written ends the run whatever the policy is, before the order has left", async () => {
    class FullJournal extends TextJournal {
      override order(record: OrderRecord, moment: number, order: Order): void {
        if (record === "intent") throw new JournalError("no space is left on the disk");
        super.order(record, moment, order);
      }
    }
    const { failure, session } = await live(
      [trade(0.1, 100), bar(0, 100), trade(1.1, 100)],
      (expert) => expert.onBar("1m", () => void expert.buy()),
      {
        run: { onError: "continue" },
        journal: new FullJournal(),
      },
    );
    expect(failure).toBeInstanceOf(JournalError);
    expect(session.core.portfolio.openCount).toBe(0);
  });
});
