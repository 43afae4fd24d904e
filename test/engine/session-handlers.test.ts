import { describe, expect, it } from "vitest";
import { ExpertError } from "../../src/base/errors.ts";
import type { Expert } from "../../src/expert/expert.ts";
import { bars } from "../../src/testing/bars.ts";
import { play, run, START } from "./rig.ts";

const data = bars("1h", [100, 101, 102, 103]);
const later = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("handlers", () => {
  it("are called in the order of a run, those of one event in the order of their registration", async () => {
    const seen: string[] = [];
    await run(bars("1h", [100, 101]), (expert) => {
      expert.onStop((reason) => void seen.push(`stop ${reason}`));
      expert.onBacktestStop(() => void seen.push("backtest stop"));
      expert.onBar("1h", () => void seen.push("bar, first"));
      expert.onBar("1h", () => void seen.push("bar, second"));
      expert.onInit(() => void seen.push("init"));
      expert.onConnection(({ status }) => void seen.push(status));
      expert.onBacktestInit(() => void seen.push("backtest init"));
    });
    const bar = ["bar, first", "bar, second"];
    expect(seen).toEqual(["backtest init", "init", "connected", ...bar, ...bar, "stop endOfData", "backtest stop"]);
  });

  it("hear of an order's life before the next bar: accepted, then filled, position and account after", async () => {
    const seen: string[] = [];
    await run(bars("1h", [100, 101]), (expert) => {
      let isSent = false;
      expert.onBar("1h", () => {
        seen.push("bar");
        if (!isSent) expert.buy();
        isSent = true;
      });
      expert.onTransaction(({ action }, { status }) => void seen.push(`${action} ${status}`));
      expert.onOrder(({ status }) => void seen.push(`order ${status}`));
      expert.onPosition(({ quantity }) => void seen.push(`position ${quantity}`));
      expert.onAccount(({ equity }) => void seen.push(`account ${equity}`));
    });
    expect(seen).toEqual(["bar", "order open", "submit accepted", "order filled", "submit filled", "position 1", "account 10000", "bar"]);
  });

  it("that give a promise are waited for before anything else happens", async () => {
    const seen: string[] = [];
    await run(data, (expert) => {
      expert.onInit(async () => {
        await later();
        seen.push("init");
      });
      expert.onBar("1h", async () => {
        const { now } = expert;
        await later();
        seen.push(`slow ${expert.now === now} ${expert.price()}`);
      });
      expert.onBar("1h", () => void seen.push("quick"));
      expert.onTimer(5_400, async () => {
        await later();
        seen.push("timer");
      });
    });
    expect(seen).toEqual([
      "init",
      "slow true 100",
      "quick",
      "timer",
      "slow true 101",
      "quick",
      "slow true 102",
      "quick",
      "timer",
      "slow true 103",
      "quick",
    ]);
  });

  it("give the same run whether they return a promise or not", async () => {
    const trade = (expert: Expert): void => void (expert.position.isFlat ? expert.buy() : expert.closePosition());
    const sync = await run(data, (expert) => expert.onBar("1h", () => trade(expert)));
    const async_ = await run(data, (expert) =>
      expert.onBar("1h", async () => {
        await later();
        trade(expert);
      }),
    );
    expect(async_.record.journalHash).toBe(sync.record.journalHash);
  });

  it("get a bar of their own to keep", async () => {
    const kept: unknown[] = [];
    await run(bars("1h", [100, 101]), (expert) => expert.onBar("1h", (bar) => void kept.push(bar)));
    expect(kept).toMatchObject([{ openTime: START, close: 100 }, { close: 101 }]);
  });

  it("are registered in setup only", async () => {
    const late = run(data, (expert) => expert.onBar("1h", () => expert.onBar("1h", () => undefined)));
    await expect(late).rejects.toThrow("expert.onBar is called in the setup function, not in a handler");
  });
});

describe("an expert that throws", () => {
  const moment = "2024-01-01T02:00:00.000Z";
  const boom = (expert: Expert): void => {
    if (expert.now >= START + 2 * 3_600_000) throw new RangeError("boom");
  };

  it.each([
    ["in a bar's handler", (expert: Expert) => expert.onBar("1h", () => boom(expert)), 'onBar("1h") handler'],
    ["in a bar's handler that takes the bar", (expert: Expert) => expert.onBar("1h", (_bar) => boom(expert)), 'onBar("1h") handler'],
    ["in a promise", (expert: Expert) => expert.onBar("1h", async () => boom(expert)), 'onBar("1h") handler'],
    ["in a promise later", (expert: Expert) => expert.onBar("1h", async () => later().then(() => boom(expert))), 'onBar("1h") handler'],
    ["in a timer", (expert: Expert) => expert.onTimer(3_600, () => boom(expert)), "onTimer(3600) handler"],
    ["in an async timer", (expert: Expert) => expert.onTimer(3_600, async () => boom(expert)), "onTimer(3600) handler"],
  ] as const)("%s ends the run with an error that names the handler and the moment", async (_name, setup, handler) => {
    const error: unknown = await run(data, setup).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ExpertError);
    expect(error).toMatchObject({ message: `the expert's ${handler} threw at ${moment}: boom`, cause: new RangeError("boom") });
  });

  it.each([
    ["onOrder", (expert: Expert) => expert.onOrder(() => boom(expert))],
    ["onPosition", (expert: Expert) => expert.onPosition(() => boom(expert))],
    ["onAccount", (expert: Expert) => expert.onAccount(() => boom(expert))],
    ["onTransaction", (expert: Expert) => expert.onTransaction(() => boom(expert))],
  ] as const)("in %s does so too", async (name, setup) => {
    const failing = run(data, (expert) => {
      setup(expert);
      let isSent = false;
      expert.onBar("1h", () => {
        if (!isSent) expert.buy();
        isSent = true;
      });
    });
    await expect(failing).rejects.toThrow(`the expert's ${name} handler threw at ${moment}: boom`);
  });

  it("in onInit or onStop says so", async () => {
    const throwing = (): never => {
      throw new Error("no");
    };
    await expect(run(data, (expert) => expert.onInit(throwing))).rejects.toThrow("the expert's onInit handler threw: no");
    await expect(run(data, (expert) => expert.onStop(throwing))).rejects.toThrow(
      "the expert's onStop handler threw at 2024-01-01T04:00:00.000Z: no",
    );
  });
});

