import { describe, expect, it } from "vitest";
import type { Fill } from "../../domain/fill.ts";
import type { Instrument } from "../../domain/instrument.ts";
import { defaultInstruments } from "../../sandbox/default-instruments.ts";
import { toMinor } from "./ledger.ts";
import { Portfolio } from "./portfolio.ts";

const [SPOT] = defaultInstruments("spot") as readonly [Instrument];
const [LINEAR] = defaultInstruments("linear") as readonly [Instrument];
const BNB: Instrument = { ...SPOT, symbol: "BNBUSDT", baseAsset: "BNB", quantityStep: "0.001" };

const open = (...instruments: readonly Instrument[]): Portfolio =>
  new Portfolio({ instruments, initialCapital: 10_000, hedge: false, leverage: 1 });

let trades = 0;
function fill(portfolio: Portfolio, what: Partial<Fill>): void {
  const { symbol = portfolio.books[0]?.symbol ?? "", fee = 0 } = what;
  const names = { tradeId: `t${(trades += 1)}`, orderId: "1", clientOrderId: "me-1", positionSide: "net" as const };
  const terms = { side: "buy" as const, price: 50_000, quantity: 0.1, fee, feeAsset: "USDT", liquidity: "taker" as const, time: 1 };
  portfolio.applyFill(portfolio.book(symbol), { ...names, symbol, ...terms, purpose: "entry", ...what }, toMinor(fee));
}

describe("fees in another asset", () => {
  it("F20: of the bought asset leave what can be sold in whole steps, and the rest of a step as dust", () => {
    const portfolio = open(SPOT);
    // The first worked example of Binance's fees: 0.1 % of what is received.
    fill(portfolio, { quantity: 0.00123, fee: 0.00000123, feeAsset: "BTC" });
    expect(portfolio.books[0]?.quantity).toBe(0.00122);
    expect(portfolio.ledger.of("BTC").balance("wallet")).toBe(toMinor(0.00122877));
  });

  it("F20: many small ones take together what they cost, not a step each", () => {
    const portfolio = open(SPOT);
    for (let part = 0; part < 100; part += 1) fill(portfolio, { quantity: 0.001, fee: 0.000001, feeAsset: "BTC" });
    // 0.1 bought, 0.0001 paid.
    expect(portfolio.books[0]?.quantity).toBe(0.0999);
  });

  it("F20: selling all that can be sold leaves the position flat and the dust in the account", () => {
    const portfolio = open(SPOT);
    fill(portfolio, { quantity: 0.00123, fee: 0.00000123, feeAsset: "BTC" });
    fill(portfolio, { quantity: 0.00122, side: "sell" });
    expect([portfolio.books[0]?.quantity, portfolio.openCount]).toEqual([0, 0]);
    expect(portfolio.ledger.of("BTC").balance("wallet")).toBe(toMinor(0.00000877));
  });

  it("F60: in BNB are booked in BNB and cost nothing of the quote asset or the position", () => {
    const portfolio = open(SPOT);
    fill(portfolio, { fee: 0.0075, feeAsset: "BNB" });
    expect([portfolio.books[0]?.quantity, portfolio.wallet, portfolio.fees]).toEqual([0.1, 5_000, 0]);
    expect(portfolio.ledger.of("BNB").balance("wallet")).toBe(toMinor(-0.0075));
    expect(portfolio.ledger.of("BNB").balance("fees")).toBe(toMinor(0.0075));
  });

  it("F60: in BNB shrink what is held of BNB, whichever symbol was traded", () => {
    const portfolio = open(SPOT, BNB);
    fill(portfolio, { symbol: "BNBUSDT", quantity: 1, price: 600 });
    fill(portfolio, { symbol: "BTCUSDT", quantity: 0.1, fee: 0.0075, feeAsset: "BNB" });
    expect(portfolio.book("BNBUSDT").quantity).toBe(0.992);
  });

  it("a rebate is money that came", () => {
    const portfolio = open(LINEAR);
    fill(portfolio, { fee: -0.25, liquidity: "maker" });
    expect([portfolio.wallet, portfolio.fees]).toEqual([10_000.25, -0.25]);
  });
});

describe("money that moves without a trade", () => {
  const transfer = (portfolio: Portfolio, kind: "funding" | "transfer" | "other", amount: number, asset = "USDT"): number =>
    portfolio.applyTransfer({ kind, id: "1", asset, amount, symbol: "BTCUSDT", time: 1 });

  it("F52: funding in its exact amount belongs to the position, and to the trade that closes it", () => {
    const portfolio = open(LINEAR);
    fill(portfolio, {});
    expect(transfer(portfolio, "funding", -0.51234567)).toBe(0);
    expect([portfolio.wallet, portfolio.funding]).toEqual([9_999.48765433, 0.51234567]);
    fill(portfolio, { side: "sell" });
    expect(portfolio.trades.toArray().map(({ funding, netPnl }) => [funding, netPnl])).toEqual([[0.51234567, -0.51234567]]);
  });

  it("F58: a deposit and a withdrawal change the capital and nothing that was earned", () => {
    const portfolio = open(LINEAR);
    expect(transfer(portfolio, "transfer", 500)).toBe(500);
    expect(transfer(portfolio, "other", -200.5)).toBe(-200.5);
    expect([portfolio.wallet, portfolio.fees, portfolio.funding]).toEqual([10_299.5, 0, 0]);
    expect(portfolio.ledger.of("USDT").balance("capital")).toBe(toMinor(-10_299.5));
  });

  it("F58: what comes in another asset is no capital of the settle asset", () => {
    const portfolio = open(LINEAR);
    expect(transfer(portfolio, "transfer", 3, "BNB")).toBe(0);
    expect([portfolio.wallet, portfolio.ledger.of("BNB").balance("wallet")]).toEqual([10_000, toMinor(3)]);
  });
});

describe("a portfolio that was kept", () => {
  it("is not taken over into a run without a place for its position", () => {
    const portfolio = open(SPOT, BNB);
    fill(portfolio, { symbol: "BNBUSDT", quantity: 1, price: 600 });
    expect(() => open(SPOT).restore(portfolio.state())).toThrow("the kept position of BNBUSDT net has no place in this run");
  });
});
