import { expect, it } from "vitest";
import type { Fill } from "../../../src/domain/fill.ts";
import { fromMinor, toMinor } from "../../../src/engine/portfolio/ledger.ts";
import { Portfolio } from "../../../src/engine/portfolio/portfolio.ts";
import { defaultInstruments } from "../../../src/sandbox/default-instruments.ts";
import { Stage } from "./stage.ts";

it("F53: stops are triggered by the last price, at the exchange and nowhere else", async () => {
  const stage = await Stage.open({ risk: { stopLossPct: 2, takeProfitPct: 3, trailingStopPct: 2 } });
  await stage.enter(0.02);
  await stage.until(() => stage.exits.length === 3, 5_000, "stops and target work");

  const placed = stage.requests("/fapi/v1/algoOrder", { method: "POST" }).map(({ query }) => new URLSearchParams(query));
  expect(placed).toHaveLength(3);
  // CONTRACT_PRICE is what Binance takes when nothing is said (USDⓈ-M futures, "New Algo Order").
  expect(placed.map((query) => query.get("workingType") ?? "CONTRACT_PRICE")).toEqual([
    "CONTRACT_PRICE",
    "CONTRACT_PRICE",
    "CONTRACT_PRICE",
  ]);
});

it("F53: whether the margin suffices is the exchange's to say: what it liquidates is booked at its price", async () => {
  const stage = await Stage.open({ risk: { leverage: 20 } });
  await stage.enter(1);
  stage.venue.operator.movePrice(stage.symbol, stage.venue.lastPrice(stage.symbol) * 0.7);
  await stage.until(() => stage.held === 0 && stage.seen === 0, 30_000, "the exchange has liquidated the position");
  await stage.pass(60_000);

  const total = stage.venue.balances().find(({ asset }) => asset === "USDT")?.total ?? 0;
  expect(stage.status.account.balance).toBeCloseTo(total, 6);
});

it("F60: fees in the quote asset, in another one and rebates are booked exactly, each in its asset", () => {
  const portfolio = new Portfolio({
    instruments: defaultInstruments("linear").slice(0, 1),
    initialCapital: 10_000,
    hedge: false,
    leverage: 5,
  });
  const fees: ReadonlyArray<readonly [fee: number, feeAsset: string]> = [
    [0.1, "USDT"],
    [0.2, "USDT"],
    [0.00012345, "BNB"],
    [-0.05, "USDT"],
    [-0.00000001, "BNB"],
    [0.3, "USDT"],
  ];
  fees.forEach(([fee, feeAsset], index) => {
    const fill: Fill = {
      tradeId: String(index),
      orderId: "1",
      clientOrderId: "a",
      symbol: "BTCUSDT",
      side: index % 2 === 0 ? "buy" : "sell",
      positionSide: "net",
      price: 40_000,
      quantity: 0.1,
      fee,
      feeAsset,
      liquidity: fee < 0 ? "maker" : "taker",
      time: index,
      purpose: "entry",
    };
    portfolio.applyFill(portfolio.book("BTCUSDT"), fill, toMinor(fee));
  });

  // 0.1 + 0.2 - 0.05 + 0.3 in decimals, which doubles do not add up to.
  expect(portfolio.wallet).toBe(9_999.45);
  const bnb = portfolio.ledger.of("BNB");
  expect([fromMinor(bnb.balance("wallet")), fromMinor(bnb.balance("fees"))]).toEqual([-0.00012344, 0.00012344]);
  expect(portfolio.fees).toBe(0.55);
});