describe("stop", () => {
  it("ends the run after the event, with what was requested, and leaves the position open", async () => {
    const reasons: string[] = [];
    const { record } = await run(data, (expert) => {
      expert.onStop((reason) => void reasons.push(reason));
      expert.onBar("1h", () => {
        if (expert.position.isFlat) expert.buy();
        else expert.stop();
      });
    });
    expect(reasons).toEqual(["requested"]);
    expect(record.equity.bars).toBe(2);
    expect(record.openPositions).toHaveLength(1);
    expect(record.warnings).toEqual(["the run stopped at 2024-01-01T02:00:00.000Z: the expert or the user asked for it"]);
  });
});

describe("what an expert keeps", () => {
  it("memory is plain data of its own, asked for once", async () => {
    const initial = { losses: 0 };
    const seen: number[] = [];
    await run(data, (expert) => {
      const memory = expert.memory(initial);
      expert.onBar("1h", () => void seen.push((memory.losses += 1)));
    });
    expect([seen, initial]).toEqual([[1, 2, 3, 4], { losses: 0 }]);
    await expect(
      run(data, (expert) => {
        expert.memory({});
        expert.memory({});
      }),
    ).rejects.toThrow("expert.memory is asked for once");
  });

  it("plots are kept with the moment they were drawn at", async () => {
    const { record } = await run(bars("1h", [100, 101]), (expert) => expert.onBar("1h", () => expert.plot("double", 2 * expert.price())));
    expect(record.plots).toEqual([
      { name: "double", time: Float64Array.of(START + 3_600_000, START + 7_200_000), value: Float64Array.of(200, 202) },
    ]);
  });

  it("history counts back from the bar just closed, as far as it was asked to", async () => {
    const seen: unknown[] = [];
    await run(data, (expert) => {
      const history = expert.bars("1h", { lookback: 2 });
      expert.onBar(
        "1h",
        () =>
          void seen.push([history.length, history.close(0), history.close(1), history.close(2), history.at(0)?.openTime, history.at(2)]),
      );
    });
    expect(seen).toEqual([
      [1, 100, NaN, NaN, START, undefined],
      [2, 101, 100, NaN, START + 3_600_000, undefined],
      [2, 102, 101, NaN, START + 7_200_000, undefined],
      [2, 103, 102, NaN, START + 10_800_000, undefined],
    ]);
  });

  it("histories of one timeframe each reach as far as they were asked to", async () => {
    const seen: unknown[] = [];
    await run(data, (expert) => {
      const short = expert.bars("1h", { lookback: 1 });
      const long = expert.bars("1h", { lookback: 3 });
      expert.onBar("1h", () => void seen.push([short.close(0), long.close(2)]));
    });
    expect(seen.at(-1)).toEqual([103, 101]);
  });
});

describe("looking at orders and positions", () => {
  it("open orders are listed oldest first", async () => {
    const seen: unknown[] = [];
    await play(bars("1h", [100, 101, 102]), {
      0: (expert) => {
        expert.buy({ price: 90, tag: "a" });
        expert.buy({ price: 80, tag: "b" });
        seen.push(expert.orders.map(({ tag, status }) => `${tag ?? ""} ${status}`));
      },
    });
    expect(seen).toEqual([["a open", "b open"]]);
  });

  it("a position is flat before, and its numbers follow the price", async () => {
    const seen: unknown[] = [];
    await run(bars("1h", [100, 100, 105]), (expert) => {
      let bar = 0;
      expert.onBar("1h", () => {
        const { isFlat, isLong, quantity, entryPrice, unrealizedPnl, openedAt } = expert.position;
        seen.push([isFlat, isLong, quantity, entryPrice, unrealizedPnl, openedAt]);
        if (bar === 0) expert.buy({ quantity: 2 });
        bar += 1;
      });
    });
    expect(seen).toEqual([
      [true, false, 0, NaN, 0, NaN],
      [false, true, 2, 100, 0, START + 3_600_000],
      [false, true, 2, 100, 10, START + 3_600_000],
    ]);
  });

  it("closing what is not there is refused", async () => {
    const { refusals } = await play(data, { 0: (expert) => expert.closePosition() });
    expect(refusals).toEqual(["flat: there is no position to close"]);
  });
});
