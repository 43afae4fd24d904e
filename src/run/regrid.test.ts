import { expect, it } from "vitest";
import type { Instrument } from "../domain/instrument.ts";
import { Portfolio, type PortfolioState } from "../engine/portfolio/portfolio.ts";
import { regrid } from "./regrid.ts";

function instrument(quantityStep: string): Instrument {
  return {
    kind: "spot",
    symbol: "BTCUSDT",
    exchange: "binance",
    baseAsset: "BTC",
    quoteAsset: "USDT",
    settleAsset: "USDT",
    priceStep: "0.01",
    quantityStep,
  };
}

function kept(quantity: number, step: string): PortfolioState {
  const portfolio = new Portfolio({ instruments: [instrument(step)], initialCapital: 10_000, hedge: false, leverage: 1 });
  const [book] = portfolio.books;
  if (book !== undefined) book.quantitySteps = book.math.quantity.toSteps(quantity);
  return portfolio.state();
}

function heldAfter(quantity: number, from: string, to: string): number {
  const portfolio = new Portfolio({ instruments: [instrument(to)], initialCapital: 10_000, hedge: false, leverage: 1 });
  const state = regrid(kept(quantity, from), { from: [instrument(from)], to: [instrument(to)] });
  if (state !== undefined) portfolio.restore(state);
  return portfolio.book("BTCUSDT").quantity;
}

it("takes over what is held, not the number of steps, when the step of a symbol has changed", () => {
  expect(heldAfter(0.0295, "0.00001", "0.0001")).toBe(0.0295);
  expect(heldAfter(0.0295, "0.0001", "0.00001")).toBe(0.0295);
});

it("takes over no more than a coarser step can express", () => {
  expect(heldAfter(0.0295, "0.0001", "0.001")).toBe(0.029);
});

it("leaves a portfolio alone whose steps are what they were", () => {
  const state = kept(0.0295, "0.0001");
  expect(regrid(state, { from: [instrument("0.0001")], to: [instrument("0.0001")] })).toBe(state);
});
