import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ConfigurationError } from "../base/errors.ts";
import type { SpotInstrument } from "../domain/instrument.ts";
import { defineExpert } from "../expert/define.ts";
import { bars } from "../testing/bars.ts";
import { MetaExpert } from "./metaexpert.ts";

const instrument: SpotInstrument = {
  kind: "spot",
  symbol: "BTCUSDT",
  exchange: "binance",
  baseAsset: "BTC",
  quoteAsset: "USDT",
  settleAsset: "USDT",
  priceStep: "0.01",
  quantityStep: "0.00001",
};

const buyAndHold = defineExpert({ name: "Buy and hold", symbol: "BTCUSDT", timeframe: "1h" }, (expert) => {
  expert.onBar("1h", () => {
    if (expert.position.isFlat) expert.buy({ quantity: 1 });
  });
});

test("a program runs an expert over bars in memory", async () => {
  const data = [{ instrument, timeframe: "1h", bars: bars("1h", [100, 100, 110, 120]) }] as const;
  const { record, statistics } = await new MetaExpert(buyAndHold, { data, takerFeePct: 0 }).run();

  // Bought at the open of the second bar, 100, held to the close of the last, 120.
  expect(record.equity.endEquity).toBe(10_020);
  expect(record.dataSource).toBe("memory");
  expect(statistics.headline["netProfit"]?.value ?? 20).toBe(20);
});

test("two runs over one simulated market have one journal and one data hash", async () => {
  const config = { data: "simulated", from: "2024-01-01", to: "2024-01-03", seed: 7 } as const;
  const first = await new MetaExpert(buyAndHold, config).run();
  const second = await new MetaExpert(buyAndHold, config).run();

  expect(second.record.journalHash).toBe(first.record.journalHash);
  expect(second.record.dataHash).toBe(first.record.dataHash);
  expect(first.record.equity.bars).toBeGreaterThan(40);
});

test("stop ends a run early and the record says so", async () => {
  const expert = new MetaExpert(
    defineExpert({ name: "Stops", symbol: "BTCUSDT", timeframe: "1h" }, (handle) => {
      handle.onBar("1h", () => expert.stop());
    }),
    { data: [{ instrument, timeframe: "1h", bars: bars("1h", [1, 2, 3, 4]) }] },
  );
  const { record } = await expert.run();

  expect(record.equity.bars).toBe(1);
  expect(record.warnings.join()).toContain("stopped");
});

test("bars that are missing or out of order are refused by name", async () => {
  const run = (data: ConstructorParameters<typeof MetaExpert>[1]) => new MetaExpert(buyAndHold, data).run();
  const columns = bars("1h", [1, 2, 3]);
  columns.openTime.reverse();

  await expect(run({ data: [] })).rejects.toThrow(/no bars of BTCUSDT/);
  await expect(run({ data: [{ instrument, timeframe: "1h", bars: columns }] })).rejects.toThrow(/not in time order at row 1/);
  expect(() => new MetaExpert({} as never)).toThrow(ConfigurationError);
});

test("a program starts a run at the built-in exchange, sees it and gets its outcome", async () => {
  const home = mkdtempSync(join(tmpdir(), "metaexpert-program-"));
  try {
    const run = new MetaExpert(buyAndHold, { mode: "sandbox", duration: "2s", home });
    const handle = await run.start();
    expect(handle.status()).toMatchObject({ mode: "live", isSandbox: true, phase: "running", symbols: ["BTCUSDT"] });
    const outcome = await handle.done;
    expect(outcome).toMatchObject({ reason: "duration", openOrders: 0, openPositions: 0 });
    expect(outcome.failure).toBeUndefined();
    expect(outcome.journalRecords).toBeGreaterThan(0);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});

test("each kind of run has its own way to begin, and live ones need limits", async () => {
  await expect(new MetaExpert(buyAndHold, { mode: "paper" }).run()).rejects.toThrow(/call start\(\) for mode "paper"/);
  await expect(new MetaExpert(buyAndHold).start()).rejects.toThrow(/call run\(\) for a backtest/);
  await expect(new MetaExpert(buyAndHold, { mode: "live" }).start()).rejects.toThrow(ConfigurationError);
});
