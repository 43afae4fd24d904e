import { describe, expect, it } from "vitest";
import { createRandom } from "../../../base/random.ts";
import { VirtualScheduler } from "../../../base/scheduler.ts";
import type { Trade } from "../../../domain/trade.ts";
import { TradeSync } from "./trade-sync.ts";

function trade(id: string): Trade {
  return { id, time: 1, price: 1, quantity: 1, takerSide: "buy" };
}

function rig(answers: ReadonlyArray<readonly string[]>): {
  sync: TradeSync;
  told: string[];
  asked: Array<string | undefined>;
  scheduler: VirtualScheduler;
} {
  const told: string[] = [];
  const asked: Array<string | undefined> = [];
  const scheduler = new VirtualScheduler(0);
  const sync = new TradeSync({
    scheduler,
    random: createRandom(1),
    fetchTrades: (from) => {
      asked.push(from);
      return Promise.resolve((answers[asked.length - 1] ?? []).map(trade));
    },
    onTrade: ({ id }) => told.push(id),
    onComplete: () => {},
  });
  sync.connected();
  return { sync, told, asked, scheduler };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
}

describe("the trades of a symbol", () => {
  it("are told apart by every digit of ids that no double can hold", async () => {
    const { sync, told, asked } = rig([["8389765489680951453"], ["8389765489680951455"]]);
    await settle();
    sync.take(trade("8389765489680951454"));
    sync.take(trade("8389765489680951454"));
    sync.take(trade("8389765489680951456"));
    await settle();
    expect(told).toEqual(["8389765489680951454", "8389765489680951455", "8389765489680951456"]);
    expect(asked).toEqual([undefined, "8389765489680951455"]);
  });

  it("count on where ids grow beyond what a double can hold", async () => {
    const { sync, told } = rig([["9007199254740990"]]);
    await settle();
    for (const id of ["9007199254740991", "9007199254740992", "9007199254740993", "9007199254740994"]) sync.take(trade(id));
    expect(told).toEqual(["9007199254740991", "9007199254740992", "9007199254740993", "9007199254740994"]);
  });

  it("take a hole in the exchange's own answer for a hole at the exchange", async () => {
    const { sync, told } = rig([["10"], ["13", "14"]]);
    await settle();
    sync.take(trade("14"));
    await settle();
    expect(told).toEqual(["13", "14"]);
  });

  it("do not run in circles on an answer that repeats itself", async () => {
    const { sync, asked, scheduler } = rig([["10"], ["10"], ["10"], ["10"], ["10"]]);
    await settle();
    sync.take(trade("12"));
    await settle();
    expect(asked).toHaveLength(2);
    scheduler.step();
    await settle();
    expect(asked).toHaveLength(3);
  });
});
